"""A server on loopback, over TLS, that gives one kind of answer to every host it is asked for, and keeps what it was sent."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import NamedTuple, Self

import trustme

LOOPBACK = "127.0.0.1"
MAX_HEAD = 64 * 1024
BLOCK = b" " * 65_536
REST_SECONDS = 1.0
"""How long the client may take to hang up."""


class Manner(Enum):
    """How a body is sent."""

    WHOLE = "whole"
    ENDLESS = "endless"
    """Without a length, and on until the client has had enough."""
    NEVER = "never"
    """No answer at all; the connection stays open."""


@dataclass(frozen=True)
class Given:
    """One answer."""

    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    manner: Manner = Manner.WHOLE


class Asked(NamedTuple):
    """One request, as it came over the wire."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    """Names in lower case."""

    def header(self, name: str) -> str:
        """Return the value of a header; empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def url(self) -> str:
        """The address that was asked."""
        return f"https://{self.header('host')}{self.target}"


class Loopback:
    """Serves while the context is open. `pinned` is for the guard, `tls` for the client."""

    def __init__(self, hosts: Iterable[str], answer: Callable[[Asked], Given]) -> None:
        self._answer = answer
        self._names = sorted({host.partition(":")[0] for host in hosts})
        self._hosts = sorted(set(hosts))
        authority = trustme.CA()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority.configure_trust(self.tls)
        self.authority = authority.cert_pem.bytes()
        """The certificate authority of this one server, in PEM form."""
        self._served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*self._names).configure_cert(self._served)
        self.asked: list[Asked] = []
        self.bodies = b""
        """What came after the heads: requests of ours have nothing there."""
        self.pinned: dict[str, tuple[str, int]] = {}
        self._closing = asyncio.Event()
        self._serving: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._begin, LOOPBACK, 0, ssl=self._served, limit=MAX_HEAD)
        port = int(self._server.sockets[0].getsockname()[1])
        self.pinned = dict.fromkeys(self._hosts, (LOOPBACK, port))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.close()
        await self._server.wait_closed()
        if self._serving:
            await asyncio.wait(self._serving)

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A client that has had enough hangs up in the middle: that is what some of the answers are for.
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await reader.readuntil(b"\r\n\r\n")
            asked = _asked(head)
            self.asked.append(asked)
            await self._give(self._answer(asked), writer)
            self.bodies += await _rest(reader)
        with suppress(OSError):
            writer.close()
            await writer.wait_closed()

    async def _give(self, given: Given, writer: asyncio.StreamWriter) -> None:
        if given.manner is Manner.NEVER:
            await self._closing.wait()
            return
        lines = [f"HTTP/1.1 {given.status} As-Told", f"Content-Type: {given.content_type}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in given.headers]
        if given.manner is Manner.WHOLE:
            lines.append(f"Content-Length: {len(given.body)}")
        writer.write("\r\n".join((*lines, "", "")).encode("latin-1") + given.body)
        await writer.drain()
        while given.manner is Manner.ENDLESS and not self._closing.is_set() and not writer.is_closing():
            writer.write(BLOCK)
            await writer.drain()
            # `drain` does not wait while there is room, nor once the client has hung up.
            await asyncio.sleep(0)


async def _rest(reader: asyncio.StreamReader) -> bytes:
    try:
        return await asyncio.wait_for(reader.read(MAX_HEAD), REST_SECONDS)
    except TimeoutError:
        return b""


def _asked(head: bytes) -> Asked:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines if line)
    return Asked(method, target, tuple((name.lower(), value.strip()) for name, _, value in pairs))
