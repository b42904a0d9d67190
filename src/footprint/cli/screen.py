"""`footprint plan` and `footprint screen`."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.admission import Order, admit
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, loopback_options, outlook_for, print_json
from footprint.cli.running import deliver, run, summarise
from footprint.collectors.catalog import manifest
from footprint.model.plan import Plan
from footprint.model.presence import Sweep
from footprint.sources.reviewing import notices
from footprint.store.workspace import Workspace
from footprint.web.robots import robots_url

PROFILE = click.argument("profile", type=click.Path(path_type=Path))
CONSENT = click.option("--consent", type=click.Path(path_type=Path), help="The recorded consent, TOML or JSON.")
SITES = click.option(
    "--sites",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The site rules to look for the candidate's names by, instead of those that footprint.toml names.",
)
COVERED_ONLY = click.option(
    "--covered-only", is_flag=True, help="Leave out what the consent does not cover, instead of refusing."
)


@click.command()
@PROFILE
@CONSENT
@COVERED_ONLY
@SITES
@WORKSPACE
@AS_JSON
def plan(
    profile: Path, consent: Path | None, *, covered_only: bool, sites: Path | None, workspace: Path, as_json: bool
) -> None:
    """Print every request that a screening would make, its host, and the clauses that allow it. Fetches nothing."""
    desk = desk_at(Workspace.open(workspace))
    admission = admit(Order(profile=profile, consent=consent, covered_only=covered_only, sites=sites), desk)
    told = notices(
        (entry.request.source for entry in admission.plan.entries),
        desk.clock.now().date(),
        desk.workspace.settings.terms_review_months,
    )
    if as_json:
        robots = robots_asked(admission.plan)
        print_json({**admission.plan.model_dump(mode="json"), "robots": robots, "notices": told})
    else:
        click.echo(written(admission.plan))
        for notice in told:
            click.echo(notice)
        click.echo(f"Next: footprint screen {profile} --consent {consent}")


@click.command()
@PROFILE
@CONSENT
@COVERED_ONLY
@SITES
@click.option("--resume", is_flag=True, help="Go on with the case that stopped; what was read is not asked for again.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="reports",
    show_default=True,
    help="Folder for a copy of the report; in the workspace it lies locked.",
)
@WORKSPACE
@loopback_options
@AS_JSON
def screen(
    profile: Path,
    consent: Path | None,
    *,
    covered_only: bool,
    sites: Path | None,
    resume: bool,
    out: Path,
    workspace: Path,
    loopback: tuple[str, ...],
    loopback_ca: Path | None,
    as_json: bool,
) -> None:
    """Screen a candidate's public footprint within the recorded consent, and write the report.

    Exit code 3: refused, nothing was fetched. Exit code 4: done, but something could not be checked; the report says what.
    """
    outlook = outlook_for(loopback, loopback_ca)
    desk = desk_at(Workspace.open(workspace), demonstration=outlook.guard.is_pinned)
    order = Order(profile=profile, consent=consent, resume=resume, covered_only=covered_only, sites=sites)
    report = run(order, desk, outlook)
    summarise(report, deliver(report, desk, out), workspace, as_json=as_json)
    if report.unknowns:
        click.get_current_context().exit(4)


def robots_asked(drawn: Plan) -> list[str]:
    """Return the robots.txt addresses that are asked for first: of every host but those of documented interfaces."""
    obeying = [entry for entry in drawn.entries if manifest(entry.request.source).terms.robots == "obey"]
    return sorted({robots_url(entry.request.template) for entry in obeying})


def written(drawn: Plan) -> str:
    """Return a plan as lines for a reader."""
    asked_first = robots_asked(drawn)
    lines = [
        f"{len(drawn.entries)} kinds of request to {len(drawn.hosts)} hosts, and {len(asked_first)} robots.txt first.",
        *(f"GET {address}, once" for address in asked_first),
    ]
    for entry in drawn.entries:
        request = entry.request
        often = "once" if request.at_most == 1 else f"at most {request.at_most} times"
        lines += [
            "",
            f"GET {request.template}",
            f"    host     {request.host}",
            f"    for      {request.purpose}, {often}, at most {request.max_bytes:,} bytes",
            f"    consent  {entry.consent_clause}",
            f"    policy   {entry.policy_clause}",
        ]
    lines += _written_sweep(drawn.sweep) if drawn.sweep is not None else []
    if (model := drawn.proposer) is not None:
        lines += [
            "",
            f"The model {model.name} (SHA-256 {model.sha256}) may propose what a person is to look at; it finds nothing.",
        ]
    for left in drawn.left_out:
        lines += ["", f"left out: {left.identifier}: {left.reason}"]
        lines += [f"    for a person to open: {left.address}"] if left.address else []
    return "\n".join(lines) + "\n"


def _written_sweep(sweep: Sweep) -> list[str]:
    names = "1 name" if len(sweep.identifiers) == 1 else f"{len(sweep.identifiers)} names"
    sites = "1 site" if len(sweep.sites) == 1 else f"{len(sweep.sites)} sites"
    left_out = ", ".join(f"{count} {rule}" for rule, count in sweep.left_out.items()) or "none"
    return [
        "",
        f"Is there an account of {names}, at {sites}: at most {sweep.at_most:,} requests, robots.txt first",
        "    sites    --json lists each with its address",
        f"    rules    SHA-256 {sweep.rules}; sites of that file left out: {left_out}",
        f"    consent  {sweep.consent_clause}",
        f"    policy   {sweep.policy_clause}",
    ]
