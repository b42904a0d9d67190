"""HTML to text, dates, authors, and who a page belongs to."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime

import pytest

from footprint.web.cards import Card
from footprint.web.decoding import decode
from footprint.web.html import html_to_text, links_in, parse_page, typed_address
from footprint.web.links import absolute, is_same_place, root_of
from footprint.web.markup import MAX_TEXT
from footprint.web.structured import moment

URL = "https://ines.example/about/"


def page(head: str = "", body: str = "") -> bytes:
    """A page of a head and a body."""
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def json_ld(text: str) -> str:
    """A JSON-LD script."""
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("plain", "plain"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<b>bo</b>ld  and\n so", "bold and so"),
        ("a &amp; b &lt;c&gt; &quot;d&quot;", 'a & b <c> "d"'),
        ("x<script>alert(1)</script>y<style>p{}</style>", "xy"),
        ("<p>x</p><!-- a comment -->", "x"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("mine<blockquote><p>theirs</p><p>too</p></blockquote>mine", "mine\n> theirs\n> too\nmine"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n> > b"),
        ('<p class="quote-inline">RE: x</p><p>own</p>', "own"),
        ('<span class="invisible">https://</span>a.example', "https://a.example"),
        ("<p hidden>no</p>yes", "yes"),
        ("</div>still here", "still here"),
        ("https://a.example/x", "https://a.example/x"),
        ("<form><input type=password> Password</form>", ""),
        ("nul\x00and\x07bell", "nulandbell"),
        ("<![CDATA[x]]>y", "y"),
        ("", ""),
    ],
)
def test_html_becomes_plain_text(fragment: str, text: str) -> None:
    """A line a block, quotations marked, nothing that a reader does not see."""
    assert html_to_text(fragment) == text


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<p>x" * 200_000,
        "<a " * 200_000,
        "&" * 500_000,
        "<!--" * 100_000,
        "<blockquote>" * 29_000 + "x",
        "x" * 3_000_000,
    ],
    ids=["deep", "wide", "open", "ampersands", "comments", "quotes", "long"],
)
def test_hostile_markup_is_bounded(hostile: str) -> None:
    """However deep, wide or broken: an answer of bounded length, in seconds."""
    start = time.monotonic()

    assert len(html_to_text(hostile)) <= MAX_TEXT
    assert len(parse_page(hostile.encode(), URL).text) <= MAX_TEXT
    assert time.monotonic() - start < 30


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 50, b"\xff\xfe", b"{}", b"<", b"<?xml version='1.0' encoding='x'?><a/>", bytes(range(256))]
)
def test_what_is_no_page_gives_nothing_and_no_error(body: bytes) -> None:
    """Bytes of any kind are survived."""
    parsed = parse_page(body, URL)

    assert (parsed.url, parsed.published_at, parsed.owner) == (URL, None, None)


def test_the_parts_of_a_page() -> None:
    """Title, description, language, canonical address, feeds, rel=me and links of the same host."""
    parsed = parse_page(
        page(
            "<title>A &amp; B</title><meta name=description content=' About  me '><link rel=canonical href=/about/>"
            "<link rel='alternate feed' type='application/atom+xml; charset=utf-8' href=/atom.xml>"
            "<link rel=alternate type=application/rss+xml href=/comments/feed>"
            "<link rel=alternate type=text/html hreflang=de href=/de/>",
            "<a rel='ME nofollow' href=https://social.example/@ines>s</a><a rel=me href=mailto:i@ines.example>m</a>"
            "<a href=../work#top>w</a><a href=//other.example/>o</a><a href=javascript:x>j</a>",
        ),
        URL,
    )

    assert (parsed.title, parsed.description, parsed.language) == ("A & B", "About me", "en")
    assert parsed.canonical_url == URL
    assert parsed.feeds == ("https://ines.example/atom.xml",)
    assert parsed.rel_me == ("https://social.example/@ines",)
    assert parsed.links == ("https://ines.example/work",)


def test_a_base_moves_relative_addresses() -> None:
    """The page's own base counts."""
    parsed = parse_page(page("<base href=https://ines.example/deep/>", "<a href=x>x</a>"), URL)

    assert parsed.links == ("https://ines.example/deep/x",)


