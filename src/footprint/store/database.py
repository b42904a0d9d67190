"""The tables, how they are opened, and what a failing database is called in plain words.

A row holds the canonical JSON of its record; beside it stand only the columns that are searched.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from footprint.errors import StoreError
from footprint.model.record import Record

R = TypeVar("R", bound=Record)

SCHEMA_VERSION = 2
"""Kept in the file as `PRAGMA user_version`. 2 added `copies`; a file of version 1 is brought up to it."""

BUSY_SECONDS = 30.0
"""How long one process waits for another's transaction; each takes milliseconds."""

TABLES = MetaData()

CASES = Table(
    "cases",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("authorisation", String, nullable=False),
    Column("run", Integer, nullable=False),
    Column("candidate", String, nullable=False),
    Column("profile_sha256", String, nullable=False),
    Column("state", String, nullable=False),
    Column("seen_at", String, nullable=False),
    Column("last_evidence", Integer, nullable=False, default=0),
    Column("record", String, nullable=False),
    # Two processes cannot both take the last run that a consent allows.
    UniqueConstraint("authorisation", "run"),
)

EVIDENCE = Table(
    "evidence",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("case", ForeignKey(CASES.c.id), nullable=False),
    Column("id", String, nullable=False),
    Column("identifier", String, nullable=False),
    Column("planned", String, nullable=False),
    Column("url", String, nullable=False),
    Column("record", String, nullable=False),
    UniqueConstraint("case", "id"),
    Index("evidence_by_request", "case", "planned", "url"),
)

UNKNOWNS = Table(
    "unknowns",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("case", ForeignKey(CASES.c.id), nullable=False),
    Column("identifier", String, nullable=False),
    Column("planned", String, nullable=False),
    Column("url", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("record", String, nullable=False),
    UniqueConstraint("case", "identifier", "planned", "url", "reason", "detail"),
)

VISITS = Table(
    "visits",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("subject", String, nullable=False),
    Column("url_digest", String, nullable=False),
    Column("case", String, nullable=False),  # no foreign key: a visit counts on when its case is erased
    Column("run", Integer, nullable=False),
    Column("at", String, nullable=False),
    Index("visits_by_address", "subject", "url_digest"),
)

COPIES = Table(
    "copies",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("case", String, nullable=False),
    Column("path", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("at", String, nullable=False),
)

_CAUSES = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it may only be read",
    "SQLITE_BUSY": f"another process held it for more than {BUSY_SECONDS:.0f} seconds",
    "SQLITE_CANTOPEN": "it could not be opened",
    "SQLITE_CORRUPT": "it is damaged",
    "SQLITE_NOTADB": "it is not a database",
    "SQLITE_IOERR": "the disk failed",
    "SQLITE_CONSTRAINT": "the entry is there already, or belongs to a case that is not",
}
"""SQLite's primary result codes, in a reader's words."""


def connect(path: Path, tables: MetaData = TABLES, version: int = SCHEMA_VERSION) -> Engine:
    """Return an engine on the database at `path`; make the file, 0600, and its tables where there is none.

    The caller disposes of it. Raises StoreError where it cannot be opened, is no database of footprint's, or was made
    by a version with other tables.
    """
    try:
        # Made here and not by SQLite, so that no umask opens it to others; the -wal and -shm files take its mode.
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK, 0o600))
    except OSError as error:
        raise StoreError(f"the workspace's database could not be opened: {error.strerror}") from error
    # Parameters are addresses and profiles: they must not stand in an error's text.
    engine = create_engine(
        URL.create("sqlite", database=str(path)), hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with reading(engine) as connection:
            found = _version(connection)
        if found != version:
            with writing(engine) as connection:
                _make_tables(connection, tables, version)
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the database. Raises StoreError where the database fails."""
    with _in_plain_words(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection that alone may write until it is left: all of it is kept, or none.

    Raises StoreError where the database fails.
    """
    with _in_plain_words(), engine.execution_options(writes=True).begin() as connection:
        yield connection


def forget(engine: Engine) -> None:
    """Empty the write-ahead log into the database, so that what was deleted stands in no file any more.

    Raises StoreError where it fails, or another process is reading.
    """
    with _in_plain_words():
        connection = engine.raw_connection()
        try:
            is_busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    if is_busy:
        raise StoreError("the workspace's database is in use: end the other process and run this again")


def revive(kind: type[R], text: str) -> R:
    """Return the record that a row holds. Raises StoreError where it is not one."""
    try:
        return kind.model_validate_json(text, strict=True)
    except ValidationError:
        # Without its cause: that would quote the row.
        raise StoreError(f"the workspace's database is damaged: a row is no {kind.__name__}") from None


def stamp(moment: datetime) -> str:
    """Return a time as it stands in a column: in UTC and of one length, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten with zeros
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: Connection) -> None:
    # IMMEDIATE, so that what a writer reads first cannot change before it writes.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _make_tables(connection: Connection, tables: MetaData, version: int) -> None:
    found = _version(connection)
    if found == version:  # another process was quicker
        return
    is_foreign = not found and connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if found > version or is_foreign:
        raise StoreError(
            f"the workspace's database has tables of version {found}, this footprint reads version {version}: "
            "use the version of footprint that made the workspace"
        )
    tables.create_all(connection)  # those that are not there yet: so far no version has changed one
    connection.exec_driver_sql(f"PRAGMA user_version = {version}")


@contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"the workspace's database failed: {_cause(error)}") from error


def _cause(error: SQLAlchemyError) -> str:
    name = str(getattr(error.orig, "sqlite_errorname", "")) if isinstance(error, DBAPIError) else ""
    # An extended code, SQLITE_IOERR_WRITE, begins with its primary one.
    return next((cause for code, cause in _CAUSES.items() if name.startswith(code)), name or type(error).__name__)
