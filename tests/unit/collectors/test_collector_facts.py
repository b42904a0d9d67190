"""docs/shapes.md lists what real servers taught, each fact with its test: the tests exist, and are what the page says."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
PAGE = TESTS.parent / "docs" / "shapes.md"
ROW = re.compile(r"\| (?P<fact>[^|]+) \| `(?P<file>[\w/]+\.py)::(?P<name>test_\w+)` \|")
HEADING = "## What real servers taught"


def rows() -> list[tuple[str, str, str]]:
    """Return fact, file and name of each row of the table."""
    lines = PAGE.read_text("utf-8").partition(HEADING)[2].splitlines()
    table = [line for line in lines if line.startswith("| ")][1:]
    return [(found["fact"], found["file"], found["name"]) for line in table if (found := ROW.fullmatch(line))]


@lru_cache
def names_in(file: str) -> frozenset[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_row_of_the_table_names_a_test() -> None:
    """No fact without one, and none twice."""
    lines = PAGE.read_text("utf-8").partition(HEADING)[2].splitlines()
    table = [line for line in lines if line.startswith("| ")]
    facts = [fact for fact, _, _ in rows()]

    assert len(facts) == len(table) - 2  # without the heading and the line below it
    assert len(facts) == len(set(facts)) >= 45


@pytest.mark.parametrize(("fact", "file", "name"), rows(), ids=[str(number) for number in range(len(rows()))])
def test_the_test_of_a_fact_exists(fact: str, file: str, name: str) -> None:
    """At its place, under its name."""
    assert name in names_in(file), fact
