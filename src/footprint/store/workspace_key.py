"""The workspace key: where it lies, and how it is made and found again.

In order of preference: the operating system's keyring, a passphrase (Argon2id, RFC 9106 section 4, second recommended
option), a file beside the workspace's data that only its owner can read. Every key of a case is wrapped under it.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Protocol, cast

from footprint.errors import InputError, StoreError
from footprint.files import read_bytes, write_whole
from footprint.store.cipher import KEY_BYTES, fresh_key

KEY_FILE = "workspace.key"
PASSPHRASE = "FOOTPRINT_PASSPHRASE"  # noqa: S105 - the name of a variable, not a secret
SERVICE = "footprint workspace"

ARGON2_PASSES, ARGON2_LANES, ARGON2_KIB = 3, 4, 65_536
MIN_PASSPHRASE = 12
"""Characters; a sentence of a few words has more."""


class KeyPlace(StrEnum):
    """Where the workspace key lies."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word, not a secret
    FILE = "file"


class _Ring(Protocol):
    def get_password(self, service: str, name: str) -> str | None: ...
    def set_password(self, service: str, name: str, password: str) -> None: ...


def preferred() -> KeyPlace:
    """Return the best place that works here: the keyring; a passphrase where somebody can give one; else a file."""
    if _ring() is not None:
        return KeyPlace.KEYRING
    return KeyPlace.PASSPHRASE if os.environ.get(PASSPHRASE) or sys.stdin.isatty() else KeyPlace.FILE


def make_key(place: KeyPlace, folder: Path, *, name: str, salt: bytes) -> bytes:
    """Return a new workspace key, and leave it at its place.

    `name` is the workspace's own in the keyring; `salt` (16 bytes) is for the passphrase. Raises InputError where the
    passphrase is too short or there is no keyring, StoreError where the key cannot be kept.
    """
    if place is KeyPlace.PASSPHRASE:
        return _derive(_passphrase(confirm=True), salt)
    key = fresh_key()
    if place is KeyPlace.FILE:
        write_whole(folder / KEY_FILE, key.hex().encode() + b"\n")
        return key
    _at_ring(lambda ring: ring.set_password(SERVICE, name, key.hex()))
    return key


def find_key(place: KeyPlace, folder: Path, *, name: str, salt: bytes) -> bytes:
    """Return the workspace key from its place.

    Raises InputError where no passphrase is given or there is no keyring, StoreError where the key is gone or damaged.
    """
    if place is KeyPlace.PASSPHRASE:
        return _derive(_passphrase(confirm=False), salt)
    return _parsed(_in_file(folder) if place is KeyPlace.FILE else _at_ring(lambda r: r.get_password(SERVICE, name)))


def _in_file(folder: Path) -> str:
    path = folder / KEY_FILE
    try:
        content = read_bytes(path, limit=200).decode("ascii", "replace")
    except InputError as error:
        raise StoreError(f"{KEY_FILE} cannot be read: bring it back from its own backup") from error
    if path.stat().st_mode & 0o077:
        raise StoreError(f"{KEY_FILE} can be read by others: run chmod 600 {path}, and think of the key as known")
    return content


def _parsed(text: str | None) -> bytes:
    try:
        key = bytes.fromhex((text or "").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreError("the workspace key is gone or damaged: bring it back from its own backup")
    return key


def _derive(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    function = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=ARGON2_PASSES, lanes=ARGON2_LANES, memory_cost=ARGON2_KIB
    )
    return function.derive(passphrase.encode())


def _passphrase(*, confirm: bool) -> str:
    """Return the passphrase from the environment, or from whoever sits at the terminal."""
    given = os.environ.get(PASSPHRASE, "")
    if not given and sys.stdin.isatty():
        given = getpass.getpass("Passphrase of the workspace: ")
        if confirm and given != getpass.getpass("Once more: "):
            raise InputError(where="the passphrase", expected="the same words twice")
    if not given:
        raise InputError(where=PASSPHRASE, expected="the passphrase of the workspace; or run this at a terminal")
    if confirm and len(given) < MIN_PASSPHRASE:
        raise InputError(where="the passphrase", expected=f"at least {MIN_PASSPHRASE} characters: a few words")
    return given


def _ring() -> _Ring | None:
    """Return the system's keyring; None where there is none, as on most servers."""
    import keyring  # looks for a desktop when it is loaded
    from keyring.backends import fail, null

    found = keyring.get_keyring()
    is_none = isinstance(found, fail.Keyring | null.Keyring) or found.priority <= 0
    return None if is_none else cast("_Ring", found)


def _at_ring(do: Callable[[_Ring], str | None]) -> str | None:
    from keyring.errors import KeyringError

    ring = _ring()
    if ring is None:
        raise InputError(where="the keyring", expected="a keyring of the operating system; there is none here")
    try:
        return do(ring)
    except KeyringError as error:
        raise StoreError(f"the keyring did not answer: {type(error).__name__}") from None
