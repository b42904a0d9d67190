"""The log's Ed25519 key: made at first use, kept beside the log, its public half written for stock tools."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from footprint.errors import StoreError, VerificationError
from footprint.files import write_whole

KEY, PUBLIC, VERIFIER = "audit.key", "audit.pub", "audit.vkey"
"""Private half in PEM, 0600; public half in OpenSSH's form; the same as a verifier key for signed notes."""

_KIND = b"ssh-ed25519"
_COMMENT = "footprint-audit"


@dataclass(frozen=True)
class PublicKey:
    """Checks what the log's key has signed."""

    raw: bytes
    """32 bytes, RFC 8032."""

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Return the key of a file in OpenSSH's form, `ssh-ed25519 AAAA... comment`. Raises VerificationError."""
        parts = content.split()
        with suppress(binascii.Error, IndexError):
            blob = base64.b64decode(parts[1], validate=True)
            key = cls(blob[-32:])
            if parts[0] == _KIND and blob == key.blob and base64.b64encode(blob) == parts[1]:
                return key
        raise VerificationError("the public key of the audit log is not an Ed25519 key in OpenSSH's form")

    @property
    def blob(self) -> bytes:
        """The key as SSH writes it inside its base64."""
        return ssh_string(_KIND) + ssh_string(self.raw)

    @property
    def origin(self) -> str:
        """The name of the log: made from its key, so that no two logs share one. The host does not exist."""
        return f"footprint.invalid/{hashlib.sha256(self.raw).hexdigest()[:16]}"

    @property
    def note_id(self) -> bytes:
        """The four bytes by which a signed note names this key (c2sp.org/signed-note)."""
        return hashlib.sha256(self.origin.encode() + b"\n" + b"\x01" + self.raw).digest()[:4]

    @property
    def verifier(self) -> str:
        """The key as tools for signed notes take it: name, id and key."""
        key = base64.b64encode(b"\x01" + self.raw).decode()
        return f"{self.origin}+{self.note_id.hex()}+{key}"

    @property
    def line(self) -> bytes:
        """The key as `audit.pub` holds it."""
        return b" ".join((_KIND, base64.b64encode(self.blob), _COMMENT.encode())) + b"\n"

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        """Say whether the signature is this key's over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """Signs heads. Ed25519 signatures follow from key and message alone, so a demonstration's stay the same."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = PublicKey(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Return the key of 32 random bytes."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self._key.sign(message)

    def pem(self) -> bytes:
        """Return the private key as `audit.key` holds it."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def signing_key(log: Path, token: Callable[[int], str]) -> SigningKey:
    """Return the key beside a log; made from 32 bytes of `token`, given in hex, where the log has none yet.

    Raises StoreError where it cannot be read or written, or where it is gone although the log was signed before.
    """
    path = log.with_name(KEY)
    try:
        return _published(log, _read(path))
    except FileNotFoundError:
        if log.with_name(PUBLIC).exists():
            raise StoreError(f"{KEY} is gone, and the log was signed with it; bring it back from a backup") from None
    made = SigningKey.from_seed(bytes.fromhex(token(32)))
    aside = path.with_name(f".{KEY}.{made.public.note_id.hex()}")
    write_whole(aside, made.pem())
    try:
        with suppress(FileExistsError):  # another process was first: its key is the log's
            os.link(aside, path)
        return _published(log, _read(path))
    except OSError as error:
        raise StoreError(f"{KEY} could not be made: {error.strerror}") from error
    finally:
        aside.unlink(missing_ok=True)


def check_key(log: Path) -> PublicKey | None:
    """Return the public half of the key beside a log; None where it has no key yet.

    Raises StoreError where the private half is gone, is open to others or cannot be read, and VerificationError where the
    public half beside the log is missing or another.
    """
    path = log.with_name(KEY)
    if not path.exists() and not log.with_name(PUBLIC).exists():
        return None
    try:
        key = _read(path)
    except FileNotFoundError:
        raise StoreError(f"{KEY} is gone, and the log was signed with it; bring it back from a backup") from None
    if path.stat().st_mode & 0o077:
        raise StoreError(f"others can read {KEY}, and whoever has it can sign; run chmod 600 {path}")
    if public_key(log) != key.public:
        raise VerificationError(f"{PUBLIC} is not the public half of {KEY}: one of them was changed")
    return key.public


def public_key(log: Path) -> PublicKey:
    """Return the public key beside a log. Raises VerificationError where there is none or it is not one."""
    try:
        return PublicKey.parse(log.with_name(PUBLIC).read_bytes())
    except OSError as error:
        raise VerificationError(f"{PUBLIC}, the log's public key, could not be read: {error.strerror}") from error


def ssh_string(content: bytes) -> bytes:
    """Return bytes as SSH writes them: their length in four bytes, then they."""
    return len(content).to_bytes(4, "big") + content


def _read(path: Path) -> SigningKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise StoreError(f"{KEY} cannot be read; bring it back from a backup") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise StoreError(f"{KEY} is not an Ed25519 key; bring it back from a backup")
    return SigningKey(key)


def _published(log: Path, key: SigningKey) -> SigningKey:
    """Write the public half where a crash, or the first use, has left it unwritten."""
    for name, content in ((PUBLIC, key.public.line), (VERIFIER, key.public.verifier.encode() + b"\n")):
        path = log.with_name(name)
        if not path.exists():
            write_whole(path, content)
    return key
