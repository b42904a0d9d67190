"""Read an RSS or Atom feed (RFC 4287) from bytes, bounded, with nothing that is fetched or expanded."""

from __future__ import annotations

import calendar
import io
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import feedparser

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.record import Record
from footprint.web.decoding import decode, printable
from footprint.web.html import html_to_text
from footprint.web.links import absolute

MAX_ENTRIES = 500
MAX_TEXT = 100_000
"""Characters kept of one entry."""
MAX_TAGS = 60_000
"""Opening brackets, outside of CDATA and escapes, above which a feed is refused."""

MAX_BASES, MAX_BASE = 2500, 200_000
"""How many elements may change the base of addresses, and with how many characters in all: nested ones add up."""

WORDPRESS = ("https://wordpress.org/", "http://wordpress.org/")
"""How WordPress begins what it says of itself as a feed's generator."""
WORDPRESS_ROWS = 10
"""A page of its feeds has so many entries, unless somebody changed it; a shorter one is taken for the last."""

_MANY_ATTRIBUTES = re.compile(r"<[a-zA-Z][^<>=]*(?:=[^<>=]*){200}")
"""The time that a tag takes grows with the square of its attributes."""
_BASE = re.compile(r"""\bbase\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_FAULTS = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What feedparser raises where it does not foresee an input, such as `&#xd800;` outside of well-formed XML."""
_ROOT = re.compile(r"<(rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_PASSWORD = re.compile(r"""type\s*=\s*["']?password""", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()@]+@[^\s<>()@]+")
_PLAIN = ("text/plain", "text")

Node: TypeAlias = Mapping[str, object]
"""One of feedparser's dictionaries; read only through the functions at the end."""


class FeedEntry(Record):
    """One entry."""

    place: int
    """Its number in the feed, from 0, entries that are left out counted too."""
    id: str = ""
    url: str = ""
    """Absolute; empty where the entry has no link."""
    title: str = ""
    text: str = ""
    """Plain text: the content, or where there is none the summary."""
    author: str = ""
    """The entry's author; in Atom, where an entry names none, the feed's (RFC 4287 4.1.2)."""
    published_at: datetime | None = None
    updated: datetime | None = None


class ParsedFeed(Record):
    """What a feed says."""

    title: str = ""
    link: str = ""
    author: str = ""
    language: str = ""
    entries: tuple[FeedEntry, ...] = ()
    next_url: str = ""
    """Absolute address of the page with the entries before these; empty where the feed has none, or does not say."""


def parse_feed(body: bytes, url: str, charset: str | None = None) -> ParsedFeed:
    """Return what a feed says: at most 500 entries of 100,000 characters, without those behind a password.

    Raises UnreadableError(MALFORMED) for what is no feed, and for a feed that declares entities: RSS and Atom need
    none, and nested ones grow from a few bytes to gigabytes.
    """
    parsed = _parsed(_safe(decode(body, charset)), url)
    feed, entries = parsed["feed"], parsed["entries"]
    is_atom = str(parsed.get("version") or "").startswith("atom")
    if not parsed.get("version") and not entries:
        raise _malformed("not a feed")
    author = _author(feed)
    inherited = author if is_atom else ""
    return ParsedFeed(
        title=_plain(feed, "title"),
        link=_address(feed, url),
        author=author,
        language=_line(feed, "language")[:35],
        entries=tuple(_entries(entries, url, inherited)),
        next_url=_next_url(feed, len(entries), url),
    )


def _parsed(content: bytes, url: str) -> Mapping[str, Any]:
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            # A stream: given bytes or text, feedparser would first try to open a file of that name.
            io.BytesIO(content),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _FAULTS:
        # Not chained: the message would quote the feed.
        raise _malformed("cannot be parsed") from None
    return parsed


def _safe(text: str) -> bytes:
    if "<!entity" in text.lower():
        raise _malformed("entities declared")
    if text.count("<") > MAX_TAGS:
        raise _malformed("too many elements")
    if _MANY_ATTRIBUTES.search(text) is not None:
        raise _malformed("too many attributes")
    bases = [len(double or single) for double, single in _BASE.findall(text)]
    if len(bases) > MAX_BASES or sum(bases) > MAX_BASE:
        raise _malformed("too many bases")
    if _ROOT.search(text, 0, 20_000) is None:
        raise _malformed("not a feed")
    # Decoded once, here: what the declaration says of the encoding is no longer true.
    return printable(_XML_DECLARATION.sub("", text)).encode("utf-8")


def _next_url(feed: Node, count: int, url: str) -> str:
    """Return where the older entries stand: as the feed says (RFC 5005 section 3), or as WordPress pages all its feeds."""
    links = _get(feed, "links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, Mapping) and _line(link, "rel") == "next" and _line(link, "href"):
            return absolute(url, _line(link, "href")) or ""
    is_wordpress = _line(feed, "generator").startswith(WORDPRESS)
    return _wordpress_next(url) if is_wordpress and count >= WORDPRESS_ROWS else ""


def _wordpress_next(url: str) -> str:
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    now = dict(query).get("paged", "1")
    following = int(now) + 1 if now.isascii() and now.isdigit() and len(now) < 6 else 2
    others = [(name, value) for name, value in query if name != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*others, ("paged", str(following))])))


