"""Read a body within bounds. A gzip bomb is a few kilobytes that unfold to gigabytes; it is stopped while it unfolds.

zlib is asked for at most what there is still room for, so memory stays near the limit whatever the sender wrote.
"""

from __future__ import annotations

import zlib
from functools import cached_property

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason

GZIP = frozenset({"gzip", "x-gzip"})
"""The only coding that is asked for; RFC 9110 section 8.4.1.3 makes the second name the same."""

MAX_MEMBERS = 100
"""Members of one gzip body. An ordinary one has one; thousands of empty ones cost time and give nothing."""


class BodyReader:
    """Takes chunks as they come and keeps two forms: the bytes on the wire, and what they decode to."""

    def __init__(self, coding: str, *, limit: int, cuts: bool = False) -> None:
        """Read a body of one Content-Encoding, to `limit` decoded bytes.

        Where `cuts` is set, a longer body is cut there; otherwise it is refused. Raises UnreadableError(MALFORMED) for
        a coding that was not asked for.
        """
        coding = coding.strip().lower()
        if coding not in GZIP and coding not in {"", "identity"}:
            raise UnreadableError(UnknownReason.MALFORMED, "content coding")
        self._gzip = zlib.decompressobj(wbits=47) if coding in GZIP else None
        self._limit = limit
        self._cuts = cuts
        self._members = 0
        self._is_whole = True
        # Joined once at the end: a page of many chunks is copied once, and one that is not packed is held once.
        self._raw: list[bytes] = []
        self._raw_size = 0
        self._body: list[bytes] = []
        self._size = 0

    @cached_property
    def raw(self) -> bytes:
        """The bytes on the wire, without chunk framing; to be asked for once all has been read."""
        return b"".join(self._raw) if self._gzip is not None else self.body

    @cached_property
    def body(self) -> bytes:
        """The decoded bytes; to be asked for once all has been read."""
        return b"".join(self._body)

    @property
    def size(self) -> int:
        """Decoded bytes so far."""
        return self._size

    @property
    def is_cut(self) -> bool:
        """True where the limit cut the body."""
        return not self._is_whole

    def feed(self, chunk: bytes) -> bool:
        """Take a chunk and say whether more is wanted.

        Raises UnreadableError: OVERSIZE over the limit, MALFORMED for what is not gzip.
        """
        if self._cuts and self._raw_size + len(chunk) > self._limit:
            chunk = chunk[: self._limit - self._raw_size]
            self._is_whole = False
        self._raw_size += len(chunk)
        if self._gzip is None:
            self._keep(chunk)
        else:
            self._raw.append(chunk)
            self._unfold(chunk)
        return self._is_whole

    def finish(self) -> None:
        """Say that there is no more. Raises UnreadableError(MALFORMED) where gzip stops in the middle."""
        is_midway = self._gzip is not None and not self._gzip.eof and self._members == 0
        if self._raw_size and is_midway and self._is_whole:
            raise UnreadableError(UnknownReason.MALFORMED, "gzip cut short")

    def _keep(self, content: bytes) -> None:
        room = self._limit - self._size
        if len(content) > room:
            if not self._cuts:
                raise UnreadableError(UnknownReason.OVERSIZE, f"over {self._limit} bytes")
            content = content[:room]
            self._is_whole = False
        self._body.append(content)
        self._size += len(content)

    def _unfold(self, content: bytes) -> None:
        while content and self._gzip is not None and self._size <= self._limit:
            if self._gzip.eof:
                self._start_member()
            try:
                # One more than there is room for, so that "exactly full" and "too much" differ. Never 0: that is no limit.
                self._keep(self._gzip.decompress(content, self._limit + 1 - self._size))
            except zlib.error:
                if self._members == 0:
                    raise UnreadableError(UnknownReason.MALFORMED, "not gzip") from None
                return  # padding after the last member, which other readers pass over too
            content = self._gzip.unused_data if self._gzip.eof else self._gzip.unconsumed_tail
            if not self._is_whole:
                return

    def _start_member(self) -> None:
        self._members += 1
        if self._members >= MAX_MEMBERS:
            raise UnreadableError(UnknownReason.MALFORMED, "gzip members")
        self._gzip = zlib.decompressobj(wbits=47)


def decode(raw: bytes, coding: str, *, limit: int, is_whole: bool = True) -> bytes:
    """Return the decoded form of a body, or of the beginning of one. Raises UnreadableError, as BodyReader does."""
    reader = BodyReader(coding, limit=limit)
    reader.feed(raw)
    if is_whole:
        reader.finish()
    return reader.body
