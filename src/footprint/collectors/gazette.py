"""The Gazette: insolvency notices that have the candidate's name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, read
from footprint.collectors.asking import lines, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.collectors.search_results import MAX_HITS, Hit, moment_in, searched
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest
from footprint.web.html import html_to_text

ROWS = 50
ACCEPT = "*/*"
"""The service answers 500 where JSON is asked for by name; what came back must be JSON all the same."""


class _Notice(Shape):
    id: str
    title: str
    content: str = ""
    published: str | None = None
    updated: str | None = None


class _Answer(Shape):
    entry: Annotated[tuple[_Notice, ...], Field(max_length=MAX_HITS)] | _Notice = ()
    """One notice stands alone, as where XML was made into JSON."""
    total: Annotated[str | int, Field(alias="f:total")]


class Gazette(Collector):
    """Searches the insolvency notices. Only where the role allows it; whether it does is for counsel to say."""

    manifest = manifest("gazette")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        query = f"text={escaped(identifier.handle)}&results-page-size={ROWS}"
        url = f"https://www.thegazette.co.uk/insolvency/notice/data.json?{query}"
        return (planned("gazette.notices", identifier, url, "insolvency notices of the name", accept=ACCEPT),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return searched(request, fetch, _hits, identifier=identifier, candidate=candidate)


def _hits(page: Page) -> Iterator[Hit]:
    answer = read(page, _Answer)
    notices = answer.entry if isinstance(answer.entry, tuple) else (answer.entry,)
    for place, notice in enumerate(notices):
        words = lines(notice.title, html_to_text(notice.content))
        at = moment_in(notice.published or notice.updated)
        yield Hit(words, notice.id, f"/entry/{place}", at=at, at_from="api")
