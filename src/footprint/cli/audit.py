"""`footprint audit`: verify the log and what it speaks of, read it, export a case's lines, stamp its heads."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from footprint.admission import Desk
from footprint.after.holdings import holdings_of
from footprint.after.reproducing import reproduce as rebuild
from footprint.audit.checkpoint import checkpoint, signed_sizes
from footprint.audit.export import export_case
from footprint.audit.export import verify_export as verify_exported
from footprint.audit.inspection import Outside, inspect, what_holds
from footprint.audit.key import PublicKey, signing_key
from footprint.audit.line import LoggedEvent
from footprint.audit.log import read
from footprint.audit.stamp import keep_stamp, request_stamp
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, loopback_options, outlook_for, print_json
from footprint.errors import InputError, VerificationError
from footprint.files import read_bytes, write_whole
from footprint.model.event import Action, AuditEvent
from footprint.model.report import AuditHead
from footprint.screening import Outlook
from footprint.stamping import stamp_head
from footprint.store.workspace import Workspace

A_FILE = click.Path(path_type=Path, dir_okay=False)
KEY = click.option("--key", type=A_FILE, help="The log's public key as you were given it, in OpenSSH's form.")
HELD = click.option("--checkpoint", "held", type=A_FILE, help="A checkpoint that you hold: a signed note.")


@click.group()
def audit() -> None:
    """Verify, show, export and stamp the audit log."""


@audit.command()
@WORKSPACE
@click.option(
    "--head",
    metavar="SIZE:SHA256",
    help="A head from outside, such as the one a report prints: shows a cut or rebuilt log.",
)
@HELD
@KEY
@click.option("--tsa-ca", type=A_FILE, help="Certificates of the time-stamp authorities that you trust, in PEM.")
@AS_JSON
def verify(
    workspace: Path, head: str | None, held: Path | None, key: Path | None, tsa_ca: Path | None, as_json: bool
) -> None:
    """Check the log: chain, tree, signed heads, time stamps, reports and evidence.

    Exit code 5 and the first bad line, file or head where something does not hold.
    """
    outside = Outside(
        head=_head(head) if head else None,
        checkpoint=read_bytes(held) if held else None,
        key=_public(key),
        authorities=read_bytes(tsa_ca) if tsa_ca else None,
    )
    with Workspace.open(workspace) as opened:
        found = inspect(opened.audit_path, holdings_of(opened), outside)
    if as_json:
        counts = {name: getattr(found, name)._asdict() for name in ("reports", "answers", "stamps")}
        sizes = [known.size for known in found.signed]
        print_json({**found.head.model_dump(mode="json"), **counts, "checkpoints": sizes})
        return
    click.echo(f"The chain holds: {found.head.size} lines, head {found.head.size}:{found.head.sha256}")
    click.echo(f"The tree over them has the root {found.head.root}")
    for sentence in what_holds(found, outside):
        click.echo(f"- {sentence}")


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


@audit.command()
@click.argument("case_id")
@WORKSPACE
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A new or empty folder.")
def export(case_id: str, workspace: Path, out: Path) -> None:
    """Write one case's lines, and the proof that they stand in the signed log, without any other case's lines."""
    desk = desk_at(Workspace.open(workspace))
    log = desk.workspace.audit_path
    about = next((logged.event for logged in read(log) if logged.event.case == case_id), None)
    if about is None:
        raise InputError(where=case_id, expected="the id of a case with lines in the audit log")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(where=str(out), expected="a new or empty folder")
    event = AuditEvent(
        at=desk.clock.now(),
        actor=desk.workspace.settings.operator,
        action=Action.AUDIT_EXPORTED,
        case=case_id,
        demonstration=about.demonstration,
    )
    desk.log.append(event)
    signed = checkpoint(log, signing_key(log, desk.token))
    count = export_case(log, case_id, out, signed)
    click.echo(f"Wrote {count} lines of {case_id} to {out}, proven against the head of {signed.size} lines.")
    click.echo(
        f"Next: footprint audit verify-export {out} --key THE-PUBLIC-KEY, or by hand as {out / 'README.txt'} says"
    )


@audit.command()
@click.argument("case_id")
@WORKSPACE
@AS_JSON
def reproduce(case_id: str, workspace: Path, as_json: bool) -> None:
    """Derive a case's findings and report again from what was kept, without the network, and compare byte for byte.

    Exit code 5 and the first difference where it is not the same.
    """
    desk = desk_at(Workspace.open(workspace))
    again = asyncio.run(rebuild(desk, case_id))
    result = "differs" if again.differences else "identical"
    event = AuditEvent(
        at=desk.clock.now(),
        actor=desk.workspace.settings.operator,
        action=Action.CASE_REPRODUCED,
        case=case_id,
        demonstration=again.report.demonstration,
        result=result,
    )
    desk.log.append(event)
    if as_json:
        print_json({"case": case_id, "result": result, "differences": list(again.differences)})
    elif not again.differences:
        click.echo(f"{case_id}: findings and report follow from what was kept, byte for byte.")
    if again.differences:
        raise VerificationError(
            f"{case_id} does not follow from what was kept; first difference: {again.differences[0]}"
        )


@audit.command(name="verify-export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@HELD
@KEY
@AS_JSON
def verify_export(folder: Path, held: Path | None, key: Path | None, as_json: bool) -> None:
    """Check a case's exported lines against the signed head that lies with them. Needs no workspace."""
    found = verify_exported(folder, _public(key), read_bytes(held) if held else None)
    signed = found.checkpoint
    if as_json:
        earlier = [known.size for known in found.earlier]
        print_json({"lines": found.lines, "size": signed.size, "root": signed.root, "earlier": earlier})
        return
    click.echo(f"{found.lines} lines stand in the log {signed.origin}, whose head of {signed.size} lines is signed.")
    click.echo("It does not show that these are all lines of the case, or that a line was true when it was written.")
    if key is None:
        click.echo("The public key was taken from the folder itself: hold it against one that you were given (--key).")


