"""The candidate's own website."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from footprint.collectors.website import Website
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind

SITE = Identifier(kind=IdentifierKind.WEBSITE, value="https://ines.example/")
PAGE, FEED = "https://ines.example/", "https://ines.example/feed.xml"


def test_the_plan_names_the_page_and_one_feed_on_the_same_host() -> None:
    """The second for any path of the same host, once; older pages of the feed, four times at most."""
    page, feed, older = Website().plan(SITE)

    assert (page.template, page.is_exact, page.host) == (PAGE, True, "ines.example")
    assert (feed.template, feed.at_most) == ("https://ines.example/{+path}", 1)
    assert (older.id, older.template, older.at_most) == ("website.older", feed.template, 4)


@pytest.mark.parametrize(
    ("value", "template"),
    [
        ("HTTPS://Ines.Example/A", "https://ines.example/A"),
        ("http://ines.example:8080/x", "http://ines.example:8080/x"),
        ("https://ines.example/{id}", "https://ines.example/%7Bid%7D"),
        ("https://ines.example/a b/é", "https://ines.example/a%20b/%C3%A9"),
        ("https://ines.example/%7Eines?a=1&b=2", "https://ines.example/%7Eines?a=1&b=2"),
    ],
)
def test_what_the_candidate_wrote_is_no_template(value: str, template: str) -> None:
    """Braces in an address stand for themselves, so that a plan allows one address and no other."""
    page = Website().plan(Identifier(kind=IdentifierKind.WEBSITE, value=value))[0]

    assert page.template == template
    assert page.is_exact
    assert page.allows(template)


async def test_a_page_with_a_card_and_a_feed(gather, answering, assets) -> None:
    """The page gives a profile with the owner's links, the feed its entries."""
    web = answering({PAGE: assets / "website/index.html", FEED: assets / "website/feed.xml"})
    (profile, *posts), error = await gather(SITE, web)

    assert error is None
    assert profile.kind is ObservationKind.PROFILE
    assert profile.text.splitlines()[:3] == [
        "I measure bridges.",
        "Surveyor, Fenwick Bridges, Harrowdene",
        "Bridges, mostly.",
    ]
    assert profile.links == ("https://social.example/@ines", "https://code.example/inesm")
    assert (profile.author_name, profile.author_account, profile.language) == ("Ines Marlow", SITE.key, "en-GB")
    assert (profile.posted_at, profile.evidence, profile.source) == (None, "E0001", "website")
    assert [post.evidence for post in posts] == ["E0002"] * 3
    assert web.urls == [PAGE, FEED]


async def test_whose_words_the_entries_are(gather, answering, assets) -> None:
    """An entry is the owner's by inheritance or by a name given; a guest's is by others."""
    web = answering({PAGE: assets / "website/index.html", FEED: assets / "website/feed.xml"})
    (_, own, guest, turned), _ = await gather(SITE, web)

    assert [post.engagement for post in (own, guest, turned)] == [
        Engagement.ORIGINAL,
        Engagement.BY_OTHERS,
        Engagement.ORIGINAL,
    ]
    assert (guest.author_name, guest.author_account) == ("Otto Brandl", "")
    assert own.author_account == SITE.key


async def test_the_time_of_an_entry(gather, answering, assets) -> None:
    """Published beats updated, a later update marks an edit, and a mere update is named as what it is."""
    web = answering({PAGE: assets / "website/index.html", FEED: assets / "website/feed.xml"})
    (_, own, guest, undated), _ = await gather(SITE, web)

    assert (own.posted_at, own.posted_at_from, own.edited) == (datetime(2026, 4, 1, 8, tzinfo=UTC), "feed", True)
    assert guest.edited is False
    assert (undated.posted_at_from, undated.edited) == ("feed-updated", False)


async def test_a_missing_site_ends_there(gather, answering) -> None:
    """A 404 passes through, and nothing else is asked."""
    web = answering({})
    found, error = await gather(SITE, web)

    assert (found, error.reason, web.urls) == ([], UnknownReason.ABSENT, [PAGE])


async def test_a_feed_that_is_gone_leaves_the_profile(gather, answering, assets) -> None:
    """The gate has noted the missing feed; the profile stands."""
    found, error = await gather(SITE, answering({PAGE: assets / "website/index.html"}))

    assert (len(found), error) == (1, None)


async def test_a_stop_passes(gather, answering, assets) -> None:
    """Nobody holds up a stop of the source."""
    stop = SourceStopped(UnknownReason.RATE_LIMITED, "429")
    found, error = await gather(SITE, answering({PAGE: assets / "website/index.html", FEED: stop}))

    assert (len(found), error) == (1, stop)


async def test_a_feed_that_is_none_is_malformed(gather, answering, assets) -> None:
    """An HTML page where a feed was promised."""
    web = answering({PAGE: assets / "website/index.html", FEED: b"<h1>Moved</h1>"})
    found, error = await gather(SITE, web)

    assert (len(found), error.reason) == (1, UnknownReason.MALFORMED)


@pytest.mark.parametrize("body", [b"", b"   ", b"<html></html>"])
async def test_a_page_with_nothing_in_it_is_malformed(gather, answering, body: bytes) -> None:
    """Nothing to read is said so, rather than shown as an empty profile."""
    found, error = await gather(SITE, answering({PAGE: body}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)


async def test_what_is_served_as_something_else_is_malformed(gather, answering, assets) -> None:
    """JSON is no page."""
    found, error = await gather(SITE, answering({PAGE: assets / "github/user.json"}))

    assert isinstance(error, UnreadableError)
    assert (found, error.reason, error.detail) == ([], UnknownReason.MALFORMED, "website.page: not HTML")


async def test_a_feed_on_another_host_is_not_asked_for(gather, answering) -> None:
    """Only the host that the candidate named is read."""
    page = b"<title>t</title><p>Hello.</p><link rel=alternate type=application/rss+xml href=//cdn.example/feed>"
    web = answering({PAGE: page})
    (profile,), error = await gather(SITE, web)

    assert (error, web.urls) == (None, [PAGE])
    assert (profile.text, profile.author_name) == ("Hello.", "")


async def test_an_empty_feed_gives_no_post(gather, answering, assets) -> None:
    """No entries, no observations, no error."""
    web = answering({PAGE: assets / "website/index.html", FEED: b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>'})
    found, error = await gather(SITE, web)

    assert (len(found), error) == (1, None)
