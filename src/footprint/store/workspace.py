"""The workspace: one folder that holds the settings, the policy, the database, the audit log and the cases' files."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Annotated, BinaryIO, Self

from pydantic import AfterValidator, Field
from sqlalchemy import Engine

from footprint.errors import InputError, StoreError
from footprint.files import parse_record, read_bytes, read_record, write_whole
from footprint.model.record import Id, Line, Record
from footprint.model.stamps import StampSettings
from footprint.model.suggestion import ProposerSettings
from footprint.store.copies import Copies
from footprint.store.database import connect
from footprint.store.locked import LockedFolder, captures_in, delete_folder, documents_in
from footprint.store.vault import Vault
from footprint.store.workspace_key import KeyPlace

SETTINGS = "footprint.toml"
DATABASE = "footprint.db"
AUDIT = "audit.jsonl"
SALT = "salt"
CASES = "cases"
CONSENTS = "consents"
"""Folder in which consents are kept, and under a key of each its signed papers; 0700 with files of 0600."""

_CONTACT = re.compile(r"(mailto:)?[!-'*-?A-~]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]{2,}|https?://[!-'*-~]+")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_POLICY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(toml|json)")
_RULES = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.json")
_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_DOCUMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SALT = re.compile(rb"[0-9a-f]{64}\n")


def _reachable(contact: str) -> str:
    if not _CONTACT.fullmatch(contact):
        msg = (
            "contact must be a mail address or a URL, in ASCII without spaces or brackets: every site asked will see it"
        )
        raise ValueError(msg)
    return contact


def _recipient(key: str) -> str:
    if not _RECIPIENT.fullmatch(key):
        msg = (
            "an unlocker's key begins with age1: the public half of an age key, as `footprint case unlocker` prints it"
        )
        raise ValueError(msg)
    return key


def _policy_file(name: str) -> str:
    if name == SETTINGS or not _POLICY.fullmatch(name):
        msg = "policy must be the name of a .toml or .json file in the workspace, without a folder"
        raise ValueError(msg)
    return name


def _rule_file(name: str) -> str:
    if not _RULES.fullmatch(name):
        msg = "handles must be the name of a .json file in the workspace, without a folder"
        raise ValueError(msg)
    return name


class Settings(Record):
    """`footprint.toml`: who works here and how politely."""

    operator: Id
    """The id, not the name, of the person who runs the tool: it stands in the audit log."""
    contact: Annotated[Line, AfterValidator(_reachable)]
    """A mail address or a URL that is read: it stands in the User-Agent of every request."""
    policy: Annotated[Line, AfterValidator(_policy_file)] = "policy.toml"
    """File name of the organisation's policy in the workspace."""
    handles: Annotated[Line, AfterValidator(_rule_file)] | None = None
    """File name of the site rules in the workspace that names are looked for by; none ships with footprint."""
    unlockers: dict[Id, Annotated[Line, AfterValidator(_recipient)]] = {}
    """Who may unlock sealed items: the id of each second person, and their age recipient (`age1...`). Their secret keys
    are theirs: what is sealed to them, the operator cannot open."""
    stamps: StampSettings = StampSettings()
    """Time-stamp authorities; none unless they are named."""
    proposer: ProposerSettings | None = None
    """The model that may propose what a person is to look at; none unless it is named."""
    seconds_between: Annotated[float, Field(ge=0.5, le=60)] = 1.0
    """The least time between two requests to one host; a source may ask for more."""
    terms_review_months: Annotated[int, Field(ge=1, le=60)] = 12
    """After how many months the terms of a source are to be read again: a notice says whose are due."""


