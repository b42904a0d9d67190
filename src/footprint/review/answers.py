"""What the candidate's answers to "is this you?" amount to; pure. The last answer to an observation counts, all are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from footprint.model.attribution import Answer
from footprint.model.finding import Finding
from footprint.model.record import Moment
from footprint.model.report import Report, UndeterminedPlace
from footprint.model.review import CandidateAnswer, CaseReview, Entry
from footprint.model.suggestion import Suggestion


class Said(NamedTuple):
    """The answer that counts for one observation."""

    entry: int
    """Of `review.jsonl`."""
    item: str
    answer: Answer
    received: Moment


class Answerable(NamedTuple):
    """Something the candidate can be asked about."""

    item: str
    """The id it goes by: a finding's where it is one."""
    observations: tuple[str, ...]


def last_answers(review: CaseReview, through: int | None = None) -> dict[str, Said]:
    """Return the last answer to each observation, by its id; of the entries up to `through` where it is given."""
    return {
        observation: Said(entry.seq, event.item, event.answer, event.received)
        for entry, event in _answers(review, through)
        for observation in event.observations
    }


def ever_claimed(review: CaseReview, through: int | None = None) -> tuple[str, ...]:
    """Return every observation that the candidate once called theirs, in the order in which they first did."""
    claimed = (event.observations for _, event in _answers(review, through) if event.answer is Answer.MINE)
    return tuple(dict.fromkeys(observation for observations in claimed for observation in observations))


def effects(review: CaseReview, through: int | None = None) -> dict[str, Answer]:
    """Return the answers that change something, by observation: "I do not know" is as if nothing had been said."""
    said = last_answers(review, through)
    return {item: last.answer for item, last in said.items() if last.answer is not Answer.UNSURE}


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


def _answers(review: CaseReview, through: int | None) -> list[tuple[Entry, CandidateAnswer]]:
    return [(entry, event) for entry, event in review.answers if through is None or entry.seq <= through]
