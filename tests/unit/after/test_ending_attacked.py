"""What a review of keys, erasure, unlocking and the check of what was kept found wrong."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from footprint.admission import Desk, Order
from footprint.after.erasing import EVIDENCE, Ground, erase, prune
from footprint.after.holdings import holdings_of
from footprint.after.unlocking import Claim, unlock
from footprint.audit.inspection import inspect
from footprint.casefile import SEALED, CaseFile
from footprint.errors import FootprintError, InputError, RefusedError, StoreError, VerificationError
from footprint.files import parse_record, write_stream
from footprint.model.event import Action, AuditEvent
from footprint.model.finding import SealedItems, WithheldReason
from footprint.model.report import Report
from footprint.papers.pdf_signature import check_signature
from footprint.store.cipher import fresh_identity, open_with, recipient_of, seal_to
from footprint.store.vault import KeyKind
from footprint.store.workspace import Workspace
from footprint.store.workspace_key import KeyPlace
from screened import held, over, put_review, screened

FIRST, SECOND = "second-1", "second-2"
WORDS = "a few plain words"


@pytest.fixture
def keys() -> dict[str, str]:
    return {person: fresh_identity().decode() for person in (FIRST, SECOND)}


@pytest.fixture
async def report(desk: Desk, order: Order, keys: dict[str, str]) -> Report:
    """A case in a workspace that names two second persons."""
    people = {person: recipient_of(key.encode()) for person, key in keys.items()}
    desk.workspace.settings = desk.workspace.settings.but(unlockers=people)
    return await screened(desk, order)


@pytest.fixture
def item(report: Report) -> str:
    (found,) = [entry.observation for entry in report.withheld if entry.reason is WithheldReason.SEALED]
    return found


@pytest.fixture
def finished(desk: Desk, report: Report) -> Report:
    """A case whose outcome and appeal window are over."""
    put_review(desk, report.case, over(desk.clock.now()))
    return report


def verify(desk: Desk) -> None:
    inspect(desk.workspace.audit_path, holdings_of(desk.workspace))


def fail(*_given: object, **_named: object) -> int:
    raise StoreError("the disk failed")


def locked(desk: Desk, case_id: str, name: str) -> Path:
    return desk.workspace.folder / "cases" / case_id / f"{name}.locked"


def test_erasure_of_a_reviewed_case_that_was_cut_short_is_ended_by_the_next(
    desk: Desk, finished: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The review cannot be read any more, and that must not stand in the way."""
    with monkeypatch.context() as patch:
        patch.setattr("footprint.store.workspace.Workspace.delete_case", fail)
        with pytest.raises(StoreError):
            erase(desk, finished.case, Ground.REQUEST)
    assert erase(desk, finished.case, Ground.REQUEST).path.is_file()


@pytest.mark.parametrize("step", ["forget", "write_whole"])
def test_erasure_that_was_cut_short_at_its_end_is_ended_by_the_next(
    step: str,
    desk: Desk,
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
    events: Callable[[], list[AuditEvent]],
) -> None:
    """After the rows are gone: the write-ahead log is still to be emptied, the certificate to be written."""
    with monkeypatch.context() as patch:
        patch.setattr(f"footprint.after.erasing.{step}", fail)
        with pytest.raises(StoreError):
            erase(desk, report.case, Ground.REQUEST)
    erased = erase(desk, report.case, Ground.REQUEST)

    assert erased.path.is_file()
    assert [event.result for event in events() if event.action is Action.CASE_ERASED][-1] == "done"


