"""Connections: kept for the next page of the same host, and for nothing else."""

from __future__ import annotations

import asyncio
import ssl

import pytest

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web import transport
from footprint.web.body import BodyReader
from footprint.web.client import Bounds, Client
from footprint.web.guard import Guard
from footprint.web.wire import Wire

HEAD = b"Content-Type: text/html\r\n"
OK = b"HTTP/1.1 200 OK\r\n" + HEAD + b"Content-Length: 2\r\n\r\nhi"


class Host:
    """A server that answers each request of a connection with the same bytes, and counts the connections."""

    def __init__(self, *parts: bytes, pause: float = 0.0) -> None:
        self.parts, self.pause = parts, pause
        self.connections = self.closed = self.requests = 0

    async def __aenter__(self) -> Host:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.place = self.server.sockets[0].getsockname()[:2]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()
        await self.server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.last = writer
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                self.requests += 1
                for part in self.parts:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(self.pause)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.closed += 1
        finally:
            writer.close()


def client(*hosts: Host, seconds: float = 5.0) -> Client:
    """Return a client to which `h0.example`, `h1.example` and so on are those servers."""
    pinned = {f"h{number}.example": host.place for number, host in enumerate(hosts)}
    return Client(guard=Guard(pinned=pinned), user_agent="footprint", bounds=Bounds(seconds=seconds))


async def get(asking: Client, number: int = 0, max_bytes: int = 10**6) -> bytes:
    return (await asking.get(f"http://h{number}.example/", accept="text/html", max_bytes=max_bytes)).body


async def test_hosts_do_not_share_connections() -> None:
    """Each host has its own connection, and keeps it."""
    async with Host(OK) as first, Host(OK.replace(b"hi", b"ho")) as second:
        asking = client(first, second)

        assert [await get(asking, number) for number in (0, 1, 0, 1)] == [b"hi", b"ho", b"hi", b"ho"]
        await asking.aclose()
    assert (first.connections, second.connections) == (1, 1)


async def test_one_connection_carries_one_answer_at_a_time() -> None:
    """Two requests at once to one host take two connections; both are kept."""
    async with Host(OK, pause=0.05) as host:
        asking = client(host)

        await asyncio.gather(get(asking), get(asking))
        await asyncio.gather(get(asking), get(asking))
        await asking.aclose()
    assert (host.connections, host.requests) == (2, 4)


async def test_the_oldest_connection_is_closed_where_too_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more connections are kept than the bound says."""
    monkeypatch.setattr(transport, "MAX_IDLE", 1)
    async with Host(OK) as first, Host(OK) as second:
        asking = client(first, second)

        for number in (0, 1, 0):
            await get(asking, number)
        await asking.aclose()
    assert (first.connections, second.connections) == (2, 1)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        pytest.param(
            (OK.replace(b"Content-Length", b"Connection: close\r\nContent-Length"),), "it says so", id="close"
        ),
        pytest.param((b"HTTP/1.1 204 No Content\r\n\r\n",), "a 204 may be followed by a body", id="204"),
    ],
)
async def test_a_doubtful_connection_is_not_used_again(parts: tuple[bytes, ...], why: str) -> None:
    """A connection on which anything could be left over is closed: it would be read as the next answer's head."""
    async with Host(*parts) as host:
        asking = client(host)

        await get(asking)
        await asyncio.sleep(0.05)
        await get(asking)
        await asking.aclose()
    assert host.connections == 2, why


async def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    """A server may close what it has had enough of; the next request opens another."""
    async with Host(OK) as host:
        asking = client(host)
        await get(asking)
        host.last.close()
        await asyncio.sleep(0.05)

        assert await get(asking) == b"hi"
        await asking.aclose()
    assert host.connections == 2


async def test_a_page_not_read_to_its_end_closes_its_connection() -> None:
    """An answer over the limit leaves nothing open."""
    long = b"HTTP/1.1 200 OK\r\n" + HEAD + b"Content-Length: 3000000\r\n\r\n" + b"x" * 3_000_000
    async with Host(long) as host:
        asking = client(host)

        with pytest.raises(UnreadableError, match="oversize"):
            await get(asking, max_bytes=1000)
        await asyncio.sleep(0.05)
        assert host.closed == 1
        await asking.aclose()


