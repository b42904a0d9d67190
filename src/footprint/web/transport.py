"""The wire: a network backend that connects only where the guard says, and counts what comes back.

httpx's own transport has no public way to choose addresses, so this one stands on httpcore's public pool. The name
stays in the Host header and in TLS (SNI, certificate); only the socket goes to the address that was judged.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from typing import cast

import httpcore
import httpx

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.guard import Guard

KEEP_ALIVE_SECONDS = 10.0
"""A little over the longest usual pace: a polite reader does not open a connection for every page."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


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
        self._inner = httpcore.AnyIOBackend()

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


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends one request over guarded connections: no proxy, no cookies, no redirects, no retries."""

    def __init__(self, guard: Guard, tls: ssl.SSLContext, *, head: int, whole: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
            network_backend=GuardedBackend(guard, head=head, whole=whole),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its body not yet read. Raises UnreadableError with the reason."""
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
        )
        with _named_reasons():
            answer = await self._pool.handle_async_request(asked)
        stream: BoundedStream = answer.extensions["network_stream"]
        stream.end_head()
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=dict(answer.extensions)
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        # httpcore has one kind of answer for both worlds; an asynchronous pool gives an asynchronous stream.
        with _named_reasons():
            async for chunk in cast(AsyncIterable[bytes], self._answer.stream):
                yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


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
