"""Wait one's turn: a pace for each host, and what the host itself asks for (RFC 9110 section 10.2.3).

Nothing here measures seconds by itself. Where the clock tells whole seconds, an interval that it shows may be one second
longer than the true one; every wait is reckoned from the shorter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from footprint.clock import Clock, FineClock, SystemClock
from footprint.web.client import Exchange
from footprint.web.stated import LONGEST, Stated

RESOLUTION = 1.0
"""Seconds that the clock may be behind, where nothing else is said."""

TOO_FAR = 120.0
"""A host that asks for a longer wait is asked no more in this run."""

WITHOUT_A_WORD = 60.0
"""The wait after a refusal that names none: a 429, or an answer whose body refuses."""

EPOCH_FROM = 1_000_000_000
"""A reset above this is a time since 1970 (GitHub), below it a number of seconds."""

LIMITS = (("x-ratelimit-remaining", "x-ratelimit-reset"), ("ratelimit-remaining", "ratelimit-reset"))
"""Used by GitHub (time since 1970), Mastodon (ISO 8601) and the IETF draft on rate limit headers (seconds)."""


class Pace:
    """Knows when each host may be asked next."""

    def __init__(
        self,
        clock: Clock,
        on_wait: Callable[[str, float], None] = lambda host, seconds: None,
        *,
        resolution: float = RESOLUTION,
    ) -> None:
        """Take the clock, whom to tell before each wait, and by how many seconds the clock may be behind."""
        self._clock = clock
        self._resolution = resolution
        self._on_wait = on_wait
        self._last: dict[str, datetime] = {}
        self._not_before: dict[str, datetime] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def of(cls, clock: Clock) -> Pace:
        """Return a pace by a clock. Of the machine's time it takes the parts of a second, which the records do without."""
        if isinstance(clock, SystemClock):
            return cls(FineClock(), resolution=FineClock.RESOLUTION)
        return cls(clock)

    def lock(self, host: str) -> asyncio.Lock:
        """Return the lock of a host: who holds it may ask, and nobody else."""
        return self._locks.setdefault(host.lower(), asyncio.Lock())

    async def turn(self, host: str, seconds_between: float) -> float:
        """Wait until the host may be asked, and return the seconds waited."""
        host = host.lower()
        now = self._clock.now()
        seconds = max(self._until_pace(host, now, seconds_between), self._until_asked(host, now))
        self._last[host] = now + timedelta(seconds=seconds)
        if seconds > 0:
            self._on_wait(host, seconds)
            await self._clock.sleep(seconds)
        return seconds

    def obey(self, host: str, exchange: Exchange, said: Stated | None = None) -> None:
        """Take note of the wait that an answer asks for: in Retry-After, in the rate limit headers, in its body."""
        now = self._clock.now()
        is_refused = exchange.status == 429 or (said is not None and said.refuses)
        asked = [_used_up(exchange, now)]
        if is_refused or exchange.status in (403, 503):
            asked.append(_moment(exchange.header("retry-after"), now))
        if said is not None and said.seconds is not None:
            asked.append(now + timedelta(seconds=min(said.seconds, LONGEST)))
        moments = [moment for moment in asked if moment is not None]
        if not moments and is_refused:
            moments = [now + timedelta(seconds=WITHOUT_A_WORD)]
        for moment in moments:
            self._not_before[host.lower()] = max(moment, self._not_before.get(host.lower(), moment))

    def asked(self, host: str) -> float:
        """Return the seconds for which the host asks to be left alone; 0 where it asks for none."""
        return self._until_asked(host.lower(), self._clock.now())

    def too_far(self, host: str) -> bool:
        """Say whether the host asks for a wait of more than two minutes."""
        moment = self._not_before.get(host.lower())
        return moment is not None and (moment - self._clock.now()).total_seconds() > TOO_FAR

    def _until_pace(self, host: str, now: datetime, seconds_between: float) -> float:
        if host not in self._last:
            return 0.0
        elapsed = (now - self._last[host]).total_seconds()
        if elapsed < self._resolution or elapsed < 0:
            # Within the clock's own second no time has surely passed; below zero, another turn is still to come.
            return seconds_between + max(0.0, -elapsed)
        return max(0.0, seconds_between - (elapsed - self._resolution))

    def _until_asked(self, host: str, now: datetime) -> float:
        moment = self._not_before.get(host)
        if moment is None or moment <= now:
            return 0.0
        return (moment - now).total_seconds() + self._resolution


def _used_up(exchange: Exchange, now: datetime) -> datetime | None:
    """Return when a limit that is used up begins again."""
    for remaining, reset in LIMITS:
        if (exchange.header(remaining) or "").strip() == "0":
            return _moment(exchange.header(reset), now)
    return None


def _moment(value: str | None, now: datetime) -> datetime | None:
    """Return the moment that a header names: seconds from now, seconds since 1970, an HTTP date or ISO 8601."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(text)
        if seconds >= EPOCH_FROM:
            seconds -= now.timestamp()
        return now + timedelta(seconds=min(max(seconds, 0.0), LONGEST))
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text)
        except (ValueError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
