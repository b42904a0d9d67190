"""The audit log: a JSONL hash chain that two processes may write and that survives being killed at any byte."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from footprint.audit.line import GENESIS, MAX_LINE_BYTES, LoggedEvent, locked, open_locked, parse, raw_line, raw_lines
from footprint.audit.tail import Known, Tail, read_tail
from footprint.errors import StoreError, VerificationError
from footprint.files import sync_folder, write_whole
from footprint.model.event import Action, AuditEvent
from footprint.model.report import AuditHead

_LISTED = 16
"""Torn files that one `log.recovered` lists, newest last."""


class AuditLog:
    """Appends to one log. What stands in the file alone counts, so any number of processes and threads may use it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: Known | None = None

    def append(self, event: AuditEvent) -> AuditHead:
        """Write one event at the end, on the disk before this returns, and return the new head.

        Raises VerificationError where the end is damaged in a way that a crash does not explain, StoreError where the
        log cannot be written or the event makes a line over 64 KiB.
        """
        return self.append_all((event,))

    def append_all(self, events: Sequence[AuditEvent]) -> AuditHead:
        """Write some events at the end, all on the disk before this returns, and return the new head.

        1. Take the lock: another process waits, and then reads the new end.
        2. Read the end of the log, in constant time.
        3. Set a torn last line aside as `<name>.torn-N` and write a `log.recovered` event.
        4. Write the lines and wait for the disk.

        Raises what `append` raises; then none of them stands.
        """
        try:
            # (1) Append mode, so that a log under `chattr +a` can be written.
            handle = open_locked(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, fcntl.LOCK_EX)
            try:
                tail = read_tail(handle, self._known)  # (2)
                if tail.torn:
                    tail = self._recover(handle, tail, events[0])  # (3)
                return self._write(handle, tail, events)  # (4)
            finally:
                os.close(handle)
        except OSError as error:
            raise StoreError(f"the audit log could not be written: {error.strerror}") from error

    def head(self) -> AuditHead:
        """Return the number of whole lines and the digest of the last; 0 and zeros where there is no log yet.

        Raises VerificationError where the end is damaged, StoreError where it cannot be read.
        """
        try:
            with locked(self._path, os.O_RDONLY, fcntl.LOCK_SH) as handle:
                tail = read_tail(handle)
        except FileNotFoundError:
            return AuditHead(size=0, sha256=GENESIS)
        except OSError as error:
            raise StoreError(f"the audit log could not be read: {error.strerror}") from error
        return AuditHead(size=tail.seq, sha256=tail.digest)

    def last_seen_at(self) -> datetime | None:
        """Return the latest time that any event of the log gives; None where there is none.

        Not that of the last line: a clock that was set back may have written it. What is no audit line is passed over, for
        `verify` to name. Raises StoreError where the log cannot be read.
        """
        try:
            return max((at for raw in raw_lines(self._path) if (at := _time_of(raw)) is not None), default=None)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"the audit log could not be read: {error.strerror}") from error

    def _write(self, handle: int, tail: Tail, events: Sequence[AuditEvent]) -> AuditHead:
        content, known = _next_lines(tail, events)
        try:
            _write_all(handle, content)
            os.fsync(handle)
            if tail.end == 0:
                sync_folder(self._path.parent)  # the file's name, too, must outlive a crash
        except OSError:
            # Nobody was told that it stands, so it is taken back; what cannot be, the next append sets aside.
            with suppress(OSError):
                os.ftruncate(handle, tail.end)
            raise
        self._known = known
        return AuditHead(size=known.tail.seq, sha256=known.tail.digest)

    def _recover(self, handle: int, tail: Tail, event: AuditEvent) -> Tail:
        """Set the torn bytes aside, then write `log.recovered` over them: at no moment are they nowhere."""
        line = _next_line(tail, self._recovery(tail, event))
        # Append mode would write after the torn bytes. Where the log is append-only, this fails and says so.
        flags = fcntl.fcntl(handle, fcntl.F_GETFL)
        fcntl.fcntl(handle, fcntl.F_SETFL, flags & ~os.O_APPEND)
        os.lseek(handle, tail.end, os.SEEK_SET)
        after = _after(tail, line)
        _write_all(handle, after.last)
        os.ftruncate(handle, after.end)
        os.fsync(handle)
        fcntl.fcntl(handle, fcntl.F_SETFL, flags)
        return after

    def _recovery(self, tail: Tail, event: AuditEvent) -> AuditEvent:
        number = 1
        while self._torn(number).exists():
            number += 1
        write_whole(self._torn(number), tail.torn)
        # The ones before it as well: a crash in the middle of a recovery has set aside what it could not record.
        numbers = range(max(1, number - _LISTED + 1), number + 1)
        return AuditEvent(
            at=event.at,
            actor="footprint",
            action=Action.LOG_RECOVERED,
            demonstration=event.demonstration,
            ids={"file": f"torn-{number}"},
            counts={"bytes": len(tail.torn)},
            digests={f"torn-{n}": hashlib.sha256(self._torn(n).read_bytes()).hexdigest() for n in numbers},
        )

    def _torn(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.torn-{number}")


def read(path: Path) -> Iterator[LoggedEvent]:
    """Yield the events of a log in order, as far as they can be read; `verify` says whether they are to be believed.

    Raises VerificationError at the first line that is not an audit line, StoreError where the log cannot be read.
    """
    number = 0
    try:
        for number, raw in enumerate(raw_lines(path), start=1):
            if not raw.endswith(b"\n"):
                raise VerificationError(f"line {number} of the audit log is over-long or has no newline at its end")
            yield LoggedEvent.of(raw[:-1])
    except ValueError:
        # Without its cause: that would quote the line.
        raise VerificationError(f"line {number} of the audit log is not an audit line") from None
    except OSError as error:
        raise StoreError(f"the audit log could not be read: {error.strerror}") from error


def _time_of(raw: bytes) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(parse(raw).get("at")))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _next_lines(tail: Tail, events: Sequence[AuditEvent]) -> tuple[bytes, Known]:
    """Return the lines of some events, each chained to the one before, and the end that they make."""
    before, lines = tail, []
    for event in events:
        before, tail = tail, _after(tail, _next_line(tail, event))
        lines.append(tail.last)
    return b"".join(lines), Known.after(before, tail)


def _after(tail: Tail, line: bytes) -> Tail:
    return Tail(tail.seq + 1, hashlib.sha256(line).hexdigest(), tail.end + len(line) + 1, last=line + b"\n")


def _next_line(tail: Tail, event: AuditEvent) -> bytes:
    line = raw_line(event, tail.seq + 1, tail.digest)
    if len(line) > MAX_LINE_BYTES:
        raise StoreError(f"an audit line may have {MAX_LINE_BYTES:,} bytes; this event needs {len(line):,}")
    return line


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]
