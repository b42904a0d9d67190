"""One polite pace a host, and obedience to what a host asks for."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from footprint.clock import SystemClock
from footprint.web.client import Exchange
from footprint.web.pace import WITHOUT_A_WORD, Pace
from footprint.web.stated import Stated

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Still:
    """A clock that stands still unless somebody sleeps."""

    def __init__(self) -> None:
        self.time = START
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


def answer(status: int = 429, **headers: str) -> Exchange:
    """Return an answer with headers, whose names are written with underscores."""
    lines = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(url="https://api.example/", status=status, headers=lines)


async def test_the_first_turn_is_at_once() -> None:
    """Nobody waits for a host that was not asked."""
    clock = Still()

    assert await Pace(clock).turn("page.example", 1.0) == 0.0
    assert clock.slept == []


@pytest.mark.parametrize(("passed", "waited"), [(0, 2.0), (1, 2.0), (2, 1.0), (2.5, 0.5), (3, 0.0), (60, 0.0)])
async def test_a_turn_waits_for_what_is_left_of_the_pace(passed: float, waited: float) -> None:
    """The clock may be a second ahead, so one second of what passed does not count."""
    clock = Still()
    pace = Pace(clock)
    await pace.turn("page.example", 2.0)
    clock.time += timedelta(seconds=passed)

    assert await pace.turn("Page.Example", 2.0) == waited


async def test_hosts_do_not_wait_for_each_other() -> None:
    """The pace is a host's own."""
    pace = Pace(Still())
    await pace.turn("page.example", 5.0)

    assert await pace.turn("other.example", 5.0) == 0.0


async def test_turns_taken_together_follow_each_other() -> None:
    """Three tasks at one moment get three moments."""
    clock = Still()
    clock.sleep = lambda seconds: asyncio.sleep(0)
    pace = Pace(clock)

    waits = await asyncio.gather(*(pace.turn("page.example", 2.0) for _ in range(3)))

    assert waits == [0.0, 2.0, 4.0]


async def test_who_waits_is_told_before_the_wait() -> None:
    """The progress line learns which host is waited for, and how long."""
    told: list[tuple[str, float]] = []
    pace = Pace(Still(), lambda host, seconds: told.append((host, seconds)))
    await pace.turn("page.example", 2.0)
    await pace.turn("page.example", 2.0)

    assert told == [("page.example", 2.0)]


async def test_a_host_has_one_lock() -> None:
    """The same lock is given for the same host, in whatever case its name is written."""
    pace = Pace(Still())

    assert pace.lock("page.example") is pace.lock("PAGE.example")
    assert pace.lock("page.example") is not pace.lock("other.example")


@pytest.mark.parametrize(
    ("exchange", "waited"),
    [
        (answer(retry_after="30"), 31.0),
        (answer(503, retry_after="30"), 31.0),
        (answer(403, retry_after="30"), 31.0),
        (answer(retry_after="Fri, 20 Nov 2026 09:00:40 GMT"), 41.0),
        (answer(retry_after="Fri, 20 Nov 2026 09:00:40"), 41.0),
        (answer(retry_after="Fri, 20 Nov 2026 08:00:00 GMT"), 1.0),
        (answer(retry_after="0"), 1.0),
        (answer(retry_after="soon"), 61.0),
        (answer(), 61.0),
        (answer(x_ratelimit_remaining="0", x_ratelimit_reset=str(int(START.timestamp()) + 20)), 21.0),
        (answer(403, x_ratelimit_remaining="0", x_ratelimit_reset="2026-11-20T09:00:25Z"), 26.0),
        (answer(200, ratelimit_remaining="0", ratelimit_reset="9"), 10.0),
        (answer(x_ratelimit_remaining="0", x_ratelimit_reset="20", retry_after="50"), 51.0),
        (answer(200, x_ratelimit_remaining="5", x_ratelimit_reset="20"), 1.0),
        (answer(200, retry_after="30"), 1.0),
        (answer(404, retry_after="30"), 1.0),
        (answer(503), 1.0),
        (answer(503, retry_after="9" * 400), 10_000_001.0),
    ],
)
async def test_what_a_host_asks_for_is_waited(exchange: Exchange, waited: float) -> None:
    """Retry-After and used-up limits set the next moment; the clock's own second is added to it."""
    pace = Pace(Still())
    await pace.turn("api.example", 1.0)
    pace.obey("API.example", exchange)

    assert await pace.turn("api.example", 1.0) == waited


async def test_a_longer_wait_is_not_shortened_by_a_later_answer() -> None:
    """The latest moment asked for holds."""
    pace = Pace(Still())
    pace.obey("api.example", answer(retry_after="90"))
    pace.obey("api.example", answer(retry_after="10"))

    assert await pace.turn("api.example", 1.0) == 91.0


@pytest.mark.parametrize(("seconds", "expected"), [("120", False), ("121", True), ("3600", True)])
def test_more_than_two_minutes_is_too_far(seconds: str, expected: bool) -> None:
    """A run does not wait longer than two minutes for one host."""
    pace = Pace(Still())
    pace.obey("api.example", answer(retry_after=seconds))

    assert pace.too_far("Api.example") is expected
    assert not pace.too_far("other.example")


async def test_the_machines_time_is_told_to_the_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records keep whole seconds, and the pace does not lose another second by it."""
    waited: list[float] = []

    async def sleep(clock: object, seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(SystemClock, "sleep", sleep)
    pace = Pace.of(SystemClock())

    await pace.turn("a.example", 1.0)
    await asyncio.sleep(0.01)
    await pace.turn("a.example", 1.0)

    assert 0 <= waited[0] < 1.0


async def test_another_clock_is_taken_as_it_is() -> None:
    """A clock that stands still is believed."""
    clock = Still()
    pace = Pace.of(clock)

    await pace.turn("a.example", 2.0)
    await pace.turn("a.example", 2.0)

    assert clock.slept == [2.0]


@pytest.mark.parametrize(
    ("headers", "said", "waited"),
    [
        ({}, Stated(refuses=False, seconds=30.0), 31.0),
        ({}, Stated(refuses=True, seconds=30.0), 31.0),
        ({}, Stated(refuses=True, seconds=None), WITHOUT_A_WORD + 1),
        ({"retry_after": "5"}, Stated(refuses=True, seconds=None), 6.0),
        ({"retry_after": "5"}, Stated(refuses=True, seconds=30.0), 31.0),
        ({"retry_after": "5"}, Stated(refuses=False, seconds=2.0), 3.0),
        ({"retry_after": "5"}, None, 0.0),
    ],
)
async def test_what_the_body_says_is_obeyed(headers: dict[str, str], said: Stated | None, waited: float) -> None:
    """With status 200: the longest of the waits that are named, and a minute where an answer refuses and names none."""
    pace = Pace(Still())
    pace.obey("api.example", answer(200, **headers), said)

    assert await pace.turn("api.example", 0.0) == waited
