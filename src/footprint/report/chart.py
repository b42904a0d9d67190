"""The geometry of the coverage chart: for each source what was answered and what could not be checked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from footprint.model.report import SourceCoverage

WIDTH = 720
_LEFT, _RIGHT, _ROW, _TOP = 200, 640, 26, 8


class Bar(NamedTuple):
    """One source of the chart; lengths in the picture's own units."""

    y: int
    title: str
    answered: int
    unknown: int
    x: int
    answered_width: float
    unknown_x: float
    unknown_width: float
    total_x: float


class Chart(NamedTuple):
    """The chart and what it says in words."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    description: str


def coverage_chart(coverage: Iterable[SourceCoverage], *, is_named: bool = True) -> Chart:
    """Return one bar a place: requests answered, then what could not be checked. Without names, the kind of source only."""
    counts = [
        (_place(source) if is_named else source.title, source.answered, sum(source.unknown.values()))
        for source in coverage
    ]
    most = max((answered + unknown for _, answered, unknown in counts), default=0) or 1
    unit = (_RIGHT - _LEFT) / most
    bars = tuple(_bar(row, *count, unit=unit) for row, count in enumerate(counts))
    said = "; ".join(
        f"{title}: {answered} answered, {unknown} could not be checked" for title, answered, unknown in counts
    )
    return Chart(WIDTH, 2 * _TOP + _ROW * len(bars), bars, f"{said}.")


def _place(source: SourceCoverage) -> str:
    return source.identifier.partition(":")[2].removeprefix("https://").removeprefix("http://") or source.title


def _bar(row: int, title: str, answered: int, unknown: int, *, unit: float) -> Bar:
    split = round(_LEFT + answered * unit, 1)
    end = round(split + unknown * unit, 1)
    return Bar(
        y=_TOP + row * _ROW,
        title=title if len(title) <= 32 else f"{title[:31]}…",
        answered=answered,
        unknown=unknown,
        x=_LEFT,
        answered_width=round(split - _LEFT, 1),
        unknown_x=split,
        unknown_width=round(end - split, 1),
        total_x=end + 8,
    )
