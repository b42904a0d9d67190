"""`footprint policy`: the law and the policy as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from footprint.cli.options import AS_JSON, WORKSPACE, print_json
from footprint.errors import InputError
from footprint.model.policy import JurisdictionPack, OrganisationPolicy, RolePack
from footprint.policies.built_in import HARD_REFUSALS
from footprint.policies.checking import check_file, with_included
from footprint.policies.compare import Difference, compare
from footprint.policies.conditions import conditions, conditions_for
from footprint.policies.law import Standing, law_table
from footprint.policies.load import available, jurisdiction, own_packs, resolve, role
from footprint.store.workspace import Workspace


@click.group()
def policy() -> None:
    """List, show, check and compare the packs and the policy."""


@policy.command(name="list")
@AS_JSON
def list_(as_json: bool) -> None:
    """List the packs that ship with footprint."""
    if as_json:
        print_json(available().model_dump(mode="json"))
        return
    for pack in _packs().values():
        kind = "jurisdiction" if isinstance(pack, JurisdictionPack) else "role"
        click.echo(f"{kind:<13} {pack.id:<18} {pack.version:<8} {pack.title}")


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
        click.echo("\n".join(_jurisdiction(pack)))
    else:
        click.echo(_role(pack))


@policy.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@WORKSPACE
def check(file: Path | None, workspace: Path) -> None:
    """Say whether FILE is well formed, and if not, on which line; else the workspace's policy and its own packs.

    FILE is a policy, a pack or a lexicon; which of them, its fields say.
    """
    if file is not None:
        click.echo(_well_formed(file))
        return
    path = Workspace.open(workspace).policy_path
    for found in (path, *own_packs(path.parent)):
        click.echo(_well_formed(found))


@policy.command()
@click.argument("first")
@click.argument("second")
@AS_JSON
def diff(first: str, second: str, as_json: bool) -> None:
    """Say what SECOND adds to FIRST, takes away and changes; each is the id of a pack or a file.

    A jurisdiction is compared with everything that it includes.
    """
    found = compare(_to_compare(first), _to_compare(second))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        click.echo("\n".join(_difference(found)))


@policy.command()
@AS_JSON
def law(as_json: bool) -> None:
    """Say what footprint does about each id of the law table: enforced, shown, or left out and why."""
    table = law_table()
    counts = {str(standing): table.count(standing) for standing in Standing}
    if as_json:
        print_json({"counts": counts, "entries": [entry.model_dump(mode="json") for entry in table.entries]})
        return
    for entry in table.entries:
        click.echo(f"{entry.id:<14} {_words(entry.standing):<9} {entry.note}")
    counted = ", ".join(f"{count} {_words(standing)}" for standing, count in counts.items())
    click.echo(f"{len(table.entries)} ids: {counted}.")


@policy.command()
@AS_JSON
def never(as_json: bool) -> None:
    """List what footprint never does, whatever a pack or a flag says, and what stands in the way."""
    if as_json:
        print_json([refusal.model_dump(mode="json") for refusal in HARD_REFUSALS])
        return
    for refusal in HARD_REFUSALS:
        click.echo(f"{refusal.id:<14} {refusal.never}\n{'':<14} {refusal.enforced_by} [{', '.join(refusal.law)}]")


def _packs() -> dict[str, JurisdictionPack | RolePack]:
    known = available()
    return {id: jurisdiction(id) for id in known.jurisdictions} | {id: role(id) for id in known.roles}


def _words(standing: str) -> str:
    return standing.replace("_", " ")


@policy.command(name="conditions")
@click.argument("packs", nargs=-1)
@AS_JSON
def conditions_(packs: tuple[str, ...], as_json: bool) -> None:
    """List the conditions under which a second person may unlock a sealed item, of all places or of some PACKS."""
    found = conditions_for(packs) if packs else conditions()
    if as_json:
        print_json([condition.model_dump(mode="json") for condition in found])
        return
    for condition in found:
        needs = "; needs the reference of a policy document" if condition.policy_document else ""
        click.echo(f"{condition.id:<16} {condition.title}: {' and '.join(condition.covers)} data{needs}")
        click.echo(f"{'':<16} {', '.join(condition.packs)}  [{condition.citation.label}]")


def _jurisdiction(pack: JurisdictionPack) -> Iterator[str]:
    yield f"{pack.title} ({pack.id} {pack.version})"
    if pack.includes:
        yield f"includes {', '.join(pack.includes)}"
    for rule in pack.authorisation:
        yield f"  {rule.id:<24} refuse   {rule.reason}  [{rule.citation.label}]"
    for item in pack.legality:
        yield f"  {item.id:<24} {item.effect:<8} {item.reason}  [{item.citation.label}]"
    for duty in pack.duties:
        yield f"  {duty.id:<24} duty     {duty.duty}  [{duty.citation.label}]"
    for kept in pack.retention:
        period = "set it in the policy's retention" if kept.months is None else f"{kept.months} months"
        yield f"  {kept.outcome:<24} keep     {period}  [{kept.citation.label}]"


def _role(pack: RolePack) -> str:
    lines = [f"{pack.title} ({pack.id} {pack.version}): the last {pack.window_years} years, {', '.join(pack.sources)}"]
    lines += [f"  {entry.category}: {entry.necessity}" for entry in pack.categories]
    return "\n".join(lines)


def _well_formed(file: Path) -> str:
    kind, found = check_file(file)
    named = f"{found.id} version {found.version} is well formed"
    if isinstance(found, OrganisationPolicy):
        return f"{named}: {len(found.clauses)} clauses, review due {found.review_due}."
    if isinstance(found, JurisdictionPack):
        return f"{named}: a {kind} pack with {len(found.authorisation)} rules about a run and {len(found.legality)} about items."
    return f"{named}: a {kind} pack." if isinstance(found, RolePack) else f"{named}: a {kind}."


def _to_compare(named: str) -> tuple[JurisdictionPack, ...] | RolePack:
    """Return the pack that an id or a file names; a file counts only where no pack has that id."""
    known = available()
    if named in known.jurisdictions:
        return resolve((named,), jurisdiction)
    if named in known.roles:
        return role(named)
    if not Path(named).is_file():
        raise InputError(where=named, expected="the id of a pack or a file; `footprint policy list` shows the ids")
    kind, found = check_file(Path(named))
    if isinstance(found, RolePack):
        return found
    if isinstance(found, JurisdictionPack):
        return with_included(found, Path(named))
    raise InputError(where=named, expected=f"a jurisdiction or role pack, not a {kind}")


def _difference(found: Difference) -> Iterator[str]:
    if found.is_none:
        yield f"{found.first} and {found.second} hold the same."
    for entry in found.added:
        yield f"added    {entry.id}  {entry.says}"
    for entry in found.removed:
        yield f"removed  {entry.id}  {entry.says}"
    for change in found.changed:
        judged = {True: " (stricter)", False: " (less strict)", None: ""}[change.tightens]
        yield f"changed  {change.id}  {change.field}: {change.before} -> {change.after}{judged}"
