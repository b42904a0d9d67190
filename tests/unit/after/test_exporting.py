"""What is handed out appears whole or not at all, and a fault on the way is told by its cause."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pyrage
import pytest

from answers import answering
from footprint.admission import Desk, Order
from footprint.after.exporting import export
from footprint.errors import InputError, StoreError
from footprint.files import write_stream
from footprint.model.event import Action
from footprint.store.copies import Copies
from gate_hall import ROBOTS, SITE, Hall

KEY = str(pyrage.x25519.Identity.generate().to_public())
OPEN_OR_SEALED = pytest.mark.parametrize("recipients", [(), (KEY,)], ids=["open", "sealed"])


@pytest.fixture
async def hall(desk: Desk, order: Order) -> Hall:
    """A case that has read one page and come to no report."""
    hall = Hall(desk, order, {SITE: answering(), ROBOTS: answering(b"", kind="text/plain")})
    await hall.ask()
    return hall


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_case_that_stopped_is_handed_out_without_a_report(hall: Hall, tmp_path: Path) -> None:
    """What there is goes out; what there is not is not made up."""
    done = export(hall.desk, hall.case.record.id, tmp_path / "export")

    assert names(done.folder) == {"README.txt", "SHA256SUMS", "audit.zip", "captures.wacz", "manifest.json"}
    assert set(done.digests) == names(done.folder)
    assert (done.answers, done.failures, done.pages, done.recipients) == (2, 0, 1, 0)


def test_a_case_without_captures_is_handed_out_without_them(hall: Hall, tmp_path: Path) -> None:
    """Where the pages were destroyed there is no WACZ file: an empty one would be none."""
    for path in hall.case.folder.glob("*.warc.gz*"):
        path.unlink()
    done = export(hall.desk, hall.case.record.id, tmp_path / "export")

    assert names(done.folder) == {"README.txt", "SHA256SUMS", "audit.zip", "manifest.json"}


@OPEN_OR_SEALED
def test_erasure_knows_where_every_copy_is(recipients: tuple[str, ...], hall: Hall, tmp_path: Path) -> None:
    """Each file that was handed out is noted, so that erasing the case takes it away where it was put."""
    done = export(hall.desk, hall.case.record.id, tmp_path / "export", recipients)
    count = len(names(done.folder))
    fetched = Copies(hall.desk.workspace.database()).fetch_back(hall.case.record.id)

    assert (fetched.removed, fetched.elsewhere) == (count, ())
    assert names(done.folder) == set()


@OPEN_OR_SEALED
def test_a_full_disk_hands_out_nothing(
    recipients: tuple[str, ...], hall: Hall, tmp_path: Path, events, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clear error, no folder, no part of one, and no line that says that something left."""

    class Full(BytesIO):
        def write(self, content: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def on_a_full_disk(path: Path, fill, *, mode: int = 0o600) -> None:
        try:
            fill(Full())
        except OSError as error:
            raise StoreError(f"{path.name} could not be written: {error.strerror}") from error

    monkeypatch.setattr("footprint.after.exporting.write_stream", on_a_full_disk)
    before = names(tmp_path)
    with pytest.raises(StoreError, match="No space left on device"):
        export(hall.desk, hall.case.record.id, tmp_path / "export", recipients)

    assert names(tmp_path) == before
    assert Action.CASE_EXPORTED not in {event.action for event in events()}


@OPEN_OR_SEALED
def test_a_recording_that_fails_on_the_way_hands_out_nothing(
    recipients: tuple[str, ...], hall: Hall, tmp_path: Path, events, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cause is told, also through the library that seals."""

    def broken(*_: object) -> Iterator[bytes]:
        yield b"PK"
        raise StoreError("a WARC file became shorter while it was read")

    monkeypatch.setattr("footprint.after.exporting.pack", broken)
    before = names(tmp_path)
    with pytest.raises(StoreError, match="became shorter"):
        export(hall.desk, hall.case.record.id, tmp_path / "export", recipients)

    assert names(tmp_path) == before
    assert Action.CASE_EXPORTED not in {event.action for event in events()}


def test_a_folder_that_was_filled_meanwhile_is_left_alone(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever appeared at the place while the export was made is not written over."""
    target = tmp_path / "export"

    def meanwhile(path: Path, fill, *, mode: int = 0o600) -> None:
        target.mkdir(exist_ok=True)
        (target / "theirs").touch()
        write_stream(path, fill, mode=mode)

    monkeypatch.setattr("footprint.after.exporting.write_stream", meanwhile)
    with pytest.raises(StoreError, match="could not be written"):
        export(hall.desk, hall.case.record.id, target)

    assert names(target) == {"theirs"}


def test_a_case_at_work_is_not_handed_out(hall: Hall, tmp_path: Path) -> None:
    """While another run is at work on a case, what is there is not all."""
    with hall.desk.workspace.hold_case(hall.case.record.id), pytest.raises(InputError, match="no other run is at work"):
        export(hall.desk, hall.case.record.id, tmp_path / "export")

    assert not (tmp_path / "export").exists()
