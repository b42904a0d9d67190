"""Companies House: officers of British companies who bear the candidate's name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, read
from footprint.collectors.asking import lines, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.collectors.search_results import MAX_HITS, Hit, searched
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest

SITE = "https://find-and-update.company-information.service.gov.uk"
ROWS = 50


class _Born(Shape):
    """The register shows the month as well. The year tells namesakes apart."""

    year: int


class _Address(Shape):
    locality: str | None = None
    """The town of the service address. Street and house are not read."""


class _Links(Shape):
    itself: Annotated[str, Field(alias="self", pattern=r"^/officers/[A-Za-z0-9_=-]{1,100}/appointments$")]


class _Officer(Shape):
    title: str
    appointment_count: int
    date_of_birth: _Born | None = None
    address: _Address | None = None
    links: _Links

    @property
    def line(self) -> str:
        """What the register shows of the officer, a line each."""
        # Beside the name, where attribution looks for what is said of its bearer.
        born = f", born {self.date_of_birth.year}" if self.date_of_birth is not None else ""
        town = self.address.locality if self.address is not None else None
        return lines(f"{self.title}{born}", town, f"Appointments: {self.appointment_count}")


class _Answer(Shape):
    items: Annotated[tuple[_Officer, ...], Field(max_length=MAX_HITS)]


class CompaniesHouse(Collector):
    """Searches the register with the operator's own key: name, year of birth, town and number of appointments."""

    manifest = manifest("companies-house")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        query = f"q={escaped(identifier.handle)}&items_per_page={ROWS}"
        url = f"https://api.company-information.service.gov.uk/search/officers?{query}"
        return (planned("companies-house.officers", identifier, url, "officers of the name searched for"),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return searched(request, fetch, _hits, identifier=identifier, candidate=candidate)


def _hits(page: Page) -> Iterator[Hit]:
    for place, officer in enumerate(read(page, _Answer).items):
        yield Hit(officer.line, f"{SITE}{officer.links.itself}", f"/items/{place}", named=(officer.title,))
