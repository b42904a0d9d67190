"""The machine's own time."""

from __future__ import annotations

from datetime import UTC

from footprint.clock import SystemClock


async def test_the_system_clock_tells_utc_and_waits() -> None:
    """Times are in UTC, and a wait is a wait."""
    clock = SystemClock()
    before = clock.now()
    await clock.sleep(0.01)

    assert before.tzinfo is UTC
    assert clock.now() >= before
