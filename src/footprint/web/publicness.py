"""Is what came back public? A wall, a log-in or an opt-out closes the page: stop, note it, keep no body.

Whoever wrote the page decides, so where the signs are doubtful the page counts as closed. Nothing here tries a second
way in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from footprint.model.evidence import UnknownReason
from footprint.web.client import Exchange

if TYPE_CHECKING:
    from footprint.web.tags import PassedTag


class Closed(NamedTuple):
    """Why an answer may not be used."""

    reason: UnknownReason
    rule: str
    """The id of the rule: `WALL-STATUS`."""


STATUSES = {
    **dict.fromkeys((401, 402, 403, 407, 451, 999), Closed(UnknownReason.WALL, "WALL-STATUS")),
    **dict.fromkeys((404, 410), Closed(UnknownReason.ABSENT, "ABSENT-STATUS")),
    429: Closed(UnknownReason.RATE_LIMITED, "RATE-STATUS"),
}
"""RFC 9110 section 15.5, RFC 6585, RFC 7725 (451); 999 is a large network's own word for "log in"."""

CHALLENGE_HEADERS = (("cf-mitigated", ("challenge",)), ("x-amzn-waf-action", ("challenge", "captcha")))
"""Documented by Cloudflare and by AWS WAF: a test that only a browser passes stands before the page."""

LOGIN_PATHS = frozenset(
    {
        "login",
        "log-in",
        "log_in",
        "login.php",
        "wp-login.php",
        "signin",
        "sign-in",
        "sign_in",
        "signup",
        "sign-up",
        "sign_up",
        "authwall",
        "sso",
        "oauth",
        "checkpoint",
        "special:userlogin",
        "special:login",
    }
)
"""A segment of the path, or the title in the query, that a log-in page has."""
LOGIN_HOSTS = frozenset({"login", "signin", "sign-in", "accounts", "auth", "sso", "idp"})
"""First labels of a host, where a redirect leads to another host."""

OPT_OUTS = frozenset({"noindex", "noarchive", "none"})
"""The page asks not to be found or not to be kept; `none` is noindex and nofollow."""

OPT_OUTS_OF_DATA = frozenset({"noarchive"})
"""For JSON. Common programs put noindex on every API answer to keep JSON out of search results; that is no wish of the
account's holder, and the collectors read the account's own flags."""

ROBOTS_NAMES = frozenset({"robots", "footprint"})
"""Whom a robots meta tag or X-Robots-Tag addresses when it means us."""

VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
"""Directives that hold a colon themselves, so that the word before it is no robot's name."""

NOT_A_TEXT = re.compile(r"(event|place|attraction|museum|park|course|residence|accommodation)$", re.IGNORECASE)
"""Things that schema.org also calls free of charge or not; a concert's ticket is not a page's paywall."""

MAX_NODES = 10_000
"""Nodes of JSON-LD that are looked at."""


def closed(exchange: Exchange, *, reads_page: bool = True) -> Closed | None:
    """Return why an answer may not be used, or None for a public page.

    Without `reads_page` only by its status and its headers.
    """
    for test in (_challenge, _status, _login_redirect, _headers):
        if (found := test(exchange)) is not None:
            return found
    return _page(exchange) if reads_page else None


def _challenge(exchange: Exchange) -> Closed | None:
    for name, values in CHALLENGE_HEADERS:
        if (exchange.header(name) or "").strip().lower() in values:
            return Closed(UnknownReason.WALL, "WALL-CHALLENGE")
    return None


def _status(exchange: Exchange) -> Closed | None:
    status = exchange.status
    if status == 403 and _is_limited(exchange):
        # GitHub answers 403 as well as 429 when its limit is used up.
        return Closed(UnknownReason.RATE_LIMITED, "RATE-HEADERS")
    if status >= 400:
        other = (
            (UnknownReason.MALFORMED, "STATUS-OTHER") if status < 500 else (UnknownReason.SERVER_ERROR, "SERVER-STATUS")
        )
        return STATUSES.get(status, Closed(*other))
    return None


def _is_limited(exchange: Exchange) -> bool:
    return bool(exchange.header("retry-after")) or (exchange.header("x-ratelimit-remaining") or "").strip() == "0"


