"""Brave's search index: pages that have the candidate's name in what the index shows of them."""

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

ROWS = 20
"""The most that the interface gives at once."""


class _Result(Shape):
    title: str
    url: str
    description: str = ""
    page_age: str | None = None
    language: str = ""


class _Web(Shape):
    results: Annotated[tuple[_Result, ...], Field(max_length=MAX_HITS)]


class _Answer(Shape):
    type: str
    web: _Web | None = None
    """Left out where there are none."""


class Brave(Collector):
    """Searches with the operator's own key. No page is opened, and no other search than for web pages is made."""

    manifest = manifest("brave")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        query = f"q={escaped(identifier.handle)}&count={ROWS}&result_filter=web&text_decorations=false"
        url = f"https://api.search.brave.com/res/v1/web/search?{query}"
        return (planned("brave.results", identifier, url, "titles and excerpts of pages that the index knows"),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return searched(request, fetch, _hits, identifier=identifier, candidate=candidate)


def _hits(page: Page) -> Iterator[Hit]:
    web = read(page, _Answer).web
    for place, found in enumerate(web.results if web is not None else ()):
        yield Hit(
            lines(html_to_text(found.title), html_to_text(found.description)),
            found.url,
            f"/web/results/{place}",
            at=moment_in(found.page_age),
            at_from="index",
            language=found.language[:35],
        )
