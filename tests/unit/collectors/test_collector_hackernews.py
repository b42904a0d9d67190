"""Hacker News: an account and its newest items."""

from __future__ import annotations

import json

from footprint.collectors.hackernews import MAX_ITEMS
from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind


async def test_items_newest_first(gather, answering, told) -> None:
    """A story and a comment; what was deleted, taken down or is no longer there says nothing."""
    identifier, answers = told("hackernews")
    web = answering(answers)
    (profile, *said), error = await gather(identifier, web)

    assert (error, profile.kind) == (None, ObservationKind.PROFILE)
    assert profile.text == "Surveys bridges.\nSee https://ines.example"
    assert profile.links == ("https://ines.example",)
    assert [(one.engagement, one.text) for one in said] == [
        (Engagement.REPLY, "It is 40 metres."),
        (Engagement.ORIGINAL, "A span as data"),
    ]
    assert [url.rpartition("/")[2] for url in web.urls[1:]] == [f"{n}.json" for n in (15, 14, 13, 12, 11)]


async def test_case_counts(gather, answering, told, changed) -> None:
    """`inesm` is not `InesM`."""
    identifier, answers = told("hackernews")
    url = next(iter(answers))
    found, error = await gather(identifier, answering(answers | {url: changed("hackernews/user.json", id="inesm")}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)


async def test_an_account_that_is_not_there(gather, answering, told) -> None:
    """The service says `null` with the status 200."""
    identifier, answers = told("hackernews")
    found, error = await gather(identifier, answering({next(iter(answers)): b"null"}))

    assert (found, error.reason) == ([], UnknownReason.ABSENT)


async def test_an_item_that_cannot_be_read_does_not_hold_up_the_others(gather, answering, told) -> None:
    """The gate has noted it."""
    identifier, answers = told("hackernews")
    broken = {list(answers)[2]: UnreadableError(UnknownReason.TIMEOUT)}
    found, error = await gather(identifier, answering(answers | broken))

    assert ([one.text for one in found[1:]], error) == (["A span as data"], None)


async def test_no_more_items_than_planned(gather, answering, told, changed) -> None:
    """One more is refused by the gate, and so the report says that there was more."""
    identifier, answers = told("hackernews")
    url = next(iter(answers))
    item = json.loads(answers[list(answers)[1]])
    many = {f"{url.partition('/user')[0]}/item/{n}.json": json.dumps(item | {"id": n}).encode() for n in range(1, 101)}
    web = answering(many | {url: changed("hackernews/user.json", submitted=list(range(1, 101)))})
    found, error = await gather(identifier, web)

    assert (len(found), error, web.refused) == (1 + MAX_ITEMS, None, 1)
