"""The clock of the demonstration."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from footprint.demo.clock import START, DemoClock


def test_demo_time_begins_at_a_fixed_moment() -> None:
    """The first time asked for is the same in every run."""
    assert DemoClock().now() == START == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_demo_time_moves_one_second_with_each_look() -> None:
    """Two looks at the clock are one second apart, so that no two events have one time."""
    clock = DemoClock()

    assert [clock.now() - START for _ in range(3)] == [timedelta(seconds=n) for n in range(3)]


async def test_demo_sleep_moves_time_without_waiting() -> None:
    """An hour passes at once."""
    clock = DemoClock()
    began = time.monotonic()

    await clock.sleep(3600)

    assert clock.now() == START + timedelta(hours=1)
    assert time.monotonic() - began < 5


async def test_demo_sleep_keeps_parts_of_a_second() -> None:
    """Ten short waits add up, while the times shown stay whole seconds."""
    clock = DemoClock()

    for _ in range(10):
        await clock.sleep(0.25)

    assert clock.now() == START + timedelta(seconds=2)
    assert clock.now() == START + timedelta(seconds=3)


async def test_demo_time_never_runs_backwards() -> None:
    """A negative wait is no wait."""
    clock = DemoClock()

    await clock.sleep(-60)

    assert clock.now() == START
