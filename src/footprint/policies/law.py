"""The law table's ids, each with what footprint does about it: enforced, shown, or left out and why."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Self

from pydantic import Field, model_validator

from footprint.files import parse_record
from footprint.model.record import Id, Line, Record


class Standing(StrEnum):
    """What footprint does about an id of the law table."""

    ENFORCED = "enforced"
    """A rule, a closed list or a missing capability stands in the way, and a test shows it."""
    SHOWN = "shown"
    """A person does it; footprint puts it before their eyes."""
    LEFT_OUT = "left_out"


class LawEntry(Record):
    """One id of the law table."""

    id: Id
    title: Line
    standing: Standing
    rules: tuple[Id, ...] = ()
    """Rules, duties and hard refusals by which it is enforced or shown."""
    tests: tuple[Line, ...] = ()
    """Tests that show it, `tests/unit/...::name`; each rule named above has its own in `tests/law` besides."""
    note: Line
    """How it is enforced, where it is shown, or why it is left out."""

    @model_validator(mode="after")
    def _says_by_what(self) -> Self:
        if self.standing is Standing.ENFORCED and not (self.rules or self.tests):
            msg = "what is enforced names the rules or the tests"
            raise ValueError(msg)
        return self


class LawTable(Record):
    """Every id of the law table, in its order."""

    entries: Annotated[tuple[LawEntry, ...], Field(min_length=1)]

    def count(self, standing: Standing) -> int:
        """Return how many ids stand so."""
        return sum(entry.standing is standing for entry in self.entries)


@lru_cache
def law_table() -> LawTable:
    """Return the table that ships. Raises InputError where it is not valid."""
    return parse_record(files("footprint.policies").joinpath("law.toml").read_bytes(), LawTable, where="law.toml")
