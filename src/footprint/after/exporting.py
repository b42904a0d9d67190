"""Hand out what a case holds, in one folder that a stranger can check; sealed to their keys, if they gave any.

(1) gather    captures, manifest, report, the case's lines of the audit log with their proofs
(2) seal      each file in the age format (age-encryption.org/v1), where there are recipients
(3) note      `case.exported` with the digest of every file, under a signed head; and where each is, so that erasure finds it
(4) hand out  the folder appears whole, or not at all
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from footprint import __version__
from footprint.admission import Desk
from footprint.after.provenance import Provenance, provenance
from footprint.audit.checkpoint import checkpoint
from footprint.audit.export import export_case as export_lines
from footprint.audit.key import signing_key
from footprint.casefile import CaseFile
from footprint.errors import FootprintError, InputError, StoreError
from footprint.files import sync_folder, write_stream
from footprint.model.event import Action, AuditEvent
from footprint.model.manifest import Manifest
from footprint.store.copies import Copies
from footprint.web.wacz import About, pack
from footprint.zipping import Resource, zipped

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

    from pyrage import x25519

SUMS, README, AUDIT = "SHA256SUMS", "README.txt", "audit.zip"
SEALED = ".age"
VIEW = "evidence"
"""What the audit log calls an export, beside the views of a report that it names."""
BLOCK = 1 << 16
REPORTS = ("report.html", "report.json")
ABOUT_CAPTURES = "Every answer that was kept, as it came. A title gives the id of the evidence in manifest.json."


class Exported(NamedTuple):
    """What was handed out."""

    case: str
    folder: Path
    digests: dict[str, str]
    """SHA-256 of each file, by its name in the folder."""
    answers: int
    failures: int
    """Entries of the manifest without an answer."""
    pages: int
    lines: int
    """Of the audit log."""
    recipients: int


def export(desk: Desk, case_id: str, target: Path, recipients: Sequence[str] = ()) -> Exported:
    """Write what a case holds into a new or empty folder, and note it in the audit log.

    `recipients` are age keys (`age1...`): with them every file but the README is sealed, and only who holds one of their
    secret halves can open it. Raises InputError for an unknown case, a folder that is not empty or a key that is none,
    StoreError where something cannot be read or written, and VerificationError where what is kept does not hold.
    """
    keys = [_key(text) for text in recipients]
    record = desk.cases.get(case_id)
    _require_empty(target)
    with desk.workspace.hold_case(case_id), _staging(target) as staging:
        case = CaseFile(desk, record)
        made = provenance(case, at=desk.clock.now())
        lines, bundle = _lines(case, staging)  # (1)
        parts = {**_documents(case, made), AUDIT: bundle}
        digests = _write_all(parts, staging, keys)  # (2)
        entries = len(made.manifest.entries)
        counts = {"entries": entries, "lines": lines, "recipients": len(keys)}
        handed_out = {path.name: digests[path.name] for path in sorted(staging.iterdir())}
        desk.log.append(_event(desk, made.manifest, counts, digests))  # (3)
        case.seal()
        _note_copies(desk, case_id, target, handed_out)
        _hand_out(staging, target)  # (4)
    answers = sum(entry.evidence_id is not None for entry in made.manifest.entries)
    return Exported(case_id, target, handed_out, answers, entries - answers, len(made.pages), lines, len(keys))


def _event(desk: Desk, manifest: Manifest, counts: dict[str, int], digests: dict[str, str]) -> AuditEvent:
    return AuditEvent(
        at=desk.clock.now(),
        actor=desk.workspace.settings.operator,
        action=Action.CASE_EXPORTED,
        case=manifest.about.basis.case_id,
        demonstration=manifest.about.demonstration,
        ids={"view": VIEW},
        counts=counts,
        digests=digests,
        result="sealed" if counts["recipients"] else "open",
    )


def _note_copies(desk: Desk, case_id: str, target: Path, handed_out: dict[str, str]) -> None:
    """Note where each file will be, so that erasure can fetch it back."""
    copies = Copies(desk.workspace.database())
    for name, digest in handed_out.items():
        copies.note_digest(case_id, target / name, digest, desk.clock.now())


def _key(text: str) -> x25519.Recipient:
    import pyrage  # a library of Rust, loaded where something is sealed

    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        mend = "the public half of a key that `age-keygen` makes; never the secret half"
        raise InputError(where="--to", expected="an age recipient, which begins with age1", mend=mend) from None


def _require_empty(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(where=str(target), expected="a new or empty folder")


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """Give a folder beside the target that is gone when it is left, unless it became the target."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise StoreError(f"{target} could not be made: {error.strerror}") from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _hand_out(staging: Path, target: Path) -> None:
    try:
        staging.replace(target)  # an empty folder gives way
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(f"{target} could not be written: {error.strerror}") from error


