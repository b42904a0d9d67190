"""Time, passed in. The law counts in days and the pace in seconds, and tests must own both."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the line needs of time."""

    def now(self) -> datetime:
        """Return the present time in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the present time in UTC, to the second: no law and no reader needs more."""
        return datetime.now(UTC).replace(microsecond=0)

    async def sleep(self, seconds: float) -> None:
        """Wait for real."""
        await asyncio.sleep(seconds)


class FineClock(SystemClock):
    """The machine's time to the microsecond: with a whole second's doubt at every turn a polite pace would take twice as long."""

    RESOLUTION = 0.001
    """Seconds that it may be behind, for the pace."""

    def now(self) -> datetime:
        """Return the present time in UTC."""
        return datetime.now(UTC)
