"""`footprint case export`: hand out what a case holds, so that a stranger can check it."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.after.exporting import Exported
from footprint.after.exporting import export as hand_out
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, print_json
from footprint.store.workspace import Workspace


@click.command()
@click.argument("case_id")
@WORKSPACE
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new or empty folder.")
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="AGE-RECIPIENT",
    help="Seal every file to this age key (age1...), so that only its owner can open it; can be given more than once.",
)
@AS_JSON
def export(case_id: str, workspace: Path, out: Path, recipients: tuple[str, ...], as_json: bool) -> None:
    """Hand out what a case holds: its captures (WACZ), the manifest of its evidence, its report, its audit lines with proofs.

    Every file can be checked with tools that others wrote. That it was handed out is an event of the audit log.
    """
    done = hand_out(desk_at(Workspace.open(workspace)), case_id, out, recipients)
    if as_json:
        print_json({**done._asdict(), "folder": str(done.folder)})
        return
    _tell(done)


def _tell(done: Exported) -> None:
    click.echo(
        f"Handed out {done.case} in {done.folder}: {done.answers} answers ({done.pages} pages), "
        f"{done.failures} requests without one, {done.lines} lines of the audit log with their proofs."
    )
    for name, digest in done.digests.items():
        click.echo(f"{digest}  {name}")
    if done.recipients:
        click.echo(f"Sealed to {done.recipients} key(s); open a file with: age -d -i KEY -o FILE FILE.age")
    else:
        click.echo("Not sealed: whoever has the folder can read it. Give --to age1... to seal it to somebody's key.")
    click.echo(
        "It holds whole pages, also what is withheld from decision-makers: it is for whoever checks, not for them."
    )
    click.echo(f"Next: give the folder to whoever is to check it; {done.folder / 'README.txt'} says how.")
