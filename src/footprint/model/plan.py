"""What will be asked, before anything is asked: every request, its host, and the clauses that allow it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints

from footprint.model.presence import Sweep
from footprint.model.record import Id, Line, Record
from footprint.model.suggestion import SuggestionSource

LONGEST_URL = 4000
_PLACE = re.compile(r"\\\{(\\\+)?[a-z_]+\\\}")


class PlannedRequest(Record):
    """One request, or one kind of request, that a collector may make for one identifier."""

    id: Id
    """`mastodon.statuses`: the source and what is asked of it."""
    source: Id
    identifier: Line
    """The key of the identifier it serves."""
    template: Line
    """The URL. `{id}` stands for one path segment or value learnt on the way, `{+path}` for any path and query."""
    at_most: Annotated[int, Field(ge=1, le=200)] = 1
    purpose: Line
    """What it is asked for, in a few words: `account`, `public statuses`."""
    accept: Line = "text/html,application/xhtml+xml"
    """Value of the Accept header; an answer of another type is not read."""
    max_bytes: Annotated[int, Field(ge=1, le=20_000_000)] = 2_000_000
    """Bytes, decoded, that are read at most."""

    @property
    def host(self) -> str:
        """The host, with its port where there is one."""
        return urlsplit(self.template).netloc.lower()

    def allows(self, url: str) -> bool:
        """Say whether a concrete URL is what was planned. One that is longer than any request may be never is."""
        return len(url) <= LONGEST_URL and _pattern(self.template).fullmatch(url) is not None

    def at(self, url: str) -> Request:
        """Return this request made concrete."""
        return Request(planned=self, url=url)

    @property
    def is_exact(self) -> bool:
        """True where the URL is known in full before the run."""
        return "{" not in self.template


class Request(Record):
    """One concrete request: what was planned, and the URL."""

    planned: PlannedRequest
    url: Annotated[str, Field(min_length=1, max_length=LONGEST_URL)]


class PlanEntry(Record):
    """A planned request beside the clauses that allow it: one line of `footprint plan`."""

    request: PlannedRequest
    consent_clause: Line
    policy_clause: Line


class Plan(Record):
    """Everything that may be asked in a run, and what was left out before it began."""

    entries: tuple[PlanEntry, ...]
    left_out: tuple[LeftOut, ...] = ()
    sweep: Annotated[Sweep | None, Field(exclude_if=lambda value: value is None)] = None
    """The sites that are asked whether an account is there; None where no name is looked for."""
    proposer: Annotated[SuggestionSource | None, Field(exclude_if=lambda value: value is None)] = None
    """The model that may propose what a person is to look at; None where the workspace names none."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host, once, sorted; each is also asked for its robots.txt."""
        return tuple(sorted({entry.request.host for entry in self.entries}))


class LeftOut(Record):
    """An identifier of the candidate that will not be read, and why."""

    identifier: Line
    reason: Annotated[str, StringConstraints(min_length=1, max_length=1200)]
    address: Annotated[Line | None, Field(exclude_if=lambda value: value is None)] = None
    """Where a person may open what is never read; None where nobody is to."""


@lru_cache(maxsize=1024)
def _pattern(template: str) -> re.Pattern[str]:
    escaped = re.escape(template)
    return re.compile(_PLACE.sub(lambda place: r"[^\s#]*" if place[1] else r"[^/?#&\s]+", escaped))


Plan.model_rebuild()
