"""How a document of a case is locked: AES-256-GCM (NIST SP 800-38D), bound to the case and the name it belongs to.

A captured page lies in the age format instead (age-encryption.org/v1), so that stock tools open what is handed out.
"""

from __future__ import annotations

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from footprint.errors import StoreError

MARK = b"footprint/locked@1\n"
"""How a locked document begins, so that a version to come can tell this form from its own."""

NONCE_BYTES = 12
KEY_BYTES = 32


def fresh_key() -> bytes:
    """Return a new key: 32 random bytes."""
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def lock(key: bytes, content: bytes, *, about: str) -> bytes:
    """Return the content under a key of 32 bytes, bound to what it is about: `CASE-7/report.json`."""
    nonce = os.urandom(NONCE_BYTES)
    return MARK + nonce + AESGCM(key).encrypt(nonce, content, about.encode())


def unlock(key: bytes, locked: bytes, *, about: str) -> bytes:
    """Return what was locked.

    Raises StoreError where it was changed, cut off, moved from another case or name, or locked under another key.
    """
    nonce, rest = locked[len(MARK) : len(MARK) + NONCE_BYTES], locked[len(MARK) + NONCE_BYTES :]
    try:
        if not locked.startswith(MARK) or len(nonce) < NONCE_BYTES:
            raise InvalidTag
        return AESGCM(key).decrypt(nonce, rest, about.encode())
    except InvalidTag:
        name = about.rpartition("/")[2]
        raise StoreError(f"{name} cannot be opened: it was changed, or belongs to another key") from None


def fresh_identity() -> bytes:
    """Return a new age identity: the text `AGE-SECRET-KEY-1...`."""
    from pyrage import x25519  # a library of Rust, loaded where a case is opened

    return str(x25519.Identity.generate()).encode()


def recipient_of(identity: bytes) -> str:
    """Return the public half of an age identity: `age1...`."""
    import pyrage

    try:
        return str(pyrage.x25519.Identity.from_str(identity.decode()).to_public())
    except pyrage.IdentityError:
        msg = "not an age key: it begins with AGE-SECRET-KEY-1"
        raise ValueError(msg) from None


def seal_stream(identity: bytes, plain: BinaryIO, sealed: BinaryIO) -> None:
    """Write what can be read from `plain` to `sealed`, in the age format, to the identity's own recipient."""
    import pyrage

    recipient = pyrage.x25519.Identity.from_str(identity.decode()).to_public()
    try:
        pyrage.encrypt_io(plain, sealed, [recipient])
    except pyrage.EncryptError:
        raise StoreError(
            "a WARC file could not be locked: it could not be read or written; is the disk full?"
        ) from None


def open_stream(identity: bytes, sealed: BinaryIO, plain: BinaryIO) -> None:
    """Write what was sealed to the identity to `plain`. Raises StoreError where it was changed or sealed to another."""
    import pyrage

    try:
        pyrage.decrypt_io(sealed, plain, [pyrage.x25519.Identity.from_str(identity.decode())])
    except (pyrage.DecryptError, OSError):
        raise StoreError("a WARC file cannot be opened: it was changed, or belongs to another key") from None


def seal_to(recipients: tuple[str, ...], content: bytes) -> bytes:
    """Return the content in the age format, to people's own keys (`age1...`): whoever seals it cannot open it again.

    Raises ValueError where a recipient is not an age key.
    """
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError:
        msg = "an age recipient begins with age1 and is the public half of an age key"
        raise ValueError(msg) from None
    return bytes(pyrage.encrypt(content, keys))


def open_with(identity: str, sealed: bytes) -> bytes:
    """Return what was sealed to a person's key, opened with its secret half (`AGE-SECRET-KEY-1...`).

    Raises ValueError where that is no age key, or not one that it was sealed to.
    """
    import pyrage

    try:
        return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]))
    except pyrage.IdentityError:
        msg = "not an age key: it begins with AGE-SECRET-KEY-1"
        raise ValueError(msg) from None
    except pyrage.DecryptError:
        msg = "not a key that this was sealed to"
        raise ValueError(msg) from None
