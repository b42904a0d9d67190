"""Objects as the key of a cache, by identity: a frozen record with a table in it has no hash, and comparing it word by word is dear."""

from __future__ import annotations

from typing import Generic, TypeVar

Held = TypeVar("Held")


class Identical(Generic[Held]):
    """Some objects, equal to others only where they are the very same ones; it holds them, so that no id is used twice."""

    __slots__ = ("_ids", "held")

    def __init__(self, *held: Held) -> None:
        self.held = held
        self._ids = tuple(map(id, held))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identical) and other._ids == self._ids
