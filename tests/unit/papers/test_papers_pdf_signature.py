"""A digital signature in a PDF holds, or the file is not what was signed."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from footprint.errors import InputError
from footprint.papers.pdf_signature import SignatureStanding, check_signature
from signed_pdf import Signed, signed_pdf


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signed")


@pytest.fixture(scope="module")
def paper(folder: Path) -> Signed:
    return signed_pdf(folder)


def test_a_signature_under_a_given_authority_is_trusted(paper: Signed, folder: Path) -> None:
    """The signer's certificate is named by its digest."""
    found = check_signature(paper.content, where="p.pdf", authorities=paper.authority)
    certificate = x509.load_pem_x509_certificate((folder / "cert.pem").read_bytes())

    assert found.standing is SignatureStanding.TRUSTED
    assert found.signers == 1
    assert found.certificates == (hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),)


def test_without_an_authority_it_is_intact_and_no_more(paper: Signed) -> None:
    """Anyone can make a certificate with any name."""
    assert check_signature(paper.content, where="p.pdf").standing is SignatureStanding.INTACT


def test_a_scan_has_no_signature() -> None:
    """It is for a person to read."""
    assert check_signature(b"%PDF-1.7\n%%EOF\n", where="p.pdf").standing is SignatureStanding.NONE


def test_a_changed_page_breaks_it(paper: Signed) -> None:
    """One byte of what was signed."""
    at = paper.content.index(b"BT ET")
    changed = paper.content[:at] + b"BT  T" + paper.content[at + 5 :]
    with pytest.raises(InputError, match="as it was signed"):
        check_signature(changed, where="p.pdf", authorities=paper.authority)


def test_a_page_added_after_signing_breaks_it(paper: Signed) -> None:
    """The signed bytes still are what was signed; the file is not."""
    from io import BytesIO

    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    writer = IncrementalPdfFileWriter(BytesIO(paper.content))
    stream = writer.add_object(StreamObject(stream_data=b"BT ET"))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 9, 9)))
    out = BytesIO()
    writer.write(out)
    with pytest.raises(InputError, match="as it was signed"):
        check_signature(out.getvalue(), where="p.pdf", authorities=paper.authority)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF\n",
        b"%PDF-1.7\n1 0 obj<</Type/Sig/ByteRange[0 9 9 9]/Contents<00>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        b"/ByteRange" * 1000,
    ],
)
def test_what_only_looks_signed_is_refused(content: bytes) -> None:
    """A hostile file is bad input, never a crash; its words are not repeated."""
    with pytest.raises(InputError) as refused:
        check_signature(content, where="p.pdf")
    assert "ByteRange" not in str(refused.value)


def test_every_cut_of_a_signed_file_is_refused_or_unsigned(paper: Signed) -> None:
    """However much of it is missing."""
    for size in range(0, len(paper.content) - 1, max(len(paper.content) // 40, 1)):
        try:
            found = check_signature(paper.content[:size], where="p.pdf")
        except InputError:
            continue
        assert found.standing is SignatureStanding.NONE


def test_authorities_that_are_none_are_bad_input(paper: Signed) -> None:
    """A file in another form."""
    with pytest.raises(InputError, match="PEM"):
        check_signature(
            paper.content, where="ca.pem", authorities=b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"
        )


def test_without_the_extra_it_is_said_to_be_unchecked(paper: Signed, monkeypatch: pytest.MonkeyPatch) -> None:
    """And never taken for one that holds."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert check_signature(paper.content, where="p.pdf").standing is SignatureStanding.UNCHECKED
