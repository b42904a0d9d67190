"""Where a source states a limit in the JSON body of an answer, as its manifest declares it."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from footprint.model.record import Line, Record


class StatedLimit(Record):
    """A place in an answer at which the source says that it was asked enough."""

    at: Line
    """JSON pointer (RFC 6901) of the value: `/backoff`, `/error/code`."""
    says: tuple[Line, ...] = ()
    """Words by which the answer refuses, so that it is no page, whatever its status. None where the value itself is the
    number of seconds to wait, in an answer that is good."""
    seconds_at: Line | None = None
    """Where an answer that refuses says for how long: a number, or a sentence with a number of seconds in it."""

    @model_validator(mode="after")
    def _is_a_pointer(self) -> Self:
        if not all(place.startswith("/") for place in (self.at, self.seconds_at or "/")):
            msg = "a place in an answer is a JSON pointer and begins with a slash"
            raise ValueError(msg)
        if self.seconds_at is not None and not self.says:
            msg = "seconds_at is for an answer that refuses; without `says` the value itself is the wait"
            raise ValueError(msg)
        return self
