"""One connection of the event loop, in the form that httpcore asks for.

httpcore's own goes through a layer that serves two event loops and sets a limit around every read; here one limit holds
for the whole exchange, and a page is many reads.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Iterable

import httpcore

BUFFERED = 256 * 1024
"""Bytes that wait to be read before the sender is made to wait too."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class LoopStream(httpcore.AsyncNetworkStream, asyncio.Protocol):
    """A connection: what comes in waits here until it is read. Timeouts are the client's, around the whole."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._is_paused = False
        self._is_over = False
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._chunks.append(data)
        self._size += len(data)
        if self._size > BUFFERED and not self._is_paused and self._transport is not None:
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

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while not self._chunks:
            if self._error is not None:
                raise httpcore.ReadError from self._error
            if self._is_over:
                return b""
            await self._wait()
        chunk = self._chunks.popleft()
        if len(chunk) > max_bytes:
            self._chunks.appendleft(chunk[max_bytes:])
            chunk = chunk[:max_bytes]
        self._size -= len(chunk)
        if self._is_paused and self._size <= BUFFERED // 2:
            self._is_paused = False
            if self._transport is not None and not self._is_over:
                self._transport.resume_reading()
        return chunk

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # A request without a body fits any socket's buffer, so nothing waits for it to drain.
        if self._transport is None or self._transport.is_closing():
            raise httpcore.WriteError
        self._transport.write(buffer)

    async def aclose(self) -> None:
        if self._transport is not None:
            self._transport.abort()
            await asyncio.sleep(0)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if self._transport is None:
            raise httpcore.ConnectError
        loop = asyncio.get_running_loop()
        try:
            self._transport = await loop.start_tls(self._transport, self, ssl_context, server_hostname=server_hostname)
        except (OSError, ssl.SSLError) as error:
            await self.aclose()
            raise httpcore.ConnectError from error
        return self

    def get_extra_info(self, info: str) -> object:
        if info == "is_readable":
            return self._is_over or bool(self._chunks)
        return None if self._transport is None else self._transport.get_extra_info(info)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _wait(self) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None


class LoopBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to addresses."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            _, stream = await asyncio.get_running_loop().create_connection(LoopStream, host, port)
        except OSError as error:
            raise httpcore.ConnectError from error
        return stream
