"""Which periods run in a review, and which worksheets it asks for: read from `periods.toml`, as data with their source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple

from pydantic import Field

from footprint.files import parse_record
from footprint.model.decision import Citation
from footprint.model.finding import Finding
from footprint.model.outcome import Outcome
from footprint.model.policy import PeriodKind, Policies
from footprint.model.record import Id, Line, Record
from footprint.model.review import CaseReview, DisputeMatter, Review
from footprint.model.worksheet import WorksheetKind

ANYWHERE = "*"
"""The pack of a period that counts where no other pack says more."""

WEEKEND = 5
"""Monday is 0, Saturday 5."""


class Period(Record):
    """A length of time that the law or the house gives."""

    id: Id
    """As in the law table: `POL-4`."""
    pack: Line
    """The jurisdiction pack it comes with."""
    kind: PeriodKind
    days: Annotated[int, Field(ge=1, le=400)]
    business_days: bool = False
    """Monday to Friday; public holidays are not known here."""
    title: Line
    citation: Citation

    def end(self, start: datetime) -> datetime:
        """Return the moment this period ends: the last second of its last day in UTC, so that no day is cut short."""
        day, left = start, self.days
        while left:
            day += timedelta(days=1)
            left -= not self.business_days or day.weekday() < WEEKEND
        return day.replace(hour=23, minute=59, second=59, microsecond=0)


class WorksheetRule(Record):
    """When a worksheet is asked for before an item may count."""

    rule: Id
    pack: Line
    kind: WorksheetKind
    masks: tuple[Id, ...] = ()
    """Classes of mask: one of them in the item is enough."""
    words: tuple[Line, ...] = ()
    """Words, a final `*` for any ending: one of them in the masked text is enough. They ask a question; they decide nothing."""
    in_context: bool = False
    """True: asked for where the tool found a context that may explain the words."""
    from_grade: Outcome | None = None
    """Asked for where the verdict's grade is this one or above."""
    reason: Line

    def asks(self, finding: Finding, grade: Outcome | None) -> bool:
        """Say whether a verdict with this grade on this finding needs the worksheet."""
        masked = {*finding.excerpt.classes, *finding.surroundings.classes}
        if masked.intersection(self.masks) or (self.in_context and _has_context(finding)):
            return True
        if self.from_grade is not None and grade is not None and grade >= self.from_grade:
            return True
        if not self.words:
            return False
        text = f"{finding.excerpt.text}\n{finding.surroundings.text}".casefold()
        return _words(self.words).search(text) is not None


class _Tables(Record):
    periods: tuple[Period, ...]
    worksheets: tuple[WorksheetRule, ...]


class Running(NamedTuple):
    """A period with its end, in words for a reader."""

    rule: str
    kind: PeriodKind
    about: str
    """What it runs for: `the invitation of 21 November 2026`, `D01`."""
    title: str
    ends: datetime
    is_over: bool
    words: str
    """`until Tuesday 1 December 2026 (confirm with counsel)`."""


@cache
def tables() -> _Tables:
    """Return the periods and worksheet rules that footprint ships."""
    content = files("footprint.review").joinpath("periods.toml").read_bytes()
    return parse_record(content, _Tables, where="periods.toml")


def period(policies: Policies, kind: PeriodKind) -> Period | None:
    """Return the period of one kind that counts: the organisation's own, else the longest of its packs, else the house's.

    None where nothing of the kind applies, as with a wait outside the United States.
    """
    own = next((own for own in policies.organisation.periods if own.kind is kind), None)
    packs = {pack.id for pack in policies.jurisdictions}
    of_kind = [entry for entry in tables().periods if entry.kind is kind]
    of_packs = [entry for entry in of_kind if _comes_with(entry.pack, packs)]
    found = of_packs or [entry for entry in of_kind if entry.pack == ANYWHERE]
    longest = max(found, key=_length, default=None)
    if own is None:
        return longest
    citation = Citation(article=f"{policies.organisation.id}, periods: set by the organisation", confirmed=True)
    title = longest.title if longest else str(kind)
    return Period(id="ORG-period", pack=ANYWHERE, kind=kind, days=own.days, title=title, citation=citation)


def worksheets(policies: Policies, finding: Finding, grade: Outcome | None) -> tuple[WorksheetRule, ...]:
    """Return the worksheets that a verdict on a finding needs before it may count."""
    packs = {pack.id for pack in policies.jurisdictions}
    in_force = (rule for rule in tables().worksheets if rule.pack == ANYWHERE or _comes_with(rule.pack, packs))
    return tuple(rule for rule in in_force if rule.asks(finding, grade))


def filled(review: Review) -> frozenset[WorksheetKind]:
    """Return the worksheets that a verdict holds."""
    given = {
        WorksheetKind.BELIEF: review.belief,
        WorksheetKind.CONTEXT: review.context,
        WorksheetKind.PROPORTIONALITY: review.proportionality,
    }
    return frozenset(kind for kind, sheet in given.items() if sheet is not None)


def clocks(policies: Policies, review: CaseReview, at: datetime) -> tuple[Running, ...]:
    """Return every period that was started in a case, in the order of their ends."""
    return tuple(sorted(_clocks(policies, review, at), key=lambda running: running.ends))


def _clocks(policies: Policies, review: CaseReview, at: datetime) -> Iterator[Running]:
    for entry, invitation in review.invitations:
        found = period(policies, PeriodKind.WAIT if invitation.wait else PeriodKind.REPLY)
        if found is not None:
            yield _running(found, f"the invitation of {day_in_words(entry.at)}", invitation.until, at)
    for state in review.disputes:
        if state.is_open and (found := period(policies, _KINDS[state.dispute.matter])) is not None:
            if found.kind is PeriodKind.COMPLAINT and state.acknowledged is not None:
                continue
            yield _running(found, state.dispute.id, found.end(state.dispute.received), at)
    if review.outcomes and (found := period(policies, PeriodKind.APPEAL)) is not None:
        last = review.outcomes[-1]
        yield _running(found, f"the outcome of {day_in_words(last.at)}", found.end(last.at), at)


_KINDS = {
    DisputeMatter.ITEM: PeriodKind.DISPUTE,
    DisputeMatter.COMPLAINT: PeriodKind.COMPLAINT,
    DisputeMatter.APPEAL: PeriodKind.DISPUTE,
}

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # not strftime: its words hang on the machine's locale
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def day_in_words(at: datetime) -> str:
    """Return a day as a person reads it: `Friday 4 December 2026`."""
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"


def _running(found: Period, about: str, ends: datetime, at: datetime) -> Running:
    warning = "" if found.citation.confirmed else " (confirm with counsel)"
    words = f"until the end of {day_in_words(ends)}, UTC{warning}"
    return Running(found.id, found.kind, about, found.title, ends, at > ends, words)


def _length(entry: Period) -> float:
    return entry.days * (7 / 5 if entry.business_days else 1)


def _comes_with(pack: str, packs: Iterable[str]) -> bool:
    return any(pack == name or name.startswith(f"{pack}-") for name in packs)


def _has_context(finding: Finding) -> bool:
    return finding.needs_context or any(relevance.context for relevance in finding.relevances)


@cache
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    terms = (rf"{re.escape(word[:-1])}\w*" if word.endswith("*") else re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(terms)})(?!\w)")
