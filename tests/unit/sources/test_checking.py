"""Canaries: a source is believed where it finds an account that exists and not one that nobody has made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from footprint.collectors.catalog import COLLECTORS
from footprint.contract.server import Asked, Given, Loopback
from footprint.errors import InputError
from footprint.model.event import Action
from footprint.sources.checking import Round, check, checkable
from footprint.sources.switching import turn_off, turn_on
from footprint.store.switches import read_switches
from footprint.web.guard import Guard

HOSTS = ("api.github.com", "search.example.org")
TOKEN = "0a1b2c3d4e5f"
ASSETS = Path(__file__).parents[2] / "assets"
MASCOT = json.loads((ASSETS / "github" / "user.json").read_text("utf-8")) | {"login": "octocat"}
MADE_UP = MASCOT | {"login": f"fp-{TOKEN}"}


def page(value: object, status: int = 200) -> Given:
    """An answer in JSON."""
    return Given(status, "application/json", json.dumps(value).encode())


def code_host(known: Given, made_up: Given) -> Callable[[Asked], Given]:
    """A code host that answers so for the mascot, and so for everybody else."""

    def answer(asked: Asked) -> Given:
        if asked.target.endswith(("/repos?per_page=100&sort=updated", "/events/public?per_page=100")):
            return page([])
        return known if asked.target == "/users/octocat" else made_up

    return answer


async def checked(desk, answer: Callable[[Asked], Given], *sources: str):
    """Check sources over a loopback web."""
    watched: list[str] = []
    async with Loopback(HOSTS, answer) as web:
        how = Round(
            guard=Guard(pinned=web.pinned), tls=web.tls, watch=watched.append, token=lambda size: TOKEN[: 2 * size]
        )
        results = await check(desk, sources, how)
    assert watched == list(sources)
    return results


GONE, THERE = page({"message": "Not Found"}, 404), page(MASCOT)


@pytest.mark.parametrize(
    ("known", "made_up", "result", "detail"),
    [
        (THERE, GONE, "passed", "a known account is found, a made-up one is not"),
        (GONE, GONE, "failed", "a known account: absent"),
        (page({"id": "changed"}), GONE, "failed", "a known account: malformed"),
        (THERE, page(MADE_UP), "failed", "a made-up account is found"),
        (Given(429), GONE, "unknown", "a known account: rate_limited"),
        (THERE, Given(503), "unknown", "a made-up account: server_error"),
        (Given(403), GONE, "unknown", "a known account: wall"),
    ],
    ids=["sound", "known gone", "shape changed", "finds everybody", "limited", "down for one", "wall"],
)
async def test_a_check_says_what_each_canary_did(desk, events, known, made_up, result, detail) -> None:
    """Passed, failed where the source no longer tells them apart, unknown where it could not be asked."""
    (told,) = await checked(desk, code_host(known, made_up), "github")

    assert (told.result, told.detail) == (result, detail)
    assert read_switches(desk.workspace.folder).checks["github"].result == result
    event = events()[-1]
    assert (event.action, event.result, event.ids["source"]) == (Action.SOURCE_CHECKED, result, "github")


async def test_what_was_read_for_a_check_is_not_kept(desk) -> None:
    """No case is opened in the workspace, and its log holds one line."""
    await checked(desk, code_host(THERE, GONE), "github")

    assert desk.cases.list() == ()
    assert len(desk.workspace.audit_path.read_bytes().splitlines()) == 1


@pytest.mark.parametrize("source", ["orcid", "linkedin"])
async def test_a_source_that_is_off_is_not_asked(desk, source: str) -> None:
    """The decision comes before the first request, for a check as for a run."""
    with pytest.raises(InputError, match="a source that is on in this workspace"):
        await checked(desk, code_host(THERE, GONE), source)


async def test_a_source_of_any_site_has_no_canary(desk) -> None:
    """No account stands for every website."""
    with pytest.raises(InputError, match="a source with canaries"):
        await checked(desk, code_host(THERE, GONE), "website")


async def test_an_own_instance_is_checked_where_it_is(desk) -> None:
    """The switch names its host; a search without hits is how a made-up name looks there."""
    turn_on(desk, "searxng", reason="Ours, reviewed in November.", by="dpo-2", host="search.example.org")
    asked: list[Asked] = []

    def answer(request: Asked) -> Given:
        asked.append(request)
        return page({"query": "", "results": []})

    (told,) = await checked(desk, answer, "searxng")

    assert told.result == "failed"
    assert {request.header("host") for request in asked} == {"search.example.org"}


def test_what_is_on_and_has_canaries_is_checked_by_default(desk) -> None:
    """Not what is off, and not a source of any site."""
    turn_off(desk, "gitlab", reason="Not needed.", by="dpo-2")
    found = checkable(desk.standing(), COLLECTORS)

    assert {"github", "mastodon", "mediawiki"} <= set(found)
    assert not {"gitlab", "orcid", "website", "searxng"} & set(found)


async def test_a_check_uses_the_workspaces_own_name(desk) -> None:
    """The contact stands in the User-Agent, as in a run."""
    seen: list[str] = []

    def answer(request: Asked) -> Given:
        seen.append(request.header("user-agent"))
        return GONE

    await checked(replace(desk), answer, "github")

    assert set(seen) == {"footprint/0.1.0 (+vetting@thornshire.example)"}
