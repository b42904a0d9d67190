"""`footprint case recheck`: is a disputed statement still where it was found?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from footprint.after.rechecking import recheck as recheck_item
from footprint.cli.options import WORKSPACE, loopback_options, outlook_for
from footprint.cli.reviewing import BY, sit
from footprint.model.review import SourceState

WORDS = {
    SourceState.LIVE: "still there, as it was read",
    SourceState.EDITED: "still there, with other words",
    SourceState.GONE: "no longer there",
    SourceState.UNKNOWN: "could not be told",
}


@click.command()
@click.argument("case_id")
@click.argument("item")
@click.option(
    "--consent", type=click.Path(path_type=Path), required=True, help="The consent on file; it is asked again."
)
@BY
@WORKSPACE
@loopback_options
def recheck(
    case_id: str,
    item: str,
    *,
    consent: Path,
    by: str | None,
    workspace: Path,
    loopback: tuple[str, ...],
    loopback_ca: Path | None,
) -> None:
    """Ask once more for the page behind ITEM (F03), under the same consent and within the visits agreed.

    One request. Exit code 3: refused, nothing was asked. Exit code 4: it could not be told.
    """
    desk = sit(case_id, workspace, by)
    note = asyncio.run(recheck_item(desk, item, consent, outlook_for(loopback, loopback_ca)))
    click.echo(f"{item}: {WORDS[note.state]} ({note.why}).")
    if note.state is SourceState.UNKNOWN:
        click.get_current_context().exit(4)
