"""`footprint report`: one reader's view of a case, written from what was kept."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.admission import Desk
from footprint.audit.checkpoint import checkpoint
from footprint.audit.export import prove
from footprint.audit.key import signing_key
from footprint.cli.handing_out import hand_out, note
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at
from footprint.errors import InputError
from footprint.files import parse_record
from footprint.model.event import Action
from footprint.model.policy import Policies
from footprint.model.report import Proofs, Report
from footprint.report.permitted import HarmReason, HeldBack
from footprint.report.render import page, render_view
from footprint.report.views import Added, Reader, see
from footprint.review.desk import read_review
from footprint.review.periods import clocks
from footprint.store.workspace import Workspace

STEMS = {
    Reader.VETTING: "report",
    Reader.RECRUITER: "recruiter",
    Reader.CANDIDATE: "candidate",
    Reader.AUDITOR: "auditor",
}
"""What each reader's files are called."""


@click.command()
@click.argument("case_id")
@click.option(
    "--for",
    "reader",
    type=click.Choice(list(map(str, Reader))),
    default="vetting",
    show_default=True,
    help="Whose view.",
)
@click.option("--pdf", "as_pdf", is_flag=True, help="Write a PDF as well. Needs the extra `pdf`.")
@click.option(
    "--sign-key", type=click.Path(path_type=Path), help="Sign the PDF with this key (PEM). Needs the extra `sign`."
)
@click.option("--sign-cert", type=click.Path(path_type=Path), help="The certificate of that key (PEM).")
@click.option(
    "--hold-back",
    multiple=True,
    metavar="FINDING=REASON",
    help=f"Leave a finding out of the candidate's copy after a harm test; REASON: {', '.join(HarmReason)}.",
)
@WORKSPACE
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="reports",
    show_default=True,
    help="Folder to write to.",
)
@AS_JSON
def report(
    case_id: str,
    reader: str,
    *,
    as_pdf: bool,
    sign_key: Path | None,
    sign_cert: Path | None,
    hold_back: tuple[str, ...],
    workspace: Path,
    out: Path,
    as_json: bool,
) -> None:
    """Write what one reader may see of a case, without the network: HTML, and the same as JSON.

    With --json nothing is written: the view is printed. Either is noted in the audit log.
    """
    if (sign_key is None) != (sign_cert is None) or (sign_key and not as_pdf):
        raise InputError(where="--sign-key", expected="--pdf, --sign-key and --sign-cert together")
    opened = Workspace.open(workspace)
    content = opened.get_document(case_id, "report.json")
    kept = parse_record(content, Report, where=f"report.json of {case_id}", is_json=True)
    desk = desk_at(opened, demonstration=kept.demonstration)
    view = see(kept, Reader(reader), _added(desk, kept, Reader(reader), hold_back))
    data = render_view(view)
    stem = STEMS[view.reader]
    if as_json:
        note(desk, kept, view.reader, Action.CASE_READ, {f"{stem}.json": data})
        click.echo(data.decode(), nl=False)
        return
    files = {f"{stem}.html": page(kept, view), f"{stem}.json": data}
    if as_pdf:
        files[f"{stem}.pdf"] = _pdf(kept, files[f"{stem}.html"], data, f"{stem}.json", sign_key, sign_cert)
    hand_out(desk, kept, view.reader, files, out)
    click.echo(f"Report: {out / kept.case / next(iter(files))}")


def _pdf(kept: Report, html: bytes, data: bytes, name: str, key: Path | None, certificate: Path | None) -> bytes:
    from footprint.report.pdf import render_pdf  # seconds to load

    pdf = render_pdf(html, data, name=name, at=kept.generated_at)
    if key is None or certificate is None:
        return pdf
    from footprint.report.pdf_signing import sign_pdf

    return sign_pdf(pdf, key=key, certificate=certificate)


def _added(desk: Desk, kept: Report, reader: Reader, hold_back: tuple[str, ...]) -> Added:
    review = read_review(desk.workspace, kept.case)
    content = desk.workspace.get_document(kept.case, "policies.json")
    policies = parse_record(content, Policies, where=f"policies.json of {kept.case}", is_json=True)
    running = clocks(policies, review, desk.clock.now())
    return Added(
        review=review,
        clocks=tuple(f"{clock.title}: {clock.words}" for clock in running),
        held_back=tuple(map(_held, hold_back)),
        proofs=_proofs(desk, kept) if reader is Reader.AUDITOR else None,
    )


def _proofs(desk: Desk, kept: Report) -> Proofs:
    """Return the proofs of the case's lines under a head that is signed over all that stand now."""
    log = desk.workspace.audit_path
    return prove(log, kept.case, checkpoint(log, signing_key(log, desk.token)))


def _held(text: str) -> HeldBack:
    finding, _, reason = text.partition("=")
    if reason not in set(HarmReason) or not finding.isalnum():
        raise InputError(where="--hold-back", expected=f"FINDING=REASON, REASON one of {', '.join(HarmReason)}")
    return HeldBack(finding=finding, reason=HarmReason(reason))
