"""The end of what a case holds: pruning takes the captured pages, erasure takes everything but the lines of the log.

Both destroy a key first, then what lay under it, and can be run again where a crash cut them short. The log says when
they began and when they were done, so that a file that is gone is never taken for a file that was taken away.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from footprint.admission import Desk
from footprint.casefile import CaseFile
from footprint.errors import InputError, VerificationError
from footprint.files import parse_record, write_whole
from footprint.model.event import Action
from footprint.model.record import Id, Line, Moment, Record
from footprint.model.report import AuditHead, Report
from footprint.policies import afterwards
from footprint.review.closing import closed_at, is_held
from footprint.store.cases import CaseRecord, CaseState
from footprint.store.copies import Copies
from footprint.store.database import forget
from footprint.store.vault import KeyKind
from footprint.web.excerpt import answers, excerpt

CERTIFICATES = "certificates"
"""Folder of the workspace in which the certificates of erasure lie."""
EVIDENCE = "evidence.warc.gz"
"""The document that holds the answers behind the findings, when the other pages are gone."""


class Ground(StrEnum):
    """Why a case is erased."""

    RETENTION = "retention"
    """The period of keeping is over (Art. 5(1)(e))."""
    REQUEST = "request"
    """The candidate asked for it, and nothing stands against it (Art. 17)."""
    WITHDRAWAL = "withdrawal"
    """Consent was the basis, and it was withdrawn (Art. 17(1)(b))."""
    UNLAWFUL = "unlawful"
    """It should not have been made (Art. 17(1)(d))."""


class Certificate(Record):
    """What was destroyed and what is left: no name, no address, no text."""

    schema_version: Line = "footprint/erasure@1"
    case: Id
    authorisation: Id
    erased_at: Moment
    by: Id
    ground: Ground
    keys_destroyed: tuple[Line, ...] = (KeyKind.CAPTURE.value, KeyKind.CASE.value)
    files: int
    """Files of the case that were deleted."""
    rows: int
    """Rows of the database that were deleted and overwritten."""
    copies_removed: int
    copies_elsewhere: int
    """Copies that were handed out and are no longer where they were put: a person has to look for them."""
    visits_left: int
    """Counted visits that stay, by salted digest, so that nobody is looked at again and again (RIPA 2000 s.26)."""
    log: AuditHead
    """The audit log when the erasure began; its lines stay, and hold ids, digests and salted commitments only."""


class Pruned(NamedTuple):
    """What pruning did."""

    captures: int
    kept: int
    """Answers that stand behind findings, and are kept under the case key."""


class Erased(NamedTuple):
    """What erasure did."""

    certificate: Certificate
    path: Path
    elsewhere: tuple[Path, ...]


def prune(desk: Desk, case_id: str) -> Pruned:
    """Destroy the captured pages of a case that is over; the answers behind its findings stay under the case key.

    Raises InputError where there is no such case or it is at work, and RefusedError while the case is not over.
    """
    _require_there(desk, case_id)
    with desk.workspace.hold_case(case_id):
        _require_over(desk, desk.cases.get(case_id))
        case = CaseFile(desk, desk.cases.get(case_id))
        case.note(Action.CASE_PRUNED, result="begun")
        kept = _keep_evidence(case)
        names = desk.workspace.captures(case_id)
        desk.workspace.vault().destroy(case_id, KeyKind.CAPTURE, desk.clock.now())
        desk.workspace.delete_captures(case_id)
        digests = {EVIDENCE: hashlib.sha256(desk.workspace.get_document(case_id, EVIDENCE)).hexdigest()}
        counts = {"captures": len(names), "kept": kept}
        case.note(Action.CASE_PRUNED, counts=counts, digests=digests, result="done")
        case.seal()
    return Pruned(len(names), kept)


def erase(desk: Desk, case_id: str, ground: Ground) -> Erased:
    """Destroy everything a case holds, and write a certificate of it.

    Raises InputError where there is no such case or it is at work, and RefusedError where its erasure is put off.
    """
    workspace = desk.workspace
    workspace.vault()  # before anything is written: it may ask for a passphrase
    _require_there(desk, case_id)
    with workspace.hold_case(case_id):
        _require_not_held(desk, case_id)
        case = CaseFile(desk, desk.cases.get(case_id))
        case.note(Action.CASE_ERASED, ids={"ground": ground}, result="begun")
        certificate, elsewhere = _destroy(case, ground)
        path = workspace.folder / CERTIFICATES / f"{case_id}.json"
        content = certificate.canonical() + b"\n"
        write_whole(path, content)
        digests, counts = {"certificate": hashlib.sha256(content).hexdigest()}, {"files": certificate.files}
        case.note(Action.CASE_ERASED, ids={"ground": ground}, counts=counts, digests=digests, result="done")
        case.seal()
    return Erased(certificate, path, elsewhere)


def _destroy(case: CaseFile, ground: Ground) -> tuple[Certificate, tuple[Path, ...]]:
    """Destroy keys, files, copies and rows, in this order; return what was done, and where copies are no longer."""
    workspace, case_id = case.desk.workspace, case.record.id
    head, now = case.head(), case.desk.clock.now()
    for kind in KeyKind:
        workspace.vault().destroy(case_id, kind, now)
    files = workspace.delete_case(case_id)
    fetched = Copies(workspace.database()).fetch_back(case_id)
    visits = case.evidence.visits_made()
    rows = case.evidence.erase()
    case.desk.cases.erase(case_id, now)
    forget(workspace.database())
    certificate = Certificate(
        case=case_id,
        authorisation=case.record.authorisation,
        erased_at=now,
        by=workspace.settings.operator,
        ground=ground,
        files=files,
        rows=rows,
        copies_removed=fetched.removed,
        copies_elsewhere=len(fetched.elsewhere),
        visits_left=visits,
        log=head,
    )
    return certificate, fetched.elsewhere


def _require_over(desk: Desk, record: CaseRecord) -> None:
    _require_not_held(desk, record.id)
    over: datetime | None = closed_at(desk.workspace, record.id) if record.state is CaseState.DONE else None
    if over is None or desk.clock.now() < over:
        until = f"until {over:%d %B %Y}" if over else "no outcome yet, or something is still open"
        raise afterwards.NOT_OVER.refusal(because=f"{until}.")


def _require_there(desk: Desk, case_id: str) -> None:
    is_done = (desk.workspace.folder / CERTIFICATES / f"{case_id}.json").is_file()
    if desk.cases.get(case_id).state is CaseState.ERASED and is_done:
        raise InputError(where=case_id, expected="a case that is there", mend="it was erased")


def _require_not_held(desk: Desk, case_id: str) -> None:
    _require_there(desk, case_id)
    if desk.workspace.vault().is_destroyed(case_id, KeyKind.CASE):
        return  # an erasure that was cut short: nothing is left to hold
    if is_held(desk.workspace, case_id):
        raise afterwards.HELD.refusal()


def _keep_evidence(case: CaseFile) -> int:
    """Keep the answers behind the findings under the case key; where the capture key is gone already, it was done."""
    workspace, case_id = case.desk.workspace, case.record.id
    content = workspace.get_document(case_id, "report.json")
    report = parse_record(content, Report, where="report.json", is_json=True)
    wanted = frozenset(finding.record_id for finding in report.findings)
    if workspace.vault().is_destroyed(case_id, KeyKind.CAPTURE):
        return len(wanted)
    parts = []
    for name in case.captures():
        with case.open_capture(name) as file:
            parts.append(excerpt(file, wanted))
    content = b"".join(parts)
    if not wanted <= {answer.record_id for answer in answers(BytesIO(content))}:
        raise VerificationError(f"a capture behind a finding of {case_id} is gone: nothing was destroyed")
    workspace.put_document(case_id, EVIDENCE, content)
    return len(wanted)
