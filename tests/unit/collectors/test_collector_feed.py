"""Feeds: the candidate's own, and a newspaper's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from footprint.collectors.entries import is_candidate, words_of
from footprint.collectors.feed import Feed, mentions
from footprint.model.candidate import Candidate, Identifier, IdentifierKind, Provenance, Relation
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind
from footprint.web.feed import FeedEntry

OWN = Identifier(kind=IdentifierKind.FEED, value="https://ines.example/feed.xml")
PRESS = Identifier(
    kind=IdentifierKind.FEED,
    value="https://herald.example/feed.xml",
    provenance=Provenance.CONTROLLER,
    relation=Relation.MENTION,
)
BRIDGE = "https://herald.example/bridge"


def test_only_a_press_feed_has_articles_in_its_plan() -> None:
    """An own feed is one request and at most four older pages; a newspaper's may open ten articles on its host."""
    own, older = Feed().plan(OWN)
    assert (own.template, older.id, older.at_most) == (OWN.value, "feed.older", 4)
    feed, article = Feed().plan(PRESS)
    assert feed.is_exact
    assert (article.id, article.at_most, article.template) == ("feed.article", 10, "https://herald.example/{+path}")


async def test_an_own_feed_gives_its_entries(gather, answering, assets) -> None:
    """Every entry with words is an observation of its place."""
    found, error = await gather(OWN, answering({OWN.value: assets / "website/feed.xml"}))

    assert error is None
    assert [one.place for one in found] == ["entry[0]", "entry[1]", "entry[2]"]
    assert (found[0].text, found[0].url) == ("Rivets\nI counted them all.", "https://ines.example/rivets")
    assert {one.source for one in found} == {"feed"}


def numbered(*numbers: int, following: str = "") -> bytes:
    """A page of a feed: entries that are known by their numbers, and where the older ones stand."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{number}</guid><description>Note {number}</description></item>"
        for number in numbers
    )
    link = f'<atom:link rel="next" href="{following}"/>' if following else ""
    return (
        f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{link}{items}</channel></rss>'
    ).encode()


async def test_an_own_feed_is_read_page_by_page(gather, answering) -> None:
    """Back from the newest, as the feed says; an entry that slid to the next page meanwhile comes once."""
    second, third = "https://ines.example/feed/2", "https://ines.example/feed/3"
    web = answering(
        {
            OWN.value: numbered(9, 8, following="/feed/2"),
            second: numbered(8, 7, following=third),
            third: numbered(6, following=OWN.value),
        }
    )
    found, error = await gather(OWN, web)

    assert ([one.native_id for one in found], error) == (["9", "8", "7", "6"], None)
    assert web.urls == [OWN.value, second, third]
    assert [one.evidence for one in found] == ["E0001", "E0001", "E0002", "E0003"]


async def test_five_pages_of_a_feed_are_the_most(gather, answering) -> None:
    """One request more is refused by the gate, and so the report says that there was more."""
    pages = {f"https://ines.example/feed/{n}": numbered(n, following=f"/feed/{n + 1}") for n in range(1, 9)}
    web = answering(pages | {OWN.value: numbered(0, following="/feed/1")})
    found, error = await gather(OWN, web)

    assert ([one.native_id for one in found], error) == (["0", "1", "2", "3", "4"], None)
    assert web.refused == 1


@pytest.mark.parametrize(
    "following", ["https://elsewhere.example/feed/2", "http://ines.example/feed/2", "javascript:0"]
)
async def test_an_older_page_elsewhere_is_not_asked_for(gather, answering, following: str) -> None:
    """Another host, and the same without TLS, are not in the plan."""
    web = answering({OWN.value: numbered(9, following=following)})
    found, error = await gather(OWN, web)

    assert (len(found), error, web.urls) == (1, None, [OWN.value])


async def test_an_older_page_that_is_not_there_or_no_feed_leaves_what_was_read(gather, answering) -> None:
    """A 404 was noted by the gate; what is no feed is told."""
    answers = {OWN.value: numbered(9, following="/feed/2")}
    missing, nothing = await gather(OWN, answering(answers))
    broken, fault = await gather(OWN, answering(answers | {"https://ines.example/feed/2": b"<html></html>"}))

    assert (len(missing), nothing) == (1, None)
    assert (len(broken), fault.reason) == (1, UnknownReason.MALFORMED)


async def test_an_own_feed_without_authors_is_the_owners(gather, answering) -> None:
    """On the candidate's own feed an entry that names nobody is theirs; one without words is nothing."""
    feed = b"<rss version='2.0'><channel><item><description>Words</description></item><item><guid>1</guid></item></channel></rss>"
    (one,), error = await gather(OWN, answering({OWN.value: feed}))

    assert (one.engagement, one.url, one.posted_at, one.posted_at_from) == (Engagement.ORIGINAL, OWN.value, None, "")
    assert error is None


