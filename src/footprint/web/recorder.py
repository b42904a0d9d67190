"""Keep every answer as it came, in a WARC file that stock tools check and replay, and read it back.

`warcinfo` first, then each answer with its request, linked; a body that was kept before in this file becomes a
`revisit`. Every id is made from the file's name and a running number, and every time is given, so the same exchanges
make the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import uuid
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from footprint.errors import StoreError, UnreadableError, VerificationError
from footprint.files import sync_folder
from footprint.web.body import decode
from footprint.web.client import Exchange, Headers
from footprint.web.warc import (
    EMPTY,
    Batch,
    Payload,
    date_of,
    digest_of,
    member_ends,
    payload_of,
    records,
    target_of,
)

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "warc.footprint.invalid")
"""The name space of record ids."""

CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
MAX_STORED = 50_000_000
"""Decoded bytes of one stored answer; the client keeps far fewer."""


class Kept(NamedTuple):
    """Where an answer lies."""

    warc: str
    """Name of the file."""
    offset: int
    """Byte offset of the response record."""
    record_id: str
    sha256: str
    """Of the decoded body that was kept."""
    bytes: int
    """Length of the decoded body that was kept."""


class Capture(NamedTuple):
    """An answer to keep."""

    exchange: Exchange
    at: datetime
    keep_body: bool = True


class NoAnswer(NamedTuple):
    """A request that none came to, and why."""

    url: str
    at: datetime
    reason: str


class Recorded(NamedTuple):
    """One record of an answer, or of a request that none came to."""

    record_id: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as read back."""

    url: str
    status: int
    headers: Headers
    body: bytes
    """Decoded."""
    at: datetime
    record_id: str


class Recorder:
    """Writes one WARC file. Every record is on the disk before `keep` returns."""

    def __init__(self, folder: Path, name: str, *, software: str, robots_policy: str, user_agent: str) -> None:
        """Create `<name>.warc.gz` in a folder, or go on with it; a record that a crash cut off is removed first.

        The `warcinfo` record is written with the first answer, since it is dated. Raises StoreError.
        """
        self._name = name
        self._path = folder / f"{name}.warc.gz"
        self._about = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": CONFORMS_TO,
            "robots": robots_policy,
            "http-header-user-agent": user_agent,
        }
        self._payloads: dict[str, Payload] = {}
        self._count = 0
        self._size = 0
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._path.touch(mode=0o600)
            self._go_on()
            sync_folder(folder)
        except OSError as error:
            raise StoreError(f"{self._path.name} could not be opened: {error.strerror}") from error
        except (ArchiveLoadFailed, zlib.error) as error:
            raise StoreError(f"{self._path.name} is not a WARC file of ours") from error

    def keep(self, exchange: Exchange, *, at: datetime, keep_body: bool = True) -> Kept:
        """Write an answer and its request.

        Without `keep_body` only the headers are kept: of a page that is not public. Raises StoreError.
        """
        return self.keep_all((Capture(exchange, at, keep_body),))[0]

    def keep_failure(self, url: str, *, at: datetime, reason: str) -> Kept:
        """Write that a request gave no answer, and why, as a `metadata` record. Raises StoreError."""
        return self.keep_all((NoAnswer(url, at, reason),))[0]

    def keep_all(self, captures: Sequence[Capture | NoAnswer]) -> tuple[Kept, ...]:
        """Write what several requests gave, in one piece: one wait for the disk. Raises StoreError."""
        lead = self._lead(captures[0].at)
        payloads: dict[str, Payload] = {}
        written: list[bytes] = []
        kept: list[Kept] = []
        offset = self._size + len(lead)
        for capture in captures:
            batch = Batch()
            if isinstance(capture, Capture):
                kept.append(self._add_answer(batch, capture, payloads)._replace(offset=offset))
            else:
                kept.append(self._add_failure(batch, capture)._replace(offset=offset))
            written.append(batch.content)
            offset += len(written[-1])
        self._append(lead, b"".join(written))
        for digest, payload in payloads.items():
            self._payloads.setdefault(digest, payload)
        return tuple(kept)

    def _add_answer(self, batch: Batch, capture: Capture, payloads: dict[str, Payload]) -> Kept:
        exchange, at, keep_body = capture
        raw, body = (exchange.raw_body, exchange.body) if keep_body else (b"", b"")
        is_whole = keep_body and not exchange.truncated
        digest = digest_of(raw)
        answer = self._fields(exchange.url, at) | ({"WARC-IP-Address": exchange.address} if exchange.address else {})
        if not is_whole:
            answer["WARC-Truncated"] = "length" if keep_body else "unspecified"
        seen = self._payloads.get(digest, payloads.get(digest)) if is_whole else None
        batch.add_pair(exchange, raw, answer=answer, question=self._fields(exchange.url, at), seen=seen)
        record_id = answer["WARC-Record-ID"]
        if is_whole and raw:
            payloads.setdefault(digest, Payload(record_id, answer["WARC-Target-URI"], answer["WARC-Date"]))
        return Kept(self._path.name, 0, record_id, hashlib.sha256(body).hexdigest(), len(body))

    def _add_failure(self, batch: Batch, failure: NoAnswer) -> Kept:
        fields = self._fields(failure.url, failure.at)
        batch.add_fields("metadata", fields["WARC-Target-URI"], fields, {"outcome": failure.reason})
        return Kept(self._path.name, 0, fields["WARC-Record-ID"], hashlib.sha256(b"").hexdigest(), 0)

    def _go_on(self) -> None:
        """Count what stands in the file, cut off what a crash left, and remember the bodies."""
        with self._path.open("r+b") as file:
            for end in member_ends(file):
                self._count, self._size = self._count + 1, end
            file.truncate(self._size)
            for record in records(file) if self._size else ():
                self._remember(record)

    def _remember(self, record: ArcWarcRecord) -> None:
        headers = record.rec_headers
        digest = headers.get_header("WARC-Payload-Digest")
        if record.rec_type == "response" and digest != EMPTY and not headers.get_header("WARC-Truncated"):
            names = ("WARC-Record-ID", "WARC-Target-URI", "WARC-Date")
            self._payloads.setdefault(digest, Payload(*(headers.get_header(name) for name in names)))

    def _lead(self, at: datetime) -> bytes:
        """Return the `warcinfo` record where nothing stands before."""
        if self._size:
            return b""
        self._count = 0
        batch = Batch()
        batch.add_fields("warcinfo", "", self._marks(at) | {"WARC-Filename": self._path.name}, self._about)
        return batch.content

    def _fields(self, url: str, at: datetime) -> dict[str, str]:
        return self._marks(at) | {"WARC-Target-URI": target_of(url)}

    def _marks(self, at: datetime) -> dict[str, str]:
        record_id = uuid.uuid5(NAMESPACE, f"{self._name}:{self._count}")
        self._count += 1
        return {"WARC-Record-ID": f"<urn:uuid:{record_id}>", "WARC-Date": date_of(at)}

    def _append(self, lead: bytes, content: bytes) -> None:
        """Write records at the end."""
        try:
            with self._path.open("r+b", buffering=0) as file:
                file.seek(self._size)
                _write_all(file, lead + content)
                os.fsync(file.fileno())
        except OSError as error:
            # What was written of it is beyond `_size`: the next record writes over it, or `_go_on` cuts it off.
            raise StoreError(f"{self._path.name} could not be written: {error.strerror}") from error
        self._size += len(lead) + len(content)


