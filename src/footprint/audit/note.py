"""Signed notes (c2sp.org/signed-note): a text, an empty line, and one line for each signature."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress

from footprint.audit.key import PublicKey, SigningKey
from footprint.errors import VerificationError

MAX_NOTE_BYTES = 65_536
"""A checkpoint has a few hundred; one that many witnesses signed has some thousand."""

_DASH = "\N{EM DASH}"


def sign_note(text: str, key: SigningKey) -> bytes:
    """Return the note of a text that ends in a newline."""
    signed = base64.b64encode(key.public.note_id + key.sign(text.encode())).decode()
    return f"{text}\n{_DASH} {key.public.origin} {signed}\n".encode()


def open_note(content: bytes, key: PublicKey) -> str:
    """Return the text of a note that the key has signed; signatures of others, such as witnesses, are passed over.

    Raises VerificationError where it is no note, or where the key's signature is missing or does not hold.
    """
    text, signatures = _parts(content)
    mine = [
        signature[4:]
        for name, signature in map(_signature, signatures)
        if (name, signature[:4]) == (key.origin, key.note_id)
    ]
    if not mine:
        raise VerificationError(f"the note bears no signature of the log's key {key.origin}")
    if not all(key.has_signed(text.encode(), signature) for signature in mine):
        raise VerificationError("the note's signature does not hold: its text or its signature was changed")
    return text


def _parts(content: bytes) -> tuple[str, list[str]]:
    with suppress(UnicodeDecodeError):
        note = content[: MAX_NOTE_BYTES + 1].decode()
        text, empty, signatures = note.rpartition("\n\n")
        has_controls = any(ord(character) < 32 and character != "\n" for character in note)
        if empty and signatures.endswith("\n") and len(content) <= MAX_NOTE_BYTES and not has_controls:
            return f"{text}\n", signatures[:-1].split("\n")
    raise VerificationError("it is not a signed note")


def _signature(line: str) -> tuple[str, bytes]:
    with suppress(ValueError, binascii.Error):
        dash, name, encoded = line.split(" ")
        signature = base64.b64decode(encoded, validate=True)
        # The last character of base64 has spare bits: only one way to write it is taken.
        if dash == _DASH and len(signature) > 4 and base64.b64encode(signature).decode() == encoded:
            return name, signature
    raise VerificationError("a signature line of the note is not in its form")
