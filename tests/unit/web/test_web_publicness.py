"""Walls, log-ins and opt-outs close a page; public pages that look a little like them stay open."""

from __future__ import annotations

import pytest

from footprint.model.evidence import UnknownReason
from footprint.web.client import Exchange
from footprint.web.publicness import closed

URL = "https://page.example/people/ada"


def page(body: str = "", *, status: int = 200, kind: str = "text/html", **headers: str) -> Exchange:
    """Return an answer; header names are written with underscores."""
    lines = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(url=URL, status=status, headers=(("Content-Type", kind), *lines), body=body.encode())


def moved(location: str, status: int = 302) -> Exchange:
    """Return a redirect."""
    return page(status=status, location=location)


def ld(json: str) -> Exchange:
    """Return a page with JSON-LD in it."""
    return page(f'<html><head><script type="application/ld+json">{json}</script></head><p>Hello</p></html>')


def meta(name: str, content: str, **headers: str) -> Exchange:
    """Return a page with a meta tag."""
    return page(f'<html><head><meta name="{name}" content="{content}"></head><p>Hello</p></html>', **headers)


CLOSED = [
    *((page(status=status), UnknownReason.WALL, "WALL-STATUS") for status in (401, 402, 403, 407, 451, 999)),
    *((page(status=status), UnknownReason.ABSENT, "ABSENT-STATUS") for status in (404, 410)),
    *((page(status=status), UnknownReason.SERVER_ERROR, "SERVER-STATUS") for status in (500, 502, 503, 504, 599)),
    *((page(status=status), UnknownReason.MALFORMED, "STATUS-OTHER") for status in (400, 406, 418)),
    (page(status=429), UnknownReason.RATE_LIMITED, "RATE-STATUS"),
    (page(status=403, x_ratelimit_remaining="0"), UnknownReason.RATE_LIMITED, "RATE-HEADERS"),
    (page(status=403, retry_after="60"), UnknownReason.RATE_LIMITED, "RATE-HEADERS"),
    (page(status=403, cf_mitigated="challenge"), UnknownReason.WALL, "WALL-CHALLENGE"),
    (page(status=202, x_amzn_waf_action="challenge"), UnknownReason.WALL, "WALL-CHALLENGE"),
    (moved("/login?next=/people/ada"), UnknownReason.WALL, "WALL-LOGIN-REDIRECT"),
    (moved("https://page.example/users/sign_in"), UnknownReason.WALL, "WALL-LOGIN-REDIRECT"),
    (moved("/authwall"), UnknownReason.WALL, "WALL-LOGIN-REDIRECT"),
    (moved("/Login"), UnknownReason.WALL, "WALL-LOGIN-REDIRECT"),
    (moved("/w/index.php?title=Special%3AUserLogin&a=b"), UnknownReason.WALL, "WALL-LOGIN-REDIRECT"),
    (moved("https://login.page.example/start"), UnknownReason.WALL, "WALL-LOGIN-REDIRECT"),
    (moved("http://a:b:c/"), UnknownReason.MALFORMED, "REDIRECT-NOWHERE"),
    (page(status=304), UnknownReason.MALFORMED, "REDIRECT-NOWHERE"),
    (page("<form><input type='password' name=p></form>"), UnknownReason.WALL, "WALL-LOGIN-FORM"),
    (page("<form><INPUT TYPE=PassWord></form>"), UnknownReason.WALL, "WALL-LOGIN-FORM"),
    (ld('{"@type": "NewsArticle", "isAccessibleForFree": false}'), UnknownReason.WALL, "WALL-PAYWALL"),
    (ld('[{"@graph": [{"isAccessibleForFree": "False"}]}]'), UnknownReason.WALL, "WALL-PAYWALL"),
    (ld('{"isAccessibleForFree": "https://schema.org/False"}'), UnknownReason.WALL, "WALL-PAYWALL"),
    (page('<meta itemprop="isAccessibleForFree" content="false">'), UnknownReason.WALL, "WALL-PAYWALL"),
    (meta("robots", "noindex"), UnknownReason.OPTED_OUT, "OPT-ROBOTS-META"),
    (meta("ROBOTS", "follow, NoArchive"), UnknownReason.OPTED_OUT, "OPT-ROBOTS-META"),
    (meta("footprint", "none"), UnknownReason.OPTED_OUT, "OPT-ROBOTS-META"),
    (
        page(
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><meta name="robots" content="none"/></html>'
        ),
        UnknownReason.OPTED_OUT,
        "OPT-ROBOTS-META",
    ),
    (page(x_robots_tag="noindex, nofollow"), UnknownReason.OPTED_OUT, "OPT-X-ROBOTS-TAG"),
    (page(x_robots_tag="footprint: none"), UnknownReason.OPTED_OUT, "OPT-X-ROBOTS-TAG"),
    (page(x_robots_tag="max-snippet: 5, NOARCHIVE"), UnknownReason.OPTED_OUT, "OPT-X-ROBOTS-TAG"),
    (page(kind="application/rss+xml", x_robots_tag="noindex"), UnknownReason.OPTED_OUT, "OPT-X-ROBOTS-TAG"),
    (page(kind="application/json", x_robots_tag="noarchive"), UnknownReason.OPTED_OUT, "OPT-X-ROBOTS-TAG"),
    (page(tdm_reservation="1"), UnknownReason.OPTED_OUT, "OPT-TDM"),
    (page(kind="application/json", tdm_reservation="1"), UnknownReason.OPTED_OUT, "OPT-TDM"),
    (meta("tdm-reservation", "1"), UnknownReason.OPTED_OUT, "OPT-TDM"),
    (meta("tdm-reservation", "0", tdm_reservation="1"), UnknownReason.OPTED_OUT, "OPT-TDM"),
]


