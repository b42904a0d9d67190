"""The files of one case: documents under the case key, WARC files under the capture key. Nothing else lies there open.

A WARC file lies open only while it is written; when the case is left it is locked. After a kill it is locked by the run
that goes on, or goes with the case when that is erased.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import BinaryIO

from footprint.errors import StoreError
from footprint.files import read_bytes, sync_folder, write_stream, write_whole
from footprint.store import cipher
from footprint.store.vault import KeyKind, Vault

LOCKED = ".locked"
"""How the name of a locked document ends."""
CAPTURE = ".warc.gz"
SEALED_CAPTURE = ".warc.gz.age"
MAX_DOCUMENT_BYTES = 200_000_000
"""No document of a case is near it."""


class LockedFolder:
    """The folder of one case, its files locked under its keys. Names are plain file names: the caller has checked them."""

    def __init__(self, folder: Path, case_id: str, vault: Callable[[], Vault]) -> None:
        self._folder = folder
        self._case = case_id
        self._vault = vault  # opened when a key is needed: it may ask somebody for a passphrase

    def put(self, name: str, content: bytes) -> Path:
        """Keep a document and return where; one of the same name is replaced as a whole.

        Raises InputError where the case key was destroyed, StoreError where it cannot be written.
        """
        locked = cipher.lock(self._vault().key(self._case, KeyKind.CASE), content, about=self._about(name))
        path = self._folder / f"{name}{LOCKED}"
        write_whole(path, locked)
        return path

    def get(self, name: str) -> bytes:
        """Return a document. Raises InputError where there is none of that name, StoreError where it was changed."""
        locked = read_bytes(self._folder / f"{name}{LOCKED}", limit=MAX_DOCUMENT_BYTES)
        return cipher.unlock(self._vault().key(self._case, KeyKind.CASE), locked, about=self._about(name))

    def open_capture(self, name: str) -> BinaryIO:
        """Return one WARC file, opened for reading; what lay locked is opened in memory, never on the disk.

        Raises InputError where the capture key was destroyed, StoreError where the file cannot be read.
        """
        try:
            try:
                return (self._folder / name).open("rb")
            except FileNotFoundError:
                identity = self._vault().key(self._case, KeyKind.CAPTURE)  # first: it says when it was destroyed
                sealed = self._folder / f"{name.removesuffix(CAPTURE)}{SEALED_CAPTURE}"
                written = sealed.stat().st_mtime_ns
                return io.BytesIO(_unsealed(identity, sealed, written))
        except OSError as error:
            raise StoreError(f"{name} could not be read: {error.strerror}") from error

    def lock_captures(self) -> None:
        """Lock every WARC file that still lies open. Raises StoreError where that cannot be done: it then stays as it is."""
        try:
            for path in sorted(self._folder.glob(f"*{CAPTURE}")):
                identity = self._vault().key(self._case, KeyKind.CAPTURE)
                sealed = path.with_name(f"{path.name.removesuffix(CAPTURE)}{SEALED_CAPTURE}")
                with path.open("rb") as plain:
                    write_stream(sealed, partial(cipher.seal_stream, identity, plain))
                path.unlink()
                sync_folder(self._folder)
        except OSError as error:
            raise StoreError(f"a WARC file could not be locked: {error.strerror}") from error

    def delete_captures(self) -> None:
        """Delete every WARC file, open or locked. Raises StoreError where that cannot be done."""
        for pattern in (f"*{CAPTURE}", f"*{SEALED_CAPTURE}"):
            _delete(self._folder.glob(pattern))
        _unsealed.cache_clear()

    def _about(self, name: str) -> str:
        return f"{self._case}/{name}"


def captures_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the WARC files in the folder of a case, oldest first, whether open or locked."""
    open_ones = {path.name for path in folder.glob(f"*{CAPTURE}")}
    locked = {f"{path.name.removesuffix(SEALED_CAPTURE)}{CAPTURE}" for path in folder.glob(f"*{SEALED_CAPTURE}")}
    return tuple(sorted(open_ones | locked))


def documents_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the documents in the folder of a case."""
    return tuple(sorted(path.name.removesuffix(LOCKED) for path in folder.glob(f"*{LOCKED}")))


def delete_folder(folder: Path) -> int:
    """Delete a case's folder with every file in it, and return how many there were. Raises StoreError."""
    _unsealed.cache_clear()
    if not folder.is_dir():
        return 0
    count = _delete(folder.iterdir())
    try:
        folder.rmdir()
        sync_folder(folder.parent)
    except OSError as error:
        raise StoreError(f"the folder of a case could not be deleted: {error.strerror}") from error
    return count


def _delete(paths: Iterable[Path]) -> int:
    try:
        found = list(paths)
        for path in found:
            path.unlink()
    except OSError as error:
        raise StoreError(f"a file of a case could not be deleted: {error.strerror}") from error
    return len(found)


@lru_cache(maxsize=2)
def _unsealed(identity: bytes, sealed: Path, _written: int) -> bytes:
    """Return what was sealed; a resumed run reads one recording again and again."""
    plain = io.BytesIO()
    with sealed.open("rb") as file:
        cipher.open_stream(identity, file, plain)
    return plain.getvalue()
