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


REDMINE = """User-agent: *
Disallow: /projects/ferry/repository
Disallow: /projects/ferry/issues
Disallow: /projects/ferry/activity
Disallow: /projects/1/issues
Disallow: /issues/gantt
Disallow: /activity
Disallow: /search
Disallow: /issues?sort=
Disallow: /issues?*set_filter=
Disallow: /issues/*.pdf$
Disallow: /login
"""
"""In the form of Redmine 5's template: what grows without end, of everything and of each project."""

GOTOSOCIAL = """User-agent: GPTBot
User-agent: CCBot
User-agent: Bytespider
Disallow: /

User-agent: *
Crawl-delay: 500
Disallow: /api/
Disallow: /.well-known/
Disallow: /users/
"""
"""In the form of GoToSocial's: crawlers for language models by name, and the interface for everybody."""


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        (REDMINE, "/activity", False),
        (REDMINE, "/activity?user_id=5", False),
        (REDMINE, "/projects/ferry/issues", False),
        (REDMINE, "/issues?sort=updated_on", False),
        (REDMINE, "/issues?utf8=1&set_filter=1", False),
        (REDMINE, "/issues/12.pdf", False),
        (REDMINE, "/issues/12", True),
        (REDMINE, "/users/5", True),
        (GOTOSOCIAL, "/@ines", True),
        (GOTOSOCIAL, "/@ines/feed.rss", True),
        (GOTOSOCIAL, "/users/ines", False),
        (GOTOSOCIAL, "/api/v1/accounts/lookup?acct=ines", False),
    ],
)
def test_the_rules_of_servers_in_the_wild(text: str, path: str, expected: bool) -> None:
    """Redmine closes its lists and leaves single things open; GoToSocial names others, and its rules for all hold for us."""
    assert allows(text, path) is expected


@pytest.mark.parametrize(("agent", "expected"), [("gptbot", False), ("ccbot", False), ("footprint", True)])
def test_a_crawler_that_is_named_is_meant_alone(agent: str, expected: bool) -> None:
    """Who gives another name than one's own would read what is closed to them; we give ours."""
    assert Robots.of(200, GOTOSOCIAL.encode()).allows(f"{HOST}/@ines", agent) is expected
