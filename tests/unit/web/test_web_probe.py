"""Many sites, one small question each: every answer comes back, politely."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from footprint.model.evidence import UnknownReason
from footprint.web.client import Client, Exchange
from footprint.web.pace import Pace
from footprint.web.probe import Prober, judged
from footprint.web.publicness import closed

PAGE = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 200000\r\n\r\n" + b"m" * 200_000
BUSY = b"HTTP/1.1 429 Busy\r\nContent-Type: text/html\r\nContent-Length: 2\r\nRetry-After: 3\r\n\r\nno"


class StillClock:
    """Time moves by sleeping alone."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at.replace(microsecond=0)

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


async def ask(client: Client, clock: StillClock, times: int = 1) -> list[float]:
    """Ask one site several times, and return the waits it asked for."""
    prober = Prober(client, Pace(clock), seconds_between=1.0)
    asked = (
        prober.ask("http://page.example/u", place="page.example", accept="text/html", max_bytes=10**6)
        for _ in range(times)
    )
    return [probed.wait for probed in await asyncio.gather(*asked)]


async def test_an_error_page_is_read_whole(loopback) -> None:
    """The words that a rule looks for on a 404 may stand at its end."""
    client = await loopback.answering(PAGE)
    prober = Prober(client, Pace(StillClock()))

    probed = await prober.ask("http://page.example/u", place="page.example", accept="text/html", max_bytes=10**6)

    assert (probed.exchange.status, len(probed.exchange.body), probed.exchange.truncated) == (404, 200_000, False)
    assert probed.closed is not None
    assert probed.closed.reason is UnknownReason.ABSENT


async def test_a_site_is_asked_one_question_at_a_time(loopback) -> None:
    """Questions to one site wait for each other and for the pace."""
    clock = StillClock()

    await ask(await loopback.answering(PAGE), clock, times=3)

    assert clock.at - datetime(2026, 11, 22, 9, tzinfo=UTC) == timedelta(seconds=2)


async def test_the_wait_that_a_site_asks_for_is_told(loopback) -> None:
    """Retry-After comes back in seconds, on the careful side of the clock's second."""
    assert await ask(await loopback.answering(BUSY), StillClock()) == [4.0]


async def test_no_more_answers_than_allowed_are_awaited(loopback) -> None:
    """The bound on open questions holds over all sites."""
    open_now = peak = 0

    class Counting:
        async def get(self, url: str, **_: object) -> Exchange:
            nonlocal open_now, peak
            open_now += 1
            peak = max(peak, open_now)
            await asyncio.sleep(0)
            open_now -= 1
            return Exchange(url=url, status=404)

    prober = Prober(Counting(), Pace(StillClock()), at_once=2)  # type: ignore[arg-type]  # a client in one method
    await asyncio.gather(
        *(prober.ask("http://x.example/", place=f"{n}.example", accept="*/*", max_bytes=9) for n in range(6))
    )

    assert peak == 2


@pytest.mark.parametrize(
    "body",
    [
        b"<p>nothing</p>",
        b"<html><META name=robots content=noindex>",
        b"<InPut type=password>",
        b'<sCRIPT type="application/ld+json">{"@type":"Article","isAccessibleForFree":false}</script>',
        b"<p>meta input script password noindex</p>",
        b"<meta name='ro\x01bots' content=noindex>",
        b"<m\x01eta name=robots content=noindex>",
        b"<input type=pass\x7fword>",
        b"<meta charset=iso-2022-jp><meta name=ro\x1b(Bbots content=noindex>",
        b"",
    ],
)
@pytest.mark.parametrize("status", [200, 302, 404])
@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=utf-16le", "; charset=utf-7"])
def test_a_page_is_judged_as_it_would_be_by_parsing_it(body: bytes, status: int, charset: str) -> None:
    """Passing over the parser changes no judgement, in whatever charset the page is written."""
    if "utf-" in charset and "8" not in charset:
        body = body.decode().encode(charset.rpartition("=")[2])
    exchange = Exchange(
        url="http://page.example/",
        status=status,
        headers=(("Content-Type", f"text/html{charset}"), ("Location", "/login")),
        body=body,
    )

    assert judged(exchange) == closed(exchange)
