"""One case's lines for a stranger, with the proof that they are in the signed tree, and without any other case's lines.

README.txt              what this is and how to check it, with footprint and without
lines.jsonl             the raw lines of the case, as they stand in the log
proofs/<seq>.tlog-proof the place of one line in the tree, and the checkpoint (c2sp.org/tlog-proof)
checkpoint.note(.sig)   the signed head of the log
growth/<size>.txt       earlier signed heads since the case began, each with the proof that the log only grew since
audit.pub               the public key: hold it against one that you were given
"""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from footprint.audit.checkpoint import NOTE, SSH, Checkpoint, path_of, read_note, signed_sizes
from footprint.audit.key import PUBLIC, PublicKey, public_key
from footprint.audit.line import parse, raw_lines
from footprint.audit.sshsig import check_for_ssh
from footprint.audit.tree import Tree, grew, includes, leaf_hash
from footprint.errors import InputError, VerificationError
from footprint.files import read_bytes, write_whole
from footprint.model.report import LineProof, Proofs

PROOF = "c2sp.org/tlog-proof@v1"
MAX_LINES_BYTES = 200_000_000


class Export(NamedTuple):
    """An export whose every line was proven."""

    lines: int
    checkpoint: Checkpoint
    earlier: tuple[Checkpoint, ...]
    """Earlier heads that the log was proven to have grown from."""


