"""Which sites told an account that exists from a made-up one, and when: kept for a day, so that they are asked less."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from footprint.errors import InputError
from footprint.files import parse_record, read_bytes, write_whole
from footprint.model.presence import CanaryPass
from footprint.model.record import Record, Sha256

CANARIES = "canaries.json"
"""File of the workspace. Nothing about a candidate stands in it: digests of rules and of pages about nobody."""

TIME_TO_LIVE = timedelta(hours=24)
MAX_BYTES = 10_000_000


class CanaryBook(Record):
    """Every pass that may still hold, by the digest of the site's rule."""

    passes: dict[Sha256, CanaryPass] = {}


class CanaryStore:
    """Reads and keeps passes. A file that is not one of ours counts as empty: then every site is asked again."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._path = folder / CANARIES
        self._now = now
        self._passes = self._on_file()
        self._is_changed = False

    def passed(self, rule: str) -> CanaryPass | None:
        """Return the pass of a rule, by its digest, where it is not too old, and not of the future."""
        found = self._passes.get(rule)
        return found if found is not None and self._holds(found) else None

    def note(self, passed: CanaryPass) -> None:
        """Remember a pass; `save` keeps it."""
        self._passes[passed.rule] = passed
        self._is_changed = True

    def save(self) -> None:
        """Keep the passes, beside those that another run has kept meanwhile. Raises StoreError."""
        if not self._is_changed:
            return
        self._is_changed = False
        self._passes = {rule: kept for rule, kept in {**self._on_file(), **self._passes}.items() if self._holds(kept)}
        write_whole(self._path, CanaryBook(passes=self._passes).canonical())

    def _holds(self, passed: CanaryPass) -> bool:
        return timedelta(0) <= self._now() - passed.at <= TIME_TO_LIVE

    def _on_file(self) -> dict[str, CanaryPass]:
        if not os.path.lexists(self._path):
            return {}
        try:
            content = read_bytes(self._path, limit=MAX_BYTES)
            return dict(parse_record(content, CanaryBook, where=CANARIES, is_json=True).passes)
        except InputError:
            return {}
