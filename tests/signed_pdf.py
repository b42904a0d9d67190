"""A digitally signed PDF of an invented person, made by pyHanko with a throw-away authority."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers


class Signed(NamedTuple):
    """A signed PDF and the authority behind it."""

    content: bytes
    authority: bytes
    """PEM."""


def signed_pdf(folder: Path) -> Signed:
    """Return a PDF of one page, signed under a fresh authority; keys are written to a folder of the test."""
    authority_key, authority = _certificate("An invented authority", None, None)
    key, certificate = _certificate("An invented candidate", authority_key, authority)
    names = {"key.pem": _pem(key), "cert.pem": _pem(certificate), "ca.pem": _pem(authority)}
    for name, content in names.items():
        (folder / name).write_bytes(content)
    signer = signers.SimpleSigner.load(
        str(folder / "key.pem"), str(folder / "cert.pem"), ca_chain_files=(str(folder / "ca.pem"),)
    )
    assert signer is not None
    out = BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name="Signature")
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(page())), metadata, signer=signer, output=out)
    return Signed(out.getvalue(), names["ca.pem"])


def page() -> bytes:
    """Return an unsigned PDF of one page."""
    writer = PdfFileWriter()
    stream = writer.add_object(StreamObject(stream_data=b"BT ET"))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 200, 200)))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _certificate(
    name: str, issuer_key: ec.EllipticCurvePrivateKey | None, issuer: x509.Certificate | None
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"), False
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=issuer is not None,
                content_commitment=issuer is not None,
                key_cert_sign=issuer is None,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(issuer_key or key, hashes.SHA256())
    )
    return key, built


def _pem(thing: ec.EllipticCurvePrivateKey | x509.Certificate) -> bytes:
    if isinstance(thing, x509.Certificate):
        return thing.public_bytes(Encoding.PEM)
    return thing.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
