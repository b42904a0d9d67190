"""A sweep that is killed, or stopped by a withdrawal, goes on where it was: every request has a line, none is made twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from footprint.audit.log import read
from footprint.audit.verify import verify
from footprint.model.event import Action
from footprint.model.evidence import UnknownReason
from footprint.model.presence import Presence, PresenceBook
from footprint.store.cases import Cases, CaseState
from footprint.store.workspace import Workspace
from site_town import NAME, Town, make_place

RUN = """
import asyncio, json, os, signal, sys
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

folder, pins, hours, resume, door, count = json.loads(sys.argv[1])
if door:
    module, owner, name = door
    target = getattr(import_module(module), owner)
    original, calls = getattr(target, name), []

    def watched(*words, **named):
        calls.append(1)
        done = original(*words, **named)
        if len(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(target, name, watched)


async def main():
    place = Path(folder)
    workspace = Workspace.open(place)
    clock = DemoClock(START + timedelta(hours=hours))
    token = lambda size: os.urandom(size).hex()
    desk = Desk(workspace, AuditLog(workspace.audit_path), Cases(workspace.database()), clock, token)
    order = Order(profile=place / "profile.toml", consent=place / "consent.toml", resume=resume)
    outlook = Outlook(guard=Guard(pinned={name: tuple(spot) for name, spot in pins.items()}))
    async for _ in screen(order, desk, outlook):
        pass


asyncio.run(main())
"""

DEATHS = (
    (("footprint.store.evidence", "EvidenceStore", "note_visits"), 2),
    (("footprint.web.recorder", "Recorder", "keep_all"), 2),
    (("footprint.store.evidence", "EvidenceStore", "add_all"), 3),
    (("footprint.casefile", "CaseFile", "note_all"), 4),
)
"""Where the runs die, one after another: after a visit was counted, after the records, after the rows, after the events."""


@pytest.fixture
def town() -> Iterator[Town]:
    kinds = {f"s{number:02d}.test": "found" if number % 3 == 0 else "missing" for number in range(30)}
    with Town(kinds | {"walled.test": "walled"}) as served:
        yield served


def run(place: Path, town: Town, number: int, door: tuple[str, str, str] | None, count: int) -> int:
    words = [str(place), town.pinned, number, number > 0, door, count]
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(words)], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def test_a_sweep_that_is_killed_again_and_again_completes(tmp_path: Path, town: Town) -> None:
    """The chain holds after each death; at the end every site has its verdict and no account was asked for twice."""
    place = make_place(tmp_path / "w", town)

    for number, (door, count) in enumerate(DEATHS):
        assert run(place, town, number, door, count) == -signal.SIGKILL
        verify(place / "audit.jsonl")
    assert run(place, town, len(DEATHS), None, 0) == 0

    verify(place / "audit.jsonl")
    events = [logged.event for logged in read(place / "audit.jsonl")]
    requests = [event for event in events if event.action is Action.REQUEST]
    cut_off = sum(event.counts["cut_off"] for event in events if event.action is Action.CASE_RECOVERED)
    assert max(Counter(event.ids["record"] for event in requests).values()) == 1
    # What was sent and has no line is no more than the visits that recovery counted as cut off, and robots.txt.
    told = sum(town.asked.values()) - len(requests)
    assert told <= cut_off + sum(path == "/robots.txt" for _, path in town.seen)
    with Workspace.open(place) as workspace:
        (case,) = Cases(workspace.database()).list()
        book = PresenceBook.model_validate_json(workspace.get_document(case.id, "presence.json"))
    assert case.state is CaseState.DONE
    said = {result.site: result.verdicts[0].presence for result in book.results}
    assert said == {
        host: {"found": Presence.FOUND, "missing": Presence.NOT_FOUND, "walled": Presence.UNKNOWN}[kind]
        for host, kind in town.sites.items()
    }
    accounts = Counter(host for host, path in town.seen if path == f"/u/{NAME}")
    assert max(accounts.values()) <= 2


def test_a_withdrawal_stops_the_sweep_before_its_next_request(tmp_path: Path, town: Town, call) -> None:
    """The consent is withdrawn while canaries are asked: exit 3, each request has its line, and no site is told the name."""
    place = make_place(tmp_path / "w", town)
    consent = place / "consent.toml"
    withdrawn = (
        '\n[[events]]\nstate = "ConsentWithdrawn"\nat = 2026-11-20T09:00:00Z\nby = "subject"\nmethod = "letter"\n'
    )
    answer = town.answer

    def withdraw(host: str, path: str) -> tuple[int, bytes, dict[str, str]]:
        if path == "/u/inkwell" and "Withdrawn" not in consent.read_text("utf-8"):
            consent.write_text(consent.read_text("utf-8") + withdrawn, encoding="utf-8")
        return answer(host, path)

    town.answer = withdraw  # type: ignore[method-assign]
    words = ["screen", place / "profile.toml", "--consent", consent, "--workspace", place, *town.pins]

    said = call(*words)

    assert said.code == 3
    verify(place / "audit.jsonl")
    events = [logged.event for logged in read(place / "audit.jsonl")]
    requests = [event for event in events if event.action is Action.REQUEST]
    # What was cut off on its way has its line as well, whether or not it still arrived.
    answered = [event for event in requests if event.result != f"unknown:{UnknownReason.INTERRUPTED}"]
    assert len(answered) <= sum(town.asked.values()) <= len(requests)
    assert not [path for _, path in town.seen if path == f"/u/{NAME}"]
    assert any(event.action is Action.REQUEST_WITHHELD and event.result == "refused" for event in events)
