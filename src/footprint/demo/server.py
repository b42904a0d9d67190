"""The demonstration web: every site of the cast, over TLS, on one loopback port."""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import sys
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from importlib.resources.abc import Traversable
from types import TracebackType
from typing import Self, cast

import trustme

from footprint.demo.sites import Answer, Files, Replies, built_in, reply
from footprint.demo.social import Social

LOOPBACK = "127.0.0.1"
DATE = "Fri, 20 Nov 2026 09:00:00 GMT"
"""The Date of every answer: the moment at which the demonstration's clock begins."""
SOFTWARE = "footprint-demo"


class DemoWeb:
    """Serve the sites while the context is open.

    `with DemoWeb() as web:` gives `web.pinned` for `Guard(pinned=...)` and `web.tls` for the client. The certificate
    comes from an authority that is made for this one run and never leaves the process.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self._sites = _load(built_in() if folder is None else folder)
        authority = trustme.CA()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        """For the client: checks host names, and trusts the authority of this run alone."""
        authority.configure_trust(self.tls)
        served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        served.minimum_version = ssl.TLSVersion.TLSv1_2
        authority.issue_cert(*sorted(self._sites)).configure_cert(served)
        self._served = served
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._before = 0
        self.pinned: dict[str, tuple[str, int]] = {}
        """Host name and the loopback address that answers for it; empty while nothing is served."""

    @property
    def requests(self) -> int:
        """Requests answered since this object was made."""
        return self._before + (self._server.requests if self._server is not None else 0)

    def __enter__(self) -> Self:
        self._server = _Server(self._sites, self._served)
        port = int(self._server.server_address[1])
        self.pinned = dict.fromkeys(sorted(self._sites), (LOOPBACK, port))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name=SOFTWARE, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        server, thread = self._server, self._thread
        if server is None or thread is None:
            return
        server.shutdown()
        thread.join()
        server.server_close()
        self._before, self._server, self._thread, self.pinned = self.requests, None, None, {}


class _Server(socketserver.ThreadingTCPServer):
    # Not daemons: closing the server then waits for each answer under way, and leaves no socket open.
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, sites: Mapping[str, tuple[Replies, ...]], context: ssl.SSLContext) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.sites = sites
        self.requests = 0
        self._counting = threading.Lock()
        self._open: set[socket.socket] = set()
        # The handshake happens with the first read, in the connection's own thread: a slow client holds up no other.
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def count(self) -> None:
        with self._counting:
            self.requests += 1

    def process_request(self, request: _Request, client_address: object) -> None:
        with self._counting:
            self._open.add(cast(socket.socket, request))
        super().process_request(request, client_address)

    def shutdown_request(self, request: _Request) -> None:
        with self._counting:
            self._open.discard(cast(socket.socket, request))
        super().shutdown_request(request)

    def server_close(self) -> None:
        with self._counting:
            idle = tuple(self._open)
        for connection in idle:
            # Past TLS: a connection that waits for a request is cut at once.
            socket.socket.shutdown(connection, socket.SHUT_RD)
        super().server_close()

    def handle_error(self, request: _Request, client_address: object) -> None:
        # A client that hangs up, or does not trust the authority, is no fault of the server.
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


_Request = socket.socket | tuple[bytes, socket.socket]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self) -> None:
        self._send(self._found(), with_body=True)

    def do_HEAD(self) -> None:
        self._send(self._found(), with_body=False)

    def do_POST(self) -> None:
        refusal = b"Only GET and HEAD are answered here.\n"
        self._server().count()
        self._send(Answer(405, "text/plain; charset=utf-8", refusal, headers=(("Allow", "GET, HEAD"),)), with_body=True)

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST

    def version_string(self) -> str:
        return SOFTWARE

    def date_time_string(self, timestamp: float | None = None) -> str:
        return DATE

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the addresses asked hold handles."""

    def _server(self) -> _Server:
        return cast(_Server, self.server)

    def _found(self) -> Answer:
        self._server().count()
        host = self.headers.get("Host", "").lower().removesuffix(":443")
        return reply(self._server().sites, host, self.path)

    def _send(self, answer: Answer, *, with_body: bool) -> None:
        packed = answer.gzip and "gzip" in self.headers.get("Accept-Encoding", "")
        # No time in the gzip header, so that equal answers have equal bytes.
        body = gzip.compress(answer.body, mtime=0) if packed else answer.body
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.gzip:
            self.send_header("Vary", "Accept-Encoding")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header(*(("Transfer-Encoding", "chunked") if answer.chunked else ("Content-Length", str(len(body)))))
        self.send_header("Connection", "close")
        self.end_headers()
        if with_body:
            self.wfile.write(_in_chunks(body) if answer.chunked else body)


def _in_chunks(body: bytes, size: int = 1024) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def _load(folder: Traversable) -> dict[str, tuple[Replies, ...]]:
    hosts = sorted((host for host in folder.iterdir() if host.is_dir()), key=lambda host: host.name)
    return {host.name: _site(host) for host in hosts}


def _site(folder: Traversable) -> tuple[Replies, ...]:
    files = Files.load(folder)
    return (files, Social.load(folder)) if (folder / "accounts.toml").is_file() else (files,)
