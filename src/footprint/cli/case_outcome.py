"""`footprint case outcome`: a named person sets the outcome, with reasons, and a second line agrees."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.cli.options import WORKSPACE
from footprint.cli.reviewing import BY, sit, text_of
from footprint.model.outcome import OUTCOME_TITLES, Outcome
from footprint.model.review import OutcomeDecision
from footprint.review.closing import closing
from footprint.review.periods import day_in_words


@click.command()
@click.argument("case_id")
@click.argument("level", type=click.IntRange(min(Outcome), max(Outcome)))
@click.option("--second", metavar="ID", required=True, help="The second line: neither you nor a reviewer.")
@click.option("--reasons", metavar="TEXT", help="Why this outcome; @FILE or - for standard input.")
@click.option("--mitigation", metavar="TEXT", help="What speaks for the candidate, and what was made of it.")
@click.option("--alternatives", metavar="TEXT", help="Which other outcomes were weighed, and why not those.")
@BY
@WORKSPACE
def outcome(
    case_id: str,
    level: int,
    *,
    second: str,
    reasons: str | None,
    mitigation: str | None,
    alternatives: str | None,
    by: str | None,
    workspace: Path,
) -> None:
    """Set the outcome, LEVEL 0 to 5: 0 no concern, 1 note for the file, 2 briefing at induction, 3 reflective
    conversation, 4 clarify at interview, 5 refer to the vetting panel.

    Refused, with what stands in the way, while anything is open. To turn a candidate down is not an outcome of this tool.
    """
    desk = sit(case_id, workspace, by)
    decision = OutcomeDecision(
        level=Outcome(level),
        reasons=text_of(reasons, flag="--reasons"),
        mitigation=text_of(mitigation, flag="--mitigation"),
        alternatives=text_of(alternatives, flag="--alternatives"),
        second=second,
    )
    review = desk.enter(decision)
    click.echo(
        f"{case_id}: outcome {level}, {OUTCOME_TITLES[Outcome(level)].lower()}; by {desk.by}, second line {second}."
    )
    over = closing(review, desk.policies)
    if over is not None:
        click.echo(f"The candidate can appeal until the end of {day_in_words(over)}, UTC (confirm with counsel).")
    click.echo(f"Next: footprint report {case_id} for each reader; then tell the candidate.")
