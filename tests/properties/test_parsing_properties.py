"""Whatever a stranger's server sends: the parsers answer within bounds or say that it is malformed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.feed import MAX_ENTRIES, parse_feed
from footprint.web.html import html_to_text, parse_page
from footprint.web.links import absolute

URL = "https://ines.example/"
PIECES = st.lists(
    st.sampled_from(
        (
            *("<p>", "</p>", "<blockquote>", "<a href='/x' rel=me>", "<div class=h-card>", "<script>", "</script>", "&#0;"),
            *("<rss version='2.0'><channel>", "<item>", "<title>", "</item>", "<feed>", "<entry>", "<![CDATA[", "]]>", "words"),
            *("<time datetime=2020-01-01>", "<meta name=author content=x>", "<script type='application/ld+json'>", '{"@type":'),
        )
    )
    | st.text(max_size=20),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PIECES | st.binary(max_size=200).map(lambda body: body.decode("latin-1")))
def test_a_page_of_anything_is_read_without_an_error(markup: str) -> None:
    """Every address is absolute and of the web, and text has no control characters."""
    parsed = parse_page(markup.encode("utf-8", "replace"), URL)

    assert all(url.startswith(("http://", "https://")) for url in (*parsed.links, *parsed.rel_me, *parsed.feeds))
    assert not any(ord(character) < 32 and character != "\n" for character in html_to_text(markup))


@settings(max_examples=60, deadline=None)
@given(PIECES | st.binary(max_size=200).map(lambda body: body.decode("latin-1")))
def test_a_feed_of_anything_is_read_or_malformed(markup: str) -> None:
    """A feed, or one error; nothing else."""
    try:
        feed = parse_feed(markup.encode("utf-8", "replace"), URL)
    except UnreadableError as error:
        assert error.reason is UnknownReason.MALFORMED
        return
    assert len(feed.entries) <= MAX_ENTRIES
    assert len({entry.place for entry in feed.entries}) == len(feed.entries)


@given(st.text(max_size=200))
def test_an_address_stays_an_address(href: str) -> None:
    """What comes out is the same when it goes in again."""
    url = absolute(URL, href)

    assert url is None or absolute("https://other.example/", url) == url