def test_an_article_is_taken_out_of_its_frame() -> None:
    """Navigation and footer are not the text."""
    text = (
        "The bridge stood for a hundred years and nobody had counted its rivets until this spring, when somebody did."
    )
    parsed = parse_page(
        page("", f"<nav>Home</nav><article><p>{text}</p><p>{text[::-1]}</p></article><footer>Imprint</footer>"), URL
    )

    assert text in parsed.text
    assert "Imprint" not in parsed.text


@pytest.mark.parametrize(
    ("body", "intro"),
    [
        ("<main><p>Hello</p><article>One</article><article>Two</article></main>", "Hello"),
        ("<main><p>Hello</p><article>The page itself</article></main>", "Hello\nThe page itself"),
        (
            "<p>Hello</p><ul class=post-list><li>A guest's title</ul><div id=x class='comments big'>A comment</div>",
            "Hello",
        ),
        ("<header>Menu</header><p>Hello</p><div class='post h-entry'>Entry</div>", "Hello"),
        ("", ""),
    ],
)
def test_an_introduction_leaves_out_entries_and_comments(body: str, intro: str) -> None:
    """A front page shows guests' posts and visitors' comments, which are not the owner's words."""
    assert parse_page(page("", body), URL).intro == intro


def test_where_there_is_no_article_the_visible_text_serves() -> None:
    """A very large page is not put through the extractor."""
    parsed = parse_page(page("", "<header>Menu</header><main>" + "<i>.</i>" * 11_000 + "<p>Hello</p></main>"), URL)

    assert parsed.text.endswith("Hello")
    assert "Menu" not in parsed.text


