"""The entries of a manifest: what is known of each answer and each failure, from the rows, the WARC files, the log and the report.

Nothing is asked anew and nothing is guessed: a field that is nowhere held stays empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import BinaryIO

from footprint import __version__
from footprint.audit.line import LoggedEvent
from footprint.casefile import CaseFile
from footprint.collectors.catalog import manifest as manifest_of_source
from footprint.collectors.interface import Manifest as SourceManifest
from footprint.errors import InputError
from footprint.ledger import ROBOTS
from footprint.model.decision import Effect
from footprint.model.evidence import Evidence, Unknown
from footprint.model.finding import Finding
from footprint.model.manifest import (
    Basis,
    CollectorVersion,
    Custody,
    EntryKind,
    Item,
    ItemAttribution,
    ManifestEntry,
    Redaction,
    Redirect,
    RobotsCheck,
    StoredRecord,
    WorkingCopy,
)
from footprint.model.report import Report, SearchLogEntry
from footprint.web.captured import Captured
from footprint.web.client import Exchange
from footprint.web.html import parse_page
from footprint.web.recorder import StoredAnswer
from footprint.web.recorder import read as read_record
from footprint.web.robots import Robots, robots_url
from footprint.web.warc import target_of

NOT_RECORDED = "not recorded"
HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True)
class Traces:
    """Everything that a case holds about what it asked."""

    case: CaseFile
    basis: Basis
    report: Report | None
    """None where the case has not come to a report."""
    recordings: Mapping[str, Callable[[], BinaryIO]]
    """The WARC files by name, each to be opened."""
    records: Mapping[str, tuple[str, Captured]]
    """By record id: the WARC file, and the record."""
    events: tuple[LoggedEvent, ...]
    """Of the case, in order."""

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was kept, in order."""
        return self.case.evidence.all()

    @cached_property
    def questions(self) -> dict[str, Captured]:
        """The request of each answer, by the answer's record id."""
        return {record.answers: record for _, record in self.records.values() if record.kind == "request"}

    @cached_property
    def software(self) -> dict[str, str]:
        """What wrote each WARC file."""
        return {name: record.header("software") for name, record in self.records.values() if record.kind == "warcinfo"}

    @cached_property
    def ways(self) -> dict[str, tuple[Evidence, ...]]:
        """The redirects that led to each answer, by evidence id."""
        found: dict[str, tuple[Evidence, ...]] = {}
        awaited: dict[tuple[str, str], tuple[Evidence, ...]] = {}
        for kept in self.evidence:
            way = found[kept.id] = awaited.pop((kept.planned, kept.url), ())
            if (target := self.redirect(kept)) is not None:
                awaited[kept.planned, target] = (*way, kept)
        return found

    @cached_property
    def robots(self) -> dict[str, Evidence]:
        """The answer to each request for a robots.txt, by the address that was asked first."""
        read = (kept for kept in self.evidence if kept.planned == ROBOTS and self.redirect(kept) is None)
        return {(self.ways[kept.id] or (kept,))[0].url: kept for kept in read}

    @cached_property
    def searches(self) -> dict[str, SearchLogEntry]:
        """The search log, by evidence id, or by address where nothing was kept."""
        log = self.report.search_log if self.report is not None else ()
        return {entry.evidence or entry.url: entry for entry in log}

    @cached_property
    def custody(self) -> dict[str, tuple[LoggedEvent, ...]]:
        """The lines of the audit log that name an evidence id or a record id, by that id."""
        found: dict[str, tuple[LoggedEvent, ...]] = {}
        for logged in self.events:
            for name in {logged.event.ids.get("evidence"), logged.event.ids.get("record")} - {None}:
                found[str(name)] = (*found.get(str(name), ()), logged)
        return found

    def tool(self, record_id: str) -> str:
        """Return what wrote a record; empty where its file is gone, or does not say."""
        return self.software.get(self.records[record_id][0], "") if record_id in self.records else ""

    def record(self, record_id: str) -> Captured | None:
        """Return a record; None where the WARC file is gone."""
        return self.records[record_id][1] if record_id in self.records else None

    def read(self, kept: Evidence) -> StoredAnswer:
        """Return an answer from where it lies now. Raises VerificationError where it is not what its digests say."""
        name, record = self.records[kept.record_id]
        with self.recordings[name]() as file:
            return read_record(file, record.offset)

    def redirect(self, kept: Evidence) -> str | None:
        """Return where an answer led to."""
        record = self.record(kept.record_id)
        return Exchange(url=kept.url, status=kept.status, headers=record.headers).redirect if record else None


