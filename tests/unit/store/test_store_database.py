"""The database file: how it is opened, what it promises, and what it says when it fails."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import InvalidRequestError

from footprint.errors import StoreError
from footprint.model.event import AuditEvent
from footprint.store.database import SCHEMA_VERSION, VISITS, connect, forget, reading, revive, stamp, writing

ROW = {"subject": "CAND-1", "url_digest": "d", "case": "C-1", "run": 1, "at": "2026-11-20T09:00:00.000000+00:00"}
PROCESSES = multiprocessing.get_context("fork")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = connect(tmp_path / "footprint.db")
    yield made
    made.dispose()


def add_visit(engine: Engine, **fields: object) -> None:
    with writing(engine) as connection:
        connection.execute(insert(VISITS).values({**ROW, **fields}))


def visits(engine: Engine) -> int:
    with reading(engine) as connection:
        return len(connection.execute(select(VISITS)).all())


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 30_000),
        ("user_version", 2),
        ("secure_delete", 1),
    ],
)
def test_database_is_careful(engine: Engine, pragma: str, value: object) -> None:
    """Foreign keys hold, a commit is on the disk, readers do not stop the writer, and one process waits for another."""
    with reading(engine) as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_database_is_for_its_owner_alone(engine: Engine, tmp_path: Path) -> None:
    """The file and the two that SQLite lays beside it are 0600."""
    add_visit(engine)

    assert {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in tmp_path.iterdir()} == {
        "footprint.db": 0o600,
        "footprint.db-wal": 0o600,
        "footprint.db-shm": 0o600,
    }


def test_what_was_written_is_there_when_opened_again(tmp_path: Path) -> None:
    """Opening an existing database makes no new tables."""
    first = connect(tmp_path / "footprint.db")
    add_visit(first)
    first.dispose()
    second = connect(tmp_path / "footprint.db")

    assert visits(second) == 1
    second.dispose()


def test_odd_characters_in_the_path_are_part_of_it(tmp_path: Path) -> None:
    """A question mark, a hash or a percent sign in a folder's name is not read as part of a URL."""
    folder = tmp_path / "a?mode=memory#%41 b"
    folder.mkdir()
    engine = connect(folder / "footprint.db")
    add_visit(engine)
    engine.dispose()

    assert (folder / "footprint.db").stat().st_size > 4096


def test_half_a_transaction_is_none(engine: Engine) -> None:
    """Where the second half fails, the first is not kept."""
    with pytest.raises(KeyError), writing(engine) as connection:
        connection.execute(insert(VISITS).values(ROW))
        raise KeyError("second half")

    assert visits(engine) == 0


def test_reader_sees_one_state(engine: Engine) -> None:
    """What another writes while a reader is at work is not seen by it."""
    with reading(engine) as connection:
        before = len(connection.execute(select(VISITS)).all())
        add_visit(engine)
        after = len(connection.execute(select(VISITS)).all())

    assert (before, after, visits(engine)) == (0, 0, 1)


def count_up(path: Path, times: int) -> None:
    engine = connect(path)
    for _ in range(times):
        with writing(engine) as connection:
            run = len(connection.execute(select(VISITS.c.run)).all())
            connection.execute(insert(VISITS).values({**ROW, "run": run}))
    engine.dispose()


