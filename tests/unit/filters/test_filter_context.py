"""Context: what explains words, and how far it reaches."""

from __future__ import annotations

import pytest
from filter_tables_context import CONTEXT_ROWS

from filter_samples import LEXICONS
from footprint.filters.context import Surroundings
from footprint.filters.match import matches
from footprint.filters.reading import Reading
from footprint.filters.vocabulary import vocabulary_of


@pytest.mark.parametrize(("lexicon", "text", "kinds"), CONTEXT_ROWS)
def test_context_is_named_by_its_kind(lexicon: str, text: str, kinds: frozenset[str]) -> None:
    """Each kind of context is found where it stands, and not where words only look like it."""
    reading = Reading(text)
    surroundings = Surroundings(reading, LEXICONS["context"], vocabulary_of(LEXICONS.values()))
    found = matches(reading, LEXICONS[lexicon])

    assert found
    assert all(surroundings.kinds(match) == kinds for match in found)


@pytest.mark.parametrize(
    ("text", "condemns"),
    [
        ("This is vile. Nobody should have to read words like these.", True),
        ("Imagine thinking that.", True),
        ("Interesting.", False),
        ("Disgusting.", True),
        ("Lovely weather.", False),
    ],
)
def test_a_comment_condemns_or_not(text: str, condemns: bool) -> None:
    """A comment that disapproves of anything is taken to disapprove of what it passes on."""
    assert Surroundings(Reading(text), LEXICONS["context"]).condemns() is condemns
