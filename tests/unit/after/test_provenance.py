"""The manifest of a case says of each answer and each failure what is held of it, and names what is not."""

from __future__ import annotations

import hashlib
import json

import pytest

from answers import answering
from footprint.admission import Desk, Order
from footprint.after.erasing import EVIDENCE
from footprint.after.provenance import EXCERPT, provenance
from footprint.casefile import CaseFile
from footprint.demo.server import DemoWeb
from footprint.errors import InputError, UnreadableError, VerificationError
from footprint.model.decision import Effect
from footprint.model.evidence import UnknownReason
from footprint.model.manifest import EntryKind, Manifest, ManifestEntry
from footprint.model.report import Report
from footprint.screening import Outlook, screen
from footprint.web.excerpt import excerpt
from footprint.web.guard import Guard
from gate_hall import ROBOTS, SITE, WIKI, WIKI_USER, Hall

PAGE = b'<html lang="en-GB"><link rel="canonical" href="https://maraquill.example/home"><p>Hello</p></html>'
FEED = "https://maraquill.example/feed.xml"
MOVED = "https://maraquill.example/atom.xml"


@pytest.fixture
def hall(desk: Desk, order: Order) -> Hall:
    """A case over a small web: a page, a feed that moved, a wiki that does not answer."""
    return Hall(
        desk,
        order,
        {
            SITE: answering(PAGE, Date="Fri, 20 Nov 2026 09:00:00 GMT"),
            ROBOTS: answering(b"User-agent: *\nDisallow: /private\n", kind="text/plain"),
            FEED: answering(b"", status=301, Location="/atom.xml"),
            MOVED: answering(PAGE, kind="application/atom+xml"),
            WIKI_USER: UnreadableError(UnknownReason.TIMEOUT),
        },
    )


def made(hall: Hall) -> Manifest:
    found = provenance(hall.case, at=hall.desk.clock.now()).manifest
    assert found.first_break() is None
    return found


def by_kind(manifest: Manifest, kind: EntryKind) -> list[ManifestEntry]:
    return [entry for entry in manifest.entries if entry.kind is kind]


async def test_a_page_has_everything_that_is_held_of_it(hall: Hall) -> None:
    """Where it came from, what came back, where it lies, what allowed it, and the line of the log that noted it."""
    await hall.ask()
    manifest = made(hall)
    (page,) = by_kind(manifest, EntryKind.PAGE)
    (stored,) = page.files

    assert (page.requested_url, page.final_url, page.redirects) == (SITE, SITE, ())
    assert (page.canonical_url, page.language) == ("https://maraquill.example/home", "en-GB")
    assert (page.evidence_id, page.platform, page.planned) == ("E0002", "website", "website.page")
    assert (page.method, page.status, page.content_type, page.bytes) == ("GET", 200, "text/html", len(PAGE))
    assert (page.server_ip, page.http_date) == ("127.0.0.1", "Fri, 20 Nov 2026 09:00:00 GMT")
    assert ("Date", page.http_date) in page.response_headers
    assert page.tool_version == "footprint"
    assert stored.body_sha256 == hashlib.sha256(PAGE).hexdigest()
    assert stored.body_in == stored.record_id
    (line,) = page.custody
    assert (line.action, line.result) == ("request", "200")
    assert page.basis == manifest.about.basis
    assert page.basis.policy_sha256 == hall.admission.policies.organisation.digest()


async def test_the_way_over_a_redirect_is_told(hall: Hall) -> None:
    """The answer names the address that was asked first, and each step; the step itself is an entry too."""
    await hall.ask("website.feed", FEED)
    manifest = made(hall)
    (step,) = by_kind(manifest, EntryKind.REDIRECT)
    (page,) = by_kind(manifest, EntryKind.PAGE)

    assert (page.requested_url, page.final_url) == (FEED, MOVED)
    assert [(hop.evidence_id, hop.url, hop.status) for hop in page.redirects] == [(step.evidence_id, FEED, 301)]
    assert (step.requested_url, step.final_url, step.redirects) == (FEED, FEED, ())


async def test_a_repeated_body_leads_to_the_record_that_holds_it(hall: Hall) -> None:
    """A revisit keeps no body; the entry says which record does."""
    await hall.ask()
    await hall.ask("website.feed", FEED)
    first, again = by_kind(made(hall), EntryKind.PAGE)

    assert again.files[0].body_in == first.files[0].record_id != again.files[0].record_id
    assert again.files[0].body_sha256 == first.files[0].body_sha256