def trace(traces: Traces) -> tuple[ManifestEntry, ...]:
    """Return an entry for each answer that was kept and each request without one, in the order of time. Not chained yet."""
    unknowns = traces.case.evidence.unknowns()
    answered = {(kept.planned, kept.url) for kept in traces.evidence}
    reasons = {(unknown.planned, unknown.url): _reason(unknown) for unknown in unknowns}
    entries = [_answer(kept, traces, reasons.get((kept.planned, kept.url), "")) for kept in traces.evidence]
    failed = [record for _, record in traces.records.values() if record.kind == "metadata"]
    entries += [_failure(record, traces) for record in failed]
    asked = answered | {(entry.planned, target_of(entry.requested_url)) for entry in entries}
    left = (unknown for unknown in unknowns if not {(unknown.planned, unknown.url), _place(unknown)} & asked)
    entries += [_not_asked(unknown, traces) for unknown in left]
    return tuple(sorted(entries, key=lambda entry: (entry.captured_at_utc, entry.evidence_id or "")))


def custody_of(events: Iterable[LoggedEvent]) -> tuple[Custody, ...]:
    """Return lines of the audit log as a manifest holds them."""
    return tuple(
        Custody(
            seq=logged.seq,
            at=logged.event.at,
            actor=logged.event.actor,
            action=str(logged.event.action),
            result=logged.event.result,
            digests=logged.event.digests,
        )
        for logged in events
    )


def _answer(kept: Evidence, traces: Traces, reason: str) -> ManifestEntry:
    record = traces.record(kept.record_id)
    question = traces.questions.get(kept.record_id)
    way = traces.ways[kept.id]
    canonical, language = _named_by_page(kept, traces) if record else ("", "")
    return _entry(traces, kept.source, kept.planned, kept.captured_at, search=kept.id, names=(kept.id,)).but(
        kind=_kind(kept, traces),
        evidence_id=kept.id,
        requested_url=(way or (kept,))[0].url,
        final_url=kept.url,
        redirects=tuple(Redirect(evidence_id=hop.id, url=hop.url, status=hop.status) for hop in way),
        canonical_url=canonical,
        language=language,
        tool_version=traces.tool(kept.record_id),
        user_agent=question.header("user-agent") if question else "",
        method="GET" if question else "",
        status=kept.status,
        response_headers=record.headers if record else (),
        content_type=kept.content_type,
        bytes=kept.bytes,
        is_truncated=kept.truncated,
        server_ip=record.address if record else "",
        http_date=record.header("date") if record else "",
        robots=None if kept.planned == ROBOTS else _robots(kept.url, kept.source, traces),
        files=(_stored(kept, record, traces),) if record else (),
        reason=reason,
        items=tuple(_items(kept, traces)),
    )


def _failure(record: Captured, traces: Traces) -> ManifestEntry:
    """A request that no answer came to: what it was for stands in the audit log."""
    ids = next((logged.event.ids for logged in traces.custody.get(record.record_id, ())), {})
    source, planned = ids.get("source", "unknown"), ids.get("planned", "unknown")
    name = traces.records[record.record_id][0]
    return _entry(traces, source, planned, record.at, search=record.url, names=(record.record_id,)).but(
        kind=EntryKind.FAILED,
        requested_url=record.url,
        tool_version=traces.tool(record.record_id),
        method="GET",
        reason=record.header("outcome"),
        files=(_place_of(record, name),),
    )


def _not_asked(unknown: Unknown, traces: Traces) -> ManifestEntry:
    made = _entry(traces, unknown.source, unknown.planned, unknown.at, search=unknown.url)
    robots = _robots(unknown.url, unknown.source, traces) if unknown.url else None
    return made.but(requested_url=unknown.url, reason=_reason(unknown), robots=robots)


