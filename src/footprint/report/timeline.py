"""The geometry of the timeline: the window that was agreed, the statements found in it by month, and the findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from footprint.model.authorisation import Window
from footprint.model.finding import Finding
from footprint.model.report import Report

WIDTH = 720
_LEFT, _RIGHT = 12.0, 708.0
_MOST_LANES, _LANE_HEIGHT, _LANES_TOP = 12, 16, 16
_ROOM_FOR_COLUMNS = 100
_TALLEST = 80.0
_LABEL_WIDTH = 36.0
"""Room that the mark and the label of a finding take."""
_MARK = 7.0


class Tick(NamedTuple):
    """The first day of a year, or of a quarter in a short window."""

    x: float
    label: str


class Column(NamedTuple):
    """The statements of one month."""

    x: float
    y: float
    width: float
    height: float
    month: str
    statements: int


class Flag(NamedTuple):
    """A finding at the day it was posted."""

    x: float
    y: float
    label_x: float
    anchor: str
    id: str
    needs_context: bool


class Timeline(NamedTuple):
    """The picture, and what it says in words."""

    width: int
    height: int
    base: int
    left: float
    right: float
    ticks: tuple[Tick, ...]
    columns: tuple[Column, ...]
    flags: tuple[Flag, ...]
    description: str


def timeline(report: Report) -> Timeline:
    """Return the timeline of one report. Equal reports give equal pictures."""
    window = report.authorisation.scope.window
    flags = tuple(_flags(report.findings, window))
    base = int(max((flag.y for flag in flags), default=_LANES_TOP)) + _ROOM_FOR_COLUMNS
    return Timeline(
        width=WIDTH,
        height=base + 26,
        base=base,
        left=_LEFT,
        right=_RIGHT,
        ticks=tuple(_ticks(window)),
        columns=tuple(_columns(report.posts_by_month, window, base)),
        flags=flags,
        description=_description(report),
    )


def _x(day: date, window: Window) -> float:
    days = max((window.last - window.first).days, 1)
    share = min(max((day - window.first).days / days, 0.0), 1.0)
    return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def _ticks(window: Window) -> Iterator[Tick]:
    is_long = (window.last - window.first).days > 3 * 366
    months = (1,) if is_long else (1, 4, 7, 10)
    for year in range(window.first.year, window.last.year + 1):
        for month in months:
            day = date(year, month, 1)
            if window.first <= day <= window.last:
                yield Tick(_x(day, window), f"{year}" if month == 1 else f"{year}-{month:02}")


def _columns(posts: dict[str, int], window: Window, base: int) -> Iterator[Column]:
    most = max(posts.values(), default=0) or 1
    for month, count in sorted(posts.items()):
        year, number = (int(part) for part in month.split("-"))
        start = _x(date(year, number, 1), window)
        end = _x(date(year + number // 12, number % 12 + 1, 1), window)
        height = round(max(count / most * _TALLEST, 2.0), 1)
        if count > 0 and end > start:
            yield Column(start, round(base - height, 1), round(max(end - start - 1, 1.0), 1), height, month, count)


def _flags(findings: tuple[Finding, ...], window: Window) -> Iterator[Flag]:
    ends: list[float] = []
    for finding in sorted(findings, key=lambda finding: (finding.posted_at, finding.id)):
        x = _x(finding.posted_at.date(), window)
        is_far_right = x + _LABEL_WIDTH > _RIGHT
        begin, end = (x - _LABEL_WIDTH, x + _MARK) if is_far_right else (x - _MARK, x + _LABEL_WIDTH)
        lane = _free_lane(ends, begin)
        ends[lane] = end
        yield Flag(
            x=x,
            y=_LANES_TOP + lane * _LANE_HEIGHT,
            label_x=round(x - 8 if is_far_right else x + 8, 1),
            anchor="end" if is_far_right else "start",
            id=finding.id,
            needs_context=finding.needs_context,
        )


def _free_lane(ends: list[float], begin: float) -> int:
    """Return the first lane that is free from `begin` on; a new one, or where there are many the one that ends first."""
    for lane, end in enumerate(ends):
        if end <= begin:
            return lane
    if len(ends) < _MOST_LANES:
        ends.append(0.0)
        return len(ends) - 1
    return ends.index(min(ends))


def _description(report: Report) -> str:
    window = report.authorisation.scope.window
    found = ", ".join(f"{finding.id} on {finding.posted_at.date().isoformat()}" for finding in report.findings)
    total = sum(report.posts_by_month.values())
    posts = f"{total} dated statements of the candidate in {len(report.posts_by_month)} months. " if total else ""
    findings = f"Findings: {found}." if found else "No findings."
    return f"Window from {window.first.isoformat()} to {window.last.isoformat()}. {posts}{findings}"
