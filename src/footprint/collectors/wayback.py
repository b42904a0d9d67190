"""The Wayback Machine: when the candidate's own page was captured. No capture is opened."""

from __future__ import annotations

from collections.abc import AsyncIterator

from pydantic import TypeAdapter, ValidationError

from footprint.collectors.address import escaped
from footprint.collectors.answer import malformed
from footprint.collectors.asking import ask, planned
from footprint.collectors.captures import TYPES, captured, moments
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest

ROWS = 500
_ROWS = TypeAdapter(tuple[tuple[str, ...], ...])


class Wayback(Collector):
    """Asks the index for the captures of one address: at most one a month, those that were answered with 200."""

    manifest = manifest("wayback")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        query = (
            f"url={escaped(identifier.value)}&output=json&fl=timestamp,statuscode&filter=statuscode:200"
            f"&collapse=timestamp:6&limit={ROWS}"
        )
        url = f"https://web.archive.org/cdx/search/cdx?{query}"
        return (planned("wayback.captures", identifier, url, "when the page was captured", accept=TYPES),)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield one observation. Raises UnreadableError(ABSENT) where the index has no capture."""
        (request,) = self.plan(identifier)
        page = await ask(request, fetch)
        found = captured(
            moments(row[0] for row in _rows(page)),
            page,
            identifier,
            url=f"https://web.archive.org/web/*/{identifier.value}",
            archive="the Internet Archive",
        )
        if found is None:
            raise UnreadableError(UnknownReason.ABSENT, f"{request.id}: no capture")
        yield found


def _rows(page: Page) -> tuple[tuple[str, ...], ...]:
    """Return the rows below the row of titles; no capture is an empty list without one."""
    try:
        rows = _ROWS.validate_json(page.body, strict=True)
    except ValidationError:
        # Not chained: the message would quote the answer.
        raise malformed(page, "no table of captures") from None
    if rows and rows[0] != ("timestamp", "statuscode"):
        raise malformed(page, "other columns than those asked for")
    if any(len(row) != 2 for row in rows):
        raise malformed(page, "a row of another length")
    return rows[1:]
