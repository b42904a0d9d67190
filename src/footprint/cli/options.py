"""Options and openings that several commands share."""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from footprint.admission import Desk
from footprint.audit.log import AuditLog
from footprint.clock import Clock, SystemClock
from footprint.collectors.interface import key_variable
from footprint.errors import InputError
from footprint.screening import Outlook
from footprint.store.cases import Cases
from footprint.store.keyring import Keyring
from footprint.store.workspace import Workspace
from footprint.web.guard import Guard

F = TypeVar("F", bound=Callable[..., Any])

WORKSPACE = click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="FOOTPRINT_WORKSPACE",
    default=".",
    show_default="this folder",
    help="The workspace folder.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def loopback_options(command: F) -> F:
    """Add the options that let a test reach servers on this machine under their own names."""
    pins = click.option(
        "--loopback",
        multiple=True,
        metavar="NAME=ADDRESS:PORT",
        help="For tests: read NAME at a loopback address of this machine. The run is marked as a demonstration.",
    )
    authority = click.option(
        "--loopback-ca",
        type=click.Path(path_type=Path, dir_okay=False),
        help="For tests: the certificate authority of those servers.",
    )
    return pins(authority(command))


def outlook_for(loopback: tuple[str, ...], loopback_ca: Path | None) -> Outlook:
    """Return how the web is reached. Raises InputError for a pin that is not `NAME=LOOPBACK:PORT`."""
    pinned = dict(_pin(text) for text in loopback)
    tls = _trusting(loopback_ca) if loopback_ca else None
    return Outlook(guard=Guard(pinned=pinned), tls=tls)


def _trusting(authority: Path) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(authority))
    except OSError as error:
        raise InputError(where=str(authority), expected="a file of certificates in PEM form") from error


def _pin(text: str) -> tuple[str, tuple[str, int]]:
    name, _, target = text.partition("=")
    address, _, port = target.rpartition(":")
    try:
        is_loopback = ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        is_loopback = False
    if not (name and is_loopback and port.isdigit()):
        raise InputError(
            where="--loopback", expected="NAME=ADDRESS:PORT with a loopback address, such as wiki.test=127.0.0.1:8443"
        )
    return name.lower(), (address.strip("[]"), int(port))


def system_clock() -> Clock:
    """Return the machine's own time."""
    return SystemClock()


def desk_at(
    workspace: Workspace,
    *,
    clock: Clock | None = None,
    token: Callable[[int], str] = secrets.token_hex,
    demonstration: bool = False,
) -> Desk:
    """Return the desk of an opened workspace; it is closed with the command."""
    click.get_current_context().call_on_close(workspace.close)
    return Desk(
        workspace=workspace,
        log=AuditLog(workspace.audit_path),
        cases=Cases(workspace.database()),
        clock=clock or system_clock(),
        token=token,
        demonstration=demonstration,
        keyring=Keyring(key_variable, os.environ, workspace.folder),
    )


def print_json(value: object) -> None:
    """Print a value as JSON to standard output."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True, default=str))
