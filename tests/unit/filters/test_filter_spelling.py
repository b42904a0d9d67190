"""Hidden words: swapped, dropped and joined letters, and the ordinary words that only look like them."""

from __future__ import annotations

import pytest

from filter_samples import LEXICONS, POLICIES, SCOPE, observation
from footprint.filters import spelling
from footprint.filters.relevance import assess
from footprint.filters.spelling import Spelling
from footprint.model.finding import ContextKind
from footprint.model.lexicon import Lexicon, TopicRule

SPELLING = Spelling([LEXICONS["discrimination"], LEXICONS["threats"]])


def rules(text: str) -> set[str]:
    """Return the rules that the shipped lexicons find."""
    found = assess(observation(text), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)
    return {each.decision.rule for each in found}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("immigarnts", "immigrants"),
        ("imigrants", "immigrants"),
        ("despsie", "despise"),
        ("haet", "hate"),
        ("ihateimmigrants", "i hate immigrants"),
        ("killallmuslims", "kill all muslims"),
        ("immigrants", None),
        ("hat", None),
        ("animal", None),
        ("therapist", None),
        ("together", None),
        ("background", None),
        ("soup", None),
        ("independent", None),
        ("niger", None),
        ("sheen", None),
        ("honey", None),
        ("playlist", None),
        ("xqzvvwk", None),
        ("nggers", "niggers"),
        ("kik", None),
        ("whensoever", None),
        ("aa", None),
        ("i" * 61, None),
    ],
)
def test_only_hidden_words_are_uncovered(word: str, expected: str | None) -> None:
    """A misspelling one step from a word that is looked for is read as that word; ordinary words and names stay."""
    assert SPELLING.mend(word) == expected


def test_no_words_hide_nothing() -> None:
    """A lexicon of signs alone has no hidden words."""
    signs = Lexicon(
        id="x",
        version="1",
        title="x",
        source="x",
        groups={"sign": ("<handle>", "!!")},
        rules=(TopicRule(id="X-1", needs=("sign",), reason="Because."),),
    )

    assert Spelling([signs]).mend("immigarnts") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I despsie immigarnts.", "immigarnts"),
        ("Ihateimmigrants", "Ihateimmigrants"),
        ("I h a t e immigrants.", "immigrants"),
        ("I hate imm\u200bigrants.", "imm\u200bigrants"),
    ],
)
def test_a_hidden_word_is_cited_as_it_was_written(text: str, words: str) -> None:
    """Spans lead back to the original letters."""
    found = assess(observation(text), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)

    assert words in {text[span.start : span.end] for each in found for span in each.decision.spans}


@pytest.mark.parametrize(
    "text",
    [
        "Immigrants moved in next door. They are vermin.",
        "Immigrants are here again and I hate them.",
    ],
)
def test_a_pronoun_stands_for_the_group_before_it(text: str) -> None:
    """What is said of them is said of the group, and the group is cited."""
    found = assess(observation(text), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)

    assert ("Immigrants", "target") in {
        (text[span.start : span.end], span.what) for each in found for span in each.decision.spans
    }


@pytest.mark.parametrize(
    "text",
    [
        "They are vermin.",
        "Immigrants came. It rained. They are vermin, those slugs.",
        "Women met bigots at the gate. They are vermin.",
        "Women " + "walked " * 30 + "and they are vermin.",
    ],
)
def test_a_pronoun_stands_for_nothing_else(text: str) -> None:
    """Without a group near before it, or with other people between, a pronoun is nobody."""
    assert not {rule for rule in rules(text) if rule.startswith("REL-DISCRIM")}


def test_a_slur_that_is_named_or_reclaimed_is_for_review() -> None:
    """Who was called a word, or says it of themselves, has not abused anyone."""
    found = assess(observation("He called me a stupid faggot."), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)

    assert found
    assert all(ContextKind.RECLAIMED in each.context for each in found)


def test_without_rules_on_conduct_nothing_is_found() -> None:
    """Lexicons that find no conduct lead to no relevance."""
    context = {"context": LEXICONS["context"]}

    assert assess(observation("I hate immigrants."), lexicons=context, policies=POLICIES, scope=SCOPE) == ()


def test_the_memory_of_words_is_bounded_and_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a text says, only so many words are kept."""
    monkeypatch.setattr(spelling, "_MOST_KEPT", 1)
    forgetful = Spelling([LEXICONS["discrimination"]])

    assert [forgetful.mend(word) for word in ("imigrants", "xqzvvwk", "imigrants")] == [
        "immigrants",
        None,
        "immigrants",
    ]
