"""The keys of the cases, in a small database of their own, each wrapped under the workspace key.

A case has two: the *capture key*, an age identity under which its WARC files lie, and the *case key*, AES-256, under which
everything else about it lies. To destroy a key is to erase what lies under it. Keep `keys.db` out of the backups of the
data, or the backups keep the keys alive.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

from sqlalchemy import Column, Engine, LargeBinary, MetaData, String, Table, UniqueConstraint, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_keep

from footprint.errors import InputError, StoreError
from footprint.store import cipher
from footprint.store.database import connect, forget, reading, stamp, writing
from footprint.store.workspace_key import KeyPlace, find_key, make_key

KEYS = "keys.db"
VERSION = 1
PROOF = b"this is the key of the workspace"
"""Locked under the workspace key when the vault is made: a wrong passphrase is told at once."""

TABLES = MetaData()

PLACE = Table(
    "place",
    TABLES,
    Column("name", String, primary_key=True),
    Column("place", String, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("proof", LargeBinary, nullable=False),
)

WRAPPED = Table(
    "keys",
    TABLES,
    Column("owner", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("wrapped", LargeBinary),
    Column("destroyed_at", String),
    UniqueConstraint("owner", "kind"),
)


class KeyKind(StrEnum):
    """What lies under a key."""

    CAPTURE = "capture"
    """The captured pages: destroyed when the outcome and its appeal window are over."""
    CASE = "case"
    """Findings, their evidence, the report and all papers: destroyed at the end of retention."""


_FRESH: dict[KeyKind, Callable[[], bytes]] = {
    KeyKind.CAPTURE: cipher.fresh_identity,
    KeyKind.CASE: cipher.fresh_key,
}


class Vault:
    """The keys of a workspace's cases. Every method raises StoreError where the database fails."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        self._engine = engine
        self._key = key

    @classmethod
    def create(cls, folder: Path, place: KeyPlace) -> None:
        """Make the vault of a new workspace, and its key at a place. Raises as `make_key` does."""
        name, salt = f"{folder.name}-{secrets.token_hex(8)}", os.urandom(16)
        key = make_key(place, folder, name=name, salt=salt)
        row = {"name": name, "place": place.value, "salt": salt, "proof": cipher.lock(key, PROOF, about=name)}
        engine = connect(folder / KEYS, TABLES, VERSION)
        try:
            with writing(engine) as connection:
                connection.execute(insert(PLACE).values(row))
        finally:
            engine.dispose()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the vault of a workspace with its key. Raises as `find_key` does, and StoreError for a wrong key."""
        engine = _opened(folder)
        try:
            with reading(engine) as connection:
                name, place, salt, proof = connection.execute(select(PLACE)).one()
            key = find_key(KeyPlace(place), folder, name=name, salt=salt)
            _require(key, proof, name, KeyPlace(place))
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, key)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def key(self, owner: str, kind: KeyKind) -> bytes:
        """Return the key of a case, or of another owner; made where it has none yet.

        Raises InputError where it was destroyed.
        """
        mine = (WRAPPED.c.owner == owner, WRAPPED.c.kind == kind.value)
        found = select(WRAPPED.c.wrapped, WRAPPED.c.destroyed_at).where(*mine)
        with reading(self._engine) as connection:
            row = connection.execute(found).one_or_none()
        if row is None:
            wrapped = cipher.lock(self._key, _FRESH[kind](), about=f"{owner}/{kind}")
            with writing(self._engine) as connection:
                # Another process may have been quicker: then its key is the key.
                row_of = {"owner": owner, "kind": kind.value, "wrapped": wrapped}
                connection.execute(insert_or_keep(WRAPPED).values(row_of).on_conflict_do_nothing())
                row = connection.execute(found).one()
        if row.wrapped is None:
            raise InputError(
                where=owner, expected=f"a {kind} key that still exists", mend=f"it was destroyed at {row.destroyed_at}"
            )
        return cipher.unlock(self._key, row.wrapped, about=f"{owner}/{kind}")

    def is_destroyed(self, owner: str, kind: KeyKind) -> bool:
        """Say whether a key was destroyed."""
        mine = (WRAPPED.c.owner == owner, WRAPPED.c.kind == kind.value, WRAPPED.c.destroyed_at.is_not(None))
        with reading(self._engine) as connection:
            return connection.execute(select(WRAPPED.c.owner).where(*mine)).one_or_none() is not None

    def destroy(self, owner: str, kind: KeyKind, at: datetime) -> None:
        """Destroy a key for good: overwritten in the database and in its write-ahead log. Destroyed again, it stays so."""
        gone = {"wrapped": None, "destroyed_at": stamp(at)}
        row = {"owner": owner, "kind": kind.value, **gone}
        with writing(self._engine) as connection:
            connection.execute(insert_or_keep(WRAPPED).values(row).on_conflict_do_nothing())
            alive = (WRAPPED.c.owner == owner, WRAPPED.c.kind == kind.value, WRAPPED.c.wrapped.is_not(None))
            connection.execute(update(WRAPPED).where(*alive).values(gone))
        forget(self._engine)


def key_place(folder: Path) -> KeyPlace:
    """Return where a workspace's key lies. Raises StoreError where the vault is missing."""
    engine = _opened(folder)
    try:
        with reading(engine) as connection:
            return KeyPlace(connection.execute(select(PLACE.c.place)).scalar_one())
    finally:
        engine.dispose()


def _opened(folder: Path) -> Engine:
    path = folder / KEYS
    if not path.is_file():
        raise StoreError(f"{path} is missing: bring it back from its own backup; without it no case can be opened")
    return connect(path, TABLES, VERSION)


def _require(key: bytes, proof: bytes, name: str, place: KeyPlace) -> None:
    try:
        cipher.unlock(key, proof, about=name)
    except StoreError:
        if place is KeyPlace.PASSPHRASE:
            raise InputError(where="the passphrase", expected="the passphrase of this workspace") from None
        raise StoreError("the workspace key is not the one that this workspace was made with") from None
