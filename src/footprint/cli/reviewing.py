"""Options and openings that the commands of a review share."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError

from footprint.cli.options import desk_at
from footprint.errors import InputError
from footprint.files import read_bytes
from footprint.model.record import Id, Moment
from footprint.review.desk import ReviewDesk
from footprint.review.state import ReviewState, state_of
from footprint.store.workspace import Workspace

BY = click.option("--by", metavar="ID", help="Your id, never a name; the operator of footprint.toml if left out.")
REASON = click.option("--reason", metavar="TEXT", help="The reason; - reads it from standard input, @FILE from a file.")

LONGEST = 200_000
"""Bytes of a text given in a file; records refuse what is too long for them."""


def sit(case_id: str, workspace: Path, by: str | None) -> ReviewDesk:
    """Return the desk of a case for one person. Raises InputError where there is no such case, or it has no report yet."""
    opened = Workspace.open(workspace)
    who = fitting(
        by or opened.settings.operator, TypeAdapter(Id), flag="--by", expected="an id such as V-1, never a name"
    )
    return ReviewDesk(desk_at(opened), case_id, who)


def fitting(given: str, kind: TypeAdapter[str], *, flag: str, expected: str) -> str:
    """Return a text given on the command line as a record can hold it. Raises InputError, without the text, where none can."""
    try:
        return kind.validate_python(given)
    except ValidationError:
        raise InputError(where=flag, expected=expected) from None


def state(desk: ReviewDesk) -> ReviewState:
    """Return the state of a review as the person at the desk may see it."""
    return state_of(desk.report, desk.matter, by=desk.by, exposures=desk.exposures())


def text_of(given: str | None, *, flag: str) -> str:
    """Return a text given on the command line, in a file (`@FILE`) or on standard input (`-`).

    Raises InputError where it is missing or empty, or not text in UTF-8.
    """
    if not given:
        raise InputError(where=flag, expected="a text; @FILE reads it from a file, - from standard input")
    if given == "-":
        content = sys.stdin.buffer.read(LONGEST)
    elif given.startswith("@"):
        content = read_bytes(Path(given[1:]), limit=LONGEST)
    else:
        return given
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise InputError(where=flag, expected="text in UTF-8") from error
    if not text:
        raise InputError(where=flag, expected="a text that is not empty")
    return text


def moment_of(given: str | None, *, flag: str, otherwise: Moment, at: time = time.min) -> Moment:
    """Return a moment given as a time with its zone, or as a day in UTC; `otherwise` where it is left out."""
    if given is None:
        return otherwise
    try:
        found = datetime.fromisoformat(given)
        if len(given) == len("2026-11-22"):
            found = datetime.combine(date.fromisoformat(given), at, otherwise.tzinfo)
    except ValueError as error:
        raise InputError(where=flag, expected="a day such as 2026-11-22, or a time with its zone") from error
    if found.tzinfo is None:
        raise InputError(where=flag, expected="a time with its zone, such as 2026-11-22T09:00:00Z")
    return found.astimezone(otherwise.tzinfo)
