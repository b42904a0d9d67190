"""`footprint consent`: the record of a consent, its papers, its receipt, and every change of its state."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from pydantic import ValidationError

from footprint.cli.consent_papers import check_notice, form, receipt
from footprint.cli.consent_record import record
from footprint.cli.consent_signed import SIGNED, SIGNED_CA, keep_signed, read_signed, signed
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, print_json, system_clock
from footprint.errors import InputError
from footprint.files import parse_record, read_bytes, read_record, write_whole
from footprint.model.authorisation import VALID_STATES, Authorisation, ConsentState, StatusEvent
from footprint.model.event import Action, AuditEvent
from footprint.papers.notice import require_match
from footprint.papers.signed import MAX_SIGNED_BYTES
from footprint.papers.withdrawal import Consequence, after_withdrawal
from footprint.store.workspace import Workspace

FILE = click.argument("file", type=click.Path(path_type=Path))
NOTICE = click.option(
    "--notice", type=click.Path(path_type=Path), help="Compare this notice file with the digest in the consent."
)
METHOD = click.option("--method", required=True, help="How it was said: e-mail, letter, portal. No names.")


@click.group()
def consent() -> None:
    """Record, check and show a consent, withdraw or renew it, and print its papers."""


for command in (form, check_notice, receipt, record, signed):
    consent.add_command(command)


@consent.command()
@FILE
@NOTICE
@AS_JSON
def show(file: Path, notice: Path | None, as_json: bool) -> None:
    """Show what a consent covers and its state now."""
    found = _read(file, notice)
    state = found.state_at(system_clock().now())
    if as_json:
        print_json({"state": str(state), **found.model_dump(mode="json")})
        return
    scope = found.scope
    click.echo(f"{found.id}: {state}, expires {scope.expires:%d %B %Y}, at most {scope.max_runs} runs")
    click.echo(f"sources     {', '.join(scope.sources)}")
    click.echo(f"categories  {', '.join(scope.categories)}")
    click.echo(f"window      {scope.window.first} to {scope.window.last}, nothing posted under {scope.min_age}")
    if notice is not None:
        click.echo(f"notice      {notice} is the one that was shown")
    for event in found.events:
        click.echo(f"  {event.at:%Y-%m-%d %H:%M}Z  {event.state}  by {event.by}, {event.method}")


@consent.command()
@FILE
@NOTICE
def check(file: Path, notice: Path | None) -> None:
    """Check that a consent is well formed, valid now, and about the notice that was shown.

    Ends with 2 where it is not. Whether it allows a run is asked by `footprint plan`, with profile and policy.
    """
    found = _read(file, notice)
    _require_valid(found, file, system_clock().now())
    click.echo(f"{file} is well formed: {found.id}, {found.state_at(system_clock().now())}.")
    if notice is None:
        click.echo(f"Not compared: the notice. It has SHA-256 {found.notice.sha256}; compare it with --notice FILE.")
    else:
        click.echo(f"{notice} is the notice that was shown.")


@consent.command()
@FILE
@click.option("--by", type=click.Choice(["subject", "controller", "authority"]), default="subject", show_default=True)
@METHOD
@WORKSPACE
def withdraw(file: Path, by: str, method: str, workspace: Path) -> None:
    """Add a withdrawal to the consent FILE. A run that is going on stops before its next request."""
    state = ConsentState.WITHDRAWN if by == "subject" else ConsentState.REVOKED
    consequence = after_withdrawal(read_record(file, Authorisation))
    found = _change(file, workspace, state=state, by=by, method=method, rules=(consequence.rule,))
    click.echo(f"{found.id} is withdrawn. Nothing more is read under it.")
    _tell(consequence)
    jurisdiction = found.packs[-1]
    click.echo(f"Next: footprint consent form {jurisdiction} withdrawal --consent {file} --out acknowledgement.html")


@consent.command()
@FILE
@METHOD
@SIGNED
@SIGNED_CA
@WORKSPACE
def renew(file: Path, method: str, signed: Path | None, signed_ca: Path | None, workspace: Path) -> None:
    """Add that the candidate agreed again. It moves no limit: dates, runs and places stay as they were."""
    before = read_record(file, Authorisation)
    if before.scope.expires <= system_clock().now():
        raise InputError(
            where=str(file),
            field="scope.expires",
            expected="a consent whose time is not over",
            mend="record a new one with `footprint consent record`",
        )
    paper = read_signed(signed, signed_ca)
    if paper is not None:
        keep_signed(desk_at(Workspace.open(workspace)), before.id, paper)
        method = f"{method}, sha256:{paper.sha256}"
    found = _change(file, workspace, state=ConsentState.RENEWED, by="subject", method=method)
    click.echo(f"{found.id} is renewed until {found.scope.expires:%d %B %Y}. No other limit has moved.")


@consent.command()
@FILE
@METHOD
@WORKSPACE
def refuse(file: Path, method: str, workspace: Path) -> None:
    """Add that the candidate said no. Nothing is read, and the refusal is not held against them."""
    before = read_record(file, Authorisation)
    if before.state_at(system_clock().now()) in VALID_STATES:
        raise InputError(
            where=str(file), expected="a consent that is not given yet", mend="use `footprint consent withdraw`"
        )
    found = _change(file, workspace, state=ConsentState.REFUSED, by="subject", method=method)
    click.echo(f"{found.id} is refused. Go on without this check; the refusal must not count against the candidate.")


def _read(file: Path, notice: Path | None) -> Authorisation:
    found = read_record(file, Authorisation)
    if notice is not None:
        require_match(read_bytes(notice, limit=MAX_SIGNED_BYTES), found, where=str(notice))
    return found


def _require_valid(found: Authorisation, file: Path, now: datetime) -> None:
    """Raise InputError where nothing may be read under this consent now, whatever else stands."""
    later = next((event for event in found.events if event.at > now), None)
    if later is not None:
        raise InputError(
            where=str(file), field="events", expected="no event of the future; the machine's clock may be wrong"
        )
    state = found.state_at(now)
    if state not in VALID_STATES:
        raise InputError(where=str(file), field="events", expected=f"a consent that is given; it is {state}")
    if found.scope.expires <= now:
        raise InputError(where=str(file), field="scope.expires", expected="a consent whose time is not over")


def _change(
    file: Path, workspace: Path, *, state: ConsentState, by: str, method: str, rules: tuple[str, ...] = ()
) -> Authorisation:
    """Add one event to the file and one to the audit log: ids and rules only."""
    desk = desk_at(Workspace.open(workspace))
    file = file.resolve()  # where the name is a link, a run may know the consent by the name it leads to
    event = _event(state, desk.clock.now(), by=by, method=method)
    with _alone_in(file.parent):
        content = read_bytes(file)
        before = parse_record(content, Authorisation, where=str(file), is_json=_is_json(file))
        changed = _with_event(file, content, event)
        _require_one_more(file, changed, before, event)
        write_whole(file, changed)
    ids = {"authorisation": before.id, "state": str(state)}
    operator = desk.workspace.settings.operator
    desk.log.append(AuditEvent(at=event.at, actor=operator, action=Action.CONSENT_CHANGED, ids=ids, rules=rules))
    return before


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Let one change at a time be made: of two at once, the later would write over the earlier, be it a withdrawal."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise InputError(where=str(folder), expected="a folder that can be read", mend=str(error.strerror)) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # and with it the lock


def _is_json(file: Path) -> bool:
    return file.suffix.lower() == ".json"


def _tell(consequence: Consequence) -> None:
    """Say what happens to what was already read, and in which order a person does it."""
    click.echo(f"What was already read ({consequence.rule}): {consequence.reason}")
    for number, step in enumerate(consequence.steps, start=1):
        click.echo(f"  {number}. {step}")
    click.echo(f"Source: {consequence.citation.label}")


def _event(state: ConsentState, at: datetime, *, by: str, method: str) -> StatusEvent:
    try:
        return StatusEvent(state=state, at=at, by=by, method=method)
    except ValidationError:
        # Without its cause: that would quote what was typed.
        raise InputError(
            where="--method", expected="one line of 1 to 500 characters, without control characters"
        ) from None


def _with_event(file: Path, content: bytes, event: StatusEvent) -> bytes:
    """Return the file with one event added at its end; every byte that stands there stays, for the receipt's check."""
    if _is_json(file):
        value = json.loads(content)
        value["events"].append(event.model_dump(mode="json"))
        return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
    fields = {key: json.dumps(str(value), ensure_ascii=False) for key, value in event.model_dump(mode="json").items()}
    lines = ["", "[[events]]", *(f"{key} = {value}" for key, value in fields.items()), ""]
    return content + (b"" if content.endswith(b"\n") else b"\n") + "\n".join(lines).encode()


def _require_one_more(file: Path, changed: bytes, before: Authorisation, event: StatusEvent) -> None:
    """Refuse to write a file that does not read back as the same consent with one more event."""
    after = parse_record(changed, Authorisation, where=str(file), is_json=_is_json(file))
    if after != before.but(events=(*before.events, event)):
        raise InputError(
            where=str(file),
            field="events",
            expected="[[events]] tables at the end of the file, so that one can be added",
        )