def test_two_processes_read_and_write_at_once(tmp_path: Path) -> None:
    """What a writer read first has not changed when it writes: two that count on from what they read never collide."""
    path = tmp_path / "footprint.db"
    connect(path).dispose()
    processes = [PROCESSES.Process(target=count_up, args=(path, 40)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    engine = connect(path)
    with reading(engine) as connection:
        runs = connection.execute(select(VISITS.c.run).order_by(VISITS.c.number)).scalars().all()
    engine.dispose()

    assert [process.exitcode for process in processes] == [0, 0]
    assert runs == list(range(80))


def test_two_processes_make_one_database_at_once(tmp_path: Path) -> None:
    """Who comes second finds the tables made."""
    path = tmp_path / "footprint.db"
    processes = [PROCESSES.Process(target=count_up, args=(path, 3)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)

    assert [process.exitcode for process in processes] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("pragma", "told"),
    [("query_only = ON", "it may only be read"), ("max_page_count = 1", "the disk is full")],
)
def test_database_that_cannot_be_written_says_why(engine: Engine, pragma: str, told: str) -> None:
    """A medium that may only be read, and a full one, are told apart in plain words."""
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    with pytest.raises(StoreError, match=f"the workspace's database failed: {told}"), writing(engine) as connection:
        connection.execute(insert(VISITS).values({**ROW, "subject": "x" * 100_000}))


def test_failing_database_says_nothing_of_what_was_written(engine: Engine) -> None:
    """Neither the message nor the chain of causes quotes an address or a profile."""
    secret = "-".join(["CAND", "SECRET"])  # joined here, so that no line of a traceback holds it
    with pytest.raises(StoreError, match="the entry is there already") as caught:
        add_visit(engine, subject=secret, url_digest=None)

    assert "INSERT INTO visits" in "".join(traceback.format_exception(caught.value))
    assert secret not in "".join(traceback.format_exception(caught.value))


def test_other_process_that_holds_on_too_long_is_named_as_the_cause(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the busy time the error says that another process has the database."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(tmp_path / "footprint.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError, match="another process held it for more than 30 seconds"):
            add_visit(engine)
    finally:
        other.close()


def test_error_that_is_not_sqlites_is_named_by_its_kind(engine: Engine) -> None:
    """What SQLAlchemy itself refuses is a StoreError too."""
    with pytest.raises(StoreError, match="failed: InvalidRequestError"), reading(engine):
        raise InvalidRequestError


def test_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    """Garbage in the place of the database is not written over."""
    path = tmp_path / "footprint.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="it is not a database"):
        connect(path)

    assert path.read_bytes() == b"not a database at all" * 100


@pytest.mark.parametrize("script", [f"PRAGMA user_version = {SCHEMA_VERSION + 1}", "CREATE TABLE others (a)"])
def test_database_of_another_kind_or_version_is_refused(tmp_path: Path, script: str) -> None:
    """A newer footprint's tables, or another program's, are left alone."""
    path = tmp_path / "footprint.db"
    with sqlite3.connect(path) as other:
        other.executescript(script)
    other.close()
    with pytest.raises(StoreError, match=r"tables of version \d, this footprint reads version 2"):
        connect(path)


def test_a_database_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    """What it holds stays, and the table that came later is there."""
    path = tmp_path / "footprint.db"
    first = connect(path)
    add_visit(first)
    with writing(first) as connection:
        connection.exec_driver_sql("DROP TABLE copies")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    first.dispose()
    second = connect(path)

    assert visits(second) == 1
    with reading(second) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM copies").scalar_one() == 0
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA_VERSION
    second.dispose()


def test_what_is_forgotten_stands_in_no_file(engine: Engine, tmp_path: Path) -> None:
    """After a delete neither the database nor its write-ahead log holds a byte of it."""
    add_visit(engine, subject="a canary of forty characters and no more")
    with writing(engine) as connection:
        connection.execute(VISITS.delete())
    forget(engine)

    assert all(b"canary" not in path.read_bytes() for path in tmp_path.iterdir())


def test_what_another_process_still_reads_is_not_forgotten_silently(engine: Engine, tmp_path: Path) -> None:
    """The person is told to end it."""
    add_visit(engine)
    reader = sqlite3.connect(tmp_path / "footprint.db")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM visits").fetchall()
    add_visit(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    try:
        with pytest.raises(StoreError, match="end the other process"):
            forget(engine)
    finally:
        reader.close()


@pytest.mark.parametrize("place", [".", "missing/footprint.db"])
def test_place_that_cannot_hold_a_database_is_a_store_error(tmp_path: Path, place: str) -> None:
    """A folder in its place and a missing folder are refused."""
    with pytest.raises(StoreError, match="could not be opened"):
        connect(tmp_path / place)


def test_damaged_row_is_told_without_being_quoted() -> None:
    """A row that is no longer a record stops the reading; its text does not travel."""
    secret = "-".join(["CAND", "SECRET"])  # joined here, so that no line of a traceback holds it
    with pytest.raises(StoreError, match="a row is no AuditEvent") as caught:
        revive(AuditEvent, f'{{"actor": "{secret}"}}')

    assert secret not in "".join(traceback.format_exception(caught.value))


def test_stamps_sort_as_times_do() -> None:
    """Whatever its zone and its fraction, a time's stamp is in UTC and of one length."""
    moment = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    later = [moment, moment + timedelta(microseconds=1), moment + timedelta(seconds=1)]
    stamps = [
        stamp(time.astimezone(timezone(timedelta(hours=hour)))) for time, hour in zip(later, (5, -3, 0), strict=True)
    ]

    assert stamps == sorted(stamps)
    assert {len(text) for text in stamps} == {32}
