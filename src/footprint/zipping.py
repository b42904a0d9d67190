"""Write ZIP files front to back, in blocks, so that equal content gives equal bytes: no time, no compression, the order given."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the earliest that ZIP knows."""
READABLE = 0o644 << 16
UNIX = 3


class Resource(NamedTuple):
    """One file that goes in."""

    path: str
    size: int
    sha256: str
    blocks: Callable[[], Iterator[bytes]]
    """Gives its content, anew at each call."""

    @classmethod
    def of(cls, path: str, content: bytes) -> Resource:
        """Return a file that is held in memory."""
        return cls(path, len(content), hashlib.sha256(content).hexdigest(), lambda: iter((content,)))


def zipped(resources: Iterable[Resource]) -> Iterator[bytes]:
    """Yield a ZIP file of some files in blocks, in their order."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for resource in resources:
            about = ZipInfo(resource.path, EARLIEST)
            # The size is said before, so that a file beyond 4 GB gets its 64-bit fields.
            about.create_system, about.external_attr, about.file_size = UNIX, READABLE, resource.size
            with archive.open(about, "w") as entry:
                for block in resource.blocks():
                    entry.write(block)
                    yield sink.take()
    # The list of what is in it came when the archive was left.
    yield sink.take()


class _Sink(io.RawIOBase):
    """Takes what is written and hands it out. It cannot be sought in, so nothing is written but front to back."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[bytes] = []

    def write(self, content: bytes) -> int:  # type: ignore[override]  # RawIOBase takes any buffer; zipfile gives bytes
        self._blocks.append(bytes(content))
        return len(content)

    def take(self) -> bytes:
        """Return what was written since, and forget it."""
        taken, self._blocks = b"".join(self._blocks), []
        return taken
