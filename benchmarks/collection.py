"""Thirty sources on a loopback web that takes 100 ms for each answer, read by the line's own collect stage.

Fifteen sites that advertise a feed and fifteen feeds, each on a host of its own, with robots.txt, gate, WARC, database and
audit log in the path. Wall time stands against the longest polite chain: the requests of one host, each with its answer
and the pace between them, which no politeness could shorten. CPU time a request stands against httpx alone, asking the same
addresses side by side; the server is a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from benchmarks.demonstration import desk_in
from footprint.admission import Desk, Order
from footprint.clock import SystemClock
from footprint.collectors.catalog import manifest
from footprint.demo.clock import START
from footprint.files import read_record
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate, Identifier, IdentifierKind
from footprint.model.event import Action
from footprint.screening import Outlook, screen
from footprint.web.guard import Guard

DELAY = 0.1
SITES = tuple(f"site{number:02d}.test" for number in range(15))
FEEDS = tuple(f"feed{number:02d}.test" for number in range(15))
KIND = {True: "text/html; charset=utf-8", False: "application/rss+xml"}
PAGE = """<!doctype html><html><head><title>Mara Quill</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>
<body><article><h1>Notes</h1>{text}</article></body></html>"""
ITEM = "<item><title>Note {number}</title><link>http://{host}/{number}</link><pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate><description>{text}</description></item>"
TEXT = "<p>The bus was late again, and the river was high this morning.</p>" * 20


class BenchClock(SystemClock):
    """The machine's own pace, from the day of the demonstration on, so that its consent holds whenever this is run."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)

    def now(self) -> datetime:
        return (START + (datetime.now(UTC) - self._began)).replace(microsecond=0)


def answer(host: str, path: str) -> tuple[int, str, bytes]:
    """Return what a host says."""
    if path == "/robots.txt":
        return 404, "text/plain", b""
    if path == "/feed.xml":
        items = "".join(ITEM.format(number=number, host=host, text="The bus was late.") for number in range(20))
        return 200, KIND[False], f"<rss version='2.0'><channel><title>N</title>{items}</channel></rss>".encode()
    return 200, KIND[True], PAGE.format(text=TEXT).encode()


async def serve() -> None:
    """Answer on a free port, each request after the delay, and print the port."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                path = head.split(" ", 2)[1]
                host = next(line[5:].strip() for line in head.split("\r\n") if line.lower().startswith("host:"))
                status, kind, body = answer(host, path)
                await asyncio.sleep(DELAY)
                writer.write(
                    f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                )
                writer.write(body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def widen(folder: Path, order: Order) -> Order:
    """Write the profile and the consent of a candidate with thirty places."""
    sites = [Identifier(kind=IdentifierKind.WEBSITE, value=f"http://{host}/") for host in SITES]
    feeds = [Identifier(kind=IdentifierKind.FEED, value=f"http://{host}/feed.xml") for host in FEEDS]
    places = (*sites, *feeds)
    candidate = read_record(order.profile, Candidate).but(identifiers=places)
    consent = read_record(order.consent or order.profile, Authorisation)
    scope = consent.scope.but(sources=("website", "feed"), identifiers=tuple(place.key for place in places))
    profile, record = folder / "profile.json", folder / "consent.json"
    profile.write_bytes(candidate.canonical())
    record.write_bytes(consent.but(scope=scope).canonical())
    return Order(profile=profile, consent=record)


async def collected(folder: Path, port: int) -> dict[str, float]:
    """Return the wall and CPU seconds of the collect stage, and the requests that it made."""
    with desk_in(folder) as (made, order):
        desk = Desk(made.workspace, made.log, made.cases, BenchClock(), made.token, demonstration=True)
        outlook = Outlook(guard=Guard(pinned=dict.fromkeys((*SITES, *FEEDS), ("127.0.0.1", port))))
        wall = cpu = asked = 0.0
        # The line's first step is done when planning ends, its second when everything is collected.
        async for step in screen(widen(folder, order), desk, outlook):
            action = getattr(step, "action", None)
            if action is Action.PLANNED:
                wall, cpu = time.perf_counter(), time.process_time()
            elif action is Action.COLLECTED:
                wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
                asked = float(getattr(step, "counts", {})["asked"])
        return {"wall_s": wall, "cpu_s": cpu, "requests": asked + len(SITES) + len(FEEDS)}


async def bare(port: int) -> dict[str, float]:
    """Return the wall and CPU seconds of httpx alone on the same addresses, all hosts side by side."""
    paths: dict[str, tuple[str, ...]] = dict.fromkeys(SITES, ("/robots.txt", "/", "/feed.xml"))
    paths |= dict.fromkeys(FEEDS, ("/robots.txt", "/feed.xml"))
    async with httpx.AsyncClient() as client:

        async def read(host: str) -> None:
            for path in paths[host]:
                await client.get(f"http://127.0.0.1:{port}{path}", headers={"Host": host})

        wall, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(read(host) for host in paths))
        spent = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    return spent | {"requests": float(sum(len(each) for each in paths.values()))}


def longest_chain() -> float:
    """Return the seconds that a site's robots.txt, page and feed take one after the other, at the site's pace."""
    return 3 * DELAY + 2 * manifest("website").limits.seconds_between


def measure(runs: int = 3) -> dict[str, object]:
    """Print a table and return the figures."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.collection", "--serve"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        with tempfile.TemporaryDirectory() as scratch:
            ours = [asyncio.run(collected(Path(scratch, str(run)), port)) for run in range(runs)]
        alone = [asyncio.run(bare(port)) for _ in range(runs)]
    finally:
        server.terminate()
        server.wait()
    medians = {
        name: {key: statistics.median(run[key] for run in taken) for key in taken[0]}
        for name, taken in (("footprint", ours), ("httpx", alone))
    }
    print(f"{'':<12}{'wall s':>9}{'CPU s':>9}{'requests':>10}{'CPU ms each':>13}")
    each = {name: row["cpu_s"] / row["requests"] * 1000 for name, row in medians.items()}
    for name, row in medians.items():
        print(f"{name:<12}{row['wall_s']:>9.2f}{row['cpu_s']:>9.2f}{row['requests']:>10.0f}{each[name]:>13.2f}")
    figures: dict[str, object] = {
        "sources": len(SITES) + len(FEEDS),
        "wall_s": round(medians["footprint"]["wall_s"], 2),
        "longest_chain_s": round(longest_chain(), 2),
        "wall_ratio": round(medians["footprint"]["wall_s"] / longest_chain(), 2),
        "cpu_ms_a_request": round(each["footprint"], 2),
        "httpx_cpu_ms_a_request": round(each["httpx"], 2),
        "cpu_ratio": round(each["footprint"] / each["httpx"], 2),
    }
    print(json.dumps(figures))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--serve", action="store_true", help="only answer, for the measurement in another process")
    if parser.parse_args().serve:
        asyncio.run(serve())
    else:
        measure()


if __name__ == "__main__":
    main()
