"""The end of a log, read in constant time: what the next line must follow, and what a crash left torn."""

from __future__ import annotations

import hashlib
import os
from typing import NamedTuple

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
    torn: bytes
    """What stands after it: the work of a crash, empty in a healthy log."""


def read_tail(handle: int, known: str = "") -> Tail:
    """Return the end of the log, read backwards from its size. A last line with the digest `known` is an audit line.

    A last line without its newline, or that is no JSON object, is torn. Raises VerificationError where the last whole
    line is not an audit line or does not follow the one before it: that is not what a crash leaves.
    """
    size = os.fstat(handle).st_size
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
    digest = _sha256(whole[-1])
    return Tail(_judge(whole, is_known=digest == known), digest, size - len(torn), torn)


def _read_from(handle: int, start: int, end: int) -> bytes:
    parts = []
    while start < end and (part := os.pread(handle, end - start, start)):
        parts.append(part)
        start += len(part)
    return b"".join(parts)


def _judge(whole: list[bytes], *, is_known: bool) -> int:
    """Return the number of the last line, if it is one and follows the one before."""
    try:
        last = parse(whole[-1]) if is_known else LoggedEvent.of(whole[-1]).model_dump(include={"seq", "prev"})
        seq, digest = (parse(whole[-2]).get("seq"), _sha256(whole[-2])) if len(whole) > 1 else (0, GENESIS)
    except ValueError:
        # Without its cause: that would quote the line.
        raise _refusal("or the one before it is not an audit line") from None
    number = int(str(last["seq"]))
    if (number - 1, last["prev"]) != (seq, digest):
        raise _refusal("does not follow the one before it")
    return number


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
