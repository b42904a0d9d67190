"""An exchange reads its own headers; an Accept header names types."""

from __future__ import annotations

import pytest

from footprint.web.client import Exchange, absolute, accepts

URL = "http://page.example/a?b=c"


@pytest.mark.parametrize(
    ("accept", "content_type", "expected"),
    [
        ("*/*", "", True),
        ("*/*", "image/gif", True),
        ("text/html", "text/html", True),
        ("text/html,application/xhtml+xml;q=0.9", "application/xhtml+xml", True),
        ("TEXT/HTML", "text/html", True),
        ("text/*", "text/plain", True),
        ("application/json", "application/activity+json", True),
        ("application/vnd.github+json", "application/json", True),
        ("text/html", "text/plain", False),
        ("text/*", "image/gif", False),
        ("text/html", "", False),
        ("application/json", "text/html", False),
        ("text/html", "application/json", False),
        ("application/rss+xml", "application/json", False),
    ],
)
def test_a_type_is_accepted_where_the_header_names_it(accept: str, content_type: str, expected: bool) -> None:
    """Media ranges are matched by name, by family, and JSON by its kind."""
    assert accepts(accept, content_type) is expected


@pytest.mark.parametrize(
    ("value", "links"),
    [
        ('<https://a.example/2>; rel="next"', (("next", "https://a.example/2"),)),
        ("</3?x=1,2>; rel=prev", (("prev", "http://page.example/3?x=1,2"),)),
        ('<b>; title="a, b"; REL="Me alternate", <c>; rel=x', None),
        ("<no-rel>", ()),
        ("nonsense", ()),
        ("<http://a:b:c/>; rel=next", ()),
    ],
)
def test_links_of_the_header_are_absolute(value: str, links) -> None:
    """Each relation of a Link header is one pair; what is no link is passed over."""
    expected = links
    if expected is None:
        expected = (
            ("me", "http://page.example/b"),
            ("alternate", "http://page.example/b"),
            ("x", "http://page.example/c"),
        )

    assert Exchange(url=URL, status=200, headers=(("Link", value),)).link_header == expected


@pytest.mark.parametrize(
    ("status", "location", "expected"),
    [
        (302, "https://other.example/x#y", "https://other.example/x"),
        (308, "../up", "http://page.example/up"),
        (301, "//other.example/", "http://other.example/"),
        (302, "", None),
        (302, "http://a:b:c/", None),
        (304, "/x", None),
        (200, "/x", None),
    ],
)
def test_a_redirect_is_a_redirect_status_with_a_place(status: int, location: str, expected: str | None) -> None:
    """Only the five redirect statuses with a readable Location lead anywhere."""
    assert Exchange(url=URL, status=status, headers=(("Location", location),)).redirect == expected


@pytest.mark.parametrize(
    ("value", "charset"),
    [
        ("text/html; charset=ISO-8859-1", "iso-8859-1"),
        ('text/html; a=b; Charset="utf-8"', "utf-8"),
        ("text/html", None),
        ("text/html; charset=", None),
    ],
)
def test_the_charset_is_what_the_header_says(value: str, charset: str | None) -> None:
    """A charset parameter is read with or without quotes."""
    assert Exchange(url=URL, status=200, headers=(("content-type", value),)).charset == charset


def test_an_exchange_without_headers_says_nothing() -> None:
    """No header gives empty answers, not errors."""
    bare = Exchange(url=URL, status=200)

    assert (bare.content_type, bare.charset, bare.header("x"), bare.link_header, bare.redirect) == (
        "",
        None,
        None,
        (),
        None,
    )


def test_an_address_that_is_no_url_is_none() -> None:
    """A reference that cannot be joined gives nothing."""
    assert absolute("http://page.example/", "http://a:b:c/") is None