def _entry(
    traces: Traces, source: str, planned: str, at: datetime, *, search: str, names: tuple[str, ...] = ()
) -> ManifestEntry:
    """Return what every entry has."""
    found = traces.searches.get(search)
    known = _source(source)
    is_same = traces.report is not None and traces.report.tool_version == __version__
    return ManifestEntry(
        number=1,
        kind=EntryKind.NOT_ASKED,
        basis=traces.basis,
        requested_url="",
        platform=source,
        planned=planned,
        purpose=found.purpose if found else "",
        consent_clause=found.consent_clause if found else "",
        policy_clause=found.policy_clause if found else "",
        # The version that is installed is that of the run only where the tool is the same.
        collector=CollectorVersion(name=source, version=known.version if known and is_same else NOT_RECORDED),
        tool_version="",
        captured_at_utc=at,
        operator_id=traces.report.operator if traces.report else traces.events[0].event.actor,
        visit_budget=traces.report.authorisation.scope.max_visits if traces.report else None,
        custody=custody_of(logged for name in names for logged in traces.custody.get(name, ())),
    )


def _kind(kept: Evidence, traces: Traces) -> EntryKind:
    if kept.planned == ROBOTS:
        return EntryKind.ROBOTS
    if kept.is_page:
        return EntryKind.PAGE
    # A redirect to a log-in is a closed page: nothing of it was kept, and it was not followed.
    is_way = traces.redirect(kept) is not None and not kept.truncated
    return EntryKind.REDIRECT if is_way else EntryKind.CLOSED


def _named_by_page(kept: Evidence, traces: Traces) -> tuple[str, str]:
    """Return the canonical address and the language that an HTML page gives for itself."""
    if not kept.is_page or kept.content_type not in HTML:
        return "", ""
    stored = traces.read(kept)
    exchange = Exchange(url=stored.url, status=stored.status, headers=stored.headers)
    page = parse_page(stored.body, kept.url, exchange.charset)
    return page.canonical_url, page.language


def _robots(url: str, source: str, traces: Traces) -> RobotsCheck:
    known = _source(source)
    if known is None or known.terms.robots != "obey":
        why = known.terms.robots_reason if known else None
        return RobotsCheck(decision=f"not applicable: {why or 'the source says so'}")
    address = robots_url(url)
    kept = traces.robots.get(address)
    if kept is None or traces.record(kept.record_id) is None:
        return RobotsCheck(url=address, decision="not read")
    allowed = Robots.of(kept.status, traces.read(kept).body).allows(url)
    decision = "allowed" if allowed else "disallowed"
    return RobotsCheck(url=address, evidence_id=kept.id, sha256=kept.sha256, decision=decision)


def _stored(kept: Evidence, record: Captured, traces: Traces) -> StoredRecord:
    body_in = record.refers_to or record.record_id
    return _place_of(record, traces.records[record.record_id][0]).but(
        body_sha256=kept.sha256, body_bytes=kept.bytes, body_in=body_in
    )


def _place_of(record: Captured, name: str) -> StoredRecord:
    return StoredRecord(
        path=f"archive/{name}",
        record_id=record.record_id,
        offset=record.offset,
        bytes=record.length,
        sha256=record.sha256,
        payload_digest=record.digest,
    )


def _items(kept: Evidence, traces: Traces) -> Iterator[Item]:
    findings = traces.report.findings if traces.report else ()
    return (_item(finding) for finding in findings if finding.evidence == kept.id)


def _item(finding: Finding) -> Item:
    attribution, excerpt = finding.attribution, finding.excerpt
    return Item(
        finding_id=finding.id,
        observation_id=finding.observation,
        url=finding.url,
        posted_at=finding.posted_at,
        posted_at_source=finding.posted_at_from,
        engagement_type=finding.engagement,
        attribution=ItemAttribution(
            tier=attribution.tier,
            evidence=tuple(feature.name for feature in attribution.features),
            contradictions=tuple(feature.name for feature in attribution.contradictions),
        ),
        working_copy=WorkingCopy(
            sha256=_text_sha256(excerpt.text),
            redactions=tuple(
                Redaction(what=mask.what, start=mask.start, length=mask.end - mask.start) for mask in excerpt.masks
            ),
            rules=tuple(decision.rule for decision in finding.decisions if decision.effect is Effect.MASK),
        ),
    )


def _source(source: str) -> SourceManifest | None:
    try:
        return manifest_of_source(source)
    except InputError:
        # A plug-in that is gone, or a line of the log that was never written: its version and terms cannot be told.
        return None


def _place(unknown: Unknown) -> tuple[str, str]:
    return unknown.planned, target_of(unknown.url)


def _reason(unknown: Unknown) -> str:
    return f"{unknown.reason}: {unknown.detail}" if unknown.detail else str(unknown.reason)


def _text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
