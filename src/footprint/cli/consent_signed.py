"""The signed paper behind a consent: read and checked, kept under a key of its own, and shown again."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.admission import Desk
from footprint.cli.options import WORKSPACE, desk_at
from footprint.errors import InputError
from footprint.files import read_bytes, read_record
from footprint.model.authorisation import Authorisation
from footprint.model.event import Action, AuditEvent
from footprint.papers.pdf_signature import SignatureStanding, check_signature
from footprint.papers.signed import MAX_SIGNED_BYTES, SignedPaper, recognise
from footprint.store.workspace import Workspace

SIGNED = click.option("--signed", type=click.Path(path_type=Path), help="The signed paper: PDF, PNG or JPEG.")
SIGNED_CA = click.option(
    "--signed-ca", type=click.Path(path_type=Path), help="Certificates (PEM) that a digital signature may lead to."
)

_SAID = {
    SignatureStanding.NONE: "It carries no digital signature: what it shows is for a person to read.",
    SignatureStanding.UNCHECKED: "It carries a digital signature that was not checked: install footprint with the extra `sign`.",
    SignatureStanding.INTACT: "Its digital signature holds for the file; whose certificate it is, nobody vouched for (--signed-ca).",
    SignatureStanding.TRUSTED: "Its digital signature holds, under an authority that you gave.",
}


def read_signed(path: Path | None, authorities: Path | None) -> SignedPaper | None:
    """Return the signed paper of a flag, checked and told; None where the flag was not given. Raises InputError."""
    if path is None:
        return None
    paper = recognise(read_bytes(path, limit=MAX_SIGNED_BYTES), ending=path.suffix, where=str(path))
    roots = read_bytes(authorities) if authorities else None
    signature = check_signature(paper.content, where=str(path), authorities=roots)
    click.echo(f"The signed {paper.kind}, SHA-256 {paper.sha256}, is kept encrypted.")
    click.echo(_SAID[signature.standing])
    for digest in signature.certificates:
        click.echo(f"  signer's certificate, SHA-256 {digest}")
    return paper


def keep_signed(desk: Desk, authorisation: str, paper: SignedPaper) -> None:
    """Keep a signed paper in the workspace, under a key of its consent. Raises StoreError where it cannot be written."""
    desk.workspace.put_signed(authorisation, f"{paper.sha256[:12]}{paper.ending}", paper.content)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write to.")
@WORKSPACE
def signed(file: Path, out: Path, workspace: Path) -> None:
    """Write out the signed papers behind a consent FILE. Who asked for them is logged."""
    desk = desk_at(Workspace.open(workspace))
    consent = read_record(file, Authorisation)
    names = desk.workspace.signed_papers(consent.id)
    if not names:
        raise InputError(where=str(file), expected="a consent with a signed paper that was kept in this workspace")
    desk.log.append(
        AuditEvent(
            at=desk.clock.now(),
            actor=desk.workspace.settings.operator,
            action=Action.CASE_READ,
            ids={"authorisation": consent.id, "what": "signed-paper"},
        )
    )
    for name in names:
        target = out / f"{consent.id}-{name}"
        desk.workspace.hand_out(consent.id, target, desk.workspace.get_signed(consent.id, name), desk.clock.now())
        click.echo(f"{target}")
