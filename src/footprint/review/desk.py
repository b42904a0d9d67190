"""The desk of a review: reads what was entered about a case, enters more, and writes each entry's line into the audit log.

Everything stands in one document of the case, `review.jsonl`, one entry a line. An entry is in the document before its
audit event is written; if the program dies between the two, the next desk writes the event. So nothing is lost, and
nothing stands in the log that is not in the document. The log gets ids and a salted commitment: no verdict and no word.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TypeVar

from pydantic import ValidationError

from footprint.admission import Desk
from footprint.audit.line import raw_lines
from footprint.casefile import CaseFile
from footprint.errors import InputError, StoreError, VerificationError
from footprint.files import parse_record
from footprint.model.event import Action
from footprint.model.policy import Policies
from footprint.model.record import Record
from footprint.model.report import Report
from footprint.model.review import CandidateAnswer, CaseReview, Dispute, Entry, Event, OutcomeDecision, Review
from footprint.review.answers import is_worked_in
from footprint.review.logged import is_withdrawn
from footprint.review.rules import Matter, check, next_dispute
from footprint.store.cases import CaseState
from footprint.store.vault import KeyKind
from footprint.store.workspace import Workspace

R = TypeVar("R", bound=Record)

DOCUMENT = "review.jsonl"

ACTIONS = {
    "review": Action.CASE_REVIEWED,
    "source": Action.CASE_REVIEWED,
    "outcome": Action.CASE_OUTCOME,
    "invitation": Action.CASE_REPLIED,
    "reply": Action.CASE_REPLIED,
    "answer": Action.CASE_REPLIED,
    "dispute": Action.CASE_DISPUTED,
    "acknowledgement": Action.CASE_DISPUTED,
    "settled": Action.CASE_DISPUTED,
    "hold": Action.CASE_HELD,
    "release": Action.CASE_HELD,
}
"""The audit event of each kind of entry."""

UNCOVERED = "uncovered"
"""What a look at covered words is called in the log."""

TURNS, PAUSE = 50, 0.1
"""How often, and how many seconds apart, a desk asks for its turn while another process writes an entry."""


def read_review(workspace: Workspace, case_id: str) -> CaseReview:
    """Return what was entered about a case; empty where nothing was. Raises VerificationError where it does not hold."""
    if DOCUMENT not in workspace.documents(case_id):
        return CaseReview()
    return parse(workspace.get_document(case_id, DOCUMENT))


def parse(content: bytes) -> CaseReview:
    """Return the entries of a document. Raises VerificationError, with the line, where one is missing or was changed."""
    entries: list[Entry] = []
    for number, line in enumerate(content.splitlines(), 1):
        try:
            entry = Entry.model_validate_json(line, strict=True)
        except ValidationError as error:
            raise VerificationError(f"{DOCUMENT} line {number} is not an entry") from error
        if entry.seq != number or entry.canonical() != line:
            raise VerificationError(f"{DOCUMENT} line {number} is not the entry that was written")
        entries.append(entry)
    return CaseReview(entries=tuple(entries))


class ReviewDesk:
    """One case under review, for one person."""

    def __init__(self, desk: Desk, case_id: str, by: str) -> None:
        record = desk.cases.get(case_id)
        if record.state is CaseState.ERASED:
            raise InputError(where=case_id, expected="a case that is there", mend="it was erased")
        self.report = _document(desk.workspace, case_id, "report.json", Report)
        self.desk = replace(desk, demonstration=self.report.demonstration)
        self.by = by
        """The id of the person who sits at it."""
        self.case = CaseFile(self.desk, record)
        self.policies = _document(desk.workspace, case_id, "policies.json", Policies)
        self._is_held_against_log = False
        self._exposures: int | None = None

    @property
    def review(self) -> CaseReview:
        """What stands in the document now."""
        return read_review(self.desk.workspace, self.case.record.id)

    @property
    def matter(self) -> Matter:
        """The case as the rules see it now."""
        return self._matter(self.review)

    def enter(self, *events: Event) -> CaseReview:
        """Enter events in their order, all of them or none, and return the review as it is then.

        Raises InputError where one of them may not be entered now, or another process is at work on the case.
        """
        with self.turn():
            review = self.review
            self._hold_against_log(review)
            before = len(review.entries)
            for event in events:
                whole = self._completed(event, review)
                check(whole, self.by, self._matter(review))
                review = review.after(self.desk.clock.now(), self.by, whole)
            content = b"".join(entry.canonical() + b"\n" for entry in review.entries)
            self.desk.workspace.put_document(self.case.record.id, DOCUMENT, content)
            for entry in review.entries[before:]:
                self._note(entry)
        return review

    def check(self) -> None:
        """Hold the document against the audit log, and write what a writer that died left unwritten.

        Raises VerificationError where the log knows an entry that the document does not hold, or holds otherwise.
        """
        with self.turn():
            self._hold_against_log(self.review)

    def note_read(self, item: str, what: str) -> None:
        """Write into the audit log that the person looked at an item: `masked`, `original`, `uncovered`."""
        before = self.exposures()
        self.case.note(Action.CASE_READ, ids={"item": item, "read": what, "by": self.by})
        self._exposures = before + (what == UNCOVERED)

    def exposures(self) -> int:
        """Return how often this person uncovered a covered item of this case: as the log told at first, and since."""
        if self._exposures is None:
            lines = (line["ids"] for line in self._logged(Action.CASE_READ))
            self._exposures = sum(ids.get("by") == self.by and ids.get("read") == UNCOVERED for ids in lines)
        return self._exposures

    def _matter(self, review: CaseReview) -> Matter:
        return Matter(
            findings=self.report.findings,
            policies=self.policies,
            review=review,
            at=self.desk.clock.now(),
            places=self.report.undetermined,
            suggestions=self.report.suggestions,
            opened=self.case.record.opened_at,
            is_behind=not is_worked_in(review, self.report) and self._can_judge(),
        )

    def _can_judge(self) -> bool:
        """Say whether an answer can still be worked in: its pages are kept, and the consent was not withdrawn."""
        workspace, record = self.desk.workspace, self.case.record
        has_pages = not workspace.vault().is_destroyed(record.id, KeyKind.CAPTURE)
        return has_pages and not is_withdrawn(workspace.audit_path, record.authorisation)

    def _completed(self, event: Event, review: CaseReview) -> Event:
        """Fill in what the desk knows and nobody should have to type."""
        matter = self._matter(review)
        if isinstance(event, Review):
            return event.but(observation=matter.finding(event.item).observation)
        if isinstance(event, CandidateAnswer):
            item, observations = matter.answerable(event.item)
            return event.but(item=item, observations=observations)
        if isinstance(event, OutcomeDecision):
            return event.but(reviewers=review.reviewers, items=matter.counted)
        if isinstance(event, Dispute):
            return event.but(id=next_dispute(review))
        return event

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keep other processes away from the case while an entry is written; wait a moment for theirs."""
        with ExitStack() as held:
            for left in reversed(range(TURNS)):
                try:
                    held.enter_context(self.desk.workspace.hold_case(self.case.record.id))
                    break
                except InputError:
                    if not left:
                        raise
                    time.sleep(PAUSE)
            yield

    def _note(self, entry: Entry) -> None:
        ids = {"entry": _number(entry), "kind": entry.event.kind, "by": entry.by, **_ids(entry.event)}
        self.case.note(ACTIONS[entry.event.kind], ids=ids, digests={"entry": self.case.commit(entry.digest())})

    def _hold_against_log(self, review: CaseReview) -> None:
        """Write the events of entries whose writer died before it could.

        Raises VerificationError where the log knows an entry that the document does not hold, or holds otherwise.
        """
        if self._is_held_against_log:
            return
        logged = {line["ids"]["entry"]: line["digests"]["entry"] for line in self._logged(*ACTIONS.values())}
        for entry in review.entries:
            known = logged.pop(_number(entry), None)
            if known is None:
                self._note(entry)
            elif known != self.case.commit(entry.digest()):
                raise VerificationError(f"{DOCUMENT} line {entry.seq} is not the entry that the audit log knows")
        if logged:
            raise VerificationError(f"{DOCUMENT} lacks {len(logged)} entries that the audit log knows")
        self._is_held_against_log = True

    def _logged(self, *actions: Action) -> Iterator[dict[str, dict[str, str]]]:
        """Yield this case's lines of the log with some actions, oldest first."""
        mark = f'"case":"{self.case.record.id}"'.encode()
        try:
            for raw in raw_lines(self.desk.workspace.audit_path):
                if mark in raw:
                    line = json.loads(raw)
                    if line["action"] in actions:
                        yield line
        except (OSError, ValueError) as error:
            raise StoreError("the audit log could not be read; `footprint audit verify` says what is wrong") from error


def _number(entry: Entry) -> str:
    return f"R{entry.seq:04d}"


def _ids(event: Event) -> dict[str, str]:
    """Return the ids that an event names: the item, the dispute, the second line; no verdict."""
    named = {
        "item": getattr(event, "item", None),
        "observation": getattr(event, "observation", None),
        "dispute": event.id if isinstance(event, Dispute) else getattr(event, "dispute", None),
        "second": getattr(event, "second", None),
    }
    return {name: value for name, value in named.items() if value is not None}


def _document(workspace: Workspace, case_id: str, name: str, kind: type[R]) -> R:
    content = workspace.get_document(case_id, name)
    return parse_record(content, kind, where=f"{name} of {case_id}", is_json=True)
