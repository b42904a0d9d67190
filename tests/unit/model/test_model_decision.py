"""Decisions, their order, and what is shown of them."""

from itertools import permutations

import pytest
from model_samples import decision, finding
from pydantic import ValidationError

from footprint.model.decision import Citation, Effect, Span, strictest
from footprint.model.finding import CATEGORY_TITLES, Category, MaskedText
from footprint.model.outcome import OUTCOME_TITLES, Outcome


def test_effects_have_one_order() -> None:
    """PERMIT is the weakest, EXCLUDE the strictest."""
    assert sorted(Effect, key=lambda effect: effect.strictness) == [
        Effect.PERMIT,
        Effect.REVIEW,
        Effect.MASK,
        Effect.SEAL,
        Effect.EXCLUDE,
    ]


@pytest.mark.parametrize("effects", list(permutations((Effect.PERMIT, Effect.SEAL, Effect.MASK))))
def test_the_strictest_decision_wins_in_any_order(effects: tuple[Effect, ...]) -> None:
    """The order of the decisions does not matter."""
    assert strictest(tuple(decision(effect) for effect in effects)) is Effect.SEAL


def test_no_decision_is_no_permission() -> None:
    """Where no rule spoke, nothing may be used."""
    assert strictest(()) is Effect.EXCLUDE


@pytest.mark.parametrize(("confirmed", "label"), [(True, "An Act s.1"), (False, "An Act s.1 (confirm with counsel)")])
def test_an_unconfirmed_citation_says_so(confirmed: bool, label: str) -> None:
    """A text that was not read is never cited as if it had been."""
    assert Citation(article="An Act s.1", confirmed=confirmed).label == label


@pytest.mark.parametrize(
    ("start", "end", "is_valid"), [(0, 1, True), (3, 9, True), (-1, 2, False), (2, 2, False), (3, 2, False)]
)
def test_a_span_covers_at_least_one_character(start: int, end: int, is_valid: bool) -> None:
    """A span begins in the text and ends after it begins."""
    if is_valid:
        assert Span(start=start, end=end, what="target").end == end
    else:
        with pytest.raises(ValidationError, match="span"):
            Span(start=start, end=end, what="target")


def test_masked_text_lists_each_class_once() -> None:
    """Classes are sorted and named once, however often they were masked."""
    masks = tuple(Span(start=n, end=n + 1, what=what) for n, what in enumerate(("person", "age", "person")))

    assert MaskedText(text="***", masks=masks).classes == ("age", "person")


@pytest.mark.parametrize(
    ("effects", "needs_context"),
    [
        ((Effect.REVIEW,), True),
        ((Effect.REVIEW, Effect.REVIEW), True),
        ((Effect.REVIEW, Effect.PERMIT), False),
        ((Effect.PERMIT,), False),
    ],
)
def test_a_finding_needs_context_where_every_rule_asks_for_it(effects: tuple[Effect, ...], needs_context: bool) -> None:
    """One relevance that stands without context is enough to show the finding as such."""
    assert finding(*effects).needs_context is needs_context


def test_every_category_and_outcome_has_a_title() -> None:
    """Readers see titles, never codes; no outcome is called decline."""
    assert set(CATEGORY_TITLES) == set(Category)
    assert set(OUTCOME_TITLES) == set(Outcome)
    assert not any("decline" in title.lower() for title in OUTCOME_TITLES.values())
