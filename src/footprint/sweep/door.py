"""The gate's second door: one small question to each of many sites, which a 404 answers as well as a page.

A probe passes the same steps as a page does (`gate`), in the same order:

 (1) authorise: the consent on file is asked again
 (2) plan: the site is one that `footprint plan` counted, the name one that the plan names, the address the rule's own
 (3) again: what this case has been told already is read out without a second visit
 (4) robots: what the site asks of machines (RFC 9309), once a run
 (5) pace: one question at a time a site, one second apart; after the wait (1) once more
 (6) visits: the budget of visits to one address about the candidate; a canary is counted and has no limit
 (7) fetch: one GET, no cookie, no body, bounded; no redirect is followed
 (8) publicness: walls and opt-outs
 (9) record: one WARC record, one row, one audit event, written together with others (`books`), before the answer is used

Bodies are kept of answers about the candidate's name that may be used. Of a canary, which is a stranger's page or
nobody's, and of a page behind a wall, only the head is kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from footprint.authority import Authority
from footprint.casefile import CaseFile
from footprint.collectors.handles import ACCEPT, KNOWN_TRIED, MAX_BYTES, Probe, Purpose
from footprint.collectors.handles_reading import Answer, Shut, read
from footprint.errors import RefusedError, UnreadableError
from footprint.ledger import ROBOTS, Ledger, Tally
from footprint.model.event import Action
from footprint.model.evidence import Evidence, UnknownReason
from footprint.model.presence import SOURCE, Sweep
from footprint.sweep.books import Books, Entry
from footprint.web.client import Client, Exchange
from footprint.web.pace import Pace
from footprint.web.probe import AT_ONCE, judged
from footprint.web.publicness import Closed
from footprint.web.robots import Robots, robots_url

MAX_REDIRECTS = 5
ROBOTS_BYTES = 2_000_000
EACH_AT_MOST = 2
"""Times that one address is asked in a run: once more after a short pause that the site asked for."""

UNLIMITED = 1_000_000


@dataclass(frozen=True)
class Street:
    """What the door moves to reach a site, and the manners it keeps."""

    client: Client
    pace: Pace
    seconds_between: float = 1.0
    at_once: int = AT_ONCE
    """Answers awaited at one time, over all sites."""


class Said(NamedTuple):
    """One exchange, and what `publicness` makes of it."""

    exchange: Exchange
    closed: Closed | None


class Door:
    """Puts probes to the sites of a plan, and hands back what they said."""

    def __init__(
        self,
        case: CaseFile,
        authority: Authority,
        sweep: Sweep,
        street: Street,
        books: Books,
        ledger: Ledger,
        *,
        names: Mapping[str, str],
        made_up: str,
    ) -> None:
        self._case = case
        self._authority = authority
        self._street = street
        self._books = books
        self._ledger = ledger
        self._names = {key: name for key, name in names.items() if key in sweep.identifiers}
        self._made_up = made_up
        self._sites = {(site.name, site.address) for site in sweep.sites}
        self._slots = asyncio.Semaphore(street.at_once)
        self._asked: dict[str, int] = {}
        self._robots: dict[str, Robots] = {}
        told = (kept for key in self._names for kept in case.evidence.all(key))
        self._kept = {(kept.url, kept.planned): kept for kept in told if not kept.truncated}
        """What the case was told before it was resumed, where the whole of it is kept."""

    async def __call__(self, probe: Probe) -> Answer:
        """Return what a site says of a name; see `collectors.handles.Ask`."""
        self._authorise(probe)  # (1)
        self._check_plan(probe)  # (2)
        kept = self._kept.get((probe.url, probe.planned))
        if kept is not None:
            return self._again(kept)  # (3)
        async with self._street.pace.lock(probe.site.place):
            await self._check_robots(probe)  # (4)
            await self._wait(probe)  # (5)
            await self._take_visit(probe)  # (6)
            said = await self._visit(probe, probe.url, planned=probe.planned)  # (7) (8)
        answer = _answer(said, wait=self._street.pace.asked(probe.site.place))
        evidence = await self._keep(probe, said, answer)  # (9)
        return _answer(said, wait=answer.wait, evidence=evidence.id)

    def _authorise(self, probe: Probe) -> None:
        """(1) Ask the consent on file. A refusal is one audit event and ends the run."""
        try:
            self._authority.check(SOURCE, probe.identifier)
        except RefusedError as error:
            ids = {"source": SOURCE, "planned": probe.planned}
            self._case.note(Action.REQUEST_WITHHELD, ids=ids, rules=(error.rule,), result="refused")
            raise

    def _check_plan(self, probe: Probe) -> None:
        """(2) Refuse a site, a name or an address that is not of the plan, and a third time."""
        site = probe.site
        names: dict[Purpose, Collection[str | None]] = {
            Purpose.KNOWN: site.known[:KNOWN_TRIED],
            Purpose.MADE_UP: [self._made_up],
            Purpose.ACCOUNT: [self._names.get(probe.identifier)],
        }
        is_planned = (site.name, site.uri_check) in self._sites and probe.identifier in self._names
        if not is_planned or probe.name not in names[probe.purpose] or probe.url != site.address(probe.name):
            raise self._withheld(probe, UnknownReason.OFF_PLAN)
        self._asked[probe.url] = self._asked.get(probe.url, 0) + 1
        if self._asked[probe.url] > EACH_AT_MOST:
            raise self._withheld(probe, UnknownReason.BUDGET)

    def _withheld(self, probe: Probe, reason: UnknownReason) -> UnreadableError:
        """Note that something was not asked, and return the error that says why."""
        digests = {"address": self._case.commit(probe.url)}
        ids = {"source": SOURCE, "planned": probe.planned}
        self._case.note(Action.REQUEST_WITHHELD, ids=ids, digests=digests, result=f"unknown:{reason}")
        return UnreadableError(reason, probe.planned)

    def _again(self, kept: Evidence) -> Answer:
        """(3) Read out what this case was told already."""
        stored = self._case.read_again(kept)
        exchange = Exchange(url=stored.url, status=stored.status, headers=stored.headers, body=stored.body)
        return _answer(Said(exchange, judged(exchange)), wait=0.0, evidence=kept.id)

    async def _check_robots(self, probe: Probe) -> None:
        """(4) Obey robots.txt, asked for once a run."""
        address = robots_url(probe.url)
        if address not in self._robots:
            self._robots[address] = await self._ask_robots(probe, address)
        if not self._robots[address].allows(probe.url):
            raise self._withheld(probe, UnknownReason.ROBOTS)

    async def _ask_robots(self, probe: Probe, address: str) -> Robots:
        kept = self._kept.get((address, ROBOTS))
        if kept is not None and kept.is_page:
            stored = self._case.read_again(kept)
            return Robots.of(stored.status, stored.body)
        for _ in range(MAX_REDIRECTS + 1):
            await self._wait(probe)
            try:
                exchange, _ = await self._visit(probe, address, planned=ROBOTS)
            except UnreadableError:
                return Robots.unreachable()
            entry = self._entry(probe, address, planned=ROBOTS, exchange=exchange, result=str(exchange.status))
            await self._books.keep(entry)
            if exchange.redirect is None:
                return Robots.of(exchange.status, exchange.body)
            if not _is_near(exchange.redirect, probe.site.place):
                break
            address = exchange.redirect
        # RFC 9309 2.3.1.2 would let it count as missing; to read nothing is the careful reading.
        return Robots.unreachable()

    async def _wait(self, probe: Probe) -> None:
        """(5) Wait for the site's turn; a site that asks for a long pause is left alone. Then (1) once more."""
        if self._street.pace.too_far(probe.site.place):
            raise self._withheld(probe, UnknownReason.RATE_LIMITED)
        await self._street.pace.turn(probe.site.place, self._street.seconds_between)
        self._authorise(probe)

    async def _take_visit(self, probe: Probe) -> None:
        """(6) Count the visit, or refuse one beyond the budget. A canary is about nobody who is screened."""
        budget = self._authority.granted.scope.max_visits if probe.purpose is Purpose.ACCOUNT else UNLIMITED
        if not await self._books.take_visit(probe.url, at_most=budget):
            raise self._withheld(probe, UnknownReason.BUDGET)

    async def _visit(self, probe: Probe, url: str, *, planned: str) -> Said:
        """(7) and (8): ask, and judge the answer. What was sent is recorded also where no answer came."""
        async with self._slots:
            self._count(probe).asked += 1
            self._ledger.watch(probe.identifier)
            accept, most = ("*/*", ROBOTS_BYTES) if planned == ROBOTS else (ACCEPT, MAX_BYTES)
            try:
                exchange = await self._street.client.get(url, accept=accept, max_bytes=most, error_bytes=most)
            except UnreadableError as error:
                await self._books.keep(self._no_answer(probe, url, planned, UnknownReason(error.reason)))
                raise
            except asyncio.CancelledError:
                self._books.keep_now((self._no_answer(probe, url, planned, UnknownReason.INTERRUPTED),))
                raise
        self._street.pace.obey(probe.site.place, exchange)
        return Said(exchange, None if planned == ROBOTS else judged(exchange))

    async def _keep(self, probe: Probe, said: Said, answer: Answer) -> Evidence:
        """(9) Write the answer down before anyone reads it."""
        is_usable = read(probe.site, probe.name, answer).fault is None
        keeps_body = is_usable and probe.purpose is Purpose.ACCOUNT
        if said.closed is None or is_usable:
            self._count(probe).answered += 1
        result = str(said.exchange.status) if is_usable or said.closed is None else f"unknown:{said.closed.reason}"
        entry = self._entry(
            probe,
            probe.url,
            planned=probe.planned,
            exchange=said.exchange,
            result=result,
            shut=None if is_usable else said.closed,
            keeps_body=keeps_body,
        )
        evidence = await self._books.keep(entry)
        if evidence is None:
            raise TypeError("an answer has evidence")
        return evidence

    def _entry(
        self,
        probe: Probe,
        url: str,
        *,
        planned: str,
        result: str,
        exchange: Exchange | None = None,
        shut: Closed | None = None,
        keeps_body: bool = True,
        reason: str = "",
    ) -> Entry:
        now = self._case.desk.clock.now()
        return Entry(probe.identifier, planned, url, now, exchange, result, reason, shut, keeps_body)

    def _no_answer(self, probe: Probe, url: str, planned: str, reason: UnknownReason) -> Entry:
        return self._entry(probe, url, planned=planned, result=f"unknown:{reason}", reason=reason)

    def _count(self, probe: Probe) -> Tally:
        return self._ledger.tallies[probe.identifier]


def _answer(said: Said, *, wait: float, evidence: str = "") -> Answer:
    exchange, shut = said
    return Answer(
        status=exchange.status,
        body=exchange.body,
        charset=exchange.charset,
        location=exchange.redirect or "",
        shut=Shut(*shut) if shut is not None else None,
        wait=wait,
        evidence=evidence,
    )


def _is_near(target: str, place: str) -> bool:
    """Say whether a robots.txt stays with its site: the same host, with or without `www.`."""
    host = urlsplit(target).netloc.lower()
    return host.removeprefix("www.") == place.removeprefix("www.") or host.endswith(f".{place}")
