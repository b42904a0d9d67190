"""The answers of one source, as files: `contract.toml` and what it names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from footprint.errors import InputError
from footprint.files import read_bytes, read_record
from footprint.model.evidence import UnknownReason
from footprint.model.record import Line, Record

FILE = "contract.toml"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
NOTHING = "nothing"
"""No observation and nothing unknown: the answer of a search without hits."""
MAX_BYTES = 20_000_000


class Answered(Record):
    """What one address answers."""

    url: Line
    """Exact, or the beginning of an address and `*`."""
    file: Line | None = None
    """Beside contract.toml; nothing is sent where there is none."""
    status: Annotated[int, Field(ge=200, le=599)] = 200
    type: Line | None = None
    """Follows the file's suffix where it is left out."""
    headers: dict[Line, Line] = {}

    def matches(self, url: str) -> bool:
        """Say whether it answers for an address."""
        return url.startswith(self.url[:-1]) if self.url.endswith("*") else url == self.url

    @property
    def content_type(self) -> str:
        """The Content-Type that is sent."""
        return self.type or TYPES.get(Path(self.file or "empty.html").suffix, "application/octet-stream")


class Named(Record):
    """Whom the answers are about. Nobody, under an invented name."""

    value: Line
    host: Line | None = None


class Expected(Record):
    """What must come of the answers that differ from source to source."""

    missing: UnknownReason | Literal["nothing"] = UnknownReason.ABSENT
    soft_404: Annotated[
        Literal[UnknownReason.ABSENT, UnknownReason.MALFORMED, UnknownReason.WALL] | Literal["nothing"],
        Field(alias="soft-404"),
    ]


Answers = Annotated[tuple[Answered, ...], Field(min_length=1)]


class Fixture(Record):
    """The answers that no source shares with another: four, and a fifth where its limits stand in a body."""

    identifier: Named
    found: Answers
    missing: Answers
    soft_404: Annotated[Answers, Field(alias="soft-404")]
    malformed: Answers
    limited: tuple[Answered, ...] = ()
    """The answer by which the source refuses, where its manifest says that it refuses in the body."""
    expect: Expected


class Fixtures:
    """A folder of answers."""

    def __init__(self, folder: Path) -> None:
        """Read them. Raises InputError where one of them is missing or not well formed."""
        self._folder = folder
        self.table = read_record(folder / FILE, Fixture)
        table = self.table
        for answered in (*table.found, *table.missing, *table.soft_404, *table.malformed, *table.limited):
            self.body(answered)

    def body(self, answered: Answered) -> bytes:
        """Return what is sent. Raises InputError where the file is not beside the table."""
        if answered.file is None:
            return b""
        if Path(answered.file).name != answered.file:
            raise InputError(where=str(self._folder / FILE), field="file", expected="the name of a file beside it")
        return read_bytes(self._folder / answered.file, limit=MAX_BYTES)
