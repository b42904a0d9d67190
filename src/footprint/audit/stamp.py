"""RFC 3161 time stamps over checkpoints: a request out, an answer in, and their verification. Nothing here opens the network.

Needs the extra `footprint[stamp]`. An authority sees the hash of a checkpoint and nothing else. `openssl ts` reads and
verifies the same files.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from cryptography.x509 import load_pem_x509_certificates

from footprint.audit.checkpoint import FOLDER, NOTE, Checkpoint, path_of, read_note
from footprint.errors import InputError, VerificationError
from footprint.files import write_whole

ENDING = ".tsr"


class Stamps(NamedTuple):
    """Time stamps that lie beside the checkpoints."""

    hold: int
    unchecked: int
    """No certificates were given to check them by."""


def request_stamp(log: Path, size: int) -> bytes:
    """Return the time-stamp request over a checkpoint, to be sent to an authority by other means.

    Raises VerificationError where there is no such checkpoint, InputError where the extra is not installed.
    """
    note = read_note(path_of(log, size, NOTE))
    # No nonce: the answer may come days later and by hand, and is bound to the checkpoint by its hash.
    return bytes(_library().TimestampRequestBuilder().data(note).nonce(nonce=False).build().as_bytes())


def keep_stamp(log: Path, size: int, token: bytes, authorities: bytes) -> Path:
    """Check an authority's answer over a checkpoint, keep it beside the checkpoint, and return where.

    Raises VerificationError where it is not over that checkpoint or not by one of the authorities, InputError where the
    certificates are none, StoreError where it cannot be written.
    """
    _check(token, read_note(path_of(log, size, NOTE)), authorities)
    number = 1
    while (path := path_of(log, size, f"{NOTE}.{number}{ENDING}")).exists():
        number += 1
    write_whole(path, token)
    return path


def stamps_beside(log: Path) -> int:
    """Return how many time stamps lie beside the checkpoints, checked or not."""
    return sum(1 for _ in log.with_name(FOLDER).glob(f"*{NOTE}.*{ENDING}"))


def check_stamps(log: Path, signed: Iterable[Checkpoint], authorities: bytes | None) -> Stamps:
    """Return how many time stamps hold. Raises VerificationError for the first that does not."""
    hold = unchecked = 0
    for known in signed:
        note = path_of(log, known.size, NOTE)
        for path in sorted(note.parent.glob(f"{note.name}.*{ENDING}")):
            if authorities is None:
                unchecked += 1
                continue
            try:
                _check(read_note(path), read_note(note), authorities)
            except VerificationError as error:
                raise VerificationError(f"{path.name}: {error}") from error
            hold += 1
    return Stamps(hold, unchecked)


def _check(token: bytes, note: bytes, authorities: bytes) -> None:
    library = _library()
    try:
        roots = load_pem_x509_certificates(authorities)
    except ValueError as error:
        raise InputError(where="--tsa-ca", expected="certificates in PEM form") from error
    builder = library.VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(library.decode_timestamp_response(token), note)
    except (ValueError, library.VerificationError) as error:
        raise VerificationError(
            "the time stamp does not hold: it is not over this checkpoint, not by an authority given, or was changed"
        ) from error


def _library() -> ModuleType:
    try:
        return import_module("rfc3161_client")
    except ImportError as error:
        mend = "pip install 'footprint[stamp]'; or check with openssl, as docs/verify.md shows"
        raise InputError(where="time stamps", expected="the extra for time stamps", mend=mend) from error
