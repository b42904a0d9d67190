"""Examine many sites for the candidate's names: side by side, with progress, and so that a stopped run goes on.

The results of each finished site are one line of a file. A later run with the same rules and the same names takes them
from there and does not ask again.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from footprint.clock import SystemClock
from footprint.collectors.handles import Ask, Presence, Verdict, examine
from footprint.collectors.handles_rules import SiteRule
from footprint.errors import FootprintError, InputError
from footprint.files import read_bytes, write_whole
from footprint.model.evidence import UnknownReason
from footprint.model.record import Record, Sha256, canonical_json

SITES_IN_PROGRESS = 500
"""Sites that are being examined at one time. Most of them wait for their turn; the door bounds the open questions."""

MAX_JOURNAL_BYTES = 200_000_000


class FineClock(SystemClock):
    """The machine's time to the microsecond: with a whole second's doubt at every turn a sweep would take twice as long."""

    RESOLUTION = 0.001
    """Seconds that it may be behind, for the pace."""

    def now(self) -> datetime:
        """Return the present time in UTC."""
        return datetime.now(UTC)


class SiteResult(Record):
    """The verdicts on one finished site."""

    site: str
    verdicts: tuple[Verdict, ...]


class Basis(Record):
    """What results follow from; results of another basis are not taken up."""

    rules: Sha256
    """Of the file of rules."""
    names: Sha256
    """Of the names, by identifier."""

    @classmethod
    def of(cls, rules: str, names: Mapping[str, str]) -> Basis:
        """Return the basis of a run."""
        return cls(rules=rules, names=hashlib.sha256(canonical_json(dict(names))).hexdigest())


@dataclass
class Progress:
    """How far the run is. The screen is drawn from it."""

    sites: int
    done: int = 0
    found: int = 0
    not_found: int = 0
    unknown: Counter[UnknownReason] = field(default_factory=Counter)

    def count(self, result: SiteResult) -> None:
        """Add the verdicts of one finished site."""
        self.done += 1
        for verdict in result.verdicts:
            if verdict.reason is not None:
                self.unknown[verdict.reason] += 1
            elif verdict.presence is Presence.FOUND:
                self.found += 1
            else:
                self.not_found += 1


class Journal:
    """The results of finished sites, one JSON line each, under a first line that says what they follow from."""

    def __init__(self, path: Path, basis: Basis) -> None:
        """Take up what a stopped run left. Raises InputError where the file is of another basis or not a journal."""
        self.finished: dict[str, SiteResult] = {}
        kept = self._take_up(path, basis) if path.exists() else []
        # A torn last line is dropped, so the file is written again up to there: whole, or not at all.
        write_whole(path, basis.canonical() + b"\n" + b"".join(result.canonical() + b"\n" for result in kept))
        self._file = path.open("ab")

    def keep(self, result: SiteResult) -> None:
        """Add a finished site."""
        self.finished[result.site] = result
        self._file.write(result.canonical() + b"\n")
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _take_up(self, path: Path, basis: Basis) -> list[SiteResult]:
        first, *lines = read_bytes(path, limit=MAX_JOURNAL_BYTES).split(b"\n")
        whole = lines[:-1]  # what stands after the last line's end was being written when the run stopped
        try:
            if Basis.model_validate_json(first) != basis:
                raise InputError(
                    where=str(path), expected="results of the same rules and names", mend="Name another file."
                )
            kept = [SiteResult.model_validate_json(line) for line in whole]
        except ValidationError:
            raise InputError(where=str(path), expected="the results of an earlier run") from None
        self.finished.update({result.site: result for result in kept})
        return kept


async def sweep(
    sites: Sequence[SiteRule],
    names: Mapping[str, str],
    ask: Ask,
    *,
    made_up: str,
    journal: Journal | None = None,
    watch: Callable[[Progress], None] = lambda progress: None,
    in_progress: int = SITES_IN_PROGRESS,
) -> tuple[SiteResult, ...]:
    """Return the results of every site, in the order of the rules.

    Raises RefusedError where the authorisation ended; the results until then are in the journal.
    """
    results = {} if journal is None else dict(journal.finished)
    progress = Progress(sites=len(sites))
    for site in sites:
        if site.name in results:
            progress.count(results[site.name])
    waiting = iter([site for site in sites if site.name not in results] if names else [])

    def keep(result: SiteResult) -> None:
        results[result.site] = result
        if journal is not None:
            journal.keep(result)
        progress.count(result)
        watch(progress)

    refusals: list[FootprintError] = []
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(in_progress, len(sites))):
                group.create_task(_work(waiting, names, ask, made_up=made_up, keep=keep))
    except* FootprintError as errors:
        refusals = [error for error in errors.exceptions if isinstance(error, FootprintError)]
    if refusals:
        raise refusals[0]
    return tuple(results[site.name] for site in sites if site.name in results)


async def _work(
    waiting: Iterator[SiteRule],
    names: Mapping[str, str],
    ask: Ask,
    *,
    made_up: str,
    keep: Callable[[SiteResult], None],
) -> None:
    for site in waiting:
        verdicts = [verdict async for verdict in examine(site, names, ask, made_up=made_up)]
        keep(SiteResult(site=site.name, verdicts=tuple(verdicts)))


def total(results: Iterable[SiteResult]) -> Progress:
    """Return the counts of finished results."""
    results = tuple(results)
    progress = Progress(sites=len(results))
    for result in results:
        progress.count(result)
    return progress
