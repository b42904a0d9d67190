"""A term found in a reading."""

from __future__ import annotations

from typing import NamedTuple

from footprint.filters.reading import Extent


class Hit(NamedTuple):
    """A term of a group, found in the normal form of a reading."""

    group: str
    start: int
    end: int
    shape: str = ""
    """The shape it was found by, `name`, `number`, `handle` or `them`; empty for a word."""
    stands_for: Extent | None = None
    """Where the term stands that a pronoun stands for."""

    @property
    def extent(self) -> Extent:
        """Where it stands in the normal form."""
        return self.start, self.end


def start_of(hit: Hit) -> int:
    """Return where a hit begins: hits are kept in that order."""
    return hit.start
