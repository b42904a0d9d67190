"""`footprint audit`: verify the log, and read it."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.audit.line import LoggedEvent
from footprint.audit.log import read
from footprint.audit.verify import verify as verify_log
from footprint.audit.verify import what_it_proves
from footprint.cli.options import AS_JSON, WORKSPACE, print_json
from footprint.errors import InputError
from footprint.model.report import AuditHead
from footprint.store.workspace import Workspace


@click.group()
def audit() -> None:
    """Verify and show the audit log."""


@audit.command()
@WORKSPACE
@click.option(
    "--head",
    metavar="SIZE:SHA256",
    help="A head from outside, such as the one a report prints: shows a cut or rebuilt log.",
)
@AS_JSON
def verify(workspace: Path, head: str | None, as_json: bool) -> None:
    """Check the chain of the audit log. Exit code 5 and the first bad line where it does not hold."""
    outside = _head(head) if head else None
    found = verify_log(Workspace.open(workspace).audit_path, outside)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    click.echo(f"The chain holds: {found.size} lines, head {found.size}:{found.sha256}")
    click.echo(what_it_proves(found, outside))


@audit.command()
@WORKSPACE
@click.option("--case", "case_id", help="Only the events of one case.")
@AS_JSON
def show(workspace: Path, case_id: str | None, as_json: bool) -> None:
    """Show the audit log, a line an event."""
    events = (event for event in read(Workspace.open(workspace).audit_path) if case_id in (None, event.event.case))
    if as_json:
        print_json([event.model_dump(mode="json") for event in events])
        return
    for event in events:
        click.echo(line(event))


def line(logged: LoggedEvent) -> str:
    """Return one event as one line for a reader."""
    event = logged.event
    parts = [f"{key} {value}" for key, value in event.ids.items() if key != "record"]
    parts += [f"{value} {key}" for key, value in event.counts.items()]
    parts += [f"rules {', '.join(event.rules)}"] if event.rules else []
    mark = " [demonstration web]" if event.demonstration else ""
    head = f"{logged.seq:>5}  {event.at:%Y-%m-%d %H:%M:%S}Z  {event.case or '-':<18} {event.action:<17}"
    return f"{head} {event.result or '':<20} {'; '.join(parts)}{mark}".rstrip()


def _head(text: str) -> AuditHead:
    size, _, digest = text.partition(":")
    if not size.isdigit() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise InputError(where="--head", expected="SIZE:SHA256 as a report or `footprint audit verify` prints it")
    return AuditHead(size=int(size), sha256=digest)
