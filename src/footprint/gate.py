"""The gate: the only door to the web.

A collector gets `Gate.fetch` and nothing else. Each request passes the same steps, in this order:

 (1) authorise: the consent on file is asked again
 (2) plan: the address is one that `footprint plan` printed, and there are not too many of them
 (3) again: what this case has read already is handed out without a second visit
 (4) robots: what the site asks of machines (RFC 9309), where the source is not a documented interface
 (5) pace: one request at a time a host, no faster than the manifest says; after the wait (1) once more
 (6) visits: the budget of visits to one address, over all runs on this person (RIPA 2000 s.26; LAW RIPA-2)
 (7) fetch: one GET, no cookie, no body, bounded; a redirect is a request of its own and passes (3) to (9) again
 (8) publicness: walls and opt-outs; a closed page keeps no body
 (9) record: one WARC record, one row, one audit event

What gives no page becomes an Unknown with a reason from a closed list, and the run goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from footprint.authority import Authority
from footprint.casefile import CaseFile
from footprint.collectors.interface import Manifest
from footprint.errors import RefusedError, SourceStopped, UnreadableError
from footprint.ledger import ROBOTS, Ledger
from footprint.model.event import Action
from footprint.model.evidence import Evidence, Page, UnknownReason
from footprint.model.plan import Plan, Request
from footprint.model.report import StopReason
from footprint.web.client import Client, Exchange
from footprint.web.pace import Pace
from footprint.web.publicness import closed
from footprint.web.robots import Robots, robots_url
from footprint.web.stated import REFUSED, Stated, stated

MAX_REDIRECTS = 5
ROBOTS_BYTES = 2_000_000
"""RFC 9309 section 2.5 asks for at least 500 KiB; a longer one is read to there, a far longer one not at all."""


_UNDECIDED = frozenset({UnknownReason.BUDGET, UnknownReason.INTERRUPTED})
"""Reasons that say nothing of the place."""


@dataclass(frozen=True)
class Web:
    """What the gate moves to reach a page, and the manners it keeps."""

    client: Client
    pace: Pace
    manifests: Mapping[str, Manifest]
    seconds_between: float = 1.0
    """The workspace's own lower bound on the pace."""
    keyed: Mapping[str, Client] = field(default_factory=dict)
    """For a source that the operator has a key to: the client that puts it on. robots.txt is asked for without."""


