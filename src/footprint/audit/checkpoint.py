"""Checkpoints: the head of the log at one moment, signed (c2sp.org/tlog-checkpoint), and the same as an SSHSIG file.

They lie in `checkpoints/` beside the log, `<size>.note` and `<size>.note.sig`. A head is signed only where the log still
holds every head that was signed before.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

from footprint.audit.fault import not_reached
from footprint.audit.key import PublicKey, SigningKey
from footprint.audit.note import MAX_NOTE_BYTES, open_note, sign_note
from footprint.audit.sshsig import check_for_ssh, sign_for_ssh
from footprint.audit.walk import Walk, walk
from footprint.errors import InputError, VerificationError
from footprint.files import read_bytes, write_whole
from footprint.model.report import AuditHead

FOLDER = "checkpoints"
NOTE, SSH = ".note", ".note.sig"


class Checkpoint(NamedTuple):
    """The head of a log: how many lines, and the root of the tree over them."""

    origin: str
    """The name of the log."""
    size: int
    root: str
    """In hex; the note gives it in base64."""

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(bytes.fromhex(self.root)).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint of a note's text. Raises VerificationError where it is none as footprint writes it."""
        with suppress(ValueError, binascii.Error):
            origin, size, root, _ = text.split("\n")
            found = cls(origin, int(size), base64.b64decode(root, validate=True).hex())
            if found.text == text and len(root) == 44 and found.size >= 0:
                return found
        raise VerificationError("the note is not a checkpoint: origin, size and root, a line each")

    @classmethod
    def open(cls, note: bytes, key: PublicKey) -> Self:
        """Return the checkpoint that the log's key has signed. Raises VerificationError."""
        found = cls.parse(open_note(note, key))
        if found.origin != key.origin:
            raise VerificationError(f"the checkpoint is of the log {found.origin}, the key of {key.origin}")
        return found


def checkpoint(log: Path, key: SigningKey) -> Checkpoint:
    """Sign the head of the log as it stands, write it beside the log, and return it.

    The same head is signed to the same bytes again. Raises VerificationError where the chain does not hold, or the log
    no longer holds a head that was signed before: then nothing is signed. Raises StoreError where it cannot be written.
    """
    sizes = signed_sizes(log)
    walked = walk(log, sizes)
    check_signed(log, sizes, walked, key.public)
    head = walked.head
    made = Checkpoint(key.public.origin, head.size, head.root or "")
    note = sign_note(made.text, key)
    # The note first: without its SSH half, which the next checkpoint of this size would write again, it can be checked.
    write_whole(path_of(log, made.size, NOTE), note)
    write_whole(path_of(log, made.size, SSH), sign_for_ssh(note, key))
    return made


def head_of(log: Path, key: SigningKey) -> AuditHead:
    """Return the head of the log as it stands, with its root and name. Raises VerificationError where the chain is broken."""
    return walk(log).head.but(origin=key.public.origin)


def path_of(log: Path, size: int, ending: str) -> Path:
    """Return where the checkpoint of a size is, or its companion of another ending."""
    return log.with_name(FOLDER) / f"{size}{ending}"


def signed_sizes(log: Path) -> tuple[int, ...]:
    """Return the sizes of which a signed head lies beside the log, smallest first. Raises VerificationError for a stray note."""
    names = [path.name.removesuffix(NOTE) for path in log.with_name(FOLDER).glob(f"*{NOTE}")]
    for name in names:
        if not (name.isascii() and name.isdigit() and str(int(name)) == name):
            raise VerificationError(f"a note in {FOLDER}/ is not named by the size of a log")
    return tuple(sorted(map(int, names)))


def check_signed(log: Path, sizes: Iterable[int], walked: Walk, key: PublicKey) -> tuple[Checkpoint, ...]:
    """Return the checkpoints of some sizes: signed by the key, and still held by the log that was walked to them.

    The sizes are those that were there before the walk: another process may have signed a later head meanwhile. Raises
    VerificationError for the first that is not.
    """
    return tuple(_check(log, size, walked, key) for size in sizes)


def require_held(walked: Walk, signed: Checkpoint, what: str) -> None:
    """Raise VerificationError unless the log, walked to a checkpoint's size, has its root there."""
    found = walked.marks.get(signed.size)
    if found is None:
        raise not_reached(walked.head.size, signed.size, what)
    if found.root != signed.root:
        raise VerificationError(
            f"the tree over lines 1 to {signed.size:,} has the root {found.root}, {what} signed {signed.root}: "
            "a line there was changed, taken out or put in and the chain written anew"
        )


def _check(log: Path, size: int, walked: Walk, key: PublicKey) -> Checkpoint:
    what = f"checkpoint {size}"
    try:
        note = read_note(path_of(log, size, NOTE))
        signed = Checkpoint.open(note, key)
        if signed.size != size:
            raise VerificationError(f"it is of size {signed.size}")
        ssh = path_of(log, size, SSH)
        if ssh.exists():
            check_for_ssh(read_note(ssh), note, key)
    except VerificationError as error:
        raise VerificationError(f"{what}: {error}") from error
    require_held(walked, signed, what)
    return signed


def read_note(path: Path) -> bytes:
    """Return the bytes of a note or signature file. Raises VerificationError where it cannot be read."""
    try:
        return read_bytes(path, limit=MAX_NOTE_BYTES)
    except InputError as error:
        raise VerificationError(f"{path.name} cannot be read: {error.expected}") from error
