"""The operator's own SearXNG: pages that have the candidate's name in what the engines show of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, read
from footprint.collectors.asking import lines, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.collectors.search_results import Hit, moment_in, searched
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest

MAX_RESULTS = 500
"""Several engines answer at once, and some give all they have."""


class _Result(Shape):
    url: str
    title: str
    content: str | None = None
    published: Annotated[str | None, Field(alias="publishedDate")] = None


class _Answer(Shape):
    results: Annotated[tuple[_Result, ...], Field(max_length=MAX_RESULTS)]
    silent: Annotated[tuple[object, ...], Field(alias="unresponsive_engines", max_length=MAX_RESULTS)] = ()
    """Engines that did not answer the instance, each with why."""


class SearXNG(Collector):
    """Searches through an instance that the operator runs. No page is opened."""

    manifest = manifest("searxng")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        url = f"https://{identifier.home}/search?q={escaped(identifier.handle)}&format=json"
        return (planned("searxng.results", identifier, url, "titles and excerpts of pages that the engines know"),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return searched(request, fetch, _hits, identifier=identifier, candidate=candidate)


def _hits(page: Page) -> Iterator[Hit]:
    """Yield what was found; raise UnreadableError at the end where engines were silent, so that it is no whole answer."""
    answer = read(page, _Answer)
    for place, found in enumerate(answer.results):
        words = lines(found.title, found.content)
        yield Hit(words, found.url, f"/results/{place}", at=moment_in(found.published), at_from="index")
    if answer.silent:
        detail = f"{page.evidence.planned}: {len(answer.silent)} engines did not answer"
        raise UnreadableError(UnknownReason.SERVER_ERROR, detail)
