"""Time stamps: a request for an authority, its answer, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from audit_authority import answered, made
from audit_samples import holdings, key_of, signed_log

from footprint.audit.checkpoint import signed_sizes
from footprint.audit.inspection import Outside, inspect, what_holds
from footprint.audit.stamp import Stamps, keep_stamp, request_stamp
from footprint.errors import InputError, VerificationError


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return signed_log(tmp_path)


def stamped(log: Path, authority: Path) -> Path:
    size = signed_sizes(log)[-1]
    return keep_stamp(log, size, answered(authority, request_stamp(log, size)), trusted(authority))


def trusted(authority: Path) -> bytes:
    return (authority / "ca.pem").read_bytes()


def test_stamp_is_kept_beside_its_checkpoint_and_holds(log: Path, authority: Path) -> None:
    """Two stamps over one checkpoint lie side by side, and openssl verifies them as they lie there."""
    first, second = stamped(log, authority), stamped(log, authority)
    outside = Outside(key=key_of(log).public, authorities=trusted(authority))
    found = inspect(log, holdings(), outside)
    note = log.with_name("checkpoints") / f"{signed_sizes(log)[-1]}.note"
    command = ["openssl", "ts", "-verify", "-data", str(note), "-in", str(first), "-CAfile", str(authority / "ca.pem")]

    assert [first.name, second.name] == [f"{note.name}.1.tsr", f"{note.name}.2.tsr"]
    assert found.stamps == Stamps(hold=2, unchecked=0)
    assert "Time stamps that hold: 2" in "\n".join(what_holds(found, outside))
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_stamp_without_certificates_is_counted_and_not_believed(log: Path, authority: Path) -> None:
    """Whose stamp it is cannot be said without the authority's certificate."""
    stamped(log, authority)
    found = inspect(log, holdings())

    assert found.stamps == Stamps(hold=0, unchecked=1)
    assert "Time stamps not checked: 1" in "\n".join(what_holds(found))


def test_stamp_over_another_checkpoint_is_not_kept(log: Path, authority: Path) -> None:
    """An answer is bound to one checkpoint by its hash."""
    first, last = signed_sizes(log)
    answer = answered(authority, request_stamp(log, first))
    with pytest.raises(VerificationError, match="not over this checkpoint"):
        keep_stamp(log, last, answer, trusted(authority))


def test_stamp_of_a_stranger_is_not_kept(log: Path, authority: Path, tmp_path: Path) -> None:
    """An authority that was not given is no authority."""
    (tmp_path / "stranger").mkdir()
    stranger = made(tmp_path / "stranger")
    size = signed_sizes(log)[-1]
    with pytest.raises(VerificationError, match="not by an authority given"):
        keep_stamp(log, size, answered(stranger, request_stamp(log, size)), trusted(authority))


@pytest.mark.parametrize("content", [b"", b"no answer"])
def test_stamp_that_is_none_is_named(content: bytes, log: Path, authority: Path) -> None:
    """A damaged stamp beside a checkpoint is named by its file."""
    stamped(log, authority).write_bytes(content)
    with pytest.raises(VerificationError, match=r"^11\.note\.1\.tsr: the time stamp does not hold"):
        inspect(log, holdings(), Outside(authorities=trusted(authority)))


def test_certificates_that_are_none_are_bad_input(log: Path, authority: Path) -> None:
    """The file given for the authorities must hold certificates."""
    with pytest.raises(InputError, match="certificates in PEM form"):
        keep_stamp(log, signed_sizes(log)[-1], b"", b"no certificates")


def test_without_the_extra_it_says_how_to_get_it(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stamps are an extra; without it everything else works."""
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    inspect(log, holdings())
    with pytest.raises(InputError, match=r"footprint\[stamp\]"):
        request_stamp(log, signed_sizes(log)[-1])


def test_there_must_be_a_checkpoint_to_stamp(tmp_path: Path) -> None:
    """A log that was never signed has nothing to stamp."""
    with pytest.raises(VerificationError, match=r"^0\.note cannot be read"):
        request_stamp(tmp_path / "audit.jsonl", 0)
