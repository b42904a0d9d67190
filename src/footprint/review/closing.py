"""When a case is over: its outcome is set, its appeal window has an end, and nothing is open or held.

`case prune` asks this before it destroys the captured pages: as long as the candidate can still dispute what was read,
the pages that show it are kept.
"""

from __future__ import annotations

from datetime import datetime

from footprint.files import parse_record
from footprint.model.answered import is_overtaken
from footprint.model.policy import PeriodKind, Policies
from footprint.model.report import Report
from footprint.model.review import CaseReview
from footprint.review.desk import read_review
from footprint.review.logged import is_withdrawn
from footprint.review.periods import period
from footprint.store.workspace import Workspace


def closed_at(workspace: Workspace, case_id: str) -> datetime | None:
    """Return when the appeal window of a case's outcome ends, or the last dispute was settled if that was later.

    The moment may lie ahead: compare it with the present. None while there is no outcome, while a dispute, a complaint or
    an appeal is open, while erasure is put off, and while an answer younger than the outcome may need the pages: until a
    person set the outcome again, unless the consent was withdrawn, so that nothing is judged any more. Raises InputError where the case holds no policies.
    """
    content = workspace.get_document(case_id, "policies.json")
    policies = parse_record(content, Policies, where=f"policies.json of {case_id}", is_json=True)
    review = read_review(workspace, case_id)
    if is_overtaken(review) and not _is_withdrawn(workspace, case_id):
        return None
    return closing(review, policies)


def is_held(workspace: Workspace, case_id: str) -> bool:
    """Say whether erasure of a case is put off."""
    return read_review(workspace, case_id).is_held


def _is_withdrawn(workspace: Workspace, case_id: str) -> bool:
    content = workspace.get_document(case_id, "report.json")
    report = parse_record(content, Report, where=f"report.json of {case_id}", is_json=True)
    return is_withdrawn(workspace.audit_path, report.authorisation.id)


def closing(review: CaseReview, policies: Policies) -> datetime | None:
    """Return when a case is over; None while it cannot be said. Pure: see `closed_at`."""
    if not review.outcomes or review.is_held or any(state.is_open for state in review.disputes):
        return None
    window = period(policies, PeriodKind.APPEAL)
    last = review.outcomes[-1]
    ends = window.end(last.at) if window is not None else last.at
    return max([ends, *(state.settled for state in review.disputes if state.settled is not None)])
