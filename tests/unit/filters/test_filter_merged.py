"""Lexicons as one: the same rules, groups kept apart by their lexicon, and a memory with an end."""

from __future__ import annotations

import pytest

from filter_samples import ADA, LEXICONS
from footprint.filters import table
from footprint.filters.masking import CLASSES, mask
from footprint.filters.match import matches
from footprint.filters.merged import merged
from footprint.filters.reading import Reading
from footprint.model.decision import Span
from footprint.model.lexicon import Lexicon, TopicRule


def test_merged_rules_find_what_they_find_alone() -> None:
    """A text read once gives the matches of every lexicon."""
    lexicons = [LEXICONS["threats"], LEXICONS["discrimination"], LEXICONS["told-of-others"]]
    together = merged(lexicons, lambda rule: True)
    text = "I will kill him. Immigrants are vermin, and I hate them. He is a member of the Green Party."

    assert together is not None
    assert sorted(found.rule.id for found in matches(Reading(text), together)) == sorted(
        found.rule.id for lexicon in lexicons for found in matches(Reading(text), lexicon)
    )


def test_no_wanted_rule_is_no_lexicon() -> None:
    """Where no rule is wanted there is nothing to look up."""
    assert merged(LEXICONS.values(), lambda rule: False) is None


def test_what_is_known_of_found_words_is_forgotten_when_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory of found words is bounded and changes no answer."""
    monkeypatch.setattr(table, "_MOST_KEPT", 1)
    lexicon = LEXICONS["threats"].but(version="forgetful")
    text = "I will kill him and then I will stab her."

    assert {found.rule.id for found in matches(Reading(text), lexicon)} == {"REL-THREAT-1"}


def test_paragraphs_are_masked_each_and_cited_in_the_whole() -> None:
    """Masks of later paragraphs stand where they stand in the text; what is kept stays in its paragraph."""
    text = "Soup day.\n\nI am a Sikh.\n\nTom Marden and Tom Venn waved."
    kept = (Span(start=text.index("Tom Venn"), end=text.index(" waved"), what="target"),)
    result = mask(text, candidate=ADA, classes=CLASSES, lexicons=LEXICONS, keep=kept)

    assert result.text == "Soup day.\n\nI am a [religion].\n\n[person] and Tom Venn waved."
    assert [text[span.start : span.end] for span in result.masks] == ["Sikh", "Tom Marden"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Application no. 12345/67 was lodged.", "Application [identifier] was lodged."),
        ("Files nos. 12/2004 and 13/2005 are open.", "Files [identifier] are open."),
        ("Ref. AB-1234/19 is open.", "[identifier] is open."),
        ("Platform no. 3 is shut.", "Platform no. 3 is shut."),
        ("It is 24/7 here.", "It is 24/7 here."),
    ],
)
def test_numbers_of_cases_are_masked(text: str, expected: str) -> None:
    """The number of a case or a file leads to a person; other numbers do not."""
    assert mask(text, candidate=ADA, classes=CLASSES, lexicons=LEXICONS).text == expected


def test_what_a_mask_reveals_is_masked_in_its_own_sentence() -> None:
    """Where a masked word excused another, the other is masked after it; sentences without a mask stay as they are."""
    rules = (
        TopicRule(id="religion.x", needs=("x",), reason="Because."),
        TopicRule(id="health.y", needs=("y",), unless=("x",), reason="Because."),
    )
    words = Lexicon(id="x", version="1", title="x", source="x", groups={"x": ("xword",), "y": ("yword",)}, rules=rules)
    text = "Nothing happened. The xword and the yword arrived. Nothing followed. Soup."
    result = mask(text, candidate=ADA, classes=CLASSES, lexicons={"x": words})

    assert result.text == "Nothing happened. The [religion] and the [health] arrived. Nothing followed. Soup."


def test_a_mask_may_reach_beyond_the_end_of_a_sentence() -> None:
    """A number that follows its word after a full stop is one mask, and what it reveals is looked for about it."""
    result = mask("See reference. AB12/34 of it.", candidate=ADA, classes=CLASSES, lexicons=LEXICONS)

    assert result.text == "See [identifier] of it."