async def test_of_a_newspaper_only_what_has_the_name_is_opened(gather, answering, assets) -> None:
    """Articles with the name are read as by others; the weather and another singer are not opened."""
    web = answering({PRESS.value: assets / "feed/press.xml", BRIDGE: assets / "feed/bridge.html"})
    (article, summary), error = await gather(PRESS, web)

    assert error is None
    assert web.urls == [PRESS.value, BRIDGE, "https://herald.example/gone"]
    assert article.kind is ObservationKind.ARTICLE
    assert {article.engagement, summary.engagement} == {Engagement.BY_OTHERS}
    assert article.text.startswith("Bridge survey by Ines Marlow")
    assert "outlast the town hall" in article.text
    assert (article.author_name, article.author_account, article.language) == ("Pia Kroll", "", "en")
    assert (article.posted_at, article.posted_at_from) == (datetime(2026, 3, 2, 8, tzinfo=UTC), "feed")
    assert (article.evidence, article.url) == ("E0002", BRIDGE)


async def test_an_article_elsewhere_is_quoted_from_the_feed(gather, answering, assets) -> None:
    """Another host is not in the plan; what the feed says itself stands, with the feed as its evidence."""
    (summary,), _ = await gather(PRESS, answering({PRESS.value: assets / "feed/press.xml"}))

    assert summary.text == "Elsewhere\nThe council thanked INES MARLOW."
    assert (summary.evidence, summary.place) == ("E0001", "entry[2]")


@pytest.mark.parametrize(
    ("canonical", "shown"),
    [
        ("https://herald.example/2026/bridge", "https://herald.example/2026/bridge"),
        ("/2026/bridge", "https://herald.example/2026/bridge"),
        ("https://elsewhere.example/bridge", "https://herald.example/a?from=feed"),
        ("javascript:alert(1)", "https://herald.example/a?from=feed"),
    ],
)
async def test_an_article_is_shown_under_the_address_that_it_calls_its_own(
    gather, answering, canonical: str, shown: str
) -> None:
    """Where it is one of the same host; a page of another is not what was read."""
    asked = "https://herald.example/a?from=feed"
    feed = f"<rss version='2.0'><channel><item><title>Ines Marlow</title><link>{asked}</link></item></channel></rss>"
    body = (
        f'<title>x</title><link rel="canonical" href="{canonical}"><article><p>Ines Marlow measures it.</p></article>'
    )
    (article,), _ = await gather(PRESS, answering({PRESS.value: feed.encode(), asked: body.encode()}))

    assert article.url == shown


async def test_what_the_feed_says_itself_has_the_feeds_language(gather, answering) -> None:
    """An entry has none of its own in RSS."""
    item = "<item><title>Ines Marlow</title><link>https://elsewhere.example/a</link></item>"
    feed = f"<rss version='2.0'><channel><language>de-AT</language>{item}</channel></rss>"
    (summary,), _ = await gather(PRESS, answering({PRESS.value: feed.encode()}))

    assert summary.language == "de-AT"


async def test_a_date_from_the_article_where_the_feed_has_none(gather, answering, assets) -> None:
    """The article's own time is second best, and named."""
    feed = f"<rss version='2.0'><channel><item><title>Ines Marlow</title><link>{BRIDGE}</link></item></channel></rss>"
    (article,), _ = await gather(PRESS, answering({PRESS.value: feed.encode(), BRIDGE: assets / "feed/bridge.html"}))

    assert (article.posted_at, article.posted_at_from) == (datetime(2026, 3, 2, 7, tzinfo=UTC), "meta")