@audit.command()
@WORKSPACE
@click.option("--size", type=int, help="Lines that the checkpoint covers; the last checkpoint if left out.")
@click.option("--request", type=A_FILE, help="Write a time-stamp request to this file, for you to send.")
@click.option("--token", type=A_FILE, help="Keep an authority's answer, once it is checked.")
@click.option("--tsa-ca", type=A_FILE, help="Certificates of the authority, in PEM; needed with --token.")
@click.option("--fetch", is_flag=True, help="Ask every authority that footprint.toml names; only a hash is sent.")
@loopback_options
def stamp(
    workspace: Path,
    *,
    size: int | None,
    request: Path | None,
    token: Path | None,
    tsa_ca: Path | None,
    fetch: bool,
    loopback: tuple[str, ...],
    loopback_ca: Path | None,
) -> None:
    """Have a checkpoint time-stamped (RFC 3161): by the authorities that footprint.toml names, or by files, out and in."""
    if fetch:
        outlook = outlook_for(loopback, loopback_ca)
        fetch_stamps(desk_at(Workspace.open(workspace), demonstration=outlook.guard.is_pinned), outlook, size)
        return
    log = Workspace.open(workspace).audit_path
    chosen = size if size is not None else max(signed_sizes(log), default=0)
    if request is not None:
        write_whole(request, request_stamp(log, chosen), mode=0o644)
        click.echo(f"Wrote {request}. Send it to a time-stamp authority, then give its answer with --token.")
    elif token is not None and tsa_ca is not None:
        kept = keep_stamp(log, chosen, read_bytes(token), read_bytes(tsa_ca))
        click.echo(f"The stamp holds. Kept as {kept}")
    else:
        raise InputError(where="audit stamp", expected="--fetch, or --request FILE, or --token FILE with --tsa-ca FILE")


def fetch_stamps(desk: Desk, outlook: Outlook, size: int | None) -> None:
    """Ask the authorities of the settings, and say what came of it; exit code 4 where one gave no stamp that holds."""
    asked = asyncio.run(stamp_head(desk, outlook.guard, outlook.tls, size=size))
    if not asked:
        mend = 'for instance authorities = [{ url = "https://tsa.example/", ca = "tsa.pem" }] under [stamps]'
        raise InputError(where="footprint.toml", field="stamps.authorities", expected="an authority", mend=mend)
    for answer in asked:
        click.echo(f"{answer.authority}: {answer.file or 'no stamp: ' + answer.why}")
    if any(answer.file is None for answer in asked):
        click.get_current_context().exit(4)


def line(logged: LoggedEvent) -> str:
    """Return one event as one line for a reader."""
    event = logged.event
    parts = [f"{key} {value}" for key, value in event.ids.items() if key != "record"]
    parts += [f"{value} {key}" for key, value in event.counts.items()]
    parts += [f"rules {', '.join(event.rules)}"] if event.rules else []
    mark = " [demonstration web]" if event.demonstration else ""
    head = f"{logged.seq:>5}  {event.at:%Y-%m-%d %H:%M:%S}Z  {event.case or '-':<18} {event.action:<17}"
    return f"{head} {event.result or '':<20} {'; '.join(parts)}{mark}".rstrip()


def _public(path: Path | None) -> PublicKey | None:
    return PublicKey.parse(read_bytes(path)) if path else None


def _head(text: str) -> AuditHead:
    size, _, digest = text.partition(":")
    if not size.isdigit() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise InputError(where="--head", expected="SIZE:SHA256 as a report or `footprint audit verify` prints it")
    return AuditHead(size=int(size), sha256=digest)
