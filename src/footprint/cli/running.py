"""Run the line from a command: show progress, print what came of it, choose the exit code."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import click

from footprint.admission import Desk, Order
from footprint.cli.handing_out import hand_out
from footprint.cli.options import print_json
from footprint.cli.progress import watching
from footprint.errors import FootprintError
from footprint.model.presence import PresenceCounts
from footprint.model.report import Report
from footprint.report.render import render_view
from footprint.report.view import nothing
from footprint.report.views import Reader, see
from footprint.screening import Outlook, screen


def run(order: Order, desk: Desk, outlook: Outlook) -> Report:
    """Screen, with a live picture of the sources on a terminal."""
    with watching() as watch:
        return asyncio.run(_finish(order, desk, replace(outlook, watch=watch)))


async def _finish(order: Order, desk: Desk, outlook: Outlook) -> Report:
    async for step in screen(order, desk, outlook):
        if isinstance(step, Report):
            return step
        if step.counts.get("missed"):
            click.echo(
                f"Time stamps missed: {step.counts['missed']}. Ask again: footprint audit stamp --fetch", err=True
            )
    msg = "the line ended without a report"
    raise FootprintError(msg)


def deliver(report: Report, desk: Desk, out: Path) -> Path:
    """Put a copy of the report where it can be opened, and return where: in the workspace it lies locked."""
    files = {
        "report.html": desk.workspace.get_document(report.case, "report.html"),
        # The whole record stays in the case; what leaves is the officer's view.
        "report.json": render_view(see(report, Reader.VETTING)),
    }
    hand_out(desk, report, Reader.VETTING, files, out)
    return out / report.case / "report.html"


def summarise(report: Report, path: Path, workspace: Path, *, as_json: bool) -> None:
    """Print what came of a run, and the next step, as it can be typed from here."""
    unknown = sum(report.unknowns.values())
    if as_json:
        print_json(
            {
                "case": report.case,
                "demonstration": report.demonstration,
                "report": str(path),
                "observations": report.observations,
                "findings": len(report.findings),
                "withheld": len(report.withheld),
                "someone_else": report.told_apart.someone_else,
                "undetermined": report.told_apart.undetermined,
                "unknown": {str(reason): count for reason, count in report.unknowns.items()},
                "presence": {
                    identifier: sought.model_dump(mode="json", exclude={"rules"})
                    for identifier, sought in _sought(report).items()
                },
                "audit_head": report.audit_head.model_dump(mode="json"),
            }
        )
        return
    found = f"{len(report.findings)} findings for a person to grade." if report.findings else nothing(report)
    click.echo(f"Case {report.case}: {report.observations} statements read. {found}")
    click.echo(
        f"Withheld by law: {len(report.withheld)}. Someone else's or undetermined: "
        f"{report.told_apart.someone_else + report.told_apart.undetermined}. Could not be checked: {unknown}."
    )
    for sought in _sought(report).values():
        click.echo(f"Accounts of a name at {sought.sites} sites: {sought.found} found, {sought.not_found} not found.")
    click.echo(f"Report: {path}")
    if report.findings:
        where = "" if workspace == Path() else f" --workspace {workspace}"
        click.echo("Next: open the report in a browser, and let the candidate answer (footprint case reply). Then:")
        click.echo(f"  footprint review {report.case} --by YOUR-ID{where}")
    else:
        click.echo(
            "Next: open the report in a browser; it says what was not checked. The candidate has a right to a copy."
        )


def _sought(report: Report) -> dict[str, PresenceCounts]:
    """Return what came of looking for each name, by the key of its identifier."""
    return {source.identifier: source.presence for source in report.coverage if source.presence is not None}
