"""Which sources a workspace has turned on, by whom and why: one file, written whole, that keeps every decision."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from footprint.files import read_record, write_whole
from footprint.model.record import Id, Line, Moment, Record, Sentence

FILE = "sources.json"


class Switch(Record):
    """One decision about one source."""

    source: Id
    is_on: bool
    version: Line
    """Of the manifest that was decided upon: another one, with other terms, is to be decided upon again."""
    host: Line | None = None
    """The operator's own instance, where the source is one."""
    reason: Sentence
    by: Id
    """The id of whoever decided; never a name."""
    at: Moment


class Check(Record):
    """What came of asking a source for its canaries."""

    source: Id
    at: Moment
    result: Literal["passed", "failed", "unknown"]


class Switches(Record):
    """Every decision, oldest first, and the newest check of each source."""

    decisions: tuple[Switch, ...] = ()
    checks: dict[Id, Check] = {}

    def standing(self, source: str) -> Switch | None:
        """Return the newest decision about a source; None where there is none."""
        return next((switch for switch in reversed(self.decisions) if switch.source == source), None)

    def with_decision(self, switch: Switch) -> Switches:
        """Return these with one more decision."""
        return self.but(decisions=(*self.decisions, switch))

    def with_check(self, check: Check) -> Switches:
        """Return these with a newer check of its source."""
        return self.but(checks={**self.checks, check.source: check})


def read_switches(folder: Path) -> Switches:
    """Return what a workspace's folder holds. Raises InputError where the file is not what we write."""
    path = folder / FILE
    return read_record(path, Switches) if path.exists() else Switches()


def write_switches(folder: Path, switches: Switches) -> None:
    """Keep the decisions. Raises StoreError where the file cannot be written."""
    write_whole(folder / FILE, switches.model_dump_json(indent=1).encode() + b"\n")
