"""GDELT: newspaper articles whose titles have the candidate's name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, read
from footprint.collectors.asking import planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.collectors.search_results import MAX_HITS, Hit, searched
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest

LANGUAGES = {
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "estonian": "et",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "norwegian": "no",
    "polish": "pl",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
    "turkish": "tr",
    "ukrainian": "uk",
}
"""Names of languages and their tags (RFC 5646); of another language nothing is said."""


class _Article(Shape):
    url: str
    title: str
    seendate: str = ""
    """`20260819T010000Z`: when GDELT saw it, not when it came out."""
    language: str = ""
    """In English words."""


class _Answer(Shape):
    articles: Annotated[tuple[_Article, ...], Field(max_length=MAX_HITS)] = ()
    """Left out where there are none."""


class Gdelt(Collector):
    """Searches the news of about the last three months. No article is opened."""

    manifest = manifest("gdelt")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        query = f"query={escaped(identifier.handle)}&mode=artlist&format=json&maxrecords={MAX_HITS}&sort=datedesc"
        url = f"https://api.gdeltproject.org/api/v2/doc/doc?{query}"
        return (planned("gdelt.articles", identifier, url, "titles of articles that have the words searched for"),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return searched(request, fetch, _hits, identifier=identifier, candidate=candidate)


def _hits(page: Page) -> Iterator[Hit]:
    for place, article in enumerate(read(page, _Answer).articles):
        yield Hit(
            article.title,
            article.url,
            f"/articles/{place}",
            at=_seen(article.seendate),
            at_from="index",
            language=LANGUAGES.get(article.language.lower(), ""),
        )


def _seen(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
