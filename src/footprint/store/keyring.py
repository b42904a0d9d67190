"""The operator's own keys to documented interfaces: from the environment or from a file that nobody else can read.

They stand in no settings file, no log and no error, and what is printed of them is that they are there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from footprint.errors import InputError
from footprint.files import read_bytes

FOLDER = "keys"
_KEY = re.compile(r"[!-~]{4,500}")
_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Keyring:
    """Finds the key to a source. The environment comes first."""

    variable: Callable[[str], str] = lambda source: ""
    """Returns the name of the environment variable of a source."""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    folder: Path | None = None
    """The workspace's folder."""

    def get(self, source: str) -> str | None:
        """Return the key to a source; None where there is none.

        Raises InputError for a file that others can read, and for what is no key: it would break the request.
        """
        name = self.variable(source)
        if name in self.environment:
            return _checked(self.environment[name], name)
        path = None if self.folder is None or not _SOURCE.fullmatch(source) else self.folder / FOLDER / source
        if path is None or not path.exists():
            return None
        if path.stat().st_mode & 0o077:
            raise InputError(where=str(path), expected="a file that only you can read", mend=f"run chmod 600 {path}")
        return _checked(read_bytes(path, limit=1000).decode("ascii", "replace"), str(path))


def _checked(text: str, where: str) -> str:
    key = text.strip()
    if not _KEY.fullmatch(key):
        raise InputError(where=where, expected="a key: 4 to 500 printable ASCII characters without spaces, on one line")
    return key
