"""MediaWiki: the account, its page, its edits."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from footprint.collectors.mediawiki import MediaWiki
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind

INES = Identifier(kind=IdentifierKind.MEDIAWIKI, value="Ines Marlow", host="wiki.example")
USER, PAGE, EDITS = (request.template.removesuffix("{+continue}") for request in MediaWiki().plan(INES))
MORE = f"{EDITS}&uccontinue=20260101000000%7C31"


@pytest.fixture
def answers(assets: Path) -> dict[str, bytes | Path | UnreadableError]:
    """A wiki that knows the account."""
    folder = assets / "mediawiki"
    return {
        USER: folder / "user.json",
        PAGE: folder / "userpage.json",
        EDITS: folder / "contributions.json",
        MORE: folder / "contributions-2.json",
    }


def test_the_plan_asks_for_user_page_and_edits() -> None:
    """The name is encoded, and three pages of edits are the most."""
    user, page, edits = MediaWiki().plan(INES)

    assert user.template == (
        "https://wiki.example/w/api.php?action=query&list=users&ususers=Ines%20Marlow"
        "&usprop=registration%7Ceditcount%7Cblockinfo&format=json&formatversion=2"
    )
    assert "action=parse&page=User%3AInes%20Marlow&prop=text%7Clinks%7Crevid" in page.template
    assert (user.is_exact, page.is_exact, edits.at_most) == (True, True, 3)
    assert edits.allows(EDITS)
    assert edits.allows(MORE)


def test_a_name_cannot_add_to_the_query() -> None:
    """An ampersand in a user name is a letter like any other."""
    (user, *_) = MediaWiki().plan(
        Identifier(kind=IdentifierKind.MEDIAWIKI, value="A&action=block", host="wiki.example")
    )

    assert "ususers=A%26action%3Dblock&" in user.template


async def test_an_account_with_page_and_edits(gather, answering, answers) -> None:
    """Edits of both pages, without the one whose summary is hidden, then the user page."""
    web = answering(answers)
    (*edits, profile), error = await gather(INES, web)

    assert (error, web.urls) == (None, [USER, PAGE, EDITS, MORE])
    assert [edit.text for edit in edits] == [
        "span is 40 m, not 14\nOld bridge",
        "Old bridge",
        "my page\nUser:Ines Marlow",
    ]
    assert {edit.kind for edit in edits} == {ObservationKind.CONTRIBUTION}
    assert edits[0].url == "https://wiki.example/w/index.php?diff=34"
    assert (edits[0].posted_at, edits[0].posted_at_from) == (datetime(2026, 2, 1, 10, tzinfo=UTC), "api")
    assert {edit.author_account for edit in edits} == {"mediawiki:Ines Marlow@wiki.example"}
    assert (edits[1].place, edits[1].evidence) == ("/query/usercontribs/2/comment", "E0003")
    assert profile.kind is ObservationKind.PROFILE
    assert (profile.text, profile.engagement) == ("I survey bridges.\nLinks\nsite Bridge", Engagement.ORIGINAL)
    assert profile.links == ("https://ines.example/",)


async def test_the_user_page_has_a_time_where_the_account_wrote_it_last(gather, answering, answers) -> None:
    """The list of edits has the revision, and with it the time."""
    found, _ = await gather(INES, answering(answers))

    assert (found[-1].posted_at, found[-1].posted_at_from) == (datetime(2025, 12, 24, 18, tzinfo=UTC), "api")


async def test_the_user_page_has_no_time_where_it_cannot_be_told(gather, answering, answers) -> None:
    """Nothing answered says when, so nothing is said."""
    found, _ = await gather(INES, answering(answers | {MORE: b'{"query": {"usercontribs": []}}'}))

    assert (found[-1].posted_at, found[-1].posted_at_from) == (None, "")


@pytest.mark.parametrize("user", [{"name": "Ines Marlow", "missing": True}, {"name": "Ines Marlow", "invalid": True}])
async def test_a_missing_account_is_absent(gather, answering, answers, user) -> None:
    """Its list of edits would be empty and look like silence; so it is not asked for."""
    web = answering(answers | {USER: json.dumps({"query": {"users": [user]}}).encode()})
    found, error = await gather(INES, web)

    assert (found, error.reason, web.urls) == ([], UnknownReason.ABSENT, [USER])


async def test_an_account_without_a_page(gather, answering, answers, assets) -> None:
    """Most accounts have no user page: that is no failure."""
    found, error = await gather(INES, answering(answers | {PAGE: assets / "mediawiki/nopage.json"}))

    assert (len(found), error) == (3, None)


async def test_an_account_without_edits(gather, answering, answers, assets) -> None:
    """Nothing written and no page: nothing to say, and no error."""
    empty = {EDITS: b'{"batchcomplete": true, "query": {"usercontribs": []}}', PAGE: assets / "mediawiki/nopage.json"}

    assert await gather(INES, answering(answers | empty)) == ([], None)


async def test_a_page_that_cannot_be_read_leaves_the_edits(gather, answering, answers) -> None:
    """The gate has noted it."""
    found, error = await gather(INES, answering(answers | {PAGE: UnreadableError(UnknownReason.TIMEOUT)}))

    assert (len(found), error) == (3, None)


async def test_what_was_read_before_a_stop_is_not_lost(gather, answering, answers) -> None:
    """The first edits and the page are yielded, then the stop passes."""
    stop = SourceStopped(UnknownReason.RATE_LIMITED, "429")
    found, error = await gather(INES, answering(answers | {MORE: stop}))

    assert (len(found), error) == (3, stop)


async def test_edits_of_somebody_else_are_passed_over(gather, answering, answers, assets) -> None:
    """A hidden user, and another one."""
    edits = json.loads((assets / "mediawiki/contributions-2.json").read_text("utf-8"))
    (edit,) = edits["query"]["usercontribs"]
    edits["query"]["usercontribs"] = [edit | {"user": "Otto"}, edit | {"userhidden": True}, edit | {"suppressed": True}]
    found, _ = await gather(INES, answering(answers | {EDITS: json.dumps(edits).encode()}))

    assert [one.kind for one in found] == [ObservationKind.PROFILE]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("readapidenied", UnknownReason.WALL),
        ("readonly", UnknownReason.SERVER_ERROR),
        ("badvalue", UnknownReason.MALFORMED),
    ],
)
@pytest.mark.parametrize("url", [USER, PAGE, EDITS])
async def test_an_error_comes_with_status_200(gather, answering, answers, url: str, code: str, reason) -> None:
    """The interface's errors are read for what they mean."""
    body = json.dumps({"error": {"code": code, "info": "Words for a reader."}}).encode()
    _, error = await gather(INES, answering(answers | {url: body}))

    assert error.reason is reason
    assert "Words" not in str(error)


