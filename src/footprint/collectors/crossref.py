"""Crossref: the works that publishers have registered under the candidate's ORCID iD."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from footprint.collectors.answer import Shape, origin, read
from footprint.collectors.asking import ask, lines, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import html_to_text

ROWS = 100
FIELDS = "DOI,title,author,container-title,issued"
PRECISIONS = ("", "api-year", "api-month", "api")
"""What a date of one, two or three parts is called: the first day stands for a year or a month."""


class _Affiliation(Shape):
    name: str = ""


class _Author(Shape):
    given: str = ""
    family: str = ""
    orcid: Annotated[str, Field(alias="ORCID")] = ""
    """As an address, with http or https."""
    is_authenticated: Annotated[bool, Field(alias="authenticated-orcid")] = False
    """True where the publisher says that the author logged in at ORCID; otherwise anybody may have typed it."""
    affiliation: Annotated[tuple[_Affiliation, ...], Field(max_length=1000)] = ()


class _Date(Shape):
    parts: Annotated[tuple[tuple[int | None, ...], ...], Field(alias="date-parts", max_length=10)] = ()


class _Work(Shape):
    doi: Annotated[str, Field(alias="DOI")]
    title: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    container: Annotated[tuple[str, ...], Field(alias="container-title", max_length=100)] = ()
    author: Annotated[tuple[_Author, ...], Field(max_length=20_000)] = ()
    issued: _Date = _Date()


class _Message(Shape):
    items: Annotated[tuple[_Work, ...], Field(max_length=ROWS)]


class _Answer(Shape):
    status: str
    message: _Message


class Crossref(Collector):
    """Reads titles of works by ORCID iD. Nobody is searched for by name."""

    manifest = manifest("crossref")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        query = f"filter=orcid:{identifier.handle}&rows={ROWS}&sort=issued&order=desc&select={FIELDS}"
        url = f"https://api.crossref.org/works?{query}"
        purpose = "titles of works registered under the ORCID iD"
        return (planned("crossref.works", identifier, url, purpose, max_bytes=8_000_000),)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield one observation a work. It is the candidate's own where the iD was authenticated, and by others else."""
        (request,) = self.plan(identifier)
        page = await ask(request, fetch)
        for place, work in enumerate(read(page, _Answer).message.items):
            author = next((one for one in work.author if one.orcid.endswith(f"/{identifier.handle}")), None)
            if author is not None:
                yield _observation(work, author, page=page, identifier=identifier, place=f"/message/items/{place}")


def _observation(work: _Work, author: _Author, *, page: Page, identifier: Identifier, place: str) -> Observation:
    at, precision = _moment(work.issued)
    is_own = author.is_authenticated
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.ARTICLE,
        text=lines(
            html_to_text(" ".join(work.title[:1])),
            html_to_text(" ".join(work.container[:1])),
            *(affiliation.name for affiliation in author.affiliation[:5]),
        ),
        engagement=Engagement.ORIGINAL if is_own else Engagement.BY_OTHERS,
        url=f"https://doi.org/{work.doi}",
        native_id=work.doi,
        posted_at=at,
        posted_at_from=precision,
        author_name=f"{author.given} {author.family}".strip(),
        author_account=identifier.key if is_own else "",
        place=place,
    )


def _moment(date: _Date) -> tuple[datetime | None, str]:
    """Return when a work came out, and how precisely that is said."""
    parts = [part for part in (date.parts[0] if date.parts else ()) if part is not None][:3]
    year, month, day = (*parts, 1, 1, 1)[:3]
    try:
        at = datetime(year, month, day, tzinfo=UTC) if parts else None
    except (ValueError, OverflowError):
        at = None
    if at is None:
        return None, ""
    return at, PRECISIONS[len(parts)]
