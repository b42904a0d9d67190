"""`footprint init` and `footprint doctor`."""

from __future__ import annotations

import os
import ssl
import sys
from importlib.resources import files
from pathlib import Path

import click

from footprint.cli.doctor_audit import audit_checks
from footprint.cli.options import AS_JSON, WORKSPACE, print_json
from footprint.errors import FootprintError
from footprint.files import write_whole
from footprint.policies.load import available, jurisdiction, lexicons, organisation, role
from footprint.store.vault import Vault, key_place
from footprint.store.workspace import Workspace
from footprint.store.workspace_key import KeyPlace, preferred

PLACES = {
    KeyPlace.KEYRING: "in the keyring of the operating system",
    KeyPlace.PASSPHRASE: "follows from the passphrase (Argon2id); without it no case can be opened",
    KeyPlace.FILE: "workspace.key, readable by you alone; keep it, and keys.db, out of the backups of the data",
}

STARTERS = ("profile.toml", "consent.toml")
"""Files that show their shape by an invented example."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--key",
    type=click.Choice([str(place) for place in KeyPlace]),
    help="Where the workspace key lies; the best that works here, if not given.",
)
def init(folder: Path, key: str | None) -> None:
    """Make a workspace: settings, a policy to adapt, an example profile and consent.

    What cases hold lies encrypted. The workspace key lies in the system's keyring, or follows from a passphrase
    (FOOTPRINT_PASSPHRASE, or asked for at a terminal), or lies in a file that only you can read, in that order.
    """
    source = files("footprint.demo")
    place = KeyPlace(key) if key else preferred()
    settings, policy = (source.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    Workspace.create(folder, settings, policy, key=place).close()
    for name in STARTERS:
        write_whole(folder / f"example-{name}", source.joinpath(name).read_bytes())
    click.echo(f"Made {folder}. Everything in it is an invented example until you change it:")
    click.echo("  footprint.toml          who operates, and the contact that stands in the User-Agent")
    click.echo("  policy.toml             your published policy, with its clauses and review date")
    click.echo("  example-profile.toml    copy it: one candidate, as they described themselves")
    click.echo("  example-consent.toml    copy it: what they agreed to, notice, lawful basis")
    click.echo(f"The workspace key: {PLACES[place]}.")
    click.echo(f"Next: footprint plan PROFILE --consent CONSENT --workspace {folder}")


@click.command()
@WORKSPACE
@AS_JSON
def doctor(workspace: Path, as_json: bool) -> None:
    """Say what works here, what is missing and how to fix it. Exit code 2 if something is missing."""
    checks = [_python(), _certificates(), _packs(), *_workspace(workspace)]
    if as_json:
        print_json([{"check": name, "works": works, "detail": detail} for name, works, detail in checks])
    else:
        for name, works, detail in checks:
            click.echo(f"{'works  ' if works else 'MISSING'}  {name}: {detail}")
    if not all(works for _, works, _ in checks):
        click.get_current_context().exit(2)


def _key(folder: Path) -> tuple[str, bool, str]:
    try:
        place = key_place(folder)
        Vault.open(folder).close()
    except FootprintError as error:
        return ("workspace key", False, str(error))
    return ("workspace key", True, PLACES[place])


def _python() -> tuple[str, bool, str]:
    return "python", sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3]))


def _certificates() -> tuple[str, bool, str]:
    count = ssl.create_default_context().cert_store_stats()["x509_ca"]
    return "certificates", True, f"{count} authorities of the system, and those that come with the HTTP client"


def _packs() -> tuple[str, bool, str]:
    known = available()
    packs = [*map(jurisdiction, known.jurisdictions), *map(role, known.roles)]
    return "packs", True, f"{len(packs)} packs and {len(lexicons())} lexicons are well formed"


def _workspace(folder: Path) -> list[tuple[str, bool, str]]:
    try:
        opened = Workspace.open(folder)
        policy = organisation(opened.policy_path)
    except FootprintError as error:
        return [("workspace", False, f"{error}; make one with `footprint init FOLDER`")]
    writable = os.access(folder, os.W_OK)
    private = folder.stat().st_mode & 0o077 == 0
    return [
        (
            "workspace",
            writable,
            str(folder) if writable else f"{folder} cannot be written; give yourself the right to write there",
        ),
        ("privacy", private, "only you can read it" if private else f"others can read it; run chmod 700 {folder}"),
        _key(folder),
        *audit_checks(opened),
        ("policy", True, f"{policy.id} version {policy.version}, review due {policy.review_due}"),
    ]
