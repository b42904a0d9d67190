"""Bluesky: profile, posts, and what is not to be shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from footprint.collectors.bluesky import CLOSED, Bluesky
from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind

START = "https://public.api.bsky.app/xrpc/app.bsky"


def test_the_plan_names_the_account_and_two_pages_of_its_feed() -> None:
    """The first address is known in full; a DID is a name as good as a handle."""
    profile, feed = Bluesky().plan(Identifier(kind="bluesky", value="did:web:ines.example"))

    assert profile.template == f"{START}.actor.getProfiles?actors=did%3Aweb%3Aines.example"
    assert (profile.is_exact, feed.at_most, feed.host) == (True, 2, "public.api.bsky.app")
    assert feed.allows(f"{START}.feed.getAuthorFeed?actor=did%3Aweb%3Aines.example&filter=posts_with_replies&limit=100")


async def test_a_profile(gather, answering, told) -> None:
    """The words, and the site that the account names as its own."""
    identifier, answers = told("bluesky")
    (profile, *_), error = await gather(identifier, answering(answers))

    assert (error, profile.kind) == (None, ObservationKind.PROFILE)
    assert profile.text == "Surveys bridges.\nshe/her"
    assert profile.links == ("https://ines.example",)
    assert (profile.author_name, profile.author_account) == ("Ines Marlow", "bluesky:ines.example@bsky.app")


async def test_posts_and_how_the_account_relates_to_them(gather, answering, told) -> None:
    """Own words, an answer, a quotation, a quotation without a word, and a repost."""
    identifier, answers = told("bluesky")
    found, _ = await gather(identifier, answering(answers))

    assert [(one.engagement, one.text, one.context) for one in found[1:6]] == [
        (Engagement.ORIGINAL, "Measured the old span today.", ""),
        (Engagement.REPLY, "It is 40 metres.", "How long is it?"),
        (Engagement.QUOTE, "Worth reading.", "Bridges are patient."),
        (Engagement.REPOST, "", "A picture of a pier."),
        (Engagement.REPOST, "", "Come to the meeting."),
    ]
    assert found[1].url == "https://bsky.app/profile/did:plc:inesmarlowinventedaaaaaa/post/p1"
    assert (found[1].language, found[1].posted_at_from) == ("en", "author")
    assert (found[5].engagement, found[5].posted_at_from) == (Engagement.REPOST, "api")
    assert found[5].posted_at == datetime(2026, 3, 6, 10, tzinfo=UTC)


async def test_what_is_not_to_be_shown_is_not_read(gather, answering, told) -> None:
    """Nothing of somebody who asks for signed-in readers, of a post that was taken down, or of a stranger."""
    identifier, answers = told("bluesky")
    found, _ = await gather(identifier, answering(answers))
    words = "".join(one.text + one.context for one in found)

    assert "signed in" not in words
    assert "Taken down" not in words
    assert "stranger" not in words


async def test_the_second_page_and_doubtful_times(gather, answering, told) -> None:
    """The author's own time counts where it is the earlier one; one that is none gives way to the service's."""
    identifier, answers = told("bluesky")
    found, _ = await gather(identifier, answering(answers))
    by_text = {one.text: one for one in found}

    assert by_text["Imported from elsewhere."].posted_at == datetime(2015, 5, 5, 10, tzinfo=UTC)
    assert by_text["No time that can be read."].posted_at == datetime(2026, 1, 8, 10, tzinfo=UTC)
    assert (by_text["To whom it was."].engagement, by_text["To whom it was."].context) == (Engagement.REPLY, "")
    assert by_text["A list, not a post."].engagement is Engagement.ORIGINAL


async def test_whose_word_a_time_is(gather, answering, told) -> None:
    """The author's claim, the service's record where it saw the post before that, and nobody's where there is no time."""
    identifier, answers = told("bluesky")
    feed = list(answers)[1]
    entry = json.loads(answers[feed])["feed"][0]
    earlier, later, none = (json.loads(json.dumps(entry)) for _ in range(3))
    earlier["post"]["record"]["createdAt"] = "2035-01-01T00:00:00Z"
    later["post"]["record"]["createdAt"] = "2015-01-01T00:00:00Z"
    none["post"]["record"]["createdAt"] = "soon"
    del none["post"]["indexedAt"]
    body = json.dumps({"feed": [earlier, later, none]}).encode()
    (_, *posts), _ = await gather(identifier, answering(answers | {feed: body}))

    assert [one.posted_at_from for one in posts] == ["api", "author", ""]
    assert [one.posted_at.year if one.posted_at else None for one in posts] == [2026, 2015, None]


async def test_an_account_for_signed_in_people_is_left_alone(gather, answering, told) -> None:
    """Its own label closes it: no post is asked for."""
    identifier, answers = told("bluesky")
    url = next(iter(answers))
    profiles = json.loads(answers[url])
    profiles["profiles"][0]["labels"] = [{"src": "did:plc:x", "uri": "at://x", "val": "!no-unauthenticated"}]
    web = answering(answers | {url: json.dumps(profiles).encode()})
    found, error = await gather(identifier, web)

    assert (found, error.reason, error.detail, web.urls) == ([], UnknownReason.OPTED_OUT, CLOSED, [url])


async def test_a_label_that_was_taken_back_closes_nothing(gather, answering, told) -> None:
    """A negation overwrites the label before it."""
    identifier, answers = told("bluesky")
    url = next(iter(answers))
    profiles = json.loads(answers[url])
    profiles["profiles"][0]["labels"] = [{"src": "did:plc:x", "val": "!no-unauthenticated", "neg": True}]
    found, error = await gather(identifier, answering(answers | {url: json.dumps(profiles).encode()}))

    assert (len(found) > 1, error) == (True, None)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"profiles": []}', UnknownReason.ABSENT),
        (b'{"profiles": [{"did": "did:plc:other", "handle": "other.example"}]}', UnknownReason.MALFORMED),
        (b'{"error": "InvalidRequest"}', UnknownReason.MALFORMED),
    ],
)
async def test_nobody_or_somebody_else(gather, answering, told, body, reason) -> None:
    """Who is not there is left out of the answer; another account than the one asked for is a fault."""
    identifier, answers = told("bluesky")
    found, error = await gather(identifier, answering(answers | {next(iter(answers)): body}))

    assert (found, error.reason) == ([], reason)


async def test_more_pages_than_planned_are_told(gather, answering, told) -> None:
    """One request more than planned is refused by the gate, and so the report says that there was more."""
    identifier, answers = told("bluesky")
    feed = list(answers)[1]
    page = json.loads(answers[feed])
    web = answering(answers | {f"{feed}&cursor=2026-02-01T00%3A00%3A00Z%3A%3Aa": json.dumps(page).encode()})
    found, error = await gather(identifier, web)

    assert (web.refused, error.reason) == (1, UnknownReason.BUDGET)
    assert len(found) == 11


async def test_a_failure_leaves_what_was_read_before(gather, answering, told) -> None:
    """The profile stands where the feed does not answer."""
    identifier, answers = told("bluesky")
    feed = list(answers)[1]
    found, error = await gather(identifier, answering(answers | {feed: UnreadableError(UnknownReason.SERVER_ERROR)}))

    assert ([one.kind for one in found], error.reason) == ([ObservationKind.PROFILE], UnknownReason.SERVER_ERROR)
