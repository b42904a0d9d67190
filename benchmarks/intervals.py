"""Bootstrap intervals: rows that share a template or a document are drawn together, for they are not independent."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

Row = TypeVar("Row")
Interval = tuple[float, float]

DRAWS = 500
SEED = 20261122


def interval(rows: Sequence[Row], cluster: Callable[[Row], str], figure: Callable[[Sequence[Row]], float]) -> Interval:
    """Return the bounds between which 95 % of the figures of resampled clusters lie."""
    clusters: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        clusters[cluster(row)].append(row)
    groups = list(clusters.values())
    chance = random.Random(SEED)
    figures = sorted(
        figure([row for group in chance.choices(groups, k=len(groups)) for row in group]) for _ in range(DRAWS)
    )
    return figures[int(0.025 * DRAWS)], figures[int(0.975 * DRAWS) - 1]


def share(part: float, whole: float) -> float:
    """Return a share; of nothing it is 0."""
    return part / whole if whole else 0.0


def percent(value: float, bounds: Interval) -> str:
    """Return a share with its interval, in per cent."""
    return f"{100 * value:5.1f} % [{100 * bounds[0]:5.1f}, {100 * bounds[1]:5.1f}]"
