"""The export of one case: its lines with their proofs, no other's, and what is refused when it comes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from audit_samples import key_of, lines_of, signed_log

from footprint.audit.checkpoint import Checkpoint, checkpoint, signed_sizes
from footprint.audit.export import export_case, prove, verify_export
from footprint.audit.key import SigningKey
from footprint.audit.tree import includes, leaf_hash
from footprint.errors import InputError, VerificationError

OTHER = SigningKey.from_seed(bytes(32))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return signed_log(tmp_path / "log")


@pytest.fixture
def folder(log: Path, tmp_path: Path) -> Path:
    """The first case, exported under the last checkpoint."""
    export_case(log, "CASE-1", tmp_path / "export", checkpoint(log, key_of(log)))
    return tmp_path / "export"


def note(log: Path, place: int) -> bytes:
    return log.with_name("checkpoints").joinpath(f"{signed_sizes(log)[place]}.note").read_bytes()


def replace(path: Path, old: bytes, new: bytes) -> None:
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))


def test_export_holds_the_cases_lines_and_no_others(log: Path, folder: Path) -> None:
    """The raw lines as they stand in the log; not one byte of another case's lines is in any file."""
    mine = [line for line in lines_of(log) if json.loads(line)["case"] == "CASE-1"]
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())

    assert (folder / "lines.jsonl").read_bytes().splitlines() == mine
    assert b"CASE-2" not in written
    assert "The audit lines of CASE-1" in (folder / "README.txt").read_text("utf-8")


def test_export_is_proven_against_the_head_and_from_earlier_heads(log: Path, folder: Path) -> None:
    """Every line is in the signed tree; the log is shown to have grown from the head signed at the case's end."""
    found = verify_export(folder, key_of(log).public, held=note(log, 0))

    assert found.lines == 6
    assert found.checkpoint == Checkpoint.open(note(log, 1), key_of(log).public)
    assert [known.size for known in found.earlier] == [6]
    assert verify_export(folder, held=note(log, 1)).lines == 6


def test_every_line_of_a_case_is_proven_and_no_other(log: Path) -> None:
    """Leaf and path lead to the root that the checkpoint signs; another case's lines are not named."""
    signed = checkpoint(log, key_of(log))
    proofs = prove(log, "CASE-1", signed)
    lines = lines_of(log)
    root = bytes.fromhex(signed.root)

    assert [json.loads(lines[proof.line - 1])["case"] for proof in proofs.lines] == ["CASE-1"] * 6
    for proof in proofs.lines:
        path = [bytes.fromhex(node) for node in proof.path]
        assert bytes.fromhex(proof.leaf) == leaf_hash(lines[proof.line - 1])
        assert includes(bytes.fromhex(proof.leaf), proof.line - 1, size=signed.size, root=root, proof=path)
    assert Checkpoint.open(proofs.checkpoint.encode(), key_of(log).public) == signed
    assert prove(log, "CASE-none", signed).lines == ()


def test_heads_from_before_the_case_stay_where_they_are(log: Path, tmp_path: Path) -> None:
    """The second case is exported without the head that was signed before it began."""
    export_case(log, "CASE-2", tmp_path / "second", checkpoint(log, key_of(log)))

    assert verify_export(tmp_path / "second").earlier == ()


def test_case_alone_in_a_log_of_one_line_is_proven_by_nothing_more(tmp_path: Path) -> None:
    """The proof of the only leaf is empty."""
    from audit_samples import event

    from footprint.audit.log import AuditLog

    log = tmp_path / "audit.jsonl"
    AuditLog(log).append(event(case="CASE-1"))
    export_case(log, "CASE-1", tmp_path / "export", checkpoint(log, key_of(log)))

    assert verify_export(tmp_path / "export").lines == 1


def test_checkpoint_that_the_export_does_not_reach_is_refused(log: Path, tmp_path: Path) -> None:
    """A later head, or one from before the case, is not shown to be of the same history."""
    export_case(log, "CASE-2", tmp_path / "second", checkpoint(log, key_of(log)))
    with pytest.raises(VerificationError, match="does not show that the log has grown"):
        verify_export(tmp_path / "second", held=note(log, 0))


def test_export_needs_lines_and_an_empty_folder(log: Path, folder: Path, tmp_path: Path) -> None:
    """A case without lines, a folder with files and a file are bad input."""
    signed = checkpoint(log, key_of(log))
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="with lines in the audit log"):
        export_case(log, "CASE-9", tmp_path / "new", signed)
    for target in (folder, tmp_path / "file"):
        with pytest.raises(InputError, match="a new or empty folder"):
            export_case(log, "CASE-1", target, signed)


def test_empty_folder_is_taken(log: Path, tmp_path: Path) -> None:
    """A folder that is there and empty will do."""
    (tmp_path / "empty").mkdir()

    assert export_case(log, "CASE-1", tmp_path / "empty", checkpoint(log, key_of(log))) == 6


CHANGES = [
    ("lines.jsonl", b'"actor":"op-1"', b'"actor":"op-2"', "line 1 is not shown"),
    ("lines.jsonl", b'"seq":1}', b'"seq":"x"}', "not an audit line"),
    ("lines.jsonl", b'"seq":1}', b'"seq":99}', "99.tlog-proof of the export cannot be read"),
    ("proofs/2.tlog-proof", b"index 1\n", b"index 2\n", "line 2 is not shown"),
    ("proofs/2.tlog-proof", b"@v1", b"@v2", "line 2 is not shown"),
    ("proofs/2.tlog-proof", b"=\n\n", b"\n\n", "not in its form"),
    ("proofs/2.tlog-proof", b"=\n\n", b"=\nAAAA\n\n", "not in its form"),
    ("proofs/2.tlog-proof", b"footprint.invalid", b"footprint.example", "line 2 is not shown"),
    ("checkpoint.note", b"\n11\n", b"\n13\n", "signature does not hold"),
    ("checkpoint.note.sig", b"A", b"B", "SSH signature does not hold"),
    ("audit.pub", b"footprint-audit", b"footprint-other", "was changed"),
    ("growth/6.txt", b"\n6\n", b"\n7\n", "signature does not hold"),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), CHANGES, ids=[f"{row[0]} {row[2]!r}" for row in CHANGES])
def test_changed_export_is_refused(name: str, old: bytes, new: bytes, told: str, folder: Path) -> None:
    """Whatever is changed on the way is named."""
    replace(folder / name, old, new)
    with pytest.raises(VerificationError, match=told):
        verify_export(folder)


def test_lines_taken_out_of_an_export_are_missed_by_their_proofs(folder: Path) -> None:
    """A line removed leaves its proof behind; a cut end has no newline."""
    content = (folder / "lines.jsonl").read_bytes()
    (folder / "lines.jsonl").write_bytes(content.split(b"\n", 1)[1])
    with pytest.raises(VerificationError, match="lines were taken out"):
        verify_export(folder)
    (folder / "lines.jsonl").write_bytes(content[:-1])
    with pytest.raises(VerificationError, match="its end was cut off"):
        verify_export(folder)


def test_growth_under_another_name_is_refused(folder: Path) -> None:
    """A proof is named by the size it begins at."""
    (folder / "growth" / "6.txt").rename(folder / "growth" / "5.txt")
    with pytest.raises(VerificationError, match="not shown to have grown from its head of 6 lines"):
        verify_export(folder)


def test_export_signed_by_another_key_is_refused(folder: Path) -> None:
    """Against the key that was given, a folder that agrees with itself is not enough."""
    with pytest.raises(VerificationError, match="not the key that was given"):
        verify_export(folder, OTHER.public)
