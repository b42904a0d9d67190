"""The tags of a page that speak of the page, found as they pass by."""

from __future__ import annotations

import pytest

from footprint.web.tags import tags_of

NAMES = ("meta", "input", "script")


def found(markup: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the tags of a page as plain values."""
    return [(tag.name, dict(tag.attributes), tag.text) for tag in tags_of(markup, NAMES)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", []),
        ("\x00", []),
        ("only text", []),
        ("<p>no such tag</p>", []),
        ("<META Name=robots CONTENT='a'>", [("meta", {"name": "robots", "content": "a"}, "")]),
        ("<meta name=a name=b>", [("meta", {"name": "a"}, "")]),
        ("<meta content='caf&#233;'>", [("meta", {"content": "caf\u00e9"}, "")]),
        ("<input type=text><p>after</p>", [("input", {"type": "text"}, "")]),
        ("<script type=x>{&amp;}<b></script>z", [("script", {"type": "x"}, "{&amp;}<b>")]),
        ("<script>one</script><script>two", [("script", {}, "one"), ("script", {}, "two")]),
        ("<!-- <meta name=robots> -->", []),
        ("<m\x01eta name=a>", []),
        ("<meta name=ro\x7fbots>", [("meta", {"name": "ro\ufffdbots"}, "")]),
        ('<?xml version="1.0" encoding="utf-16"?><meta name=a>', [("meta", {"name": "a"}, "")]),
    ],
)
def test_tags_are_found_as_a_browser_would(markup: str, expected: list[tuple[str, dict[str, str], str]]) -> None:
    """Names in lower case, the first of two attributes, references resolved, comments and scripts not read as tags."""
    assert found(markup) == expected


@pytest.mark.parametrize("before", ["<div>" * 100_000, "x" * 11_000_000, f'<meta content="{"y" * 11_000_000}">'])
def test_no_depth_or_length_hides_what_follows(before: str) -> None:
    """A page cannot put its wish out of sight behind more nesting, text or attribute than a parser's usual limits allow."""
    assert found(before + "<meta name=robots>")[-1] == ("meta", {"name": "robots"}, "")
