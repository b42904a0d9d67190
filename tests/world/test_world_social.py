"""snac2, a server of the fediverse that speaks a part of Mastodon's interface in its own way."""

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

ACTIVITY = "application/activity+json"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def account(user: str) -> Identifier:
    """Return the identifier of an account on this server."""
    return Identifier(kind=IdentifierKind.MASTODON, value=f"@{user}@social.test")


@pytest.fixture
async def observations(social: World, reader: Reader) -> list[Observation]:
    """Everything that the collector reads of Alma Ferrow."""
    return await reader.gather(social.candidate, account("alma"))


def post(observations: list[Observation], words: str) -> Observation:
    """Return the one post that has these words."""
    (found,) = [seen for seen in observations if seen.kind is ObservationKind.POST and words in seen.text]
    return found


async def statuses(reader: Reader) -> list[dict[str, object]]:
    """Return what the server lists as Alma's statuses."""
    lookup = json.loads((await reader.get("https://social.test/api/v1/accounts/lookup?acct=alma")).body)
    answer = await reader.get(f"https://social.test/api/v1/accounts/{lookup['id']}/statuses?limit=40")
    listed = json.loads(answer.body)
    assert isinstance(listed, list)
    return listed


async def test_the_profile_declares_her_other_places(observations: list[Observation]) -> None:
    """Bio and fields are the profile; the fields' rel=me links are what she declares as hers."""
    profile = observations[0]

    assert profile.kind is ObservationKind.PROFILE
    assert profile.author_name == "Alma Ferrow"
    assert profile.text.startswith("Ferry pilot and amateur lock historian.")
    assert set(profile.links) == {"https://alma.test/", "https://wiki.test/wiki/User:Alma_Ferrow"}


async def test_more_than_a_page_comes_through(observations: list[Observation], reader: Reader) -> None:
    """snac ignores `limit` and gives everything at once: every status but the unlisted one comes, and comes once."""
    listed = {status["id"] for status in await statuses(reader) if "unlisted thought" not in str(status["content"])}
    collected = [seen.native_id for seen in observations[1:]]

    assert len(listed) == 51
    assert sorted(collected) == sorted(listed)
    assert reader.missed == []


async def test_the_reading_ends(observations: list[Observation], reader: Reader) -> None:
    """Without a Link header the next page is asked by `max_id`; an answer with nothing new ends it."""
    pages = [url for url in reader.urls if "/statuses?" in url]

    assert 1 <= len(pages) <= 2


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("First post here.", datetime(2019, 4, 2, 9, 15, tzinfo=UTC)),
        ("shop steward of our trade union", datetime(2022, 2, 15, 18, 0, tzinfo=UTC)),
        ("burn the timetable", datetime(2022, 3, 4, 6, 45, tzinfo=UTC)),
        ("I will break both your arms", datetime(2024, 10, 1, 21, 10, tzinfo=UTC)),
    ],
)
async def test_a_post_has_its_date(observations: list[Observation], words: str, at: datetime) -> None:
    """Each post comes once, with the time that the server gives it."""
    found = post(observations, words)

    assert found.posted_at == at
    assert found.posted_at_from == "api"
    assert found.engagement is Engagement.ORIGINAL


async def test_markup_becomes_text(observations: list[Observation]) -> None:
    """snac writes a bare ampersand and inline tags; a reader gets the words."""
    assert post(observations, "Ten years of ferries").text == "Ten years of ferries today. Thank you & see you on deck!"


async def test_a_reply_is_a_reply(observations: list[Observation]) -> None:
    """What answers another's post is marked so; the other's words are in no text of hers."""
    found = post(observations, "the keeper only followed the tide table")

    assert found.engagement is Engagement.REPLY
    assert found.posted_at == datetime(2021, 6, 11, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "for your eyes only",  # her direct message
        "the bollard it is",  # the direct answer to it
        "thrown into his own lock",  # another's post, which she answered and boosted
        "smash every window",  # another's post that mentions her
    ],
)
async def test_messages_and_others_words_do_not_come(observations: list[Observation], words: str) -> None:
    """Direct messages and others' posts are in none of her texts."""
    assert not any(words in seen.text for seen in observations)


