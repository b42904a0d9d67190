"""The bytes of one answer: an HTTP/1.1 message as RFC 9112 frames it, read within bounds from one connection.

Written for one client that sends GET requests without a body, so that asking hundreds of sites costs little. What a server
may not do is refused, never repaired: two lengths that differ, a length beside chunks, an unknown framing, a control
character in the head, a chunk that does not end where it says.
"""

from __future__ import annotations

import asyncio
import re
import select
import ssl
from collections.abc import AsyncIterator
from typing import NamedTuple

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason

BUFFERED = 256 * 1024
"""Bytes that wait to be read before the sender is made to wait too."""

MAX_LINE = 8 * 1024
"""Bytes of the line that opens a chunk, or of a line after the last one."""

BODILESS = frozenset({204, 304})
"""RFC 9110 sections 15.3.5 and 15.4.5."""

SWITCHING = 101
"""A change of protocol (RFC 9110 section 15.2.2): nobody asked for one."""

_BLANK = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"(HTTP/1\.[01]) ([1-9][0-9]{2})(?: ([^\r\n\0]*))?\r?")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LENGTH = re.compile(rb"[0-9]{1,18}")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,16})[ \t]*(?:;[^\r\n]*)?\r?")

_FRAMING = (b"transfer-encoding", b"content-length", b"connection")
"""The fields that say where an answer ends, and what becomes of the connection."""

RawHeaders = list[tuple[bytes, bytes]]


class Head(NamedTuple):
    """The head of an answer."""

    status: int
    reason: bytes
    version: bytes
    """`HTTP/1.1`."""
    headers: RawHeaders
    """As received, in their order and spelling."""


class Wire(asyncio.Protocol):
    """One connection: one answer at a time, read from what has come in. Limits in time are the client's, around the whole."""

    def __init__(self, *, address: str, head: int, whole: int) -> None:
        self.address = address
        """The address that was judged and connected to. The socket itself forgets it once the peer resets it."""
        self._head_limit = head
        self._limit = head
        self._whole = whole
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        """What came in last, whole: most of it is handed on as it came, and never copied."""
        self._start = 0
        """How much of it has been read."""
        self._taken = 0
        """Bytes of this answer that have been read."""
        self._is_paused = False
        self._is_over = False
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._is_whole = True
        """True where the last answer has been read to its end, and the connection stays open after it."""

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer[self._start :] + data if self._waiting else data
        self._start = 0
        if len(self._buffer) > BUFFERED and not self._is_paused and self._transport is not None:
            self._is_paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self._is_over = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_over = True
        self._error = exc
        self._wake()

    # What the transport calls.

    @property
    def is_free(self) -> bool:
        """True where another request may be sent: nothing is left over of the last answer, and the server is still there."""
        return self.is_done and not self._has_come()

    @property
    def is_done(self) -> bool:
        """True where the last answer has been read whole and the connection may be kept, as far as the loop has seen."""
        return self._is_whole and not self._is_over and not self._waiting

    def send(self, request: bytes) -> None:
        """Send a request. Raises UnreadableError where the connection is closed."""
        # A request without a body fits any socket's buffer, so nothing waits for it to drain.
        if self._transport is None or self._transport.is_closing():
            raise _fault("connection")
        self._taken, self._limit, self._is_whole = 0, self._head_limit, False
        self._transport.write(request)

    async def head(self) -> Head:
        """Return the head of the answer; its body is still to be read. Raises UnreadableError."""
        # Answers of the kind 1xx come before the real one; the limit of the head holds for all of them together.
        while (head := _parse(await self._head_bytes())).status < 200:
            if head.status == SWITCHING:
                raise _fault("protocol")
        self._limit = self._head_limit + self._whole
        return head

    async def chunks(self, head: Head) -> AsyncIterator[bytes]:
        """Yield the body as it comes, without chunk framing. Raises UnreadableError."""
        if head.status in BODILESS:
            # Some servers send a body with a status that has none; it would be read as the head of the next answer.
            return
        fields = _Framing.of(head)
        if fields.is_chunked:
            async for content in self._chunked():
                yield content
        elif fields.length is None:
            while content := await self._some(BUFFERED):
                yield content
        else:
            async for content in self._exactly(fields.length):
                yield content
        self._is_whole = fields.stays_open

    async def aclose(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.abort()
            await asyncio.sleep(0)

    @property
    def _waiting(self) -> int:
        """Bytes that have come in and have not been read."""
        return len(self._buffer) - self._start

    async def _head_bytes(self) -> bytes:
        searched = 0
        while (found := _BLANK.search(self._buffer, self._start + max(0, searched - 2))) is None:
            searched = self._waiting
            if self._taken + searched >= self._limit:
                raise self._too_long()
            if not await self._more():
                raise _fault("protocol" if searched or self._error is None else "connection")
        return self._take(found.end() - self._start)

    async def _exactly(self, length: int) -> AsyncIterator[bytes]:
        left = length
        while left:
            content = await self._some(left)
            if not content:
                raise _fault("protocol")
            left -= len(content)
            yield content

    async def _chunked(self) -> AsyncIterator[bytes]:
        while True:
            found = _CHUNK.fullmatch(await self._line())
            if found is None:
                raise _fault("protocol")
            size = int(found[1], 16)
            if size == 0:
                break
            async for content in self._exactly(size):
                yield content
            if (await self._line()).removesuffix(b"\r"):
                raise _fault("protocol")
        while (await self._line()).removesuffix(b"\r"):
            continue  # fields after the last chunk, which nobody here reads

    async def _line(self) -> bytes:
        """Return the next line without its `\\n`."""
        while (end := self._buffer.find(b"\n", self._start)) < 0:
            if self._waiting > MAX_LINE or not await self._more():
                raise _fault("protocol")
        if end - self._start > MAX_LINE:
            raise _fault("protocol")
        return self._take(end + 1 - self._start)[:-1]

    async def _some(self, at_most: int) -> bytes:
        """Return what has come in, as soon as anything has; empty bytes at the end."""
        while not self._waiting:
            if not await self._more():
                return b""
        # No more than the limit leaves, so that whoever reads can stop before it.
        return self._take(max(1, min(at_most, self._waiting, self._limit - self._taken)))

    def _take(self, count: int) -> bytes:
        if self._taken + count > self._limit:
            raise self._too_long()
        self._taken += count
        content = self._buffer[self._start : self._start + count]  # the very same bytes where all of them are taken
        self._start += count
        if not self._waiting:
            self._buffer, self._start = b"", 0
        if self._is_paused and self._waiting <= BUFFERED // 2:
            self._is_paused = False
            if self._transport is not None and not self._is_over:
                self._transport.resume_reading()
        return content

    async def _more(self) -> bool:
        """Wait until more has come in; False at the end. Raises UnreadableError where the connection broke."""
        if self._error is not None:
            raise _fault("connection")
        if self._is_over:
            return False
        seen = self._waiting
        while self._waiting == seen and not self._is_over:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        if self._waiting == seen and self._error is not None:
            raise _fault("connection")
        return self._waiting > seen

    def _has_come(self) -> bool:
        """Ask the socket whether more has come in, or its end, that the loop has not read yet."""
        handle = self._transport.get_extra_info("socket").fileno() if self._transport is not None else -1
        if handle < 0:
            return True
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(0))

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _too_long(self) -> UnreadableError:
        what = "header" if self._limit == self._head_limit else "wire"
        return UnreadableError(UnknownReason.OVERSIZE, f"{what} over {self._limit} bytes")


