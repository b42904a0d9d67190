"""`footprint consent record`: write a consent file from a profile, the policy and the answers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from footprint.admission import Desk
from footprint.cli.consent_signed import SIGNED, SIGNED_CA, keep_signed, read_signed
from footprint.cli.options import WORKSPACE, desk_at
from footprint.errors import InputError
from footprint.files import parse_record, read_bytes, read_record, write_whole
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.event import Action, AuditEvent
from footprint.papers.drafting import draft, to_toml
from footprint.papers.notice import digest
from footprint.papers.questions import QUESTIONS, Grounds
from footprint.papers.signed import MAX_SIGNED_BYTES, SignedPaper
from footprint.policies.load import organisation, role
from footprint.store.workspace import CONSENTS, Workspace

F = TypeVar("F", bound=Callable[..., Any])


def question_options(command: F) -> F:
    """Add one flag a question; at a terminal what no flag answers is asked."""
    for question in reversed(QUESTIONS):
        command = click.option(question.flag, question.name, help=question.text + ".")(command)
    return command


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option(
    "--notice", type=click.Path(path_type=Path), required=True, help="The notice as it was shown: its digest is kept."
)
@SIGNED
@SIGNED_CA
@click.option(
    "--like", type=click.Path(path_type=Path), help="An earlier consent: what is not about the person is taken from it."
)
@click.option(
    "--identifier", "identifiers", multiple=True, metavar="KEY", help="A place that was ticked; all, if not given."
)
@click.option(
    "--declaration",
    "declarations",
    multiple=True,
    nargs=5,
    metavar="MATTER STATEMENT BY AT REFERENCE",
    help="Something else that a pack wants stated, such as works-council.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The consent file to write.")
@question_options
@WORKSPACE
def record(
    profile: Path,
    notice: Path,
    signed: Path | None,
    signed_ca: Path | None,
    like: Path | None,
    identifiers: tuple[str, ...],
    declarations: tuple[tuple[str, ...], ...],
    out: Path | None,
    workspace: Path,
    **answers: str | None,
) -> None:
    """Record the candidate's answer as a new consent file. Asks at a terminal; elsewhere every answer is a flag."""
    desk = desk_at(Workspace.open(workspace))
    grounds = _grounds(desk, profile, like)
    paper = read_signed(signed, signed_ca)
    given, places = _ask(grounds, answers, identifiers)
    sha256 = paper.sha256 if paper else None
    made = draft(
        given,
        grounds,
        identifiers=places,
        notice_sha256=digest(read_bytes(notice, limit=MAX_SIGNED_BYTES)),
        signed_sha256=sha256,
        declarations=declarations,
    )
    target = out or desk.workspace.folder / CONSENTS / f"{made.id}.toml"
    _keep(desk, made, target, paper)
    click.echo(f"{target}: {made.id}, {made.events[-1].state}")
    click.echo(f"Next: footprint consent receipt {target} --out receipt.html")


def _grounds(desk: Desk, profile: Path, like: Path | None) -> Grounds:
    return Grounds(
        candidate=read_record(profile, Candidate),
        policy=organisation(desk.workspace.policy_path),
        role_of=role,
        contact=desk.workspace.settings.contact,
        now=desk.clock.now(),
        like=read_record(like, Authorisation) if like else None,
    )


def _ask(
    grounds: Grounds, answers: dict[str, str | None], identifiers: tuple[str, ...]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return every answer and the places that were ticked: from flags, from a person at a terminal, or as offered."""
    at_terminal = sys.stdin.isatty()
    given: dict[str, str] = {}
    for question in QUESTIONS:
        answer = answers.get(question.name)
        if answer is None:
            answer = question.offer(grounds, given)
            if at_terminal:
                answer = click.prompt(question.text, default=answer or ("" if not question.needed else None), err=True)
        given[question.name] = answer or ""
    return given, identifiers or _ticked(grounds, given, at_terminal=at_terminal)


def _ticked(grounds: Grounds, given: dict[str, str], *, at_terminal: bool) -> tuple[str, ...]:
    sources = given["sources"].split(",")
    keys = [place.key for place in grounds.candidate.identifiers if place.kind in sources]
    if not at_terminal:
        return tuple(keys)
    return tuple(key for key in keys if click.confirm(f"Was {key} ticked?", default=False, err=True))


def _keep(desk: Desk, made: Authorisation, target: Path, paper: SignedPaper | None) -> None:
    """Write the signed paper, then the consent, then the event; a file that is there is never written over."""
    content = to_toml(made)
    if parse_record(content, Authorisation, where=str(target)) != made:
        raise InputError(where=str(target), expected="a consent that reads back as it was recorded")
    if target.exists():
        raise InputError(where=str(target), expected="a new file", mend="choose another --out, or another --id")
    digests = {"notice": made.notice.sha256}
    if paper is not None:
        keep_signed(desk, made.id, paper)
        digests["signed"] = paper.sha256
    write_whole(target, content)
    ids = {"authorisation": made.id, "state": str(made.events[-1].state)}
    operator = desk.workspace.settings.operator
    desk.log.append(
        AuditEvent(at=desk.clock.now(), actor=operator, action=Action.CONSENT_CHANGED, ids=ids, digests=digests)
    )
