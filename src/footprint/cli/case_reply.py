"""`footprint case reply`: invite the candidate to reply, and record what they say, unchanged."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import click

from footprint.cli.options import WORKSPACE
from footprint.cli.reviewing import BY, moment_of, sit, text_of
from footprint.errors import InputError
from footprint.files import write_whole
from footprint.model.policy import PeriodKind
from footprint.model.review import Invitation, Reply
from footprint.papers.catalogue import paper
from footprint.papers.form import render_form
from footprint.papers.notice import digest
from footprint.papers.sheet import Filling
from footprint.review.desk import ReviewDesk
from footprint.review.periods import Period, day_in_words, period
from footprint.review.rules import check

PAPER = "invitation.html"
"""Document of the case: the last invitation, as it was handed over."""


@click.command()
@click.argument("case_id")
@click.argument("item", required=False)
@click.option("--invite", is_flag=True, help="Write the invitation, and start the candidate's time to reply.")
@click.option("--adverse", is_flag=True, help="US: the letter before an adverse decision, and its wait.")
@click.option("--channel", default="letter", show_default=True, help="How the invitation is handed over.")
@click.option("--until", metavar="DAY", help="Last day to reply; the period of the packs or the policy if left out.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the invitation.")
@click.option("--words", metavar="TEXT", help="The candidate's words; @FILE or - for standard input.")
@click.option("--received", metavar="TIME", help="When they came in; now if left out.")
@click.option("--last", is_flag=True, help="The candidate says that this is all: their time to reply ends.")
@BY
@WORKSPACE
def reply(
    case_id: str,
    item: str | None,
    *,
    invite: bool,
    adverse: bool,
    channel: str,
    until: str | None,
    out: Path | None,
    words: str | None,
    received: str | None,
    last: bool,
    by: str | None,
    workspace: Path,
) -> None:
    """Invite the candidate to reply (--invite), or record their words on ITEM (F03) or on the whole."""
    desk = sit(case_id, workspace, by)
    if invite:
        _invite(desk, channel=channel, until=until, out=out or Path(f"{case_id}-{PAPER}"), adverse=adverse)
        return
    now = desk.desk.clock.now()
    at = moment_of(received, flag="--received", otherwise=now)
    desk.enter(Reply(item=item, words=text_of(words, flag="--words"), received=at, is_last=last))
    click.echo(f"Recorded the candidate's reply on {item or 'the whole'}, received {day_in_words(at)}.")
    click.echo(f"Next: footprint review {case_id}; a verdict on {item or 'an item'} takes the reply into account.")


def _invite(desk: ReviewDesk, *, channel: str, until: str | None, out: Path, adverse: bool) -> None:
    found = _period(desk, adverse=adverse)
    now = desk.desk.clock.now()
    ends = moment_of(until, flag="--until", otherwise=found.end(now), at=time(23, 59, 59))
    content = _paper(desk, ends.date(), adverse=adverse)
    wait = found.id if adverse else None
    event = Invitation(until=ends, channel=channel, paper_sha256=digest(content), wait=wait)
    check(event, desk.by, desk.matter)
    # The paper first: an invitation that nobody can hand over must not start a clock.
    write_whole(out, content)
    desk.desk.workspace.put_document(desk.case.record.id, PAPER, content)
    desk.enter(event)
    click.echo(f"{out}: hand it to the candidate by {channel}. SHA-256 {digest(content)}")
    warning = "" if found.citation.confirmed else " (confirm with counsel)"
    click.echo(f"The candidate has until the end of {day_in_words(ends)}, UTC. {found.id}: {found.title}{warning}.")


def _period(desk: ReviewDesk, *, adverse: bool) -> Period:
    found = period(desk.policies, PeriodKind.WAIT if adverse else PeriodKind.REPLY)
    if found is None:
        raise InputError(where="--adverse", expected="a case whose law knows a wait before an adverse decision")
    return found


def _paper(desk: ReviewDesk, reply_by: date, *, adverse: bool) -> bytes:
    consent = desk.report.authorisation
    wanted = paper(consent.packs[-1], "pre-adverse" if adverse else "invitation")
    filling = Filling(
        authorisation=consent,
        policy=desk.policies.organisation,
        role=desk.policies.role,
        report=desk.report,
        contact=desk.desk.workspace.settings.contact,
        reply_by=reply_by,
    )
    return render_form(wanted, filling)
