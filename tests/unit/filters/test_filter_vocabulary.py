"""The words that a threat is made of, and those that make it doubtful."""

from __future__ import annotations

import pytest

from filter_samples import LEXICONS, observation
from footprint.filters.context import Surroundings
from footprint.filters.hit import Hit
from footprint.filters.match import matches
from footprint.filters.reading import Reading
from footprint.filters.vocabulary import Vocabulary, is_doubtful, vocabulary_of

VOCABULARY = vocabulary_of(LEXICONS.values())


def test_people_and_usual_words_come_from_the_lexicons() -> None:
    """Groups, roles and common words for people are words for people; the words of anger are usual; a meal is neither."""
    assert {"muslims", "jews", "people", "disabled", "judge", "kids", "neighbours"} <= VOCABULARY.people
    assert {"kill", "vermin", "bus", "tomorrow", "you"} <= VOCABULARY.usual
    assert "marinade" not in VOCABULARY.people | VOCABULARY.usual
    assert vocabulary_of([]).people == vocabulary_of([LEXICONS["union"]]).people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I will kill you tomorrow at the bus stop.", False),
        ("I will kill you over some marinade.", False),
        ("I will kill you over some marinade and saffron.", True),
        ("I will kill you over marinade, marinade, marinade.", False),
        ("I will kill you at Saffron Marinade in Hull.", False),
        ("Marinade and saffron. I will kill you.", False),
    ],
)
def test_two_strange_words_in_the_sentence_make_it_doubtful(text: str, expected: bool) -> None:
    """One is no reason for doubt, nor is a name, nor what another sentence says."""
    reading = Reading(text)
    start = reading.normal.index("kill")

    assert is_doubtful(reading, [Hit("violence", start, start + 4)], VOCABULARY.usual) is expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I will kill him over saffron and vermouth.", {"figurative"}),
        ("I mean it, I will kill him over saffron and vermouth.", set()),
        ("You won't make it home, saffron vermouth.", set()),
    ],
)
def test_a_brief_rule_alone_is_doubted_and_whoever_means_it_is_believed(text: str, kinds: set[str]) -> None:
    """Strange words explain a threat in ordinary words, and none that says it is meant or is plain by itself."""
    reading = Reading(text)
    surroundings = Surroundings(reading, LEXICONS["context"], VOCABULARY)
    found = matches(reading, LEXICONS["threats"])

    assert found
    assert all(surroundings.kinds(match) == kinds for match in found)


def test_without_words_every_other_word_is_strange() -> None:
    """The words must be given: nothing is known by itself."""
    text = observation("I will kill you one sunny day.").text

    assert is_doubtful(Reading(text), [Hit("violence", 7, 11)], Vocabulary().usual)
