"""One line of the log: its form, and how a file of them is read in bounded memory.

A line is canonical JSON: the event's fields beside `seq`, which counts from 1, and `prev`, the SHA-256 of the raw
bytes of the line before. Bytes are hashed, not JSON, so that `sha256sum` alone can follow the chain.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_core import to_json

from footprint.model.event import AuditEvent
from footprint.model.record import Record, Sha256, canonical_json

GENESIS = "0" * 64
"""`prev` of the first line."""

MAX_LINE_BYTES = 65_536
"""The longest line, without its newline; so the end of a log is found without reading the whole of it."""

_BLOCK = 1 << 16

_MAPS = ("counts", "digests", "ids")
"""Fields of an event whose own keys are sorted."""

_decode = json.JSONDecoder().decode


class LoggedEvent(Record):
    """An event with its place in the chain."""

    seq: Annotated[int, Field(ge=1)]
    """The number of the line."""
    prev: Sha256
    """Of the raw line before, without its newline; 64 zeros for the first."""
    event: AuditEvent

    def line(self) -> bytes:
        """Return the raw line, without its newline."""
        return raw_line(self.event, self.seq, self.prev)

    @classmethod
    def of(cls, line: bytes) -> LoggedEvent:
        """Return what a raw line holds. Raises ValueError unless the line is exactly what `line` writes."""
        fields = parse(line)
        place = {"seq": fields.pop("seq", None), "prev": fields.pop("prev", None), "event": fields}
        logged = cls.model_validate_json(canonical_json(place), strict=True)
        if logged.line() != line:
            msg = "the line is not in its canonical form"
            raise ValueError(msg)
        return logged


def raw_line(event: AuditEvent, seq: int, prev: str) -> bytes:
    """Return the raw line of an event at its place, without its newline: canonical JSON, as `canonical_json` writes it.

    Written in one step, because every request waits for its line.
    """
    fields = {**vars(event), "seq": seq, "prev": prev}
    for name in _MAPS:
        if len(fields[name]) > 1:
            fields[name] = dict(sorted(fields[name].items()))
    return to_json(dict(sorted(fields.items())))


def parse(line: bytes) -> dict[str, object]:
    """Return the fields of a raw line. Raises ValueError unless it is one JSON object in UTF-8."""
    try:
        fields = _decode(line.decode())
    except RecursionError:
        fields = None
    if not isinstance(fields, dict):
        msg = "the line is not one JSON object"
        raise ValueError(msg)
    return fields


@contextmanager
def locked(path: Path, flags: int, lock: int) -> Iterator[int]:
    """Give a handle on a log, locked as `open_locked` does it, until it is left. Raises OSError."""
    handle = open_locked(path, flags, lock)
    try:
        yield handle
    finally:
        os.close(handle)


def open_locked(path: Path, flags: int, lock: int) -> int:
    """Return a handle on a log, locked against other processes and threads until it is closed.

    Raises OSError for what cannot be opened or is not a regular file.
    """
    # Not blocking, so that a named pipe cannot hold the program; 0600 whatever the umask allows.
    handle = os.open(path, flags | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "it is not a regular file")
        fcntl.flock(handle, lock)
    except BaseException:  # Ctrl-C while it waits as well
        os.close(handle)
        raise
    return handle


def raw_lines(path: Path) -> Generator[bytes, None, None]:
    """Yield the raw lines as they stand now, with their newlines; at most MAX_LINE_BYTES + 1 bytes of each.

    What other processes append meanwhile is not read, and they need not wait. Raises OSError where it cannot be read.
    """
    with locked(path, os.O_RDONLY, fcntl.LOCK_SH) as handle:
        left = os.fstat(handle).st_size
        with open(handle, "rb", buffering=1 << 18, closefd=False) as file:
            fcntl.flock(handle, fcntl.LOCK_UN)
            while left > 0 and (raw := file.readline(min(left, MAX_LINE_BYTES + 1))):
                left -= len(raw)
                yield raw


def end_of(path: Path) -> int:
    """Return where a log ends now, after a whole append. Raises OSError where it cannot be read."""
    with locked(path, os.O_RDONLY, fcntl.LOCK_SH) as handle:
        return os.fstat(handle).st_size


def raw_blocks(path: Path, end: int) -> Generator[bytes, None, None]:
    """Yield the log up to its end at some moment in blocks of whole lines, with their newlines.

    What has no newline comes last, alone: a torn end, or the first MAX_LINE_BYTES and more of an over-long line, after
    which nothing is read. Raises OSError where it cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        rest = b""
        while len(rest) <= MAX_LINE_BYTES and (block := file.read(min(end, _BLOCK))):
            end -= len(block)
            block = rest + block
            whole = block.rfind(b"\n") + 1
            rest = block[whole:]
            if whole:
                yield block[:whole]
        if rest:
            yield rest