def test_a_hold_that_is_entered_last_of_all_is_heeded(
    desk: Desk, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the question and the lock another process may enter one: the question is asked under the lock."""
    real = Workspace.hold_case

    def late(self: Workspace, case_id: str) -> object:
        put_review(desk, case_id, held(desk.clock.now()))
        return real(self, case_id)

    monkeypatch.setattr(Workspace, "hold_case", late)
    with pytest.raises(RefusedError, match="put off"):
        erase(desk, report.case, Ground.REQUEST)


async def test_a_case_that_is_erased_before_it_is_held_does_not_go_on(
    desk: Desk, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Erased by another process between its row and its lock: nothing is fetched, no page is left."""
    real = CaseFile.open

    def then_erased(desk: Desk, admission: object) -> CaseFile:
        case = real(desk, admission)  # type: ignore[arg-type]
        erase(desk, case.record.id, Ground.REQUEST)
        return case

    monkeypatch.setattr(CaseFile, "open", then_erased)
    with pytest.raises(InputError):
        await screened(desk, order)
    assert not list((desk.workspace.folder / "cases").rglob("*.warc.gz*"))
    assert [case.state.value for case in desk.cases.list()] == ["erased"]


def test_erasure_without_the_passphrase_writes_nothing(tmp_path: Path, desk: Desk, report: Report) -> None:
    """Said to have begun, an erasure would let every file of the case be taken away unseen."""
    before = desk.workspace.audit_path.read_bytes()
    desk.workspace.close()
    keys_of = desk.workspace.folder / "workspace.key"
    keys_of.rename(tmp_path / "elsewhere")
    with pytest.raises(FootprintError):
        erase(desk, report.case, Ground.REQUEST)
    assert desk.workspace.audit_path.read_bytes() == before


def test_a_check_without_the_key_accuses_nobody(tmp_path: Path, desk: Desk, report: Report) -> None:
    """No passphrase, or no key: said so, and not that a report is missing or was changed."""
    assert report.case
    desk.workspace.close()
    (desk.workspace.folder / "workspace.key").rename(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match=r"workspace\.key cannot be read"):
        verify(desk)


async def test_a_run_without_the_passphrase_takes_no_run(
    desk: Desk, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for before the case's row is made."""

    def no_words(_self: Workspace) -> object:
        raise InputError(where="FOOTPRINT_PASSPHRASE", expected="the passphrase of the workspace")

    monkeypatch.setattr(Workspace, "vault", no_words)
    with pytest.raises(InputError):
        await screened(desk, order)
    assert desk.cases.list() == ()


@pytest.mark.parametrize("name", ["report.json", EVIDENCE])
def test_what_pruning_keeps_is_missed_when_it_is_gone(name: str, desk: Desk, finished: Report) -> None:
    """Pruning is no leave to take the report away, or the answers behind its findings."""
    prune(desk, finished.case)
    verify(desk)
    locked(desk, finished.case, name).unlink()
    with pytest.raises(VerificationError):
        verify(desk)


def test_pruning_destroys_no_key_before_every_answer_is_kept(desk: Desk, finished: Report) -> None:
    """A capture is gone: the key to the rest stays until somebody has looked."""
    desk.workspace.delete_captures(finished.case)
    with pytest.raises(VerificationError):
        prune(desk, finished.case)
    assert not desk.workspace.vault().is_destroyed(finished.case, KeyKind.CAPTURE)


def test_a_copy_that_cannot_be_removed_is_told_and_stops_nothing(
    desk: Desk, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a share that may only be read."""
    copy = tmp_path / "share" / "report.html"
    desk.workspace.hand_out(report.case, copy, b"a copy", desk.clock.now())
    real = Path.unlink

    def unlink(self: Path, *, missing_ok: bool = False) -> None:
        if self == copy:
            raise PermissionError(13, "Permission denied")
        real(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    assert erase(desk, report.case, Ground.REQUEST).elsewhere == (copy,)


def test_a_full_disk_while_captures_are_locked_is_told_and_leaves_no_piece(desk: Desk, report: Report) -> None:
    """The open file stays as it was, and is locked by the next try."""
    (name,) = desk.workspace.captures(report.case)
    folder = desk.workspace.case_folder(report.case)
    with desk.workspace.open_capture(report.case, name) as file:
        content = file.read()
    (folder / name).write_bytes(content)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) // 2, limits[1]))
    try:
        with pytest.raises(StoreError):
            desk.workspace.lock_captures(report.case)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)

    assert (folder / name).read_bytes() == content
    assert list(folder.glob(".*")) == []
    desk.workspace.lock_captures(report.case)
    assert not (folder / name).exists()


def test_a_write_that_is_interrupted_leaves_no_piece(tmp_path: Path) -> None:
    """Ctrl-C while a report is handed out: no half of it lies beside under a name that nobody noted."""

    def interrupted(file: object) -> None:
        file.write(b"a name")  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_stream(tmp_path / "report.html", interrupted)
    assert list(tmp_path.iterdir()) == []


def test_nobody_unlocks_in_anothers_name(desk: Desk, report: Report, item: str, keys: dict[str, str]) -> None:
    """The key is the one that the settings name for this person: else the log would name the wrong one."""
    with pytest.raises(FootprintError):
        unlock(desk, report.case, item, Claim(by=FIRST, key=keys[SECOND], condition="DPA-SCH1-11", document="APD-1"))


def test_a_text_that_was_put_in_afterwards_is_not_shown(
    desk: Desk, report: Report, item: str, keys: dict[str, str]
) -> None:
    """Anybody can seal to a public key; the report's commitment tells whether it is the text that was sealed."""
    people = tuple(desk.workspace.settings.unlockers.values())
    content = open_with(keys[FIRST], desk.workspace.get_document(report.case, SEALED))
    kept = parse_record(content, SealedItems, where=SEALED, is_json=True)
    forged = kept.but(items=tuple(entry.but(text="Other words.") for entry in kept.items))
    desk.workspace.put_document(report.case, SEALED, seal_to(people, forged.canonical()))
    with pytest.raises(FootprintError):
        unlock(desk, report.case, item, Claim(by=FIRST, key=keys[FIRST], condition="DPA-SCH1-11", document="APD-1"))


@pytest.mark.parametrize("change", [{"by": "Mara Quill"}, {"condition": "what Mara Quill wrote"}, {"by": "a\nb"}])
def test_what_is_typed_in_a_claim_does_not_reach_the_log(
    change: dict[str, str], desk: Desk, report: Report, item: str, keys: dict[str, str]
) -> None:
    """Refused like any other, without a fault of ours, and the log holds known ids only."""
    claim = {"by": FIRST, "condition": "DPA-SCH1-11", **change}
    with pytest.raises(FootprintError):
        unlock(desk, report.case, item, Claim(key=keys[FIRST], document="APD-1", **claim))
    assert b"Mara Quill" not in desk.workspace.audit_path.read_bytes()


def test_a_key_that_does_not_fit_is_logged(
    desk: Desk, report: Report, item: str, events: Callable[[], list[AuditEvent]]
) -> None:
    """Every try is: also that of somebody who has the id and not the key."""
    stranger = fresh_identity().decode()
    with pytest.raises(FootprintError):
        unlock(desk, report.case, item, Claim(by=FIRST, key=stranger, condition="DPA-SCH1-11", document="APD-1"))
    assert events()[-1].action is Action.CASE_UNLOCKED
    assert events()[-1].result == "refused"


def test_a_pdf_with_a_table_that_leads_nowhere_is_bad_input() -> None:
    """pyHanko answers an odd `/Prev` with an assertion."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /ByteRange 1 >>\nendobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R /Prev 9 >>\n"
    content = body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)
    pytest.importorskip("pyhanko")
    with pytest.raises(InputError):
        check_signature(content, where="signed.pdf")


def test_a_workspace_under_a_passphrase_is_checked_only_with_it(
    tmp_path: Path, desk: Desk, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong passphrase is said to be wrong."""
    assert report.case
    monkeypatch.setenv("FOOTPRINT_PASSPHRASE", WORDS)
    settings, policy = ((desk.workspace.folder / name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    with Workspace.create(tmp_path / "other", settings, policy, key=KeyPlace.PASSPHRASE) as other:
        other.put_document("CASE-1", "report.json", b"{}")
    monkeypatch.setenv("FOOTPRINT_PASSPHRASE", "other words entirely")
    with Workspace.open(tmp_path / "other") as other, pytest.raises(InputError, match="passphrase"):
        holdings_of(other).document("CASE-1", "report.json")


def test_a_small_pdf_that_names_a_table_without_end_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hundred bytes must not take the machine's time and memory: the check has a bound of each."""
    pytest.importorskip("pyhanko")
    monkeypatch.setattr("footprint.papers.pdf_signature.SECONDS", 3)
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /ByteRange 1 >>\nendobj\n"
    fields = b"/Type /XRef /Size 13 /W [1 2 1] /Root 1 0 R /Index [0 1 4 299999999999] /Length 8"
    table = b"5 0 obj\n<< " + fields + b" >>\nstream\n" + bytes(8) + b"\nendstream\nendobj\n"
    with pytest.raises(InputError):
        check_signature(body + table + b"startxref\n%d\n%%%%EOF\n" % len(body), where="signed.pdf")
