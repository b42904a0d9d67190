"""The operator's own yente (OpenSanctions): entries of sanctions lists and of office holders under the candidate's name."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, read
from footprint.collectors.asking import lines, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.collectors.search_results import Hit, searched
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest

ROWS = 20
_YEAR = re.compile(r"(\d{4})(-\d{2}){0,2}")

Texts = Annotated[tuple[str, ...], Field(max_length=2000)]


class _Properties(Shape):
    """The properties that are read; all others, some of which hold whole entities, are passed over."""

    name: Texts = ()
    alias: Texts = ()
    born: Annotated[Texts, Field(alias="birthDate")] = ()
    topics: Texts = ()
    country: Texts = ()


class _Entity(Shape):
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,255}$")]
    caption: str
    schema_name: Annotated[str, Field(alias="schema")]
    properties: _Properties
    datasets: Texts = ()

    @property
    def words(self) -> str:
        """What the entry says, a line each. Its score is no identity, and is not read."""
        years = {found[1] for found in map(_YEAR.fullmatch, self.properties.born) if found is not None}
        # Several years of birth are several persons in one entry, or a doubt: neither says which.
        born = f", born {years.pop()}" if len(years) == 1 else ""
        return lines(
            f"{self.caption}{born}",
            ", ".join(self.properties.country),
            ", ".join(self.properties.topics),
            ", ".join(self.datasets),
        )


class _Answer(Shape):
    results: Annotated[tuple[_Entity, ...], Field(max_length=ROWS)]


class OpenSanctions(Collector):
    """Searches an instance that the operator runs, by GET. The scored matching asks by POST, and so is not used."""

    manifest = manifest("opensanctions")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        url = f"https://{identifier.home}/search/default?q={escaped(identifier.handle)}&limit={ROWS}&simple=true"
        return (planned("opensanctions.results", identifier, url, "entries under the name searched for"),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return searched(request, fetch, _hits, identifier=identifier, candidate=candidate)


def _hits(page: Page) -> Iterator[Hit]:
    for place, entity in enumerate(read(page, _Answer).results):
        yield Hit(
            entity.words,
            f"https://www.opensanctions.org/entities/{entity.id}/",
            f"/results/{place}",
            native_id=entity.id,
            named=(entity.caption, *entity.properties.name, *entity.properties.alias),
        )
