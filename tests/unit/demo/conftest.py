"""What the tests of the demonstration share: the web itself, and a way to ask it that decodes nothing on its own."""

from __future__ import annotations

import http.client
import io
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from footprint.demo.server import DemoWeb


@dataclass(frozen=True)
class Heard:
    """What came back: every byte, and its parts."""

    raw: bytes
    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Heard]


def _hear(web: DemoWeb, url: str, *, method: str = "GET", host: str | None = None, accept_encoding: str = "") -> Heard:
    """Ask for one URL over TLS, with the host checked, and return what came back until the server closed."""
    parts = urlsplit(url)
    head = [f"{method} {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1"]
    head += [f"Host: {host or parts.netloc}", "Connection: close"]
    head += [f"Accept-Encoding: {accept_encoding}"] if accept_encoding else []
    plain = socket.create_connection(web.pinned[parts.netloc], timeout=10)
    with web.tls.wrap_socket(plain, server_hostname=parts.netloc) as connection:
        connection.sendall(("\r\n".join(head) + "\r\n\r\n").encode("ascii"))
        raw = b"".join(iter(lambda: connection.recv(65536), b""))
    response = http.client.HTTPResponse(_Held(raw), method=method)
    response.begin()
    return Heard(raw, response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


class _Held:
    """Bytes that are read as if from a socket."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def makefile(self, _mode: str) -> io.BytesIO:
        """Return the bytes as a file."""
        return io.BytesIO(self._raw)


@pytest.fixture(scope="session")
def demo_web() -> Iterator[DemoWeb]:
    with DemoWeb() as web:
        yield web


@pytest.fixture
def hear() -> Ask:
    """Return the way to ask a web that a test opened itself."""
    return _hear


@pytest.fixture
def ask(demo_web: DemoWeb) -> Ask:
    """Return the way to ask the web that all tests share."""
    return lambda url, **options: _hear(demo_web, url, **options)
