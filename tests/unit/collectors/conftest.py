"""A web that is a dictionary, and an invented candidate, for every collector's tests."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from footprint.collectors.catalog import collector
from footprint.errors import CollectorError, UnreadableError
from footprint.model.candidate import Candidate, Identifier, IdentifierKind
from footprint.model.evidence import Evidence, Page, UnknownReason
from footprint.model.kinds import Spelling, kind_of
from footprint.model.observation import Observation
from footprint.model.plan import Request

ASSETS = Path(__file__).parents[2] / "assets"
TYPES = {".html": "text/html", ".xml": "application/atom+xml", ".json": "application/json"}

Answers = Mapping[str, bytes | Path | UnreadableError]
Gathered = tuple[list[Observation], CollectorError | None]


class Web:
    """Answers planned requests from a table; an address that is not in it is a 404."""

    def __init__(self, answers: Answers, links: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        self.answers = answers
        self.links = links
        self.asked: list[Request] = []
        self.refused = 0

    async def __call__(self, request: Request) -> Page:
        """Answer, and hold the collector to its plan."""
        assert request.planned.allows(request.url), "an address that is not in the plan"
        if sum(1 for other in self.asked if other.planned == request.planned) >= request.planned.at_most:
            self.refused += 1
            raise UnreadableError(UnknownReason.BUDGET, request.planned.id)
        self.asked.append(request)
        answer = self.answers.get(request.url, UnreadableError(UnknownReason.ABSENT, "404"))
        if isinstance(answer, UnreadableError):
            raise answer
        body = answer.read_bytes() if isinstance(answer, Path) else answer
        return self._page(request, body, TYPES[answer.suffix] if isinstance(answer, Path) else "")

    @property
    def urls(self) -> list[str]:
        """What was asked for, in order."""
        return [request.url for request in self.asked]

    def _page(self, request: Request, body: bytes, content_type: str) -> Page:
        evidence = Evidence(
            id=f"E{len(self.asked):04}",
            source=request.planned.source,
            planned=request.planned.id,
            url=request.url,
            status=200,
            content_type=content_type,
            captured_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            sha256=hashlib.sha256(body).hexdigest(),
            bytes=len(body),
            warc="case.warc.gz",
            offset=0,
            record_id="<urn:uuid:00000000-0000-0000-0000-000000000000>",
        )
        return Page(evidence=evidence, body=body, links=self.links.get(request.url, ()))


@pytest.fixture
def assets() -> Path:
    """Where the recorded shapes lie; the people in them are invented."""
    return ASSETS


@pytest.fixture
def answering() -> Callable[..., Web]:
    """Make a web of a table of address and answer."""

    def make(answers: Answers, links: Mapping[str, tuple[tuple[str, str], ...]] | None = None) -> Web:
        return Web(answers, links or {})

    return make


@pytest.fixture
def told(assets: Path) -> Callable[..., tuple[Identifier, dict[str, bytes]]]:
    """Whom a source's contract asks for, and what the source answers where the account is there; changes by address."""

    def of(source: str) -> tuple[Identifier, dict[str, bytes]]:
        contract = tomllib.loads((assets / source / "contract.toml").read_text("utf-8"))
        search = {"relation": "mention", "provenance": "named_by_controller"} if is_search(source) else {}
        identifier = Identifier(kind=source, **contract["identifier"], **search)
        return identifier, {row["url"]: (assets / source / row["file"]).read_bytes() for row in contract["found"]}

    return of


def is_search(source: str) -> bool:
    """Say whether a source takes words to search for."""
    return kind_of(source).spelling is Spelling.QUERY


@pytest.fixture
def changed(assets: Path) -> Callable[..., bytes]:
    """A recorded JSON object with some of its fields changed."""

    def of(name: str, **changes: object) -> bytes:
        return json.dumps(json.loads((assets / name).read_text("utf-8")) | changes).encode()

    return of


@pytest.fixture
def ines() -> Candidate:
    """Ines Marlow, who does not exist."""
    return Candidate(
        id="C-1",
        name="Ines Marlow",
        other_names=("I. M. Oakes",),
        born=date(1990, 4, 2),
        identifiers=(
            Identifier(kind=IdentifierKind.WEBSITE, value="https://ines.example/"),
            Identifier(kind=IdentifierKind.MASTODON, value="@ines@social.example"),
        ),
    )


@pytest.fixture
def gather(ines: Candidate) -> Callable[[Identifier, Web], Awaitable[Gathered]]:
    """Run the collector of an identifier: its observations, and the error that ended it."""

    async def run(identifier: Identifier, web: Web) -> Gathered:
        found: list[Observation] = []
        try:
            async for observation in collector(identifier.kind).collect(ines, identifier, web):
                found.append(observation)  # noqa: PERF401 - what came before an error counts
        except CollectorError as error:
            return found, error
        return found, None

    return run
