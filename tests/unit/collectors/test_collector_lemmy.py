"""Lemmy: bio, posts, comments; what was deleted, removed or is not for everybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from footprint.collectors.lemmy import DELETED, MAX_PAGES, PAGE_SIZE
from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind


async def test_posts_and_comments(gather, answering, told) -> None:
    """A comment right below the post has the post as its context; one further down answers words that are not there."""
    identifier, answers = told("lemmy")
    (profile, *said), error = await gather(identifier, answering(answers))

    assert (error, profile.kind, profile.text) == (None, ObservationKind.PROFILE, "Surveys bridges.")
    assert [(one.engagement, one.text, one.context, one.edited) for one in said] == [
        (Engagement.ORIGINAL, "A span as data\nHere it is.", "", False),
        (Engagement.REPLY, "It is 40 metres.", "How long is the old span?\nI have read two figures.", True),
        (Engagement.REPLY, "I measured it.", "", False),
    ]
    assert said[0].posted_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert (said[0].url, said[0].author_account) == ("https://forum.example/post/1", "lemmy:ines@forum.example")


async def test_an_account_that_was_deleted_is_left_alone(gather, answering, told) -> None:
    """Its owner took it down: nothing of it is read."""
    identifier, answers = told("lemmy")
    url = list(answers)[1]
    details = json.loads(answers[url])
    details["person_view"]["person"]["deleted"] = True
    found, error = await gather(identifier, answering(answers | {url: json.dumps(details).encode()}))

    assert (found, error.reason, error.detail) == ([], UnknownReason.OPTED_OUT, DELETED)


async def test_an_unknown_account_is_asked_for_once(gather, answering) -> None:
    """WebFinger says that there is none, and nothing more is asked."""
    web = answering({})
    found, error = await gather(Identifier(kind="lemmy", value="@ines@forum.example"), web)

    assert (found, error.reason, len(web.asked)) == ([], UnknownReason.ABSENT, 1)


async def test_a_server_without_webfinger_is_asked_all_the_same(gather, answering, told) -> None:
    """A fault of the server there says nothing about the account."""
    identifier, answers = told("lemmy")
    finger = next(iter(answers))
    found, error = await gather(identifier, answering(answers | {finger: UnreadableError(UnknownReason.TIMEOUT)}))

    assert (len(found), error) == (4, None)


async def test_somebody_else(gather, answering, told) -> None:
    """Another account than the one asked for is a fault."""
    identifier, answers = told("lemmy")
    url = list(answers)[1]
    details = json.loads(answers[url])
    details["person_view"]["person"]["name"] = "otto"
    found, error = await gather(identifier, answering(answers | {url: json.dumps(details).encode()}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)


async def test_full_pages_lead_to_the_next(gather, answering, told) -> None:
    """A page with fewer entries is the last; beyond the plan the gate refuses."""
    identifier, answers = told("lemmy")
    url = list(answers)[1]
    details = json.loads(answers[url])
    details["posts"] = [
        {"post": details["posts"][0]["post"] | {"id": n}, "community": details["posts"][0]["community"]}
        for n in range(PAGE_SIZE)
    ]
    details["comments"] = []
    full = json.dumps(details).encode()
    last = json.dumps(details | {"posts": details["posts"][:1]}).encode()
    web = answering(answers | {url: full, f"{url}&page=2": last})
    found, error = await gather(identifier, web)
    endless = answering(answers | {url: full} | {f"{url}&page={n}": full for n in range(2, 9)})
    _, refused = await gather(identifier, endless)

    assert (len(found), error, web.urls[-1]) == (1 + PAGE_SIZE + 1, None, f"{url}&page=2")
    assert (len(endless.asked), endless.refused, refused.reason) == (1 + MAX_PAGES, 1, UnknownReason.BUDGET)
