"""The geometry of the timeline and of the coverage chart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from footprint.model.authorisation import Window
from footprint.model.report import Report
from footprint.report.chart import coverage_chart
from footprint.report.timeline import WIDTH, timeline


def windowed(report: Report, first: date, last: date) -> Report:
    scope = report.authorisation.scope.but(window=Window(first=first, last=last))
    return report.but(authorisation=report.authorisation.but(scope=scope))


def test_findings_stand_in_the_order_of_their_days(report: Report) -> None:
    """The oldest is the leftmost, and its mark tells whether context comes first."""
    flags = timeline(report).flags

    assert [flag.id for flag in flags] == ["F05", "F04", "F03", "F02", "F01"]
    assert [flag.x for flag in flags] == sorted(flag.x for flag in flags)
    assert [flag.needs_context for flag in flags] == [True, False, True, True, False]


def test_labels_that_would_meet_stand_in_different_lanes(report: Report) -> None:
    """Two findings two weeks apart are both readable."""
    third, second = timeline(report).flags[2:4]

    assert third.y != second.y


def test_more_findings_than_lanes_still_have_a_place(report: Report) -> None:
    """Thirty findings on one day fill twelve lanes, then begin again; the picture stays bounded."""
    same_day = tuple(report.findings[0].but(id=f"F{number:02}") for number in range(30))
    picture = timeline(report.but(findings=same_day))

    assert len({flag.y for flag in picture.flags}) == 12
    assert picture.height < 330


def test_a_finding_outside_the_window_is_drawn_at_its_edge(report: Report) -> None:
    """Nothing is drawn outside the picture, and a label at the right edge stands to the left."""
    early = report.findings[0].but(posted_at=datetime(2001, 1, 1, tzinfo=UTC))
    late = report.findings[0].but(posted_at=report.generated_at + timedelta(days=90))
    first, last = timeline(report.but(findings=(late, early))).flags

    assert (first.x, first.anchor) == (12.0, "start")
    assert (last.x, last.anchor) == (708.0, "end")


def test_months_are_columns_within_the_picture(report: Report) -> None:
    """The fullest month is the tallest; months without statements have no column."""
    picture = timeline(report)
    columns = picture.columns

    assert max(columns, key=lambda column: column.height).statements == 7
    assert all(
        column.x >= 0 and column.x + column.width <= WIDTH and column.y + column.height <= picture.base + 0.1
        for column in columns
    )
    assert {column.statements for column in columns} >= {1, 7}
    assert 0 not in {column.statements for column in columns}


def test_months_outside_the_window_have_no_column(report: Report) -> None:
    """A month that does not touch the window is not drawn."""
    assert timeline(report.but(posts_by_month={"2001-01": 4})).columns == ()


def test_a_long_window_has_a_tick_a_year(report: Report) -> None:
    """Five years give five turns of the year."""
    assert [tick.label for tick in timeline(report).ticks] == ["2022", "2023", "2024", "2025", "2026"]


def test_a_short_window_has_a_tick_a_quarter(report: Report) -> None:
    """A year and a half is divided by quarters."""
    short = windowed(report, date(2025, 6, 1), date(2026, 4, 30))

    assert [tick.label for tick in timeline(short).ticks] == ["2025-07", "2025-10", "2026", "2026-04"]


def test_a_window_of_one_day_can_be_drawn(report: Report) -> None:
    """One day has a place, though no length."""
    assert timeline(windowed(report, date(2026, 5, 3), date(2026, 5, 3))).flags[0].x == 12.0


def test_the_timeline_says_in_words_what_it_shows(report: Report) -> None:
    """Window, statements and findings stand in the text alternative."""
    said = timeline(report).description

    assert said.startswith("Window from 2021-11-20 to 2026-11-20. 72 dated statements of the candidate in 30 months.")
    assert "F05 on 2022-03-18" in said


def test_an_empty_timeline_says_that_it_is_empty(report: Report) -> None:
    """No findings is said, not left out."""
    said = timeline(report.but(findings=(), posts_by_month={})).description

    assert said == "Window from 2021-11-20 to 2026-11-20. No findings."


def test_bars_divide_answered_from_unknown(report: Report) -> None:
    """The unknown part begins where the answered part ends."""
    bar = coverage_chart(report.coverage).bars[0]

    assert (bar.title, bar.answered, bar.unknown) == ("mara-quill.example/", 2, 1)
    assert bar.unknown_x == bar.x + bar.answered_width
    assert bar.answered_width > bar.unknown_width > 0


def test_the_chart_says_in_words_what_it_shows(report: Report) -> None:
    """Every place stands in the text alternative."""
    said = coverage_chart(report.coverage).description

    assert "mara@social.example: 6 answered, 0 could not be checked;" in said


def test_an_identifier_without_a_value_is_called_by_its_title(report: Report) -> None:
    """A bar is never nameless, and a long name is cut."""
    (first, second) = coverage_chart(
        (report.coverage[0].but(identifier="website"), report.coverage[0].but(identifier="website:" + "x" * 60))
    ).bars

    assert first.title == "Personal website"
    assert second.title == "x" * 31 + "…"


def test_a_chart_of_nothing_is_empty() -> None:
    """No places, no bars."""
    assert coverage_chart(()).bars == ()
