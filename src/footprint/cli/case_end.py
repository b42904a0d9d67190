"""`footprint case prune` and `footprint case erase`: the end of what a case holds."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.after.erasing import Ground
from footprint.after.erasing import erase as erase_case
from footprint.after.erasing import prune as prune_case
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, print_json
from footprint.store.workspace import Workspace

SURE = click.option("--yes", is_flag=True, help="Do not ask: it cannot be undone.")


@click.command()
@click.argument("case_id")
@SURE
@WORKSPACE
@AS_JSON
def prune(case_id: str, *, yes: bool, workspace: Path, as_json: bool) -> None:
    """Destroy the captured pages of a case that is over. Findings, and the answers behind them, stay.

    Only when the outcome and its appeal window are over, and nothing is held. It cannot be undone.
    """
    desk = desk_at(Workspace.open(workspace))
    _ask(f"Destroy the captured pages of {case_id}?", yes=yes)
    pruned = prune_case(desk, case_id)
    if as_json:
        print_json({"case": case_id, "captures": pruned.captures, "kept": pruned.kept})
        return
    click.echo(f"{case_id}: {pruned.captures} captures destroyed, {pruned.kept} answers behind findings kept.")
    click.echo("The report can no longer be derived again. Next: footprint audit verify")


@click.command()
@click.argument("case_id")
@click.option(
    "--because",
    type=click.Choice([str(ground) for ground in Ground]),
    required=True,
    help="The ground; it stands in the log.",
)
@SURE
@WORKSPACE
@AS_JSON
def erase(case_id: str, *, because: Ground, yes: bool, workspace: Path, as_json: bool) -> None:
    """Destroy everything a case holds, and write a certificate. The log's lines stay: they hold no personal data.

    Copies that footprint handed out are removed where they were put; others a person has to find. It cannot be undone.
    """
    desk = desk_at(Workspace.open(workspace))
    _ask(f"Destroy everything about {case_id}?", yes=yes)
    erased = erase_case(desk, case_id, Ground(because))
    if as_json:
        elsewhere = [str(path) for path in erased.elsewhere]
        print_json(
            {**erased.certificate.model_dump(mode="json"), "certificate": str(erased.path), "look_at": elsewhere}
        )
        return
    certificate = erased.certificate
    click.echo(f"{case_id}: erased. {certificate.files} files, {certificate.rows} rows, both keys.")
    click.echo(f"Copies removed: {certificate.copies_removed}. No longer where they were put: {len(erased.elsewhere)}.")
    for path in erased.elsewhere:
        click.echo(f"  look for the copy that was at {path}")
    click.echo(f"Certificate: {erased.path}")
    click.echo(
        "Still yours to delete: the profile, the consent and its papers, when they are no longer needed as proof;"
    )
    click.echo("backups, and what you sent to others. Next: footprint audit verify")


def _ask(question: str, *, yes: bool) -> None:
    if not yes:
        click.confirm(f"{question} This cannot be undone.", abort=True, err=True)
