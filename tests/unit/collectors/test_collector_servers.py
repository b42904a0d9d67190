"""What servers answer that cannot run beside the tests, in the form in which they were seen to answer or document it.

Through the real gate and client, over TLS on loopback. GoToSocial, NodeBB and Stack Exchange; the people are invented.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from footprint.collectors.catalog import collector
from footprint.contract.server import Asked, Given, Loopback
from footprint.demo.clock import DemoClock
from footprint.model.candidate import Identifier
from footprint.model.evidence import UnknownReason
from footprint.sources.trial import Means, Outcome, Room
from footprint.web.client import Client
from footprint.web.guard import Guard
from footprint.web.pace import TOO_FAR

MASTODON = Identifier(kind="mastodon", value="@ines@social.example")
PAGE = Identifier(kind="website", value="https://social.example/@ines")
FEED = Identifier(kind="feed", value="https://social.example/@ines/feed.rss")
QUESTIONS = Identifier(kind="stackexchange", value="4711")
ASSETS = Path(__file__).parents[2] / "assets"

Answers = Callable[[Asked], Given]
Read = Callable[[Identifier, Answers], Awaitable[tuple[Outcome, list[str]]]]


@pytest.fixture
def clock() -> DemoClock:
    """A clock that nobody waits for."""
    return DemoClock()


@pytest.fixture
def read(clock: DemoClock) -> Iterator[Read]:
    """Read an identifier from a server that answers so; what came of it, and what was asked but for robots.txt."""
    with Room(clock) as room:

        async def reading(identifier: Identifier, answers: Answers) -> tuple[Outcome, list[str]]:
            reader = collector(identifier.kind)
            hosts = {request.host for request in reader.plan(identifier)}
            async with Loopback(hosts, answers) as web:
                client = Client(guard=Guard(pinned=web.pinned), user_agent="footprint", tls=web.tls)
                try:
                    outcome = await room.read(reader, identifier, Means(client, clock))
                finally:
                    await client.aclose()
                return outcome, [asked.url for asked in web.asked if asked.target != "/robots.txt"]

        yield reading


def answer_in_json(value: object, status: int = 200, content_type: str = "application/json") -> Given:
    """Return an answer in JSON."""
    return Given(status, content_type, json.dumps(value).encode())


def gotosocial(asked: Asked) -> Given:
    """Answer as GoToSocial does a stranger: WebFinger, page and feed are open, and its interface is not."""
    if asked.target == "/robots.txt":
        return Given(404)
    if asked.target.startswith("/.well-known/webfinger"):
        return answer_in_json({"subject": "acct:ines@social.example", "links": []}, content_type="application/jrd+json")
    if asked.target == "/@ines":
        robots = b'<meta name="robots" content="nofollow, noarchive, nositelinkssearchbox, max-image-preview:standard">'
        return Given(
            body=b"<!doctype html><html><head><title>Ines</title>" + robots + b"</head><body>Ines</body></html>"
        )
    if asked.target == "/@ines/feed.rss":
        return Given(content_type="application/rss+xml; charset=utf-8", body=SHOUTED)
    return answer_in_json({"error": "Unauthorized: token not supplied"}, status=401)


SHOUTED = b"""<?xml version="1.0" encoding="UTF-8"?>
<Rss Version="2.0"><Channel><Title>Posts from @ines@social.example</Title><Link>https://social.example/@ines</Link>
<Item><Title>Ines made a new post</Title><Link>https://social.example/@ines/statuses/1</Link>
<Description>Measured the old span today.</Description><PubDate>Fri, 01 May 2026 10:00:00 +0000</PubDate></Item>
</Channel></Rss>"""
"""A feed whose elements begin with capitals, which neither RSS nor XML forgives."""


async def test_an_account_behind_a_log_in_is_refused_and_not_missing(read: Read) -> None:
    """GoToSocial answers 401 to the look-up: a wall. That the account is not there would be wrong."""
    outcome, asked = await read(MASTODON, gotosocial)

    assert (outcome.observations, outcome.reasons) == ((), (UnknownReason.WALL,))
    assert len(asked) == 2


async def test_a_page_that_asks_not_to_be_archived_is_left(read: Read) -> None:
    """GoToSocial's page of an account is open, and says `noarchive` among other words."""
    outcome, _ = await read(PAGE, gotosocial)

    assert (outcome.observations, outcome.reasons) == ((), (UnknownReason.OPTED_OUT,))


