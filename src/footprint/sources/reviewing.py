"""Say whose terms were read too long ago. Terms move: what was right when a manifest was written need not be now."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Manifest

MONTHS = 12
"""After so many months the terms of a source are to be read again, where the workspace says nothing else."""


def is_due(source: Manifest, today: date, months: int = MONTHS) -> bool:
    """Say whether the terms of a source were last reviewed longer ago than so many months."""
    return today > _later(source.terms.terms_reviewed, months)


def notices(sources: Iterable[str], today: date, months: int = MONTHS) -> tuple[str, ...]:
    """Return a sentence for each source whose terms are due, each source once, in the order given.

    A notice and no refusal: whether a source may still be read is for the person who reads its terms.
    """
    found = (manifest(source) for source in dict.fromkeys(sources))
    return tuple(_notice(each, months) for each in found if is_due(each, today, months))


def _notice(source: Manifest, months: int) -> str:
    often = "1 month" if months == 1 else f"{months} months"
    return (
        f"notice: the terms of {source.id} were last reviewed on {source.terms.terms_reviewed}, more than {often} ago."
        f" Read them again: {source.terms.terms_url}"
    )


def _later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
