"""Why is this line here, or why is it not? One item of a case with the chain of rules behind it, and their citations.

What was sealed or excluded, and whose it may be, is explained without a word of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from footprint.admission import Desk
from footprint.after.reproducing import attributed_again, bench_again, observed_again
from footprint.casefile import CaseFile
from footprint.errors import InputError
from footprint.files import parse_record
from footprint.filters.nearly import Nearly, near
from footprint.judging import WITHHELD_BY_EFFECT, Bench, assess, dated, decide
from footprint.model.attribution import USABLE_TIERS, Attribution, Feature, Tier
from footprint.model.candidate import Candidate
from footprint.model.decision import Decision, strictest
from footprint.model.event import Action
from footprint.model.finding import Finding, Relevance, Withheld, WithheldReason
from footprint.model.observation import Observation
from footprint.model.policy import Policies
from footprint.model.record import Id, Line, Record
from footprint.model.report import Report
from footprint.store.vault import KeyKind


class Standing(StrEnum):
    """What became of an item."""

    FINDING = "finding"
    SEALED = "sealed"
    EXCLUDED = "excluded"
    NAMESAKE = "namesake"
    """Someone else's."""
    UNDETERMINED = "undetermined"
    NOT_RELEVANT = "not-relevant"
    """Lawful and attributed, and no rule of relevance found anything."""


HIDDEN = frozenset(Standing) - {Standing.FINDING, Standing.NOT_RELEVANT}
"""Of these no value that was compared is shown: it could be what is withheld, or another person's."""

BY_REASON = {
    WithheldReason.NAMESAKE: Standing.NAMESAKE,
    WithheldReason.UNDETERMINED: Standing.UNDETERMINED,
    WithheldReason.EXCLUDED: Standing.EXCLUDED,
    WithheldReason.SEALED: Standing.SEALED,
}


class Explanation(Record):
    """One item, and why it stands where it stands."""

    case: Id
    item: Id
    """The finding's id where it is one; else the observation's."""
    observation: Id
    standing: Standing
    attribution: Attribution | None = None
    """With the values compared taken out where the item is hidden; None where the captured pages were destroyed."""
    legality: tuple[Decision, ...] = ()
    """What the legality rules said; where one permits, it names those that were asked."""
    relevances: tuple[Relevance, ...] = ()
    nearly: tuple[Nearly, ...] = ()
    """Rules of relevance that nearly found something, or found it only for review, and what kept them from more."""
    from_pages: bool
    """True where it was derived from the captured pages now; False where only the report is left."""
    summary: Line


class _Found(NamedTuple):
    observation: Observation
    attribution: Attribution


async def explain(desk: Desk, case_id: str, item: str) -> Explanation:
    """Return why an item of a case stands where it stands, and log that somebody asked.

    Raises InputError where the case has no such item.
    """
    content = desk.workspace.get_document(case_id, "report.json")
    report = parse_record(content, Report, where="report.json", is_json=True)
    finding = next((entry for entry in report.findings if item in (entry.id, entry.observation)), None)
    wanted = finding.observation if finding else item
    case = CaseFile(desk, desk.cases.get(case_id))
    if desk.workspace.vault().is_destroyed(case_id, KeyKind.CAPTURE):
        explanation = _from_report(report, finding, wanted)
    else:
        explanation = await _from_pages(case, report, finding, wanted)
    case.note(Action.CASE_READ, ids={"item": explanation.observation, "what": "explanation"})
    return explanation


async def _from_pages(case: CaseFile, report: Report, finding: Finding | None, wanted: str) -> Explanation:
    documents = (case.desk.workspace.get_document(case.record.id, name) for name in ("profile.json", "policies.json"))
    profile, basis = documents
    candidate = parse_record(profile, Candidate, where="profile.json", is_json=True)
    policies = parse_record(basis, Policies, where="policies.json", is_json=True)
    observations = tuple([observation async for observation in observed_again(candidate, report, case)])
    pairs = attributed_again(observations, candidate)
    found = next((_Found(*pair) for pair in pairs if pair[0].id == wanted), None)
    if found is None:
        raise _no_such(wanted)
    bench = bench_again(candidate, report, policies, case)
    return _explained(found, bench, report.case, finding)


