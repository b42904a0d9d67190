"""`footprint sources`: the public places that can be read, on what terms, and whether this workspace reads them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from footprint.cli.options import (
    AS_JSON,
    WORKSPACE,
    desk_at,
    loopback_options,
    outlook_for,
    print_json,
    system_clock,
)
from footprint.collectors.catalog import manifest, readers
from footprint.collectors.catalog import sources as every_source
from footprint.collectors.interface import Access, Manifest
from footprint.errors import InputError
from footprint.files import read_record
from footprint.sources.reviewing import MONTHS, is_due, notices
from footprint.sources.standing import Standing
from footprint.store.keyring import Keyring
from footprint.store.switches import Check, read_switches
from footprint.store.workspace import SETTINGS, Settings, Workspace

NOT_FOUND = 4
"""Exit code where a source could not be checked, or did not hold."""
REASON = click.option(
    "--reason", required=True, help="Why, in a sentence: it is kept with the decision. No personal data."
)
BY = click.option("--by", help="The id of whoever decided; the workspace's operator where it is left out.")


@click.group()
def sources() -> None:
    """List and show the public sources and their terms; turn them on or off here; check that they still answer."""


@sources.command(name="list")
@WORKSPACE
@AS_JSON
def list_(workspace: Path, as_json: bool) -> None:
    """List the sources, and whether this workspace reads them."""
    standing, due = _standing(workspace), _due(workspace)
    entries = [manifest(source) for source in every_source()]
    if as_json:
        print_json([_described(entry, standing, due) for entry in entries])
        return
    for entry in entries:
        click.echo(f"{entry.id:<16} {_state(entry, standing):<10} {entry.access:<10} {entry.title}")
    due.tell(every_source())


@sources.command()
@click.argument("source")
@WORKSPACE
@AS_JSON
def show(source: str, workspace: Path, as_json: bool) -> None:
    """Show what is read at a source, its limits, its terms and when they were reviewed."""
    entry, standing, due = manifest(_known(source)), _standing(workspace), _due(workspace)
    if as_json:
        print_json(_described(entry, standing, due))
        return
    click.echo("\n".join(_shown(entry, standing)))
    due.tell([source])


@sources.command()
@click.argument("source")
@REASON
@click.option("--host", help="The host of your own instance, for a source that is one.")
@BY
@WORKSPACE
def on(source: str, reason: str, host: str | None, by: str | None, workspace: Path) -> None:
    """Turn a source on in this workspace, with the reason on record."""
    from footprint.sources.switching import turn_on

    desk = desk_at(Workspace.open(workspace))
    turn_on(desk, _known(source), reason=reason, by=by or desk.workspace.settings.operator, host=host)
    click.echo(f"{source} is on in this workspace. A run reads it where consent, role and policy name it too.")


@sources.command()
@click.argument("source")
@REASON
@BY
@WORKSPACE
def off(source: str, reason: str, by: str | None, workspace: Path) -> None:
    """Turn a source off in this workspace, with the reason on record."""
    from footprint.sources.switching import turn_off

    desk = desk_at(Workspace.open(workspace))
    turn_off(desk, _known(source), reason=reason, by=by or desk.workspace.settings.operator)
    click.echo(f"{source} is off in this workspace. Cases that have read it keep what they read.")


@sources.command()
@click.argument("source", nargs=-1)
@click.option("--contract", metavar="PACKAGE", help="Hold an installed plug-in package to the contract instead.")
@WORKSPACE
@loopback_options
@AS_JSON
def check(
    source: tuple[str, ...],
    *,
    contract: str | None,
    workspace: Path,
    loopback: tuple[str, ...],
    loopback_ca: Path | None,
    as_json: bool,
) -> None:
    """Ask sources for an account that exists and for a made-up one. Without SOURCE: every source that is on.

    Exit code 4: a source did not answer as it should, or could not be asked. With --contract nothing is asked of the
    web: answers that lie beside the plug-in are served on this machine.
    """
    if contract is not None:
        _hold(contract, as_json=as_json)
        return
    from footprint.sources.checking import Round, checkable
    from footprint.sources.checking import check as ask

    outlook = outlook_for(loopback, loopback_ca)
    desk = desk_at(Workspace.open(workspace), demonstration=outlook.guard.is_pinned)
    chosen = tuple(map(_known, source)) or checkable(desk.standing(), readers())
    how = Round(guard=outlook.guard, tls=outlook.tls, watch=lambda name: click.echo(f"asking {name}", err=True))
    results = asyncio.run(ask(desk, chosen, how))
    if as_json:
        print_json([result.model_dump(mode="json") for result in results])
    else:
        for result in results:
            click.echo(f"{result.source:<16} {result.result:<8} {result.detail}")
        _due(workspace).tell(chosen)
    if any(result.result != "passed" for result in results):
        click.get_current_context().exit(NOT_FOUND)


def _hold(package: str, *, as_json: bool) -> None:
    lines = asyncio.run(_held(package))
    if as_json:
        print_json([{"source": line[0], "case": line[1], "problems": line[2]} for line in lines])
    else:
        for source, case, problems in lines:
            click.echo(f"{source:<16} {case:<24} {'holds' if not problems else '; '.join(problems)}")
    if any(problems for _, _, problems in lines):
        click.get_current_context().exit(NOT_FOUND)


async def _held(package: str) -> list[tuple[str, str, tuple[str, ...]]]:
    from footprint.contract.package import hold

    lines = []
    async for line in hold(package, system_clock()):
        click.echo(f"{line.source}: {line.case}", err=True)
        lines.append((line.source, line.case, line.problems))
    return lines


def _known(source: str) -> str:
    if source not in every_source():
        raise InputError(where=source, expected=f"one of {', '.join(every_source())}")
    return source


def _standing(folder: Path) -> Standing:
    """Return what holds in a workspace; what holds at first where there is none."""
    return Standing(read_switches(folder), Keyring()) if (folder / SETTINGS).is_file() else Standing()


@dataclass(frozen=True)
class _Due:
    """Whose terms are to be read again, on a day."""

    today: date
    months: int

    def tell(self, sources: Iterable[str]) -> None:
        """Print a notice for each source that is due, beside the output and not in it."""
        for notice in notices(sources, self.today, self.months):
            click.echo(notice, err=True)


def _due(folder: Path) -> _Due:
    path = folder / SETTINGS
    months = read_record(path, Settings).terms_review_months if path.is_file() else MONTHS
    return _Due(system_clock().now().date(), months)


def _state(entry: Manifest, standing: Standing) -> str:
    if entry.access is Access.LINK_ONLY:
        return "never read"
    return "on" if standing.is_on(entry) else "off"


def _described(entry: Manifest, standing: Standing, due: _Due) -> dict[str, object]:
    checked = standing.switches.checks.get(entry.id)
    return {
        **entry.model_dump(mode="json"),
        "is_on": standing.is_on(entry),
        "terms_are_due": is_due(entry, due.today, due.months),
        "checked": checked.model_dump(mode="json") if checked is not None else None,
    }


def _shown(entry: Manifest, standing: Standing) -> list[str]:
    terms, limits = entry.terms, entry.limits
    lines = [
        f"{entry.title} ({entry.id} {entry.version})",
        entry.reads,
        f"here           {_state(entry, standing)}{_decided(entry, standing)}",
        f"access         {entry.access}{f': {entry.access_reason}' if entry.access_reason else ''}",
        f"read at        {entry.interface}, {entry.documentation}",
        f"pace           one request every {limits.seconds_between:g} s",
        f"robots.txt     {terms.robots}{f': {terms.robots_reason}' if terms.robots_reason else ''}",
        f"terms          {terms.terms_url}, reviewed {terms.terms_reviewed}; commercial use {terms.commercial_use}",
        f"respects       {', '.join(terms.respects) or 'no signal of its own'}",
    ]
    if entry.key is not None:
        needed = "may be given" if entry.key.is_optional else "is needed"
        lines.append(
            f"key            {needed}: {entry.key_variable}, or the file keys/{entry.id}; {entry.key.obtained}"
        )
    if entry.special_category:
        lines.append("special        being found there would itself tell of a special category (GDPR Art. 9)")
    checked = standing.switches.checks.get(entry.id)
    return [*lines, *([] if checked is None else [f"checked        {_told(entry, checked)}"])]


def _decided(entry: Manifest, standing: Standing) -> str:
    switch = standing.switches.standing(entry.id)
    return f", decided by {switch.by} on {switch.at:%Y-%m-%d}: {switch.reason}" if switch is not None else ""


def _told(entry: Manifest, checked: Check) -> str:
    hours = entry.canary.ttl_hours if entry.canary is not None else 0
    holds = f", holds for {hours} hours" if checked.result == "passed" else ""
    return f"{checked.result} on {checked.at:%Y-%m-%d %H:%M} UTC{holds}"
