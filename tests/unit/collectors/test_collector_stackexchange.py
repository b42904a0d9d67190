"""Stack Exchange: profile, posts, comments, and the limits that stand in the body."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from footprint.collectors.stackexchange import StackExchange
from footprint.errors import SourceStopped
from footprint.model.candidate import Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind


def test_the_site_is_the_host() -> None:
    """One interface serves every site; the account is a number on one of them."""
    plan = StackExchange().plan(Identifier(kind="stackexchange", value="7", host="cooking.stackexchange.com"))

    assert {request.host for request in plan} == {"api.stackexchange.com"}
    assert all("/users/7" in request.template for request in plan)
    assert all("site=cooking.stackexchange.com" in request.template for request in plan)


async def test_what_the_account_wrote(gather, answering, told) -> None:
    """Questions with their titles, answers without the asker's, comments; nothing of a deleted account or another."""
    identifier, answers = told("stackexchange")
    (profile, *said), error = await gather(identifier, answering(answers))

    assert (error, profile.kind, profile.author_name) == (None, ObservationKind.PROFILE, "Ines & Marlow")
    assert (profile.text, profile.links) == ("Harrowdene", ("https://ines.example",))
    assert [(one.engagement, one.text, one.context, one.edited) for one in said] == [
        (Engagement.ORIGINAL, 'How long is a "span"?\nI have read two figures.', "", True),
        (Engagement.REPLY, "Forty metres.", "Somebody's question", False),
        (Engagement.REPLY, "See the list.", "", True),
    ]
    assert said[0].posted_at == datetime.fromtimestamp(1770000000, UTC)
    assert said[2].url == "https://stackoverflow.com/posts/comments/77"


@pytest.mark.parametrize("at", [0, 1])
async def test_a_quota_that_is_used_up_stops_the_source(gather, answering, told, at) -> None:
    """Nothing more is asked; what the answer holds stands."""
    identifier, answers = told("stackexchange")
    url = list(answers)[at]
    web = answering(answers | {url: json.dumps(json.loads(answers[url]) | {"quota_remaining": 0}).encode()})
    found, error = await gather(identifier, web)

    assert isinstance(error, SourceStopped)
    assert (error.reason, error.detail, len(web.asked)) == (UnknownReason.RATE_LIMITED, "quota", at + 1)
    assert len(found) == (1, 3)[at]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"user_type": "does_not_exist"}, UnknownReason.ABSENT),
        ({"user_id": 4712}, UnknownReason.MALFORMED),
    ],
)
async def test_a_deleted_account_or_another(gather, answering, told, item, reason) -> None:
    """Nobody is there, or it is somebody else."""
    identifier, answers = told("stackexchange")
    url = next(iter(answers))
    users = json.loads(answers[url])
    users["items"][0] |= item
    found, error = await gather(identifier, answering(answers | {url: json.dumps(users).encode()}))

    assert (found, error.reason) == ([], reason)


async def test_an_account_without_a_number_any_more(gather, answering, told) -> None:
    """An empty list is no account."""
    identifier, answers = told("stackexchange")
    found, error = await gather(
        identifier, answering(answers | {next(iter(answers)): b'{"items": [], "has_more": false}'})
    )

    assert (found, error.reason) == ([], UnknownReason.ABSENT)
