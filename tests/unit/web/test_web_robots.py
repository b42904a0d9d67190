"""RFC 9309: what a robots.txt allows our agent, and what is assumed where there is none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from footprint.web.robots import MAX_BYTES, Robots, robots_url

HOST = "https://page.example"


def allows(text: str, path: str, agent: str = "footprint") -> bool:
    """Say whether a robots.txt allows a path."""
    return Robots.of(200, text.encode()).allows(HOST + path, agent)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", "/a", True),
        ("user-agent: *\ndisallow: /a", "/a/b", False),
        ("user-agent: *\ndisallow: /a", "/b", True),
        ("user-agent: *\ndisallow:", "/a", True),
        ("user-agent: *\ndisallow: /\nallow: /a", "/a/b", True),
        ("user-agent: *\nallow: /a\ndisallow: /a/b", "/a/b", False),
        ("user-agent: *\nallow: /a\ndisallow: /a", "/a", True),
        ("user-agent: *\ndisallow: /*.pdf$", "/x/y.pdf", False),
        ("user-agent: *\ndisallow: /*.pdf$", "/x/y.pdfs", True),
        ("user-agent: *\ndisallow: /a?q=", "/a?q=1", False),
        ("user-agent: *\ndisallow: /", "/robots.txt", True),
        ("user-agent: footprint\ndisallow: /a\nuser-agent: *\ndisallow: /b", "/b", True),
        ("user-agent: footprint\ndisallow: /a\nuser-agent: *\ndisallow: /b", "/a", False),
        ("user-agent: other\ndisallow: /", "/a", True),
        ("user-agent: footprints\ndisallow: /", "/a", True),
        ("user-agent: Footprint/0.1\ndisallow: /", "/a", False),
        ("user-agent: FOOTPRINT BOT\ndisallow: /", "/a", False),
        ("user-agent: * all\ndisallow: /", "/a", False),
        ("user-agent: 7\ndisallow: /", "/a", True),
        ("user-agent: footprint\ncrawl-delay: 5\nuser-agent: *\ndisallow: /", "/a", False),
        ("user-agent: footprint\nsitemap: https://x.example/s\nuser-agent: other\ndisallow: /", "/a", False),
        ("user-agent: footprint\ndisallow: /a\n\nuser-agent: footprint\ndisallow: /b", "/a", False),
        ("disallow: /\nuser-agent: footprint\ndisallow: /b", "/a", True),
        ("User-agent footprint\nDisallow /a", "/a", False),
        ("user-agent: *\ndisalow: /a", "/a", False),
        ("user-agent: * # everybody\ndisallow: /a # private", "/a", False),
        ("user-agent: *\rdisallow: /a\r", "/a", False),
        ("\ufeffuser-agent: *\ndisallow: /a", "/a", False),
        ("user-agent: *\ndisallow: /\u00e9t\u00e9", "/%C3%A9t%C3%A9", False),
        ("user-agent: *\ndisallow: /%C3%A9", "/%c3%a9", False),
        ("user-agent: *\ndisallow: /%61b", "/ab", False),
        ("user-agent: *\ndisallow: /ab", "/%61b", False),
        ("user-agent: *\ndisallow: /\nallow: /%61b", "/ab", False),
        ("user-agent: *\ndisallow: /\nallow: /%61b", "/%61b", True),
        ("user-agent: *\ndisallow: /\nallow: /\u00e9", "/%c3%a9", True),
        ("<html><body>Not found: really</body></html>", "/a", True),
    ],
)
def test_a_path_is_allowed_as_the_rules_say(text: str, path: str, expected: bool) -> None:
    """Groups, the longest rule, wildcards, misspellings and escapes; the stricter of two readings holds."""
    assert allows(text, path) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, True), (410, True), (401, True), (403, True), (429, False), (500, False), (503, False), (301, False)],
)
def test_a_missing_file_allows_and_an_unreachable_one_forbids(status: int, expected: bool) -> None:
    """4xx means no rules; 5xx, 429 and an unfollowed redirect mean that the rules are not known."""
    robots = Robots.of(status, b"user-agent: *\ndisallow: /nothing")

    assert robots.allows(f"{HOST}/a") is expected
    assert Robots.unreachable().allows(f"{HOST}/robots.txt") is False


def test_what_stands_after_the_first_500_kib_is_not_read() -> None:
    """A robots.txt without end is read to its limit."""
    filler = b"# " + b"x" * 98 + b"\n"
    long = b"user-agent: *\n" + filler * (MAX_BYTES // 101 + 1) + b"disallow: /a"

    assert Robots.of(200, long).allows(f"{HOST}/a")
    assert not Robots.of(200, long[:1000] + b"\ndisallow: /a").allows(f"{HOST}/a")


def test_bytes_that_are_no_text_are_passed_over() -> None:
    """A binary file has no rules, and one with a rule in it has that rule."""
    assert Robots.of(200, bytes(range(256)) * 9).allows(f"{HOST}/a")
    assert not Robots.of(200, b"\xff\xfe\x00\nuser-agent: *\ndisallow: /a\xff\n").allows(f"{HOST}/a%FF")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://page.example/a/b?c#d", "https://page.example/robots.txt"),
        ("http://page.example:8080", "http://page.example:8080/robots.txt"),
    ],
)
def test_robots_txt_lies_at_the_root_of_the_host(url: str, expected: str) -> None:
    """Scheme, host and port are those of the page."""
    assert robots_url(url) == expected


def test_the_reference_parser_s_own_cases_hold() -> None:
    """All assertions of Google's open-source parser's test, where a copy of them is at hand."""
    root = Path(__file__).parents[3]
    shared = root / os.environ.get("FOOTPRINT_SHARED", "../shared")
    path = shared / "data" / "robots" / "google_cases.json"
    if not path.is_file():
        pytest.skip("no copy of the reference cases here")
    cases = json.loads(path.read_text())

    wrong = [
        (case["test"], case["url"])
        for case in cases
        if Robots.of(200, case["robots"].encode()).allows(case["url"], case["ua"]) != case["allowed"]
    ]

    assert len(cases) == 142
    assert wrong == []
