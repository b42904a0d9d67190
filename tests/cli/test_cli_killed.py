"""Killed at any moment, a run leaves a log whose chain holds, and `--resume` completes it: nothing lost, nothing twice."""

from __future__ import annotations

import json
import signal
import ssl
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from answers import DEMO
from footprint.audit.log import read
from footprint.audit.verify import verify
from footprint.demo.server import DemoWeb
from footprint.model.event import Action, AuditEvent
from footprint.model.report import Report
from footprint.store.cases import Cases, CaseState
from footprint.store.evidence import EvidenceStore
from footprint.store.workspace import Workspace

RUN = """
import asyncio, json, os, signal, ssl, sys
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from footprint.admission import Desk, Order
from footprint.audit.log import AuditLog
from footprint.demo.clock import START, DemoClock
from footprint.screening import Outlook, screen
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace
from footprint.web.guard import Guard

folder, authority, pins, hours, resume, door, count, when = json.loads(sys.argv[1])

def kill_at(module, owner, name):
    # Dies at the n-th call of one function: before it begins, or when it has done its work.
    target = getattr(import_module(module), owner)
    original, calls = getattr(target, name), []
    def watched(*words, **named):
        calls.append(1)
        if len(calls) == count and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = original(*words, **named)
        if len(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    setattr(target, name, watched)

if door:
    kill_at(*door)

async def main():
    workspace = Workspace.open(Path(folder) / "w")
    clock = DemoClock(START + timedelta(hours=hours))
    desk = Desk(workspace, AuditLog(workspace.audit_path), Cases(workspace.database()), clock, lambda size: os.urandom(size).hex())
    order = Order(profile=Path(folder) / "profile.toml", consent=Path(folder) / "consent.toml", resume=resume)
    pinned = {name: tuple(place) for name, place in pins.items()}
    outlook = Outlook(guard=Guard(pinned=pinned), tls=ssl.create_default_context(cafile=authority), at_once=1)
    async for _ in screen(order, desk, outlook):
        pass

asyncio.run(main())
"""

ASKING = ("footprint.web.client", "Client", "get")
RECORDING = ("footprint.web.recorder", "Recorder", "keep")
KEEPING = ("footprint.store.evidence", "EvidenceStore", "add")
LOGGING = ("footprint.audit.log", "AuditLog", "append")
CLOSING = ("footprint.store.cases", "Cases", "close")
DEATHS = (
    (ASKING, 4, "before"),
    (RECORDING, 3, "after"),
    (KEEPING, 4, "after"),
    (LOGGING, 6, "after"),
    (CLOSING, 1, "before"),
)
"""Where the runs die, one after another: between a request, its record, its row and its event, and before the end."""


@pytest.fixture(scope="module")
def web():
    with DemoWeb() as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path, web: DemoWeb) -> Path:
    settings, policy = (DEMO.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    Workspace.create(tmp_path / "w", settings, policy).close()
    for name in ("profile.toml", "consent.toml"):
        (tmp_path / name).write_bytes(DEMO.joinpath(name).read_bytes())
    (der,) = web.tls.get_ca_certs(binary_form=True)
    (tmp_path / "authority.pem").write_text(ssl.DER_cert_to_PEM_cert(der), encoding="ascii")
    return tmp_path


def run(folder: Path, web: DemoWeb, number: int, door: tuple[str, str, str] | None, count: int, when: str) -> int:
    """Run, or resume, the case in a process of its own; return how it ended."""
    words = [str(folder), str(folder / "authority.pem"), web.pinned, number, number > 0, door, count, when]
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(words)], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def requests(folder: Path) -> list[AuditEvent]:
    events = (logged.event for logged in read(folder / "w" / "audit.jsonl"))
    return [event for event in events if event.action is Action.REQUEST]


def records(folder: Path) -> list[str]:
    found = []
    with Workspace.open(folder / "w") as workspace:
        (case,) = Cases(workspace.database()).list()
        for name in workspace.captures(case.id):
            with workspace.open_capture(case.id, name) as file:
                found += [
                    record.rec_headers.get_header("WARC-Record-ID")
                    for record in ArchiveIterator(file, check_digests="raise")
                    if record.rec_type in {"response", "revisit", "metadata"}
                ]
    return found


def test_a_run_that_is_killed_again_and_again_completes(folder: Path, web: DemoWeb) -> None:
    """After every death the chain holds; at the end each record has its event, and no page was kept twice."""
    before = web.requests
    for number, (door, count, when) in enumerate(DEATHS):
        assert run(folder, web, number, door, count, when) == -signal.SIGKILL
        verify(folder / "w" / "audit.jsonl")
    assert run(folder, web, len(DEATHS), None, 0, "") == 0

    verify(folder / "w" / "audit.jsonl")
    events = (logged.event for logged in read(folder / "w" / "audit.jsonl"))
    cut_off = sum(event.counts["cut_off"] for event in events if event.action is Action.CASE_RECOVERED)
    assert Counter(event.ids["record"] for event in requests(folder)) == Counter(records(folder))
    assert 0 <= web.requests - before - len(requests(folder)) <= cut_off + 1
    with Workspace.open(folder / "w") as workspace:
        (case,) = Cases(workspace.database()).list()
        pages = [kept for kept in EvidenceStore(workspace.database(), case.id).all() if kept.is_page]
        report = Report.model_validate_json(workspace.get_document(case.id, "report.json"))
    assert case.state is CaseState.DONE
    assert len({(kept.url, kept.planned) for kept in pages}) == len(pages)
    assert len(report.findings) == 8