@pytest.mark.parametrize(
    ("head", "body", "at", "source"),
    [
        (json_ld('{"@type":"BlogPosting","datePublished":"2020-03-01T10:00:00+02:00"}'), "", (2020, 3, 1, 8), "json-ld"),
        (json_ld('{"@graph":[{"@type":"WebPage","datePublished":"2021"},{"@type":"https://schema.org/Article","datePublished":"2020-01-02"}]}'), "", (2020, 1, 2, 0), "json-ld"),
        (json_ld("{broken") + "<meta property=article:published_time content=2019-05-06T07:00:00Z>", "", (2019, 5, 6, 7), "meta"),
        ("", "<time datetime=2018-01-01T00:00:00>x</time>", (2018, 1, 1, 0), "time"),
        ("", "<time class=dt-published datetime=2018-01-01>x</time><time datetime=2019-01-01>y</time>", (2018, 1, 1, 0), "time"),
        ("", "<time datetime=2018-01-01>x</time><ol class=comment-list><time datetime=2019-01-01>y</time></ol>", (2018, 1, 1, 0), "time"),
        ("", "<time datetime=2018-01-01>x</time><time datetime=2019-01-01>y</time>", None, ""),
        ("", "<time datetime=yesterday>x</time>", None, ""),
        ("", "", None, ""),
    ],
)  # fmt: skip
def test_the_date_and_where_it_stands(head: str, body: str, at: tuple[int, ...] | None, source: str) -> None:
    """JSON-LD before meta before a time element; several times and none marked are no date."""
    parsed = parse_page(page(head, body), URL)

    assert parsed.published_at == (datetime(*at, tzinfo=UTC) if at else None)  # type: ignore[misc,arg-type]
    assert parsed.published_from == source


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        (json_ld('{"@type":"Article","author":{"@type":"Person","name":"Pia"}}') + "<meta name=author content=Otto>", "", "Pia"),
        ("<meta name=author content='Otto  Brandl'>", "", "Otto Brandl"),
        ("", "<span class='p-author h-card'>Pia Kroll</span>", "Pia Kroll"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_author(head: str, body: str, author: str) -> None:
    """JSON-LD before meta before microformats."""
    assert parse_page(page(head, body), URL).author == author


def test_an_h_card_of_the_page_is_its_owner() -> None:
    """The card whose address is the page speaks for it; another person's does not."""
    body = (
        "<div class=h-card><a class='p-name u-url' href=/about/>Ines Marlow</a><p class=p-note>Bridges.</p>"
        "<span class=p-org>Fenwick</span><span class=p-locality>Harrowdene</span><span class=p-job-title>Surveyor</span>"
        "<span class=p-tel>01234</span><a class='u-url' href=https://social.example/@ines>s</a></div>"
        "<a class=h-card href=https://otto.example/>Otto Brandl</a>"
    )
    parsed = parse_page(page("", body), URL)

    assert parsed.owner == Card(
        name="Ines Marlow",
        url=URL,
        note="Bridges.",
        title="Surveyor",
        org="Fenwick",
        locality="Harrowdene",
        same_as=("https://social.example/@ines",),
    )
    assert [card.name for card in parsed.cards] == ["Ines Marlow", "Otto Brandl"]


@pytest.mark.parametrize(
    ("head", "body", "owner"),
    [
        ("", "<span class=h-card>Ines Marlow</span>", "Ines Marlow"),
        ("", "<span class=h-card>Ines Marlow</span><span class=h-card>Otto Brandl</span>", None),
        ("<link rel=me href=https://social.example/@ines>", "<a class=h-card href=https://social.example/@ines/>Ines</a><a class=h-card href=https://x.example/>Otto</a>", "Ines"),
        ("", "<a class=h-card href=/>Ines</a><a class=h-card href=/about>Otto</a>", None),
        (json_ld('{"@type":["Person"],"name":"Ines","url":"https://ines.example/","address":{"addressLocality":"Harrowdene"}}'), "", "Ines"),
        (json_ld('{"@type":"ProfilePage","mainEntity":{"@type":"Person","name":"Ines"}}'), "", "Ines"),
        (json_ld('{"@type":"WebSite","author":{"@type":"Organization","name":"Fenwick"}}'), "", None),
        ("", "<footer class=h-card><data class=u-url href=/></data><p class=p-name>{\"email\"=>\"i@ines.example\"}</p></footer>", ""),
        ("", "<div class=h-card><p>not a name</p></div>", None),
    ],
)  # fmt: skip
def test_whom_a_page_belongs_to(head: str, body: str, owner: str | None) -> None:
    """The representative card, or the only person named; where two could be meant, nobody."""
    found = parse_page(page(head, body), URL).owner

    assert (found.name if found else None) == owner


def test_json_ld_fills_what_the_card_leaves_empty() -> None:
    """One person may be described twice; addresses of both count."""
    head = json_ld(
        '{"@type":"WebSite","sameAs":["https://a.example/i","mailto:i@ines.example"],'
        '"author":{"@type":"Person","name":"Ines","jobTitle":"Surveyor","worksFor":{"name":"Fenwick"},"sameAs":"https://b.example/i"}}'
    )
    owner = parse_page(page(head, "<a class=h-card href=/>Ines</a>"), URL).owner

    assert owner is not None
    assert (owner.title, owner.org) == ("Surveyor", "Fenwick")
    assert owner.same_as == ("https://b.example/i", "https://a.example/i")


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{}" * 3, "null", '"x"', '{"@type":5,"author":[1,null]}', "x" * 300_000]
)
def test_hostile_json_ld_is_passed_over(text: str) -> None:
    """Deep, broken, of another type, or too long."""
    parsed = parse_page(page(json_ld(text), "<p>Hello</p>"), URL)

    assert (parsed.cards, parsed.text) == ((), "Hello")


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("é".encode(), None, "é"),
        ("é".encode("cp1252"), None, "é"),
        ("“é”".encode("cp1252"), "iso-8859-1", "“é”"),
        ("я".encode("koi8-r"), "koi8-r", "я"),
        (b"<meta charset=koi8-r>" + "я".encode("koi8-r"), None, "<meta charset=koi8-r>я"),
        (b'<?xml version="1.0" encoding="iso-8859-5"?>' + "я".encode("iso-8859-5"), None, '<?xml version="1.0" encoding="iso-8859-5"?>я'),
        ("é".encode("utf-8-sig"), "koi8-r", "é"),
        ("é".encode("utf-16"), None, "é"),
        (b"+ADw-", "utf-7", "+ADw-"),
        (b"x", "no-such-thing", "x"),
        (b"x", "a\x00b", "x"),
        (b"a\xffb", "utf-8", "a\ufffdb"),
    ],
)  # fmt: skip
def test_how_bytes_become_text(body: bytes, charset: str | None, text: str) -> None:
    """Mark, header, the page's own word, UTF-8, Windows-1252; nothing exotic."""
    assert decode(body, charset) == text


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("x", "https://ines.example/about/x"),
        ("/x#y", "https://ines.example/x"),
        ("HTTPS://Other.Example/A b", "https://other.example/A%20b"),
        ("//other.example", "https://other.example"),
        ("http://[", None),
        ("mailto:i@ines.example", None),
        ("https://user@other.example/", None),
        ("https:///x", "https://ines.example/x"),
        ("javascript:1", None),
        ("x" * 3000, None),
        ("/a\u00a0b", None),
    ],
)
def test_an_address_is_absolute_and_plain(href: str, url: str | None) -> None:
    """http and https only, no user name, no fragment."""
    if href == "https:///x":
        assert absolute(URL, href) in (None, url)
    else:
        assert absolute(URL, href) == url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("ines.example", "https://ines.example"),
        (" http://ines.example/x ", "http://ines.example/x"),
        ("", None),
        ("two words", None),
        ("ftp://ines.example", None),
        ('x"><b>', None),
        ("i@ines.example", None),
    ],
)
def test_a_typed_address(text: str, url: str | None) -> None:
    """With or without a scheme; what is none is none."""
    assert typed_address(text) == url


