"""Verify a log: walk the chain from the first line, name the first bad one, and say what is proven and what is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from footprint.audit.line import GENESIS, MAX_LINE_BYTES, LoggedEvent, parse, raw_lines
from footprint.errors import VerificationError
from footprint.model.report import AuditHead


def verify(path: Path, head: AuditHead | None = None) -> AuditHead:
    """Return the head of a log whose chain holds; with `head`, of one that also still holds that earlier head.

    1. Each line is whole, at most 64 KiB, one JSON object in UTF-8.
    2. Its `seq` is its number and its `prev` the SHA-256 of the line before.
    3. The line that `head` names has the digest that `head` gives.
    4. The last line, which no later one vouches for, is an audit event in its canonical form.

    One line at a time is in memory. What a success means, `what_it_proves` says. Raises VerificationError with the
    number of the first bad line, what is wrong with it and what that shows; numbers and digests only.
    """
    number, digest, line = 0, GENESIS, b""
    try:
        with closing(raw_lines(path)) as lines:
            for raw in lines:
                number += 1
                line = _whole(number, raw)  # (1)
                fields = _fields(number, line)
                if fields.get("prev") != digest or not _is_number(fields.get("seq"), number):  # (2)
                    raise _broken(number, line, fields, digest, lines)
                digest = hashlib.sha256(line).hexdigest()
                if head is not None and head.size == number and head.sha256 != digest:  # (3)
                    raise _not_that_head(head, digest)
    except OSError as error:
        raise VerificationError(f"the audit log could not be read, so nothing is proven: {error.strerror}") from error
    _require_event(number, line)  # (4)
    _require_reached(number, head)
    return AuditHead(size=number, sha256=digest)


def what_it_proves(verified: AuditHead, head: AuditHead | None = None) -> str:
    """Return what a success of `verify` proves and what it does not, in plain sentences for the auditor."""
    chain = (
        f"The {verified.size:,} lines form one unbroken chain: none before the last was changed, taken out, put in or "
        "moved, unless whoever did it wrote every later line anew."
    )
    if head is None:
        limit = (
            "The log alone cannot show a cut tail, a changed last line or a log written anew: "
            "compare it with a head that was kept outside, such as the one printed in a report."
        )
    else:
        limit = (
            f"Lines 1 to {head.size:,} are those that stood when the given head was taken: nothing there was cut or "
            f"written anew. Of what was cut after line {head.size:,}, that head says nothing."
        )
    return f"{chain} {limit} The chain proves order and permanence, not that an entry was true when it was written."


def _whole(number: int, raw: bytes) -> bytes:
    if raw.endswith(b"\n"):
        return raw[:-1]
    if len(raw) > MAX_LINE_BYTES:
        raise _bad(number, f"it is longer than {MAX_LINE_BYTES:,} bytes", "footprint never writes such a line")
    raise _bad(
        number,
        "it has no newline at its end",
        "a crash tore the last line, or the end was cut off inside it; after a crash the next run sets it aside",
    )


def _fields(number: int, line: bytes) -> dict[str, object]:
    try:
        return parse(line)
    except ValueError:
        # Without its cause: that would quote the line.
        raise _bad(number, "it is not one JSON object in UTF-8", "it was damaged or put in from outside") from None


def _is_number(seq: object, number: int) -> bool:
    return type(seq) is int and seq == number  # not isinstance: true is no 1


def _broken(
    number: int, line: bytes, fields: dict[str, object], digest: str, following: Iterator[bytes]
) -> VerificationError:
    """Name the line to blame for a link that does not hold."""
    if fields.get("prev") == digest:
        return _bad(number, "its seq is not the number of the line", "the line was changed")
    if not _is_number(fields.get("seq"), number):
        what = "neither its seq nor its prev belongs in this place"
        return _bad(number, what, "a line was taken out, put in, repeated or moved here")
    if number == 1:
        return _bad(number, "its prev is not 64 zeros", "the line was changed, or the log was begun anew")
    if _is_vouched_for(line, next(following, None)):
        what = f"its SHA-256 is {digest}, which is not what line {number} names as prev"
        return _bad(number - 1, what, f"it was changed after line {number} was written, or the prev of that line was")
    return _bad(number, "neither the line before nor the line after it is linked to it", "the line was changed")


def _is_vouched_for(line: bytes, following: bytes | None) -> bool:
    """Say whether the next line names this one as written, so that the fault lies before it; True at the end."""
    if following is None:
        return True
    try:
        return parse(following).get("prev") == hashlib.sha256(line).hexdigest()
    except ValueError:
        return False


def _require_event(number: int, line: bytes) -> None:
    if number == 0:
        return
    try:
        LoggedEvent.of(line)
    except ValueError:
        # Without its cause: that would quote the line.
        raise _bad(number, "it is not an audit event in its canonical form", "the last line was changed") from None


def _not_that_head(head: AuditHead, digest: str) -> VerificationError:
    what = f"its SHA-256 is {digest}, the given head says {head.sha256}"
    return _bad(head.size, what, "it or a line before it was changed and the chain written anew, or it is another log")


def _require_reached(number: int, head: AuditHead | None) -> None:
    if head is None or 0 < head.size <= number or head == AuditHead(size=0, sha256=GENESIS):
        return
    raise VerificationError(
        f"the audit log ends at line {number:,}, the given head is of line {head.size:,}: "
        "the end of the log was cut off, or the head is of another log"
    )


def _bad(number: int, what: str, shows: str) -> VerificationError:
    stand = f"; lines 1 to {number - 1} hold" if number > 1 else ""
    return VerificationError(f"line {number} of the audit log: {what}: {shows}{stand}")
