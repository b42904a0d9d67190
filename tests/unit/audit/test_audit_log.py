"""The audit log: what one append writes, what it refuses, and what it makes of a torn line."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from audit_lines import files_end_at, happening, log_of

from footprint.audit.line import GENESIS, MAX_LINE_BYTES, LoggedEvent
from footprint.audit.log import AuditLog, read
from footprint.audit.verify import verify
from footprint.errors import StoreError, VerificationError
from footprint.model.event import Action, AuditEvent
from footprint.model.report import AuditHead


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.jsonl"


def test_first_line_names_zeros_and_each_next_the_digest_of_the_one_before(path: Path) -> None:
    """Each line's prev is the SHA-256 of the raw bytes of the line before, as sha256sum computes it."""
    log_of(path, 3)
    lines = path.read_bytes().splitlines()
    places = [(json.loads(line)["seq"], json.loads(line)["prev"]) for line in lines]

    assert places == [
        (1, GENESIS),
        (2, hashlib.sha256(lines[0]).hexdigest()),
        (3, hashlib.sha256(lines[1]).hexdigest()),
    ]


def test_line_is_canonical_json_of_the_event_with_seq_and_prev(path: Path) -> None:
    """A line holds the event's own fields, sorted, compact, in UTF-8, with seq and prev among them."""
    event = happening(result="gelesen: größer")
    AuditLog(path).append(event)
    expected = {**event.model_dump(mode="json"), "seq": 1, "prev": GENESIS}

    assert path.read_text("utf-8") == (
        json.dumps(expected, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    )


def test_append_returns_the_head_that_head_and_verify_find(path: Path) -> None:
    """What append returns, what head reads from the end and what verify walks to are one head."""
    log = log_of(path, 2)
    head = log.append(happening(3))

    assert head == AuditHead(size=3, sha256=hashlib.sha256(path.read_bytes().splitlines()[-1]).hexdigest())
    assert log.head() == head
    assert verify(path) == head


def test_log_that_is_not_there_yet_has_the_empty_head(path: Path) -> None:
    """Before the first event the head is 0 and zeros, and asking makes no file."""
    assert AuditLog(path).head() == AuditHead(size=0, sha256=GENESIS)
    assert not path.exists()


def test_log_is_readable_by_its_owner_alone(path: Path) -> None:
    """Even an umask that lets all in leaves the log, and what is set aside, at 0600."""
    before = os.umask(0)
    try:
        log_of(path, 1)
        with path.open("ab") as file:
            file.write(b"torn")
        AuditLog(path).append(happening())
    finally:
        os.umask(before)

    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_read_gives_back_the_events_in_order(path: Path) -> None:
    """Reading yields each event as it was appended, with its place."""
    log_of(path, 3)

    assert [(logged.seq, logged.event) for logged in read(path)] == [(n, happening(n)) for n in (1, 2, 3)]


def test_read_begins_before_the_log_is_whole_and_does_not_hold_up_appends(path: Path) -> None:
    """A reader sees the log as it stood when it began, and a writer need not wait for it."""
    log = log_of(path, 2)
    events = read(path)
    first = next(events)
    log.append(happening(3))

    assert [logged.seq for logged in (first, *events)] == [1, 2]


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        (b'{"torn', "line 3 of the audit log is over-long or has no newline"),
        (b"{}\n", "line 3 of the audit log is not an audit line"),
        (b"nothing\n", "line 3 of the audit log is not an audit line"),
        (b"\xff\xfe\n", "line 3 of the audit log is not an audit line"),
        (b"x" * (MAX_LINE_BYTES + 9) + b"\n", "line 3 of the audit log is over-long"),
    ],
)
def test_read_stops_at_the_first_line_that_is_no_audit_line(path: Path, tail: bytes, told: str) -> None:
    """The good lines come out first, then the error names the bad one without quoting it."""
    log_of(path, 2)
    path.write_bytes(path.read_bytes() + tail)
    seen = []
    with pytest.raises(VerificationError, match=told) as caught:
        seen.extend(read(path))

    assert str(caught.value).count("torn") == 0


def test_read_of_a_missing_log_is_a_store_error(path: Path) -> None:
    """There is nothing to read, and that is said."""
    with pytest.raises(StoreError, match="could not be read: No such file"):
        list(read(path))


