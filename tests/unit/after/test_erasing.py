"""What is pruned and erased is gone from the disk, what has to stay stays, and the log still verifies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from footprint.admission import Desk, Order
from footprint.after.erasing import EVIDENCE, Ground, erase, prune
from footprint.errors import InputError, RefusedError, StoreError
from footprint.model.event import Action, AuditEvent
from footprint.model.report import Report
from footprint.store.cases import CaseState
from footprint.web.excerpt import answers
from screened import held, over, put_review, screened

CANARIES = (b"tulips", b"epilepsy", b"signal box", b"maraquill", b"Mara Quill")
"""Words of pages, of a sealed item, of an address, of the profile."""


@pytest.fixture
async def report(desk: Desk, order: Order) -> Report:
    return await screened(desk, order)


@pytest.fixture
def finished(desk: Desk, report: Report) -> Report:
    """A case whose outcome and appeal window are over."""
    put_review(desk, report.case, over(desk.clock.now()))
    return report


def everything(folder: Path) -> bytes:
    """Return every byte that lies in a workspace, and the names of its files."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return b"\n".join([*(path.read_bytes() for path in paths), *(str(path).encode() for path in paths)])


def test_a_pruned_case_keeps_what_stands_behind_its_findings(
    desk: Desk, finished: Report, events: Callable[[], list[AuditEvent]]
) -> None:
    """The captures are gone, and the answer behind each finding is there, as it was."""
    pruned = prune(desk, finished.case)
    kept = BytesIO(desk.workspace.get_document(finished.case, EVIDENCE))
    bodies = {answer.record_id: answer.body for answer in answers(kept)}

    assert desk.workspace.captures(finished.case) == ()
    assert pruned.captures == 1
    assert set(bodies) >= {finding.record_id for finding in finished.findings}
    for finding in finished.findings:
        assert hashlib.sha256(bodies[finding.record_id]).hexdigest() == finding.evidence_sha256
    assert len(bodies) < len(finished.evidence)
    assert [event.result for event in events() if event.action is Action.CASE_PRUNED] == ["begun", "done"]


def test_pruning_twice_changes_nothing(desk: Desk, finished: Report) -> None:
    """A crash in the middle is made good by running it again."""
    prune(desk, finished.case)
    before = desk.workspace.get_document(finished.case, EVIDENCE)

    assert prune(desk, finished.case).captures == 0
    assert desk.workspace.get_document(finished.case, EVIDENCE) == before


def test_a_case_that_is_not_over_is_not_pruned(desk: Desk, report: Report) -> None:
    """No outcome yet: its pages may be needed."""
    with pytest.raises(RefusedError, match="no outcome yet") as refused:
        prune(desk, report.case)
    assert refused.value.rule == "UK-5.1e-over"
    assert desk.workspace.captures(report.case) != ()


def test_an_appeal_window_that_is_open_keeps_the_pages(desk: Desk, report: Report, monkeypatch) -> None:
    """The refusal names the day."""
    put_review(desk, report.case, over(desk.clock.now().replace(year=2028)))
    with pytest.raises(RefusedError, match=r"until \d\d \w+ 2027"):
        prune(desk, report.case)


@pytest.mark.parametrize("end", [prune, lambda desk, case: erase(desk, case, Ground.REQUEST)])
def test_what_is_held_stays(desk: Desk, report: Report, end: Callable[[Desk, str], object]) -> None:
    """A claim, a complaint, a court's order."""
    put_review(desk, report.case, held(desk.clock.now()))
    with pytest.raises(RefusedError, match="put off") as refused:
        end(desk, report.case)
    assert refused.value.rule == "UK-17-held"
    assert desk.workspace.get_document(report.case, "report.json")


def test_of_an_erased_case_no_byte_is_left(desk: Desk, report: Report, tmp_path: Path) -> None:
    """Not in a file, a name, the database or its write-ahead log; before it, the database did hold addresses."""
    copy = tmp_path / "out" / "report.html"
    desk.workspace.hand_out(
        report.case, copy, desk.workspace.get_document(report.case, "report.html"), desk.clock.now()
    )
    before = everything(desk.workspace.folder)
    assert b"maraquill" in before
    erased = erase(desk, report.case, Ground.REQUEST)
    after = everything(desk.workspace.folder)

    for canary in CANARIES:
        assert canary not in after, canary
    assert not copy.exists()
    assert erased.certificate.copies_removed == 1
    assert not (desk.workspace.folder / "cases" / report.case).exists()


def test_an_erased_case_leaves_a_stub_and_a_certificate(
    desk: Desk, report: Report, events: Callable[[], list[AuditEvent]]
) -> None:
    """Its run and its visits still count; the certificate's digest is in the log; no name stands in it."""
    used = desk.cases.runs_used(report.authorisation.id)
    erased = erase(desk, report.case, Ground.RETENTION)
    record = desk.cases.get(report.case)
    content = erased.path.read_bytes()

    assert record.state is CaseState.ERASED
    assert set(record.salt) == {"0"}
    assert desk.cases.runs_used(report.authorisation.id) == used
    assert erased.certificate.visits_left > 10
    assert erased.certificate.rows > 20
    (done,) = [e for e in events() if e.action is Action.CASE_ERASED and e.result == "done"]
    assert done.digests["certificate"] == hashlib.sha256(content).hexdigest()
    assert json.loads(content)["ground"] == "retention"
    assert desk.cases.find_resumable(report.authorisation.id, record.profile_sha256) is None


def test_an_erased_case_is_erased_once(desk: Desk, report: Report) -> None:
    """Asked again, it is said to be gone; and it can neither be pruned nor resumed."""
    erase(desk, report.case, Ground.REQUEST)
    for again in (lambda: erase(desk, report.case, Ground.REQUEST), lambda: prune(desk, report.case)):
        with pytest.raises(InputError, match="it was erased"):
            again()
    with pytest.raises(InputError, match="not done"):
        desk.cases.resume(report.case, desk.clock.now())


def test_an_erasure_that_was_cut_short_is_ended_by_the_next(desk: Desk, report: Report, monkeypatch) -> None:
    """The keys are gone first: what a crash leaves lying about cannot be read, and the next run takes it away."""

    def fail(_self: object, _case: str) -> int:
        raise StoreError("the disk failed")

    with monkeypatch.context() as patch:
        patch.setattr("footprint.store.workspace.Workspace.delete_case", fail)
        with pytest.raises(StoreError):
            erase(desk, report.case, Ground.REQUEST)
    with pytest.raises(InputError, match="it was destroyed"):
        desk.workspace.get_document(report.case, "report.json")
    erase(desk, report.case, Ground.REQUEST)

    assert b"maraquill" not in everything(desk.workspace.folder)


def test_another_case_is_left_alone(desk: Desk, report: Report, order: Order) -> None:
    """Erasure of one case touches no other's key."""
    desk.workspace.put_document("CASE-2", "report.json", b"another")
    erase(desk, report.case, Ground.UNLAWFUL)

    assert desk.workspace.get_document("CASE-2", "report.json") == b"another"