async def test_a_long_page_arrives_whole_through_a_small_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender that is faster than the reader waits, and nothing is lost or doubled."""
    monkeypatch.setattr("footprint.web.wire.BUFFERED", 1000)
    body = bytes(number % 251 for number in range(2_000_000))
    async with Host(b"HTTP/1.1 200 OK\r\n" + HEAD + b"Content-Length: 2000000\r\n\r\n", body) as host:
        asking = client(host)

        assert await get(asking, max_bytes=3_000_000) == body
        await asking.aclose()


async def test_few_large_pages_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many hosts send large pages side by side, only some are taken in; the others wait and then come whole."""
    monkeypatch.setattr("footprint.web.client.LARGE_BYTES", 1000)
    monkeypatch.setattr("footprint.web.client.LARGE_AT_ONCE", 1)
    held = most = 0
    finish, feed = BodyReader.finish, BodyReader.feed

    def counting_feed(self: BodyReader, chunk: bytes) -> bool:
        nonlocal held, most
        was_small = self.size <= 300_000
        wanted = feed(self, chunk)
        if was_small and self.size > 300_000:
            held += 1
            most = max(most, held)
        return wanted

    def counting_finish(self: BodyReader) -> None:
        nonlocal held
        held -= 1
        finish(self)

    monkeypatch.setattr(BodyReader, "feed", counting_feed)
    monkeypatch.setattr(BodyReader, "finish", counting_finish)
    page = b"HTTP/1.1 200 OK\r\n" + HEAD + b"Content-Length: 4000000\r\n\r\n" + b"x" * 4_000_000
    async with Host(page) as first, Host(page) as second, Host(page) as third:
        asking = client(first, second, third)

        bodies = await asyncio.gather(*(get(asking, number, max_bytes=5_000_000) for number in range(3)))
        await asking.aclose()
    assert [len(body) for body in bodies] == [4_000_000] * 3
    assert most == 1


async def test_a_timeout_leaves_no_connection_behind() -> None:
    """What never answers is closed when the time is over."""
    async with Host(b"", pause=30) as host:
        asking = client(host, seconds=0.1)

        with pytest.raises(UnreadableError) as raised:
            await get(asking)
        await asyncio.sleep(0.01)
        await asking.aclose()
    assert raised.value.reason is UnknownReason.TIMEOUT


async def test_a_server_that_speaks_no_tls_is_named() -> None:
    """A handshake that fails is a transport failure with the word TLS, and nothing of what was received."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        guard = Guard(pinned={"h0.example": server.sockets[0].getsockname()[:2]})
        asking = Client(guard=guard, user_agent="footprint", tls=ssl.create_default_context())

        with pytest.raises(UnreadableError, match="transport: TLS"):
            await asking.get("https://h0.example/", accept="text/html", max_bytes=1000)
        await asking.aclose()


async def test_a_port_where_nobody_listens_is_named() -> None:
    """A refused connection is a transport failure."""
    async with Host(OK) as host:
        place = host.place
    asking = Client(guard=Guard(pinned={"h0.example": place}), user_agent="footprint")

    with pytest.raises(UnreadableError, match="transport: connect"):
        await get(asking)


def unopened() -> Wire:
    return Wire(address="127.0.0.1", head=1000, whole=1000)


async def test_a_wire_that_is_not_open_sends_nothing() -> None:
    """What was never opened, or is closed already, says so."""
    wire = unopened()

    with pytest.raises(UnreadableError, match="transport: connection"):
        wire.send(b"GET / HTTP/1.1")
    await wire.aclose()


async def test_a_wire_tells_the_end_from_a_fault() -> None:
    """A connection that ends before an answer is a fault of the protocol; one that breaks, of the connection."""
    ended, broken = unopened(), unopened()
    ended.eof_received()
    broken.connection_lost(ConnectionResetError())

    with pytest.raises(UnreadableError, match="transport: protocol"):
        await ended.head()
    with pytest.raises(UnreadableError, match="transport: connection"):
        await broken.head()
