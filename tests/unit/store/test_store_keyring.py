"""The operator's own keys: from the environment, or from a file that nobody else can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from footprint.collectors.interface import key_variable
from footprint.errors import InputError
from footprint.store.keyring import Keyring

KEY = "k3y-of-the-operator"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a key in a file."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "brave").write_text(f"{KEY}\n")
    (tmp_path / "keys" / "brave").chmod(0o600)
    return tmp_path


def test_a_key_comes_from_the_environment_first(folder: Path) -> None:
    """The variable is named after the source, with its hyphens as underscores."""
    keyring = Keyring(key_variable, {"FOOTPRINT_KEY_BRAVE": "other-key", "FOOTPRINT_KEY_COMPANIES_HOUSE": KEY}, folder)

    assert (keyring.get("brave"), keyring.get("companies-house")) == ("other-key", KEY)


def test_a_key_comes_from_a_private_file(folder: Path) -> None:
    """Without its line end."""
    assert Keyring(key_variable, {}, folder).get("brave") == KEY


@pytest.mark.parametrize("source", ["openalex", "../secrets", ""])
def test_where_nothing_is_there_is_no_key(folder: Path, source: str) -> None:
    """No file, and no name that leads out of the folder."""
    assert Keyring(key_variable, {}, folder).get(source) is None


def test_without_a_workspace_there_are_no_files() -> None:
    """A keyring of the environment alone."""
    assert Keyring(key_variable).get("brave") is None


def test_a_file_that_others_can_read_is_refused(folder: Path) -> None:
    """The message says what to do, and not what is in it."""
    (folder / "keys" / "brave").chmod(0o640)

    with pytest.raises(InputError, match="chmod 600") as raised:
        Keyring(key_variable, {}, folder).get("brave")

    assert KEY not in str(raised.value)


@pytest.mark.parametrize("text", ["", "abc", "two words", "two\nlines", "naïve-key", "x" * 501, "key\x00key"])
def test_what_is_no_key_is_refused_without_repeating_it(text: str) -> None:
    """A line end in a key would be a header of its own."""
    with pytest.raises(InputError, match="FOOTPRINT_KEY_BRAVE") as raised:
        Keyring(key_variable, {"FOOTPRINT_KEY_BRAVE": text}).get("brave")

    assert not text or text not in str(raised.value)


def test_a_keyring_that_is_printed_shows_no_key(folder: Path) -> None:
    """A traceback or a log line of it is harmless."""
    assert KEY not in repr(Keyring(key_variable, {"FOOTPRINT_KEY_BRAVE": KEY}, folder))
