"""A trial reads through the real gate, on nobody, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.contract.server import Given, Loopback
from footprint.demo.clock import DemoClock
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest
from footprint.sources.trial import Means, Outcome, Room
from footprint.web.client import Client
from footprint.web.guard import Guard

SITE = Identifier(kind="website", value="https://site.example/")


class Clumsy(Collector):
    """Raises what it is told to, after it asked."""

    manifest = manifest("website")

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        return (
            PlannedRequest(
                id="website.page",
                source="website",
                identifier=identifier.key,
                template=identifier.value,
                purpose="page",
            ),
        )

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        await fetch(request.at(request.template))
        if self.error is not None:
            raise self.error
        for nothing in ():
            yield nothing


HELLO = Given(body=b"<p>hello</p>")


async def read(reader: Collector, given: Given = HELLO) -> tuple[Outcome, int]:
    """Read the site by a collector; return what came of it and how often it was asked."""
    async with Loopback(("site.example",), lambda asked: given) as web:
        client = Client(guard=Guard(pinned=web.pinned), user_agent="footprint", tls=web.tls)
        clock = DemoClock()
        with Room(clock) as room:
            outcome = await room.read(reader, SITE, Means(client, clock))
        await client.aclose()
        return outcome, len(web.asked)


@pytest.mark.parametrize("error", [KeyError("x"), TypeError("x"), ValueError("x"), ZeroDivisionError("x")])
async def test_an_error_that_a_collector_lets_pass_is_named(error: Exception) -> None:
    """By its kind alone: its words may come from a page."""
    outcome, _ = await read(Clumsy(error))

    assert outcome == Outcome((), (), type(error).__name__)
    assert not outcome.is_nothing


async def test_a_page_that_yields_nothing_is_nothing() -> None:
    """No observation, nothing unknown; robots.txt was asked for first."""
    outcome, asked = await read(Clumsy(None))

    assert outcome.is_nothing
    assert asked == 2


async def test_what_cannot_be_read_is_unknown_with_its_reason() -> None:
    """As in a run."""
    outcome, _ = await read(Clumsy(None), Given(451))

    assert outcome.reasons == (UnknownReason.WALL,)
    assert not outcome.is_nothing


async def test_a_fault_of_ours_is_not_the_collectors() -> None:
    """What no page can cause stops the trial."""
    with pytest.raises(MemoryError):
        await read(Clumsy(MemoryError()))


async def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The workspace of a trial is gone with the room."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    await read(Clumsy(None))

    assert list(tmp_path.iterdir()) == []
