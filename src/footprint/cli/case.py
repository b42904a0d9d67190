"""`footprint case`: the cases of a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.cli.case_answer import answer
from footprint.cli.case_dispute import dispute, hold
from footprint.cli.case_end import erase, prune
from footprint.cli.case_export import export
from footprint.cli.case_outcome import outcome
from footprint.cli.case_recheck import recheck
from footprint.cli.case_reply import reply
from footprint.cli.case_sealed import sealed, unlock, unlocker, worksheet
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, print_json
from footprint.errors import InputError
from footprint.store.cases import CaseRecord
from footprint.store.workspace import Workspace

SHOWN = {"salt"}
"""Never printed: it would let a reader guess what was withheld."""


@click.group()
def case() -> None:
    """The cases of a workspace: look, hear the candidate, decide, unlock, prune and erase."""


@case.command(name="list")
@WORKSPACE
@AS_JSON
def list_(workspace: Path, as_json: bool) -> None:
    """List the cases, oldest first."""
    records = desk_at(Workspace.open(workspace)).cases.list()
    if as_json:
        print_json([_public(record) for record in records])
        return
    for record in records:
        click.echo(
            f"{record.id}  {record.state:<8} opened {record.opened_at:%Y-%m-%d %H:%M}Z  {record.authorisation}  run {record.run}"
        )
    if not records:
        click.echo("No cases yet. Next: footprint plan PROFILE --consent CONSENT")


@case.command()
@click.argument("case_id")
@WORKSPACE
@AS_JSON
def show(case_id: str, workspace: Path, as_json: bool) -> None:
    """Show one case and its files."""
    opened = Workspace.open(workspace)
    record = next((record for record in desk_at(opened).cases.list() if record.id == case_id), None)
    if record is None:
        raise InputError(where=case_id, expected="the id of a case; `footprint case list` shows them")
    files = [*opened.documents(case_id), *opened.captures(case_id)]
    if as_json:
        print_json({**_public(record), "files": files})
        return
    for key, value in _public(record).items():
        click.echo(f"{key:<15} {value}")
    click.echo(f"{'files':<15} {', '.join(files)}")


def _public(record: CaseRecord) -> dict[str, object]:
    return record.model_dump(mode="json", exclude=SHOWN)


HEARING = (reply, answer, dispute, recheck, outcome, hold)
"""The candidate is heard, and a person decides."""
ENDING = (sealed, unlock, unlocker, worksheet, export, prune, erase)
"""What is sealed, handed out and destroyed."""
for command in (*HEARING, *ENDING):
    case.add_command(command)
