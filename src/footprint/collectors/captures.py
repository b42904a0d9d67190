"""What a web archive says of the candidate's own page: when it was captured, and no more. No capture is opened.

A capture may hold what the candidate has since taken down (GDPR Art. 17, Art. 5(1)(c)).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from footprint.collectors.answer import origin
from footprint.model.candidate import Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Engagement, Observation, ObservationKind

TYPES = "application/json, text/x-ndjson, application/x-ndjson, text/plain"
"""What an index answers in: its lines of JSON are served as text by some."""


def moments(timestamps: Iterable[str]) -> tuple[datetime, ...]:
    """Return the moments of `yyyyMMddhhmmss`, sorted; what is none is passed over."""
    return tuple(sorted(moment for moment in map(_moment, timestamps) if moment is not None))


def captured(
    times: tuple[datetime, ...], page: Page, identifier: Identifier, *, url: str, archive: str
) -> Observation | None:
    """Return that a page was captured, when first and when last; None where it never was."""
    if not times:
        return None
    first, last = times[0], times[-1]
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PRESENCE,
        text="",
        context=f"{len(times)} captures at {archive} from {first:%Y-%m-%d} to {last:%Y-%m-%d}.",
        engagement=Engagement.ORIGINAL,
        url=url,
        posted_at=last,
        posted_at_from="archive",
        author_account=identifier.key,
        place="captures",
    )


def _moment(timestamp: str) -> datetime | None:
    if len(timestamp) != 14 or not (timestamp.isascii() and timestamp.isdigit()):
        return None
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
