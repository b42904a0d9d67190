"""The files of a case: locked under its keys, opened in memory, deleted for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from footprint.demo.clock import DemoClock
from footprint.errors import InputError, StoreError
from footprint.store.vault import KeyKind
from footprint.store.workspace import Workspace

NAME = "CASE-1-01.warc.gz"


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    made = workspace.case_folder("CASE-1")
    (made / NAME).write_bytes(b"a recording")
    return made


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_recording_is_locked_and_opens_in_memory(workspace: Workspace, folder: Path) -> None:
    """Its name stays the same to whoever opens it; on the disk lies the locked one alone."""
    workspace.lock_captures("CASE-1")

    assert names(folder) == [f"{NAME}.age"]
    assert workspace.captures("CASE-1") == (NAME,)
    assert b"recording" not in (folder / f"{NAME}.age").read_bytes()
    with workspace.open_capture("CASE-1", NAME) as file:
        assert file.read() == b"a recording"


def test_a_lock_that_was_cut_short_is_made_again(workspace: Workspace, folder: Path) -> None:
    """Where both lie there, after a kill, the open one counts and is listed once."""
    workspace.lock_captures("CASE-1")
    (folder / NAME).write_bytes(b"a recording, longer")

    assert workspace.captures("CASE-1") == (NAME,)
    workspace.lock_captures("CASE-1")
    with workspace.open_capture("CASE-1", NAME) as file:
        assert file.read() == b"a recording, longer"


def test_a_changed_recording_is_not_opened(workspace: Workspace, folder: Path) -> None:
    """Every bit is vouched for."""
    workspace.lock_captures("CASE-1")
    sealed = folder / f"{NAME}.age"
    content = bytearray(sealed.read_bytes())
    content[-3] ^= 1
    sealed.write_bytes(content)

    with pytest.raises(StoreError, match="changed, or belongs to another key"):
        workspace.open_capture("CASE-1", NAME)


def test_without_its_key_a_recording_is_gone(workspace: Workspace, folder: Path) -> None:
    """Even while its ciphertext lies there."""
    workspace.lock_captures("CASE-1")
    workspace.vault().destroy("CASE-1", KeyKind.CAPTURE, DemoClock().now())

    with pytest.raises(InputError, match="it was destroyed"):
        workspace.open_capture("CASE-1", NAME)


def test_a_full_disk_leaves_the_recording_open(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost: it is locked the next time."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("footprint.store.cipher.seal_stream", full)
    with pytest.raises(StoreError, match="No space left"):
        workspace.lock_captures("CASE-1")
    assert names(folder) == [NAME]


def test_documents_are_listed_by_their_own_names(workspace: Workspace, folder: Path) -> None:
    """Recordings are none."""
    workspace.put_document("CASE-1", "report.json", b"{}")

    assert workspace.documents("CASE-1") == ("report.json",)


def test_captures_are_deleted_open_or_locked(workspace: Workspace, folder: Path) -> None:
    """The documents stay."""
    workspace.put_document("CASE-1", "report.json", b"{}")
    workspace.lock_captures("CASE-1")
    (folder / NAME).write_bytes(b"again")
    workspace.delete_captures("CASE-1")

    assert names(folder) == ["report.json.locked"]


def test_a_case_is_deleted_with_every_file(workspace: Workspace, folder: Path) -> None:
    """What a crash left half written as well; and a case without a folder has none."""
    (folder / ".report.json.x1y2").write_bytes(b"half")

    assert workspace.delete_case("CASE-1") == 2
    assert not folder.exists()
    assert workspace.delete_case("CASE-1") == 0


def test_what_cannot_be_deleted_is_told(workspace: Workspace, folder: Path) -> None:
    """A folder where a file should be is none of ours."""
    (folder / "inner").mkdir()
    with pytest.raises(StoreError, match="could not be deleted"):
        workspace.delete_case("CASE-1")


def test_a_folder_that_cannot_be_removed_is_told(workspace: Workspace, folder: Path, monkeypatch) -> None:
    """Its files are gone; the error says so, and the next try ends it."""

    def busy(_self: Path) -> None:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(Path, "rmdir", busy)
    with pytest.raises(StoreError, match="busy"):
        workspace.delete_case("CASE-1")


def test_a_copy_is_fetched_back_only_where_it_is_the_one(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    """One that was changed, and one that was moved, are left to a person; asked again there is nothing left to fetch."""
    from footprint.store.copies import Copies

    clock = DemoClock()
    for name in ("same", "changed", "moved"):
        workspace.hand_out("CASE-1", tmp_path / name, b"a report", clock.now())
    workspace.hand_out("CASE-2", tmp_path / "other", b"a report", clock.now())
    (tmp_path / "changed").write_bytes(b"with notes")
    (tmp_path / "moved").rename(tmp_path / "elsewhere")

    fetched = Copies(workspace.database()).fetch_back("CASE-1")
    assert fetched.removed == 1
    assert {path.name for path in fetched.elsewhere} == {"changed", "moved"}
    assert not (tmp_path / "same").exists()
    assert (tmp_path / "other").exists()
    assert Copies(workspace.database()).fetch_back("CASE-1") == (0, ())


def test_a_signed_paper_belongs_to_its_consent(workspace: Workspace) -> None:
    """Another consent whose id begins alike does not see it."""
    workspace.put_signed("A-1", "0123.pdf", b"%PDF")

    assert workspace.signed_papers("A-1") == ("0123.pdf",)
    assert workspace.get_signed("A-1", "0123.pdf") == b"%PDF"
    assert workspace.signed_papers("A-1-0123") == ()
    with pytest.raises(InputError):
        workspace.get_signed("A-1", "0456.pdf")