async def test_a_feed_with_capitals_is_read(read: Read) -> None:
    """`<Rss><Title>`: the entry, its address and its date come through."""
    outcome, _ = await read(FEED, gotosocial)
    (post,) = [one for one in outcome.observations if one.text]

    assert outcome.unknowns == ()
    assert "Measured the old span today." in post.text
    assert post.url == "https://social.example/@ines/statuses/1"
    assert post.posted_at is not None
    assert post.posted_at.isoformat() == "2026-05-01T10:00:00+00:00"


async def test_a_webfinger_that_does_not_know_the_account_may_say_so_in_json(read: Read) -> None:
    """GoToSocial's 404 is JSON, snac's a page for people: both are an account that is not there."""
    outcome, asked = await read(MASTODON, lambda asked: answer_in_json({"error": "Not Found"}, status=404))

    assert outcome.reasons == (UnknownReason.ABSENT,)
    assert len(asked) == 1


async def test_a_webfinger_link_may_have_a_template_and_no_address(read: Read) -> None:
    """NodeBB links so to what a client can do there (FEP-3b86): the answer is a good one, and the account is asked for."""
    intent = {"rel": "https://w3id.org/fep/3b86/Create", "template": "https://social.example/compose?text={content}"}

    def nodebb(asked: Asked) -> Given:
        if asked.target.startswith("/.well-known/"):
            told = {"subject": "acct:ines@social.example", "links": [intent]}
            return answer_in_json(told, content_type="application/jrd+json")
        return answer_in_json({"error": "Not Found"}, status=404)

    outcome, asked = await read(MASTODON, nodebb)

    assert outcome.reasons == (UnknownReason.ABSENT,)
    assert [url.partition("?")[0].rpartition("/")[2] for url in asked] == ["webfinger", "lookup"]


def questions(**more: object) -> Answers:
    """Answer as Stack Exchange does where the account is there, with something more around the profile."""
    files = {"posts": "posts.json", "comments": "comments.json"}

    def answer(asked: Asked) -> Given:
        last = asked.target.partition("?")[0].rpartition("/")[2]
        told = json.loads((ASSETS / "stackexchange" / files.get(last, "user.json")).read_text("utf-8"))
        return answer_in_json(told if last in files else told | more)

    return answer


async def test_a_pause_in_the_body_is_kept_and_the_reading_goes_on(read: Read, clock: DemoClock) -> None:
    """`backoff` beside a good answer: the next request to that host comes after so many seconds."""
    begun = clock.now()
    await read(QUESTIONS, questions())
    usual = clock.now() - begun
    paused, asked = await read(QUESTIONS, questions(backoff=30))

    assert (paused.unknowns, len(asked)) == ((), 3)
    assert (clock.now() - begun - usual).total_seconds() >= 30


async def test_a_long_pause_in_the_body_ends_the_source(read: Read) -> None:
    """What was read before it stands."""
    outcome, asked = await read(QUESTIONS, questions(backoff=TOO_FAR + 10))

    assert len(outcome.observations) == 1
    assert (outcome.reasons, len(asked)) == ((UnknownReason.RATE_LIMITED,), 1)


async def test_a_throttled_answer_ends_the_source(read: Read) -> None:
    """Status 400 with `throttle_violation`: a limit, and no malformed answer. Nothing more is asked."""
    refusal = {"error_id": 502, "error_name": "throttle_violation", "error_message": "available in 54321 seconds"}
    outcome, asked = await read(QUESTIONS, lambda asked: answer_in_json(refusal, status=400))

    assert outcome.reasons == (UnknownReason.RATE_LIMITED,)
    assert len(asked) == 1
