"""Those that nearly did: which part was missing, or what stood in the way."""

from __future__ import annotations

import pytest

from filter_samples import LEXICONS, observation
from footprint.errors import InputError
from footprint.filters.nearly import Nearly, Why, near
from footprint.model.finding import Category, ContextKind
from footprint.model.observation import Engagement

EVERY = frozenset(Category)


def found(text: str, rule: str) -> list[Nearly]:
    """Return what is said of one rule."""
    return [each for each in near(observation(text), lexicons=LEXICONS, categories=EVERY) if each.rule == rule]


@pytest.mark.parametrize(
    ("text", "rule", "why", "missing"),
    [
        ("I will kill the lamp.", "REL-THREAT-1", Why.MISSING, "target-person"),
        ("Do not kill him.", "REL-THREAT-1", Why.MISSING, "intent"),
        ("I will kill him at chess.", "REL-THREAT-1", Why.CONTEXT, None),
        ("Police found cloned cards for sale.", "REL-FRAUD-4", Why.EXCUSED, None),
        ("Kill, I will, on a long and windy and dark and stormy night, him.", "REL-THREAT-1", Why.APART, None),
        ("I hate what they say of Muslims.", "REL-DISCRIM-6", Why.BARRED, None),
    ],
)
def test_what_kept_a_rule_back_is_named(text: str, rule: str, why: Why, missing: str | None) -> None:
    """A part that was missing, a context, an excuse, a word between, or words too far apart."""
    (nearly,) = found(text, rule)

    assert (nearly.why, nearly.missing) == (why, missing)
    assert nearly.spans
    assert nearly.version == next(
        lexicon.version for lexicon in LEXICONS.values() if rule in {r.id for r in lexicon.rules}
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [("I will kill him.", "REL-THREAT-1"), ("Soup is on.", "REL-THREAT-1"), ("I will wave at him.", "REL-THREAT-1")],
)
def test_a_rule_that_found_or_had_nothing_to_find_is_not_named(text: str, rule: str) -> None:
    """Whoever stands in the report already, and whoever lacks what is said, is left out."""
    assert found(text, rule) == []


def test_context_is_named_with_it() -> None:
    """The contexts are those that downgraded it, and those of whose words they are."""
    (nearly,) = found("I will kill him at chess.", "REL-THREAT-1")
    told = observation("I will kill him.").but(engagement=Engagement.BY_OTHERS)
    by_others = near(told, lexicons=LEXICONS, categories=EVERY)

    assert nearly.context == (ContextKind.FIGURATIVE,)
    assert {each.context for each in by_others if each.rule == "REL-THREAT-1"} == {(ContextKind.QUOTATION,)}


def test_only_the_categories_asked_for_are_looked_at() -> None:
    """A category that nobody may look for is not looked for here either."""
    assert near(observation("I will kill the lamp."), lexicons=LEXICONS, categories=frozenset({Category.DRUGS})) == ()


def test_without_the_lexicon_of_context_nothing_is_judged() -> None:
    """As for the findings themselves."""
    with pytest.raises(InputError, match="context"):
        near(observation("I will kill him."), lexicons={}, categories=EVERY)


def test_it_names_no_text() -> None:
    """Ids, groups and places only."""
    text = "I will kill the lamp."

    assert all(
        "lamp" not in each.model_dump_json() for each in near(observation(text), lexicons=LEXICONS, categories=EVERY)
    )
