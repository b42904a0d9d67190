"""Read an HTML page: its text, its date, its author, and where it says its owner is found elsewhere."""

from __future__ import annotations

import logging
import re
from datetime import datetime
from itertools import islice

import trafilatura
from bs4 import BeautifulSoup, Tag

from footprint.model.record import Record
from footprint.web.cards import Card, cards_of, owner_among
from footprint.web.decoding import decode
from footprint.web.links import absolute, host_of
from footprint.web.markup import FRAME, MAX_TEXT, attribute, parse, text_of, tokens
from footprint.web.structured import Node, moment, nodes_of, published_at
from footprint.web.structured import text_of as value_of

MAX_LINKS, MAX_TIMES = 200, 50
MAX_ARTICLE_TAGS = 20_000
"""Above this the article extractor would take seconds; the visible text serves."""
ENTRIES = frozenset(
    ("h-feed", "hfeed", "h-entry", "hentry", "post-list", "wp-block-query", "wp-block-post", "comments", "comment-list")
)
"""Classes of lists of entries and of comments: microformats, Jekyll's minima, WordPress."""
FEED_TYPES = frozenset(("application/rss+xml", "application/atom+xml"))

# The parsers' messages could carry parts of a page; no log of ours may, so none is made, whoever listens.
for _name in ("trafilatura", "htmldate", "courlan", "justext", "bs4", "charset_normalizer"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

_MAIN = ("main", "[role=main]", "article", "body")
_PUBLISHED_META = ("article:published_time", "datePublished", "DC.date.issued", "dcterms.created")
_PUBLISHED_TIMES = "time.dt-published[datetime], time[itemprop=datePublished][datetime], time[pubdate][datetime]"
_SAFE_IN_URL = re.compile(r"""[^\s<>"'`{}|\\^]+""")
_COMMENT = re.compile(r"comment|respond|reply", re.IGNORECASE)


class ParsedPage(Record):
    """What a page says. Every address is absolute, http or https."""

    url: str
    title: str = ""
    text: str = ""
    """The article's text, or where there is no article the visible text."""
    intro: str = ""
    """The visible text without entries and comments, which on a front page may be other people's words."""
    description: str = ""
    language: str = ""
    author: str = ""
    published_at: datetime | None = None
    """A time without a zone is taken as UTC. None where the page names several times and marks none as its own."""
    published_from: str = ""
    """`json-ld`, `meta` or `time`: where the time stands; empty where there is none."""
    canonical_url: str = ""
    rel_me: tuple[str, ...] = ()
    """Profiles that the page declares to belong to its owner (XFN rel=me)."""
    feeds: tuple[str, ...] = ()
    """RSS and Atom feeds that the page advertises, without those of comments."""
    cards: tuple[Card, ...] = ()
    owner: Card | None = None
    """The card of the page's owner, where the page says who that is."""
    links: tuple[str, ...] = ()
    """Links to pages of the same host."""


class Link(Record):
    """One link in a fragment."""

    url: str
    rel: frozenset[str] = frozenset()


def parse_page(body: bytes, url: str, charset: str | None = None) -> ParsedPage:
    """Return what an HTML page says. Hostile or broken markup gives less, never an error."""
    markup = decode(body, charset)
    root = parse(markup)
    base = absolute(url, attribute(root.find("base", href=True), "href")) or url
    nodes = nodes_of(root)
    rel_me = _addresses(root, ("a", "link", "area"), base, rel="me")
    cards = cards_of(root, nodes, base)
    at, source = _published(root, nodes)
    return ParsedPage(
        url=url,
        title=_title(root),
        text=_article(markup) or _visible(root),
        intro=_intro(root),
        description=_meta(root, "description", "og:description"),
        language=attribute(root.html, "lang")[:35],
        author=_author(root, nodes),
        published_at=at,
        published_from=source,
        canonical_url=next(iter(_addresses(root, ("link",), base, rel="canonical")), ""),
        rel_me=rel_me,
        feeds=_feeds(root, base),
        cards=cards,
        owner=owner_among(cards, url, rel_me),
        links=tuple(link for link in _addresses(root, ("a",), base) if host_of(link) == host_of(url)),
    )


def html_to_text(fragment: str) -> str:
    """Return the plain text of HTML inside an API answer: a line a block, `> ` before quotations, no scripts."""
    return text_of(parse(f"<div>{fragment[: 10 * MAX_TEXT]}</div>"))


def links_in(fragment: str, base: str) -> tuple[Link, ...]:
    """Return the links in a fragment of HTML, with their relations, in order."""
    found = parse(f"<div>{fragment[: 10 * MAX_TEXT]}</div>").find_all("a", href=True, limit=MAX_LINKS)
    pairs = ((absolute(base, attribute(element, "href")), tokens(element, "rel")) for element in found)
    return tuple(Link(url=url, rel=rel) for url, rel in pairs if url is not None)


def typed_address(text: str) -> str | None:
    """Return the web address that somebody typed into a profile, with or without its scheme; None where it is none."""
    typed = text.strip()
    if not typed or not _SAFE_IN_URL.fullmatch(typed):
        return None
    return absolute("", typed if "://" in typed else f"https://{typed}")


def _article(markup: str) -> str:
    if markup.count("<") > MAX_ARTICLE_TAGS:
        return ""
    try:
        text = trafilatura.extract(markup, favor_precision=True, include_comments=False, include_images=False)
    except (ValueError, RecursionError):
        return ""
    lines = (" ".join(line.split()) for line in str(text or "").splitlines())
    return "\n".join(filter(None, lines))[:MAX_TEXT]


def _visible(root: BeautifulSoup) -> str:
    for selector in _MAIN:
        for element in root.select(selector, limit=1):
            if text := text_of(element, without=FRAME):
                return text
    return ""


def _intro(root: BeautifulSoup) -> str:
    # One article is the page itself; several are a list of entries.
    several = len(root.find_all("article", limit=2)) > 1
    element = root.find("main") or root.body
    without = FRAME | {"article"} if several else FRAME
    return text_of(element, without=without, without_classes=ENTRIES) if element is not None else ""


def _title(root: BeautifulSoup) -> str:
    return _line(_meta(root, "og:title") or _text(root.title) or _text(root.find("h1")))


def _author(root: BeautifulSoup, nodes: tuple[Node, ...]) -> str:
    written = next(filter(None, (value_of(node, "author") for node in nodes)), "")
    return _line(written or _meta(root, "author") or _text(root.find(class_="p-author")))


def _published(root: BeautifulSoup, nodes: tuple[Node, ...]) -> tuple[datetime | None, str]:
    if (at := published_at(nodes)) is not None:
        return at, "json-ld"
    if (at := moment(_meta(root, *_PUBLISHED_META))) is not None:
        return at, "meta"
    marked = root.select(_PUBLISHED_TIMES, limit=MAX_TIMES)
    times = marked or [time for time in root.find_all("time", datetime=True, limit=MAX_TIMES) if not _in_comments(time)]
    # Several times and none marked: which one is the page's own cannot be told, so none is.
    moments = {moment(attribute(element, "datetime")) for element in times}
    at = moments.pop() if len(moments) == 1 else None
    return at, "time" if at is not None else ""


def _in_comments(element: Tag) -> bool:
    near = islice(element.parents, 30)
    return any(_COMMENT.search(f"{attribute(outer, 'class')} {attribute(outer, 'id')}") for outer in near)


def _feeds(root: BeautifulSoup, base: str) -> tuple[str, ...]:
    links = (
        absolute(base, attribute(link, "href"))
        for link in root.find_all("link", href=True, limit=MAX_LINKS)
        # A feed of comments holds the words of others.
        if "alternate" in tokens(link, "rel")
        and attribute(link, "type").partition(";")[0].strip().lower() in FEED_TYPES
        and "comments" not in f"{attribute(link, 'href')} {attribute(link, 'title')}".lower()
    )
    return tuple(dict.fromkeys(link for link in links if link is not None))


def _addresses(root: BeautifulSoup, names: tuple[str, ...], base: str, *, rel: str = "") -> tuple[str, ...]:
    found = (element for element in root.find_all(names, href=True) if not rel or rel in tokens(element, "rel"))
    links = (absolute(base, attribute(element, "href")) for element in islice(found, MAX_LINKS))
    return tuple(dict.fromkeys(link for link in links if link is not None))


def _meta(root: BeautifulSoup, *names: str) -> str:
    for name in names:
        for key in ("name", "property", "itemprop"):
            content = attribute(root.find("meta", attrs={key: name}), "content")
            if content:
                return " ".join(content.split())[:5000]
    return ""


def _text(element: Tag | None) -> str:
    return element.get_text()[:2000] if element is not None else ""


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
