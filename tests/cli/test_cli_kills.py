"""Kills at random moments, in small: `python -m benchmarks.kills` does the same 200 times."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import kills_checks

ROOT = Path(__file__).resolve().parents[2]


def test_eight_kills_lose_nothing_and_double_nothing() -> None:
    """Log, rows, records, visits and report agree after every death and at the end of every case."""
    command = [sys.executable, "-m", "benchmarks.kills", "--times", "8", "--seed", "20261122"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=600)
    printed = done.stdout.splitlines()

    assert [line for line in printed if line.startswith("FAULT")] == []
    assert done.returncode == 0, done.stderr
    figures = json.loads(printed[-1])["kills"]
    assert (figures["kills"], figures["faults"]) == (8, 0)


STOOD = kills_checks.Standing(lines=b"one\ntwo\n", records=("a", "b"), is_new=False)


@pytest.mark.parametrize(
    ("lines", "records", "faults"),
    [
        (b"one\ntwo\n", ("a", "b"), []),
        (b"one\ntwo\nthree\n", ("c", "b", "a"), []),
        (b"one\n", ("a", "b"), ["audit lines lost or changed"]),
        (b"one\ntoo\n", ("a", "b"), ["audit lines lost or changed"]),
        (b"one\ntwo\n", ("a",), ["WARC records lost"]),
    ],
)
def test_a_loss_is_named(lines: bytes, records: tuple[str, ...], faults: list[str]) -> None:
    """What stood before must stand after; more may."""
    after = kills_checks.Standing(lines=lines, records=records, is_new=False)

    assert kills_checks.faults_of_loss(STOOD, after) == faults


@pytest.mark.parametrize(
    ("resumed", "differing"),
    [
        ({"findings": [1], "search_log": [1, 2], "evidence": [3]}, []),
        ({"findings": [1], "search_log": [2, 1, 9], "evidence": [3, 4]}, []),
        ({"findings": [], "search_log": [1, 2], "evidence": [3]}, ["findings"]),
        ({"findings": [1], "search_log": [1], "evidence": [3]}, ["search_log"]),
        ({"findings": [1], "search_log": [1, 2], "evidence": [3], "more": 1}, ["more"]),
    ],
)
def test_a_report_may_list_more_requests_and_differ_in_nothing_else(
    resumed: dict[str, object], differing: list[str]
) -> None:
    """A resumed run asks again for what gave no page; all that is judged must be the same."""
    whole = {"findings": [1], "search_log": [1, 2], "evidence": [3]}

    assert kills_checks.differences(whole, resumed) == differing
