"""Recovery: what an append makes of a last line that a crash tore."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from audit_lines import AT, files_end_at, happening, log_of

from footprint.audit.line import MAX_LINE_BYTES
from footprint.audit.log import AuditLog, read
from footprint.audit.verify import verify
from footprint.errors import StoreError
from footprint.model.event import Action, AuditEvent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.jsonl"


def test_every_cut_of_the_last_line_is_set_aside_and_recorded(path: Path) -> None:
    """Wherever a kill cuts the last line, its bytes move to a file of their own and log.recovered says so."""
    log_of(path, 2)
    whole = path.read_bytes()
    start = whole.index(b"\n") + 1
    for cut in range(start + 1, len(whole)):
        folder = path.parent / str(cut)
        folder.mkdir()
        log = folder / "audit.jsonl"
        log.write_bytes(whole[:cut])
        AuditLog(log).append(happening(7))
        kept, recovered, after = read(log)

        assert verify(log).size == 3
        assert (kept.event, after.event) == (happening(1), happening(7))
        assert recovered.event == AuditEvent(
            at=AT,
            actor="footprint",
            action=Action.LOG_RECOVERED,
            ids={"file": "torn-1"},
            counts={"bytes": cut - start},
            digests={"torn-1": hashlib.sha256(whole[start:cut]).hexdigest()},
        )
        assert (folder / "audit.jsonl.torn-1").read_bytes() == whole[start:cut]


@pytest.mark.parametrize(
    "torn",
    [
        b"\0" * 700,
        b"\0" * 70 + b"\n",
        b"not json\n",
        b'["a list"]\n',
        b'{"a":1}{"b":2}\n',
        b"\xff\xfe\xfa",
        b"[" * 60_000 + b"\n",
        b"x" * MAX_LINE_BYTES,
    ],
)
def test_what_a_crash_leaves_at_the_end_is_set_aside(path: Path, torn: bytes) -> None:
    """Zeros, garbage and a last line that is no JSON object are torn, with or without a newline, short or long."""
    log_of(path, 2)
    path.write_bytes(path.read_bytes() + torn)
    AuditLog(path).append(happening(3))

    assert [logged.event.action for logged in read(path)][2:] == [Action.LOG_RECOVERED, Action.REQUEST]
    assert verify(path).size == 4
    assert path.with_name("audit.jsonl.torn-1").read_bytes() == torn


def test_torn_first_line_is_set_aside(path: Path) -> None:
    """A log whose only line is torn begins again with log.recovered."""
    path.write_bytes(b'{"actor":')
    AuditLog(path).append(happening(1))

    assert [logged.event.action for logged in read(path)] == [Action.LOG_RECOVERED, Action.REQUEST]
    assert verify(path).size == 2


def test_recovery_of_a_demonstration_is_marked_as_one(path: Path) -> None:
    """log.recovered carries the demonstration mark of the event it makes way for."""
    path.write_bytes(b"torn")
    AuditLog(path).append(happening(demonstration=True))

    assert [logged.event.demonstration for logged in read(path)] == [True, True]


def test_second_crash_gets_a_file_of_its_own(path: Path) -> None:
    """Nothing that was set aside is written over; each recovery lists all files so far."""
    log = log_of(path, 1)
    for torn in (b"one", b"two"):
        path.write_bytes(path.read_bytes() + torn)
        log.append(happening())
    last = [logged.event for logged in read(path) if logged.event.action is Action.LOG_RECOVERED][-1]

    assert [path.with_name(f"audit.jsonl.torn-{n}").read_bytes() for n in (1, 2)] == [b"one", b"two"]
    assert last.ids == {"file": "torn-2"}
    assert last.digests == {"torn-1": hashlib.sha256(b"one").hexdigest(), "torn-2": hashlib.sha256(b"two").hexdigest()}


@pytest.mark.parametrize("written", [0, 1, 60, 300])
def test_crash_in_the_middle_of_a_recovery_loses_nothing(path: Path, written: int) -> None:
    """Killed after setting aside and while writing log.recovered over the torn bytes, the next append records both."""
    log_of(path, 1)
    good, torn = path.read_bytes(), b"first torn line " * 40
    path.write_bytes(good + torn)
    AuditLog(path).append(happening(2))
    recovered = path.read_bytes()[len(good) :].splitlines(keepends=True)[0]
    path.write_bytes(good + recovered[:written] + torn[written:])  # the file as the kill left it
    AuditLog(path).append(happening(3))
    events = [logged.event for logged in read(path)]

    assert [event.action for event in events] == [Action.REQUEST, Action.LOG_RECOVERED, Action.REQUEST]
    assert events[1].digests["torn-1"] == hashlib.sha256(torn).hexdigest()
    assert events[1].ids == {"file": "torn-2"}
    assert verify(path).size == 3


def test_crash_between_writing_log_recovered_and_cutting_the_rest_loses_nothing(path: Path) -> None:
    """Where more torn bytes stand behind a whole log.recovered, they are set aside next."""
    log_of(path, 1)
    good = path.read_bytes()
    path.write_bytes(good + b"torn")
    AuditLog(path).append(happening(2))
    recovered = path.read_bytes()[len(good) :].splitlines(keepends=True)[0]
    path.write_bytes(good + recovered + b"rest of a long torn line")
    AuditLog(path).append(happening(3))

    assert [logged.event.ids.get("file") for logged in read(path)] == [None, "torn-1", "torn-2", None]
    assert verify(path).size == 4


def test_head_of_a_torn_log_is_its_last_whole_line(path: Path) -> None:
    """Asking for the head repairs nothing and counts no torn line."""
    head = log_of(path, 2).head()
    path.write_bytes(path.read_bytes() + b"torn")
    content = path.read_bytes()

    assert AuditLog(path).head() == head
    assert path.read_bytes() == content


def test_full_disk_during_a_recovery_keeps_the_torn_bytes(path: Path) -> None:
    """Where log.recovered finds no room, nothing is lost, and the next append records every file set aside."""
    log = log_of(path, 2)
    torn = b"torn" * 5
    path.write_bytes(path.read_bytes() + torn)
    with files_end_at(path.stat().st_size + 9), pytest.raises(StoreError):
        log.append(happening(3))
    log.append(happening(3))
    recovered = list(read(path))[2].event

    assert recovered.digests["torn-1"] == hashlib.sha256(torn).hexdigest()
    assert recovered.ids == {"file": "torn-2"}
    assert verify(path).size == 4