def changed(path: Path, number: int, change: str) -> None:
    lines = path.read_bytes().split(b"\n")
    fields = json.loads(lines[number - 1])
    fields.update(json.loads(change))
    lines[number - 1] = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    path.write_bytes(b"\n".join(lines))


@pytest.mark.parametrize(
    ("number", "change", "told"),
    [
        (3, '{"actor": ""}', "is not an audit line"),
        (3, '{"more": 1}', "is not an audit line"),
        (3, '{"seq": 4}', "does not follow"),
        (3, f'{{"prev": "{"0" * 64}"}}', "does not follow"),
        (2, '{"actor": "op-2"}', "does not follow"),
        (1, '{"actor": "op-2"}', None),
    ],
)
def test_append_writes_nothing_after_a_last_line_that_is_complete_but_bad(
    path: Path, number: int, change: str, told: str | None
) -> None:
    """A complete line is never repaired. What lies deeper than the last two lines is for verify to find."""
    log = log_of(path, 3)
    changed(path, number, change)
    content = path.read_bytes()
    if told is None:
        log.append(happening(4))
        with pytest.raises(VerificationError, match="line 1 of the audit log"):
            verify(path)
        return
    for act in (lambda: log.append(happening(4)), log.head):
        with pytest.raises(VerificationError, match=told) as caught:
            act()
        assert "op-" not in str(caught.value)
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == ["audit.jsonl"]


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        (b"bad\nbad\n", "is not an audit line"),
        (b"bad\ntorn", "is not an audit line"),
        (b"x" * (MAX_LINE_BYTES + 2), "is over-long"),
        (b"x" * (MAX_LINE_BYTES + 2) + b"\n", "is over-long"),
        (b"x" * 5 * MAX_LINE_BYTES, "is over-long"),
        (b"x" * 5 * MAX_LINE_BYTES + b"\n{}\n", "is over-long"),
    ],
)
def test_append_refuses_what_no_crash_leaves(path: Path, tail: bytes, told: str) -> None:
    """Two bad lines at the end, or one longer than any that is written, are left for a person to look at."""
    log = log_of(path, 1)
    content = path.read_bytes() + tail
    path.write_bytes(content)
    with pytest.raises(VerificationError, match=told):
        log.append(happening(2))

    assert path.read_bytes() == content


def test_only_line_must_be_the_first(path: Path) -> None:
    """A log cut at its beginning is not gone on with."""
    log = log_of(path, 2)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[1])
    with pytest.raises(VerificationError, match="does not follow"):
        log.append(happening(3))


def test_line_of_exactly_64_kib_is_written_and_one_byte_more_is_not(path: Path) -> None:
    """The limit is on the raw line; the end is still found when the last lines are as long as can be."""
    log = AuditLog(path)
    short = len(LoggedEvent(seq=1, prev=GENESIS, event=filled(0)).line())
    event = filled(MAX_LINE_BYTES - short)
    for _ in range(5):
        log.append(event)
    with pytest.raises(StoreError, match="may have 65,536 bytes; this event needs 65,537"):
        log.append(filled(MAX_LINE_BYTES - short + 1))

    assert [len(line) for line in path.read_bytes().splitlines()] == [MAX_LINE_BYTES] * 5
    assert verify(path) == log.head()


def filled(size: int) -> AuditEvent:
    """Give an event whose canonical form grows by one byte for each one more in `size`."""
    pieces = dict.fromkeys((f"k{n:03}" for n in range(200)), 10**300)
    event = happening(counts=pieces)
    grown, rest = divmod(size, 200)
    return event.but(
        counts={key: 10 ** (40 + grown + (1 if number < rest else 0)) for number, key in enumerate(pieces)}
    )


