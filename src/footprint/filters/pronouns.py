"""Pronouns that stand for a group which was named before: "Here come the X. I cannot stand them."

A pronoun stands for the nearest term before it, in its own sentence or the one before, where no other people are named in between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from footprint.filters.hit import Hit, start_of
from footprint.filters.reading import Extent, Reading

PRONOUN = "<them>"
"""The term that stands for such a pronoun."""

_PRONOUNS = re.compile(
    r"(?<!\w)(?:they|them|these people|those people|their kind|(?:all|every one|every last one|each one|the lot) of them|that lot)(?!\w)"
)
_OTHERS = re.compile(
    r"(?<!\w)(?:people who|those who|anyone who|everyone who|racists?|bigots?|nazis|haters|idiots who|trolls|politicians|attackers"
    r"|police|criminals|shoes|dogs|cats|books|films|movies|songs|games)(?!\w)"
)
_FARTHEST = 25
"""Words between a pronoun and what it stands for."""


def find_pronouns(text: str) -> Iterator[Extent]:
    """Yield where pronouns for several people stand."""
    for found in _PRONOUNS.finditer(text):
        yield found.span()


def standing_for(pronouns: Sequence[Hit], known: Sequence[Hit], reading: Reading) -> list[Hit]:
    """Return the pronouns that stand for one of the known terms, each with what it stands for."""
    ordered = sorted(known, key=start_of)
    resolved = []
    for pronoun in pronouns:
        place = bisect_left(ordered, pronoun.start, key=start_of)
        if place and _refers(pronoun, ordered[place - 1], reading):
            resolved.append(pronoun._replace(stands_for=ordered[place - 1].extent))
    return resolved


def _refers(pronoun: Hit, named: Hit, reading: Reading) -> bool:
    if reading.sentence_at(pronoun.start) - reading.sentence_at(named.start) > 1:
        return False
    if reading.word_at(pronoun.start) - reading.word_at(named.start) > _FARTHEST:
        return False
    return _OTHERS.search(reading.normal, named.end, pronoun.start) is None
