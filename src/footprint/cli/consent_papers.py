"""`footprint consent form`, `check-notice` and `receipt`: papers to hand out, and to check."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from footprint.cli.options import WORKSPACE, system_clock
from footprint.errors import InputError
from footprint.files import parse_record, read_bytes, read_record, write_whole
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.report import Report
from footprint.papers.catalogue import paper
from footprint.papers.dpv import render_dpv
from footprint.papers.form import render_form
from footprint.papers.kantara import render_kantara
from footprint.papers.notice import digest, refuse_waivers
from footprint.papers.receipt import render_receipt
from footprint.papers.sheet import Filling
from footprint.policies.load import organisation, role
from footprint.store.workspace import SETTINGS, Workspace

OUT = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")


@click.command()
@click.argument("jurisdiction")
@click.argument("kind")
@click.option("--profile", type=click.Path(path_type=Path), help="The candidate's profile: name and places.")
@click.option("--consent", "consent_file", type=click.Path(path_type=Path), help="The consent, or a draft of it.")
@click.option("--case", "case_id", help="A case of the workspace: its consent, and its report for the supplement.")
@click.option(
    "--templates", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Your own templates first."
)
@click.option("--reviewed", metavar="REFERENCE", help="Counsel has confirmed the points marked †: leave the marks out.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The HTML file to write.")
@WORKSPACE
def form(
    jurisdiction: str,
    kind: str,
    profile: Path | None,
    consent_file: Path | None,
    case_id: str | None,
    templates: Path | None,
    reviewed: str | None,
    out: Path,
    workspace: Path,
) -> None:
    """Write a notice, form, letter or assessment to print: JURISDICTION such as uk-police, KIND such as notice.

    What no record says becomes a blank to fill in by hand. The SHA-256 of the file is printed: it goes into the consent.
    """
    wanted = paper(jurisdiction, kind)
    filling = _filling(workspace, profile, consent_file, case_id)
    content = render_form(wanted, filling, reviewed=reviewed, templates=templates)
    write_whole(out, content)
    click.echo(f"{out}: {wanted.title}")
    click.echo(f"SHA-256 {digest(content)}")
    if "†".encode() in content:
        click.echo("Draft: the last sheet lists points of law to confirm with counsel; then use --reviewed REFERENCE.")


@click.command(name="check-notice")
@click.argument("file", type=click.Path(path_type=Path))
def check_notice(file: Path) -> None:
    """Look for a release or a waiver in a notice that must stand alone (US). Ends with 2 where there is one."""
    content = read_bytes(file)
    refuse_waivers(content, where=str(file))
    click.echo(f"{file}: no wording of a release or a waiver was found. A person must still read it.")
    click.echo(f"SHA-256 {digest(content)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form_", type=click.Choice(["html", "dpv", "kantara"]), default="html", show_default=True)
@OUT
def receipt(file: Path, form_: str, out: Path | None) -> None:
    """Give the candidate a receipt of the consent FILE: to read (html), or for other systems (dpv, kantara)."""
    content = read_bytes(file)
    is_json = file.suffix.lower() == ".json"
    record = parse_record(content, Authorisation, where=str(file), is_json=is_json)
    now = system_clock().now()
    if form_ == "html":
        made = render_receipt(record, record=content, name=file.name, at=now)
    elif form_ == "dpv":
        made = render_dpv(record, record_sha256=digest(content), at=now)
    else:
        made = render_kantara(record, at=now)
    if out is None:
        click.echo(made.decode(), nl=False)
        return
    write_whole(out, made)
    click.echo(f"{out}: receipt of {record.id}. Give it to the candidate together with {file.name}.")
    click.echo(f"SHA-256 of the record {digest(content)}")


def _filling(workspace: Path, profile: Path | None, consent_file: Path | None, case_id: str | None) -> Filling:
    # A blank form needs no workspace, and the default is the folder one happens to stand in.
    is_named = click.get_current_context().get_parameter_source("workspace") is not ParameterSource.DEFAULT
    opened = Workspace.open(workspace) if is_named or case_id or (workspace / SETTINGS).is_file() else None
    report = _report(opened, case_id) if opened and case_id else None
    consent = read_record(consent_file, Authorisation) if consent_file else None
    consent = consent or (report.authorisation if report else None)
    return Filling(
        authorisation=consent,
        candidate=read_record(profile, Candidate) if profile else None,
        policy=organisation(opened.policy_path) if opened else None,
        role=role(consent.role) if consent else None,
        report=report,
        contact=opened.settings.contact if opened else None,
    )


def _report(workspace: Workspace, case_id: str) -> Report:
    try:
        content = workspace.get_document(case_id, "report.json")
    except InputError as error:
        raise InputError(
            where=case_id, expected="a case with a report", mend="`footprint case list` shows the cases"
        ) from error
    finally:
        workspace.close()
    return parse_record(content, Report, where=f"report.json of {case_id}", is_json=True)
