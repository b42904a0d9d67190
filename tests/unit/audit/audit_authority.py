"""A time-stamp authority made with openssl, for tests."""

from __future__ import annotations

import subprocess
import threading
import time
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = An invented time-stamp authority
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamping]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_chain = no
"""


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def made(folder: Path) -> Path:
    """Make an authority in a folder: `ca.pem` is what its stamps are checked by."""
    (folder / "tsa.cnf").write_text(CONFIG, encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-config", "tsa.cnf")
    openssl(
        folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-extensions", "authority"
    )
    openssl(folder, "req", *key, "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl(
        folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "20",
        "-extfile", "tsa.cnf", "-extensions", "stamping", "-out", "tsa.pem",
    )  # fmt: skip
    return folder


def answered(folder: Path, request: bytes) -> bytes:
    """Return the authority's answer to a request."""
    (folder / "request.tsq").write_bytes(request)
    openssl(
        folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request.tsq", "-signer", "tsa.pem",
        "-inkey", "tsa.key", "-out", "answer.tsr",
    )  # fmt: skip
    return (folder / "answer.tsr").read_bytes()


class ServedAuthority:
    """The authority behind HTTP on loopback; it remembers what it was sent. `mode` says how it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mode = "stamp"
        self.received: list[tuple[str, dict[str, str], bytes]] = []
        """Request line, header fields and body of each request."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def place(self) -> tuple[str, int]:
        return "127.0.0.1", self._server.server_port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, body: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body of the answer."""
        kind = "application/timestamp-reply"
        return {
            "stamp": lambda: (200, kind, answered(self.folder, body)),
            "page": lambda: (200, "text/html", b"<p>Hello"),
            "error": lambda: (500, kind, b""),
            "moved": lambda: (302, kind, b""),
            "other": lambda: (200, kind, answered(self.folder, body[:-4] + bytes((body[-4] ^ 1,)) + body[-3:])),
            "garbage": lambda: (200, kind, b"no stamp"),
            "long": lambda: (200, kind, b"x" * 100_000),
        }[self.mode]()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, authority: ServedAuthority, *words: object) -> None:
        self._authority = authority
        super().__init__(*words)  # type: ignore[arg-type]

    def do_POST(self) -> None:  # the name that http.server asks for
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._authority.received.append((self.requestline, dict(self.headers), body))
        if self._authority.mode == "silent":
            time.sleep(1)
            return
        status, kind, content = self._authority.answer(body)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(OSError):  # who asked may have left
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
