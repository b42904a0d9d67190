"""What the report says of its evidence holds: every id, digest and record is in the WARC file, and the words are in the page."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from footprint.demo.server import DemoWeb
from footprint.model.report import Report
from footprint.screening import Outlook, screen
from footprint.web.guard import Guard

MASK = re.compile(r"\[[^\]]*\]|█+")
"""What stands in an excerpt in place of what was masked."""


@pytest.fixture
async def made(desk, order, tmp_path: Path) -> tuple[Report, Path]:
    """The report of a demonstration run, as its JSON file holds it, and a folder with its captures."""
    with DemoWeb() as web:
        outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1)
        (*_, last) = [step async for step in screen(order, desk, outlook)]
    assert isinstance(last, Report)
    folder = tmp_path / "captures"
    folder.mkdir()
    for name in desk.workspace.captures(last.case):
        with desk.workspace.open_capture(last.case, name) as file:
            (folder / name).write_bytes(file.read())
    return Report.model_validate_json(desk.workspace.get_document(last.case, "report.json")), folder


def answers(folder: Path) -> dict[str, bytes]:
    """Return the decoded body of every answer by its record id, read by warcio alone."""
    bodies = {}
    for path in folder.glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                if record.rec_type == "response":
                    bodies[record.rec_headers.get_header("WARC-Record-ID")] = record.content_stream().read()
    return bodies


def words_of(body: bytes) -> str:
    """Return the text of a page or of an interface's answer, as one line."""
    text = body.decode()
    if text.lstrip().startswith(("{", "[")):
        text = " ".join(_strings(json.loads(text)))
    return " ".join(re.sub(r"<[^>]*>", " ", html.unescape(html.unescape(text))).split())


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return [value] if isinstance(value, str) else []


def test_every_entry_of_the_register_is_in_the_archive(made: tuple[Report, Path]) -> None:
    """The SHA-256 of each answer can be computed again from its WARC record, and the search log names no other evidence."""
    report, folder = made
    bodies = answers(folder)

    assert len(report.evidence) > 20
    for entry in report.evidence:
        assert (folder / entry.warc).is_file()
        assert hashlib.sha256(bodies[entry.record_id]).hexdigest() == entry.sha256
        assert len(bodies[entry.record_id]) == entry.bytes
    listed = [entry.evidence for entry in report.search_log if entry.evidence]
    assert sorted(listed) == sorted(entry.id for entry in report.evidence)


def test_every_finding_leads_to_its_words_in_the_archive(made: tuple[Report, Path]) -> None:
    """Each finding names an entry of the register, and what it shows and does not mask stands in that page."""
    report, folder = made
    register = {entry.id: entry for entry in report.evidence}
    bodies = answers(folder)

    assert report.findings
    for finding in report.findings:
        entry = register[finding.evidence]
        assert (entry.sha256, entry.record_id) == (finding.evidence_sha256, finding.record_id)
        assert entry.captured_at == finding.captured_at
        page = words_of(bodies[entry.record_id])
        shown = MASK.sub(" ", f"{finding.excerpt.text}\n{finding.surroundings.text}").split()
        assert len(shown) > 5
        missing = [word for word in shown if word not in page]
        assert missing == [], finding.id


def test_withheld_statements_lead_to_evidence_too(made: tuple[Report, Path]) -> None:
    """An auditor can find the page of what was withheld; the report holds no word of it."""
    report, _ = made

    assert {item.evidence for item in report.withheld} <= {entry.id for entry in report.evidence}
    assert all(decision.spans == () for item in report.withheld for decision in item.rules)
