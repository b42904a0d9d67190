"""What was handed out of a workspace: where each copy of a case's documents was put, so that erasure can fetch it back."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, delete, insert, select

from footprint.errors import InputError
from footprint.files import read_bytes
from footprint.store.database import COPIES, reading, stamp, writing
from footprint.store.locked import MAX_DOCUMENT_BYTES


class Fetched(NamedTuple):
    """What became of the copies of a case."""

    removed: int
    elsewhere: tuple[Path, ...]
    """Where a copy was put and something else, or nothing, is now: a person has to look."""


class Copies:
    """The copies that were handed out. Every method raises StoreError where the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, case_id: str, path: Path, content: bytes, at: datetime) -> None:
        """Note a copy that is about to be written: a crash after it leaves a note without a copy, never the reverse."""
        self.note_digest(case_id, path, hashlib.sha256(content).hexdigest(), at)

    def note_digest(self, case_id: str, path: Path, sha256: str, at: datetime) -> None:
        """Note a copy as `note` does, by the digest of what is not held in memory."""
        row = {"case": case_id, "path": str(path.absolute()), "sha256": sha256, "at": stamp(at)}
        with writing(self._engine) as connection:
            connection.execute(insert(COPIES).values(row))

    def fetch_back(self, case_id: str) -> Fetched:
        """Remove every copy of a case that is still the one that was put there, and forget where they were."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(COPIES.c.path, COPIES.c.sha256).where(COPIES.c.case == case_id)).all()
        known: dict[Path, set[str]] = {}
        for row in rows:
            known.setdefault(Path(row.path), set()).add(row.sha256)
        left = tuple(path for path, digests in known.items() if not _removed(path, digests))
        with writing(self._engine) as connection:
            connection.execute(delete(COPIES).where(COPIES.c.case == case_id))
        return Fetched(len(known) - len(left), left)


def _removed(path: Path, digests: set[str]) -> bool:
    try:
        content = read_bytes(path, limit=MAX_DOCUMENT_BYTES)
    except InputError:
        return False
    if hashlib.sha256(content).hexdigest() not in digests:
        return False
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
