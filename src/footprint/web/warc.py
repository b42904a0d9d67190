"""The records of a WARC/1.1 file (ISO 28500:2017), in warcio's terms: how one is built, and how the file is walked.

warcio writes SHA-1 and re-spells headers outside ASCII; both are replaced here. It stamps its gzip members with no
time, so equal records have equal bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from footprint.web.client import Exchange, Headers

Fields = Mapping[str, str]
BLOCK = 1 << 16
EMPTY = f"sha256:{hashlib.sha256(b'').hexdigest()}"

_URL_SAFE = "".join(map(chr, range(0x21, 0x7F)))


class Payload(NamedTuple):
    """A body that stands in the file already, so that an equal one need not be written again."""

    record_id: str
    url: str
    date: str


class _Digester:
    """SHA-256 in hex. Base32, which warcio would print, ends in `=` at this length, and not every reader takes it."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def update(self, content: bytes) -> None:
        self._hash.update(content)

    def __str__(self) -> str:
        return f"sha256:{self._hash.hexdigest()}"


class _HeadersAsReceived(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    def to_ascii_bytes(self, filter_func: object = None) -> bytes:
        text: str = self.to_str(filter_func)
        return text.encode("latin-1") + b"\r\n"


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    @staticmethod
    def _create_digester() -> _Digester:
        return _Digester()


class Batch:
    """Some records as bytes, so that they reach the file in one write."""

    def __init__(self) -> None:
        self._out = BytesIO()
        self._writer = _Writer(self._out, gzip=True, warc_version="WARC/1.1")

    @property
    def content(self) -> bytes:
        """The records so far."""
        return self._out.getvalue()

    def add_fields(self, kind: str, url: str, fields: Fields, about: Fields) -> None:
        """Add a `warcinfo` or `metadata` record: lines of name and value."""
        content = "".join(f"{name}: {one_line(value)}\r\n" for name, value in about.items() if value).encode()
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(content), length=len(content), warc_headers_dict=dict(fields)
        )
        self._writer.write_record(record)

    def add_pair(
        self, exchange: Exchange, raw: bytes, *, answer: Fields, question: Fields, seen: Payload | None
    ) -> None:
        """Add an answer and its request; where the body was seen before, the answer is a `revisit` without it."""
        url = answer["WARC-Target-URI"]
        if seen is None:
            response = self._writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(raw),
                length=len(raw),
                http_headers=_answer_headers(exchange),
                warc_headers_dict=dict(answer),
            )
        else:
            response = self._writer.create_revisit_record(
                url,
                digest_of(raw),
                seen.url,
                seen.date,
                http_headers=_answer_headers(exchange),
                warc_headers_dict={**answer, "WARC-Refers-To": seen.record_id},
            )
        request = self._writer.create_warc_record(
            url, "request", http_headers=_question_headers(exchange), warc_headers_dict=dict(question)
        )
        self._writer.write_request_response_pair(request, response)


def digest_of(content: bytes) -> str:
    """Return a digest as WARC headers hold it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def date_of(at: datetime) -> str:
    """Return a time as WARC headers hold it. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        msg = "a capture needs the zone of its time"
        raise ValueError(msg)
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def target_of(url: str) -> str:
    """Return a URL as WARC headers hold it: in ASCII, on one line, whatever a page wrote."""
    return quote(url, safe=_URL_SAFE)


def one_line(text: str) -> str:
    """Return text without line ends, so that no value can begin a header of its own."""
    return " ".join(text.split())


def member_ends(file: BinaryIO) -> Iterator[int]:
    """Yield the offset after each whole gzip member. Raises zlib.error where the file holds something else."""
    position, rest, member = 0, b"", zlib.decompressobj(wbits=31)
    while block := rest or file.read(BLOCK):
        member.decompress(block)
        rest = member.unused_data
        position += len(block) - len(rest)
        if member.eof:
            yield position
            member = zlib.decompressobj(wbits=31)


def records(file: BinaryIO, *, offset: int = 0) -> Iterator[ArcWarcRecord]:
    """Yield the records from an offset. Their digests are checked while they are read.

    Raises warcio's ArchiveLoadFailed, or zlib.error, where one does not hold.
    """
    file.seek(offset)
    yield from ArchiveIterator(file, check_digests="raise")


def payload_of(record: ArcWarcRecord) -> bytes:
    """Return the body of a record as it was sent: still gzip where it was."""
    return b"".join(iter(lambda: record.raw_stream.read(BLOCK), b""))


def _answer_headers(exchange: Exchange) -> _HeadersAsReceived:
    headers: Headers = tuple(
        # Chunk framing is gone from the body, so the header that announces it must not stand there as if it held.
        (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, value)
        for name, value in exchange.headers
    )
    return _HeadersAsReceived(f"{exchange.status} {exchange.reason}", headers, protocol=exchange.http_version)


def _question_headers(exchange: Exchange) -> _HeadersAsReceived:
    target = "/" + exchange.url.partition("://")[2].partition("/")[2]
    return _HeadersAsReceived(f"GET {target} HTTP/1.1", exchange.request_headers, is_http_request=True)
