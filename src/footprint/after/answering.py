"""Work the candidate's answers into the report: judge the kept captures again with them, and issue the next edition.

 (1) the entries hold against the log
 (2) the pages are still kept, and the consent was not withdrawn: nothing is judged without either
 (3) the report as it stands follows from what was kept, so that the answers are all that changes it
 (4) what was sealed is sealed anew to the second persons' keys, where it is no longer the same
 (5) the edition is issued: two files, and an audit event with their digests

The web is never asked. A run that dies between the files and the event is gone on with by the next.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from footprint import __version__
from footprint.after.reproducing import Grounds, grounds_of
from footprint.errors import InputError, RefusedError, VerificationError
from footprint.files import parse_record, read_record
from footprint.model.authorisation import VALID_STATES, Authorisation
from footprint.model.event import Action
from footprint.model.finding import WithheldReason
from footprint.model.report import Edition, Report
from footprint.policies import afterwards
from footprint.report.render import render_json
from footprint.reporting import derive, issue
from footprint.review.answers import is_worked_in
from footprint.review.desk import ReviewDesk
from footprint.review.logged import is_withdrawn, last_line
from footprint.store.cases import CaseState
from footprint.store.vault import KeyKind


class WorkedIn(NamedTuple):
    """What came of the answers."""

    edition: int
    """Of the report as it stands now."""
    is_new: bool
    """False where the answers change nothing of it."""
    added: tuple[str, ...]
    """Findings that the edition before did not have."""
    gone: tuple[str, ...]
    """Findings that it had."""


def consent_of(desk: ReviewDesk, file: Path | None) -> Authorisation | None:
    """Return the consent on file, where one is given, before anything is entered.

    Raises InputError for a case whose run is not done, and for another consent than that of the case.
    """
    record = desk.desk.cases.get(desk.case.record.id)
    if record.state is not CaseState.DONE:
        raise InputError(where=record.id, expected="a case whose run is done", mend="go on with it: --resume")
    if file is None:
        return None
    found = read_record(file, Authorisation)
    if found.terms_sha256() != desk.report.authorisation.terms_sha256():
        raise InputError(where=str(file), expected="the consent that the case was opened under")
    return found


async def work_in(desk: ReviewDesk, consent: Authorisation | None = None) -> WorkedIn:
    """Issue the next edition of a case's report where the answers change it, and say what changed.

    `consent` is the consent on file, where it is given; what the log knows of it is asked in any case. Raises RefusedError
    where the pages are gone or the consent was withdrawn, and VerificationError where the report, the entries or the
    captures are not what was kept.
    """
    desk.check()  # (1)
    with desk.turn():
        content = desk.desk.workspace.get_document(desk.case.record.id, "report.json")
        issued = parse_record(content, Report, where="report.json", is_json=True)
        _remember(desk, consent)
        logged = _logged_digest(desk)
        is_logged = logged == hashlib.sha256(content).hexdigest()
        if is_logged and is_worked_in(desk.review, issued):
            return WorkedIn(issued.edition, False, (), ())
        refusal = _refusal(desk)  # (2)
        if refusal is not None:
            return _finished(desk, issued, logged, refusal)
        grounds = await grounds_of(desk.desk, desk.case.record.id)
        _require_sound(grounds)  # (3)
        before = issued if is_logged else grounds.derived(issued.but(editions=issued.editions[:-1]))
        report = _issued(grounds, is_logged=is_logged)
        grounds.case.seal()
    return WorkedIn(report.edition, True, _added(before, report), _added(report, before))


def _issued(grounds: Grounds, *, is_logged: bool) -> Report:
    """Issue what is still to be issued: the edition whose writer died, and the next one. Return the last."""
    report = grounds.issued
    if not is_logged:
        issue(report, grounds.case, grounds.judged(report).judged.sealed if report.editions else None)  # (4)
    if is_worked_in(grounds.review, report):
        return report
    facts = report.but(editions=(*report.editions, _edition(grounds)))
    judged, items = grounds.judged(facts)
    following = derive(facts, grounds.policies, grounds.observations, judged, items)
    issue(following, grounds.case, judged.sealed if _sealed(following) != _sealed(report) else None)  # (4), (5)
    return following


def _edition(grounds: Grounds) -> Edition:
    case = grounds.case
    last, _ = grounds.review.answers[-1]
    return Edition(
        number=grounds.issued.edition + 1,
        issued_at=case.desk.clock.now(),
        operator=case.desk.workspace.settings.operator,
        tool_version=__version__,
        through=last.seq,
        replaces=hashlib.sha256(render_json(grounds.issued)).hexdigest(),
        audit_head=case.head(),
    )


def _remember(desk: ReviewDesk, consent: Authorisation | None) -> None:
    """Write a withdrawal that the file shows into the log, where the log does not know of one: it is asked the next time too."""
    record = desk.case.record
    state = consent.events[-1].state if consent else None
    if state not in {None, *VALID_STATES} and not is_withdrawn(desk.desk.workspace.audit_path, record.authorisation):
        desk.case.note(Action.CONSENT_CHANGED, ids={"authorisation": record.authorisation, "state": str(state)})


def _refusal(desk: ReviewDesk) -> RefusedError | None:
    """Return why nothing may be judged; None where it may be."""
    record, workspace = desk.case.record, desk.desk.workspace
    if workspace.vault().is_destroyed(record.id, KeyKind.CAPTURE):
        return afterwards.PAGES_GONE.refusal()
    # That its time is over is no obstacle: what was read under it is judged, nothing more is read.
    if is_withdrawn(workspace.audit_path, record.authorisation):
        return afterwards.CONSENT_GONE.refusal()
    return None


def _finished(desk: ReviewDesk, issued: Report, logged: str | None, refusal: RefusedError) -> WorkedIn:
    """Finish an edition that was judged before, and only not logged. Raises the refusal where answers are left over.

    It cannot be derived here: that it names the last report that the log knows says that it is the one after it.
    """
    is_next = bool(issued.editions) and issued.editions[-1].replaces == logged
    if is_next:
        issue(issued, desk.case)
        desk.case.seal()
    if is_next and is_worked_in(desk.review, issued):
        return WorkedIn(issued.edition, False, (), ())
    desk.case.note(Action.CASE_REFUSED, rules=(refusal.rule,), result="refused")
    raise refusal


def _require_sound(grounds: Grounds) -> None:
    if render_json(grounds.derived(grounds.issued)) != grounds.documents["report.json"]:
        made = grounds.issued.editions[-1].tool_version if grounds.issued.editions else grounds.issued.tool_version
        raise VerificationError(
            f"the report of {grounds.issued.case} was made by footprint {made} and does not follow from what was kept with "
            f"this one, {__version__}, so no edition was issued; `footprint audit reproduce` names the first difference"
        )


def _logged_digest(desk: ReviewDesk) -> str | None:
    """Return the digest of the report that was last issued for the case, as the log knows it."""
    found = last_line(desk.desk.workspace.audit_path, Action.REPORTED, f'"case":"{desk.case.record.id}"')
    return found["digests"].get("report.json") if found else None


def _sealed(report: Report) -> set[str]:
    return {item.observation for item in report.withheld if item.reason is WithheldReason.SEALED}


def _added(before: Report, after: Report) -> tuple[str, ...]:
    known = {finding.id for finding in before.findings}
    return tuple(sorted(finding.id for finding in after.findings if finding.id not in known))
