"""`footprint case dispute` and `footprint case hold`: what the candidate disputes, and what puts erasure off."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.cli.options import WORKSPACE
from footprint.cli.reviewing import BY, REASON, moment_of, sit, text_of
from footprint.errors import InputError
from footprint.model.review import Acknowledgement, Dispute, DisputeMatter, Hold, Release, Settled, Settlement
from footprint.review.periods import clocks


@click.command()
@click.argument("case_id")
@click.argument("item", required=False)
@click.option(
    "--matter",
    type=click.Choice([str(matter) for matter in DisputeMatter]),
    default=str(DisputeMatter.ITEM),
    show_default=True,
    help="A dispute of an item or of the report, a complaint about the check, or an appeal against the outcome.",
)
@click.option("--received", metavar="TIME", help="When it came in; now if left out.")
@click.option("--acknowledge", metavar="DISPUTE", help="The candidate was told that D01 has come in.")
@click.option("--channel", default="letter", show_default=True, help="How they were told.")
@click.option("--settle", metavar="DISPUTE", help="A person settled D01: say --how and --reason.")
@click.option("--how", type=click.Choice([str(how) for how in Settlement]), help="How it was settled.")
@REASON
@BY
@WORKSPACE
def dispute(
    case_id: str,
    item: str | None,
    *,
    matter: str,
    received: str | None,
    acknowledge: str | None,
    channel: str,
    settle: str | None,
    how: str | None,
    reason: str | None,
    by: str | None,
    workspace: Path,
) -> None:
    """Record that the candidate disputes ITEM (F03) or the whole, complains or appeals; acknowledge or settle it.

    No outcome is possible while a dispute is open, and no case is closed while anything is.
    """
    desk = sit(case_id, workspace, by)
    if acknowledge is not None:
        desk.enter(Acknowledgement(dispute=acknowledge, channel=channel))
        click.echo(f"{acknowledge}: acknowledged by {channel}.")
        return
    if settle is not None:
        if how is None:
            raise InputError(where="--how", expected=" or ".join(Settlement))
        desk.enter(Settled(dispute=settle, how=Settlement(how), reason=text_of(reason, flag="--reason")))
        click.echo(f"{settle}: settled, {how}. Next: footprint review {case_id}")
        return
    at = moment_of(received, flag="--received", otherwise=desk.desk.clock.now())
    entered = Dispute(matter=DisputeMatter(matter), item=item, reason=text_of(reason, flag="--reason"), received=at)
    review = desk.enter(entered)
    opened = review.disputes[-1].dispute.id
    click.echo(
        f"{opened}: open. Settle it with: footprint case dispute {case_id} --settle {opened} --how ... --reason ..."
    )
    for running in clocks(desk.policies, review, desk.desk.clock.now()):
        if running.about == opened:
            click.echo(f"{running.rule}: {running.title} {running.words}.")


@click.command()
@click.argument("case_id")
@click.option("--release", is_flag=True, help="End the hold: erasure may go on.")
@REASON
@BY
@WORKSPACE
def hold(case_id: str, *, release: bool, reason: str | None, by: str | None, workspace: Path) -> None:
    """Put the erasure of a case off, for a claim, a complaint or a court's order; or let it go on (--release)."""
    desk = sit(case_id, workspace, by)
    why = text_of(reason, flag="--reason")
    desk.enter(Release(reason=why) if release else Hold(reason=why))
    click.echo(f"{case_id}: {'no longer held' if release else 'held; it is neither pruned nor erased'}.")
