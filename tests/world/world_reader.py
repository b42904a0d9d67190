"""The way to the servers on loopback, and the smallest reader that a collector can be given."""

from __future__ import annotations

import hashlib
import ssl
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from footprint.collectors.catalog import collector
from footprint.errors import UnreadableError
from footprint.files import read_record
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Evidence, Page, UnknownReason
from footprint.model.observation import Observation
from footprint.model.plan import Request
from footprint.web.client import Client, Exchange
from footprint.web.publicness import closed

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""When the tests take place, for whatever asks: the case's consent is valid then."""


@dataclass(frozen=True)
class World:
    """How to reach the servers, and the case that may read them."""

    pinned: dict[str, tuple[str, int]]
    """Give it to Guard: the three names lead to the front, and nothing else does."""
    tls: ssl.SSLContext
    """Trusts the authority that was made for the front, and no other."""
    log: Path
    """Where the front writes a line for each request."""
    case: Path = Path(__file__).parent / "case"
    """Holds profile.toml, consent.toml, policy.toml and footprint.toml."""

    @property
    def candidate(self) -> Candidate:
        """Alma Ferrow, who owns an account or a site on each server."""
        return read_record(self.case / "profile.toml", Candidate)

    @property
    def authorisation(self) -> Authorisation:
        """What allows her three places to be read at `AT`."""
        return read_record(self.case / "consent.toml", Authorisation)

    def asked(self) -> tuple[str, ...]:
        """Return what the front says was asked of it: host, path and query, status."""
        return tuple(self.log.read_text("utf-8").splitlines())


@dataclass
class Reader:
    """The smallest Fetch that keeps the rules a collector must live with: the plan, its limits, and publicness."""

    client: Client
    urls: list[str] = field(default_factory=list)
    """Everything that was asked, in order."""
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each planned request was made."""
    missed: list[UnreadableError] = field(default_factory=list)
    """What each request that gave no page was missing for."""
    ended: UnreadableError | None = None
    """What the collector ended with, where `gather` ran it."""

    async def __call__(self, request: Request) -> Page:
        """Return the page that answers; raises UnreadableError where there is none."""
        try:
            return await self._page(request)
        except UnreadableError as error:
            self.missed.append(error)
            raise

    async def get(self, url: str, accept: str = "*/*") -> Exchange:
        """Ask a server directly, outside every plan: for tests of what it answers."""
        return await self.client.get(url, accept=accept, max_bytes=1_000_000)

    async def collect(self, candidate: Candidate, identifier: Identifier) -> list[Observation]:
        """Return everything that the identifier's collector yields."""
        return [observation async for observation in collector(identifier.kind).collect(candidate, identifier, self)]

    async def gather(self, candidate: Candidate, identifier: Identifier) -> list[Observation]:
        """Return everything that comes before the collector ends, and keep what it ends with."""
        found: list[Observation] = []
        try:
            async for observation in collector(identifier.kind).collect(candidate, identifier, self):
                found.append(observation)  # noqa: PERF401 - what came before an error counts
        except UnreadableError as error:
            self.ended = error
        return found

    async def _page(self, request: Request) -> Page:
        planned = request.planned
        if not planned.allows(request.url):
            raise UnreadableError(UnknownReason.OFF_PLAN)
        if self.used[planned.id, planned.identifier] >= planned.at_most:
            raise UnreadableError(UnknownReason.BUDGET)
        self.used[planned.id, planned.identifier] += 1
        self.urls.append(request.url)
        exchange = await self.client.get(request.url, accept=planned.accept, max_bytes=planned.max_bytes)
        if (shut := closed(exchange)) is not None:
            raise UnreadableError(shut.reason, shut.rule)
        if exchange.redirect is not None:
            raise UnreadableError(UnknownReason.OFF_HOST, "redirect")
        return Page(
            evidence=self._evidence(request, exchange),
            body=exchange.body,
            charset=exchange.charset,
            links=exchange.link_header,
        )

    def _evidence(self, request: Request, exchange: Exchange) -> Evidence:
        return Evidence(
            id=f"E{len(self.urls):04d}",
            source=request.planned.source,
            planned=request.planned.id,
            url=exchange.url,
            status=exchange.status,
            content_type=exchange.content_type,
            captured_at=AT,
            sha256=hashlib.sha256(exchange.body).hexdigest(),
            bytes=len(exchange.body),
            warc="world.warc.gz",
            offset=0,
            record_id=f"<urn:world:{len(self.urls)}>",
        )
