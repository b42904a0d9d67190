"""A time-stamp authority made with openssl, for tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = An invented time-stamp authority
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamping]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_chain = no
"""


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def made(folder: Path) -> Path:
    """Make an authority in a folder: `ca.pem` is what its stamps are checked by."""
    (folder / "tsa.cnf").write_text(CONFIG, encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-config", "tsa.cnf")
    openssl(
        folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-extensions", "authority"
    )
    openssl(folder, "req", *key, "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl(
        folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "20",
        "-extfile", "tsa.cnf", "-extensions", "stamping", "-out", "tsa.pem",
    )  # fmt: skip
    return folder


def answered(folder: Path, request: bytes) -> bytes:
    """Return the authority's answer to a request."""
    (folder / "request.tsq").write_bytes(request)
    openssl(
        folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request.tsq", "-signer", "tsa.pem",
        "-inkey", "tsa.key", "-out", "answer.tsr",
    )  # fmt: skip
    return (folder / "answer.tsr").read_bytes()
