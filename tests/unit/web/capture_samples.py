"""WARC files as the gate's recorder writes them: pages, a repeated body, a redirect, a closed page, a failure."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from footprint.web.client import Exchange
from footprint.web.recorder import Kept, Recorder
from footprint.web.wacz import WarcFile

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SITE = "https://page.example"


def recorder(folder: Path, name: str = "run-1") -> Recorder:
    """Return a recorder as the gate makes it."""
    return Recorder(folder, name, software="footprint/0.1", robots_policy="obeyed", user_agent="footprint/0.1")


def answer(path: str, body: bytes = b"<p>hello</p>", *, status: int = 200, **headers: str) -> Exchange:
    """Return an answer as the client gives it."""
    named = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"}
    return Exchange(
        url=f"{SITE}{path}",
        status=status,
        reason="OK",
        request_headers=(("Host", "page.example"), ("User-Agent", "footprint/0.1")),
        headers=tuple((named | {name.replace("_", "-"): value for name, value in headers.items()}).items()),
        raw_body=gzip.compress(body, mtime=0),
        body=body,
        address="127.0.0.1",
    )


def keep_some(folder: Path, name: str = "run-1") -> list[Kept]:
    """Keep one of everything, a second apart."""
    writer = recorder(folder, name)
    answers = [
        answer("/"),
        answer("/again"),
        answer("/B?z=1&a=2", b"other"),
        answer("/away", b"", status=302, Location="/there"),
    ]
    kept = [writer.keep(exchange, at=AT + timedelta(seconds=number)) for number, exchange in enumerate(answers)]
    kept.append(writer.keep(answer("/members", status=403), at=AT + timedelta(seconds=4), keep_body=False))
    kept.append(writer.keep_failure(f"{SITE}/slow", at=AT + timedelta(seconds=5), reason="timeout"))
    return kept


def capture(path: Path) -> WarcFile:
    """Return a WARC file as the packing takes it."""
    return WarcFile(path.name, partial(path.open, "rb"))


def in_memory(name: str, content: bytes) -> WarcFile:
    """Return bytes as the packing takes them."""
    return WarcFile(name, lambda: BytesIO(content))
