"""What is wrong with a log: which line is to blame, and what that shows. Numbers and digests only, no line is quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from footprint.audit.line import MAX_LINE_BYTES, parse
from footprint.errors import VerificationError
from footprint.model.report import AuditHead


def bad_line(number: int, what: str, shows: str) -> VerificationError:
    """Return the error that names a line, what is wrong with it, and what that shows."""
    stand = f"; lines 1 to {number - 1} hold" if number > 1 else ""
    return VerificationError(f"line {number} of the audit log: {what}: {shows}{stand}")


def not_whole(number: int, length: int) -> VerificationError:
    """Name a line that has no newline."""
    if length > MAX_LINE_BYTES:
        return bad_line(number, f"it is longer than {MAX_LINE_BYTES:,} bytes", "footprint never writes such a line")
    return bad_line(
        number,
        "it has no newline at its end",
        "a crash tore the last line, or the end was cut off inside it; after a crash the next run sets it aside",
    )


def not_linked(
    number: int, line: bytes, fields: Mapping[str, object], digest: str, following: bytes | None
) -> VerificationError:
    """Name the line to blame for a link that does not hold; `digest` is of the line before."""
    if fields.get("prev") == digest:
        return bad_line(number, "its seq is not the number of the line", "the line was changed")
    if not is_number(fields.get("seq"), number):
        what = "neither its seq nor its prev belongs in this place"
        return bad_line(number, what, "a line was taken out, put in, repeated or moved here")
    if number == 1:
        return bad_line(number, "its prev is not 64 zeros", "the line was changed, or the log was begun anew")
    if _is_vouched_for(line, following):
        what = f"its SHA-256 is {digest}, which is not what line {number} names as prev"
        return bad_line(
            number - 1, what, f"it was changed after line {number} was written, or the prev of that line was"
        )
    return bad_line(number, "neither the line before nor the line after it is linked to it", "the line was changed")


def not_that_head(head: AuditHead, digest: str) -> VerificationError:
    """Name the line whose digest a head from outside gives otherwise."""
    what = f"its SHA-256 is {digest}, the given head says {head.sha256}"
    shows = "it or a line before it was changed and the chain written anew, or it is another log"
    return bad_line(head.size, what, shows)


def not_reached(size: int, wanted: int, what: str) -> VerificationError:
    """Say that a log ends before a head of it that is known."""
    return VerificationError(
        f"the audit log ends at line {size:,}, {what} is of line {wanted:,}: "
        "the end of the log was cut off, or the head is of another log"
    )


def is_number(seq: object, number: int) -> bool:
    """Say whether a `seq` is that number."""
    return type(seq) is int and seq == number  # not isinstance: true is no 1


def _is_vouched_for(line: bytes, following: bytes | None) -> bool:
    """Say whether the next line names this one as written, so that the fault lies before it; True at the end."""
    if following is None:
        return True
    try:
        return parse(following).get("prev") == hashlib.sha256(line).hexdigest()
    except ValueError:
        return False
