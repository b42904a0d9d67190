"""`footprint policy`: the law and the policy as data."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.cli.options import AS_JSON, WORKSPACE, print_json
from footprint.errors import InputError
from footprint.model.policy import JurisdictionPack, RolePack
from footprint.policies.load import available, jurisdiction, organisation, role
from footprint.store.workspace import Workspace


@click.group()
def policy() -> None:
    """List, show and check the packs and the policy."""


@policy.command(name="list")
@AS_JSON
def list_(as_json: bool) -> None:
    """List the packs that ship with footprint."""
    if as_json:
        print_json(available().model_dump(mode="json"))
        return
    for pack in _packs().values():
        kind = "jurisdiction" if isinstance(pack, JurisdictionPack) else "role"
        click.echo(f"{kind:<13} {pack.id:<16} {pack.version:<8} {pack.title}")


@policy.command()
@click.argument("pack_id")
@AS_JSON
def show(pack_id: str, as_json: bool) -> None:
    """Show a pack: its rules, what they do and where they come from."""
    pack = _packs().get(pack_id)
    if pack is None:
        raise InputError(where=pack_id, expected="the id of a pack; `footprint policy list` shows them")
    if as_json:
        print_json(pack.model_dump(mode="json"))
    elif isinstance(pack, JurisdictionPack):
        click.echo(_jurisdiction(pack))
    else:
        click.echo(_role(pack))


@policy.command()
@WORKSPACE
def check(workspace: Path) -> None:
    """Say whether the workspace's policy is well formed."""
    found = organisation(Workspace.open(workspace).policy_path)
    click.echo(
        f"{found.id} version {found.version} is well formed: {len(found.clauses)} clauses, review due {found.review_due}."
    )


def _packs() -> dict[str, JurisdictionPack | RolePack]:
    known = available()
    return {id: jurisdiction(id) for id in known.jurisdictions} | {id: role(id) for id in known.roles}


def _jurisdiction(pack: JurisdictionPack) -> str:
    lines = [f"{pack.title} ({pack.id} {pack.version})"]
    lines += [f"includes {', '.join(pack.includes)}"] if pack.includes else []
    for rule in pack.authorisation:
        lines.append(f"  {rule.id:<12} refuse   {rule.reason}  [{rule.citation.label}]")
    for item in pack.legality:
        lines.append(f"  {item.id:<12} {item.effect:<8} {item.reason}  [{item.citation.label}]")
    return "\n".join(lines)


def _role(pack: RolePack) -> str:
    lines = [f"{pack.title} ({pack.id} {pack.version}): the last {pack.window_years} years, {', '.join(pack.sources)}"]
    lines += [f"  {entry.category}: {entry.necessity}" for entry in pack.categories]
    return "\n".join(lines)
