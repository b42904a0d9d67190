"""After a killed run: what it asked and could not write down is entered, once, and counted."""

from __future__ import annotations

import pytest
from test_gate import ROBOTS, SITE, Hall, answering

from footprint.admission import Desk, Order, admit
from footprint.casefile import CaseFile
from footprint.errors import UnreadableError
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import UnknownReason
from footprint.recovery import recover

ANSWERS = {SITE: answering(), ROBOTS: answering(b"", kind="text/plain")}


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours catches it."""


@pytest.fixture
def hall(desk: Desk, order: Order) -> Hall:
    return Hall(desk, order, dict(ANSWERS))


def die(*_: object, **__: object) -> None:
    raise Killed


def requests(events) -> list[AuditEvent]:
    return [event for event in events() if event.action is Action.REQUEST]


def recovered(events) -> list[dict[str, int]]:
    return [event.counts for event in events() if event.action is Action.CASE_RECOVERED]


async def test_nothing_is_entered_where_nothing_is_missing(hall: Hall, events) -> None:
    """A case whose records all have their events is left as it is."""
    await hall.ask()
    before = events()
    recover(hall.case, hall.admission.plan)

    assert events() == before


async def test_a_row_without_its_event_is_entered(hall: Hall, events, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before the event, the evidence stands: the event is written, and the page is not asked for again."""
    monkeypatch.setattr("footprint.ledger.Ledger._note", die)
    with pytest.raises(Killed):
        await hall.ask("website.page")
    monkeypatch.undo()
    recover(hall.case, hall.admission.plan)
    recover(hall.case, hall.admission.plan)

    (event,) = requests(events)
    assert (event.ids["planned"], event.ids["evidence"], event.result) == ("robots", "E0001", "200")
    assert recovered(events) == [{"entered": 1, "cut_off": 0}]


@pytest.mark.parametrize(("asked", "planned"), [("website.page", "robots"), ("mediawiki.user", "mediawiki.user")])
async def test_a_record_without_its_row_is_entered_as_interrupted(
    hall: Hall, events, monkeypatch: pytest.MonkeyPatch, asked: str, planned: str
) -> None:
    """Killed before the row, the record stands alone: it is entered, listed as unknown, and asked for again."""
    hall.web.answers[hall.planned("mediawiki.user").template] = answering(b"{}", kind="application/json")
    monkeypatch.setattr("footprint.store.evidence.EvidenceStore.add", die)
    with pytest.raises(Killed):
        await hall.ask(asked)
    monkeypatch.undo()
    recover(hall.case, hall.admission.plan)

    (event,) = requests(events)
    assert (event.ids["planned"], event.result) == (planned, "unknown:interrupted")
    assert [unknown.reason for unknown in hall.case.evidence.unknowns()] == [UnknownReason.INTERRUPTED]
    assert recovered(events) == [{"entered": 1, "cut_off": 0}]
    hall.gate._used.clear()
    assert await hall.ask(asked) in (b"{}", b"<p>Hello</p>")


async def test_a_redirects_record_belongs_to_its_host(hall: Hall, events, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that the plan does not print, reached by a redirect, is entered under a line of the same host."""
    hall.web.answers[SITE] = answering(b"", status=301, Location="/home")
    with pytest.raises(UnreadableError):
        await hall.ask()
    hall.web.answers[SITE + "home"] = answering()
    monkeypatch.setattr("footprint.store.evidence.EvidenceStore.add", die)
    hall.gate._used.clear()
    with pytest.raises(Killed):
        await hall.ask()
    monkeypatch.undo()
    recover(hall.case, hall.admission.plan)

    assert requests(events)[-1].ids["source"] == "website"


async def test_a_request_that_left_nothing_is_counted(desk: Desk, order: Order, events) -> None:
    """Killed while the answer was awaited, only the visit stands: it is counted, so that the log does not say less."""
    hall = Hall(desk, order, dict(ANSWERS))

    def kill(url: str) -> None:
        if url == SITE:
            raise Killed

    hall.web.before = kill
    with pytest.raises(Killed):
        await hall.ask()
    resumed = admit(Order(profile=order.profile, consent=order.consent, resume=True), desk)
    with CaseFile.at_work(desk, resumed) as case:
        recover(case, resumed.plan)
        recover(case, resumed.plan)  # of a run that was killed before it asked for anything

    assert recovered(events) == [{"entered": 0, "cut_off": 1}], "counted once, however often the case is resumed"
