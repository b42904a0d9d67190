"""Ask many sites one small question each, politely: at most so many answers awaited, one at a time a site.

A question of presence is answered by a 404 or a redirect as well as by a page, so every answer comes back, with the word
of `publicness` beside it.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

from footprint.web.client import Client, Exchange
from footprint.web.pace import Pace
from footprint.web.publicness import Closed, closed

AT_ONCE = 50
"""Answers awaited at one time, over all sites."""
SECONDS_BETWEEN = 1.0
"""Between two questions to one site."""

_TAGS = re.compile(rb"<[mMiIsS][eEnNcC][tTpPrR]")
"""The beginnings of the only tags that `publicness.closed` reads, meta, input and script, in whatever case. Letters are
looked at one by one, not words tried one after the other: on pages of ten megabytes that is a third less."""

SIGNS = (b"robots", b"footprint", b"password", b"isaccessibleforfree", b"tdm-reservation", b"&#", b"\\u00")
"""One of these stands, in whatever case, in every page that `publicness.closed` can close by what it reads in it: the names
and values of its tags. A letter can also be written as a number, after `&#` or, in JSON, after a backslash and `u`. Where
none of the tags or none of these stands, a page need not be parsed."""

PLAIN_CHARSETS = frozenset({None, "utf-8", "us-ascii", "iso-8859-1", "windows-1252"})
"""Charsets in which a tag is written in ASCII bytes. In others a page is always parsed: a sign could hide in them."""


@dataclass(frozen=True, slots=True)
class Probed:
    """One answer, and what to make of it."""

    exchange: Exchange
    closed: Closed | None
    wait: float
    """Seconds for which the site asks to be left alone."""


class Prober:
    """Asks, within the bounds of the client and the pace."""

    def __init__(
        self, client: Client, pace: Pace, *, at_once: int = AT_ONCE, seconds_between: float = SECONDS_BETWEEN
    ) -> None:
        self._client = client
        self._pace = pace
        self._slots = asyncio.Semaphore(at_once)
        self._seconds_between = seconds_between

    async def ask(self, url: str, *, place: str, accept: str, max_bytes: int) -> Probed:
        """Return what the site said, whatever its status. `place` is the host that the pace is kept for.

        Raises what `Client.get` raises.
        """
        async with self._pace.lock(place):
            await self._pace.turn(place, self._seconds_between)
            async with self._slots:
                exchange = await self._client.get(url, accept=accept, max_bytes=max_bytes, error_bytes=max_bytes)
            self._pace.obey(place, exchange)
            return Probed(exchange, judged(exchange), self._pace.asked(place))


def judged(exchange: Exchange) -> Closed | None:
    """Return what `publicness.closed` says, without parsing a page that has nothing to parse for."""
    return closed(exchange, reads_page=exchange.status < 300 and not _is_plain(exchange))


def _is_plain(exchange: Exchange) -> bool:
    is_ascii = exchange.charset in PLAIN_CHARSETS and not any(byte in exchange.body for byte in (b"\0", b"\x1b"))
    has_mark = exchange.body.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_ascii or has_mark:
        return False
    if _TAGS.search(exchange.body) is None:
        return True
    lower = exchange.body.lower()
    return not any(sign in lower for sign in SIGNS)
