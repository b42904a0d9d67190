"""Which of the candidate's answers count, and whether an outcome is older than one of them. The last answer counts, all are kept."""

from __future__ import annotations

from typing import NamedTuple

from footprint.model.attribution import Answer
from footprint.model.record import Moment
from footprint.model.review import CandidateAnswer, CaseReview, Entry


class Said(NamedTuple):
    """The answer that counts for one observation."""

    entry: int
    """Of `review.jsonl`."""
    item: str
    answer: Answer
    received: Moment


def answers_through(review: CaseReview, through: int | None) -> list[tuple[Entry, CandidateAnswer]]:
    """Return the answers of the entries up to `through`; all of them with None."""
    return [(entry, event) for entry, event in review.answers if through is None or entry.seq <= through]


def last_answers(review: CaseReview, through: int | None = None) -> dict[str, Said]:
    """Return the last answer to each observation, by its id; of the entries up to `through` where it is given."""
    return {
        observation: Said(entry.seq, event.item, event.answer, event.received)
        for entry, event in answers_through(review, through)
        for observation in event.observations
    }


def effects(review: CaseReview, through: int | None = None) -> dict[str, Answer]:
    """Return the answers that change something, by observation: "I do not know" is as if nothing had been said."""
    said = last_answers(review, through)
    return {item: last.answer for item, last in said.items() if last.answer is not Answer.UNSURE}


def is_denied(review: CaseReview, observation: str) -> bool:
    """Say whether the candidate's last word on an observation is that it is not theirs, worked into the report or not."""
    return effects(review).get(observation) is Answer.NOT_MINE


def is_overtaken(review: CaseReview) -> bool:
    """Say whether the candidate's answers changed something since the outcome was set: then people look at it again.

    That a finding is theirs, which reviewers had before them as theirs, changes nothing of what was decided.
    """
    if not review.outcomes:
        return False
    before, said = effects(review, review.outcomes[-1].seq), last_answers(review)
    confirmed = {
        observation
        for observation, last in said.items()
        if last.answer is Answer.MINE and observation not in before and review.verdicts(last.item)
    }
    return before != {item: answer for item, answer in effects(review).items() if item not in confirmed}
