"""An index of captures in Common Crawl's form, as pywb answers it."""

from __future__ import annotations

import json

import pytest
from world_reader import Reader, World

from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason

pytestmark = pytest.mark.world

INDEX = "https://index.commoncrawl.org/CC-MAIN-2024-51-index"


def captures_of(url: str) -> Identifier:
    return Identifier(kind=IdentifierKind.COMMONCRAWL, value=url)


async def test_the_captures_of_a_page_are_one_observation(archive: World, reader: Reader) -> None:
    """When it was first and last captured: the repetition, which has no status of its own, counts."""
    (seen,) = await reader.collect(archive.candidate, captures_of("https://alma.test/"))

    assert "2020-03-04" in seen.context
    assert "2022-03-04" in seen.context
    assert len(reader.urls) == 2


async def test_no_capture_is_absent(archive: World, reader: Reader) -> None:
    """pywb answers 200 and an empty body: nothing is said about the page itself."""
    with pytest.raises(UnreadableError) as error:
        await reader.collect(archive.candidate, captures_of("https://nobody.test/"))

    assert error.value.reason == UnknownReason.ABSENT


async def test_a_page_that_was_gone_is_no_capture_of_it(archive: World, reader: Reader) -> None:
    """A captured 404 does not say that the page was there."""
    with pytest.raises(UnreadableError) as error:
        await reader.collect(archive.candidate, captures_of("https://alma.test/gone.html"))

    assert error.value.reason == UnknownReason.ABSENT


async def test_a_repetition_has_a_type_of_its_own_and_no_status(archive: World, reader: Reader) -> None:
    """`warc/revisit`: a reader that wants status 200 would lose it."""
    answer = await reader.get(f"{INDEX}?url=https://alma.test/&output=json")
    rows = [json.loads(line) for line in answer.body.splitlines()]

    assert [row["mime"] for row in rows] == ["text/html", "warc/revisit"]
    assert "status" not in rows[1]


async def test_the_answer_is_lines_of_json(archive: World, reader: Reader) -> None:
    """Not one document: many captures of one page are many lines."""
    answer = await reader.get(f"{INDEX}?url=https://alma.test/tides.html&output=json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.body)

    assert len(answer.body.splitlines()) == 28


async def test_a_prefix_with_its_slash_misses_the_page_itself(archive: World, reader: Reader) -> None:
    """The index drops the slash of `/tides.html/` where a page is asked for, and keeps it in a prefix: it finds nothing.

    So the collector asks for the page exactly; by the prefix it would say of a captured page that nobody captured it.
    """
    exact = await reader.get(f"{INDEX}?url=https://alma.test/tides.html/&output=json")
    prefix = await reader.get(f"{INDEX}?url=https://alma.test/tides.html/&output=json&matchType=prefix")

    assert len(exact.body.splitlines()) == 28
    assert prefix.body.strip() == b""


async def test_a_page_of_the_index_past_its_end_is_400(archive: World, reader: Reader) -> None:
    """Not 404 and not an empty answer."""
    one = await reader.get(f"{INDEX}?url=https://alma.test/tides.html&output=json&showNumPages=true")
    past = await reader.get(f"{INDEX}?url=https://alma.test/*&output=json&page=9")

    assert json.loads(one.body)["pages"] >= 1
    assert past.status == 400