def export_case(log: Path, case: str, target: Path, signed: Checkpoint) -> int:
    """Write a case's lines and proofs into a new or empty folder, under a checkpoint that covers them; return how many.

    Raises InputError where the case has no lines or the folder is not empty, StoreError where it cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(where=str(target), expected="a new or empty folder")
    leaves, mine = [], {}
    for index, raw in zip(range(signed.size), raw_lines(log), strict=False):
        line = raw[:-1]
        leaves.append(leaf_hash(line))
        if parse(line).get("case") == case:
            mine[index] = line
    if not mine:
        raise InputError(where=case, expected="the id of a case with lines in the audit log")
    tree = Tree(leaves)
    note = read_note(path_of(log, signed.size, NOTE))
    write_whole(target / "lines.jsonl", b"".join(line + b"\n" for line in mine.values()))
    for index in mine:
        write_whole(target / "proofs" / f"{index + 1}.tlog-proof", _proof(index, tree, note))
    for size in signed_sizes(log):
        if min(mine) < size < signed.size:
            content = _growth(read_note(path_of(log, size, NOTE)), tree.consistency(size))
            write_whole(target / "growth" / f"{size}.txt", content)
    write_whole(target / "checkpoint.note", note)
    write_whole(target / "checkpoint.note.sig", read_note(path_of(log, signed.size, SSH)))
    write_whole(target / PUBLIC, public_key(log).line)
    about = files("footprint.audit").joinpath("export.txt").read_text(encoding="utf-8")
    write_whole(target / "README.txt", about.replace("CASE", case).encode())
    return len(mine)


def prove(log: Path, case: str, signed: Checkpoint) -> Proofs:
    """Return the proof of each line of a case under a checkpoint that covers them; no line at all is no proof at all."""
    leaves, mine = [], []
    for index, raw in zip(range(signed.size), raw_lines(log), strict=False):
        line = raw[:-1]
        leaves.append(leaf_hash(line))
        if parse(line).get("case") == case:
            mine.append(index)
    tree = Tree(leaves)
    proofs = tuple(
        LineProof(line=index + 1, leaf=leaves[index].hex(), path=tuple(node.hex() for node in tree.inclusion(index)))
        for index in mine
    )
    return Proofs(checkpoint=read_note(path_of(log, signed.size, NOTE)).decode(), lines=proofs)


def verify_export(folder: Path, key: PublicKey | None = None, held: bytes | None = None) -> Export:
    """Return what an export proves: each line is in the tree that the key has signed.

    Without a key, the one in the folder is taken, which proves only that the folder agrees with itself. `held` is a
    checkpoint that was kept outside: the log must be shown to have grown from it. Raises VerificationError for the first
    thing that does not hold.
    """
    beside = PublicKey.parse(_read(folder / PUBLIC))
    if key not in (None, beside) or beside.line != _read(folder / PUBLIC):
        raise VerificationError(f"{PUBLIC} of the export is not the key that was given, or was changed")
    note = _read(folder / "checkpoint.note")
    signed = Checkpoint.open(note, beside)
    check_for_ssh(_read(folder / "checkpoint.note.sig"), note, beside)
    content = _read(folder / "lines.jsonl")
    if not content.endswith(b"\n"):
        raise VerificationError("lines.jsonl of the export does not end in a newline: its end was cut off")
    lines = content[:-1].split(b"\n")
    for line in lines:
        _check_line(line, folder, note, signed)
    if len(list((folder / "proofs").iterdir())) != len(lines):
        raise VerificationError("the export holds proofs of lines that are not in it: lines were taken out")
    earlier = tuple(_check_growth(path, signed, beside) for path in sorted((folder / "growth").glob("*.txt")))
    if held is not None and Checkpoint.open(held, beside) not in (signed, *earlier):
        raise VerificationError("the export does not show that the log has grown from the checkpoint that was given")
    return Export(len(lines), signed, earlier)


def _proof(index: int, tree: Tree, note: bytes) -> bytes:
    return f"{PROOF}\nindex {index}\n{_encoded(tree.inclusion(index))}\n".encode() + note


def _growth(note: bytes, proof: tuple[bytes, ...]) -> bytes:
    return f"{_encoded(proof)}\n".encode() + note


def _check_line(line: bytes, folder: Path, note: bytes, signed: Checkpoint) -> None:
    try:
        number = int(str(parse(line).get("seq")))
    except ValueError:
        raise VerificationError("a line of the export is not an audit line") from None
    content = _read(folder / "proofs" / f"{number}.tlog-proof")
    head, _, found = content.partition(b"\n\n")
    name, index, *proof = head.decode("ascii", "replace").split("\n")
    is_ours = (name, index, found) == (PROOF, f"index {number - 1}", note)
    root = bytes.fromhex(signed.root)
    leaf = leaf_hash(line)
    if not is_ours or not includes(leaf, number - 1, size=signed.size, root=root, proof=_decoded(proof)):
        raise VerificationError(
            f"line {number} is not shown to be in the tree that was signed: the line or its proof was changed"
        )


def _check_growth(path: Path, signed: Checkpoint, key: PublicKey) -> Checkpoint:
    head, _, note = _read(path).partition(b"\n\n")
    old = Checkpoint.open(note, key)
    proof = _decoded(head.decode("ascii", "replace").split("\n"))
    before, after = bytes.fromhex(old.root), bytes.fromhex(signed.root)
    if path.stem != str(old.size) or not grew(old.size, before, size=signed.size, root=after, proof=proof):
        raise VerificationError(f"the log is not shown to have grown from its head of {old.size:,} lines")
    return old


def _encoded(hashes: tuple[bytes, ...]) -> str:
    return "".join(f"{base64.b64encode(step).decode()}\n" for step in hashes)


def _decoded(lines: list[str]) -> list[bytes]:
    """Return the hashes of a proof. Raises VerificationError where a line is not one hash, written in the one way."""
    with suppress(binascii.Error, ValueError):
        hashes = [base64.b64decode(line, validate=True) for line in lines]
        if _encoded(tuple(hashes)).split("\n")[:-1] == lines and all(len(step) == 32 for step in hashes):
            return hashes
    raise VerificationError("a proof of the export is not in its form: it was changed")


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path, limit=MAX_LINES_BYTES)
    except InputError as error:
        raise VerificationError(f"{path.name} of the export cannot be read: {error.expected}") from error
