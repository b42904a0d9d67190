"""After a run that was killed: enter into the audit log what it had asked and could not write down any more.

A request leaves a WARC record, then a row, then an audit event. Death between two of them leaves the first alone; before
the first, only the visit that was counted. A resumed case begins by making this good, so that the three agree again.
"""

from __future__ import annotations

from footprint.audit.log import read
from footprint.casefile import CaseFile
from footprint.ledger import ROBOTS
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import Evidence, Unknown, UnknownReason
from footprint.model.plan import Plan
from footprint.model.presence import SOURCE as PRESENCE
from footprint.web.recorder import Recorded, recorded


def recover(case: CaseFile, plan: Plan) -> None:
    """Write one audit event for each record that has none, and one that counts what was entered and what was cut off."""
    known = {event.ids.get("record") for event in _requests(case)}
    kept = {evidence.record_id: evidence for evidence in case.evidence.all()}
    orphans = [record for record in _records(case) if record.record_id not in known]
    for record in orphans:
        evidence = kept.get(record.record_id)
        if evidence is not None:
            _enter_evidence(case, evidence)
        else:
            _enter_interrupted(case, plan, record)
    cut_off = max(case.evidence.visits_made() - _visits_told(case), 0)
    if orphans or cut_off:
        case.note(Action.CASE_RECOVERED, counts={"entered": len(orphans), "cut_off": cut_off})


def _visits_told(case: CaseFile) -> int:
    """Return how many visits the log tells of: those that left a record, and those that an earlier recovery counted."""
    # A robots.txt takes no visit.
    visits = sum(event.ids.get("planned") != ROBOTS for event in _requests(case))
    return visits + sum(event.counts["cut_off"] for event in _events(case, Action.CASE_RECOVERED))


def _requests(case: CaseFile) -> list[AuditEvent]:
    return _events(case, Action.REQUEST)


def _events(case: CaseFile, action: Action) -> list[AuditEvent]:
    events = (logged.event for logged in read(case.desk.workspace.audit_path))
    return [event for event in events if event.case == case.record.id and event.action is action]


def _records(case: CaseFile) -> list[Recorded]:
    found: list[Recorded] = []
    for name in case.captures():
        with case.open_capture(name) as file:
            found += recorded(file)
    return found


def _enter_evidence(case: CaseFile, evidence: Evidence) -> None:
    case.note(
        Action.REQUEST,
        ids={
            "source": evidence.source,
            "planned": evidence.planned,
            "record": evidence.record_id,
            "evidence": evidence.id,
        },
        counts={"bytes": evidence.bytes},
        digests={"answer": case.commit(f"{evidence.url}\n{evidence.sha256}")},
        result=str(evidence.status),
    )


def _enter_interrupted(case: CaseFile, plan: Plan, record: Recorded) -> None:
    """Enter an answer that was recorded and never used: the resumed run asks for it again."""
    source, request, identifier = _line_of(plan, record.url)
    planned = ROBOTS if record.url.endswith("/robots.txt") else request
    result = f"unknown:{UnknownReason.INTERRUPTED}"
    case.note(Action.REQUEST, ids={"source": source, "planned": planned, "record": record.record_id}, result=result)
    unknown = Unknown(
        source=source,
        planned=planned,
        url=record.url,
        reason=UnknownReason.INTERRUPTED,
        at=record.at,
    )
    if source != PRESENCE:  # of a sweep, what counts is each site's verdict
        case.evidence.add_unknown(unknown, identifier)


def _line_of(plan: Plan, url: str) -> tuple[str, str, str]:
    """Return the source, the id and the identifier of the line of the plan that an address belongs to.

    Where a redirect led elsewhere, one of the same host; where the plan reads no such place, the question to many sites.
    """
    exact = (entry for entry in plan.entries if entry.request.allows(url))
    near = (entry for entry in plan.entries if f"//{entry.request.host}/" in url)
    entry = next(exact, next(near, None))
    if entry is None and plan.sweep is not None:
        return PRESENCE, f"{PRESENCE}.account", plan.sweep.identifiers[0]
    request = (entry or plan.entries[0]).request
    return request.source, request.id, request.identifier