def test_cost_of_an_append_does_not_grow_with_the_log(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end is read back from the size: the bytes read are bounded however long the log is."""
    log = log_of(path, 3)
    line = happening(result="x" * 400)
    read_bytes = []
    pread = os.pread

    def counting(handle: int, size: int, offset: int) -> bytes:
        part = pread(handle, size, offset)
        read_bytes.append(len(part))
        return part

    prev, lines = log.head().sha256, []
    for seq in range(4, 2004):
        lines.append(LoggedEvent(seq=seq, prev=prev, event=line).line())
        prev = hashlib.sha256(lines[-1]).hexdigest()
    path.write_bytes(path.read_bytes() + b"\n".join(lines) + b"\n")
    monkeypatch.setattr(os, "pread", counting)
    log.append(line)

    assert path.stat().st_size > 4 * 3 * MAX_LINE_BYTES
    assert sum(read_bytes) <= 3 * (MAX_LINE_BYTES + 1) + 1


def test_full_disk_leaves_the_log_as_it_was(path: Path) -> None:
    """A write that gets only half of a line down is taken back, and a clear sentence says why."""
    log = log_of(path, 2)
    content = path.read_bytes()
    with files_end_at(len(content) + 50), pytest.raises(StoreError, match="could not be written: File too large"):
        log.append(happening(3))

    assert path.read_bytes() == content
    assert log.append(happening(3)).size == 3
    assert verify(path).size == 3


@pytest.mark.parametrize("place", ["missing/audit.jsonl", ".", "pipe"])
def test_place_that_cannot_hold_a_log_is_a_store_error(tmp_path: Path, place: str) -> None:
    """A missing folder, a folder in its place and a named pipe are refused at once, without waiting."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="could not be written: "):
        AuditLog(tmp_path / place).append(happening())


def test_head_of_what_cannot_be_read_is_a_store_error(tmp_path: Path) -> None:
    """A folder in the place of the log has no head."""
    with pytest.raises(StoreError, match="could not be read: it is not a regular file"):
        AuditLog(tmp_path).head()


def test_append_waits_for_the_lock_and_then_reads_the_new_end(path: Path) -> None:
    """Who comes second waits, and goes on from the line that the first one wrote meanwhile."""
    log = log_of(path, 1)
    with path.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        second = threading.Thread(target=log.append, args=(happening(3),))
        second.start()
        second.join(0.1)
        assert second.is_alive()
        prev = hashlib.sha256(path.read_bytes()[:-1]).hexdigest()
        other.write(LoggedEvent(seq=2, prev=prev, event=happening(2)).line() + b"\n")
    second.join(10)

    assert [logged.event for logged in read(path)] == [happening(n) for n in (1, 2, 3)]
    assert verify(path).size == 3


def test_log_under_an_append_only_guard_is_opened_for_appending_only(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`chattr +a` allows a file to be opened for writing in append mode alone; the log opens it so."""
    flags = []
    opened = os.open

    def noting(name: str | Path, mode: int, *rest: int) -> int:
        flags.append(mode)
        return opened(name, mode, *rest)

    monkeypatch.setattr(os, "open", noting)
    AuditLog(path).append(happening())

    assert flags[0] & os.O_APPEND


def test_last_seen_is_the_latest_time_and_not_that_of_the_last_line(path: Path) -> None:
    """A clock that was set back may have written the last line; what is no audit line, or gives no time, is passed over."""
    log = AuditLog(path)
    assert log.last_seen_at() is None
    times = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in (20, 22, 21)]
    for at in times:
        log.append(AuditEvent(at=at, actor="op-1", action=Action.CASE_REFUSED))
    with path.open("ab") as file:
        file.write(b'{"at":"2027-01-01T00:00:00"}\n{"at":"never"}\nno line\n')

    assert log.last_seen_at() == times[1]


def test_last_seen_of_what_cannot_be_read_is_a_store_error(tmp_path: Path) -> None:
    """A folder in the place of the log is said to be one."""
    with pytest.raises(StoreError, match="could not be read"):
        AuditLog(tmp_path).last_seen_at()


def test_several_events_are_the_lines_that_they_would_be_one_by_one(path: Path, tmp_path: Path) -> None:
    """Written together, events have the same bytes as written one after the other; the log verifies and goes on."""
    events = [happening(number) for number in range(1, 4)]
    single = tmp_path / "single.jsonl"
    for event in events:
        last = AuditLog(single).append(event)
    log = AuditLog(path)

    assert log.append_all(events) == last
    assert path.read_bytes() == single.read_bytes()
    assert log.append(happening(4)).size == 4
    assert verify(path).size == 4


def test_several_events_follow_a_torn_line(path: Path) -> None:
    """What a crash tore off is set aside first, as for one event."""
    log = log_of(path, 2)
    path.write_bytes(path.read_bytes()[:-10])

    log.append_all([happening(3), happening(4)])

    assert [line.event.action for line in read(path)][1] is Action.LOG_RECOVERED
    assert verify(path).size == 4
