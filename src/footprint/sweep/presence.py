"""Examine many sites for the candidate's names: side by side, with progress, and so that a stopped run goes on.

The results of finished sites are saved as they come. A later run with the same rules and the same names takes them from
there and does not ask again. A site that passed its canaries within their time to live is not asked for them again.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from footprint.clock import FineClock
from footprint.collectors.handles import Ask, examine
from footprint.collectors.handles_reading import Likeness, Reading
from footprint.collectors.handles_rules import SiteRule
from footprint.errors import FootprintError
from footprint.model.evidence import UnknownReason
from footprint.model.presence import Basis, CanaryPass, Presence, PresenceBook, SiteResult
from footprint.model.record import canonical_json

SITES_IN_PROGRESS = 500
"""Sites that are being examined at one time. Most of them wait for their turn; the door bounds the open questions."""

SAVED_EVERY = 25
"""Finished sites between two savings."""


def basis_of(rules: str, names: Mapping[str, str]) -> Basis:
    """Return what the results of a run follow from."""
    return Basis(rules=rules, names=hashlib.sha256(canonical_json(dict(names))).hexdigest())


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
    """The results of finished sites, saved every few sites and at the end; those of another basis are not taken up."""

    def __init__(
        self,
        basis: Basis,
        kept: PresenceBook | None = None,
        *,
        save: Callable[[PresenceBook], None] = lambda book: None,
    ) -> None:
        self.finished: dict[str, SiteResult] = {}
        self._basis = basis
        self._save = save
        self._unsaved = 0
        if kept is not None and kept.basis == basis:
            self.finished.update({result.site: result for result in kept.results})

    @property
    def book(self) -> PresenceBook:
        """The results so far."""
        return PresenceBook(basis=self._basis, results=tuple(self.finished.values()))

    def keep(self, result: SiteResult) -> None:
        """Add a finished site."""
        self.finished[result.site] = result
        self._unsaved += 1
        if self._unsaved >= SAVED_EVERY:
            self.save()

    def save(self) -> None:
        """Save what came since the last time. What a kill takes is examined again, out of what was kept of its answers."""
        if self._unsaved:
            self._unsaved = 0
            self._save(self.book)


class Canaries(Protocol):
    """Which sites passed their canaries a short time ago."""

    def passed(self, rule: str) -> CanaryPass | None:
        """Return the pass of a site, by the digest of its rule, that still holds; None where it must be asked."""
        ...

    def note(self, passed: CanaryPass) -> None:
        """Remember that a site passed."""
        ...


@dataclass(frozen=True)
class Round:
    """What every site of a sweep is examined with."""

    names: Mapping[str, str]
    """By the key of their identifier."""
    ask: Ask
    made_up: str
    """A name that nobody has."""
    now: Callable[[], datetime] = FineClock().now
    canaries: Canaries | None = None
    """None where every site is asked for its canaries, and no pass is kept."""


async def sweep(
    sites: Sequence[SiteRule],
    round_: Round,
    *,
    journal: Journal | None = None,
    watch: Callable[[Progress], None] = lambda progress: None,
    in_progress: int = SITES_IN_PROGRESS,
) -> tuple[SiteResult, ...]:
    """Return the results of every site, in the order of the rules.

    Raises RefusedError where the authorisation ended; the results until then are in the journal.
    """
    journal = journal or Journal(basis_of("0" * 64, round_.names))
    progress = Progress(sites=len(sites))
    for site in sites:
        if site.name in journal.finished:
            progress.count(journal.finished[site.name])
    waiting = iter([site for site in sites if site.name not in journal.finished] if round_.names else [])

    def keep(result: SiteResult) -> None:
        journal.keep(result)
        progress.count(result)
        watch(progress)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(in_progress, len(sites))):
                group.create_task(_work(waiting, round_, keep))
    except* FootprintError as errors:
        # One is enough: the others are the same refusal, met by the sites beside.
        raise next(error for error in errors.exceptions if isinstance(error, FootprintError)) from None
    finally:
        journal.save()
    return tuple(journal.finished[site.name] for site in sites if site.name in journal.finished)


async def _work(waiting: Iterator[SiteRule], round_: Round, keep: Callable[[SiteResult], None]) -> None:
    for site in waiting:
        keep(await _examine(site, round_))


async def _examine(site: SiteRule, round_: Round) -> SiteResult:
    kept = round_.canaries
    passed = kept.passed(site.digest()) if kept is not None else None
    recalled: Likeness | bool = False
    if passed is not None:
        recalled = Likeness(passed.mark, passed.length) if passed.is_plain else True
    found = await examine(site, round_.names, round_.ask, made_up=round_.made_up, passed=recalled)
    passed_at = passed.at if passed is not None else None
    if passed is None and found.control is not None:
        passed_at = round_.now()
        if kept is not None:
            kept.note(_pass(site, found.control, passed_at))
    return SiteResult(site=site.name, place=site.place, canaries=passed_at, verdicts=found.verdicts)


def _pass(site: SiteRule, control: Reading, at: datetime) -> CanaryPass:
    likeness = control.likeness if control.is_plain else None
    mark, length = likeness or ("", 0)
    return CanaryPass(rule=site.digest(), at=at, is_plain=likeness is not None, mark=mark, length=length)


def total(results: Iterable[SiteResult]) -> Progress:
    """Return the counts of finished results."""
    results = tuple(results)
    progress = Progress(sites=len(results))
    for result in results:
        progress.count(result)
    return progress
