"""A field of a TOML text has a line."""

import pytest

from footprint.policies.lines import line_of, line_of_fault, repeated_ids

TEXT = """\
# a comment with [brackets]
id = "x"

masks = [
  "age", "sex", # not ] yet
  "race",
]
title = \"\"\"
two = lines
\"\"\"

[[legality]]
id = "A-1"
citation = { article = "An, Act [1]", confirmed = false }

[[legality]] # the second
id = "A-2"
effect = "exlude"
"key" . name = 1

[scope]
window = { first = 2021-01-01, last = 2026-01-01 }

[[clauses.parts]]
word = 'it # is'

[legality.more]
deep = true
categories = [{ category = "a" }, { category = "b",
  necessity = "c" }]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("id", 2),
        ("masks", 4),
        ("masks[0]", 5),
        ("masks[2]", 6),
        ("title", 8),
        ("legality[0]", 12),
        ("legality[0].id", 13),
        ("legality[0].citation.article", 14),
        ("legality[0].citation.confirmed", 14),
        ("legality[1]", 16),
        ("legality[1].effect", 18),
        ("legality[1].key.name", 19),
        ("scope.window.last", 22),
        ("clauses.parts[0].word", 25),
        ("legality[1].more.deep", 28),
        ("legality[1].more.categories[1].category", 29),
        ("legality[1].more.categories[1].necessity", 30),
    ],
)
def test_a_field_has_its_line(path: str, line: int) -> None:
    """Tables, arrays of tables, inline tables and arrays over several lines are followed."""
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [("legality[1].reason", 16), ("legality[7].id", 1), ("scope.window.middle", 22), ("nothing", 1), ("two", 1)],
)
def test_what_is_missing_has_the_line_of_its_parent(path: str, line: int) -> None:
    """A field that is not there stands where it should: in its table; else at the top."""
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize("text", ["", "= [[[", 'a = "open', "a = [1,\n2", "[[x]\nb = {", '[a\n"', "x = '''\n'"])
def test_a_broken_text_has_lines_too(text: str) -> None:
    """What no parser accepts is followed as far as it goes."""
    assert line_of(text, "x") >= 1


def test_a_long_text_is_read_once() -> None:
    """A megabyte of keys takes a moment, not minutes."""
    text = "\n".join(f'key-{number} = ["a", {{ b = "c" }}]' for number in range(20_000))

    assert line_of(text, "key-19999[1].b") == 20_000


def test_the_parsers_own_line_is_taken() -> None:
    """Where the text is no TOML the parser says the line."""
    assert line_of_fault("Invalid value (at line 3, column 5)") == 3
    assert line_of_fault("Unclosed array (at end of document)") is None


def test_the_second_of_two_ids_is_found() -> None:
    """A rule id that stands twice is at fault where it stands again."""
    assert repeated_ids('id = "a"\n[[r]]\nid = "b"\n[[r]]\n  id = "b"') == ("b", 5)
    assert repeated_ids('id = "a"\n[[r]]\nid = "b"') is None
