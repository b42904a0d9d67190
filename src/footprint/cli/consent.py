"""`footprint consent`: check, show or withdraw a recorded consent."""

from __future__ import annotations

import json
from pathlib import Path

import click

from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, print_json, system_clock
from footprint.errors import InputError
from footprint.files import parse_record, read_bytes, read_record, write_whole
from footprint.model.authorisation import Authorisation, ConsentState, StatusEvent
from footprint.model.event import Action, AuditEvent
from footprint.store.workspace import Workspace


@click.group()
def consent() -> None:
    """Check, show or withdraw a recorded consent."""


@consent.command()
@click.argument("file", type=click.Path(path_type=Path))
@AS_JSON
def show(file: Path, as_json: bool) -> None:
    """Show what a consent covers and its state now."""
    record = read_record(file, Authorisation)
    state = record.state_at(system_clock().now())
    if as_json:
        print_json({"state": str(state), **record.model_dump(mode="json")})
        return
    scope = record.scope
    click.echo(f"{record.id}: {state}, expires {scope.expires:%d %B %Y}, at most {scope.max_runs} runs")
    click.echo(f"sources     {', '.join(scope.sources)}")
    click.echo(f"categories  {', '.join(scope.categories)}")
    click.echo(f"window      {scope.window.first} to {scope.window.last}, nothing posted under {scope.min_age}")
    for event in record.events:
        click.echo(f"  {event.at:%Y-%m-%d %H:%M}Z  {event.state}  by {event.by}, {event.method}")


@consent.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", type=click.Choice(["subject", "controller", "authority"]), default="subject", show_default=True)
@click.option("--method", required=True, help="How it was said: e-mail, letter, portal. No names.")
@WORKSPACE
def withdraw(file: Path, by: str, method: str, workspace: Path) -> None:
    """Add a withdrawal to the consent FILE. A run that is going on stops before its next request."""
    desk = desk_at(Workspace.open(workspace))
    state = ConsentState.WITHDRAWN if by == "subject" else ConsentState.REVOKED
    content = read_bytes(file)
    record = read_record(file, Authorisation)
    event = StatusEvent(state=state, at=desk.clock.now(), by=by, method=method)
    changed = _with_event(file, content, event)
    _check(file, changed, record, event)
    write_whole(file, changed)
    ids = {"authorisation": record.id, "state": str(state)}
    desk.log.append(
        AuditEvent(at=event.at, actor=desk.workspace.settings.operator, action=Action.CONSENT_CHANGED, ids=ids)
    )
    click.echo(f"{record.id} is withdrawn. Nothing more is read under it.")
    click.echo(
        "Next: tell the candidate so, and decide with your data protection officer what happens to what was read."
    )


def _with_event(file: Path, content: bytes, event: StatusEvent) -> bytes:
    """Return the file with one event added at its end; nothing that stands there is touched."""
    if file.suffix.lower() == ".json":
        value = json.loads(content)
        value["events"].append(event.model_dump(mode="json"))
        return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
    fields = {key: json.dumps(str(value), ensure_ascii=False) for key, value in event.model_dump(mode="json").items()}
    lines = ["", "[[events]]", *(f"{key} = {value}" for key, value in fields.items()), ""]
    return content.rstrip() + b"\n" + "\n".join(lines).encode()


def _check(file: Path, changed: bytes, before: Authorisation, event: StatusEvent) -> None:
    """Refuse to write a file that does not read back as the same consent with one more event."""
    after = parse_record(changed, Authorisation, where=str(file), is_json=file.suffix.lower() == ".json")
    if after != before.but(events=(*before.events, event)):
        raise InputError(
            where=str(file),
            field="events",
            expected="[[events]] tables at the end of the file, so that one can be added",
        )
