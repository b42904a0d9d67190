"""GitLab and Forgejo: profile and projects, and accounts that are not for everybody."""

from __future__ import annotations

import json

import pytest

from footprint.collectors.catalog import collector
from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind


async def test_a_gitlab_profile_and_its_projects(gather, answering, told) -> None:
    """A fork's words are others'; what is not public or another's is passed over, and so is the e-mail address."""
    identifier, answers = told("gitlab")
    (profile, *projects), error = await gather(identifier, answering(answers))

    assert (error, profile.kind, profile.links) == (None, ObservationKind.PROFILE, ("https://ines.example",))
    assert profile.text == "Measures things.\nSurveyor\nFenwick Bridges\nHarrowdene"
    assert [(one.engagement, one.text, one.context) for one in projects] == [
        (Engagement.ORIGINAL, "spans\nspans as data\nbridges", ""),
        (Engagement.REPOST, "", "tool\ntool as data\nbridges"),
    ]
    assert all("not-read@" not in one.model_dump_json() for one in (profile, *projects))


async def test_a_gitlab_server_that_shows_no_profile(gather, answering, told) -> None:
    """The row of the list is the profile then."""
    identifier, answers = told("gitlab")
    second = list(answers)[1]
    found, error = await gather(identifier, answering(answers | {second: UnreadableError(UnknownReason.WALL)}))

    assert (error, found[0].text, found[0].author_name, found[0].place) == (None, "", "Ines Marlow", "/0")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], UnknownReason.ABSENT),
        ([{"username": "other"}], UnknownReason.MALFORMED),
        ([{"username": "INESM", "state": "blocked"}], UnknownReason.OPTED_OUT),
        ([{"username": "inesm", "state": "banned"}], UnknownReason.OPTED_OUT),
    ],
)
async def test_a_gitlab_account_that_is_not_there_or_not_active(gather, answering, told, rows, reason) -> None:
    """Nobody, somebody else, or an account that the server no longer shows."""
    identifier, answers = told("gitlab")
    url = next(iter(answers))
    row = json.loads(answers[url])[0]
    web = answering(answers | {url: json.dumps([row | changes for changes in rows]).encode()})
    found, error = await gather(identifier, web)

    assert (found, error.reason, web.urls) == ([], reason, [url])


async def test_a_gitlab_profile_of_somebody_else(gather, answering, told) -> None:
    """The number has to lead back to the account."""
    identifier, answers = told("gitlab")
    second = list(answers)[1]
    other = json.dumps(json.loads(answers[second]) | {"id": 13}).encode()
    _, error = await gather(identifier, answering(answers | {second: other}))

    assert error.reason is UnknownReason.MALFORMED


@pytest.mark.parametrize(("kind", "api"), [("gitlab", "api/v4"), ("forgejo", "api/v1")])
def test_another_server(kind, api, told) -> None:
    """The host of the identifier is asked, and no other."""
    plan = collector(kind).plan(Identifier(kind=kind, value="inesm", host="code.example"))

    assert all(request.template.startswith(f"https://code.example/{api}/users") for request in plan)


async def test_a_forgejo_profile_and_its_repositories(gather, answering, told) -> None:
    """Forks and mirrors pass on; what is private or another's is passed over."""
    identifier, answers = told("forgejo")
    (profile, *repositories), error = await gather(identifier, answering(answers))

    assert (error, profile.text) == (None, "Measures things.\nHarrowdene")
    assert (profile.links, profile.url) == (("https://ines.example",), "https://codeberg.org/inesm")
    assert [(one.engagement, one.text, one.context) for one in repositories] == [
        (Engagement.ORIGINAL, "spans\nspans as data\nbridges", ""),
        (Engagement.REPOST, "", "tool\ntool as data\nbridges"),
        (Engagement.REPOST, "", "copy\ncopy as data"),
    ]
    assert all("not-read@" not in one.model_dump_json() for one in (profile, *repositories))


@pytest.mark.parametrize(
    ("changes", "reason", "rule"),
    [
        ({"visibility": "limited"}, UnknownReason.OPTED_OUT, "OPT-FORGEJO-VISIBILITY"),
        ({"visibility": "private"}, UnknownReason.OPTED_OUT, "OPT-FORGEJO-VISIBILITY"),
        ({"prohibit_login": True}, UnknownReason.OPTED_OUT, "OPT-FORGEJO-PROHIBITED"),
        ({"login": "other"}, UnknownReason.MALFORMED, "forgejo.user: another account than the one asked for"),
    ],
)
async def test_a_forgejo_account_that_is_not_for_everybody(
    gather, answering, told, changed, changes, reason, rule
) -> None:
    """Shown to signed-in people only, closed, or somebody else's: no repository is asked for."""
    identifier, answers = told("forgejo")
    url = next(iter(answers))
    web = answering(answers | {url: changed("forgejo/user.json", **changes)})
    found, error = await gather(identifier, web)

    assert (found, error.reason, error.detail, web.urls) == ([], reason, rule, [url])