def read(file: BinaryIO, offset: int) -> StoredAnswer:
    """Return the answer that stands at an offset of an opened WARC file; a `revisit` is given the body it refers to.

    Raises StoreError where the file cannot be read, and VerificationError where no answer stands there or where it is
    not what its digests say.
    """
    try:
        return _answer(file, offset)
    except OSError as error:
        raise StoreError(f"a WARC file could not be read: {error.strerror}") from error
    except (ArchiveLoadFailed, zlib.error, StopIteration, UnreadableError) as error:
        raise VerificationError(f"the WARC record at {offset} does not hold") from error


def recorded(file: BinaryIO) -> Iterator[Recorded]:
    """Yield every answer, and every note that none came, of an opened WARC file; what a crash tore off at its end is passed over.

    Raises StoreError where the file cannot be read, and VerificationError where it is not what a recorder writes.
    """
    try:
        starts = [0, *member_ends(file)][:-1]
        for record in (next(records(file, offset=start)) for start in starts):
            if record.rec_type in {"response", "revisit", "metadata"}:
                yield _place(record)
    except OSError as error:
        raise StoreError(f"a WARC file could not be read: {error.strerror}") from error
    except (ArchiveLoadFailed, zlib.error) as error:
        raise VerificationError("this is not a WARC file of ours") from error


def _place(record: ArcWarcRecord) -> Recorded:
    fields = record.rec_headers
    return Recorded(
        record_id=fields.get_header("WARC-Record-ID"),
        url=fields.get_header("WARC-Target-URI"),
        at=datetime.fromisoformat(fields.get_header("WARC-Date")),
    )


def _answer(file: BinaryIO, offset: int) -> StoredAnswer:
    record = next(records(file, offset=offset))
    headers = record.rec_headers
    if record.rec_type not in {"response", "revisit"}:
        raise VerificationError(f"the record at {offset} is no answer")
    raw = payload_of(record)
    if record.rec_type == "revisit":
        raw = payload_of(_record(file, headers.get_header("WARC-Refers-To")))
    coding = record.http_headers.get_header("Content-Encoding") or ""
    is_cut = headers.get_header("WARC-Truncated") is not None
    return StoredAnswer(
        url=headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple(record.http_headers.headers),
        body=decode(raw, coding, limit=MAX_STORED, is_whole=not is_cut),
        at=datetime.fromisoformat(headers.get_header("WARC-Date")),
        record_id=headers.get_header("WARC-Record-ID"),
    )


def _record(file: BinaryIO, record_id: str) -> ArcWarcRecord:
    return next(record for record in records(file) if record.rec_headers.get_header("WARC-Record-ID") == record_id)


def _write_all(file: BinaryIO, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]