async def test_a_direct_message_is_nowhere_in_the_answers(social: World, reader: Reader) -> None:
    """The server itself never lists it: neither as a status nor in the outbox."""
    outbox = await reader.get("https://social.test/alma/outbox", ACTIVITY)

    assert "eyes only" not in json.dumps(await statuses(reader))
    assert b"eyes only" not in outbox.body


async def test_snac_calls_an_unlisted_post_public(social: World, reader: Reader) -> None:
    """Mastodon's interface of snac cannot tell an unlisted post; its ActivityPub form shows the addressing."""
    (status,) = [found for found in await statuses(reader) if "unlisted thought" in str(found["content"])]
    note = json.loads((await reader.get(str(status["uri"]), ACTIVITY)).body)

    assert status["visibility"] == "public"
    assert note["to"] == []
    assert note["cc"] == [PUBLIC]


async def test_an_unlisted_post_is_left_out_and_counted(observations: list[Observation], reader: Reader) -> None:
    """The collector decides by the addressing: each status was asked for itself, and the one to nobody was not read."""
    asked = [url for url in reader.urls if url.startswith("https://social.test/alma/p/")]

    assert not any("unlisted thought" in seen.text for seen in observations)
    assert len(asked) == 52
    assert (reader.ended and reader.ended.detail) == "OPT-MASTODON-UNLISTED: 1"


@pytest.mark.parametrize(
    "path", [".well-known/webfinger?resource=acct:nobody@social.test", "api/v1/accounts/lookup?acct=nobody"]
)
async def test_not_there_is_a_404_in_html(social: World, reader: Reader, path: str) -> None:
    """An unknown account is answered 404 with a page for people, where JSON was asked for."""
    answer = await reader.get(f"https://social.test/{path}", "application/json")

    assert answer.status == 404
    assert answer.content_type == "text/html"


async def test_a_local_account_is_named_with_its_host(social: World, reader: Reader) -> None:
    """Where Mastodon gives the bare name: nothing is read from it."""
    lookup = json.loads((await reader.get("https://social.test/api/v1/accounts/lookup?acct=alma")).body)

    assert (lookup["username"], lookup["acct"]) == ("alma", "alma@social.test")


async def test_an_unknown_account_is_absent(social: World, reader: Reader) -> None:
    """WebFinger says that there is no such account, and nothing more is asked."""
    with pytest.raises(UnreadableError) as caught:
        await reader.collect(social.candidate, account("nobody"))

    assert caught.value.reason == UnknownReason.ABSENT
    assert len(reader.urls) == 1


async def test_a_silent_account_has_no_posts(social: World, reader: Reader) -> None:
    """An account that never wrote gives its profile and nothing else."""
    found = await reader.collect(social.candidate, account("silent"))

    assert [seen.kind for seen in found] == [ObservationKind.PROFILE]


async def test_the_accounts_in_use_are_told_apart(social: World, reader: Reader) -> None:
    """The other user's posts come under the other user's account alone."""
    found = await reader.collect(social.candidate, account("corvin"))

    assert {seen.author_account for seen in found} == {"mastodon:corvin@social.test"}
    assert any("smash every window" in seen.text for seen in found)
    assert not any("break both your arms" in seen.text for seen in found)


async def test_robots_txt_closes_the_pages_for_people(social: World, reader: Reader) -> None:
    """snac refuses every robot everywhere, and its documented interface is open: the manifest says why that is asked."""
    answer = await reader.get("https://social.test/robots.txt")
    robots = Robots.of(answer.status, answer.body)

    assert not robots.allows("https://social.test/alma")
    assert not robots.allows("https://social.test/alma.rss")
