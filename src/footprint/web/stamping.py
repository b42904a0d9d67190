"""Ask a time-stamp authority for a stamp over a digest: the one request of this program that has a body (ADR 0012).

The body is built here from 32 bytes, so nothing but a digest can leave by it. The same guard judges the address, and the
same kinds of bounds hold: one exchange, no redirect, no cookie, a limit in bytes and one in time.
"""

from __future__ import annotations

import asyncio
import ssl

from footprint import __version__
from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.client import default_tls
from footprint.web.guard import Guard
from footprint.web.transport import Connections, Origin
from footprint.web.wire import Head

SECONDS = 20.0
"""For the whole exchange."""
MAX_HEAD = 16 * 1024
MAX_ANSWER = 64 * 1024
"""A stamp with its certificates has a few thousand bytes."""

_BEFORE_DIGEST = bytes.fromhex("3039020101 3031 300d 0609608648016503040201 0500 0420")
_AFTER_DIGEST = bytes.fromhex("0101ff")


def query(digest: bytes) -> bytes:
    """Return the time-stamp query over a SHA-256 digest (RFC 3161 section 2.4.1): version 1, no nonce, certificate wanted.

    Raises ValueError unless it is 32 bytes.
    """
    if len(digest) != 32:
        msg = "a SHA-256 digest has 32 bytes"
        raise ValueError(msg)
    return _BEFORE_DIGEST + digest + _AFTER_DIGEST


async def ask_for_stamp(
    url: str, digest: bytes, *, guard: Guard, tls: ssl.SSLContext | None = None, seconds: float = SECONDS
) -> bytes:
    """Return an authority's answer to the query over a digest, not yet verified (RFC 3161 section 3.4).

    Raises UnreadableError: ADDRESS, TIMEOUT, TRANSPORT, OVERSIZE, or MALFORMED for what is not a time-stamp answer.
    """
    parsed = guard.parse(url)
    body = query(digest)
    fields = (
        f"POST {parsed.target} HTTP/1.1",
        f"Host: {parsed.netloc}",
        f"User-Agent: footprint/{__version__}",
        "Content-Type: application/timestamp-query",
        f"Content-Length: {len(body)}",
        "Accept: application/timestamp-reply",
        "Connection: close",
    )
    request = "\r\n".join((*fields, "", "")).encode("ascii") + body
    try:
        async with asyncio.timeout(seconds):
            return await _exchange(Origin(parsed.scheme, *parsed.place), request, guard, tls)
    except TimeoutError:
        raise UnreadableError(UnknownReason.TIMEOUT, f"{seconds:g} s") from None


async def _exchange(origin: Origin, request: bytes, guard: Guard, tls: ssl.SSLContext | None) -> bytes:
    connections = Connections(guard, lambda: tls or default_tls(), head=MAX_HEAD, whole=MAX_ANSWER)
    wire = await connections.take(origin)
    try:
        wire.send(request)
        head = await wire.head()
        _check(head)
        return b"".join([chunk async for chunk in wire.chunks(head)])
    finally:
        await wire.aclose()


def _check(head: Head) -> None:
    """Refuse what is not a time-stamp answer, before its body is read."""
    if head.status != 200:
        raise UnreadableError(UnknownReason.MALFORMED, f"status {head.status}")
    kinds = [
        value.partition(b";")[0].strip().lower() for name, value in head.headers if name.lower() == b"content-type"
    ]
    if kinds != [b"application/timestamp-reply"]:
        raise UnreadableError(UnknownReason.MALFORMED, "content type")
