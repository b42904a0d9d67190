"""`footprint explain`: why a line of a case is there, or why it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import click

from footprint.after.explaining import HIDDEN, Explanation, Standing
from footprint.after.explaining import explain as explain_item
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, print_json
from footprint.model.decision import Decision
from footprint.model.finding import CATEGORY_TITLES
from footprint.model.suggestion import Why
from footprint.report.words import ANSWER_WORDS
from footprint.store.workspace import Workspace


@click.command()
@click.argument("case_id")
@click.argument("item")
@WORKSPACE
@AS_JSON
def explain(case_id: str, item: str, workspace: Path, as_json: bool) -> None:
    """Show the chain of rules behind one item of a case, with citations. Sealed and excluded text is never shown.

    ITEM is a finding (F03) or an observation (O-...), as the report and the audit log name them.
    """
    desk = desk_at(Workspace.open(workspace))
    found = asyncio.run(explain_item(desk, case_id, item))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    for line in written(found):
        click.echo(line)


def written(found: Explanation) -> Iterator[str]:
    """Yield an explanation as lines for a reader."""
    yield f"{found.item} of {found.case}: {found.standing}"
    yield f"  {found.summary}"
    yield from _whose(found)
    if found.legality:
        yield "May it be used?"
        for decision in found.legality:
            yield from _decision(decision)
    yield from _bearing(found)
    yield from _nearly(found)
    yield from _considered(found)
    if not found.from_pages:
        yield "The captured pages were destroyed; this is what the report still holds."
    if found.standing is Standing.SEALED:
        yield f"Next: a second person may use `footprint case unlock {found.case} {found.item}`."


def _whose(found: Explanation) -> Iterator[str]:
    if (answer := found.answer) is not None:
        yield f"The tool alone: tier {answer.tool_tier}: {answer.tool_reason}"
        said = ANSWER_WORDS[answer.answer]
        yield f"The candidate, {answer.received:%Y-%m-%d}, entry R{answer.entry:04d}: {said}. Now tier {answer.tier}."
    if found.attribution is None:
        return
    yield f"Is it this person? Tier {found.attribution.tier}: {found.attribution.reason}"
    for feature in (*found.attribution.features, *found.attribution.contradictions):
        values = "" if found.standing in HIDDEN else f": profile “{feature.expected}”, page “{feature.seen}”"
        yield f"  {feature.weight:+.1f}  {feature.name}{values}"


def _decision(decision: Decision) -> Iterator[str]:
    yield f"  {decision.effect:<8} {decision.rule} (version {decision.version}): {decision.reason}"
    yield f"           {decision.citation.label}"


def _nearly(found: Explanation) -> Iterator[str]:
    if found.nearly:
        yield "What nearly did, or did only for review?"
    for rule in found.nearly:
        what = f": nothing of the group {rule.missing}" if rule.missing else ""
        context = f"; in the context of {', '.join(rule.context)}" if rule.context else ""
        yield f"  {rule.why:<8} {rule.rule} (version {rule.version}), {CATEGORY_TITLES[rule.category]}{what}{context}"


_CONSIDERED = {
    Why.SUGGESTED: "it is proposed for a person to look at; that is no finding",
    Why.WITHHELD: "it was not asked: the law withholds the statement",
    Why.NOT_ASKED: "it was not asked: consent, role and policy do not all name what it is trained for",
    Why.FOUND: "it was not asked: a rule found something",
    Why.NOT_OWN: "it was not asked: these are not the candidate's own words",
    Why.NOT_NEAR: "it was not asked: no group of people is named with hostile words near it",
    Why.CONTEXT: "it was not asked: the context explains the words",
    Why.BELOW: "it does not propose it",
}


def _considered(found: Explanation) -> Iterator[str]:
    if found.considered is None:
        return
    yield f"What did the model say that may propose? {_CONSIDERED[found.considered.why]}"
    for span in found.considered.stands_near:
        yield f"           {span.what}: characters {span.start} to {span.end}"
    for term in found.considered.terms:
        yield f"  {term.weight:+.3f}   characters {term.span.start} to {term.span.end}"


def _bearing(found: Explanation) -> Iterator[str]:
    if found.relevances:
        yield "Does it bear on the role?"
    for relevance in found.relevances:
        yield f"  {CATEGORY_TITLES[relevance.category]}, by {relevance.policy_clause}"
        yield from _decision(relevance.decision)
        for span in relevance.decision.spans:
            yield f"           {span.what}: characters {span.start} to {span.end}"
        if relevance.context:
            yield f"           context that asks for care: {', '.join(relevance.context)}"
