"""The mutation sweep: every byte of a small case's log, signed heads, keys and report, flipped one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from audit_samples import events_of, holdings, holds, key_of

from footprint.audit.checkpoint import checkpoint
from footprint.audit.log import AuditLog
from footprint.errors import VerificationError

REPORT = b'{\n  "case": "CASE-1",\n  "findings": []\n}\n'


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of one case, signed."""
    from audit_samples import REPORTS, sha

    path = tmp_path / "audit.jsonl"
    before = sha(REPORTS["CASE-1", "report.json"])
    for happened in events_of("CASE-1"):
        digests = {name: sha(REPORT) if digest == before else digest for name, digest in happened.digests.items()}
        AuditLog(path).append(happened.but(digests=digests))
    checkpoint(path, key_of(path))
    return path


def missed(path: Path, log: Path, masks: range | tuple[int, ...] = ()) -> list[tuple[int, int]]:
    """Flip each byte of a file, check everything, put it back; return the flips that nothing caught."""
    content = path.read_bytes()
    found = []
    for place in range(len(content)):
        for mask in masks or (1 << place % 8,):
            path.write_bytes(content[:place] + bytes((content[place] ^ mask,)) + content[place + 1 :])
            if not is_caught(log, REPORT):
                found.append((place, mask))
    path.write_bytes(content)
    return found


def is_caught(log: Path, report: bytes) -> bool:
    try:
        holds(log, kept=holdings(document=lambda *_: report))
    except VerificationError:
        return True
    return False


def test_nothing_is_caught_where_nothing_was_changed(log: Path) -> None:
    """The sweep starts from a log that holds."""
    assert not is_caught(log, REPORT)


def test_every_flipped_byte_of_the_log_is_caught(log: Path) -> None:
    """One bit of each byte of each line, the last one and its newline included."""
    assert missed(log, log) == []
    assert log.stat().st_size > 1_500


@pytest.mark.parametrize("name", ["checkpoints/6.note", "checkpoints/6.note.sig", "audit.pub", "audit.vkey"])
def test_every_flipped_bit_of_what_signs_it_is_caught(name: str, log: Path) -> None:
    """Each of the eight bits of each byte: also spare bits of base64, comments and line ends."""
    assert missed(log.with_name("checkpoints").parent / name, log, tuple(1 << bit for bit in range(8))) == []


def test_every_flipped_byte_of_the_report_is_caught(log: Path) -> None:
    """Each bit of each byte of the report, against the digest in the log."""
    for place in range(len(REPORT)):
        for bit in range(8):
            flipped = REPORT[:place] + bytes((REPORT[place] ^ 1 << bit,)) + REPORT[place + 1 :]
            assert is_caught(log, flipped), (place, bit)
