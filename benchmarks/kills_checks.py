"""What must hold of a workspace whose screening was killed: nothing lost, nothing twice, the same report at the end."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from benchmarks.kills_child import begin
from footprint.audit.line import LoggedEvent
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import Evidence
from footprint.store.cases import Cases, CaseState
from footprint.store.evidence import EvidenceStore
from footprint.store.workspace import Workspace

RECORDS = {"response", "revisit", "metadata"}
"""Types of WARC records that stand for a request."""

OF_A_RUN = frozenset({"case", "generated_at", "audit_head"})
"""Fields of a report that name the run or its moment."""
OF_A_FILE = frozenset({"captured_at", "commitment", "days_before_capture", "record_id", "warc"})
"""Fields, anywhere in a report, that say when an answer came and where it lies, or that the case's own salt went into."""
RUNNING_ID = re.compile(r"E[0-9]{4,}|O-[0-9a-f]{10}")
"""Ids of evidence and observations: they count answers in the order in which they came."""


@dataclass(frozen=True)
class Standing:
    """What stands in a workspace at one moment."""

    lines: bytes = b""
    """Whole lines of the audit log."""
    rows: tuple[Evidence, ...] = ()
    records: tuple[str, ...] = ()
    is_new: bool = True
    """No case is there to go on with."""
    is_torn: bool = False
    last_action: str = "(before the first)"


def standing(folder: Path) -> Standing:
    """Return what stands in a workspace now; the last line of the log may be torn."""
    content = (folder / "audit.jsonl").read_bytes()
    end = content.rfind(b"\n") + 1
    with Workspace.open(folder) as workspace:
        cases = Cases(workspace.database()).list()
        rows = tuple(row for case in cases for row in EvidenceStore(workspace.database(), case.id).all())
        records = tuple(name for case in cases for name in records_of(workspace, case.id))
    events = [LoggedEvent.of(line).event for line in content[:end].splitlines()]
    return Standing(
        lines=content[:end],
        rows=rows,
        records=records,
        is_new=not cases,
        is_torn=end < len(content),
        last_action=str(events[-1].action) if events else "(before the first)",
    )


def records_of(workspace: Workspace, case: str) -> list[str]:
    """Return the ids of all whole records that stand for a request; a recording's torn end is passed over."""
    found = []
    for name in workspace.captures(case):
        with workspace.open_capture(case, name) as file:
            try:
                for record in ArchiveIterator(file, check_digests="raise"):
                    if record.rec_type in RECORDS:
                        record.content_stream().read()
                        found.append(record.rec_headers.get_header("WARC-Record-ID"))
            except Exception as error:  # noqa: BLE001  # warcio names no class for what a torn end makes it raise
                del error
    return found


def faults_of_loss(before: Standing, after: Standing) -> list[str]:
    """Name what stood before and does not stand after."""
    faults = []
    if not after.lines.startswith(before.lines):
        faults.append("audit lines lost or changed")
    if not set(before.rows) <= set(after.rows):
        faults.append("evidence rows lost or changed")
    if not set(before.records) <= set(after.records):
        faults.append("WARC records lost")
    return faults


def is_over(folder: Path) -> bool:
    """Say whether every case of a workspace is done, and there is one."""
    with Workspace.open(folder) as workspace:
        cases = Cases(workspace.database()).list()
    return bool(cases) and all(case.state is CaseState.DONE for case in cases)


def faults_at_end(folder: Path, *, asked: int, kills: int) -> list[str]:
    """Name what does not agree once the case is done: log, rows, records, visits, the server's own count."""
    told = folder.with_name("verified")
    verify = begin(["audit", "verify", "--workspace", str(folder)], hours=0, told=told)
    verify.join()
    faults = [f"audit verify ends with {verify.exitcode}: {told.read_text('utf-8')}"] if verify.exitcode else []
    if not is_over(folder):
        return [*faults, "the case is not done"]
    with Workspace.open(folder) as workspace:
        (case, *more) = Cases(workspace.database()).list()
        kept = EvidenceStore(workspace.database(), case.id)
        faults += ["a second case was opened"] if more else []
        faults += [f"{name} lies open" for name in unlocked(folder)]
        lines = workspace.audit_path.read_bytes().splitlines()
        events = [LoggedEvent.of(line).event for line in lines]
        return faults + disagreements(events, kept, records_of(workspace, case.id), asked, kills)


def disagreements(
    events: list[AuditEvent], kept: EvidenceStore, records: list[str], asked: int, kills: int
) -> list[str]:
    """Name what log, rows, records, visits and server do not agree on."""
    rows = kept.all()
    requests = [event for event in events if event.action is Action.REQUEST]
    pages = Counter((row.url, row.planned) for row in rows if row.is_page)
    visits = sum(event.ids["planned"] != "robots" for event in requests)
    cut_off = sum(event.counts["cut_off"] for event in events if event.action is Action.CASE_RECOVERED)
    agree = {
        "each record has one event": Counter(event.ids["record"] for event in requests) == Counter(records),
        "each row has its record": {row.record_id for row in rows} <= set(records),
        "each row has one event": Counter(event.ids["evidence"] for event in requests if "evidence" in event.ids)
        == Counter(row.id for row in rows),
        "no evidence id twice": len({row.id for row in rows}) == len(rows),
        "no record id twice": len(set(records)) == len(records),
        "no page twice": not pages or max(pages.values()) == 1,
        "each visit was asked for or cut off": kept.visits_made() == visits + cut_off,
        "the server was asked what the log says": 0 <= asked - len(requests) <= cut_off + kills,
        "the case is done": any(event.action is Action.CASE_DONE for event in events),
    }
    return [f"not so: {what}" for what, holds in agree.items() if not holds]


def unlocked(folder: Path) -> list[str]:
    """Return the names of captures that lie open."""
    return [path.name for path in folder.rglob("*.warc.gz")]


def report_of(folder: Path) -> dict[str, Any]:
    """Return the report of the one case of a workspace, without what names a run, its moments and its files.

    What is listed in the order of the run is sorted.
    """
    with Workspace.open(folder) as workspace:
        (case,) = Cases(workspace.database()).list()
        report = json.loads(workspace.get_document(case.id, "report.json"))
    for entry in report["search_log"]:
        for name in ("at", "result", "evidence"):  # of what was closed, these say in which run it was found so
            del entry[name]
    return {name: _plain(value) for name, value in report.items() if name not in OF_A_RUN}


def differences(whole: dict[str, Any], resumed: dict[str, Any]) -> list[str]:
    """Name the fields of a report in which a resumed run differs from one that nobody disturbed.

    A resumed run may ask again for what gave no page, so its list of requests and its register of answers may be longer;
    everything that the undisturbed run lists must be there, each request with its address and purpose, each answer with
    its digest. What came of the requests stands in the coverage, which must be the same.
    """
    grown = [name for name in GROWING if not _among(whole[name], resumed[name])]
    return grown + [name for name in {*whole, *resumed} - GROWING if whole.get(name) != resumed.get(name)]


GROWING = {"search_log", "evidence"}


def _among(fewer: list[object], more: list[object]) -> bool:
    return set(map(_text, fewer)) <= set(map(_text, more))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        parts = {name: part for name, part in value.items() if name not in OF_A_FILE}
        return {name: _plain(part) for name, part in parts.items() if not _is_running(part)}
    if isinstance(value, list):  # of ids that count answers, how many there are is all that can be compared
        return sorted((None if _is_running(part) else _plain(part) for part in value), key=_text)
    return value


def _is_running(value: object) -> bool:
    return isinstance(value, str) and RUNNING_ID.fullmatch(value) is not None


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)
