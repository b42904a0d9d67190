"""Time for the demonstration: it begins at a fixed moment and never waits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 20, 9, 0, 0, tzinfo=UTC)
"""When every demonstration begins."""


class DemoClock:
    """A `footprint.clock.Clock` on which the same calls always give the same times."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        """Return the present time to the second, and let one second pass."""
        present = self._now.replace(microsecond=0)
        self._now += timedelta(seconds=1)
        return present

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once; other tasks get their turn, as in a real wait."""
        self._now += timedelta(seconds=max(seconds, 0.0))
        await asyncio.sleep(0)
