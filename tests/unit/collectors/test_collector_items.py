"""What every item carries, of every source: whose it is, when and by what, where it stands, and what its service calls it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from footprint.collectors.catalog import COLLECTORS, collector, manifest
from footprint.contract.cases import run
from footprint.contract.fixtures import Fixtures
from footprint.demo.clock import DemoClock
from footprint.model.kinds import Spelling, kind_of
from footprint.model.observation import TIME_CONFIDENCE, Engagement, Observation, ObservationKind
from footprint.sources.trial import Room

ASSETS = Path(__file__).parents[2] / "assets"
SAID = {ObservationKind.POST, ObservationKind.CONTRIBUTION, ObservationKind.REPOSITORY}
NAMELESS = {"gravatar", "keybase", "wayback", "commoncrawl"}
"""Sources whose places have an address and no number or name of their own."""
UNDATED = {"wikidata", "openalex", "keybase", "gravatar", "opensanctions", "companies-house", "orcid"}
"""Sources that date nothing, or nothing of what is read there."""


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    """A workspace that is thrown away."""
    with Room(DemoClock()) as made:
        yield made


@pytest.fixture(scope="module")
def kept() -> dict[str, tuple[Observation, ...]]:
    """What was read already: each source is read once."""
    return {}


@pytest.fixture
async def found(request: pytest.FixtureRequest, room: Room, kept) -> tuple[Observation, ...]:
    """What a source gives where the account is there, by the answers of its contract."""
    source = request.param
    if source not in kept:
        ran = await run(collector(source), Fixtures(ASSETS / source), "found", room=room, clock=DemoClock())
        kept[source] = ran.outcome.observations
    assert kept[source]
    return kept[source]


EVERY = pytest.mark.parametrize(
    ("found", "source"), [(source, source) for source in COLLECTORS], indirect=["found"], ids=list(COLLECTORS)
)


@EVERY
async def test_an_item_has_an_address_and_an_engagement(found: tuple[Observation, ...], source: str) -> None:
    """An address that a reader can open, and words of others only where it says so."""
    for one in found:
        assert one.url.startswith(("https://", "http://"))
        assert one.source == source
        assert one.place
        assert not (one.engagement is Engagement.BY_OTHERS and one.author_account == one.identifier)
        assert not (one.engagement is Engagement.REPOST and one.text)


@EVERY
async def test_what_an_account_said_names_the_account(found: tuple[Observation, ...], source: str) -> None:
    """The key of the account that speaks, and its name as the place shows it."""
    own = [one for one in found if one.kind in SAID and one.engagement is not Engagement.BY_OTHERS]
    names_authors = manifest(source).interface == "official-api"

    assert all(one.author_account == one.identifier for one in own)
    assert all(one.author_name for one in own if names_authors)


@EVERY
async def test_a_time_says_where_it_comes_from(found: tuple[Observation, ...], source: str) -> None:
    """And so how good it is; where a source dates its items, at least one has its time."""
    for one in found:
        assert (one.posted_at is None) == (one.posted_at_from == "")
        assert one.posted_at is None or one.posted_at_from in TIME_CONFIDENCE
    assert any(one.posted_at is not None for one in found) is (source not in UNDATED)


@EVERY
async def test_an_item_has_the_name_that_its_service_gives_it(found: tuple[Observation, ...], source: str) -> None:
    """A number, an id, a DOI: by it the item is found again under another address."""
    is_search = kind_of(source).spelling is Spelling.QUERY
    named = [one for one in found if one.native_id]

    assert bool(named) is (source not in NAMELESS and not (is_search and not named))
    assert all(one.native_id for one in found if one.kind in SAID and manifest(source).interface == "official-api")
