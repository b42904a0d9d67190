"""A signed PDF shows that it is whole, and by whom, to a reader that is not ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from footprint.errors import InputError
from footprint.papers.pdf_signature import SignatureStanding, check_signature
from footprint.report.pdf_signing import sign_pdf
from signed_pdf import page, signed_pdf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a key, its certificate and the authority behind it."""
    signed_pdf(tmp_path)
    return tmp_path


def test_a_signed_pdf_is_whole_and_trusted(folder: Path) -> None:
    """As pyHanko checks it, under the authority; the signed bytes begin with the unsigned file."""
    unsigned = page()
    made = sign_pdf(unsigned, key=folder / "key.pem", certificate=folder / "cert.pem")
    found = check_signature(made, where="report.pdf", authorities=(folder / "ca.pem").read_bytes())

    assert made.startswith(unsigned)
    assert b"/ETSI.CAdES.detached" in made
    assert found.standing is SignatureStanding.TRUSTED
    assert found.signers == 1


def test_a_changed_byte_breaks_it(folder: Path) -> None:
    """Whoever opens it sees that."""
    made = bytearray(sign_pdf(page(), key=folder / "key.pem", certificate=folder / "cert.pem"))
    made[made.index(b"BT ET")] ^= 1
    with pytest.raises(InputError, match="as it was signed"):
        check_signature(bytes(made), where="report.pdf")


@pytest.mark.parametrize(
    ("key", "certificate", "expected"),
    [
        ("none.pem", "cert.pem", "both PEM"),
        ("cert.pem", "cert.pem", "both PEM"),
        ("key.pem", "key.pem", "both PEM"),
        ("key.pem", "ca.pem", "belongs to the key"),
    ],
)
def test_what_does_not_belong_together_is_refused(folder: Path, key: str, certificate: str, expected: str) -> None:
    """A missing file, another kind of file, another's certificate."""
    with pytest.raises(InputError, match=expected):
        sign_pdf(page(), key=folder / key, certificate=folder / certificate)


def test_without_the_extra_the_word_is_clear(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the extra."""
    unsigned = page()
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.incremental_writer", None)
    with pytest.raises(InputError, match=r"footprint\[sign\]"):
        sign_pdf(unsigned, key=folder / "key.pem", certificate=folder / "cert.pem")