def test_places_are_compared_without_scheme_and_trailing_slash() -> None:
    """http and https of one place are one place."""
    assert is_same_place("http://a.example/x/", "https://a.example/x")
    assert not is_same_place("https://a.example/x", "https://a.example/y")
    assert root_of("https://A.example/x?y=1") == "https://a.example/"


def test_links_of_a_fragment_carry_their_relations() -> None:
    """Mastodon marks a field's link with rel=me."""
    found = links_in('<a href="/x" rel="me Nofollow">x</a><a href="mailto:a@b.example">m</a><a>n</a>', URL)

    assert [(link.url, link.rel) for link in found] == [("https://ines.example/x", {"me", "nofollow"})]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2020-03-01", datetime(2020, 3, 1, tzinfo=UTC)),
        ("2020-03-01T10:00:00+02:00", datetime(2020, 3, 1, 8, tzinfo=UTC)),
        ("2020-03-01T10:00:00", datetime(2020, 3, 1, 10, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("March", None),
        ("", None),
    ],
)
def test_a_moment(text: str, at: datetime | None) -> None:
    """ISO 8601, in UTC where it does not say."""
    assert moment(text) == at


def test_the_extractor_logs_nothing_of_a_page(caplog: pytest.LogCaptureFixture) -> None:
    """No log of ours may carry parts of a page."""
    with caplog.at_level(logging.DEBUG):
        parse_page(page("", "<p>Something about Ines</p>"), URL)
        parse_page(b"Ines", URL)

    assert "Ines" not in caplog.text