class Workspace:
    """An open workspace. Leave it by `with`, or call `close`."""

    def __init__(self, folder: Path, settings: Settings, salt: bytes) -> None:
        self.folder = folder
        self.settings = settings
        self._salt = salt
        self._engine: Engine | None = None
        self._vault: Vault | None = None

    @classmethod
    def create(
        cls,
        folder: Path,
        settings_toml: bytes,
        policy_toml: bytes,
        *,
        salt: bytes | None = None,
        key: KeyPlace = KeyPlace.FILE,
    ) -> Workspace:
        """Make a workspace in a new or empty folder and open it.

        `salt` (32 bytes) is given where a run must come out the same each time, as in the demo; else it is random.
        `key` says where the workspace key is to lie.
        Raises InputError where the folder is not empty or the settings do not hold, StoreError where it cannot be
        written; a workspace that could not be made whole is taken away again.
        """
        settings = parse_record(settings_toml, Settings, where=SETTINGS)
        try:
            _make_empty(folder)
            try:
                _fill(folder, settings, policy_toml, salt or secrets.token_bytes(32))
                Vault.create(folder, key)
                # Last, because it makes the folder a workspace.
                write_whole(folder / SETTINGS, settings_toml)
            except BaseException:  # Ctrl-C as well: there are no half workspaces
                _empty_again(folder)
                raise
        except OSError as error:
            raise StoreError(f"the workspace {folder} could not be made: {error.strerror}") from error
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Workspace:
        """Open a workspace.

        Raises InputError where there is none or its settings do not hold, StoreError where its salt is lost.
        """
        if not folder.is_dir():
            raise InputError(where=str(folder), expected="a workspace", mend="make one with `footprint init`")
        settings = read_record(folder / SETTINGS, Settings)
        return cls(folder, settings, _read_salt(folder / SALT))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the databases."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        if self._vault is not None:
            self._vault.close()
            self._vault = None

    @property
    def policy_path(self) -> Path:
        """The organisation's policy."""
        return self.folder / self.settings.policy

    @property
    def audit_path(self) -> Path:
        """The audit log; there from the beginning, so that a missing one was taken away."""
        return self.folder / AUDIT

    def database(self) -> Engine:
        """Return the engine on this workspace's database; one for all callers, disposed of by `close`.

        Raises StoreError where the database is missing: begun anew, it would count used runs and visits as unused.
        """
        if self._engine is None:
            path = self.folder / DATABASE
            if not path.is_file():
                raise StoreError(f"{path} is missing; bring it back from a backup")
            self._engine = connect(path)
        return self._engine

    def vault(self) -> Vault:
        """Return the keys of this workspace's cases, opened with the workspace key when they are first needed.

        Raises InputError where the passphrase is not given or wrong, StoreError where the vault or its key is lost.
        """
        if self._vault is None:
            self._vault = Vault.open(self.folder)
        return self._vault

    def case_folder(self, case_id: str) -> Path:
        """Return the folder of a case's files; made, 0700, where there is none yet.

        Raises InputError for what is not a case id, StoreError where it cannot be made.
        """
        folder = self._case_path(case_id)
        try:
            _make_private(folder)
        except OSError as error:
            raise StoreError(f"the folder of case {case_id} could not be made: {error.strerror}") from error
        return folder

    @contextmanager
    def hold_case(self, case_id: str) -> Iterator[None]:
        """Keep every other process away from a case until left: two at work on it would write over each other's records.

        A process that dies lets go of it. Raises InputError where another one holds it, StoreError where it cannot be held.
        """
        handle = _open_folder(self.case_folder(case_id))
        try:
            if not _is_free(handle):
                mend = "wait until that run has ended, or end it"
                raise InputError(where=case_id, expected="a case on which no other run is at work", mend=mend)
            yield
        finally:
            os.close(handle)  # and with it the lock

    def put_document(self, case_id: str, name: str, content: bytes) -> Path:
        """Keep a document of a case, `report.json`, under the case key, and return where.

        One of the same name is replaced as a whole. Raises InputError for a name that is not a plain file name or where
        the case key was destroyed, StoreError where it cannot be written.
        """
        _require(_DOCUMENT, name, "a plain file name")
        self.case_folder(case_id)
        return self._locked(case_id).put(name, content)

    def get_document(self, case_id: str, name: str) -> bytes:
        """Return a document of a case. Raises InputError where the case holds none of that name, StoreError where it was changed."""
        _require(_DOCUMENT, name, "a plain file name")
        return self._locked(case_id).get(name)

    def documents(self, case_id: str) -> tuple[str, ...]:
        """Return the names of a case's documents."""
        return documents_in(self._case_path(case_id))

    def captures(self, case_id: str) -> tuple[str, ...]:
        """Return the names of a case's WARC files, oldest first, whether they lie open or locked."""
        return captures_in(self._case_path(case_id))

    def open_capture(self, case_id: str, name: str) -> BinaryIO:
        """Return one of a case's WARC files, opened for reading.

        Raises InputError where its key was destroyed, StoreError where it cannot be read.
        """
        _require(_DOCUMENT, name, "a plain file name")
        return self._locked(case_id).open_capture(name)

    def lock_captures(self, case_id: str) -> None:
        """Lock every WARC file of a case that still lies open. Raises StoreError where that cannot be done."""
        self._locked(case_id).lock_captures()

    def delete_captures(self, case_id: str) -> None:
        """Delete every WARC file of a case. Raises StoreError where that cannot be done."""
        self._locked(case_id).delete_captures()

    def delete_case(self, case_id: str) -> int:
        """Delete every file of a case and its folder, and return how many files there were. Raises StoreError."""
        return delete_folder(self._case_path(case_id))

    def hand_out(self, case_id: str, path: Path, content: bytes, at: datetime) -> None:
        """Write a copy of a case's document outside the workspace, and note where, so that erasure can fetch it back.

        Raises StoreError where it cannot be written.
        """
        Copies(self.database()).note(case_id, path, content, at)
        write_whole(path, content)

    def put_signed(self, authorisation: str, name: str, content: bytes) -> None:
        """Keep a signed paper under the key of its consent. Raises as `put_document` does."""
        self._signed(authorisation).put(name, content)

    def get_signed(self, authorisation: str, name: str) -> bytes:
        """Return a signed paper. Raises InputError where there is none of that name, StoreError where it was changed."""
        return self._signed(authorisation).get(name)

    def signed_papers(self, authorisation: str) -> tuple[str, ...]:
        """Return the names of the signed papers that were kept for a consent."""
        _require(_CASE, authorisation, "the id of a consent")
        return documents_in(self.folder / CONSENTS / authorisation)

    def url_digest(self, url: str) -> str:
        """Return the HMAC-SHA256 of a URL under the workspace's salt: it counts visits and cannot be guessed back."""
        return hmac.new(self._salt, url.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def _signed(self, authorisation: str) -> LockedFolder:
        _require(_CASE, authorisation, "the id of a consent")
        return LockedFolder(self.folder / CONSENTS / authorisation, authorisation, self.vault)

    def _locked(self, case_id: str) -> LockedFolder:
        return LockedFolder(self._case_path(case_id), case_id, self.vault)

    def _case_path(self, case_id: str) -> Path:
        _require(_CASE, case_id, "a case id")
        return self.folder / CASES / case_id


def _require(pattern: re.Pattern[str], name: str, expected: str) -> None:
    if not pattern.fullmatch(name):
        raise InputError(where=repr(name[:100]), expected=expected)


def _open_folder(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise StoreError(f"the folder {folder.name} could not be opened: {error.strerror}") from error


def _is_free(handle: int) -> bool:
    """Take the lock of a folder; False where another process has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _make_private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # whatever the umask


def _make_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(where=str(folder), expected="a new or empty folder", mend="choose another folder")
    _make_private(folder)


def _fill(folder: Path, settings: Settings, policy_toml: bytes, salt: bytes) -> None:
    _make_private(folder / CASES)
    write_whole(folder / settings.policy, policy_toml)
    write_whole(folder / SALT, salt.hex().encode() + b"\n")
    write_whole(folder / AUDIT, b"")
    connect(folder / DATABASE).dispose()


def _empty_again(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _read_salt(path: Path) -> bytes:
    try:
        content = read_bytes(path, limit=65)
    except InputError as error:
        raise StoreError(f"{path} cannot be read; bring it back from a backup: visits are counted by it") from error
    if not _SALT.fullmatch(content):
        raise StoreError(f"{path} is damaged; bring it back from a backup: visits are counted by it")
    return bytes.fromhex(content.decode())