async def test_what_robots_txt_says_is_told(hall: Hall) -> None:
    """The decision, with the robots.txt it was read from; for a documented interface why it does not apply."""
    await hall.ask()
    await hall.refused("website.feed", "https://maraquill.example/private/feed.xml")
    await hall.refused("mediawiki.user", WIKI_USER)
    manifest = made(hall)
    (robots,) = by_kind(manifest, EntryKind.ROBOTS)
    (page,) = by_kind(manifest, EntryKind.PAGE)
    (not_asked,) = by_kind(manifest, EntryKind.NOT_ASKED)

    assert robots.robots is None
    assert page.robots is not None
    assert (page.robots.url, page.robots.evidence_id, page.robots.decision) == (ROBOTS, "E0001", "allowed")
    assert page.robots.sha256 == robots.files[0].body_sha256
    assert not_asked.robots is not None
    assert not_asked.robots.decision == "disallowed"
    assert (not_asked.reason, not_asked.files, not_asked.evidence_id) == ("robots: RFC 9309", (), None)


async def test_a_failure_is_an_entry_too(hall: Hall) -> None:
    """Asked, and no answer: when, what for, why, and the record that says so."""
    await hall.refused("mediawiki.user", WIKI_USER)
    manifest = made(hall)
    (failure,) = manifest.entries

    assert (failure.kind, failure.reason, failure.status) == (EntryKind.FAILED, "timeout", None)
    assert (failure.platform, failure.planned) == ("mediawiki", "mediawiki.user")
    assert failure.requested_url == WIKI_USER
    assert failure.requested_url.startswith(WIKI)
    assert failure.files[0].body_sha256 is None
    assert [line.result for line in failure.custody] == ["unknown:timeout"]


async def test_a_closed_page_says_why(hall: Hall) -> None:
    """An answer that may not be used is kept without its body, with the reason."""
    hall.web.answers[SITE] = answering(b"members only", status=403)
    await hall.refused()
    (closed,) = by_kind(made(hall), EntryKind.CLOSED)

    assert closed.reason.startswith("wall: ")
    assert (closed.status, closed.is_truncated, closed.files[0].body_bytes) == (403, True, 0)


async def test_robots_txt_that_was_not_read_is_said(hall: Hall) -> None:
    """Where no robots.txt came, nothing was read, and the entry does not claim a decision."""
    hall.web.answers[ROBOTS] = UnreadableError(UnknownReason.TRANSPORT)
    await hall.refused()
    (not_asked,) = by_kind(made(hall), EntryKind.NOT_ASKED)

    assert not_asked.robots is not None
    assert (not_asked.robots.decision, not_asked.robots.evidence_id) == ("not read", None)


async def test_a_case_without_a_report_still_has_its_manifest(hall: Hall) -> None:
    """A run that stopped: what only a report holds is left out, and the rest stands."""
    await hall.ask()
    manifest = made(hall)

    assert manifest.about.basis.authorisation_sha256 is None
    assert manifest.about.closed_at is None
    assert {entry.visit_budget for entry in manifest.entries} == {None}
    assert {entry.collector.version for entry in manifest.entries} == {"not recorded"}
    assert {entry.operator_id for entry in manifest.entries} == {hall.desk.workspace.settings.operator}


async def test_a_recording_that_is_gone_leaves_the_rows(hall: Hall) -> None:
    """Where captured pages were destroyed, the entry keeps what the row says, and claims no record."""
    await hall.ask()
    for path in hall.case.folder.glob("*.warc.gz*"):
        path.unlink()
    manifest = made(hall)
    (page,) = by_kind(manifest, EntryKind.PAGE)

    assert manifest.about.captures == ()
    assert (page.status, page.files, page.response_headers, page.canonical_url, page.method) == (200, (), (), "", "")
    assert page.robots is not None
    assert page.robots.decision == "not read"


async def test_of_a_pruned_case_the_kept_answers_are_told(hall: Hall) -> None:
    """Pruning leaves the answers behind the findings: their entries lead there, the others keep what the row says."""
    await hall.ask()
    await hall.ask("website.feed", FEED)
    workspace, case_id = hall.desk.workspace, hall.case.record.id
    robots, wanted, *_ = hall.case.evidence.all()
    (name,) = hall.case.captures()
    with hall.case.open_capture(name) as file:
        workspace.put_document(case_id, EXCERPT, excerpt(file, frozenset({wanted.record_id})))
    workspace.delete_captures(case_id)
    found = provenance(hall.case, at=hall.desk.clock.now())
    entries = {entry.evidence_id: entry for entry in found.manifest.entries}
    (stored,) = entries[wanted.id].files

    assert (stored.path, stored.body_sha256) == (f"archive/{EXCERPT}", wanted.sha256)
    assert entries[wanted.id].canonical_url == "https://maraquill.example/home"
    assert entries[robots.id].files == ()
    assert [page.id for page in found.pages] == [wanted.id]
    assert [file.path for file in found.manifest.about.captures] == [f"archive/{EXCERPT}"]


