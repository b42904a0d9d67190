"""The wire: a network backend that connects only where the guard says, and counts what comes back.

httpx's own transport has no public way to choose addresses, so this one stands on httpcore's public connection. The name
stays in the Host header and in TLS (SNI, certificate); only the socket goes to the address that was judged.
"""

from __future__ import annotations

import ssl
from collections import OrderedDict
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import cast

import httpcore
import httpx

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.guard import Guard
from footprint.web.stream import LoopBackend, SocketOption

KEEP_ALIVE_SECONDS = 10.0
"""A little over the longest usual pace: a polite reader does not open a connection for every page."""

MAX_IDLE = 500
"""Connections kept open for a next page, over all hosts."""


BODILESS = frozenset({204, 304})
"""RFC 9110 sections 15.3.5 and 15.4.5."""


class BoundedStream(httpcore.AsyncNetworkStream):
    """A connection that counts, and stops an answer whose head or whose whole is too long."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, *, address: str, head: int, whole: int) -> None:
        self._inner = inner
        self.address = address
        """The address that was judged and connected to. The socket itself forgets it once the peer resets it."""
        self._head = head
        self._whole = whole
        self._limit = head
        self._seen = 0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._limit - self._seen
        if left <= 0:
            what = "header" if self._limit == self._head else "wire"
            raise UnreadableError(UnknownReason.OVERSIZE, f"{what} over {self._limit} bytes")
        content = await self._inner.read(min(max_bytes, left), timeout)
        self._seen += len(content)
        return content

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # A request starts with a write: the count starts again, on a connection that was used before too.
        self._seen, self._limit = 0, self._head
        await self._inner.write(buffer, timeout)

    def end_head(self) -> None:
        """Say that the head has been read, so that the longer limit holds from here."""
        self._limit = self._head + self._whole

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        inner = await self._inner.start_tls(ssl_context, server_hostname, timeout)
        return BoundedStream(inner, address=self.address, head=self._head, whole=self._whole)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to the addresses that the guard gives, and to nothing else."""

    def __init__(self, guard: Guard, *, head: int, whole: int) -> None:
        self._guard = guard
        self._head = head
        self._whole = whole
        self._inner = LoopBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        address, port = await self._guard.judge(host, port)
        stream = await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
        return BoundedStream(stream, address=address, head=self._head, whole=self._whole)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise UnreadableError(UnknownReason.ADDRESS, "unix-socket")


class Connections:
    """The open connections: one answer each at a time, kept a few seconds for the next page of the same host.

    httpcore's own pool looks at every connection it holds before every request. Here each host's are found by its name.
    """

    def __init__(self, guard: Guard, tls: ssl.SSLContext, *, head: int, whole: int) -> None:
        tls.set_alpn_protocols(["http/1.1"])
        self._tls = tls
        self._backend = GuardedBackend(guard, head=head, whole=whole)
        self._idle: OrderedDict[httpcore.AsyncHTTP11Connection, str] = OrderedDict()
        """The one that has waited longest stands first."""
        self._of_host: dict[str, list[httpcore.AsyncHTTP11Connection]] = {}

    async def take(self, origin: httpcore.Origin) -> httpcore.AsyncHTTP11Connection:
        """Return a connection that nobody uses."""
        waiting = self._of_host.get(str(origin), [])
        while waiting:
            connection = waiting[-1]
            self._forget(connection)
            # Asks the socket too: a server may have closed it in the meantime.
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return await self._open(origin)

    async def give_back(
        self, connection: httpcore.AsyncHTTP11Connection, origin: httpcore.Origin, *, status: int
    ) -> None:
        """Keep a connection whose answer has been read whole, and close any other."""
        # Some servers send a body with a status that has none; it would be read as the head of the next answer.
        if not connection.is_idle() or status in BODILESS:
            await connection.aclose()
            return
        self._idle[connection] = str(origin)
        self._of_host.setdefault(str(origin), []).append(connection)
        if len(self._idle) > MAX_IDLE:
            oldest = next(iter(self._idle))
            self._forget(oldest)
            await oldest.aclose()

    async def aclose(self) -> None:
        """Close all that wait."""
        for connection in tuple(self._idle):
            self._forget(connection)
            await connection.aclose()

    async def _open(self, origin: httpcore.Origin) -> httpcore.AsyncHTTP11Connection:
        host = origin.host.decode("ascii")
        stream = await self._backend.connect_tcp(host, origin.port)
        if origin.scheme == b"https":
            stream = await stream.start_tls(self._tls, server_hostname=host)
        return httpcore.AsyncHTTP11Connection(origin=origin, stream=stream, keepalive_expiry=KEEP_ALIVE_SECONDS)

    def _forget(self, connection: httpcore.AsyncHTTP11Connection) -> None:
        host = self._idle.pop(connection)
        self._of_host[host].remove(connection)
        if not self._of_host[host]:
            del self._of_host[host]


class Reply:
    """The head of one answer, whose body is still to be read. It must be closed."""

    def __init__(self, answer: httpcore.Response, end: Callable[[], Awaitable[None]]) -> None:
        stream: BoundedStream = answer.extensions["network_stream"]
        stream.end_head()
        self.status = answer.status
        self.headers = answer.headers
        """As received, in their order and spelling."""
        self.reason: bytes = answer.extensions.get("reason_phrase", b"")
        self.http_version: bytes = answer.extensions.get("http_version", b"HTTP/1.1")
        self.address = stream.address
        self._answer = answer
        self._end = end

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body as it comes, without chunk framing. Raises UnreadableError with the reason."""
        # httpcore has one kind of answer for both worlds; an asynchronous connection gives an asynchronous stream.
        with _named_reasons():
            async for chunk in cast(AsyncIterable[bytes], self._answer.stream):
                yield chunk

    async def aclose(self) -> None:
        """Give the connection back, or close it where the body was not read whole."""
        await self._answer.aclose()
        await self._end()


class GuardedTransport:
    """Sends one GET over guarded connections: no proxy, no cookies, no redirects, no retries."""

    def __init__(self, guard: Guard, tls: ssl.SSLContext, *, head: int, whole: int) -> None:
        self._connections = Connections(guard, tls, head=head, whole=whole)

    async def get(self, url: httpx.URL, headers: list[tuple[bytes, bytes]]) -> Reply:
        """Return the answer with its body not yet read. Raises UnreadableError with the reason."""
        place = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        with _named_reasons():
            connection = await self._connections.take(place.origin)
        try:
            with _named_reasons():
                answer = await connection.handle_async_request(httpcore.Request("GET", place, headers=headers))
        except BaseException:
            await connection.aclose()
            raise
        return Reply(answer, partial(self._connections.give_back, connection, place.origin, status=answer.status))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._connections.aclose()


@contextmanager
def _named_reasons() -> Iterator[None]:
    """Turn what went wrong on the wire into one of our reasons.

    The cause is cut off on purpose: h11 quotes the bytes it could not read, which are page text.
    """
    try:
        yield
    except httpcore.TimeoutException:
        raise UnreadableError(UnknownReason.TIMEOUT, "connect") from None
    except httpcore.ConnectError as error:
        is_tls = isinstance(error.__cause__ or error.__context__, ssl.SSLError)
        raise UnreadableError(UnknownReason.TRANSPORT, "TLS" if is_tls else "connect") from None
    except httpcore.ProtocolError:
        raise UnreadableError(UnknownReason.TRANSPORT, "protocol") from None
    except (httpcore.NetworkError, OSError):
        raise UnreadableError(UnknownReason.TRANSPORT, "connection") from None
