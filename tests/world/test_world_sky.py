"""The AT Protocol's own servers: a PDS, and an AppView under the address of Bluesky's public interface."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from world_reader import Reader, World

from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.web.robots import Robots

pytestmark = pytest.mark.world

VIEW = "https://public.api.bsky.app/xrpc"
HOME = "https://pds.test/xrpc"


def account(user: str) -> Identifier:
    """Return the identifier of an account."""
    return Identifier(kind=IdentifierKind.BLUESKY, value=f"{user}.test")


@pytest.fixture
async def observations(sky: World, reader: Reader) -> list[Observation]:
    """Everything that the collector reads of Alma Ferrow."""
    return await reader.collect(sky.candidate, account("alma"))


async def said(reader: Reader, method: str, status: int = 200) -> dict[str, object]:
    """Return what a method answers without a log-in."""
    answer = await reader.get(f"{VIEW}/{method}")
    assert answer.status == status
    told = json.loads(answer.body)
    assert isinstance(told, dict)
    return told


async def test_a_profile_and_what_was_posted(observations: list[Observation]) -> None:
    """Own words, an answer, a quotation and a repost, each as what it is; the like is nowhere."""
    (profile, *posts) = observations

    assert (profile.kind, profile.author_name) == (ObservationKind.PROFILE, "Alma Ferrow")
    assert {(one.engagement, one.text) for one in posts} == {
        (Engagement.REPOST, ""),
        (Engagement.QUOTE, "What a way to speak."),
        (Engagement.REPLY, "Leave him alone, please."),
        (Engagement.ORIGINAL, "First post here. Ferries, tides and bad puns."),
        (Engagement.ORIGINAL, "Posted from tomorrow, by a clock that is wrong."),
    }


async def test_a_feed_holds_the_words_of_others(observations: list[Observation]) -> None:
    """A repost, a quotation and an answer bring another's post along: as context, never as hers."""
    others = [one for one in observations if "thrown into his own lock" in one.context]

    assert {one.engagement for one in others} == {Engagement.REPOST, Engagement.QUOTE, Engagement.REPLY}
    assert not any("thrown into his own lock" in one.text for one in observations)


async def test_a_repost_says_why_it_is_there(sky: World, reader: Reader) -> None:
    """The entry is another's post, with the reason `reasonRepost`."""
    feed = await said(reader, "app.bsky.feed.getAuthorFeed?actor=alma.test&limit=50")
    assert isinstance(feed["feed"], list)
    (entry,) = [one for one in feed["feed"] if "reason" in one]

    assert entry["reason"]["$type"] == "app.bsky.feed.defs#reasonRepost"
    assert entry["post"]["author"]["handle"] == "corvin.test"


async def test_the_time_of_a_post_is_the_authors_claim(observations: list[Observation]) -> None:
    """An account of today has a post of 2019. A claim of the future is not believed: the service's own time is earlier."""
    times = {one.text.partition(" ")[0]: one.posted_at for one in observations}

    assert times["First"] == datetime(2019, 4, 2, 9, 15, tzinfo=UTC)
    assert times["Posted"] is not None
    assert times["Posted"].year < 2035


async def test_everything_is_handed_out_of_an_account_that_asks_for_a_log_in(sky: World, reader: Reader) -> None:
    """Neither the AppView nor the PDS holds anything back; only the profile's label says what is wished."""
    profile = await said(reader, "app.bsky.actor.getProfile?actor=hidden.test")
    feed = await said(reader, "app.bsky.feed.getAuthorFeed?actor=hidden.test")
    kept = await reader.get(f"{HOME}/com.atproto.repo.listRecords?repo=hidden.test&collection=app.bsky.feed.post")

    assert isinstance(profile["labels"], list)
    assert [label["val"] for label in profile["labels"]] == ["!no-unauthenticated"]
    assert "For those who are signed in." in json.dumps(feed)
    assert b"For those who are signed in." in kept.body


async def test_an_account_that_asks_for_a_log_in_is_left_alone(sky: World, reader: Reader) -> None:
    """The collector stops at the label, and asks for no post."""
    with pytest.raises(UnreadableError) as caught:
        await reader.collect(sky.candidate, account("hidden"))

    assert (caught.value.reason, caught.value.detail) == (UnknownReason.OPTED_OUT, "OPT-BLUESKY-NO-UNAUTHENTICATED")
    assert len(reader.urls) == 1


@pytest.mark.parametrize(
    ("user", "error", "message"),
    [("nobody", "InvalidRequest", "Profile not found"), ("gone", "AccountDeactivated", "Account is deactivated")],
)
async def test_not_there_is_a_400(sky: World, reader: Reader, user: str, error: str, message: str) -> None:
    """For an account that never was, and for one that was deactivated."""
    told = await said(reader, f"app.bsky.actor.getProfile?actor={user}.test", status=400)

    assert (told["error"], told["message"]) == (error, message)


@pytest.mark.parametrize("user", ["nobody", "gone"])
async def test_an_account_that_is_not_there_is_absent(sky: World, reader: Reader, user: str) -> None:
    """The collector asks in a way that leaves out who is not there, and so is told: no post is asked for."""
    with pytest.raises(UnreadableError) as caught:
        await reader.collect(sky.candidate, account(user))

    assert caught.value.reason == UnknownReason.ABSENT
    assert len(reader.urls) == 1


async def test_a_silent_account_has_a_profile_and_no_posts(sky: World, reader: Reader) -> None:
    """An account that never wrote."""
    found = await reader.collect(sky.candidate, account("silent"))

    assert [one.kind for one in found] == [ObservationKind.PROFILE]


@pytest.mark.parametrize("host", ["public.api.bsky.app", "pds.test"])
async def test_robots_txt_allows_the_interface(sky: World, reader: Reader, host: str) -> None:
    """Both servers write that the public interface may be crawled."""
    answer = await reader.get(f"https://{host}/robots.txt")

    assert b"Crawling the public" in answer.body
    assert Robots.of(answer.status, answer.body).allows(f"https://{host}/xrpc/app.bsky.feed.getAuthorFeed")
