"""`footprint review`: a person looks at each finding and says what it is, on a full screen or through JSON."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from footprint.cli.options import AS_JSON, WORKSPACE, print_json
from footprint.cli.reviewing import BY, sit, state
from footprint.errors import InputError
from footprint.files import parse_record, read_bytes
from footprint.model.record import Record
from footprint.model.review import Event


class Decisions(Record):
    """What another front end enters: all of it or nothing."""

    events: tuple[Event, ...]


@click.command()
@click.argument("case_id")
@click.option(
    "--apply", "decisions", metavar="FILE", help="Enter the decisions in a JSON file; - reads standard input."
)
@BY
@WORKSPACE
@AS_JSON
def review(case_id: str, *, decisions: str | None, by: str | None, workspace: Path, as_json: bool) -> None:
    """Review a case: each finding, its rule, its context, what the candidate says of it, and your verdict with a reason.

    Opens a full screen; every key is on it (press ?). What you enter is kept at once, and half-filled forms are kept too.
    """
    desk = sit(case_id, workspace, by)
    desk.check()
    if decisions is not None:
        content = sys.stdin.buffer.read() if decisions == "-" else read_bytes(Path(decisions))
        desk.enter(*parse_record(content, Decisions, where=decisions, is_json=True).events)
    if as_json:
        desk.note_read("report.json", "masked")
        print_json(state(desk).model_dump(mode="json"))
        return
    if decisions is not None:
        seen = state(desk)
        click.echo(
            f"{case_id}: {seen.entries} entries; {seen.done} of {len(seen.items)} findings reviewed by {desk.by}."
        )
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(where="review", expected="a terminal", mend="use --json and --apply from a program")
    from footprint.cli.review_screen import ReviewScreen  # only a person at a terminal needs it

    screen = ReviewScreen(desk)
    screen.run()
    if screen.fault is not None:
        raise screen.fault
    seen = state(desk)
    click.echo(f"{case_id}: {seen.done} of {len(seen.items)} findings reviewed by {desk.by}. All of it is kept.")
