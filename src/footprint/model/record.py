"""The base of every value that travels: frozen, closed to unknown fields, with one canonical form."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from footprint.model.described import describe

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_encoded = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


class Record(BaseModel):
    """A frozen value. Unknown fields are refused, so that a typing error in a file is never silent."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=describe)

    def canonical(self) -> bytes:
        """Return the one byte form of this value: JSON, sorted keys, UTF-8, no spaces."""
        return canonical_json(self.model_dump(mode="json", by_alias=True))

    def digest(self) -> str:
        """Return the SHA-256 of the canonical form, in hex."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def but(self, **changes: object) -> Self:
        """Return a copy with some fields changed, validated again."""
        return type(self).model_validate({**dict(self), **changes})


def canonical_json(value: object) -> bytes:
    """Return sorted, compact UTF-8 JSON of `value`, so that equal values have equal bytes."""
    return _encoded(value).encode()


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        msg = "a time needs its zone, for instance 2026-11-22T09:00:00Z"
        raise ValueError(msg)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        # The first or the last day of the calendar, in a zone whose UTC time lies beyond it.
        msg = "a time in UTC lies between the years 1 and 9999"
        raise ValueError(msg) from None


def _no_controls(text: str) -> str:
    if _CONTROL.search(text):
        msg = "control characters are not allowed"
        raise ValueError(msg)
    return text


Moment = Annotated[datetime, AfterValidator(_in_utc)]
"""A time with its zone, kept in UTC."""

Line = Annotated[
    str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True), AfterValidator(_no_controls)
]
"""One line of text, 1 to 500 characters."""

Sentence = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
"""A sentence or a paragraph, 1 to 4,000 characters."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$")]
"""An id: letters, digits and ._:- only."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hex."""
