"""GitHub: profile, repositories, events."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from footprint.collectors.github import GitHub
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind

INES = Identifier(kind=IdentifierKind.GITHUB, value="inesm")
USER = "https://api.github.com/users/inesm"
REPOS, EVENTS = f"{USER}/repos?per_page=100&sort=updated", f"{USER}/events/public?per_page=100"


@pytest.fixture
def answers(assets: Path) -> dict[str, bytes | Path | UnreadableError]:
    """A code host that knows the account."""
    folder = assets / "github"
    return {USER: folder / "user.json", REPOS: folder / "repos.json", EVENTS: folder / "events.json"}


def user(assets: Path, **changes: object) -> bytes:
    """The profile with some fields changed."""
    return json.dumps(json.loads((assets / "github/user.json").read_text("utf-8")) | changes).encode()


@pytest.mark.parametrize(
    ("host", "start"), [(None, "https://api.github.com"), ("code.example", "https://code.example/api/v3")]
)
def test_the_plan_of_github_and_of_an_enterprise_server(host: str | None, start: str) -> None:
    """Three exact requests; an Enterprise Server has its interface under /api/v3."""
    plan = GitHub().plan(Identifier(kind=IdentifierKind.GITHUB, value="inesm", host=host))

    assert [request.template.removeprefix(start) for request in plan] == [
        "/users/inesm",
        "/users/inesm/repos?per_page=100&sort=updated",
        "/users/inesm/events/public?per_page=100",
    ]
    assert {request.accept for request in plan} == {"application/vnd.github+json"}
    assert all(request.is_exact for request in plan)


async def test_a_profile(gather, answering, answers) -> None:
    """Bio, company and place; the home page is a declared link, another network's handle is not followed."""
    web = answering(answers)
    (profile, *_), error = await gather(INES, web)

    assert (error, web.urls) == (None, [USER, REPOS, EVENTS])
    assert profile.kind is ObservationKind.PROFILE
    assert profile.text == "Measures things.\nFenwick Bridges\nHarrowdene"
    assert profile.links == ("https://ines.example",)
    assert (profile.author_name, profile.author_account) == ("Ines Marlow", "github:inesm@github.com")


@pytest.mark.parametrize(
    ("blog", "links"),
    [
        ("https://ines.example/x", ("https://ines.example/x",)),
        ("", ()),
        (None, ()),
        ("javascript://alert", ()),
        ('x"><a href="https://evil.example">', ()),
    ],
)
async def test_a_home_page_is_an_address_or_nothing(gather, answering, answers, assets, blog, links) -> None:
    """What is no web address declares nothing."""
    (profile, *_), _ = await gather(INES, answering(answers | {USER: user(assets, blog=blog)}))

    assert profile.links == links


async def test_repositories(gather, answering, answers) -> None:
    """A fork's words are those of others; a private one or another owner's is passed over."""
    found, _ = await gather(INES, answering(answers))
    own, fork = [one for one in found if one.kind is ObservationKind.REPOSITORY]

    assert (own.text, own.engagement) == ("spans\nBridge spans as data\nbridges", Engagement.ORIGINAL)
    assert (fork.text, fork.context, fork.engagement) == ("", "theirs\nSomebody's tool", Engagement.REPOST)
    assert (own.place, own.posted_at_from) == ("/0/description", "api")


async def test_events(gather, answering, answers) -> None:
    """Comments, issues, releases and own commits; no star, no closing, nobody else's words."""
    found, _ = await gather(INES, answering(answers))
    told = [one for one in found if one.kind is ObservationKind.CONTRIBUTION]

    assert [(one.engagement, one.text, one.context) for one in told] == [
        (Engagement.REPLY, "Mine too.", "It leaks\nBadly."),
        (Engagement.ORIGINAL, "Wrong span", ""),
        (Engagement.ORIGINAL, "Fix span", ""),
        (Engagement.ORIGINAL, "1.0\nFirst.", ""),
    ]
    assert [one.place for one in told][:3] == [
        "/0/payload/comment/body",
        "/1/payload/issue/body",
        "/5/payload/commits/0/message",
    ]
    assert (told[2].native_id, told[2].url) == ("a1", "https://github.com/otto/tool")


async def test_no_address_of_a_commit_is_read(gather, answering, answers) -> None:
    """The addresses that stand beside commits appear nowhere."""
    found, _ = await gather(INES, answering(answers))

    assert all("not-read@" not in one.model_dump_json() for one in found)


async def test_a_missing_account(gather, answering) -> None:
    """A 404 passes through, and nothing else is asked."""
    web = answering({})
    found, error = await gather(INES, web)

    assert (found, error.reason, web.urls) == ([], UnknownReason.ABSENT, [USER])


async def test_an_empty_account(gather, answering, answers) -> None:
    """A profile without repositories and events is a profile."""
    found, error = await gather(INES, answering(answers | {REPOS: b"[]", EVENTS: b"[]"}))

    assert (len(found), error) == (1, None)


async def test_repositories_that_cannot_be_read_leave_the_events(gather, answering, answers) -> None:
    """The gate has noted it."""
    found, error = await gather(INES, answering(answers | {REPOS: UnreadableError(UnknownReason.TIMEOUT)}))

    assert (len(found), error) == (5, None)


async def test_a_stop_passes(gather, answering, answers) -> None:
    """Nothing more is asked after a stop."""
    stop = SourceStopped(UnknownReason.RATE_LIMITED, "60 an hour")
    web = answering(answers | {REPOS: stop})
    found, error = await gather(INES, web)

    assert (len(found), error, web.urls) == (1, stop, [USER, REPOS])


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"null", b'[{"id": 1}]', b"[" * 100_000])
@pytest.mark.parametrize("url", [USER, REPOS, EVENTS])
async def test_a_malformed_answer(gather, answering, answers, url: str, body: bytes) -> None:
    """What has not the documented shape is refused."""
    _, error = await gather(INES, answering(answers | {url: body}))

    assert error.reason is UnknownReason.MALFORMED


async def test_malformed_repositories_do_not_hold_up_the_events(gather, answering, answers) -> None:
    """The events are yielded, then the fault is raised."""
    found, error = await gather(INES, answering(answers | {REPOS: b"{}"}))

    assert (len(found), error.detail.partition(":")[0]) == (5, "github.repositories")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"login": "otto"}, UnknownReason.MALFORMED),
        ({"type": "Organization"}, UnknownReason.MALFORMED),
        ({"suspended_at": "2026-01-01T00:00:00Z"}, UnknownReason.OPTED_OUT),
    ],
)
async def test_an_account_that_is_not_to_be_read(gather, answering, answers, assets, changes, reason) -> None:
    """Another account, an organisation, a suspended one: nothing is yielded."""
    found, error = await gather(INES, answering(answers | {USER: user(assets, **changes)}))

    assert (found, error.reason) == ([], reason)


async def test_without_a_name_the_login_speaks(gather, answering, answers, assets) -> None:
    """A profile need not have a name."""
    (profile, *_), _ = await gather(INES, answering(answers | {USER: user(assets, name=None, bio=None)}))

    assert (profile.author_name, profile.text) == ("InesM", "Fenwick Bridges\nHarrowdene")
