"""Which given names are short for which, from the `nicknames` package (Apache-2.0; English names, curated by hand)."""

from __future__ import annotations

from functools import lru_cache

from nicknames import name_triplets


def is_nickname(one: str, other: str) -> bool:
    """Say whether one given name is a short form of the other; two short forms of one name are not each other's."""
    table = _short_forms()
    return other in table.get(one, ()) or one in table.get(other, ())


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, frozenset[str]]:
    """Return the short forms of each name; read once, when the first pair of names needs it."""
    table: dict[str, set[str]] = {}
    for name, short in ((name, short) for name, relation, short in name_triplets() if relation == "has_nickname"):
        table.setdefault(name, set()).add(short)
    return {name: frozenset(shorts) for name, shorts in table.items()}
