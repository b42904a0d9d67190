"""The wall, from other sides: a resumed run, a part of the profile, the plan, a clock set back, runs used up, two at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from test_cli_interrupt import lasting
from test_cli_wall import CHANGES, NAMES, Doorbell, change, doorbell, place

from footprint.admission import Desk, Order, admit
from footprint.audit.log import AuditLog, read
from footprint.casefile import CaseFile
from footprint.demo.clock import START, DemoClock
from footprint.errors import InputError, RefusedError
from footprint.files import read_record
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.event import Action, AuditEvent
from footprint.store.cases import CaseRecord, Cases, CaseState
from footprint.store.workspace import Workspace

__all__ = ["doorbell", "place"]

COVERAGE = {"other sources", "other identifiers", "source not in the policy"}
"""What --covered-only may leave out; everything else is a refusal with it as without it."""


def stop_a_case(folder: Path, *, runs: int = 1, state: CaseState = CaseState.STOPPED) -> None:
    """Leave cases behind as runs would that were begun and ended."""
    consent = read_record(folder / "consent.toml", Authorisation)
    profile = read_record(folder / "profile.toml", Candidate)
    with Workspace.open(folder) as workspace:
        cases = Cases(workspace.database())
        for run in range(1, runs + 1):
            case = CaseRecord(
                id=f"CASE-{run}",
                authorisation=consent.id,
                candidate=profile.id,
                profile_sha256=profile.digest(),
                consent_sha256=consent.terms_sha256(),
                salt="a" * 64,
                opened_at=START,
            )
            assert cases.open(case, at_most=9) is not None
            cases.close(case.id, state, START)


def pins(doorbell: Doorbell) -> list[str]:
    return [word for name in NAMES for word in ("--loopback", f"{name}=127.0.0.1:{doorbell.port}")]


def order(folder: Path) -> tuple[object, ...]:
    return (folder / "profile.toml", "--consent", folder / "consent.toml", "--workspace", folder)


def assert_refused(said, folder: Path, bell: Doorbell, events: int = 1) -> None:
    assert said.code == 3, said
    assert said.out == ""
    assert said.err.count("Refused (") == 1
    assert "To mend it: " in said.err
    assert [event.event.action for event in read(folder / "audit.jsonl")][-events:] == [Action.CASE_REFUSED] * events
    assert bell.rung == 0


@pytest.mark.parametrize("name", CHANGES)
def test_a_stopped_case_is_no_way_round_the_wall(name: str, place: Path, doorbell: Doorbell, call) -> None:
    """--resume asks the consent as a new run does: exit 3, one event, no connection, and the case stays stopped."""
    stop_a_case(place)
    change(place, *CHANGES[name])

    assert_refused(call("screen", *order(place), "--resume", *pins(doorbell)), place, doorbell)
    assert len(list(read(place / "audit.jsonl"))) == 1
    with Workspace.open(place) as workspace:
        assert [case.state for case in Cases(workspace.database()).list()] == [CaseState.STOPPED]


@pytest.mark.parametrize("name", sorted(set(CHANGES) - COVERAGE))
def test_a_part_of_the_profile_is_no_way_round_the_wall(name: str, place: Path, doorbell: Doorbell, call) -> None:
    """--covered-only leaves out identifiers; it does not make a consent valid."""
    change(place, *CHANGES[name])

    assert_refused(call("screen", *order(place), "--covered-only", *pins(doorbell)), place, doorbell)


@pytest.mark.parametrize("name", CHANGES)
def test_a_plan_is_refused_with_one_event(name: str, place: Path, doorbell: Doorbell, call) -> None:
    """What may not be asked is not even planned."""
    change(place, *CHANGES[name])

    assert_refused(call("plan", *order(place)), place, doorbell)


def test_nothing_covered_is_refused(place: Path, doorbell: Doorbell, call) -> None:
    """Where --covered-only leaves nothing, there is no run."""
    change(place, "consent.toml", r"identifiers = \[.*?\]", 'identifiers = ["github:else@code.example"]')

    assert_refused(call("screen", *order(place), "--covered-only", *pins(doorbell)), place, doorbell)


def test_runs_that_are_used_up_are_refused(place: Path, doorbell: Doorbell, call) -> None:
    """The fourth run of a consent for three is not begun."""
    stop_a_case(place, runs=3)

    assert_refused(call("screen", *order(place), *pins(doorbell)), place, doorbell)


def test_a_run_that_counts_can_still_be_resumed(place: Path, doorbell: Doorbell, call) -> None:
    """The last run that the consent allows, stopped, can go on: it is no new one."""
    stop_a_case(place, runs=3)

    assert call("screen", *order(place), "--resume", *pins(doorbell)).code == 4
    assert doorbell.rung > 0


def test_a_clock_that_was_set_back_is_refused_each_time(place: Path, doorbell: Doorbell, call) -> None:
    """What any event of the log has seen is past: not even a second attempt gets by."""
    later = AuditEvent(at=START + timedelta(days=90), actor="op-1", action=Action.CASE_REFUSED, result="refused")
    AuditLog(place / "audit.jsonl").append(later)

    for attempt in (1, 2, 3):
        said = call("screen", *order(place), *pins(doorbell))
        assert "UK-30-clock" in said.err
        assert_refused(said, place, doorbell, events=attempt)


def test_an_expired_consent_is_not_revived_by_the_clock(place: Path, doorbell: Doorbell, call) -> None:
    """A consent that was seen to be expired stays so when the clock is set back before its end."""
    later = DemoClock(START + timedelta(days=400))
    with Workspace.open(place) as workspace:
        desk = Desk(workspace, AuditLog(workspace.audit_path), Cases(workspace.database()), later, lambda _: "00")
        with pytest.raises(RefusedError, match="UK-7-scope"):
            admit(Order(profile=place / "profile.toml", consent=place / "consent.toml"), desk)

    assert_refused(call("screen", *order(place), *pins(doorbell)), place, doorbell, events=2)


def test_other_terms_are_another_case(place: Path, doorbell: Doorbell, call) -> None:
    """A consent that was changed, even where it is valid, does not carry a case that began under other terms."""
    stop_a_case(place)
    change(place, "consent.toml", "max_visits = 2", "max_visits = 1")
    said = call("screen", *order(place), "--resume", *pins(doorbell))

    assert "since the case began" in said.err
    assert_refused(said, place, doorbell)


def test_two_that_were_admitted_to_one_run_do_not_both_begin(desk: Desk, order: Order, events) -> None:
    """Counting the runs and taking one is one step: the second is refused with one event, in the words of the rule."""
    text = order.consent.read_text(encoding="utf-8")
    order.consent.write_text(text.replace("max_runs = 3", "max_runs = 1"), encoding="utf-8")
    first, second = admit(order, desk), admit(order, desk)
    CaseFile.open(desk, first)
    with pytest.raises(RefusedError, match="used up"):
        CaseFile.open(desk, second)

    assert [event.action for event in events()] == [Action.CASE_OPENED, Action.CASE_REFUSED]
    assert len(desk.cases.list()) == 1


def test_a_case_at_work_is_not_resumed_beside_itself(desk: Desk, order: Order, events) -> None:
    """Two processes on one case would write over each other's records: the second is told to wait."""
    with CaseFile.at_work(desk, admit(order, desk)) as case:
        beside = admit(Order(profile=order.profile, consent=order.consent, resume=True), desk)
        before = len(events())
        with pytest.raises(InputError, match="no other run is at work"), CaseFile.at_work(desk, beside):
            raise AssertionError
        assert len(events()) == before

    assert beside.resumed is not None
    assert beside.resumed.id == case.record.id
    with CaseFile.at_work(desk, beside) as resumed:
        assert resumed.record.id == case.record.id


def test_two_processes_do_not_share_the_last_run(place: Path, doorbell: Doorbell, call) -> None:
    """Begun at once on one consent for one run, one process goes on and the other ends with 3."""
    (place / "consent.toml").rename(place / "example-consent.toml")
    lasting(place)
    (place / "example-consent.toml").rename(place / "consent.toml")
    change(place, "consent.toml", "max_runs = 3", "max_runs = 1")
    words = [sys.executable, "-m", "footprint", "screen", *map(str, order(place)), *pins(doorbell)]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [(*process.communicate(timeout=60), process.returncode) for process in both]

    assert sorted(code for _, _, code in said) == [3, 4], said
    assert sum("Refused (UK-5.1b-runs)" in err for _, err, _ in said) == 1
    assert call("audit", "verify", "--workspace", place).code == 0