async def test_of_a_pruned_case_without_findings_no_answer_is_left(hall: Hall) -> None:
    """Nothing was kept, so nothing is packed."""
    await hall.ask()
    hall.desk.workspace.put_document(hall.case.record.id, EXCERPT, b"")
    hall.desk.workspace.delete_captures(hall.case.record.id)
    found = provenance(hall.case, at=hall.desk.clock.now())

    assert (found.recordings, found.pages, found.manifest.about.captures) == ((), (), ())


def test_what_pruning_leaves_has_one_name() -> None:
    """The document that pruning writes is the one that is looked for."""
    assert EXCERPT == EVIDENCE


async def test_a_torn_end_is_counted(hall: Hall) -> None:
    """What a crash tore off is in the case and not in the manifest's file; how much it was is said."""
    await hall.ask()
    (path,) = hall.case.folder.glob("*.warc.gz")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:17])
    (file,) = made(hall).about.captures

    assert (file.bytes, file.torn_bytes) == (len(whole), 17)
    assert file.sha256 == hashlib.sha256(whole).hexdigest()


async def test_a_failure_that_the_log_does_not_know_is_still_an_entry(hall: Hall) -> None:
    """A kill can come between the record and its line: the entry says that its purpose is not known."""
    await hall.ask()
    recorder_of(hall).keep_failure("https://maraquill.example/late", at=hall.desk.clock.now(), reason="timeout")
    (failure,) = by_kind(made(hall), EntryKind.FAILED)

    assert (failure.platform, failure.planned, failure.custody) == ("unknown", "unknown", ())


def recorder_of(hall: Hall):
    return hall.ledger._recorder


async def test_a_log_without_the_case_is_not_believed(hall: Hall) -> None:
    """A log from which the case's lines were taken cannot vouch for anything."""
    await hall.ask()
    hall.desk.workspace.audit_path.write_bytes(b"")

    with pytest.raises(VerificationError):
        made(hall)


async def test_a_case_without_its_policies_is_named(hall: Hall) -> None:
    """What it was judged by has to be there."""
    for path in hall.case.folder.glob("policies.json*"):
        path.unlink()

    with pytest.raises(InputError):
        made(hall)


@pytest.fixture
async def issued(desk: Desk, order: Order) -> Report:
    """A report of the demonstration."""
    with DemoWeb() as web:
        outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1)
        (report,) = [step async for step in screen(order, desk, outlook) if isinstance(step, Report)]
    return report


async def test_the_demonstration_is_told_in_full(desk: Desk, issued: Report) -> None:
    """Every answer, every finding with its attribution and masks, and nothing of what was withheld."""
    found = provenance(CaseFile(desk, desk.cases.get(issued.case)), at=desk.clock.now())
    manifest = found.manifest
    items = {item.finding_id: item for entry in manifest.entries for item in entry.items}

    assert manifest.first_break() is None
    assert [entry.evidence_id for entry in manifest.entries if entry.evidence_id] == [
        kept.id for kept in issued.evidence
    ]
    assert manifest.about.basis.authorisation_sha256 == issued.authorisation_sha256
    assert {entry.collector.version for entry in manifest.entries} == {"1.0", "1.1"}
    assert set(items) == {finding.id for finding in issued.findings}
    for finding in issued.findings:
        item = items[finding.id]
        assert item.attribution.tier is finding.attribution.tier
        assert item.working_copy.sha256 == hashlib.sha256(finding.excerpt.text.encode()).hexdigest()
        assert [(mask.what, mask.start) for mask in item.working_copy.redactions] == [
            (mask.what, mask.start) for mask in finding.excerpt.masks
        ]
        masking = {decision.rule for decision in finding.decisions if decision.effect is Effect.MASK}
        assert set(item.working_copy.rules) == masking
    assert any(item.working_copy.redactions for item in items.values())
    text = json.dumps(manifest.model_dump(mode="json"))
    assert not any(item.commitment in text or item.observation in text for item in issued.withheld)


async def test_the_custody_of_the_case_is_told(desk: Desk, issued: Report) -> None:
    """Who opened it, who issued the report with which digests, who closed it: lines of the log, by number."""
    found = provenance(CaseFile(desk, desk.cases.get(issued.case)), at=desk.clock.now())
    custody = found.manifest.about.custody

    assert [line.action for line in custody] == ["case.opened", "report.issued", "case.done"]
    assert set(custody[1].digests) == {"report.html", "report.json"}
    assert found.manifest.about.audit_head.size == custody[-1].seq
    assert len(found.pages) == 19
    assert {field.field for field in found.manifest.about.not_recorded} >= {"pdq", "visit_no", "tls{issuer, sha256}"}
