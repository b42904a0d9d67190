"""Read files that a stranger may have written, and write files that appear whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import tempfile
import tomllib
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError

from footprint.errors import InputError, StoreError

R = TypeVar("R", bound=BaseModel)

MAX_INPUT_BYTES = 1_000_000
"""A profile, consent or pack is a few kilobytes; more is a mistake or an attack."""

EXPECTED = {
    "extra_forbidden": "a known field",
    "missing": "a value; the field is required",
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date such as 2026-11-22",
    "date_from_datetime_parsing": "a date such as 2026-11-22",
    "datetime_from_date_parsing": "a time with its zone such as 2026-11-22T09:00:00Z",
    "date_parsing": "a date such as 2026-11-22",
    "date_from_datetime_inexact": "a date such as 2026-11-22",
    "datetime_parsing": "a time with its zone such as 2026-11-22T09:00:00Z",
    "datetime_type": "a time with its zone such as 2026-11-22T09:00:00Z",
    "tuple_type": "a list",
    "model_type": "a table of fields",
    "dict_type": "a table of fields",
}
"""What a reader needs to hear for pydantic's error types; others keep pydantic's words."""


def read_bytes(path: Path, *, limit: int = MAX_INPUT_BYTES) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes.

    Raises InputError for anything else: a folder, a device, a link loop, a file too large or not readable.
    """
    try:
        # Not blocking, so that a named pipe cannot hold the program.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(where=str(path), expected="a file that can be read", mend=str(why)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise InputError(where=str(path), expected="a regular file")
    with os.fdopen(handle, "rb") as file:
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise InputError(where=str(path), expected="a file that can be read", mend=str(error.strerror)) from error
    if len(content) > limit:
        raise InputError(where=str(path), expected=f"a file of at most {limit:,} bytes")
    return content


def read_record(path: Path, kind: type[R]) -> R:
    """Return the record that a TOML or JSON file holds.

    Raises InputError with the file, the path of the first wrong field and what was expected there.
    """
    return parse_record(read_bytes(path), kind, where=str(path), is_json=path.suffix.lower() == ".json")


def parse_record(content: bytes, kind: type[R], *, where: str, is_json: bool = False) -> R:
    """Return the record that TOML or JSON bytes hold. Raises InputError, as `read_record` does."""
    try:
        text = content.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_each_once) if is_json else tomllib.loads(text)
        # Through JSON, where strict means: text is not a number, but a name may be an enum and a list a tuple.
        plain = json.dumps(value, default=_plain, allow_nan=False)
        return kind.model_validate_json(plain, strict=True)
    except UnicodeDecodeError as error:
        raise InputError(where=where, expected="text in UTF-8", mend=f"byte {error.start} is not") from error
    except ValidationError as error:
        raise _first_fault(where, error) from error
    except (ValueError, RecursionError) as error:
        form = "JSON" if is_json else "TOML"
        raise InputError(where=where, expected=f"a {form} file", mend=str(error)[:200]) from error


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that it appears whole or not at all, and stays after a crash.

    Raises StoreError where the disk is full or the folder cannot be written.
    """
    write_stream(path, lambda file: _write(file, content), mode=mode)


def write_stream(path: Path, fill: Callable[[BinaryIO], None], *, mode: int = 0o600) -> None:
    """Write a file as `write_whole` does, from what `fill` writes. Raises StoreError as it does."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
        sync_folder(path.parent)
    except BaseException as error:  # Ctrl-C as well: no piece stays under a name that nobody knows
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreError(f"{path} could not be written: {error.strerror}") from error
        raise


def _write(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a key that stands twice: of two `events` the second would silently hide the first."""
    value = dict(pairs)
    if len(value) != len(pairs):
        msg = "a key stands twice in one object"
        raise ValueError(msg)
    return value


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise ValueError(f"a value of type {type(value).__name__} has no place in a record")


def _first_fault(where: str, error: ValidationError) -> InputError:
    fault = error.errors(include_url=False, include_input=False)[0]
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"]).lstrip(".")
    expected = EXPECTED.get(fault["type"], fault["msg"].removeprefix("Value error, "))
    more = error.error_count() - 1
    return InputError(where=where, field=field, expected=expected, mend=f"{more} more faults follow" if more else "")
