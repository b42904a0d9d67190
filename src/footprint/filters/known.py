"""Which names and handles are the candidate's own, or places that the candidate named: those stay readable."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, Self

from footprint.model.candidate import Candidate

_WORD = re.compile(r"[^\W\d_]+")


class KnownNames(NamedTuple):
    """The candidate's names, places, employers and schools as sets of words, and the handles they declared."""

    names: tuple[frozenset[str], ...]
    handles: frozenset[str]

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """Return what the candidate's own profile declares."""
        handles = {identifier.handle.lower() for identifier in candidate.identifiers}
        full = {f"{identifier.handle}@{identifier.home}".lower() for identifier in candidate.identifiers}
        names = (*candidate.names, *candidate.places, *candidate.employers, *candidate.schools)
        return cls(tuple(_words(name) for name in names), frozenset(handles | full))

    def is_own_name(self, text: str) -> bool:
        """Return whether a name says nothing that one of the known names does not: `Ada` of `Ada King`, not `Tom King`."""
        words = _words(text)
        return any(words <= name for name in self.names)

    def is_own_handle(self, text: str) -> bool:
        """Return whether `@user` or `@user@host` is one the candidate declared."""
        return text.removeprefix("@").lower() in self.handles


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return frozenset(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))
