"""The same signature for `ssh-keygen -Y verify`: SSHSIG files (OpenSSH, PROTOCOL.sshsig)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from contextlib import suppress

from footprint.audit.key import PublicKey, SigningKey, ssh_string
from footprint.errors import VerificationError

NAMESPACE = "footprint-checkpoint"
"""What the signature is for: `ssh-keygen -Y verify -n` must name it."""

_MAGIC = b"SSHSIG"
_HASH = b"sha512"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"
_WIDTH = 70


def sign_for_ssh(message: bytes, key: SigningKey) -> bytes:
    """Return the SSHSIG file over a message."""
    return _file(key.public, key.sign(_signed(message)))


def check_for_ssh(content: bytes, message: bytes, key: PublicKey) -> None:
    """Raise VerificationError unless the file is the key's SSHSIG over the message, byte for byte as we write it."""
    with suppress(binascii.Error):
        blob = base64.b64decode(content.removeprefix(_BEGIN).removesuffix(_END))
        signature = blob[-64:]
        if content == _file(key, signature) and key.has_signed(_signed(message), signature):
            return
    raise VerificationError("the SSH signature does not hold: the file or its signature was changed")


def _signed(message: bytes) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + b"".join(map(ssh_string, (NAMESPACE.encode(), b"", _HASH, digest)))


def _file(key: PublicKey, signature: bytes) -> bytes:
    parts = (key.blob, NAMESPACE.encode(), b"", _HASH, ssh_string(b"ssh-ed25519") + ssh_string(signature))
    encoded = base64.b64encode(_MAGIC + (1).to_bytes(4, "big") + b"".join(map(ssh_string, parts)))
    lines = (encoded[start : start + _WIDTH] + b"\n" for start in range(0, len(encoded), _WIDTH))
    return _BEGIN + b"".join(lines) + _END
