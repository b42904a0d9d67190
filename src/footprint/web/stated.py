"""Read the limit that a source states in the body of an answer, at the place that its manifest names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from footprint.model.evidence import UnknownReason
from footprint.model.stated import StatedLimit
from footprint.web.client import Exchange
from footprint.web.publicness import Closed

REFUSED = Closed(UnknownReason.RATE_LIMITED, "RATE-BODY")
"""Why an answer may not be used in whose body the source says that it was asked enough."""

_SECONDS = re.compile(r"([0-9]{1,9})(?:\.[0-9]{1,9})?\s*(?:s\b|sec)", re.IGNORECASE)


class Stated(NamedTuple):
    """What an answer's body says of the source's limits."""

    refuses: bool
    seconds: float | None
    """For how long nothing more may be asked; None where it does not say."""


LONGEST = 10_000_000.0
"""Seconds beyond which a wait is only long."""


def stated(exchange: Exchange, limits: Iterable[StatedLimit]) -> Stated | None:
    """Return the first limit that the body of an answer states; None where it states none, or is no JSON."""
    # Most answers state nothing: they are not parsed a second time for it.
    likely = [limit for limit in limits if limit.at.rpartition("/")[2].encode() in exchange.body]
    if not likely:
        return None
    try:
        answer = json.loads(exchange.body)
    except (ValueError, RecursionError):
        return None
    return next((found for limit in likely if (found := _stated(answer, limit)) is not None), None)


def _stated(answer: object, limit: StatedLimit) -> Stated | None:
    value = _at(answer, limit.at)
    if not limit.says:
        seconds = _number(value)
        return Stated(refuses=False, seconds=seconds) if seconds else None
    if not isinstance(value, str) or not any(word in value.lower() for word in limit.says):
        return None
    told = _at(answer, limit.seconds_at) if limit.seconds_at is not None else None
    return Stated(refuses=True, seconds=_in_words(told) if isinstance(told, str) else _number(told))


def _at(answer: object, pointer: str) -> object:
    """Return the value at a JSON pointer through objects; None where there is none."""
    for step in pointer.split("/")[1:]:
        if not isinstance(answer, dict):
            return None
        answer = answer.get(step)
    return answer


def _number(value: object) -> float | None:
    """Return seconds that are a number; a boolean, which Python calls one, is none, and nothing is no wait. What has no end in sight is `LONGEST`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(min(value, LONGEST)) if value > 0 else None  # which NaN is not


def _in_words(sentence: str) -> float | None:
    """Return the last number of seconds in a sentence: `more requests available in 54321 seconds`."""
    found = _SECONDS.findall(sentence)
    return min(float(found[-1]), LONGEST) if found else None
