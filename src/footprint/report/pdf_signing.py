"""Sign a PDF so that any reader shows whether it was changed: PAdES baseline B (ETSI EN 319 142-1). Needs the extra `sign`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from footprint.errors import InputError

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer

NEEDED = "the extra `sign`: pip install 'footprint[sign]'"
FIELD = "Footprint"


def sign_pdf(pdf: bytes, *, key: Path, certificate: Path) -> bytes:
    """Return the PDF with a signature over the whole of it, made with a key and a certificate in PEM form.

    The time of signing stands in it, so two signatures are two files. Raises InputError where pyHanko is not there or the
    key and the certificate cannot be read, or do not belong together.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import SigSeedSubFilter
    except ImportError as error:
        raise InputError(where="--sign-key", expected=NEEDED) from error
    signer = _signer(key, certificate)
    out = BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer=signer, output=out)
    return out.getvalue()


def _signer(key: Path, certificate: Path) -> Signer:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
    from pyhanko.sign import signers

    try:
        private = load_pem_private_key(key.read_bytes(), password=None)
        public = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    except (OSError, ValueError, TypeError):
        # Without the cause: it could quote the key.
        raise InputError(
            where="--sign-key", expected="a private key and its certificate, both PEM, the key without a passphrase"
        ) from None
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if private.public_key().public_bytes(*form) != public.public_bytes(*form):
        raise InputError(where="--sign-cert", expected="the certificate that belongs to the key")
    signer: Signer | None = signers.SimpleSigner.load(str(key), str(certificate))  # type: ignore[no-untyped-call]
    if signer is None:
        raise InputError(where="--sign-key", expected="a key of a kind that PDF signatures take: RSA, ECDSA or Ed25519")
    return signer
