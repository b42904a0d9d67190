"""`footprint report`: write a case's report again from what was kept."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.cli.options import WORKSPACE
from footprint.files import parse_record, write_whole
from footprint.model.report import Report
from footprint.report.render import render_html, render_json
from footprint.store.workspace import Workspace


@click.command()
@click.argument("case_id")
@WORKSPACE
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="reports",
    show_default=True,
    help="Folder to write to.",
)
def report(case_id: str, workspace: Path, out: Path) -> None:
    """Write the vetting report of a case again, without the network, from its report.json."""
    content = Workspace.open(workspace).get_document(case_id, "report.json")
    kept = parse_record(content, Report, where=f"report.json of {case_id}", is_json=True)
    target = out / kept.case
    write_whole(target / "report.html", render_html(kept))
    write_whole(target / "report.json", render_json(kept))
    click.echo(f"Report: {target / 'report.html'}")
