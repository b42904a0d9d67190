"""Does a digital signature in a PDF hold? Checked by pyHanko (extra `sign`), without the network.

A signature that does not cover the whole file, or over bytes that were changed, is broken: then the file is not what was
signed. One that holds says who signed only where its certificate leads to an authority that somebody chose to trust.
"""

from __future__ import annotations

import importlib.util
import logging
import multiprocessing
import resource
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from footprint.errors import InputError

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

_MARK = b"/ByteRange"
"""Every signed PDF names the bytes that are signed (ISO 32000-2 12.8.1)."""


SECONDS, MEMORY = 30, 2_000_000_000
"""What the check of one file may take: of the processor, and bytes."""


class SignatureStanding(StrEnum):
    """What can be said of the digital signatures of a file."""

    NONE = "none"
    """It has none: it is a scan, or was signed by hand."""
    UNCHECKED = "unchecked"
    """It has one, and the extra that checks it is not installed."""
    INTACT = "intact"
    """The file is as it was signed; whose the certificate is, nobody vouched for."""
    TRUSTED = "trusted"
    """The file is as it was signed, under a certificate of an authority that was given."""


class PdfSignature(NamedTuple):
    """The digital signatures of a file."""

    standing: SignatureStanding
    signers: int = 0
    certificates: tuple[str, ...] = ()
    """SHA-256 of each signer's certificate, in hex."""


def check_signature(content: bytes, *, where: str, authorities: bytes | None = None) -> PdfSignature:
    """Return what can be said of a PDF's signatures; `authorities` are certificates in PEM form that are trusted.

    Raises InputError where a signature is broken, or the file cannot be read as a signed PDF.
    """
    if _MARK not in content:
        return PdfSignature(SignatureStanding.NONE)
    if importlib.util.find_spec("pyhanko") is None:
        return PdfSignature(SignatureStanding.UNCHECKED)
    checked = _apart(content, _pem(authorities, where))
    if not checked or not all(is_whole for is_whole, _, _ in checked):
        raise InputError(
            where=where,
            expected="a PDF that is as it was signed; its digital signature does not hold for this file",
            mend="ask the candidate for the file as they signed it",
        )
    trusted = all(is_trusted for _, is_trusted, _ in checked)
    standing = SignatureStanding.TRUSTED if trusted else SignatureStanding.INTACT
    return PdfSignature(standing, len(checked), tuple(digest for _, _, digest in checked))


def _pem(authorities: bytes | None, where: str) -> bytes | None:
    from pyhanko.keys import load_certs_from_pemder_data

    try:
        if authorities:
            list(load_certs_from_pemder_data(authorities))
    except ValueError:
        raise InputError(where=where, expected="certificates in PEM form for the authorities") from None
    return authorities


def _apart(content: bytes, authorities: bytes | None) -> list[tuple[bool, bool, str]]:
    """Return what `_signatures` returns, asked in a process that may use little: a few bytes can name a table without end."""
    alone = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=alone, initializer=_bounded, initargs=(SECONDS, MEMORY)) as pool:
        try:
            return pool.submit(_signatures, content, authorities).result()
        except BrokenProcessPool:
            return []


def _bounded(seconds: int, memory: int) -> None:
    logging.disable()  # pyHanko's messages quote the file
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _signatures(content: bytes, authorities: bytes | None) -> list[tuple[bool, bool, str]]:
    """Return of each signature what `_checked` says; none where the file cannot be read."""
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko_certvalidator import ValidationContext

    roots = list(load_certs_from_pemder_data(authorities)) if authorities else []
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    try:
        signatures = PdfFileReader(BytesIO(content), strict=False).embedded_signatures
        return [_checked(signature, context) for signature in signatures]
    except Exception:  # noqa: BLE001 - whatever a hostile file makes the libraries raise; its words may quote the file
        return []


def _checked(signature: EmbeddedPdfSignature, context: ValidationContext) -> tuple[bool, bool, str]:
    """Say of one signature: is the file as it was signed, is its certificate trusted, and the certificate's SHA-256."""
    from pyhanko.sign.validation import validate_pdf_signature

    found: PdfSignatureStatus = validate_pdf_signature(signature, context)
    # Intact: the signed bytes are those. Valid: the key's signature over them. And what came after is a permitted addition.
    is_whole = found.intact and found.valid and found.docmdp_ok is not False and _covers(found)
    return is_whole, is_whole and found.trusted, found.signing_cert.sha256.hex()


def _covers(found: PdfSignatureStatus) -> bool:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if found.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = found.modification_level
    return level is not None and level.value <= ModificationLevel.LTA_UPDATES.value
