"""The end of a log, read in constant time: what the next line must follow, and what a crash left torn."""

from __future__ import annotations

import hashlib
import os
from typing import NamedTuple, Self

from footprint.audit.line import GENESIS, MAX_LINE_BYTES, LoggedEvent, parse
from footprint.errors import VerificationError

_WINDOWS = (4_096, 3 * (MAX_LINE_BYTES + 1) + 1)
"""Bytes to read from the end: what mostly holds the last whole line and the one before it, and what surely does, with a
torn line after them."""


class Tail(NamedTuple):
    """Where the next line goes and what it must name."""

    seq: int
    """Of the last whole line; 0 where there is none."""
    digest: str
    """SHA-256 of the last whole line."""
    end: int
    """Byte offset after the last whole line."""
    torn: bytes = b""
    """What stands after it: the work of a crash, empty in a healthy log."""
    last: bytes = b""
    """The last whole line, with its newline."""


class Known(NamedTuple):
    """The end of the log as this process has left it: while the same bytes stand there, they need not be judged again."""

    tail: Tail
    lines: bytes
    """The last line and the one before it."""

    @classmethod
    def after(cls, before: Tail, tail: Tail) -> Self:
        """Return what is known once a line was written after another."""
        return cls(tail, before.last + tail.last)

    def stands(self, handle: int, size: int) -> bool:
        """Say whether a log of that size still ends so."""
        length = len(self.lines)
        return size == self.tail.end and os.pread(handle, length, size - length) == self.lines


def read_tail(handle: int, known: Known | None = None) -> Tail:
    """Return the end of the log, read backwards from its size.

    A last line without its newline, or that is no JSON object, is torn. Raises VerificationError where the last whole
    line is not an audit line or does not follow the one before it: that is not what a crash leaves.
    """
    size = os.fstat(handle).st_size
    if known is not None and known.stands(handle, size):
        return known.tail
    for window in _WINDOWS:
        start = max(0, size - window)
        *whole, torn = _read_from(handle, start, size).split(b"\n")
        if start:
            del whole[:1]  # the window begins somewhere inside a line
        if len(whole) > 2 and not torn:
            break
    if not torn and whole and not _is_object(whole[-1]):
        torn = whole.pop() + b"\n"
    if len(torn) > MAX_LINE_BYTES + 1 or (start and len(whole) < 2):
        raise _refusal("is over-long")
    if not whole:
        return Tail(0, GENESIS, size - len(torn), torn)
    return Tail(_judge(whole), _sha256(whole[-1]), size - len(torn), torn, whole[-1] + b"\n")


def _read_from(handle: int, start: int, end: int) -> bytes:
    parts = []
    while start < end and (part := os.pread(handle, end - start, start)):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _judge(whole: list[bytes]) -> int:
    """Return the number of the last line, if it is one and follows the one before."""
    try:
        last = LoggedEvent.of(whole[-1])
        seq, digest = (parse(whole[-2]).get("seq"), _sha256(whole[-2])) if len(whole) > 1 else (0, GENESIS)
    except ValueError:
        # Without its cause: that would quote the line.
        raise _refusal("or the one before it is not an audit line") from None
    if (last.seq - 1, last.prev) != (seq, digest):
        raise _refusal("does not follow the one before it")
    return last.seq


def _sha256(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _is_object(line: bytes) -> bool:
    try:
        parse(line)
    except ValueError:
        return False
    return True


def _refusal(what: str) -> VerificationError:
    return VerificationError(
        f"the last line of the audit log {what}; this is no crash, and nothing is written after it. "
        "Run `footprint audit verify` to see the first bad line"
    )