async def test_a_title_that_the_text_lacks_is_put_before_it(gather, answering) -> None:
    """The title is part of what was written."""
    feed = f"<rss version='2.0'><channel><item><title>Ines Marlow</title><link>{BRIDGE}</link></item></channel></rss>"
    body = b"<title>Headline</title><article><p>Body of the article, which does not repeat it.</p></article>"
    (article,), _ = await gather(PRESS, answering({PRESS.value: feed.encode(), BRIDGE: body}))

    assert article.text == "Headline\nBody of the article, which does not repeat it."


async def test_an_article_without_text_is_malformed_and_the_next_is_read(gather, answering, assets) -> None:
    """One bad article does not hold up the others."""
    items = "".join(
        f"<item><title>Ines Marlow</title><link>{url}</link></item>" for url in ("https://herald.example/a", BRIDGE)
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    answers = {PRESS.value: feed, "https://herald.example/a": b"<html></html>", BRIDGE: assets / "feed/bridge.html"}
    found, error = await gather(PRESS, answering(answers))

    assert [one.url for one in found] == [BRIDGE]
    assert (error.reason, error.detail) == (UnknownReason.MALFORMED, "feed.article: no text in the article")


async def test_at_most_ten_articles_and_each_once(gather, answering) -> None:
    """Twelve entries, one of them twice: ten requests, and one more that the gate refuses."""
    places = [1, 1, *range(2, 13)]
    items = "".join(f"<item><title>Ines Marlow</title><link>https://herald.example/{n}</link></item>" for n in places)
    web = answering({PRESS.value: f"<rss version='2.0'><channel>{items}</channel></rss>".encode()})
    await gather(PRESS, web)

    assert len(web.urls) == len(set(web.urls)) == 11
    assert web.refused == 1


@pytest.mark.parametrize("identifier", [OWN, PRESS])
async def test_a_missing_feed(gather, answering, identifier: Identifier) -> None:
    """A 404 passes through."""
    found, error = await gather(identifier, answering({}))

    assert (found, error.reason) == ([], UnknownReason.ABSENT)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<html><title>x</title></html>", b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>"]
)
async def test_a_malformed_feed(gather, answering, body: bytes) -> None:
    """What is no feed is said to be none."""
    found, error = await gather(OWN, answering({OWN.value: body}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)


async def test_an_empty_feed(gather, answering) -> None:
    """A feed without entries is an answer, and a valid one."""
    assert await gather(PRESS, answering({PRESS.value: b"<rss version='2.0'><channel></channel></rss>"})) == ([], None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Ines Marlow", True),
        ("INES\n  MARLOW speaks", True),
        ("(Ines Marlow)", True),
        ("Inesita Marlow", False),
        ("Ines Marlowe", False),
        ("Ines and Marlow", False),
        ("", False),
        ("昨日王小明发言", True),
    ],
)
def test_a_name_is_found_whole(text: str, expected: bool) -> None:
    """Names are whole words in any case; in a script without spaces anywhere."""
    assert mentions(text, ("Ines Marlow", "王小明")) is expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ines Marlow", True),
        ("inés marlow", True),
        ("Marlow, Ines", True),
        ("I M Oakes", True),
        ("ines", True),
        ("Otto Brandl", False),
        ("Marlow", False),
        ("Ines Marlow and Otto Brandl", False),
    ],
)
def test_who_is_the_candidate(ines: Candidate, author: str, expected: bool) -> None:
    """A name given, in any order, or a user name of theirs; nobody else."""
    assert is_candidate(author, ines) is expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("A", "B", "A\nB"),
        ("", "B", "B"),
        ("A", "", "A"),
        ("The beginning of...", "The beginning of a post", "The beginning of a post"),
        ("Same", "Same", "Same"),
    ],
)
def test_a_title_is_not_said_twice(title: str, text: str, expected: str) -> None:
    """Servers without titles repeat the beginning of the text in their place."""
    assert words_of(FeedEntry(place=0, title=title, text=text)) == expected
