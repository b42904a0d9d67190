"""How an answer is framed: what is read as RFC 9112 says, and what is refused because it could be read in two ways."""

from __future__ import annotations

import asyncio
import tracemalloc
import zlib

import pytest

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.address import Address
from footprint.web.client import Bounds
from footprint.web.guard import Guard
from footprint.web.transport import GuardedTransport
from footprint.web.wire import MAX_LINE, Wire

OK = b"HTTP/1.1 200 OK\r\n"
LENGTH_2 = b"Content-Length: 2\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


async def said(content: bytes, *, pieces: int) -> tuple[int, bytes, bool]:
    """Return status, body and whether the connection may be used again, of an answer that comes in so many pieces."""
    wire = Wire(address="127.0.0.1", head=16_384, whole=100_000)

    async def arrive() -> None:
        size = max(1, -(-len(content) // pieces))
        for start in range(0, len(content), size):
            wire.data_received(content[start : start + size])
            await asyncio.sleep(0)
        wire.eof_received()

    arriving = asyncio.create_task(arrive())
    try:
        head = await wire.head()
        body = b"".join([chunk async for chunk in wire.chunks(head)])
    finally:
        await arriving
    return head.status, body, wire._is_whole


READ = [
    pytest.param(OK + LENGTH_2 + b"\r\nok", b"ok", True, id="a length"),
    pytest.param(OK + b"content-length: 2, 2\r\n\r\nok", b"ok", True, id="one length, twice"),
    pytest.param(OK + LENGTH_2 + LENGTH_2 + b"\r\nok", b"ok", True, id="one length, on two lines"),
    pytest.param(OK + LENGTH_2 + b"Connection: close\r\n\r\nok", b"ok", False, id="closes"),
    pytest.param(b"HTTP/1.0 200 OK\r\n" + LENGTH_2 + b"\r\nok", b"ok", False, id="HTTP/1.0"),
    pytest.param(
        b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" + LENGTH_2 + b"\r\nok", b"ok", True, id="HTTP/1.0 kept"
    ),
    pytest.param(OK + b"\r\nall of it", b"all of it", False, id="to the end"),
    pytest.param(OK + CHUNKED + b"\r\n2\r\nok\r\n0\r\n\r\n", b"ok", True, id="chunks"),
    pytest.param(
        OK + CHUNKED + b"\r\n1;a=b\r\no\r\n01 \r\nk\r\n0\r\nA: b\r\n\r\n", b"ok", True, id="chunks, all forms"
    ),
    pytest.param(OK + CHUNKED + LENGTH_2 + b"\r\n2\r\nok\r\n0\r\n\r\n", b"ok", False, id="a length beside chunks"),
    pytest.param(b"HTTP/1.1 103 Early\r\nLink: <a>\r\n\r\n" + OK + LENGTH_2 + b"\r\nok", b"ok", True, id="early hints"),
    pytest.param(b"HTTP/1.1 200\r\n" + LENGTH_2 + b"\r\nok", b"ok", True, id="no reason"),
    pytest.param(b"HTTP/1.1 200 OK\n" + LENGTH_2.replace(b"\r", b"") + b"\nok", b"ok", True, id="bare line feeds"),
    pytest.param(OK + b"X: one\r\n two\r\n" + LENGTH_2 + b"\r\nok", b"ok", True, id="a folded line"),
    pytest.param(b"HTTP/1.1 204 No\r\n\r\n", b"", True, id="no content"),
]


@pytest.mark.parametrize(("content", "body", "stays_open"), READ)
@pytest.mark.parametrize("pieces", [1, 7, 1000])
async def test_an_answer_is_read_however_it_is_cut(content: bytes, body: bytes, stays_open: bool, pieces: int) -> None:
    """The same answer comes of the same bytes, in one piece or byte by byte."""
    assert (await said(content, pieces=pieces))[1:] == (body, stays_open)


REFUSED = [
    pytest.param(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok!", id="two lengths"),
    pytest.param(OK + b"Content-Length: 2, 3\r\n\r\nok!", id="two lengths on one line"),
    pytest.param(OK + b"Content-Length: -1\r\n\r\n", id="a negative length"),
    pytest.param(OK + b"Content-Length: +2\r\n\r\nok", id="a length with a sign"),
    pytest.param(OK + b"Content-Length: 0x2\r\n\r\nok", id="a length in hex"),
    pytest.param(OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n", id="a length of thirty digits"),
    pytest.param(OK + b"Content-Length: 9\r\n\r\nshort", id="less than the length"),
    pytest.param(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", id="two codings"),
    pytest.param(OK + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", id="an unknown coding"),
    pytest.param(OK + CHUNKED + CHUNKED + b"\r\n0\r\n\r\n", id="chunked twice"),
    pytest.param(OK + CHUNKED + b"\r\n-2\r\nok\r\n0\r\n\r\n", id="a chunk of less than nothing"),
    pytest.param(OK + CHUNKED + b"\r\n0x2\r\nok\r\n0\r\n\r\n", id="a chunk's size with a mark"),
    pytest.param(OK + CHUNKED + b"\r\n" + b"f" * 17 + b"\r\nok", id="a chunk's size of seventeen digits"),
    pytest.param(OK + CHUNKED + b"\r\n2\r\nokay\r\n0\r\n\r\n", id="a chunk that is longer than it says"),
    pytest.param(OK + CHUNKED + b"\r\n2\r\nok", id="chunks cut off"),
    pytest.param(OK + CHUNKED + b"\r\n1;" + b"a" * MAX_LINE + b"\r\no\r\n0\r\n\r\n", id="a long extension"),
    pytest.param(OK + CHUNKED + b"\r\n1;" + b"a" * (MAX_LINE + 9), id="an extension without end"),
    pytest.param(OK + b"Bad Name: 1\r\n\r\n", id="a space in a name"),
    pytest.param(OK + b": 1\r\n\r\n", id="no name"),
    pytest.param(OK + b"Name\r\n\r\n", id="no colon"),
    pytest.param(OK + b"Name : 1\r\n\r\n", id="a space before the colon"),
    pytest.param(OK + b" folded onto nothing\r\n\r\n", id="a fold at the beginning"),
    pytest.param(OK + b"Name: a\rb\r\n\r\n", id="a bare carriage return"),
    pytest.param(OK + b"Name: a\0b\r\n\r\n", id="a zero"),
    pytest.param(b"HTTP/2.0 200 OK\r\n\r\n", id="another version"),
    pytest.param(b"HTTP/1.1 20 OK\r\n\r\n", id="a short status"),
    pytest.param(b"HTTP/1.1 2000 OK\r\n\r\n", id="a long status"),
    pytest.param(b"HTTP/1.1 101 Switching\r\n\r\n", id="another protocol"),
    pytest.param(b"<html>", id="no head"),
    pytest.param(b"", id="nothing"),
]


@pytest.mark.parametrize("content", REFUSED)
@pytest.mark.parametrize("pieces", [1, 1000])
async def test_what_could_be_read_in_two_ways_is_refused(content: bytes, pieces: int) -> None:
    """The answer is a fault of the protocol, and never a guess; no byte of it stands in the error."""
    with pytest.raises(UnreadableError, match=r"^transport: protocol$"):
        await said(content, pieces=pieces)


@pytest.mark.parametrize("name", ["User-Agent", "Accept"])
@pytest.mark.parametrize("value", [b"a\r\nHost: other.example", b"a\nb", b"a\rb", b"a\0b"])
async def test_a_value_cannot_begin_a_line_of_the_request(name: str, value: bytes) -> None:
    """Nothing is sent where a header would become two."""
    transport = GuardedTransport(Guard(pinned={"a.example": ("127.0.0.1", 9)}), pytest.fail, head=10, whole=10)

    with pytest.raises(UnreadableError, match="protocol"):
        await transport.get(Address("http", "a.example", None, "/"), [(name.encode(), value)])


async def test_a_gigabyte_packed_into_a_megabyte_costs_little(loopback) -> None:
    """A gzip bomb of 1 GiB ends as oversize, with less than 60 MB of memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = head + block * 1023
    say = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
    client = await loopback.answering(say % (len(bomb), bomb), bounds=Bounds(seconds=30))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableError) as raised:
            await client.get("http://page.example/", accept="text/html", max_bytes=12_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert zlib.decompressobj(31).decompress(head + block, 3 << 20) == bytes(2 << 20)
    assert raised.value.reason == UnknownReason.OVERSIZE
    assert peak < 60_000_000
