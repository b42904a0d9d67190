"""The keys of the cases: made once, wrapped, and gone for good where they were destroyed."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from footprint.errors import InputError, StoreError
from footprint.store.vault import KEYS, KeyKind, Vault, key_place
from footprint.store.workspace_key import KEY_FILE, PASSPHRASE, KeyPlace

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Vault.create(tmp_path, KeyPlace.FILE)
    return tmp_path


def test_a_key_is_made_once_and_found_again(folder: Path) -> None:
    """For each case and kind another; the same after the vault was closed."""
    vault = Vault.open(folder)
    made = {(case, kind): vault.key(case, kind) for case in ("C-1", "C-2") for kind in KeyKind}
    vault.close()
    again = Vault.open(folder)

    assert len(set(made.values())) == 4
    assert all(again.key(*owner) == key for owner, key in made.items())
    again.close()


def test_no_key_stands_in_the_file(folder: Path) -> None:
    """Only wrapped ones do."""
    vault = Vault.open(folder)
    keys = [vault.key("C-1", kind) for kind in KeyKind]
    vault.close()
    written = b"".join(path.read_bytes() for path in folder.glob(f"{KEYS}*"))

    assert all(key not in written for key in keys)


def test_a_destroyed_key_leaves_not_even_its_wrapping(folder: Path) -> None:
    """It is told when it was destroyed, no new one is made in its place, and to destroy it twice changes nothing."""
    vault = Vault.open(folder)
    vault.key("C-1", KeyKind.CAPTURE)
    with sqlite3.connect(folder / KEYS) as direct:
        (wrapped,) = direct.execute("SELECT wrapped FROM keys").fetchone()
    direct.close()
    vault.destroy("C-1", KeyKind.CAPTURE, AT)
    vault.destroy("C-1", KeyKind.CAPTURE, AT.replace(year=2027))

    assert vault.is_destroyed("C-1", KeyKind.CAPTURE)
    assert not vault.is_destroyed("C-1", KeyKind.CASE)
    with pytest.raises(InputError, match="2026-11-22"):
        vault.key("C-1", KeyKind.CAPTURE)
    assert all(wrapped not in path.read_bytes() for path in folder.glob(f"{KEYS}*"))
    vault.close()


def test_a_key_that_was_never_made_can_be_destroyed(folder: Path) -> None:
    """So that a case whose run broke off early is erased like any other."""
    vault = Vault.open(folder)
    vault.destroy("C-9", KeyKind.CASE, AT)

    with pytest.raises(InputError):
        vault.key("C-9", KeyKind.CASE)
    vault.close()


def test_another_workspace_key_opens_nothing(folder: Path) -> None:
    """A key file of another workspace is told apart at once."""
    (folder / KEY_FILE).write_text("ab" * 32)
    with pytest.raises(StoreError, match="not the one"):
        Vault.open(folder)


def test_wrong_words_are_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person can mend it."""
    monkeypatch.setenv(PASSPHRASE, "four words are long enough")
    Vault.create(tmp_path, KeyPlace.PASSPHRASE)
    monkeypatch.setenv(PASSPHRASE, "four other words are wrong")

    assert key_place(tmp_path) is KeyPlace.PASSPHRASE
    with pytest.raises(InputError, match="the passphrase of this workspace"):
        Vault.open(tmp_path)


def test_a_vault_that_is_gone_is_a_store_error(folder: Path) -> None:
    """Begun anew it would make new keys, and what lies under the old ones would be lost without a word."""
    (folder / KEYS).unlink()
    with pytest.raises(StoreError, match="without it no case can be opened"):
        Vault.open(folder)
    assert not (folder / KEYS).exists()
