"""A small web on loopback that says exactly the bytes it is told to, however wrong they are."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import trustme

from footprint.web.client import Bounds, Client
from footprint.web.guard import Guard

Say = Callable[[asyncio.StreamWriter], Awaitable[None]]

QUICK = Bounds(seconds=5.0)


def saying(*parts: bytes) -> Say:
    """Return an answer made of parts, sent one after the other, and then the end of the connection."""

    async def say(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return say


class Loopback:
    """Servers and clients of one test; all are closed at its end."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        """The head of every request received."""
        self.connections = 0
        self._servers: list[asyncio.Server] = []
        self._clients: list[Client] = []
        self._authority = trustme.CA()

    async def serve(self, say: Say, *, name: str | None = None) -> tuple[str, int]:
        """Start a server that gives every request one answer; over TLS where a certificate name is given."""
        tls = None
        if name is not None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._authority.issue_cert(name).configure_cert(tls)
        server = await asyncio.start_server(self._handler(say), "127.0.0.1", 0, ssl=tls)
        self._servers.append(server)
        return "127.0.0.1", server.sockets[0].getsockname()[1]

    def client(self, place: tuple[str, int], *, bounds: Bounds = QUICK, trusting: bool = True) -> Client:
        """Return a client to which `page.example` is that place."""
        tls = ssl.create_default_context()
        if trusting:
            self._authority.configure_trust(tls)
        guard = Guard(pinned={"page.example": place})
        client = Client(guard=guard, user_agent="footprint/0.1 (+https://page.example)", tls=tls, bounds=bounds)
        self._clients.append(client)
        return client

    async def answering(self, *parts: bytes, bounds: Bounds = QUICK) -> Client:
        """Return a client to which `page.example` answers those bytes."""
        return self.client(await self.serve(saying(*parts)), bounds=bounds)

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()
        for server in self._servers:
            server.close()
            await server.wait_closed()

    def _handler(self, say: Say) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.connections += 1
            try:
                self.requests.append(await reader.readuntil(b"\r\n\r\n"))
                await say(writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass  # the client has had enough, which is what the test is about
            finally:
                writer.close()

        return handle


@pytest.fixture
async def loopback() -> AsyncIterator[Loopback]:
    """Yield a small web, and close it."""
    small_web = Loopback()
    yield small_web
    await small_web.close()