class _Framing(NamedTuple):
    """How the body of an answer ends (RFC 9112 section 6.3)."""

    is_chunked: bool
    length: int | None
    """None where it ends with the connection, or is chunked."""
    stays_open: bool

    @classmethod
    def of(cls, head: Head) -> _Framing:
        fields: dict[bytes, list[bytes]] = {name: [] for name in _FRAMING}
        for name, value in head.headers:
            if (key := name.lower()) in fields:
                fields[key] += [part.strip().lower() for part in value.split(b",")]
        codings, all_lengths, options = fields.values()
        lengths = set(all_lengths)
        if codings and codings != [b"chunked"]:
            raise _fault("protocol")
        if len(lengths) > 1 or not all(_LENGTH.fullmatch(length) for length in lengths):
            raise _fault("protocol")
        stays = b"keep-alive" in options or (head.version == b"HTTP/1.1" and b"close" not in options)
        if codings:
            # A length beside chunks is an attack on somebody; the answer is read, and the connection not used again.
            return cls(is_chunked=True, length=None, stays_open=stays and not lengths)
        length = int(lengths.pop()) if lengths else None
        return cls(is_chunked=False, length=length, stays_open=stays and length is not None)


def _parse(content: bytes) -> Head:
    """Return the head that some bytes write. Raises UnreadableError where they write none."""
    first, *lines = content.rstrip(b"\r\n").split(b"\n")
    status = _STATUS.fullmatch(first)
    if status is None or b"\0" in content:
        raise _fault("protocol")
    headers: RawHeaders = []
    for line in lines:
        if line[:1] in (b" ", b"\t"):
            _fold(headers, line)
            continue
        name, colon, value = line.removesuffix(b"\r").partition(b":")
        if not colon or b"\r" in value or _NAME.fullmatch(name) is None:
            raise _fault("protocol")
        headers.append((name, value.strip(b" \t")))
    return Head(int(status[2]), status[3] or b"", status[1], headers)


def _fold(headers: RawHeaders, line: bytes) -> None:
    """Add a line that goes on with the field before it: obsolete, and still sent (RFC 9112 section 5.2)."""
    if not headers:
        raise _fault("protocol")
    name, value = headers[-1]
    headers[-1] = (name, value + b" " + line.strip(b" \t\r"))


async def connect(wire: Wire, port: int, *, tls: ssl.SSLContext | None, name: str) -> None:
    """Open a connection to the wire's address. With TLS the certificate must be that of `name`. Raises UnreadableError."""
    loop = asyncio.get_running_loop()
    try:
        await loop.create_connection(
            lambda: wire, wire.address, port, ssl=tls, server_hostname=name if tls is not None else None
        )
    except TimeoutError:
        raise UnreadableError(UnknownReason.TIMEOUT, "connect") from None
    except ssl.SSLError:
        raise _fault("TLS") from None
    except OSError:
        raise _fault("connect") from None


def _fault(what: str) -> UnreadableError:
    """Return what went wrong on the wire, in one word and never with a byte of what was received."""
    return UnreadableError(UnknownReason.TRANSPORT, what)
