"""Mastodon: the account, its wishes, its statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from footprint.collectors.mastodon import Mastodon
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind

INES = Identifier(kind=IdentifierKind.MASTODON, value="@ines@social.example")
FINGER = "https://social.example/.well-known/webfinger?resource=acct:ines@social.example"
LOOKUP = "https://social.example/api/v1/accounts/lookup?acct=ines"
STATUSES = "https://social.example/api/v1/accounts/4711/statuses?limit=40"
OLDER = f"{STATUSES}&max_id=102"
NEXT = {STATUSES: (("next", OLDER), ("prev", STATUSES))}


@pytest.fixture
def answers(assets: Path) -> dict[str, bytes | Path]:
    """A server that knows the account."""
    folder = assets / "mastodon"
    return {
        FINGER: folder / "webfinger.json",
        LOOKUP: folder / "account.json",
        STATUSES: folder / "statuses.json",
        OLDER: folder / "statuses-older.json",
    }


def account(assets: Path, **changes: object) -> bytes:
    """The account with some fields changed; None takes a field away."""
    plain = json.loads((assets / "mastodon/account.json").read_text("utf-8")) | changes
    return json.dumps({name: value for name, value in plain.items() if value != "gone"}).encode()


def test_the_plan_is_webfinger_account_five_pages_and_a_hundred_statuses() -> None:
    """Two exact requests, up to five pages of statuses, and up to a hundred statuses at the same host for themselves."""
    finger, lookup, statuses, status = Mastodon().plan(INES)

    assert (finger.template, lookup.template) == (FINGER, LOOKUP)
    assert statuses.at_most == 5
    assert statuses.allows(STATUSES)
    assert statuses.allows(OLDER)
    assert not statuses.allows(STATUSES.replace("4711", "4711/followers"))
    assert (status.at_most, status.accept) == (100, "application/activity+json")
    assert status.allows("https://social.example/ines/p/1.2")
    assert not status.allows("https://elsewhere.example/ines/p/1.2")


async def test_an_account_and_its_statuses(gather, answering, answers) -> None:
    """The profile comes first, then the public statuses of both pages; private and unlisted ones are passed over."""
    web = answering(answers, NEXT)
    (profile, *posts), error = await gather(INES, web)

    assert error is None
    assert web.urls == [FINGER, LOOKUP, STATUSES, OLDER]
    assert profile.kind is ObservationKind.PROFILE
    assert profile.text == "Bridges.\nOpinions are my own.\nSite: ines.example\nPaper: paper\nI like: tea"
    assert profile.links == ("https://ines.example", "https://paper.example/ines")
    assert [post.native_id for post in posts] == ["109", "108", "107", "106", "105", "104", "101", "100"]
    assert {post.author_account for post in posts} == {"mastodon:ines@social.example"}
    assert {post.posted_at_from for post in posts} == {"api"}


@pytest.mark.parametrize(
    ("native_id", "engagement", "text", "context"),
    [
        ("109", Engagement.ORIGINAL, "A plain post", ""),
        ("108", Engagement.QUOTE, "This is vile.", "Words of another"),
        ("107", Engagement.REPOST, "", "Passed on"),
        ("106", Engagement.QUOTE, "Mine", ""),
        ("105", Engagement.REPOST, "", "Careful\nBoosted words"),
        ("104", Engagement.REPLY, "I agree", "Bridges\nThe beginning"),
        ("101", Engagement.ORIGINAL, "Bridges\nThe beginning", ""),
        ("100", Engagement.REPLY, "To a stranger", ""),
    ],
)
async def test_how_the_candidate_relates_to_the_words(
    gather, answering, answers, native_id: str, engagement: Engagement, text: str, context: str
) -> None:
    """Own words and the words of others are kept apart, for each way of speaking."""
    found, _ = await gather(INES, answering(answers, NEXT))
    (post,) = [one for one in found if one.native_id == native_id]

    assert (post.engagement, post.text, post.context) == (engagement, text, context)


async def test_place_edit_language_and_address(gather, answering, answers) -> None:
    """A boost has no page of its own; an edit is marked; a missing language stays empty."""
    found, _ = await gather(INES, answering(answers, NEXT))
    posts = {one.native_id: one for one in found}

    assert (posts["109"].place, posts["101"].place) == ("/0/content", "/0/content")
    assert (posts["109"].evidence, posts["101"].evidence) == ("E0003", "E0004")
    assert (posts["101"].edited, posts["109"].edited) == (True, False)
    assert (posts["109"].language, posts["100"].language) == ("en", "")
    assert posts["105"].url == "https://social.example/users/ines/statuses/105"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"noindex": True}, "OPT-MASTODON-NOINDEX"),
        ({"discoverable": False}, "OPT-MASTODON-DISCOVERABLE"),
        ({"indexable": False}, "OPT-MASTODON-INDEXABLE"),
        ({"locked": True}, "OPT-MASTODON-LOCKED"),
        ({"suspended": True}, "OPT-MASTODON-SUSPENDED"),
        ({"memorial": True}, "OPT-MASTODON-MEMORIAL"),
    ],
)
async def test_an_account_that_asks_to_be_left_alone_is(gather, answering, answers, assets, changes, rule: str) -> None:
    """Nothing is yielded and no status is asked for."""
    web = answering(answers | {LOOKUP: account(assets, **changes)})
    found, error = await gather(INES, web)

    assert (found, error.reason, error.detail) == ([], UnknownReason.OPTED_OUT, rule)
    assert web.urls == [FINGER, LOOKUP]


@pytest.mark.parametrize("changes", [{"discoverable": None}, {"indexable": "gone"}, {"noindex": None}])
async def test_an_account_that_says_nothing_is_read(gather, answering, answers, assets, changes) -> None:
    """A flag that is not there, or null, asks for nothing."""
    found, error = await gather(INES, answering(answers | {LOOKUP: account(assets, **changes)}, NEXT))

    assert (len(found), error) == (9, None)


async def test_a_local_account_may_be_named_with_its_host(gather, answering, answers, assets) -> None:
    """snac gives the host for a local account too."""
    web = answering(answers | {LOOKUP: account(assets, acct="ines@social.example", username="INES")}, NEXT)
    found, error = await gather(INES, web)

    assert (found[0].author_account, error) == (INES.key, None)


async def test_another_account_than_asked_for_is_malformed(gather, answering, answers, assets) -> None:
    """A server that answers with somebody else is not believed."""
    found, error = await gather(INES, answering(answers | {LOOKUP: account(assets, username="otto")}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)


async def test_a_missing_account_ends_at_webfinger(gather, answering) -> None:
    """A host that does not know the account is asked nothing more."""
    web = answering({})
    found, error = await gather(INES, web)

    assert (found, error.reason, web.urls) == ([], UnknownReason.ABSENT, [FINGER])


async def test_a_host_without_webfinger_may_have_the_account(gather, answering, answers) -> None:
    """A timeout there was noted by the gate, and says nothing of the account."""
    web = answering(answers | {FINGER: UnreadableError(UnknownReason.TIMEOUT)}, NEXT)
    found, error = await gather(INES, web)

    assert (len(found), error) == (9, None)


@pytest.mark.parametrize("url", [FINGER, LOOKUP])
async def test_a_stop_passes(gather, answering, answers, url: str) -> None:
    """A stop of the source is let through."""
    stop = SourceStopped(UnknownReason.RATE_LIMITED, "429")

    assert await gather(INES, answering(answers | {url: stop})) == ([], stop)


async def test_what_was_read_before_a_stop_is_not_lost(gather, answering, answers) -> None:
    """The first page counts although the second was refused."""
    stop = SourceStopped(UnknownReason.RATE_LIMITED, "429")
    found, error = await gather(INES, answering(answers | {OLDER: stop}, NEXT))

    assert (len(found), error) == (7, stop)


@pytest.mark.parametrize("url", [FINGER, LOOKUP, STATUSES])
@pytest.mark.parametrize(
    "body", [b"", b"<h1>404 Not Found</h1>", b"[1]", b"null", b"\xff", b"[" * 100_000, b'{"id": "1"}']
)
async def test_a_malformed_answer(gather, answering, answers, url: str, body: bytes) -> None:
    """What has not the documented shape is refused, whichever request it answers, without its content in the message."""
    if url == FINGER and body == b'{"id": "1"}':
        return  # a JRD may leave everything out (RFC 7033 4.4)
    _, error = await gather(INES, answering(answers | {url: body}))

    assert error.reason is UnknownReason.MALFORMED
    assert "Not Found" not in error.detail


@pytest.mark.parametrize("field", ["id", "created_at", "account", "content", "visibility", "in_reply_to_id", "reblog"])
async def test_a_status_without_a_promised_field(gather, answering, answers, assets, field: str) -> None:
    """Without it a status could be taken for what it is not."""
    statuses = json.loads((assets / "mastodon/statuses.json").read_text("utf-8"))
    del statuses[2][field]
    found, error = await gather(INES, answering(answers | {STATUSES: json.dumps(statuses).encode()}))

    assert (len(found), error.detail) == (1, f"mastodon.statuses: missing at 2.{field}")


@pytest.mark.parametrize(
    ("field", "value"), [("created_at", "2026-05-01T10:00:00"), ("created_at", 1777), ("id", "../../admin"), ("id", 7)]
)
async def test_a_status_with_an_unusable_value(gather, answering, answers, assets, field: str, value: object) -> None:
    """A time without its zone, and an id that would leave its place in an address."""
    statuses = json.loads((assets / "mastodon/statuses.json").read_text("utf-8"))
    statuses[0][field] = value
    _, error = await gather(INES, answering(answers | {STATUSES: json.dumps(statuses).encode()}))

    assert error.reason is UnknownReason.MALFORMED


async def test_an_account_without_statuses(gather, answering, answers) -> None:
    """The profile alone, and no further page."""
    web = answering(answers | {STATUSES: b"[]"})
    found, error = await gather(INES, web)

    assert ([one.kind for one in found], error, len(web.asked)) == ([ObservationKind.PROFILE], None, 3)


async def test_a_status_of_somebody_else_is_passed_over(gather, answering, answers, assets) -> None:
    """Only the account itself speaks for itself."""
    statuses = json.loads((assets / "mastodon/statuses.json").read_text("utf-8"))
    statuses[0]["account"]["id"] = "99"
    found, _ = await gather(INES, answering(answers | {STATUSES: json.dumps(statuses).encode()}))

    assert "109" not in {one.native_id for one in found}


async def test_a_quoted_or_boosted_post_for_followers_is_no_context(gather, answering, answers, assets) -> None:
    """Words that were not for everybody are not shown through somebody else's post."""
    statuses = json.loads((assets / "mastodon/statuses.json").read_text("utf-8"))
    statuses[1]["quote"]["quoted_status"]["visibility"] = "private"
    statuses[4]["reblog"]["visibility"] = "private"
    found, _ = await gather(INES, answering(answers | {STATUSES: json.dumps(statuses).encode()}))
    posts = {one.native_id: one for one in found}

    assert (posts["108"].context, posts["105"].context) == ("", "")