@pytest.mark.parametrize(("exchange", "reason", "rule"), CLOSED)
def test_a_page_that_is_not_public_is_closed(exchange: Exchange, reason: UnknownReason, rule: str) -> None:
    """Each wall and each opt-out is told by its rule."""
    assert closed(exchange) == (reason, rule)


OPEN = {
    "a plain page": page("<html><p>Hello</p></html>"),
    "no content": page(status=204),
    "an article about passwords": page("<p>Choose a good password</p><input type=text name=password>"),
    "a search form": page("<form><input type=search></form>"),
    "free of charge": ld('{"@type": "Article", "isAccessibleForFree": true}'),
    "a concert with tickets": ld('{"@type": ["MusicEvent"], "isAccessibleForFree": false}'),
    "a museum": ld('{"@type": "Museum", "isAccessibleForFree": "false"}'),
    "broken JSON-LD": ld('{"isAccessibleForFree": false'),
    "deep JSON-LD": ld("[" * 5000 + "]" * 5000),
    "other robots": meta("googlebot", "noindex"),
    "indexing welcome": meta("robots", "index, follow, max-snippet:-1"),
    "a description": meta("description", "noindex"),
    "X-Robots-Tag for another": page(x_robots_tag="otherbot: noindex, noarchive"),
    "a date, not a wish": page(x_robots_tag="unavailable_after: 25 Jun 2030 15:00:00 GMT"),
    "an API that keeps JSON out of search": page("{}", kind="application/json", x_robots_tag="noindex"),
    "markup inside JSON": page('{"a": "<input type=password>"}', kind="application/json"),
    "TDM not reserved": page(tdm_reservation="0"),
    "the header beats the tag": meta("tdm-reservation", "1", tdm_reservation="0"),
    "moved": moved("/people/ada/"),
    "moved, with a word like it": moved("/blog/login-pages-i-have-known"),
    "moved to https": moved("https://www.page.example/accounts-of-a-journey", 301),
    "moved and not indexed there": page(status=301, location="/b", x_robots_tag="noindex"),
    "no markup": page("https://page.example/"),
    "XML prologue": page('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>Hello</p></html>'),
}


@pytest.mark.parametrize("name", OPEN)
def test_a_public_page_stays_open(name: str) -> None:
    """What only looks like a wall or a wish is none."""
    assert closed(OPEN[name]) is None


def test_two_x_robots_tags_are_read_one_by_one() -> None:
    """A line for another robot does not swallow the line for everybody after it."""
    lines = (("X-Robots-Tag", "otherbot: nofollow"), ("X-Robots-Tag", "noindex"))

    assert closed(Exchange(url=URL, status=200, headers=lines)) == (UnknownReason.OPTED_OUT, "OPT-X-ROBOTS-TAG")


@pytest.mark.parametrize(
    "body", ["<div>" * 60_000, "<script>" * 5_000, "<meta name=robots content=index>" * 5_000, "\x00\ufffd<" * 20_000]
)
def test_hostile_markup_is_read_to_its_end(body: str) -> None:
    """Deep, long and broken markup gives an answer."""
    assert closed(page(body)) is None


def test_json_ld_is_looked_at_to_a_fixed_number_of_nodes() -> None:
    """A page cannot keep the reader busy with JSON-LD without end."""
    many = '{"a": [' + ",".join(["{}"] * 20_000) + '], "isAccessibleForFree": true}'

    assert closed(ld(many)) is None
