"""Terms that are made of the terms of other groups: `{kind} people` is each term of `kind`, then `people`.

They are put together after the look-up, so that the trie holds the sum of the parts and not their product.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Self

from footprint.filters.hit import Hit

_PART = re.compile(r"\{([^{}]+)\}|([^{} ][^{}]*)")


class Composed(NamedTuple):
    """A term of a group: the groups whose terms follow each other in it, one space apart."""

    group: str
    parts: tuple[str, ...]
    needed: frozenset[str]
    """The same groups, to ask quickly whether all were found."""

    @classmethod
    def of(cls, group: str, parts: tuple[str, ...]) -> Self:
        """Return the term of a group that consists of these parts."""
        return cls(group, parts, frozenset(parts))


def parts_of(term: str) -> list[tuple[str, str]]:
    """Return the name of the group of each part, and its words where the part stands for itself."""
    return [
        (found[1], "") if found[1] else (f"={found[2].strip()}", found[2].strip()) for found in _PART.finditer(term)
    ]


def composed(terms: Sequence[Composed], found: dict[str, list[Hit]]) -> None:
    """Add every composed term whose parts were found one after the other to what was found.

    Every part of them stands there. The parts are terms of groups of words: a composed term is no part of another.
    """
    made: list[Hit] = []
    for group, parts, _ in terms:
        ends = [(hit.start, hit.end) for hit in found[parts[0]]]
        for part in parts[1:]:
            after = {(hit.start, hit.end) for hit in found[part]}
            ends = [(start, stop) for start, end in ends for begin, stop in after if begin == end + 1]
        made.extend([Hit(group, start, end) for start, end in ends])
    for hit in made:
        found.setdefault(hit.group, []).append(hit)
