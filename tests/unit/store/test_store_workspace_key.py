"""The workspace key: the best place that works, and what is said where it is lost."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from footprint.errors import InputError, StoreError
from footprint.store import workspace_key
from footprint.store.workspace_key import KEY_FILE, PASSPHRASE, KeyPlace, find_key, make_key, preferred

WORDS = "four words are long enough"
SALT = bytes(16)


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def _nobody_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())


def test_the_keyring_comes_first_then_a_passphrase_then_a_file(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each where it works."""
    assert preferred() is KeyPlace.KEYRING
    monkeypatch.setattr(workspace_key, "_ring", lambda: None)
    assert preferred() is KeyPlace.FILE
    monkeypatch.setenv(PASSPHRASE, WORDS)
    assert preferred() is KeyPlace.PASSPHRASE


def test_a_key_in_the_keyring_is_found_by_its_name(ring: Ring, tmp_path: Path) -> None:
    """Two workspaces do not share one, and nothing is written to the disk."""
    key = make_key(KeyPlace.KEYRING, tmp_path, name="one", salt=SALT)
    other = make_key(KeyPlace.KEYRING, tmp_path, name="two", salt=SALT)

    assert find_key(KeyPlace.KEYRING, tmp_path, name="one", salt=SALT) == key != other
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", [None, "", "no hex", "00" * 31])
def test_a_key_that_is_gone_or_damaged_is_a_store_error(ring: Ring, tmp_path: Path, kept: str | None) -> None:
    """In the keyring."""
    if kept is not None:
        ring.set_password(workspace_key.SERVICE, "one", kept)
    with pytest.raises(StoreError, match="gone or damaged"):
        find_key(KeyPlace.KEYRING, tmp_path, name="one", salt=SALT)


def test_a_keyring_that_is_locked_or_not_there_is_told(ring: Ring, tmp_path: Path, monkeypatch) -> None:
    """By its kind of error, without its words; and where there is none, what is missing."""
    ring.is_locked = True
    with pytest.raises(StoreError, match="KeyringLocked"):
        find_key(KeyPlace.KEYRING, tmp_path, name="one", salt=SALT)
    monkeypatch.setattr(workspace_key, "_ring", lambda: None)
    with pytest.raises(InputError, match="there is none here"):
        make_key(KeyPlace.KEYRING, tmp_path, name="one", salt=SALT)


def test_the_same_words_and_salt_give_the_same_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other words or another salt give another."""
    monkeypatch.setenv(PASSPHRASE, WORDS)
    key = make_key(KeyPlace.PASSPHRASE, tmp_path, name="one", salt=SALT)

    assert find_key(KeyPlace.PASSPHRASE, tmp_path, name="two", salt=SALT) == key
    assert find_key(KeyPlace.PASSPHRASE, tmp_path, name="one", salt=bytes(15) + b"1") != key
    monkeypatch.setenv(PASSPHRASE, WORDS + ".")
    assert find_key(KeyPlace.PASSPHRASE, tmp_path, name="one", salt=SALT) != key


def test_a_passphrase_is_asked_for_at_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice where it is new; two that differ, and one that is short, are refused."""

    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    answers = iter([WORDS, WORDS, WORDS, "other words", "short", "short", WORDS])
    monkeypatch.setattr("sys.stdin", Terminal)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    monkeypatch.setattr(workspace_key, "_ring", lambda: None)

    assert preferred() is KeyPlace.PASSPHRASE
    key = make_key(KeyPlace.PASSPHRASE, tmp_path, name="one", salt=SALT)
    with pytest.raises(InputError, match="the same words twice"):
        make_key(KeyPlace.PASSPHRASE, tmp_path, name="one", salt=SALT)
    with pytest.raises(InputError, match="at least 12"):
        make_key(KeyPlace.PASSPHRASE, tmp_path, name="one", salt=SALT)
    assert find_key(KeyPlace.PASSPHRASE, tmp_path, name="one", salt=SALT) == key


def test_no_passphrase_and_nobody_to_ask_is_bad_input(tmp_path: Path) -> None:
    """The variable is named."""
    with pytest.raises(InputError, match=PASSPHRASE):
        find_key(KeyPlace.PASSPHRASE, tmp_path, name="one", salt=SALT)


def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    """One that others can read is refused, and so is one that is gone."""
    key = make_key(KeyPlace.FILE, tmp_path, name="one", salt=SALT)
    path = tmp_path / KEY_FILE

    assert find_key(KeyPlace.FILE, tmp_path, name="one", salt=SALT) == key
    path.chmod(0o640)
    with pytest.raises(StoreError, match="chmod 600"):
        find_key(KeyPlace.FILE, tmp_path, name="one", salt=SALT)
    path.unlink()
    with pytest.raises(StoreError, match="its own backup"):
        find_key(KeyPlace.FILE, tmp_path, name="one", salt=SALT)


def test_a_server_has_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The backend that only fails counts as none."""
    from keyring.backends import fail

    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    assert workspace_key._ring() is None
