"""Ask for the answers of an interface: planned in one form, read page after page, none holding up the next."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

from footprint.collectors.answer import Shape, malformed, origin, read, tried
from footprint.collectors.interface import Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest

JSON = "application/json"
LAST_SECOND = 253_402_300_799
"""The last second of the year 9999."""

Reader: TypeAlias = Callable[[Page], Iterator[Observation]]
S = TypeVar("S", bound=Shape)


def planned(
    step: str, identifier: Identifier, template: str, purpose: str, *, accept: str = JSON, max_bytes: int = 2_000_000
) -> PlannedRequest:
    """Return one request of a plan; `step` is `source.what`, and so names the source too."""
    return PlannedRequest(
        id=step,
        source=step.partition(".")[0],
        identifier=identifier.key,
        template=template,
        purpose=purpose,
        accept=accept,
        max_bytes=max_bytes,
    )


async def ask(request: PlannedRequest, fetch: Fetch) -> Page:
    """Return the page of a request that is known in full. Raises what `fetch` raises."""
    return await fetch(request.at(request.template))


async def each(fetch: Fetch, steps: Iterable[tuple[PlannedRequest, Reader]]) -> AsyncIterator[Observation]:
    """Yield what the readers find; a page that is missing or malformed does not hold up the others.

    Raises the first UnreadableError(MALFORMED) after the last step, and SourceStopped at once.
    """
    fault: UnreadableError | None = None
    for request, reader in steps:
        page = await tried(fetch, request.at(request.template))
        try:
            for observation in reader(page) if page is not None else ():
                yield observation
        except UnreadableError as error:
            fault = fault or error
    if fault is not None:
        raise fault


async def series(
    request: PlannedRequest, fetch: Fetch, start: str, kind: type[S], following: Callable[[S], str]
) -> AsyncIterator[tuple[Page, S]]:
    """Yield each page with its answer, from the address `start` to the one whose `following` is empty.

    Raises what `fetch` and `read` raise; what was yielded before stands.
    """
    url = start
    # One more than planned: the gate refuses it, and so the report says that there was more.
    for _ in range(request.at_most + 1):
        page = await fetch(request.at(url))
        answer = read(page, kind)
        yield page, answer
        rest = following(answer)
        if not rest:
            return
        url = f"{start}{rest}"


def own_work(
    page: Page,
    identifier: Identifier,
    words: str,
    *,
    is_others: bool,
    url: str,
    native_id: str,
    posted_at: datetime | None,
    author_name: str,
    place: str,
) -> Observation:
    """Return a repository of the account; the words of a copy or a fork are those of what it was made from."""
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.REPOSITORY,
        text="" if is_others else words,
        context=words if is_others else "",
        engagement=Engagement.REPOST if is_others else Engagement.ORIGINAL,
        url=url,
        native_id=native_id,
        posted_at=posted_at,
        posted_at_from="api" if posted_at is not None else "",
        author_name=author_name,
        author_account=identifier.key,
        place=place,
    )


def is_same_user(asked: Identifier, *found: str) -> bool:
    """Say whether one of the names in an answer is the one that was asked for; user names are without case there."""
    return asked.handle.casefold() in {name.casefold() for name in found}


def other_account(page: Page) -> UnreadableError:
    """Return the error for an answer about somebody else than was asked for."""
    return malformed(page, "another account than the one asked for")


def moment_of(seconds: int | None) -> datetime | None:
    """Return the moment of so many seconds since 1970; None where there is none, or none in the calendar."""
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and 0 <= seconds <= LAST_SECOND else None


def lines(*parts: str | None) -> str:
    """Return the parts that say something, a line each."""
    return "\n".join(part.strip() for part in parts if part and part.strip())
