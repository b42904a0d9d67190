"""Where everything in a case comes from: the manifest of its evidence, from what the case and the audit log hold."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import NamedTuple

from footprint.after.tracing import Traces, custody_of, trace
from footprint.audit.line import LoggedEvent
from footprint.audit.log import read
from footprint.casefile import CaseFile
from footprint.errors import InputError, VerificationError
from footprint.files import parse_record
from footprint.ledger import ROBOTS
from footprint.model.event import Action
from footprint.model.manifest import Basis, CaptureFile, Manifest, ManifestAbout, NotRecorded, chained
from footprint.model.policy import Policies
from footprint.model.record import canonical_json
from footprint.model.report import Report
from footprint.policies.load import pack_versions
from footprint.web.captured import Captured, captured, span_sha256, whole_length
from footprint.web.wacz import PageLine, WarcFile

STAGES = frozenset(
    {
        Action.PLANNED,
        Action.COLLECTED,
        Action.ATTRIBUTED,
        Action.LEGALITY,
        Action.RELEVANCE,
        Action.MASKED,
        Action.REQUEST,
        Action.REQUEST_WITHHELD,
    }
)
"""Work of the line itself; every other line about a case says who did what with it."""

NOT_RECORDED = (
    NotRecorded(
        field="item_native_id, author_handle, author_native_id, parent and quoted ids",
        reason="in the captured answer only; the case keeps findings, not every statement read",
    ),
    NotRecorded(field="edited_flag", reason="judged while the page is read, and not kept"),
    NotRecorded(
        field="posted_at: time zone and confidence", reason="times are kept in UTC with the name of their source"
    ),
    NotRecorded(field="python, os", reason="of the machine at the time of capture: not asked"),
    NotRecorded(field="tls{issuer, sha256}", reason="certificates are checked and not kept"),
    NotRecorded(field="monotonic_ns", reason="one clock is used: that of the machine, in whole seconds, in UTC"),
    NotRecorded(field="clock{source, ntp_offset}", reason="the offset of the machine's clock is not measured"),
    NotRecorded(field="operator role, host_id, egress_id", reason="only the operator's id is held"),
    NotRecorded(field="visit_no", reason="visits are counted by a salted digest over all cases; the budget is given"),
    NotRecorded(field="pdq", reason="no image is kept, so none is compared"),
    NotRecorded(field="tsa", reason="stamps are made over signed heads of the log, not over single items"),
    NotRecorded(
        field="custody: from, to", reason="a copy leaves by export: its files and their digests stand in the log"
    ),
    NotRecorded(field="live_status", reason="a page is not visited again to see whether it is still there"),
)
"""Fields of LAW 6.2 that are not held, with the reason."""


EXCERPT = "evidence.warc.gz"
"""The document that pruning leaves of the captures: the answers behind the findings."""


class Provenance(NamedTuple):
    """The manifest, and what it is about: the WARC files, and the list of pages for a player."""

    manifest: Manifest
    recordings: tuple[WarcFile, ...]
    pages: tuple[PageLine, ...]


def provenance(case: CaseFile, *, at: datetime) -> Provenance:
    """Return where everything in a case comes from.

    Raises InputError where a document of the case is missing, StoreError where a file cannot be read, and
    VerificationError where a WARC file or the log does not hold.
    """
    report = _report(case)
    recordings = _recordings(case)
    records, files = _walked(recordings)
    log = case.desk.workspace.audit_path
    events = tuple(logged for logged in read(log) if logged.event.case == case.record.id)
    if not events:
        raise VerificationError(
            f"the audit log holds no line about {case.record.id}: its end was cut off, or it is another"
        )
    basis = _basis(case, report)
    traces = Traces(case=case, basis=basis, report=report, recordings=dict(recordings), records=records, events=events)
    about = ManifestAbout(
        basis=basis,
        demonstration=events[0].event.demonstration,
        run=case.record.run,
        state=str(case.record.state),
        opened_at=case.record.opened_at,
        closed_at=case.record.closed_at,
        generated_at=at,
        generated_by=case.desk.workspace.settings.operator,
        captures=files,
        custody=custody_of(_about_case(events)),
        audit_head=case.head(),
        not_recorded=NOT_RECORDED,
    )
    return Provenance(chained(about, trace(traces)), recordings, _pages(traces))


def _pages(traces: Traces) -> tuple[PageLine, ...]:
    """The answers that were pages. A title leads back to the evidence: what a page calls itself may name anybody."""
    there = (kept for kept in traces.evidence if traces.record(kept.record_id) is not None)
    read_ones = (kept for kept in there if kept.is_page and kept.planned != ROBOTS)
    return tuple(PageLine(kept.id, kept.url, kept.captured_at, f"{kept.id} {kept.source}") for kept in read_ones)


def _report(case: CaseFile) -> Report | None:
    try:
        content = case.desk.workspace.get_document(case.record.id, "report.json")
    except InputError:
        return None
    return parse_record(content, Report, where="report.json", is_json=True)


def _recordings(case: CaseFile) -> tuple[WarcFile, ...]:
    """Return the WARC files of a case; of one that was pruned, what was left of them."""
    captures = tuple(WarcFile(name, partial(case.open_capture, name)) for name in case.captures())
    if captures:
        return captures
    try:
        content = case.desk.workspace.get_document(case.record.id, EXCERPT)
    except InputError:
        return ()
    # Of a case without findings nothing was left.
    return (WarcFile(EXCERPT, partial(BytesIO, content)),) if content else ()


def _walked(recordings: tuple[WarcFile, ...]) -> tuple[dict[str, tuple[str, Captured]], tuple[CaptureFile, ...]]:
    """Return every record by its id, and every file with its digest."""
    records: dict[str, tuple[str, Captured]] = {}
    files = []
    for name, opened in recordings:
        with opened() as file:
            records |= {record.record_id: (name, record) for record in captured(file)}
            whole = whole_length(file)
            torn = file.seek(0, 2) - whole
            digest = span_sha256(file, 0, whole)
        files.append(CaptureFile(path=f"archive/{name}", bytes=whole, sha256=digest, torn_bytes=torn))
    return records, tuple(files)


def _basis(case: CaseFile, report: Report | None) -> Basis:
    content = case.desk.workspace.get_document(case.record.id, "policies.json")
    policies = parse_record(content, Policies, where="policies.json", is_json=True)
    packs = report.packs if report else pack_versions(policies)
    versions = [pack.model_dump(mode="json") for pack in packs]
    return Basis(
        case_id=case.record.id,
        authorisation_id=case.record.authorisation,
        authorisation_sha256=report.authorisation_sha256 if report else None,
        policy_id=policies.organisation.id,
        policy_version=policies.organisation.version,
        policy_sha256=policies.organisation.digest(),
        ruleset_sha256=hashlib.sha256(canonical_json(versions)).hexdigest(),
    )


def _about_case(events: tuple[LoggedEvent, ...]) -> tuple[LoggedEvent, ...]:
    return tuple(
        logged for logged in events if logged.event.action not in STAGES and "evidence" not in logged.event.ids
    )
