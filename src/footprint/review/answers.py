"""What the candidate's answers to "is this you?" amount to; pure. Which of them count: `model/answered.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from footprint.model.answered import answers_through, effects
from footprint.model.attribution import Answer
from footprint.model.finding import Finding
from footprint.model.report import Report, UndeterminedPlace
from footprint.model.review import CaseReview
from footprint.model.suggestion import Suggestion


class Answerable(NamedTuple):
    """Something the candidate can be asked about."""

    item: str
    """The id it goes by: a finding's where it is one."""
    observations: tuple[str, ...]


def ever_claimed(review: CaseReview, through: int | None = None) -> tuple[str, ...]:
    """Return every observation that the candidate once called theirs, in the order in which they first did."""
    claimed = (event.observations for _, event in answers_through(review, through) if event.answer is Answer.MINE)
    return tuple(dict.fromkeys(observation for observations in claimed for observation in observations))


def last_answered(report: Report) -> int:
    """Return the last entry of the review that an edition of the report takes into account; 0 for the first issue."""
    return report.editions[-1].through if report.editions else 0


def is_worked_in(review: CaseReview, report: Report) -> bool:
    """Say whether the report already is what the answers make of it."""
    return effects(review) == effects(review, last_answered(report))


def answerable(
    item: str, shown: Sequence[Finding | Suggestion], places: Sequence[UndeterminedPlace], review: CaseReview
) -> Answerable | None:
    """Return what an id stands for: a finding or suggestion, a place of the candidate's list, or what was answered before."""
    for each in shown:
        if item in (each.id, each.observation):
            return Answerable(each.id, (each.observation,))
    for place in places:
        if item in place.observations:
            return Answerable(place.observations[0], place.observations)
    for _, event in review.answers:
        if item == event.item or item in event.observations:
            return Answerable(event.item, event.observations)
    return None
