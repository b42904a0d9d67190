"""Which findings a reader gets at all: the recruiter those that the outcome permits, the candidate all but lines held back."""

from __future__ import annotations

from enum import StrEnum

from footprint.errors import InputError
from footprint.model.answered import is_denied, is_overtaken
from footprint.model.finding import Finding
from footprint.model.outcome import Outcome
from footprint.model.record import Id, Record
from footprint.model.report import Report
from footprint.model.review import CaseReview, Settlement
from footprint.model.suggestion import Suggestion

FOR_THE_RECRUITER = frozenset(
    {Outcome.BRIEFING_AT_INDUCTION, Outcome.REFLECTIVE_CONVERSATION, Outcome.CLARIFY_AT_INTERVIEW}
)
"""Outcomes, and grades of a finding, that ask the recruiter to do something. With no concern or a note there is nothing
to do, and what goes to the panel goes to the panel alone: then the recruiter needs no finding (GDPR Art. 5(1)(c))."""


class HarmReason(StrEnum):
    """Why a line is not in the candidate's copy. The list is closed, so that a reason never says what was held back."""

    SERIOUS_HARM = "serious-harm"
    """Reading it would be likely to cause serious harm to somebody's health (DPA 2018 Sch. 3; confirm with counsel)."""
    OTHER_PERSON = "other-person"
    """It cannot be shown without giving away another person (DPA 2018 Sch. 2 para. 16; confirm with counsel)."""
    CRIME = "crime"
    """Showing it would be likely to hinder the prevention or detection of crime (DPA 2018 Sch. 2 para. 2; confirm with counsel)."""


HARM_WORDS = {
    HarmReason.SERIOUS_HARM: "Reading it could seriously harm someone\u2019s health.",
    HarmReason.OTHER_PERSON: "It cannot be shown without giving away another person.",
    HarmReason.CRIME: "Showing it could make it harder to prevent or solve a crime.",
}
"""As the candidate's copy says it."""


class HeldBack(Record):
    """A finding that is left out of the candidate's copy after a harm test."""

    finding: Id
    reason: HarmReason


def findings(
    report: Report, review: CaseReview, *, only_permitted: bool, held_back: tuple[HeldBack, ...]
) -> tuple[Finding, ...]:
    """Return the findings that a reader gets. Raises InputError where a finding to hold back is not in the report."""
    held = {line.finding for line in held_back}
    unknown = held - {finding.id for finding in report.findings} - {each.id for each in report.suggestions}
    if unknown:
        raise InputError(where=", ".join(sorted(unknown)), expected="the id of a finding of this report")
    shown = tuple(finding for finding in report.findings if finding.id not in held)
    return tuple(finding for finding in shown if is_permitted(review, finding)) if only_permitted else shown


def suggestions(report: Report, held_back: tuple[HeldBack, ...]) -> tuple[Suggestion, ...]:
    """Return the suggestions but those held back. Which reader gets any of them, the table of the views says."""
    held = {line.finding for line in held_back}
    return tuple(suggestion for suggestion in report.suggestions if suggestion.id not in held)


def is_permitted(review: CaseReview, finding: Finding) -> bool:
    """Say whether the outcome lets the recruiter see a finding: rested on, graded for them, not disputed away and not denied."""
    outcome, item = review.outcome, finding.id
    if outcome is None or outcome.level not in FOR_THE_RECRUITER or item not in outcome.items:
        return False
    if is_overtaken(review) or is_denied(review, finding.observation):
        return False
    if any(state.is_open or state.how is Settlement.UPHELD for state in review.disputes_of(item)):
        return False
    return review.counts(item) and grade(review, item) in FOR_THE_RECRUITER


def grade(review: CaseReview, item: str) -> Outcome | None:
    """Return the grade of a finding, the highest where reviewers differ; None while it does not count."""
    grades = [verdict.grade for verdict in review.verdicts(item).values() if verdict.grade is not None]
    return max(grades) if grades and review.counts(item) else None
