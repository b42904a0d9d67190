"""Handle presence on a local web: the product's engine, guard, client, pace and publicness, over real sockets.

In the path: rules and canaries (`collectors.handles`), bounded concurrency and results (`presence`), the pace of one
second a site, walls and opt-outs (`web.publicness`), the bounded client, the guard with each site's host pinned to
loopback. The special categories are let in: the sites are simulated. Not in the path: robots.txt, the authorisation, WARC,
audit log and database; with `--gate` the whole line is run, with all of these and the report.

    python -m benchmarks.handles --sites RULES.json --out VERDICTS.jsonl --timeout 10 NAME...
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import secrets
from pathlib import Path

from footprint.clock import FineClock
from footprint.collectors.handles import ACCEPT, MAX_BYTES, Probe
from footprint.collectors.handles_reading import Answer, Shut
from footprint.collectors.handles_rules import MAX_FILE_BYTES, RuleBook, SiteRule, read_rules
from footprint.files import read_bytes
from footprint.model.presence import Presence, Verdict
from footprint.sweep.presence import SITES_IN_PROGRESS, Round, sweep
from footprint.web.client import Bounds, Client
from footprint.web.guard import Guard
from footprint.web.pace import Pace
from footprint.web.probe import AT_ONCE, SECONDS_BETWEEN, Prober

WORDS = {Presence.FOUND: "claimed", Presence.NOT_FOUND: "absent", Presence.UNKNOWN: "unknown"}
USER_AGENT = "footprint (+mailto:bench@example.org)"
LOCAL = re.compile(r"127\.0\.0\.1:([0-9]{1,5})")


class Door:
    """Hands the engine's questions to the prober."""

    def __init__(self, prober: Prober) -> None:
        self._prober = prober

    async def __call__(self, probe: Probe) -> Answer:
        probed = await self._prober.ask(probe.url, place=probe.site.place, accept=ACCEPT, max_bytes=MAX_BYTES)
        exchange = probed.exchange
        return Answer(
            status=exchange.status,
            body=exchange.body,
            charset=exchange.charset,
            location=exchange.redirect or "",
            shut=Shut(*probed.closed) if probed.closed else None,
            wait=probed.wait,
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
        door = Door(prober)
        names_by_key = {name: name for name in names}
        round_ = Round(names_by_key, door, "zq" + secrets.token_hex(6))
        results = await sweep(book.sites, round_, in_progress=options.in_progress)
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
    parser.add_argument("--gate", action="store_true", help="run the whole line, with the gate and everything it keeps")
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    book = read_rules(read_bytes(options.sites, limit=MAX_FILE_BYTES), where=str(options.sites), special=True)
    if options.gate:
        from benchmarks.swept import whole_line  # it loads the whole product

        verdicts = asyncio.run(whole_line(options.sites, options.names, pinned(book.sites)))
    else:
        verdicts = asyncio.run(run(book, options.names, options))
    with options.out.open("w", encoding="utf-8") as file:
        for verdict in verdicts:
            line = {"site": verdict.site, "username": verdict.identifier, "verdict": WORDS[verdict.presence]}
            file.write(json.dumps(line | {"rule": verdict.rule, "reason": verdict.reason}) + "\n")
    print(len(verdicts), "verdicts,", len(book.rejected), "sites left out")


if __name__ == "__main__":
    main()
