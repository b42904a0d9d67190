"""The straight line, end to end, over the demonstration's web and over webs that fail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from answers import DEMO
from footprint.admission import Desk, Order
from footprint.audit.log import AuditLog
from footprint.cli.demo import counted_token
from footprint.demo.clock import DemoClock
from footprint.demo.server import DemoWeb
from footprint.errors import InputError, RefusedError, StoreError
from footprint.ledger import Tally
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import UnknownReason
from footprint.model.finding import Category, WithheldReason
from footprint.model.report import Report, StopReason
from footprint.screening import Outlook, Stage, screen
from footprint.store.cases import Cases, CaseState
from footprint.store.workspace import Workspace
from footprint.web.guard import Guard
from footprint.web.recorder import Recorder


async def line(order: Order, desk: Desk, outlook: Outlook) -> tuple[list[Stage], Report]:
    """Run the line to its end."""
    steps = [step async for step in screen(order, desk, outlook)]
    (report,) = [step for step in steps if isinstance(step, Report)]
    return [step for step in steps if isinstance(step, Stage)], report


@pytest.fixture(scope="module")
def web():
    with DemoWeb() as served:
        yield served


def over(web: DemoWeb, **changes: object) -> Outlook:
    return replace(Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1), **changes)


async def test_every_stage_shows_in_the_demonstration(web: DemoWeb, desk: Desk, order: Order) -> None:
    """The cast makes every stage visible: findings, context, exclusions, seals, namesakes, unknowns."""
    stages, report = await line(order, desk, over(web))

    assert [stage.action for stage in stages] == [
        Action.PLANNED, Action.COLLECTED, Action.ATTRIBUTED, Action.LEGALITY, Action.RELEVANCE, Action.MASKED,
    ]  # fmt: skip
    found = {relevance.category for finding in report.findings for relevance in finding.relevances}
    assert found == {Category.THREATS, Category.DISCRIMINATION, Category.DISCLOSURE}
    assert {finding.needs_context for finding in report.findings} == {True, False}
    assert {item.reason for item in report.withheld} == {WithheldReason.EXCLUDED, WithheldReason.SEALED}
    assert report.told_apart.someone_else > 0
    assert report.told_apart.undetermined > 0
    expected = {
        UnknownReason.ROBOTS,
        UnknownReason.WALL,
        UnknownReason.ABSENT,
        UnknownReason.OPTED_OUT,
        UnknownReason.OFF_HOST,
    }
    assert set(report.unknowns) >= expected
    assert report.demonstration


async def test_two_runs_give_the_same_report(web: DemoWeb, tmp_path: Path, order: Order) -> None:
    """The same clock, tokens and web give the same bytes: the report follows from what was read."""
    made = []
    settings, policy = (DEMO.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    for name in ("one", "two"):
        with Workspace.create(tmp_path / name, settings, policy, salt=bytes(32)) as workspace:
            desk = Desk(
                workspace,
                AuditLog(workspace.audit_path),
                Cases(workspace.database()),
                DemoClock(),
                counted_token(),
                demonstration=True,
            )
            _, report = await line(order, desk, over(web))
            made.append(workspace.get_document(report.case, "report.html"))

    assert made[0] == made[1]


async def test_requests_events_and_records_agree(
    web: DemoWeb, desk: Desk, order: Order, events: Callable[[], list[AuditEvent]]
) -> None:
    """What the web was asked, what the log says, and what the WARC holds is one number."""
    before = web.requests
    _, report = await line(order, desk, over(web))
    asked = web.requests - before
    (warc,) = desk.workspace.captures(report.case)
    with desk.workspace.open_capture(report.case, warc) as stream:
        answers = [
            record for record in ArchiveIterator(stream) if record.rec_type in ("response", "revisit", "metadata")
        ]

    assert asked == len([event for event in events() if event.action is Action.REQUEST]) == len(answers)
    assert all(event.demonstration for event in events())


async def test_withheld_text_is_in_no_report(web: DemoWeb, desk: Desk, order: Order) -> None:
    """Not a word of what was excluded or sealed, and nothing of an opted-out account, is in what is written for a reader."""
    _, report = await line(order, desk, over(web))
    written = (
        b"".join(desk.workspace.get_document(report.case, name) for name in ("report.html", "report.json"))
        + desk.workspace.audit_path.read_bytes()
    )

    for canary in (b"tulips", b"chemo", b"picket", b"1994-03-08"):
        assert canary not in written.lower(), canary


async def test_a_source_that_is_down_does_not_stop_the_others(web: DemoWeb, desk: Desk, order: Order) -> None:
    """A host that cannot be reached becomes Unknowns; the rest is read."""
    pinned = {**web.pinned, "code.example": ("127.0.0.1", 9)}
    _, report = await line(order, desk, over(web, guard=Guard(pinned=pinned)))
    coverage = {source.source: source for source in report.coverage}

    assert coverage["github"].unknown == {UnknownReason.TRANSPORT: coverage["github"].asked}
    assert coverage["mediawiki"].answered > 0
    assert coverage["mediawiki"].stop is StopReason.DONE


async def test_names_that_are_not_pinned_reach_no_private_address(web: DemoWeb, desk: Desk, order: Order) -> None:
    """Without pins the guard refuses loopback, and nothing is read."""

    async def to_loopback(host: str, port: int) -> tuple[str, ...]:
        return ("127.0.0.1",)

    before = web.requests
    _, report = await line(order, desk, over(web, guard=Guard(resolve=to_loopback)))

    assert set(report.unknowns) <= {UnknownReason.ADDRESS, UnknownReason.ROBOTS}
    assert web.requests == before
    assert report.findings == ()


async def test_an_interrupted_run_is_resumed_without_a_second_visit(
    web: DemoWeb, desk: Desk, order: Order, events: Callable[[], list[AuditEvent]]
) -> None:
    """Ctrl-C leaves a case that resumes, and what was read is not asked for again."""
    before = web.requests

    def interrupt(identifier: str, tally: Tally) -> None:
        if identifier.startswith("mediawiki") and tally.answered == 1:
            task.cancel()

    # What asyncio makes of Ctrl-C: the main task is cancelled.
    task = asyncio.create_task(line(order, desk, over(web, watch=interrupt)))
    with pytest.raises(asyncio.CancelledError):
        await task
    (stopped,) = desk.cases.list()
    assert stopped.state is CaseState.STOPPED

    _, report = await line(replace(order, resume=True), desk, over(web))
    (done,) = desk.cases.list()
    assert (done.id, done.state, report.case) == (stopped.id, CaseState.DONE, stopped.id)
    asked = {entry.url for entry in report.search_log if not entry.result.startswith("not asked")}
    requests = [event for event in events() if event.action is Action.REQUEST]

    # One was in flight when the interruption came: it had not been read, and the log says so.
    assert [event.result for event in requests].count("unknown:interrupted") == 1
    assert len(requests) == len(asked) + 1
    assert any("before the case was resumed" in entry.result for entry in report.search_log)
    assert web.requests - before <= len(requests)
    assert report.findings


async def test_there_must_be_something_to_resume(web: DemoWeb, desk: Desk, order: Order) -> None:
    """--resume without a stopped case is bad input, not a new run."""
    with pytest.raises(InputError, match="--resume"):
        await line(replace(order, resume=True), desk, over(web))


async def test_a_withdrawal_in_mid_run_stops_it_within_one_request(
    web: DemoWeb, desk: Desk, order: Order, events: Callable[[], list[AuditEvent]]
) -> None:
    """Nothing is asked after the withdrawal is written; the case stands as stopped and the log says by which rule."""
    seen: list[int] = []

    def withdraw(identifier: str, tally: object) -> None:
        if identifier.startswith("mastodon") and not seen:
            seen.append(web.requests)
            text = order.consent.read_text(encoding="utf-8")
            event = '\n[[events]]\nstate = "ConsentWithdrawn"\nat = 2026-11-20T09:00:00Z\nby = "subject"\nmethod = "e-mail"\n'
            order.consent.write_text(text + event, encoding="utf-8")

    with pytest.raises(RefusedError, match="withdrawn"):
        await line(order, desk, over(web, watch=withdraw))

    assert web.requests <= seen[0] + 1
    assert desk.cases.list()[0].state is CaseState.STOPPED
    assert events()[-1].action is Action.CASE_STOPPED
    assert events()[-1].rules == ("UK-7-withdrawn",)


async def test_hosts_are_read_side_by_side(web: DemoWeb, desk: Desk, order: Order) -> None:
    """With several identifiers at once the same observations come out, in the order of the plan."""
    _, report = await line(order, desk, over(web, at_once=8))

    _, sequential = await line(order, desk, over(web))
    assert [source.identifier for source in report.coverage] == [source.identifier for source in sequential.coverage]
    assert [finding.excerpt for finding in report.findings] == [finding.excerpt for finding in sequential.findings]


async def test_the_reports_json_is_the_report(web: DemoWeb, desk: Desk, order: Order) -> None:
    """`report.json` reads back as the same value."""
    _, report = await line(order, desk, over(web))
    text = desk.workspace.get_document(report.case, "report.json").decode()

    assert Report.model_validate(json.loads(text)) == report


async def test_a_full_disk_in_the_middle_is_one_error_of_ours(
    web: DemoWeb, desk: Desk, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stops the readers comes out as itself, not as a group with a trace of addresses: exit code 1."""
    real, calls = Recorder.keep, []

    def full(*words: object, **named: object) -> object:
        calls.append(1)
        if len(calls) > 3:
            raise StoreError("the record could not be written: No space left on device")
        return real(*words, **named)

    monkeypatch.setattr(Recorder, "keep", full)
    with pytest.raises(StoreError, match="No space left"):
        await line(order, desk, over(web, at_once=8))

    assert desk.cases.list()[0].state is CaseState.STOPPED


async def test_a_fault_of_the_program_is_not_dressed_up(
    web: DemoWeb, desk: Desk, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that is not ours comes out as it is, and the case can go on."""

    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(Recorder, "keep", broken)
    with pytest.raises(ExceptionGroup) as raised:
        await line(order, desk, over(web))

    assert raised.group_contains(ZeroDivisionError)
    assert desk.cases.list()[0].state is CaseState.STOPPED
