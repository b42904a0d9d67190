"""The docstrings under the fields of a record, in its JSON Schema."""

from __future__ import annotations

from typing import ClassVar

from footprint.model.described import meanings
from footprint.model.record import Id, Record


class Berth(Record):
    """A place to lie at."""

    counted: ClassVar[int] = 3
    """Of no instance."""
    id: Id
    """Where
    it is."""
    depth: int
    free: bool = True
    """Nobody lies there."""

    @property
    def is_deep(self) -> bool:
        return self.depth > 3


class Mooring(Berth):
    """A place in the water."""

    free: bool = True
    """No boat hangs on it."""
    last: Berth | None = None
    """Another one."""


def test_a_schema_holds_what_stands_under_each_field() -> None:
    """Of a record itself and of what it is derived from; its own words go first."""
    schema = Mooring.model_json_schema()

    told = {name: field.get("description") for name, field in schema["properties"].items()}
    expected = {"id": "Where\nit is.", "depth": None, "free": "No boat hangs on it.", "last": "Another one."}
    assert told == expected
    assert schema["$defs"]["Berth"]["properties"]["free"]["description"] == "Nobody lies there."
    assert Mooring(id="m1", depth=4).is_deep


def test_a_form_may_ask_in_the_words_of_the_fields() -> None:
    """The same words, without a schema; a field that says nothing of itself is not there."""
    assert meanings(Mooring) | {"counted": ""} == {
        "counted": "",
        "id": "Where\nit is.",
        "free": "No boat hangs on it.",
        "last": "Another one.",
    }
