"""The contract notices a collector that does not keep it."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import ValidationError

from footprint.collectors.catalog import COLLECTORS, collector
from footprint.collectors.interface import Collector, Fetch
from footprint.contract.cases import CASES, LIMITED_IN_BODY, cases_of, manners, run
from footprint.contract.fixtures import Fixture, Fixtures
from footprint.contract.server import Asked, Given, Loopback
from footprint.demo.clock import DemoClock
from footprint.errors import InputError, UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest
from footprint.sources.trial import Room
from footprint.web.client import Client

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    """A workspace that is thrown away."""
    with Room(DemoClock()) as made:
        yield made


class Careless(Collector):
    """GitHub's collector, and what a careless one would do at the end."""

    def __init__(self, ending: str) -> None:
        self._inner = collector("github")
        self.manifest = self._inner.manifest
        self._ending = ending

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        return self._inner.plan(identifier)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        seen = []
        try:
            async for observation in self._inner.collect(candidate, identifier, fetch):
                seen.append(observation)
                yield observation
        except UnreadableError as error:
            if self._ending == "swallows" or error.reason == self._ending:
                return
            if self._ending == "raises":
                raise KeyError("login") from error
            raise


@pytest.mark.parametrize(
    ("ending", "case", "problem"),
    [
        ("raises", "malformed", "malformed: the collector let a KeyError pass"),
        ("malformed", "malformed", "malformed: nothing, and malformed was to come of it"),
        ("malformed", "soft-404", "soft-404: nothing, and malformed was to come of it"),
    ],
)
async def test_a_collector_that_hides_or_leaks_a_fault_is_noticed(room: Room, ending, case, problem) -> None:
    """What it should have said, and what it said."""
    ran = await run(Careless(ending), Fixtures(ASSETS / "github"), case, room=room, clock=DemoClock())

    assert ran.problems == (problem,)


def folder(tmp_path: Path, *, leaving_out: str = "", **changes: str) -> Path:
    """GitHub's answers, some of them changed or left out."""
    for path in (ASSETS / "github").iterdir():
        if path.name != leaving_out:
            text = path.read_text("utf-8")
            for old, new in changes.items():
                text = text.replace(old, new)
            (tmp_path / path.name).write_text(text, encoding="utf-8")
    return tmp_path


async def test_an_account_that_is_not_found_where_it_should_be_is_noticed(room: Room, tmp_path: Path) -> None:
    """A `found` that gives nothing, and a page of it that is not listed."""
    fixtures = Fixtures(folder(tmp_path, **{'"user.json"': '"malformed.json"'}))

    ran = await run(collector("github"), fixtures, "found", room=room, clock=DemoClock())

    assert ran.problems == ("found: no observation", "found: unknown: malformed")


async def test_an_account_that_is_seen_where_there_is_none_is_noticed(room: Room, tmp_path: Path) -> None:
    """The wrong answer of all: somebody is found who is not there."""
    fixtures = Fixtures(folder(tmp_path, **{'status = 404\nfile = "missing.json"': 'file = "user.json"'}))

    ran = await run(collector("github"), fixtures, "missing", room=room, clock=DemoClock())

    assert ran.problems[0].endswith("observations of nothing")


@pytest.mark.parametrize("name", ["contract.toml", "user.json", "malformed.json"])
def test_a_missing_answer_fails(tmp_path: Path, name: str) -> None:
    """Before anything is asked."""
    with pytest.raises(InputError):
        Fixtures(folder(tmp_path, leaving_out=name))


@pytest.mark.parametrize("section", ["found", "missing", "soft-404", "malformed", "expect", "identifier"])
def test_a_missing_section_fails(tmp_path: Path, section: str) -> None:
    """Each of the four answers, whom they are about, and what is expected."""
    with pytest.raises(InputError):
        Fixtures(folder(tmp_path, **{f"[[{section}]]": "[[other]]", f"[{section}]": "[other]"}))


def test_an_answer_lies_beside_its_table(tmp_path: Path) -> None:
    """No table leads elsewhere."""
    with pytest.raises(InputError, match="the name of a file beside it"):
        Fixtures(folder(tmp_path, **{'"user.json"': '"../user.json"'}))


SECTIONS = ("identifier", "found", "missing", "soft-404", "malformed", "expect")


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("source", COLLECTORS)
def test_no_source_can_do_without_an_answer_of_its_own(tmp_path: Path, source: str, section: str) -> None:
    """Of every collector: its table holds, and does not without any one of its sections."""
    table = tomllib.loads((ASSETS / source / "contract.toml").read_text("utf-8"))
    Fixture.model_validate(table)
    del table[section]

    with pytest.raises(ValidationError, match=section):
        Fixture.model_validate(table)


def test_the_cases_are_those_of_the_list() -> None:
    """Eleven answers, one after the other; no collector is without one of them."""
    assert set(CASES) == {
        "found",
        "missing",
        "soft-404",
        "challenge",
        "log-in redirect",
        "429 with Retry-After",
        "429 without",
        "5xx",
        "malformed",
        "oversize",
        "hang",
    }
    assert all(set(CASES) <= set(cases_of(collector(source))) for source in COLLECTORS)


def test_a_source_that_refuses_in_the_body_has_a_case_more() -> None:
    """Where the manifest says so, and nowhere else."""
    twelve = {source for source in COLLECTORS if LIMITED_IN_BODY in cases_of(collector(source))}

    assert twelve == {"stackexchange", "mediawiki", "wikidata", "lemmy", "github"}


async def test_without_its_answer_the_case_more_fails(room: Room, tmp_path: Path) -> None:
    """A manifest that says how the source refuses, and no such answer beside it."""
    fixtures = Fixtures(folder(tmp_path, **{"[[limited]]": "[[missing]]"}))
    ran = await run(collector("github"), fixtures, LIMITED_IN_BODY, room=room, clock=DemoClock())

    assert ran.problems == ("limit in the body: absent, and rate_limited was to come of it",)


async def test_a_request_with_what_no_request_may_have_is_noticed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that sends a cookie does not get past the contract."""
    plain = Client._headers
    monkeypatch.setattr(Client, "_headers", lambda *args: (*plain(*args), ("Cookie", "a=b"), ("Content-Length", "0")))

    ran = await run(collector("github"), Fixtures(ASSETS / "github"), "missing", room=room, clock=DemoClock())

    assert ran.problems == ("a request with content-length", "a request with cookie")


async def test_a_post_with_a_body_is_seen_by_the_server() -> None:
    """The server keeps the method, and what comes after the head."""
    async with Loopback(("site.example",), lambda asked: Given(204)) as web:
        port = web.pinned["site.example"][1]
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=web.tls, server_hostname="site.example")
        writer.write(b"POST / HTTP/1.1\r\nHost: site.example\r\n\r\nhello")
        await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        while not web.bodies:
            await asyncio.sleep(0.01)

    assert ([asked.method for asked in web.asked], web.bodies) == (["POST"], b"hello")
    assert manners(web) == ["a POST request", "a request with a body"]


def test_an_asked_address_is_put_together() -> None:
    """From the Host header and the target."""
    assert Asked("GET", "/a?b", (("host", "site.example"),)).url == "https://site.example/a?b"


def test_an_answer_without_a_file_is_empty(tmp_path: Path) -> None:
    """A status alone can say it."""
    fixtures = Fixtures(folder(tmp_path, **{'file = "missing.json"\n': ""}))

    assert fixtures.body(fixtures.table.missing[0]) == b""
    assert fixtures.table.missing[0].content_type == "text/html; charset=utf-8"
