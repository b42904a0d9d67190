"""What a collector is: a manifest that is data, a plan that is pure, and a reader that is given its only way out."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Protocol, Self

from pydantic import Field, model_validator

from footprint.model.candidate import Candidate, Identifier, KindName
from footprint.model.evidence import Page
from footprint.model.kinds import PLUGIN_PREFIX, Spelling, kind_of
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest, Request
from footprint.model.record import Id, Line, Record
from footprint.model.stated import StatedLimit


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
    """Names of the headers, and of the fields in a body, in which the source states its own limits."""
    stated: tuple[StatedLimit, ...] = ()
    """Places in the body of a JSON answer where it states them. The gate obeys; headers need no declaration."""


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


class Access(StrEnum):
    """Whether a source may be read, and what that takes."""

    OPEN = "open"
    """Read where consent, role and policy name it."""
    ASK = "ask"
    """Off until the workspace turns it on: a person, with counsel where the reason says so, has to decide."""
    KEY = "key"
    """Off until the workspace turns it on, and read with the operator's own key."""
    OWN = "own"
    """Off until the workspace turns it on and names the operator's own instance."""
    LINK_ONLY = "link-only"
    """Never read: listed for a person, who may open it."""


SESSIONS = frozenset({"cookie", "cookie2", "set-cookie", "x-csrf-token", "host", "user-agent"})
"""Headers that no key travels in: those of somebody's session, and those in which the tool says who it is."""


class OperatorKey(Record):
    """The operator's own key to a documented interface: never a session, never a candidate's."""

    sent: Literal["header", "basic", "query"]
    """How it travels: in a header, as the user name of HTTP Basic, or in the query. Evidence never holds it."""
    name: Line | None = None
    """Name of the header or of the parameter."""
    scheme: Line | None = None
    """A word before it in the header, with a space between: `Bearer`."""
    hosts: tuple[Line, ...] = ()
    """The hosts that it is sent to, over https alone; empty means the instance that the workspace names."""
    is_optional: bool = False
    """True where the source answers without it as well, with a narrower limit."""
    obtained: Line
    """Where an operator gets one."""

    @model_validator(mode="after")
    def _says_where_it_stands(self) -> Self:
        if (self.sent == "basic") != (self.name is None) or (self.scheme is not None and self.sent != "header"):
            msg = "a key in a header or in the query has its name there; a scheme stands in a header only"
            raise ValueError(msg)
        if self.sent == "header" and (self.name or "").lower() in SESSIONS:
            msg = "a key is the operator's own, never a session"
            raise ValueError(msg)
        return self


class Known(Record):
    """An account, or words to search for, by which a source is checked. No private person's."""

    value: Line
    host: Line | None = None


class Canary(Record):
    """By what a source is checked before its silence is believed."""

    known: Annotated[tuple[Known, ...], Field(min_length=1, max_length=3)]
    """Each must be found; the first that is will do."""
    made_up: Known
    """Must not be found. `{token}` in its value stands for letters and digits that nobody has chosen; a kind whose
    values are numbers has a number that its service cannot give."""
    ttl_hours: Annotated[int, Field(ge=1, le=168)] = 24
    """For how long a check that passed holds."""

    @model_validator(mode="after")
    def _is_made_up(self) -> Self:
        is_number = self.made_up.value.lstrip("Q").replace("-", "").isdigit()
        if "{token}" not in self.made_up.value and not is_number:
            msg = "the value of made_up needs {token}, or is a number that is never given"
            raise ValueError(msg)
        return self


class Manifest(Record):
    """What a source is and what is read there. TOML beside the collector; readable without importing it."""

    id: Id
    version: Line
    title: Line
    consumes: Annotated[tuple[KindName, ...], Field(min_length=1, max_length=1)]
    """The kind of identifier that it takes: the one of its own name."""
    produces: tuple[Line, ...] = ()
    interface: Literal["official-api", "feed", "public-page", "archive", "register", "search-index", "none"]
    """What is asked there; `none` where nothing is."""
    access: Access
    access_reason: Line | None = None
    """Why it is not open: what the person who turns it on has to decide, or why nobody can."""
    special_category: bool = False
    """True where being found there would itself tell of health, belief, opinion, origin or sex life (GDPR Art. 9(1))."""
    reads: Line
    """What is read there and what is not, in one sentence for the candidate."""
    documentation: Line
    """Address of the provider's own documentation of the shapes that are parsed."""
    limits: Limits = Limits()
    terms: Terms
    key: OperatorKey | None = None
    canary: Canary | None = None
    """None for a source of any site, which no account stands for, and for one that is never read."""

    @property
    def is_off_at_first(self) -> bool:
        """True where the workspace has to turn it on, with a recorded reason."""
        return self.access is not Access.OPEN or self.special_category or self.id.startswith(PLUGIN_PREFIX)

    @property
    def key_variable(self) -> str:
        """The environment variable that holds the operator's key. No manifest can name another one."""
        return key_variable(self.id)

    @model_validator(mode="after")
    def _says_what_it_takes(self) -> Self:
        if self.consumes != (self.id,):
            msg = "consumes must name the kind of the same name as the source"
            raise ValueError(msg)
        if (self.access is Access.OPEN) != (self.access_reason is None):
            msg = "access_reason says why a source is not open, and only that"
            raise ValueError(msg)
        if self.access is Access.OPEN and self.terms.commercial_use in ("forbidden", "unknown"):
            msg = "a source whose terms forbid commercial use, or do not say, is not open"
            raise ValueError(msg)
        if self.access is Access.KEY and (self.key is None or self.key.is_optional):
            msg = "a source of access `key` needs its key"
            raise ValueError(msg)
        is_checked = kind_of(self.id).spelling not in (Spelling.URL, Spelling.BARE)
        if is_checked and self.access is not Access.LINK_ONLY and self.canary is None:
            msg = "a source of named accounts needs canaries"
            raise ValueError(msg)
        return self


def key_variable(source: str) -> str:
    """Return the environment variable that may hold the operator's key to a source."""
    return "FOOTPRINT_KEY_" + re.sub(r"[^A-Z0-9]", "_", source.upper())


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
