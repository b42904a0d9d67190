"""Answers at the worst moment: after a withdrawal, without the pages, and with a writer that died between two documents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from test_answering import SEALED, SECOND, answered, changed_consent, enter, force

from footprint.admission import Desk, Order
from footprint.after.answering import consent_of, work_in
from footprint.after.erasing import prune
from footprint.after.unlocking import Claim, unlock
from footprint.casefile import CaseFile
from footprint.errors import RefusedError
from footprint.model.attribution import Answer
from footprint.model.authorisation import ConsentState
from footprint.model.event import Action, AuditEvent
from footprint.model.report import Report
from footprint.model.review import CandidateAnswer
from footprint.review.desk import ReviewDesk
from footprint.store.cipher import fresh_identity, recipient_of
from footprint.store.vault import KeyKind
from screened import over, put_review, screened

Events = Callable[[], list[AuditEvent]]


@pytest.fixture
async def report(desk: Desk, order: Order) -> Report:
    """The demonstration's case; its web is gone when the test begins."""
    return await screened(desk, order)


async def test_a_withdrawal_that_was_shown_is_remembered(
    desk: Desk, report: Report, order: Order, events: Events
) -> None:
    """The log holds the change of the consent and the refusal, so the next call without the file is refused as well."""
    assert order.consent is not None
    sat = enter(desk, report, "F03", Answer.NOT_MINE)
    given = consent_of(sat, order.consent)
    assert given is not None
    gone = given.but(events=(*given.events, given.events[-1].but(state=ConsentState.WITHDRAWN)))
    for consent in (gone, gone, None):
        with pytest.raises(RefusedError):
            await work_in(sat, consent)
    changed = [event.ids for event in events() if event.action is Action.CONSENT_CHANGED]
    refused = [(event.rules, event.result) for event in events() if event.action is Action.CASE_REFUSED]

    assert changed == [{"authorisation": given.id, "state": "ConsentWithdrawn"}]
    assert refused == [(("UK-7-answer",), "refused")] * 3


async def test_a_refusal_for_want_of_pages_is_in_the_log(desk: Desk, report: Report, events: Events) -> None:
    """Its rule and the case, no word."""
    put_review(desk, report.case, over(desk.clock.now()))
    prune(desk, report.case)
    with pytest.raises(RefusedError):
        await answered(desk, report, "F03", Answer.NOT_MINE)
    last = events()[-1]

    assert (last.action, last.case, last.rules) == (Action.CASE_REFUSED, report.case, ("UK-5.1d-pages",))


async def test_without_a_consent_no_answer_is_waited_for(desk: Desk, report: Report) -> None:
    """Nothing can work it in any more, so no outcome waits for that; a verdict younger than the answer is needed all the same."""
    changed_consent(desk, report, ConsentState.WITHDRAWN)
    sat = enter(desk, report, "F03", Answer.NOT_MINE)

    assert not sat.matter.is_behind
    changed_consent(desk, report, ConsentState.RENEWED)
    assert sat.matter.is_behind


@pytest.mark.parametrize("stands", ["pages", "consent"])
async def test_a_refusal_does_not_leave_an_edition_half_issued(
    stands: str, desk: Desk, report: Report, events: Events, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the files, and then nothing may be judged: what was decided before is finished, and the log holds."""
    sat = enter(desk, report, "F03", Answer.NOT_MINE)
    whole = desk.workspace.put_document
    left = iter([True])

    def put(case_id: str, name: str, content: bytes) -> object:
        if not next(left, False):
            raise KeyboardInterrupt
        return whole(case_id, name, content)

    with monkeypatch.context() as dying:
        dying.setattr(desk.workspace, "put_document", put)
        with pytest.raises(KeyboardInterrupt):
            await work_in(sat)
    if stands == "pages":
        desk.workspace.vault().destroy(report.case, KeyKind.CAPTURE, desk.clock.now())
    else:
        changed_consent(desk, report, ConsentState.WITHDRAWN)
    done = await work_in(ReviewDesk(desk, report.case, "V-1"))

    content = desk.workspace.get_document(report.case, "report.json")
    digests = [event.digests["report.json"] for event in events() if event.action is Action.REPORTED]

    assert done.edition == 2
    assert digests[1:] == [hashlib.sha256(content).hexdigest()]
    with pytest.raises(RefusedError):
        await answered(desk, report, "F01", Answer.NOT_MINE)
    assert desk.workspace.get_document(report.case, "report.json") == content


@pytest.mark.parametrize("written", range(4))
@pytest.mark.parametrize("given", [Answer.MINE, Answer.UNSURE])
async def test_what_is_sealed_and_what_the_report_lists_never_part(
    given: Answer, written: int, desk: Desk, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after any document of an edition that seals less, and then the answer is taken back: it can be unlocked again."""
    key = fresh_identity().decode()
    desk.workspace.settings = desk.workspace.settings.but(unlockers={SECOND: recipient_of(key.encode())})
    report = await screened(desk, order)
    claim = Claim(by=SECOND, key=key, condition="DPA-SCH1-11", document="APD-2026-1")
    sat = force(desk, report, (SEALED, Answer.NOT_MINE))
    sat.check()
    whole = desk.workspace.put_document
    left = iter([True] * written)

    def put(case_id: str, name: str, content: bytes) -> object:
        if not next(left, False):
            raise KeyboardInterrupt
        return whole(case_id, name, content)

    with monkeypatch.context() as dying:
        dying.setattr(desk.workspace, "put_document", put)
        dying.setattr(CaseFile, "note", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            await work_in(sat)
    sat.enter(CandidateAnswer(item=SEALED, answer=given, received=report.generated_at))
    await work_in(ReviewDesk(desk, report.case, "V-1"))

    assert "epilepsy" in unlock(desk, report.case, SEALED, claim).text
