"""Handle presence on a local web: the product's engine, guard, client, pace and publicness, over real sockets.

In the path: rules and canaries (`collectors.handles`), bounded concurrency and results (`presence`), the pace of one
second a site, walls and opt-outs (`web.publicness`), the bounded client, the guard with each site's host pinned to
loopback. Not in the path: robots.txt, WARC, audit log and database (`--record` adds the WARC and a synced log line for
every request, as the gate keeps them). The special categories are let in: the sites are simulated.

    python -m benchmarks.handles --sites RULES.json --out VERDICTS.jsonl --timeout 10 NAME...
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

from footprint.audit.log import AuditLog
from footprint.collectors.handles import Answer, Presence, Shut, Verdict
from footprint.collectors.handles_rules import MAX_FILE_BYTES, RuleBook, SiteRule, read_rules
from footprint.files import read_bytes
from footprint.model.event import Action, AuditEvent
from footprint.model.plan import Request
from footprint.presence import SITES_IN_PROGRESS, FineClock, sweep
from footprint.web.client import Bounds, Client, Exchange
from footprint.web.guard import Guard
from footprint.web.pace import Pace
from footprint.web.probe import AT_ONCE, SECONDS_BETWEEN, Prober
from footprint.web.publicness import Closed
from footprint.web.recorder import Recorder

WORDS = {Presence.FOUND: "claimed", Presence.NOT_FOUND: "absent", Presence.UNKNOWN: "unknown"}
USER_AGENT = "footprint (+mailto:bench@example.org)"
LOCAL = re.compile(r"127\.0\.0\.1:([0-9]{1,5})")


class Books:
    """Keeps each answer as the gate does: a WARC record and a line of the audit log, both on the disk before it is used."""

    def __init__(self, folder: Path) -> None:
        self._recorder = Recorder(
            folder, "handles", software="footprint", robots_policy="not in this path", user_agent=USER_AGENT
        )
        self._log = AuditLog(folder / "audit.jsonl")

    def keep(self, exchange: Exchange, shut: Closed | None) -> str:
        """Return the id of the record."""
        at = datetime.now(UTC).replace(microsecond=0)
        kept = self._recorder.keep(exchange, at=at, keep_body=shut is None)
        event = AuditEvent(
            at=at, actor="footprint", action=Action.REQUEST, ids={"record": kept.record_id}, result=str(exchange.status)
        )
        self._log.append(event)
        return kept.record_id


class Door:
    """Hands the engine's questions to the prober."""

    def __init__(self, prober: Prober, books: Books | None = None) -> None:
        self._prober = prober
        self._books = books

    async def __call__(self, request: Request) -> Answer:
        planned = request.planned
        probed = await self._prober.ask(
            request.url, place=planned.host, accept=planned.accept, max_bytes=planned.max_bytes
        )
        exchange = probed.exchange
        return Answer(
            status=exchange.status,
            body=exchange.body,
            charset=exchange.charset,
            location=exchange.redirect or "",
            shut=Shut(*probed.closed) if probed.closed else None,
            wait=probed.wait,
            evidence=self._books.keep(exchange, probed.closed) if self._books else "",
        )


def pinned(sites: tuple[SiteRule, ...]) -> dict[str, tuple[str, int]]:
    """Return the loopback places of the simulated sites; a rule that names another host is not pinned."""
    found = (LOCAL.fullmatch(site.place) for site in sites)
    return {match[0]: ("127.0.0.1", int(match[1])) for match in found if match}


async def run(book: RuleBook, names: list[str], options: argparse.Namespace) -> list[Verdict]:
    """Return every verdict."""
    client = Client(
        guard=Guard(pinned=pinned(book.sites)),
        user_agent=USER_AGENT,
        bounds=Bounds(seconds=options.timeout, wire_bytes=12_000_000),
    )
    prober = Prober(
        client,
        Pace(FineClock(), resolution=FineClock.RESOLUTION),
        at_once=options.at_once,
        seconds_between=options.between,
    )
    try:
        results = await sweep(
            book.sites,
            {name: name for name in names},
            Door(prober, Books(options.record) if options.record else None),
            made_up="zq" + secrets.token_hex(6),
            in_progress=options.in_progress,
        )
    finally:
        await client.aclose()
    return [verdict for result in results for verdict in result.verdicts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--at-once", type=int, default=AT_ONCE)
    parser.add_argument("--between", type=float, default=SECONDS_BETWEEN)
    parser.add_argument("--in-progress", type=int, default=SITES_IN_PROGRESS)
    parser.add_argument("--record", type=Path, metavar="FOLDER", help="keep a WARC and an audit log there")
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    book = read_rules(read_bytes(options.sites, limit=MAX_FILE_BYTES), where=str(options.sites), special=True)
    verdicts = asyncio.run(run(book, options.names, options))
    with options.out.open("w", encoding="utf-8") as file:
        for verdict in verdicts:
            line = {"site": verdict.site, "username": verdict.identifier, "verdict": WORDS[verdict.presence]}
            file.write(json.dumps(line | {"rule": verdict.rule, "reason": verdict.reason}) + "\n")
    print(len(verdicts), "verdicts,", len(book.rejected), "sites left out")


if __name__ == "__main__":
    main()