@pytest.mark.parametrize("url", [USER, PAGE, EDITS])
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{}", b"[]", b'{"query": {}}', b'{"parse": {"title": 1}}', b'{"a":' * 50_000]
)
async def test_a_malformed_answer(gather, answering, answers, url: str, body: bytes) -> None:
    """What has not the documented shape is refused."""
    _, error = await gather(INES, answering(answers | {url: body}))

    assert error.reason is UnknownReason.MALFORMED


async def test_a_user_without_an_id_is_malformed(gather, answering, answers) -> None:
    """There is no account without one."""
    _, error = await gather(INES, answering(answers | {USER: b'{"query": {"users": [{"name": "Ines Marlow"}]}}'}))

    assert error.detail == "mediawiki.user: an account without an id"


async def test_an_edit_without_a_summary_is_malformed(gather, answering, answers, assets) -> None:
    """A summary is promised unless it is marked as hidden."""
    edits = json.loads((assets / "mediawiki/contributions-2.json").read_text("utf-8"))
    del edits["query"]["usercontribs"][0]["comment"]
    _, error = await gather(INES, answering(answers | {EDITS: json.dumps(edits).encode()}))

    assert error.detail == "mediawiki.contributions: an edit without a summary"


async def test_three_pages_are_the_most(gather, answering, answers, assets) -> None:
    """A wiki that always has more is left after the third page."""
    body = json.loads((assets / "mediawiki/contributions.json").read_text("utf-8"))
    web = answering(answers | {MORE: json.dumps(body).encode()})
    _, error = await gather(INES, web)

    assert (error.reason, web.urls.count(MORE)) == (UnknownReason.BUDGET, 2)
