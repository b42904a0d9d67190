"""Walk a WARC file and say what each record is: where it lies, what it answers, what its headers say. No body is held."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from footprint.errors import StoreError, VerificationError
from footprint.web.client import Headers
from footprint.web.warc import BLOCK, member_ends, payload_of, records

ANSWERS = frozenset({"response", "revisit"})
"""Kinds of record that hold an answer."""


@dataclass(frozen=True, slots=True)
class Captured:
    """One record of a WARC file. What its kind does not have is empty."""

    kind: str
    """`warcinfo`, `response`, `revisit`, `request` or `metadata`."""
    record_id: str
    at: datetime
    offset: int
    length: int
    """Of its gzip member."""
    sha256: str
    """Of its gzip member, as it lies in the file."""
    url: str = ""
    digest: str = ""
    """WARC-Payload-Digest: of the body as it was sent."""
    status: int = 0
    headers: Headers = ()
    """Of the HTTP message."""
    address: str = ""
    """The network address that answered."""
    answers: str = ""
    """The id of the record that a request belongs to."""
    refers_to: str = ""
    """The id of the record that holds the body of a revisit."""
    about: Headers = ()
    """The lines of a `warcinfo` or `metadata` record: `software`, `outcome`."""

    def header(self, name: str) -> str:
        """Return the first value of an HTTP header, or of a line of `about`; empty where there is none."""
        return next((value for key, value in (*self.headers, *self.about) if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        """The media type of the answer, in lower case and without parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()


def captured(file: BinaryIO) -> Iterator[Captured]:
    """Yield every whole record of an opened WARC file; what a crash tore off at its end is passed over.

    Raises StoreError where the file cannot be read, and VerificationError where it is not what a recorder writes.
    """
    try:
        start = 0
        for end in list(member_ends(file)):
            digest = span_sha256(file, start, end - start)
            yield _describe(next(records(file, offset=start)), start, end - start, digest)
            start = end
    except OSError as error:
        raise StoreError(f"a WARC file could not be read: {error.strerror}") from error
    except (ArchiveLoadFailed, zlib.error, ValueError) as error:
        raise VerificationError("this is not a WARC file of ours") from error


def whole_length(file: BinaryIO) -> int:
    """Return where the last whole record of an opened WARC file ends: beyond it lies only what a crash tore off."""
    file.seek(0)
    try:
        return max(member_ends(file), default=0)
    except zlib.error as error:
        raise VerificationError("this is not a WARC file of ours") from error


def span_sha256(file: BinaryIO, offset: int, length: int) -> str:
    """Return the SHA-256 of a stretch of a file, in hex."""
    digest = hashlib.sha256()
    for block in span(file, offset, length):
        digest.update(block)
    return digest.hexdigest()


def span(file: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
    """Yield a stretch of a file in blocks. Raises StoreError where the file ends before it."""
    file.seek(offset)
    while length:
        block = file.read(min(length, BLOCK))
        if not block:
            raise StoreError("a WARC file became shorter while it was read")
        length -= len(block)
        yield block


def _describe(record: ArcWarcRecord, offset: int, length: int, sha256: str) -> Captured:
    fields, http = record.rec_headers, record.http_headers

    def field(name: str) -> str:
        return fields.get_header(name) or ""

    return Captured(
        kind=record.rec_type,
        record_id=field("WARC-Record-ID"),
        at=datetime.fromisoformat(field("WARC-Date")).astimezone(UTC),
        offset=offset,
        length=length,
        sha256=sha256,
        url=field("WARC-Target-URI"),
        digest=field("WARC-Payload-Digest"),
        status=int(http.get_statuscode()) if record.rec_type in ANSWERS else 0,
        headers=tuple(http.headers) if http is not None else (),
        address=field("WARC-IP-Address"),
        answers=field("WARC-Concurrent-To"),
        refers_to=field("WARC-Refers-To"),
        about=_lines(record) if record.rec_type in {"warcinfo", "metadata"} else (),
    )


def _lines(record: ArcWarcRecord) -> Headers:
    pairs = (line.partition(": ") for line in payload_of(record).decode("utf-8", "replace").splitlines())
    return tuple((name, value) for name, _, value in pairs if name)