def _entries(found: list[Node], url: str, inherited: str) -> Iterator[FeedEntry]:
    for place, entry in enumerate(found[:MAX_ENTRIES]):
        markup, is_plain = _body(entry)
        if _PASSWORD.search(markup):
            continue  # not public: WordPress lists a protected post with a form where its text would stand
        published = _moment(entry, "published_parsed")
        yield FeedEntry(
            place=place,
            id=_line(entry, "id")[:1000],
            url=_address(entry, url),
            title=_plain(entry, "title"),
            text=(markup.strip() if is_plain else html_to_text(markup))[:MAX_TEXT],
            author=_author(entry) or inherited,
            published_at=published,
            updated=_moment(entry, "updated_parsed"),
        )


def _body(entry: Node) -> tuple[str, bool]:
    """Return the markup of an entry and whether it is plain text."""
    contents = _get(entry, "content")
    for content in contents if isinstance(contents, list) else []:
        if isinstance(content, Mapping) and _line(content, "value"):
            return _value(content), _get(content, "type") in _PLAIN
    detail = _get(entry, "summary_detail")
    if isinstance(detail, Mapping):
        return _value(detail), _get(detail, "type") in _PLAIN
    return "", True


def _author(node: Node) -> str:
    """Return the authors' names without their e-mail addresses; of a bare address the part before the @."""
    authors = _get(node, "authors")
    several = [_line(one, "name") for one in authors if isinstance(one, Mapping)] if isinstance(authors, list) else []
    # feedparser's own split of one author goes wrong where the address ends in a long label, so it is done here.
    written = ", ".join(filter(None, several)) if len(several) > 1 else _line(node, "author")
    name = _ADDRESS.sub("", written).strip(" ()<>,")
    return (name or written.partition("@")[0])[:300]


def _plain(node: Node, key: str) -> str:
    detail = _get(node, f"{key}_detail")
    if isinstance(detail, Mapping) and _get(detail, "type") not in _PLAIN:
        return " ".join(html_to_text(_value(detail)).split())[:1000]
    return _line(node, key)[:1000]


def _address(node: Node, base: str) -> str:
    link = _line(node, "link")
    return (absolute(base, link) if link else None) or ""


def _moment(node: Node, key: str) -> datetime | None:
    value = _get(node, key)
    if not isinstance(value, time.struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _value(node: Node) -> str:
    value = _get(node, "value")
    return printable(value[: 10 * MAX_TEXT]) if isinstance(value, str) else ""


def _line(node: Node, key: str) -> str:
    value = _get(node, key)
    return " ".join(printable(value[:MAX_TEXT]).split()) if isinstance(value, str) else ""


def _get(node: Node, key: str) -> object:
    # Past feedparser's own `get`, which answers `updated` with `published` and warns about it.
    return dict.get(node, key) if isinstance(node, dict) else None


def _malformed(detail: str) -> UnreadableError:
    return UnreadableError(UnknownReason.MALFORMED, f"feed: {detail}")
