"""Whose terms are to be read again."""

from __future__ import annotations

from datetime import date

import pytest

from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Manifest
from footprint.sources.reviewing import is_due, notices


def reviewed(day: date) -> Manifest:
    """Return a manifest whose terms were reviewed on a day."""
    github = manifest("github")
    return github.but(terms=github.terms.but(terms_reviewed=day))


@pytest.mark.parametrize(
    ("day", "today", "months", "expected"),
    [
        (date(2025, 11, 22), date(2026, 11, 22), 12, False),
        (date(2025, 11, 22), date(2026, 11, 23), 12, True),
        (date(2026, 11, 22), date(2026, 11, 20), 12, False),
        (date(2024, 2, 29), date(2025, 2, 28), 12, False),
        (date(2024, 2, 29), date(2025, 3, 1), 12, True),
        (date(2026, 8, 31), date(2026, 9, 30), 1, False),
        (date(2026, 8, 31), date(2026, 10, 1), 1, True),
        (date(2026, 12, 31), date(2027, 1, 31), 1, False),
        (date(2021, 11, 22), date(2026, 11, 22), 60, False),
    ],
)
def test_terms_are_due_on_the_day_after_their_time(day: date, today: date, months: int, expected: bool) -> None:
    """Months are those of the calendar, and the last day of a short one stands for the days that it has not."""
    assert is_due(reviewed(day), today, months) is expected


def test_a_notice_names_source_day_and_address_once() -> None:
    """What to read again, and since when nobody has."""
    (first, second) = notices(["github", "feed", "github"], date(2035, 1, 1), 6)

    assert first.startswith("notice: the terms of github were last reviewed on 2026-11-22, more than 6 months ago.")
    assert first.endswith(manifest("github").terms.terms_url)
    assert "the terms of feed" in second


def test_nothing_is_said_of_terms_that_are_not_due() -> None:
    """Silence is the rule."""
    assert notices(["github"], date(2026, 11, 23)) == ()
