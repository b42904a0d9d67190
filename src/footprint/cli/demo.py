"""`footprint demo`: the whole job on the built-in web of invented people."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import click

from footprint.admission import Order
from footprint.cli.options import AS_JSON, desk_at
from footprint.cli.running import deliver, run, summarise
from footprint.demo.clock import DemoClock
from footprint.demo.server import DemoWeb
from footprint.errors import InputError
from footprint.files import write_whole
from footprint.screening import Outlook
from footprint.store.cipher import fresh_identity, recipient_of
from footprint.store.workspace import Workspace
from footprint.web.guard import Guard

MARKER = "demonstration"
"""A file that says: this workspace holds invented people only and may be made anew."""


SECOND_PERSON = "vetting-manager-2"
"""Who may unlock sealed items in the demonstration. In a real workspace the key would never lie beside the data."""


@click.command()
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default="footprint-demo",
    show_default=True,
    help="Folder for the demonstration's workspace; made anew each time.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="reports",
    show_default=True,
    help="Folder for a copy of the report.",
)
@AS_JSON
def demo(workspace: Path, out: Path, as_json: bool) -> None:
    """Screen an invented candidate on a web of invented people that runs on this machine only.

    Collectors, gate, rules and report are the real ones; only the names lead to loopback, and every page says so.
    """
    with DemoWeb() as web:
        desk = desk_at(_fresh(workspace), clock=DemoClock(), token=counted_token(), demonstration=True)
        order = Order(profile=workspace / "profile.toml", consent=workspace / "consent.toml")
        # One identifier at a time, so that two runs ask in the same order and give the same bytes.
        outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1)
        report = run(order, desk, outlook)
    summarise(report, deliver(report, desk, out), workspace, as_json=as_json)
    if not as_json:
        click.echo(f"Look behind it: footprint audit verify --workspace {workspace}, and the files in {workspace}")


def _fresh(folder: Path) -> Workspace:
    """Return a new workspace; an earlier demonstration is replaced, anything else is left alone."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).is_file():
            raise InputError(where=str(folder), expected="a new folder, or one that an earlier demonstration made")
        shutil.rmtree(folder)
    source = files("footprint.demo")
    identity = fresh_identity()
    settings = source.joinpath("footprint.toml").read_bytes()
    made = Workspace.create(
        folder,
        settings + f'\n[unlockers]\n{SECOND_PERSON} = "{recipient_of(identity)}"\n'.encode(),
        source.joinpath("policy.toml").read_bytes(),
        salt=bytes(32),
    )
    write_whole(folder / f"{SECOND_PERSON}.key", identity + b"\n")
    write_whole(folder / MARKER, b"Invented people only. `footprint demo` makes this folder anew.\n")
    for name in ("profile.toml", "consent.toml"):
        write_whole(folder / name, source.joinpath(name).read_bytes())
    return made


def counted_token() -> Callable[[int], str]:
    """Return a source of tokens that is the same in every run: a demonstration is no secret."""
    drawn = 0

    def token(size: int) -> str:
        nonlocal drawn
        drawn += 1
        return hashlib.sha256(f"footprint demonstration {drawn}".encode()).hexdigest()[: 2 * size]

    return token