def _documents(case: CaseFile, made: Provenance) -> dict[str, Iterator[bytes]]:
    """Return the captures, the manifest and the report as it was issued: what the case has of them."""
    workspace, case_id = case.desk.workspace, case.record.id
    parts = {"manifest.json": iter((_indented(made.manifest),))}
    for name in REPORTS:
        with suppress(InputError):  # a case that stopped has no report
            parts[name] = iter((workspace.get_document(case_id, name),))
    if made.recordings:
        about = About(f"Captures of {case_id}", ABOUT_CAPTURES, f"footprint/{__version__}")
        parts["captures.wacz"] = pack(made.recordings, made.pages, about)
    return parts


def _indented(manifest: Manifest) -> bytes:
    return json.dumps(manifest.model_dump(mode="json"), indent=1, ensure_ascii=False).encode() + b"\n"


def _lines(case: CaseFile, staging: Path) -> tuple[int, Iterator[bytes]]:
    """Return how many lines of the audit log speak of the case, and them, with their proofs, as a ZIP file."""
    log = case.desk.workspace.audit_path
    folder = staging / ".audit"
    signed = checkpoint(log, signing_key(log, case.desk.token))
    count = export_lines(log, case.record.id, folder, signed)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    resources = [Resource.of(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]
    shutil.rmtree(folder)
    return count, zipped(resources)


def _write_all(parts: dict[str, Iterator[bytes]], staging: Path, keys: list[x25519.Recipient]) -> dict[str, str]:
    """Write every part, the sums and the README; return the digests, of what was sealed also as it was before."""
    digests: dict[str, str] = {}
    for name, blocks in sorted(parts.items()):
        digests |= _write(staging / name, blocks, keys)
    sums = "".join(f"{digests[name]}  {name}\n" for name in sorted(parts))
    digests |= _write(staging / SUMS, iter((sums.encode(),)), keys)
    readme = files("footprint.after").joinpath("exporting.txt").read_bytes()
    return digests | _write(staging / README, iter((readme,)), [])


def _write(path: Path, blocks: Iterator[bytes], keys: list[x25519.Recipient]) -> dict[str, str]:
    """Write one file, sealed where there are keys; return the digest of what came, and of what was written."""
    source = _Source(blocks)
    if not keys:
        write_stream(path, partial(_copy, source))
        return {path.name: source.sha256}
    written = hashlib.sha256()
    sealed = path.with_name(f"{path.name}{SEALED}")
    write_stream(sealed, lambda file: _seal(source, _Sink(file, written), keys))
    return {path.name: source.sha256, sealed.name: written.hexdigest()}


def _copy(source: _Source, file: BinaryIO) -> None:
    while block := source.read(BLOCK):
        file.write(block)


def _seal(source: _Source, sink: _Sink, keys: list[x25519.Recipient]) -> None:
    import pyrage

    try:
        pyrage.encrypt_io(source, sink, keys)
    except pyrage.EncryptError as error:
        # The library tells only that reading or writing failed; why, the one that failed has kept.
        raise source.fault or sink.fault or StoreError("a file could not be sealed") from error


class _Source:
    """Blocks as a file that is read from, with the digest of what was read. It keeps what made reading fail."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = b""
        self._digest = hashlib.sha256()
        self.fault: FootprintError | None = None

    @property
    def sha256(self) -> str:
        """Of what was read so far."""
        return self._digest.hexdigest()

    def read(self, size: int) -> bytes:
        """Return at most that many bytes; none at the end."""
        try:
            while not self._rest and (block := next(self._blocks, None)) is not None:
                self._rest = block
        except FootprintError as error:
            self.fault = error
            raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        self._digest.update(taken)
        return taken


class _Sink:
    """A file that is written to, with the digest of what was written. It keeps what made writing fail."""

    def __init__(self, file: BinaryIO, digest: Hash) -> None:
        self._file = file
        self._digest = digest
        self.fault: OSError | None = None

    def write(self, content: bytes) -> int:
        """Write and count into the digest."""
        try:
            self._file.write(content)
        except OSError as error:
            self.fault = error
            raise
        self._digest.update(content)
        return len(content)

    def flush(self) -> None:
        """Do nothing: the file is flushed when it is whole."""