class Gate:
    """Hands out pages, one checked request at a time."""

    def __init__(self, case: CaseFile, authority: Authority, plan: Plan, web: Web, ledger: Ledger) -> None:
        self._case = case
        self._authority = authority
        self._web = web
        self._ledger = ledger
        self._used: dict[tuple[str, str], int] = {}
        self._robots: dict[str, Robots] = {}
        self._hosts: dict[str, set[str]] = {}
        for entry in plan.entries:
            self._hosts.setdefault(entry.request.source, set()).add(entry.request.host)

    async def fetch(self, request: Request) -> Page:
        """Return the page that answers a planned request; see `collectors.interface.Fetch`."""
        self._check_entry(request)
        tally = self._ledger.tally(request)
        tally.last, asked = request, tally.asked
        try:
            page = await self._pass(request)
            tally.answered += 1
        except UnreadableError as error:
            self._ledger.miss(request, error, sent=tally.asked > asked)
            raise
        finally:
            tally.waiting = 0.0
            self._ledger.show(request)
        return page

    def _check_entry(self, request: Request) -> None:
        """(2) Refuse a request that claims a line of the plan that is not there."""
        entry = self._ledger.entry(request)
        if entry is None or entry.request != request.planned:
            ids = {"source": request.planned.source, "planned": request.planned.id}
            self._case.note(Action.REQUEST_WITHHELD, ids=ids, result=f"unknown:{UnknownReason.OFF_PLAN}")
            raise UnreadableError(UnknownReason.OFF_PLAN, request.planned.id)

    async def _pass(self, request: Request) -> Page:
        self._authorise(request)  # (1)
        self._check_plan(request)  # (2)
        first = request
        for _ in range(MAX_REDIRECTS + 1):
            kept = self._case.evidence.find(request.url, request.planned.id)
            if kept is not None and kept.is_page:
                return self._again(request, kept)  # (3)
            async with self._web.pace.lock(_host(request)):
                await self._check_robots(request)  # (4)
                await self._wait(request)  # (5)
                self._authorise(request)
                self._take_visit(request, first)  # (6)
                answer = await self._visit(request)  # (7) (8) (9)
            if isinstance(answer, Page):
                return answer
            request = self._follow(request, answer)
        raise UnreadableError(UnknownReason.TRANSPORT, f"more than {MAX_REDIRECTS} redirects")

    def _authorise(self, request: Request) -> None:
        """(1) Ask the consent on file. A refusal is one audit event and ends the run."""
        planned = request.planned
        try:
            self._authority.check(planned.source, planned.identifier)
        except RefusedError as error:
            ids = {"source": planned.source, "planned": planned.id}
            self._case.note(Action.REQUEST_WITHHELD, ids=ids, rules=(error.rule,), result="refused")
            raise

    def _check_plan(self, request: Request) -> None:
        """(2) Refuse what `footprint plan` did not print."""
        planned = request.planned
        if not planned.allows(request.url):
            raise UnreadableError(UnknownReason.OFF_PLAN, planned.id)
        key = (planned.id, planned.identifier)
        self._used[key] = self._used.get(key, 0) + 1
        if self._used[key] > planned.at_most:
            self._ledger.tally(request).stop = StopReason.LIMIT
            raise UnreadableError(UnknownReason.BUDGET, f"{planned.id}: {planned.at_most} requests")

    def _again(self, request: Request, kept: Evidence) -> Page:
        """(3) Hand out what this case has read already."""
        stored = self._case.read_again(kept)
        self._ledger.tally(request).asked += 1
        return _page(kept, Exchange(url=stored.url, status=stored.status, headers=stored.headers, body=stored.body))

    async def _check_robots(self, request: Request) -> None:
        """(4) Obey robots.txt, asked for once a run, unless the source is a documented interface."""
        if self._web.manifests[request.planned.source].terms.robots != "obey":
            return
        address = robots_url(request.url)
        if address not in self._robots:
            self._robots[address] = await self._ask_robots(request, address)
        if not self._robots[address].allows(request.url):
            raise UnreadableError(UnknownReason.ROBOTS, "RFC 9309")

    async def _ask_robots(self, request: Request, address: str) -> Robots:
        kept = self._case.evidence.find(address, ROBOTS)
        if kept is not None and kept.is_page:
            stored = self._case.read_again(kept)
            return Robots.of(stored.status, stored.body)
        await self._wait(request)
        for _ in range(MAX_REDIRECTS + 1):
            self._authorise(request)
            try:
                exchange = await self._get(request, address, accept="*/*", max_bytes=ROBOTS_BYTES, robots=True)
            except UnreadableError:
                return Robots.unreachable()
            self._ledger.keep(request, address, exchange, robots=True)
            if exchange.redirect is None:
                return Robots.of(exchange.status, exchange.body)
            if not self._may_follow(request, exchange.redirect):
                break
            address = exchange.redirect
        # RFC 9309 2.3.1.2 would let it count as missing; to read nothing is the careful reading.
        return Robots.unreachable()

    async def _wait(self, request: Request) -> None:
        """(5) Wait for the host's turn; a host that asks for a long pause is left alone."""
        host = _host(request)
        if self._web.pace.too_far(host):
            raise SourceStopped(UnknownReason.RATE_LIMITED, "a long pause was asked for")
        manifest = self._web.manifests[request.planned.source]
        between = max(manifest.limits.seconds_between, self._web.seconds_between)
        self._ledger.tally(request).waiting = between
        self._ledger.show(request)
        await self._web.pace.turn(host, between)
        self._ledger.tally(request).waiting = 0.0

    def _take_visit(self, request: Request, first: Request) -> None:
        """(6) Count the visit, or refuse one beyond the budget; `first` is the request before any redirect."""
        budget = self._authority.granted.scope.max_visits
        if self._case.take_visit(request.url, at_most=budget):
            return
        known = self._case.evidence.find_unknown(first.url, first.planned.id)
        if known is None or known.reason in _UNDECIDED:
            raise UnreadableError(UnknownReason.BUDGET, f"RIPA-2: {budget} visits")
        # (3) for what was closed: a resumed case hands out again what it found, without a visit.
        self._ledger.tally(first).asked += 1
        stops = known.reason is UnknownReason.RATE_LIMITED
        raise (SourceStopped if stops else UnreadableError)(known.reason, known.detail)

    async def _visit(self, request: Request) -> Page | str:
        """(7) to (9): return the page, or the address that a redirect leads to."""
        planned = request.planned
        self._ledger.tally(request).asked += 1
        self._ledger.show(request)
        exchange = await self._get(request, request.url, accept=planned.accept, max_bytes=planned.max_bytes)
        shut = (REFUSED if self._refuses(request, exchange) else None) or closed(exchange)
        evidence = self._ledger.keep(request, request.url, exchange, shut=shut)
        if shut is not None:
            stops = shut.reason is UnknownReason.RATE_LIMITED
            raise (SourceStopped if stops else UnreadableError)(shut.reason, f"{shut.rule} {exchange.status}")
        if exchange.redirect is not None:
            return exchange.redirect
        return _page(evidence, exchange)

    async def _get(self, request: Request, url: str, *, accept: str, max_bytes: int, robots: bool = False) -> Exchange:
        """(7) Ask. What was sent is recorded (9) also where no answer came, or Ctrl-C came before it."""
        client = self._web.client if robots else self._web.keyed.get(request.planned.source, self._web.client)
        try:
            exchange = await client.get(url, accept=accept, max_bytes=max_bytes)
        except UnreadableError as error:
            self._ledger.keep_failure(request, url, error.reason, robots=robots)
            raise
        except asyncio.CancelledError:
            self._ledger.keep_failure(request, url, UnknownReason.INTERRUPTED, robots=robots)
            raise
        self._web.pace.obey(_host(request), exchange, None if robots else self._stated(request, exchange))
        return exchange

    def _stated(self, request: Request, exchange: Exchange) -> Stated | None:
        """Return the limit that the body states, where the source's manifest says that it may."""
        return stated(exchange, self._web.manifests[request.planned.source].limits.stated)

    def _refuses(self, request: Request, exchange: Exchange) -> bool:
        said = self._stated(request, exchange)
        return said is not None and said.refuses

    def _follow(self, request: Request, target: str) -> Request:
        """Return the request that a redirect asks for."""
        if not self._may_follow(request, target):
            raise UnreadableError(UnknownReason.OFF_HOST, "redirect")
        return Request(planned=request.planned, url=target)

    def _may_follow(self, request: Request, target: str) -> bool:
        """Only to hosts that the plan names for this source, and never down to http."""
        parts = urlsplit(target)
        same_or_safer = parts.scheme in ("https", urlsplit(request.url).scheme)
        return same_or_safer and parts.netloc.lower() in self._hosts[request.planned.source]


def _page(evidence: Evidence, exchange: Exchange) -> Page:
    return Page(evidence=evidence, body=exchange.body, charset=exchange.charset, links=exchange.link_header)


def _host(request: Request) -> str:
    return urlsplit(request.url).netloc.lower()
