"""The connections: opened only where the guard says, one answer each at a time, kept a few seconds for the next page.

The name stays in the Host header and in TLS (SNI,
certificate); only the socket goes to the address that was judged.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.address import Address
from footprint.web.guard import Guard
from footprint.web.wire import Head, Wire, connect

KEEP_ALIVE_SECONDS = 10.0
"""A little over the longest usual pace: a polite reader does not open a connection for every page."""

MAX_IDLE = 500
"""Connections kept open for a next page, over all hosts."""


class Origin(NamedTuple):
    """Where a connection leads, by name."""

    scheme: str
    host: str
    port: int


class Connections:
    """The open connections: each host's are found by its name, and the one that has waited longest is closed first."""

    def __init__(self, guard: Guard, tls: Callable[[], ssl.SSLContext], *, head: int, whole: int) -> None:
        """Take who judges addresses, who gives the TLS context once one is needed, and the bounds of an answer in bytes."""
        self._guard = guard
        self._tls = tls
        self._head = head
        self._whole = whole
        self._idle: OrderedDict[Wire, tuple[Origin, float]] = OrderedDict()
        """With the moment from which it is too old to be used."""
        self._of_origin: dict[Origin, list[Wire]] = {}

    async def take(self, origin: Origin) -> Wire:
        """Return a connection that nobody uses. Raises UnreadableError."""
        waiting = self._of_origin.get(origin, [])
        while waiting:
            wire = waiting[-1]
            is_old = self._forget(wire)
            # A server may have closed it in the meantime, or said more than it was asked.
            if wire.is_free and not is_old:
                return wire
            await wire.aclose()
        return await self._open(origin)

    async def give_back(self, wire: Wire, origin: Origin) -> None:
        """Keep a connection whose answer has been read whole, and close any other."""
        if not wire.is_done:
            await wire.aclose()
            return
        self._idle[wire] = (origin, _now() + KEEP_ALIVE_SECONDS)
        self._of_origin.setdefault(origin, []).append(wire)
        if len(self._idle) > MAX_IDLE:
            oldest = next(iter(self._idle))
            self._forget(oldest)
            await oldest.aclose()

    async def aclose(self) -> None:
        """Close all that wait."""
        for wire in tuple(self._idle):
            self._forget(wire)
            await wire.aclose()

    async def _open(self, origin: Origin) -> Wire:
        address, port = await self._guard.judge(origin.host, origin.port)
        wire = Wire(address=address, head=self._head, whole=self._whole)
        tls = self._tls() if origin.scheme == "https" else None
        await connect(wire, port, tls=tls, name=origin.host)
        return wire

    def _forget(self, wire: Wire) -> bool:
        """Take a connection out, and say whether it has waited too long."""
        origin, until = self._idle.pop(wire)
        self._of_origin[origin].remove(wire)
        if not self._of_origin[origin]:
            del self._of_origin[origin]
        return _now() > until


class Reply:
    """The head of one answer, whose body is still to be read. It must be closed."""

    def __init__(self, head: Head, wire: Wire, connections: Connections, origin: Origin) -> None:
        self.status = head.status
        self.headers = head.headers
        """As received, in their order and spelling."""
        self.reason = head.reason
        self.http_version = head.version
        self.address = wire.address
        self._head = head
        self._wire = wire
        self._connections = connections
        self._origin = origin

    def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body as it comes, without chunk framing. Raises UnreadableError with the reason."""
        return self._wire.chunks(self._head)

    async def aclose(self) -> None:
        """Give the connection back, or close it where the body was not read whole."""
        await self._connections.give_back(self._wire, self._origin)


class GuardedTransport:
    """Sends one GET over guarded connections: no proxy, no cookies, no redirects, no retries."""

    def __init__(self, guard: Guard, tls: Callable[[], ssl.SSLContext], *, head: int, whole: int) -> None:
        self._connections = Connections(guard, tls, head=head, whole=whole)

    async def get(self, url: Address, headers: list[tuple[bytes, bytes]]) -> Reply:
        """Return the answer with its body not yet read. Raises UnreadableError with the reason."""
        request = _request(url.target.encode("ascii"), headers)
        origin = Origin(url.scheme, *url.place)
        wire = await self._connections.take(origin)
        try:
            wire.send(request)
            head = await wire.head()
        except BaseException:
            await wire.aclose()
            raise
        return Reply(head, wire, self._connections, origin)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._connections.aclose()


def _request(target: bytes, headers: list[tuple[bytes, bytes]]) -> bytes:
    lines = [b"GET %s HTTP/1.1" % target, *(b"%s: %s" % header for header in headers), b"", b""]
    request = b"\r\n".join(lines)
    if request.count(b"\n") != len(lines) - 1 or request.count(b"\r") != len(lines) - 1 or b"\0" in request:
        raise UnreadableError(UnknownReason.TRANSPORT, "protocol")  # a value would have begun a line of its own
    return request


def _now() -> float:
    return asyncio.get_running_loop().time()
