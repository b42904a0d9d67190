"""The contract: every collector meets the eleven answers through the real gate and client, over TLS on loopback."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from footprint.collectors.catalog import COLLECTORS, collector, manifest
from footprint.contract.cases import cases_of, key_header, run
from footprint.contract.fixtures import Fixtures
from footprint.demo.clock import DemoClock
from footprint.sources.trial import Room

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    """A workspace that is thrown away."""
    with Room(DemoClock()) as made:
        yield made


@pytest.mark.parametrize(
    ("source", "case"), [(source, case) for source in COLLECTORS for case in cases_of(collector(source))]
)
async def test_a_collector_keeps_the_contract(room: Room, source: str, case: str) -> None:
    """What is there is observed; what is not, or cannot be read, is unknown for the right reason; nothing else is sent."""
    fixtures = Fixtures(ASSETS / source)

    ran = await run(collector(source), fixtures, case, room=room, clock=DemoClock())

    assert ran.problems == ()
    assert ran.asked


KEY = "k3y-of-the-operator"
KEYED = [source for source in COLLECTORS if manifest(source).key is not None]


@pytest.mark.parametrize("source", KEYED)
async def test_a_declared_key_is_sent_as_declared_and_nowhere_else(room: Room, source: str) -> None:
    """In its header or its parameter, with every request to its hosts; the source answers as it does without."""
    reader = collector(source)

    ran = await run(reader, Fixtures(ASSETS / source), "found", room=room, clock=DemoClock(), secret=KEY)

    (asked, *_) = (one for one in ran.asked if one.target != "/robots.txt")
    sent = " ".join(value for name, value in asked.headers if name in key_header(reader.manifest))
    assert ran.problems == ()
    assert reader.manifest.key is not None
    assert {
        "header": sent.endswith(KEY),
        "basic": sent == f"Basic {b64encode(f'{KEY}:'.encode()).decode()}",
        "query": asked.target.endswith(f"{reader.manifest.key.name}={KEY}"),
    }[reader.manifest.key.sent]
    assert not any(KEY in str(one) for one in ran.asked if one.target == "/robots.txt")


@pytest.mark.parametrize("source", KEYED)
async def test_an_authorization_that_is_no_declared_key_would_fail_the_contract(room: Room, source: str) -> None:
    """The contract lets a key pass only where one was given: the same header without is a problem."""
    reader = collector(source)
    header = key_header(reader.manifest)
    ran = await run(reader, Fixtures(ASSETS / source), "missing", room=room, clock=DemoClock())

    assert ran.problems == ()
    assert not any(name in header for asked in ran.asked for name, _ in asked.headers)
