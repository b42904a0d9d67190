"""Cut single answers out of a WARC file, byte for byte: what stays of a case when its other pages are destroyed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from warcio.exceptions import ArchiveLoadFailed

from footprint.errors import VerificationError
from footprint.web.recorder import StoredAnswer, read
from footprint.web.warc import member_ends, records


class _Member(NamedTuple):
    start: int
    end: int
    kind: str
    record_id: str
    refers_to: str
    goes_with: str


def excerpt(file: BinaryIO, wanted: frozenset[str]) -> bytes:
    """Return the records of the wanted ids, their requests, what they refer to and the `warcinfo`: a WARC file again.

    Raises VerificationError where the file is not what a recorder writes.
    """
    members = _members(file)
    needed = wanted | {member.refers_to for member in members if member.record_id in wanted and member.refers_to}
    kept = [m for m in members if m.kind == "warcinfo" or m.record_id in needed or m.goes_with in needed]
    if not any(member.record_id in wanted for member in kept):
        return b""
    cut = []
    for member in kept:
        file.seek(member.start)
        cut.append(file.read(member.end - member.start))
    return b"".join(cut)


def answers(file: BinaryIO) -> Iterator[StoredAnswer]:
    """Yield every answer of a WARC file. Raises VerificationError where one is not what its digests say."""
    for member in _members(file):
        if member.kind in {"response", "revisit"}:
            yield read(file, member.start)


def _members(file: BinaryIO) -> tuple[_Member, ...]:
    try:
        file.seek(0)
        ends = tuple(member_ends(file))
        return tuple(_member(file, start, end) for start, end in zip((0, *ends), ends, strict=False))
    except (ArchiveLoadFailed, zlib.error) as error:
        raise VerificationError("this is not a WARC file of ours") from error


def _member(file: BinaryIO, start: int, end: int) -> _Member:
    record = next(records(file, offset=start))
    fields = record.rec_headers
    named = (fields.get_header(name) or "" for name in ("WARC-Record-ID", "WARC-Refers-To", "WARC-Concurrent-To"))
    return _Member(start, end, record.rec_type, *named)