def _explained(found: _Found, bench: Bench, case_id: str, finding: Finding | None) -> Explanation:
    observation, attribution = dated(found.observation, bench), found.attribution
    is_usable = attribution.tier in USABLE_TIERS
    legality = decide(observation, bench) if is_usable else ()
    standing = _standing(attribution, legality, finding)
    is_lawful = standing in (Standing.FINDING, Standing.NOT_RELEVANT)
    return Explanation(
        case=case_id,
        item=finding.id if finding else observation.id,
        observation=observation.id,
        standing=standing,
        attribution=_without_values(attribution) if standing in HIDDEN else attribution,
        legality=tuple(decision.but(spans=()) for decision in legality),
        relevances=assess(observation, bench) if is_lawful else (),
        nearly=_nearly(observation, bench) if is_lawful else (),
        from_pages=True,
        summary=_summary(standing),
    )


def _nearly(observation: Observation, bench: Bench) -> tuple[Nearly, ...]:
    wanted = {entry.category for entry in bench.policies.role.categories} & set(bench.scope.categories)
    return near(observation, lexicons=bench.lexicons, categories=frozenset(wanted))


def _standing(attribution: Attribution, legality: tuple[Decision, ...], finding: Finding | None) -> Standing:
    if attribution.tier not in USABLE_TIERS:
        return Standing.UNDETERMINED if attribution.tier is Tier.C else Standing.NAMESAKE
    effect = strictest(legality)
    if effect in WITHHELD_BY_EFFECT:
        return BY_REASON[WITHHELD_BY_EFFECT[effect]]
    return Standing.FINDING if finding else Standing.NOT_RELEVANT


def _from_report(report: Report, finding: Finding | None, wanted: str) -> Explanation:
    """Explain from the report alone: the captured pages were destroyed, so of what was not shown only the rules are left."""
    if finding is not None:
        return Explanation(
            case=report.case,
            item=finding.id,
            observation=finding.observation,
            standing=Standing.FINDING,
            attribution=finding.attribution,
            legality=finding.decisions,
            relevances=finding.relevances,
            from_pages=False,
            summary=_summary(Standing.FINDING),
        )
    withheld: Withheld | None = next((entry for entry in report.withheld if entry.observation == wanted), None)
    if withheld is None:
        raise _no_such(wanted)
    standing = BY_REASON[withheld.reason]
    return Explanation(
        case=report.case,
        item=wanted,
        observation=wanted,
        standing=standing,
        legality=withheld.rules,
        from_pages=False,
        summary=_summary(standing),
    )


def _no_such(item: str) -> InputError:
    return InputError(
        where=item[:100],
        expected="an item of this case: a finding (F03) or an observation (O-...)",
        mend="the report names them; `footprint case sealed CASE` lists what is sealed",
    )


def _without_values(attribution: Attribution) -> Attribution:
    def bare(features: tuple[Feature, ...]) -> tuple[Feature, ...]:
        return tuple(feature.but(expected="withheld", seen="withheld") for feature in features)

    return attribution.but(features=bare(attribution.features), contradictions=bare(attribution.contradictions))


_SUMMARIES = {
    Standing.FINDING: "Attributed, lawful to use, and a rule of relevance found something. A person grades it.",
    Standing.SEALED: "The law keeps it from a decision-maker. A second person may unlock it under a condition of the law.",
    Standing.EXCLUDED: "It may not be used at all; only an id, a commitment and the rules were kept.",
    Standing.NAMESAKE: "It is someone else's, or the profile contradicts it.",
    Standing.UNDETERMINED: "Only the name fits. It is shown to nobody; the candidate may be asked.",
    Standing.NOT_RELEVANT: "It is the candidate's and lawful, and no rule of relevance found anything. It is in no report.",
}


def _summary(standing: Standing) -> str:
    return _SUMMARIES[standing]
