"""Passes are kept for a day, beside those of other runs, and a file that is not ours counts as none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from footprint.model.presence import CanaryPass
from footprint.store.canaries import CANARIES, TIME_TO_LIVE, CanaryStore

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
RULE, OTHER = "a" * 64, "b" * 64


def passed(rule: str = RULE, at: datetime = NOW) -> CanaryPass:
    return CanaryPass(rule=rule, at=at, is_plain=True, mark="c" * 64, length=120)


def store(folder: Path, at: datetime = NOW) -> CanaryStore:
    return CanaryStore(folder, lambda: at)


def test_a_pass_is_kept_for_the_next_run(tmp_path: Path) -> None:
    """What one run saves, the next one reads; the file is for its owner alone."""
    first = store(tmp_path)
    first.note(passed())
    first.save()

    assert store(tmp_path).passed(RULE) == passed()
    assert store(tmp_path).passed(OTHER) is None
    assert (tmp_path / CANARIES).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("age", "holds"),
    [(timedelta(0), True), (TIME_TO_LIVE, True), (TIME_TO_LIVE + timedelta(seconds=1), False), (-timedelta(1), False)],
)
def test_a_pass_holds_for_its_time_to_live(tmp_path: Path, age: timedelta, holds: bool) -> None:
    """An old pass does not hold, and one of the future neither."""
    one = store(tmp_path)
    one.note(passed(at=NOW - age))

    assert (one.passed(RULE) is not None) is holds


def test_two_runs_keep_both_their_passes(tmp_path: Path) -> None:
    """A run that saves does not take away what another one saved meanwhile; the old ones go."""
    one, two = store(tmp_path), store(tmp_path)
    one.note(passed())
    one.note(passed("d" * 64, at=NOW - 2 * TIME_TO_LIVE))
    two.note(passed(OTHER))
    one.save()
    two.save()

    kept = store(tmp_path)
    assert kept.passed(RULE) is not None
    assert kept.passed(OTHER) is not None
    assert "dddd" not in (tmp_path / CANARIES).read_text("utf-8")


def test_nothing_new_is_not_written(tmp_path: Path) -> None:
    """Where no site passed, there is no file."""
    store(tmp_path).save()

    assert not (tmp_path / CANARIES).exists()


@pytest.mark.parametrize("content", [b"", b"notes", b'{"passes": {"x": 1}}'])
def test_a_file_that_is_not_ours_counts_as_none(tmp_path: Path, content: bytes) -> None:
    """Then every site is asked again."""
    (tmp_path / CANARIES).write_bytes(content)

    assert store(tmp_path).passed(RULE) is None