def _login_redirect(exchange: Exchange) -> Closed | None:
    if not 300 <= exchange.status < 400:
        return None
    if exchange.redirect is None:
        return Closed(UnknownReason.MALFORMED, "REDIRECT-NOWHERE")
    old, new = urlsplit(exchange.url), urlsplit(exchange.redirect)
    words = {*new.path.lower().split("/"), *_titles(new.query)}
    leaves = old.netloc != new.netloc and new.netloc.lower().partition(".")[0] in LOGIN_HOSTS
    return Closed(UnknownReason.WALL, "WALL-LOGIN-REDIRECT") if leaves or words & LOGIN_PATHS else None


def _titles(query: str) -> list[str]:
    """Return the page titles in a query: MediaWiki's log-in page is `?title=Special:UserLogin`."""
    return [part.lower().removeprefix("title=") for part in query.replace("%3A", ":").split("&")]


def _headers(exchange: Exchange) -> Closed | None:
    if 300 <= exchange.status < 400:
        return None
    unwanted = OPT_OUTS_OF_DATA if exchange.content_type.endswith("json") else OPT_OUTS
    if any(_directives(line) & unwanted for line in exchange.header_lines("x-robots-tag")):
        return Closed(UnknownReason.OPTED_OUT, "OPT-X-ROBOTS-TAG")
    if (exchange.header("tdm-reservation") or "").strip() == "1":
        return Closed(UnknownReason.OPTED_OUT, "OPT-TDM")
    return None


def _directives(line: str) -> set[str]:
    """Return the directives of one X-Robots-Tag line that mean us. A name and a colon address one robot alone."""
    means_us = True
    found = set()
    for part in line.lower().split(","):
        name, colon, rest = (piece.strip() for piece in part.partition(":"))
        if colon and name not in VALUED:
            means_us = name in ROBOTS_NAMES
        if means_us:
            found.add(rest if colon else name)
    return found


def _page(exchange: Exchange) -> Closed | None:
    is_html = exchange.content_type in {"text/html", "application/xhtml+xml"}
    if exchange.status >= 300 or not is_html or not exchange.body:
        return None
    from footprint.web.decoding import decode
    from footprint.web.tags import tags_of  # a parser, and most answers to probes need none

    # Decoded as the reader of pages decodes it: a wall must not hide in an encoding that only one of the two obeys.
    tags = tags_of(decode(exchange.body, exchange.charset), ("meta", "input", "script"))
    scripts = [tag.text for tag in tags if "ld+json" in tag.attribute("type").lower()]
    marked = any(
        tag.attribute("itemprop") == "isAccessibleForFree" and _is_false(tag.attribute("content")) for tag in tags
    )
    if any(tag.attribute("type").strip().lower() == "password" for tag in tags if tag.name == "input"):
        return Closed(UnknownReason.WALL, "WALL-LOGIN-FORM")
    if marked or any(_is_paid(script) for script in scripts):
        return Closed(UnknownReason.WALL, "WALL-PAYWALL")
    return _meta_opt_out(exchange, _metas(tags))


def _meta_opt_out(exchange: Exchange, metas: list[tuple[str, str]]) -> Closed | None:
    wishes = {wish.strip() for name, content in metas if name in ROBOTS_NAMES for wish in content.split(",")}
    if wishes & OPT_OUTS:
        return Closed(UnknownReason.OPTED_OUT, "OPT-ROBOTS-META")
    # The header beats the tag, in either direction (TDM Reservation Protocol, section on priorities).
    if exchange.header("tdm-reservation") is None and ("tdm-reservation", "1") in metas:
        return Closed(UnknownReason.OPTED_OUT, "OPT-TDM")
    return None


def _metas(tags: Iterable[PassedTag]) -> list[tuple[str, str]]:
    return [
        (tag.attribute("name").strip().lower(), tag.attribute("content").strip().lower())
        for tag in tags
        if tag.name == "meta"
    ]


def _is_paid(script: str) -> bool:
    try:
        value = json.loads(script)
    except (ValueError, RecursionError):
        return False
    return any(_is_false(node.get("isAccessibleForFree")) and _is_text(node.get("@type")) for node in _nodes(value))


def _is_text(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return not any(NOT_A_TEXT.search(str(each)) for each in kinds)


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """Yield the objects of a JSON value, the outer first, to a fixed number."""
    waiting = [value]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _is_false(value: object) -> bool:
    """Say whether a value says no. Sites write it as a boolean, as text and as a schema.org address."""
    return value is False or (isinstance(value, str) and value.strip().lower().rpartition("/")[2] == "false")
