"""OpenAlex: the author that it has put together under the candidate's ORCID iD."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.answer import Shape, origin, read
from footprint.collectors.asking import ask, lines, other_account, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest

MAX_PLACES = 20


class _Institution(Shape):
    display_name: str | None = None


class _Affiliation(Shape):
    institution: _Institution
    years: Annotated[tuple[int, ...], Field(max_length=500)] = ()

    @property
    def line(self) -> str:
        """`Fenwick College (2015-2020)`."""
        name = self.institution.display_name or ""
        return f"{name} ({min(self.years)}-{max(self.years)})" if name and self.years else name


class _Author(Shape):
    id: str
    orcid: str | None = None
    display_name: str
    affiliations: Annotated[tuple[_Affiliation, ...], Field(max_length=2000)] = ()
    works_count: int = 0


class OpenAlex(Collector):
    """Reads the name, the institutions and the number of works of one author. Which works are whose is reckoned there,
    by statistics, so that all of it is what others say."""

    manifest = manifest("openalex")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        url = f"https://api.openalex.org/authors/orcid:{identifier.handle}"
        purpose = "name, institutions and number of works of the author under the ORCID iD"
        return (planned("openalex.author", identifier, url, purpose),)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        page = await ask(request, fetch)
        author = read(page, _Author)
        if not (author.orcid or "").endswith(f"/{identifier.handle}"):
            raise other_account(page)
        places = sorted(author.affiliations, key=lambda found: max(found.years, default=0), reverse=True)
        yield Observation(
            **origin(page, identifier),
            kind=ObservationKind.ARTICLE,
            text=lines(
                author.display_name,
                *(affiliation.line for affiliation in places[:MAX_PLACES]),
                f"{author.works_count} works",
            ),
            engagement=Engagement.BY_OTHERS,
            url=author.id,
            native_id=author.id.rpartition("/")[2],
            place="/display_name",
        )
