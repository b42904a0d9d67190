"""What a collector is: a manifest that is data, a plan that is pure, and a reader that is given its only way out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Literal, Protocol

from pydantic import Field

from footprint.model.candidate import Candidate, Identifier, IdentifierKind
from footprint.model.evidence import Page
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest, Request
from footprint.model.record import Id, Line, Record


class Fetch(Protocol):
    """The only way out. The gate gives it; a collector can reach the web by nothing else."""

    async def __call__(self, request: Request) -> Page:
        """Return the page that answers a planned request.

        Raises UnreadableError where this request gave no page; the gate has already noted the Unknown, and the
        collector may go on with its next request. Raises SourceStopped where nothing more is to be asked of the
        source; a collector lets it pass. Raises RefusedError where the authorisation ended; everybody lets it pass.
        """
        ...


class Limits(Record):
    """The pace of a source."""

    seconds_between: Annotated[float, Field(ge=0.1, le=60)] = 1.0
    """Between two requests to one host."""
    honours: tuple[Line, ...] = ()
    """Names of the headers in which the source states its own limits."""


class Terms(Record):
    """What the source's operator asks for."""

    robots: Literal["obey", "not-applicable"]
    robots_reason: Line | None = None
    """Why robots.txt does not apply: `documented API`."""
    terms_url: Line
    terms_reviewed: date
    commercial_use: Literal["allowed", "restricted", "forbidden", "unknown"]
    respects: tuple[Line, ...] = ()
    """The opt-out signals that the collector obeys."""


class Manifest(Record):
    """What a source is and what is read there. TOML beside the collector; readable without importing it."""

    id: Id
    version: Line
    title: Line
    consumes: tuple[IdentifierKind, ...]
    produces: tuple[Line, ...]
    access: Literal["official-api", "feed", "public-page"]
    reads: Line
    """What is read there and what is not, in one sentence for the candidate."""
    documentation: Line
    """Address of the provider's own documentation of the shapes that are parsed."""
    limits: Limits
    terms: Terms


class Collector(ABC):
    """Reads one public source."""

    manifest: Manifest

    @abstractmethod
    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        """Return every request that may be made for one identifier, in order. Pure: `footprint plan` prints it."""

    @abstractmethod
    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield what stands on the pages of one identifier.

        Raises what `fetch` raises, and UnreadableError(MALFORMED) where a page has not the documented shape.
        """
