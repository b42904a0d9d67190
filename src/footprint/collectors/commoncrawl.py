"""Common Crawl: when its newest crawl captured the candidate's own page. No capture is opened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, malformed, read_list
from footprint.collectors.asking import ask, planned
from footprint.collectors.captures import TYPES, captured, moments
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest

HOST = "https://index.commoncrawl.org"
CRAWLS = 1000
ROWS = 100


class _Crawl(Shape):
    id: Annotated[str, StringConstraints(pattern=r"^CC-MAIN-[0-9A-Za-z-]{1,40}$")]
    """It goes into an address, so it may be nothing but letters, digits and hyphens."""


class _Row(Shape):
    timestamp: str
    status: str = ""
    """Left out of a revisit record."""


class CommonCrawl(Collector):
    """Asks the index of the newest crawl for the captures of one address."""

    manifest = manifest("commoncrawl")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        crawls = planned("commoncrawl.crawls", identifier, f"{HOST}/collinfo.json", "which crawl is the newest")
        captures = crawls.but(
            id="commoncrawl.captures",
            template=f"{HOST}/{{crawl}}-index?url={escaped(identifier.value)}&output=json&limit={ROWS}",
            purpose="when the page was captured",
            accept=TYPES,
        )
        return (crawls, captures)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield one observation. Raises UnreadableError(ABSENT) where the crawl has no capture."""
        first, second = self.plan(identifier)
        page = await ask(first, fetch)
        crawls = read_list(page, _Crawl, at_most=CRAWLS)
        if not crawls:
            raise malformed(page, "no crawl")
        # Newest first, as the index lists them.
        page = await fetch(second.at(second.template.replace("{crawl}", crawls[0].id)))
        times = moments(row.timestamp for row in _rows(page) if row.status in ("", "200"))
        found = captured(times, page, identifier, url=identifier.value, archive=f"Common Crawl ({crawls[0].id})")
        if found is None:
            raise UnreadableError(UnknownReason.ABSENT, f"{second.id}: no capture")
        yield found


def _rows(page: Page) -> list[_Row]:
    """Return the lines of JSON; an empty body is no capture."""
    found = [line for line in page.body.splitlines() if line.strip()]
    if len(found) > ROWS:
        raise malformed(page, f"{len(found)} lines, {ROWS} at most expected")
    try:
        return [_Row.model_validate_json(line) for line in found]
    except ValidationError:
        # Not chained: the message would quote the answer.
        raise malformed(page, "a line that is no capture") from None
