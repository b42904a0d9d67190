"""An answer that goes wrong, on purpose or not, ends in time with one of our reasons."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import time

import pytest

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.client import Bounds

HTML = b"Content-Type: text/html; charset=UTF-8\r\n"


def answer(body: bytes = b"<p>hello</p>", *headers: bytes, status: bytes = b"200 OK", kind: bytes = HTML) -> bytes:
    """Return an answer with its length stated."""
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"HTTP/1.1 %s\r\n%s%sContent-Length: %d\r\n\r\n%s" % (status, kind, lines, len(body), body)


def chunked(*chunks: bytes) -> bytes:
    """Return an answer in chunks, without its last one."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return b"HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n%s" % (HTML, body)


async def _slowly(writer: asyncio.StreamWriter) -> None:
    for byte in answer(b"x" * 5000):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.02)


async def _never(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(1)


async def _headers_without_end(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: " + b"a" * 1000 + b"\r\n")
        await writer.drain()


async def _early_hints_without_end(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)
        await writer.drain()


async def _body_without_end(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n" + HTML + b"\r\n")
    while True:
        writer.write(b"x" * 65536)
        await writer.drain()


async def _chunks_that_say_little(writer: asyncio.StreamWriter) -> None:
    writer.write(chunked())
    while True:
        writer.write(b"1;" + b"e" * 1000 + b"\r\nx\r\n")
        await writer.drain()


async def _half_and_reset(writer: asyncio.StreamWriter) -> None:
    writer.write(answer(b"x" * 90)[:-40])
    await writer.drain()
    # No lingering: the connection is reset, not closed.
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


def _say(*parts: bytes):
    async def say(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return say


SMALL = Bounds(seconds=0.4, header_bytes=16_384, wire_bytes=50_000)

HOSTILE = {
    "slow-loris": (_slowly, UnknownReason.TIMEOUT, "0.4 s"),
    "no answer": (_never, UnknownReason.TIMEOUT, "0.4 s"),
    "endless headers": (_headers_without_end, UnknownReason.OVERSIZE, "header over 16384 bytes"),
    "endless early hints": (_early_hints_without_end, UnknownReason.OVERSIZE, "header over 16384 bytes"),
    "endless body": (_body_without_end, UnknownReason.OVERSIZE, "over 30000 bytes"),
    "chunk extensions": (_chunks_that_say_little, UnknownReason.OVERSIZE, "wire over 66384 bytes"),
    "nothing": (_say(), UnknownReason.TRANSPORT, "protocol"),
    "a reset": (_half_and_reset, UnknownReason.TRANSPORT, "connection"),
    "no HTTP": (_say(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), UnknownReason.TRANSPORT, "protocol"),
    "half a head": (_say(b"HTTP/1.1 200 OK\r\nContent-Ty"), UnknownReason.TRANSPORT, "protocol"),
    "half a body": (_say(answer(b"x" * 90)[:-40]), UnknownReason.TRANSPORT, "protocol"),
    "broken chunk": (_say(chunked(b"one"), b"zz\r\nfour\r\n"), UnknownReason.TRANSPORT, "protocol"),
    "chunks cut off": (_say(chunked(b"one", b"two")), UnknownReason.TRANSPORT, "protocol"),
    "header split": (_say(b"HTTP/1.1 200 OK\r\nBad\x00Name: 1\r\n\r\n"), UnknownReason.TRANSPORT, "protocol"),
    "two lengths": (_say(answer(b"ab", b"Content-Length: 9")), UnknownReason.TRANSPORT, "protocol"),
    "another protocol": (_say(answer(status=b"101 Switching")), UnknownReason.TRANSPORT, "protocol"),
    "odd status": (_say(answer(status=b"777 Odd")), UnknownReason.MALFORMED, "status"),
    "not gzip": (_say(answer(b"plain", b"Content-Encoding: gzip")), UnknownReason.MALFORMED, "not gzip"),
    "half a gzip": (
        _say(answer(gzip.compress(b"x" * 900)[:-9], b"Content-Encoding: gzip")),
        UnknownReason.MALFORMED,
        "gzip cut short",
    ),
    "a coding not asked for": (
        _say(answer(b"x", b"Content-Encoding: br")),
        UnknownReason.MALFORMED,
        "content coding",
    ),
    "two codings": (
        _say(answer(b"x", b"Content-Encoding: gzip, gzip")),
        UnknownReason.MALFORMED,
        "content coding",
    ),
    "gzip of nothing, often": (
        _say(answer(gzip.compress(b"") * 200, b"Content-Encoding: gzip")),
        UnknownReason.MALFORMED,
        "gzip members",
    ),
    "a picture": (
        _say(answer(b"GIF89a", kind=b"Content-Type: image/gif\r\n")),
        UnknownReason.MALFORMED,
        "content type image/gif",
    ),
    "no type": (_say(answer(kind=b"")), UnknownReason.MALFORMED, "content type missing"),
    "no type at all": (
        _say(answer(kind=b"Content-Type: Ada Example\r\n")),
        UnknownReason.MALFORMED,
        "content type missing",
    ),
    "too long": (_say(answer(b"x" * 30_001)), UnknownReason.OVERSIZE, "over 30000 bytes"),
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_a_hostile_answer_ends_with_a_named_reason(loopback, case: str) -> None:
    """Whatever a server does, the request ends in time with one of our reasons and no word of the page."""
    say, reason, detail = HOSTILE[case]
    client = loopback.client(await loopback.serve(say), bounds=SMALL)

    started = time.monotonic()
    with pytest.raises(UnreadableError) as raised:
        await client.get("http://page.example/", accept="text/html", max_bytes=30_000)
    error = raised.value

    assert (error.reason, error.detail) == (reason, detail)
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert time.monotonic() - started < 20