async def test_a_server_that_repeats_itself_is_asked_twice_at_most(gather, answering, answers) -> None:
    """A page without anything new is the last; nothing is yielded twice."""
    web = answering(answers | {OLDER: answers[STATUSES]}, NEXT | {OLDER: (("next", OLDER),)})
    found, _ = await gather(INES, web)

    assert web.urls.count(OLDER) == 1
    assert len({one.native_id for one in found[1:]}) == len(found) - 1


async def test_five_pages_are_the_most(gather, answering, answers, assets) -> None:
    """Without a Link header a full page has a next one, up to the fifth."""
    (status, *_) = json.loads((assets / "mastodon/statuses.json").read_text("utf-8"))
    pages, url = {}, STATUSES
    for page in range(6):
        ids = [str(1000 - page * 40 - row) for row in range(40)]
        uri = status["uri"].removesuffix(status["id"])
        pages[url] = json.dumps([status | {"id": one, "uri": f"{uri}{one}"} for one in ids]).encode()
        url = f"{STATUSES}&max_id={ids[-1]}"
    web = answering(answers | pages)
    found, error = await gather(INES, web)

    assert (len(found), error.reason, len(web.asked)) == (201, UnknownReason.BUDGET, 7)


async def test_more_rows_than_asked_for_are_refused(gather, answering, answers, assets) -> None:
    """A flood is not read."""
    (status, *_) = json.loads((assets / "mastodon/statuses.json").read_text("utf-8"))
    flood = json.dumps([status] * 201).encode()
    _, error = await gather(INES, answering(answers | {STATUSES: flood}))

    assert error.detail == "mastodon.statuses: 201 items, 200 at most expected"
