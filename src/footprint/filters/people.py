"""Find the names of people in running text by their shape, cues and common given names.

A name is two or more capitalised words, or one after a title or a relation, or a common given name alone. Better one name too many:
what is taken for a name is masked, and a masked word harms a reader less than a stranger's name (LAW RIPA-4; JUDGEMENT 3, 8.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from footprint.filters.people_words import CUES, DEMONYMS, GIVEN_NAMES, NEVER_NAMES, NOT_PEOPLE, ORDINARY, PLACES
from footprint.filters.reading import Extent

_REST = (
    # Possessive, so that a word of any length is read once, whatever follows it.
    r"(?:(?:'[^\W\d_])?(?=[A-Z]*+[^\W\d_])[^\W\d_]++(?:-[^\W\d_]++)?(?!\w)(?!'(?:t|m|re|ve|ll|d)(?!\w)))"
)
_CAPITAL = rf"(?:[^\W\d_a-z]{_REST})"
_INITIAL = r"(?:[A-Z]\.?(?= [A-Z]))"
_PARTICLE = r"(?:de|da|del|della|van|von|der|den|bin|bint|al|el|la|le|ter|ap)"
_RUN = re.compile(
    # It begins with a letter and looks back from there: `re` then skips to the next such letter.
    rf"[^\W\d_a-z](?<![\w@#'/].)(?:{_REST}|(?<=[A-Z])\.?(?= [A-Z]))(?: (?:{_PARTICLE} ){{0,2}}(?:{_CAPITAL}|{_INITIAL}))*"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ORDINARY_ENDINGS = ("ing", "ly", "ed")
_NO_NAMES = ORDINARY | CUES | NEVER_NAMES | DEMONYMS
"""Words that are no name by themselves."""
_LONGEST_NAME = 4
"""Capitalised words in a row beyond which it is a headline, not a name."""


def find_names(text: str) -> Iterator[Extent]:
    """Yield where the names of people stand in a text that keeps its capitals."""
    for run in _RUN.finditer(text):
        if not run.group()[0].isupper() or run.group().lower() in _NO_NAMES:
            continue
        tokens = [token for token in _TOKEN.finditer(text, run.start(), run.end()) if token.group()[0].isupper()]
        yield from _names_in(text, tokens)


def _names_in(text: str, tokens: list[re.Match[str]]) -> Iterator[Extent]:
    tokens = _without_ordinary(text, tokens)
    words = [token.group().lower() for token in tokens]
    if not words or words[0] in PLACES or any(word in NOT_PEOPLE for word in words):
        return
    if len(words) > _LONGEST_NAME:
        yield from _names_in_headline(tokens)
    elif _is_name(text, tokens[0].start(), words):
        yield tokens[0].start(), tokens[-1].end()


def _is_name(text: str, start: int, words: list[str]) -> bool:
    if len(words) > 1:
        return True
    return words[0] in GIVEN_NAMES or _follows_cue(text, start)


def _names_in_headline(tokens: list[re.Match[str]]) -> Iterator[Extent]:
    for first, second in pairwise(tokens):
        if first.group().lower() in GIVEN_NAMES:
            yield first.start(), second.end()


def _without_ordinary(text: str, tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """Take off the ordinary words that a sentence or a title begins with, and words for peoples and days at both ends."""
    first, last = 0, len(tokens)
    while first < last and _is_ordinary(text, tokens[first]):
        first += 1
    while first < last and tokens[last - 1].group().lower() in NEVER_NAMES:
        last -= 1
    return tokens[first:last]


def _is_ordinary(text: str, token: re.Match[str]) -> bool:
    word = token.group().lower()
    if word in _NO_NAMES:
        return True
    return word not in GIVEN_NAMES and word.endswith(_ORDINARY_ENDINGS) and _begins_sentence(text, token.start())


def _begins_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip()
    return not before or before[-1] in '.!?:\n"' or "\n" in text[len(before) : position]


def _follows_cue(text: str, position: int) -> bool:
    before = re.search(r"([^\W\d_]+)[.,]? $", text[max(0, position - 24) : position])
    return before is not None and before.group(1).lower() in CUES
