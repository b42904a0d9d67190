"""RSS and Atom feeds, well formed and not."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.feed import MAX_ENTRIES, MAX_TEXT, parse_feed

URL = "https://ines.example/feed.xml"


def rss(items: str, channel: str = "<title>T</title>") -> bytes:
    """An RSS 2.0 feed."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{channel}{items}</channel></rss>'
    ).encode()


def atom(entries: str, head: str = "") -> bytes:
    """An Atom feed."""
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{head}{entries}</feed>'.encode()


def test_an_atom_feed() -> None:
    """Title, link, author, and an entry with everything."""
    feed = parse_feed(
        atom(
            '<entry><id>tag:1</id><title type="html">A &amp;amp; B</title><link href="/a"/><published>2026-01-01T10:00:00+01:00'
            '</published><updated>2026-01-02T00:00:00Z</updated><content type="html">&lt;p&gt;x&lt;/p&gt;&lt;p&gt;y&lt;/p&gt;</content></entry>',
            '<author><name>Ines Marlow</name><email>i@ines.example</email></author><link href="https://ines.example/"/>',
        ),
        URL,
    )
    (entry,) = feed.entries

    assert (feed.title, feed.link, feed.author) == ("T", "https://ines.example/", "Ines Marlow")
    assert (entry.id, entry.url, entry.title, entry.text) == ("tag:1", "https://ines.example/a", "A & B", "x\ny")
    assert (entry.published_at, entry.updated) == (
        datetime(2026, 1, 1, 9, tzinfo=UTC),
        datetime(2026, 1, 2, tzinfo=UTC),
    )


def test_an_rss_feed() -> None:
    """Content beats the description; a creator is the author."""
    (entry,) = parse_feed(
        rss(
            "<item><title>T</title><link>https://ines.example/t</link><guid>g</guid><dc:creator>Otto Brandl</dc:creator>"
            "<pubDate>Thu, 04 Jul 2024 08:00:00 +0000</pubDate><description>short</description>"
            "<content:encoded><![CDATA[<p>long</p>]]></content:encoded></item>"
        ),
        URL,
    ).entries

    assert (entry.text, entry.author, entry.updated) == ("long", "Otto Brandl", None)
    assert entry.published_at == datetime(2024, 7, 4, 8, tzinfo=UTC)


def test_an_atom_entry_without_an_author_has_the_feeds() -> None:
    """RFC 4287 4.1.2; in RSS a channel has editors, not authors, and nothing is inherited."""
    author = "<author><name>Ines</name></author>"
    inherited = parse_feed(atom("<entry><title>x</title></entry>", author), URL).entries[0]
    own = parse_feed(atom("<entry><title>x</title><author><name>Otto</name></author></entry>", author), URL).entries[0]
    none = parse_feed(rss("<item><title>x</title></item>", "<managingEditor>Ines</managingEditor>"), URL).entries[0]

    assert (inherited.author, own.author, none.author) == ("Ines", "Otto", "")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("otto@far.example (Otto Brandl)", "Otto Brandl"),
        ("Otto Brandl &lt;otto@far.example&gt;", "Otto Brandl"),
        ("otto@far.example", "otto"),
        ("Otto", "Otto"),
        ("", ""),
    ],
)
def test_an_e_mail_address_is_not_kept(author: str, expected: str) -> None:
    """RSS asks for an address in the author's place; of a bare one the part before the @ stays."""
    assert parse_feed(rss(f"<item><title>x</title><author>{author}</author></item>"), URL).entries[0].author == expected


def test_several_authors_are_all_named() -> None:
    """Who else signed matters for whose words they are."""
    authors = "<author><name>Ines</name><email>i@ines.example</email></author><author><name>Otto</name></author>"

    assert parse_feed(atom(f"<entry><title>x</title>{authors}</entry>"), URL).entries[0].author == "Ines, Otto"


def test_scripts_are_gone_and_plain_text_is_kept_as_it_stands() -> None:
    """HTML is turned to text, text is left alone."""
    html, plain = parse_feed(
        atom(
            '<entry><content type="html">&lt;script&gt;x()&lt;/script&gt;ok</content></entry>'
            '<entry><summary type="text">1 &lt; 2</summary></entry>'
        ),
        URL,
    ).entries

    assert (html.text, plain.text) == ("ok", "1 < 2")


def test_a_protected_entry_is_left_out() -> None:
    """WordPress lists a protected post with a password form in the place of its text; its number stays taken."""
    form = "<![CDATA[<form><input type='password'></form>]]>"
    (entry,) = parse_feed(
        rss(f"<item><title>Private</title><description>{form}</description></item><item><title>Open</title></item>"),
        URL,
    ).entries

    assert (entry.title, entry.place) == ("Open", 1)


@pytest.mark.parametrize("link", ["javascript:x", "mailto:i@ines.example", "https://u:p@ines.example/", ""])
def test_a_link_that_is_no_web_address_is_none(link: str) -> None:
    """An entry without a usable link has none."""
    assert parse_feed(rss(f"<item><title>x</title><link>{link}</link></item>"), URL).entries[0].url == ""


