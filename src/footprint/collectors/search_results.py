"""What a search for the candidate's name brings up: what others say, of somebody of that name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from footprint.collectors.answer import origin
from footprint.collectors.asking import ask
from footprint.collectors.interface import Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest

MAX_HITS = 100


class Hit(NamedTuple):
    """One thing that was found."""

    text: str
    """Everything that the index shows of it: a title, a few lines."""
    url: str
    place: str
    at: datetime | None = None
    at_from: str = ""
    native_id: str = ""
    language: str = ""
    named: tuple[str, ...] = ()
    """The names that it is filed under; empty where there is only text."""


async def searched(
    request: PlannedRequest,
    fetch: Fetch,
    hits_of: Callable[[Page], Iterable[Hit]],
    *,
    identifier: Identifier,
    candidate: Candidate,
) -> AsyncIterator[Observation]:
    """Ask once, and yield what `by_others` makes of the hits in the answer. Raises what `fetch` and `hits_of` raise."""
    page = await ask(request, fetch)
    for observation in by_others(hits_of(page), page, identifier=identifier, candidate=candidate):
        yield observation


def by_others(
    hits: Iterable[Hit], page: Page, *, identifier: Identifier, candidate: Candidate
) -> Iterator[Observation]:
    """Yield the hits that show one of the candidate's names; what does not is a guess of the index.

    Who is meant is for attribution to say: a name alone is never more than undetermined.
    """
    for hit in hits:
        is_named = any(bears_name(text, candidate.names) for text in hit.named or (hit.text,))
        if is_named and hit.url.startswith(("https://", "http://")):
            yield Observation(
                **origin(page, identifier),
                kind=ObservationKind.ARTICLE,
                text=hit.text,
                engagement=Engagement.BY_OTHERS,
                url=hit.url,
                native_id=hit.native_id,
                posted_at=hit.at,
                posted_at_from=hit.at_from if hit.at is not None else "",
                language=hit.language,
                place=hit.place,
            )


def bears_name(text: str, names: Iterable[str]) -> bool:
    """Say whether every word of one of the names stands in the text; registers put second names between them."""
    words = set(_words(text))
    return any(wanted and words.issuperset(wanted) for wanted in map(_words, names))


def moment_in(text: str | None) -> datetime | None:
    """Return the moment of an ISO 8601 text; one without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(text or "")
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", plain)
