"""The operator's own search engine: searx over the wiki, the blog, and an engine that is dead."""

from __future__ import annotations

import pytest
from world_reader import Reader, World

from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind, Provenance, Relation
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, Observation
from footprint.web.robots import Robots

pytestmark = pytest.mark.world


def words(value: str) -> Identifier:
    """Return a search for some words at the operator's own instance."""
    return Identifier(
        kind=IdentifierKind.SEARXNG,
        value=value,
        host="search.test",
        relation=Relation.MENTION,
        provenance=Provenance.CONTROLLER,
    )


async def found(world: World, reader: Reader, value: str) -> tuple[list[Observation], UnreadableError | None]:
    """Return what a search yields, and what it says at its end."""
    from footprint.collectors.catalog import collector

    identifier, yielded = words(value), []
    try:
        async for observation in collector(identifier.kind).collect(world.candidate, identifier, reader):
            yielded.append(observation)  # noqa: PERF401 - what came before the error counts
    except UnreadableError as error:
        return yielded, error
    return yielded, None


async def test_a_page_that_names_the_candidate_is_found_as_others_words(search: World, reader: Reader) -> None:
    """Title and excerpt, by others; the page itself is not opened."""
    pages, _ = await found(search, reader, "Alma Ferrow")

    assert any("tide table" in page.text for page in pages)
    assert {page.engagement for page in pages} == {Engagement.BY_OTHERS}
    assert reader.urls == ["https://search.test/search?q=Alma%20Ferrow&format=json"]


async def test_an_engine_that_is_silent_makes_the_answer_partial(search: World, reader: Reader) -> None:
    """searx names the dead engine, and the search is an unknown beside what it found: never "nothing there"."""
    _, error = await found(search, reader, "Alma Ferrow")

    assert error is not None
    assert error.reason == UnknownReason.SERVER_ERROR
    assert "1 engines did not answer" in error.detail


async def test_a_name_that_nobody_wrote_yields_nothing(search: World, reader: Reader) -> None:
    """And still says that an engine was silent."""
    pages, error = await found(search, reader, "Zebulon Quorrax")

    assert pages == []
    assert error is not None


async def test_the_engines_robots_txt_forbids_searches(search: World, reader: Reader) -> None:
    """searx asks machines not to search: the instance is the operator's own, and its manifest says why that does not bind."""
    answer = await reader.get("https://search.test/robots.txt")
    robots = Robots.of(answer.status, answer.body)

    assert not robots.allows("https://search.test/search?q=Alma")
    assert robots.allows("https://search.test/about")