@pytest.mark.parametrize("date", ["yesterday", "", "Thu, 99 Jul 2024 08:00:00 +0000"])
def test_a_date_that_is_none(date: str) -> None:
    """What cannot be read as a date is none, and no error."""
    assert (
        parse_feed(rss(f"<item><title>x</title><pubDate>{date}</pubDate></item>"), URL).entries[0].published_at is None
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"plain words",
        b"<channel ></channel>",
        b"{}",
        b"<html><body><h1>404 Not Found</h1></body></html>",
        b"/etc/passwd",
        b"<urlset><url><loc>https://ines.example/</loc></url></urlset>",
        rss("", '<!DOCTYPE x [<!ENTITY a "b">]>'),
        '<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"/>'.encode("utf-16"),
        rss("<a>" * 70_000),
    ],
    ids=["empty", "words", "channel", "json", "html", "path", "sitemap", "entity", "entity-utf16", "tags"],
)
def test_what_is_no_feed_is_malformed(body: bytes) -> None:
    """It is refused with a short detail that holds nothing of it."""
    with pytest.raises(UnreadableError) as caught:
        parse_feed(body, URL)

    assert caught.value.reason is UnknownReason.MALFORMED
    assert caught.value.detail in {"feed: not a feed", "feed: entities declared", "feed: too many elements"}


def test_a_nested_entity_bomb_is_refused_before_it_unfolds() -> None:
    """It would grow to gigabytes; it is not parsed at all."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>'
    start = time.monotonic()

    with pytest.raises(UnreadableError, match="entities declared"):
        parse_feed(bomb.encode(), URL)
    assert time.monotonic() - start < 20


def test_a_local_file_is_never_opened(tmp_path) -> None:
    """A body that is the name of a file is not that file."""
    file = tmp_path / "<rss >"
    file.write_bytes(rss("<item><title>secret</title></item>"))

    assert all("secret" not in entry.title for entry in parse_feed(str(file).encode(), URL).entries)


def test_a_malformed_feed_is_read_as_far_as_it_goes() -> None:
    """An unclosed element and the wrong case, as servers in the wild send them."""
    unclosed = parse_feed(b"<rss version='2.0'><channel><item><title>a</title></item><item><title>b", URL)
    shouted = parse_feed(b"<Rss><Title>x</Title><item><title>a</title></item></Rss>", URL)

    assert unclosed.entries[0].title == "a"
    assert [entry.title for entry in shouted.entries] == ["a"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_feed_in_any_common_encoding(codec: str) -> None:
    """The declaration or the byte-order mark says which."""
    text = f'<?xml version="1.0" encoding="{codec.removesuffix("-sig")}"?><rss version="2.0"><channel><title>é</title></channel></rss>'

    assert parse_feed(text.encode(codec), URL).title == "é"


def test_entries_and_their_length_are_capped() -> None:
    """500 entries, 100,000 characters an entry."""
    many = parse_feed(rss("<item><title>x</title></item>" * (MAX_ENTRIES + 5)), URL)
    long = parse_feed(rss(f"<item><description>{'x' * (MAX_TEXT + 5)}</description></item>"), URL)

    assert len(many.entries) == MAX_ENTRIES
    assert len(long.entries[0].text) == MAX_TEXT


def test_an_empty_feed_is_a_feed() -> None:
    """Nothing was written; that is an answer."""
    assert parse_feed(rss(""), URL).entries == ()


def paged(count: int, generator: str = "", url: str = URL, link: str = "") -> str:
    """Return where a feed of so many entries says its older ones stand."""
    head = f"<generator>{generator}</generator>" if generator else ""
    return parse_feed(rss(head + link + "<item><title>x</title></item>" * count), url).next_url


PRESS = "https://wordpress.org/?v=6.1.1"


@pytest.mark.parametrize(
    ("count", "generator", "url", "expected"),
    [
        (10, PRESS, "https://x.example/feed/", "https://x.example/feed/?paged=2"),
        (10, PRESS, "https://x.example/feed/?paged=2", "https://x.example/feed/?paged=3"),
        (25, PRESS, "https://x.example/?feed=rss2&a=&paged=9", "https://x.example/?feed=rss2&a=&paged=10"),
        (10, PRESS, "https://x.example/feed/?paged=many", "https://x.example/feed/?paged=2"),
        (10, "http://wordpress.org/?v=3.9", "https://x.example/feed/", "https://x.example/feed/?paged=2"),
        (9, PRESS, "https://x.example/feed/", ""),
        (10, "https://jekyllrb.com/", "https://x.example/feed/", ""),
        (10, "", "https://x.example/feed/", ""),
        (10, "https://wordpress.org.example/", "https://x.example/feed/", ""),
    ],
)
def test_wordpress_pages_its_feeds(count: int, generator: str, url: str, expected: str) -> None:
    """By its name as the generator, and only where the page is full."""
    assert paged(count, generator, url) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [("/feed/2", "https://x.example/feed/2"), ("javascript:0", ""), ("https://y.example/2", "https://y.example/2")],
)
def test_a_feed_says_where_its_older_entries_stand(href: str, expected: str) -> None:
    """RFC 5005 section 3: a link to the next page of the feed itself, and none of an entry."""
    link = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="{href}"/>'

    assert paged(1, url="https://x.example/feed", link=link) == expected
    assert parse_feed(rss(f"<item>{link}</item>"), "https://x.example/feed").next_url == ""
