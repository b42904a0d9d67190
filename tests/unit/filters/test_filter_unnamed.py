"""What a model sees of a text: words, without groups of people, names, accounts and addresses."""

from __future__ import annotations

import pytest

from filter_samples import LEXICONS
from footprint.errors import InputError
from footprint.filters.reading import Reading
from footprint.filters.unnamed import spoken, tokens_of


def words(text: str) -> list[str]:
    return [token.word for token in tokens_of(Reading(text), LEXICONS)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("I hate all Romanians", ["i", "hate", "all", "<group>"]),
        ("I hate all black people", ["i", "hate", "all", "<group>"]),
        ("some womanish Islamist", ["some", "<group>", "<group>"]),
        ("that Turk's hat", ["that", "<group>", "hat"]),
        ("those faggots again", ["those", "<slur>", "again"]),
        ("She said he'll see", ["<one>", "said", "<one>", "see"]),
        ("her wife and the lads", ["<one>", "<group>", "and", "the", "<group>"]),
        ("ask @ada@social.example or ada@mail.example", ["ask", "<user>", "or", "<user>"]),
        ("see https://a.example/b?c now", ["see", "<link>", "now"]),
        ("Tomas Ferrier sang", ["<name>", "sang"]),
        ("and agnieszka sang", ["and", "<name>", "sang"]),
        ("RT @ada: ha &amp; ha", ["<user>", "ha", "ha"]),
        ("<user> said [URL] so", ["said", "so"]),
        ("v3rmin and s c u m", ["vermin", "and", "scum"]),
        ("\U0001f52a \U0001f473\U0001f3fe \u2721 \U0001f4a9", ["\U0001f52a", "\U0001f4a9"]),
        ("we're 25 years in 2024", ["we", "are", "years", "in"]),
        ("", []),
    ],
)
def test_groups_and_names_are_taken_out(text: str, seen: list[str]) -> None:
    """What stands in for them is the same for every group, person, account and address."""
    assert words(text) == seen


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I am gonna tell them I dont care", "I am going to tell them I do not care"),
        ("dat colour cuz u know", "that color because you know"),
        ("they can't, y'all", "they cannot, you all"),
    ],
)
def test_forms_of_speech_are_the_same_words(one: str, other: str) -> None:
    """Who writes one form is not weighed otherwise than who writes the other."""
    assert words(one) == words(other)


def test_every_word_leads_back_to_the_text() -> None:
    """Each token has the place of what it stands for, in order and apart."""
    text = "The V3RMIN of Romania, said @ada, g0nna leave"
    reading = Reading(text)
    tokens = tokens_of(reading, LEXICONS)
    found = [text[slice(*reading.back(token.extent))] for token in tokens]

    assert found == ["The", "V3RMIN", "of", "Romania", "said", "@ada", "g0nna", "g0nna", "leave"]


def test_a_model_that_reads_texts_gets_ordinary_words() -> None:
    """Where something was taken out stands a word that any model knows."""
    tokens = tokens_of(Reading("I hate Romanians and @ada, see www.a.example/x"), LEXICONS)

    assert spoken(tokens) == "i hate people and @user see http"


@pytest.mark.parametrize("missing", ["discrimination", "health"])
def test_without_the_terms_for_groups_nothing_is_read(missing: str) -> None:
    """A lexicon that is not there would leave groups open to be weighed."""
    with pytest.raises(InputError, match=f"lexicon {missing}"):
        tokens_of(Reading("a text"), {id: lexicon for id, lexicon in LEXICONS.items() if id != missing})


def test_without_one_group_of_terms_nothing_is_read() -> None:
    """Nor where a lexicon lost one of its groups."""
    politics = LEXICONS["politics"]
    groups = {name: terms for name, terms in politics.groups.items() if name != "creed"}
    rules = tuple(rule for rule in politics.rules if "creed" not in rule.needs)
    cut = {**LEXICONS, "politics": politics.but(groups=groups, rules=rules)}

    with pytest.raises(InputError, match="lexicon politics: creed"):
        tokens_of(Reading("a text"), cut)
