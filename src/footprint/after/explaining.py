"""Why is this line here, or why is it not? One item of a case with the chain of rules behind it, and their citations.

What was sealed or excluded, and whose it may be, is explained without a word of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from footprint.admission import Desk
from footprint.after.reproducing import grounds_of
from footprint.answering import with_answer
from footprint.casefile import CaseFile
from footprint.errors import InputError
from footprint.files import parse_record
from footprint.filters.nearly import Nearly, near
from footprint.judging import WITHHELD_BY_EFFECT, Bench, assess, dated, decide, propose
from footprint.model.answered import last_answers
from footprint.model.attribution import USABLE_TIERS, Answer, Attribution, Feature, Tier
from footprint.model.decision import Decision, strictest
from footprint.model.event import Action
from footprint.model.finding import Finding, Relevance, Withheld, WithheldReason
from footprint.model.observation import Observation
from footprint.model.record import Id, Line, Record
from footprint.model.report import AnsweredItem, Report
from footprint.model.suggestion import Considered
from footprint.review.answers import last_answered
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
    """With the values compared taken out where the item is hidden; None where the captured pages were destroyed.
    Where the candidate answered, as their answer leaves it."""
    answer: AnsweredItem | None = None
    """What the candidate said of it, and what the tool alone says; None where they have not answered."""
    legality: tuple[Decision, ...] = ()
    """What the legality rules said; where one permits, it names those that were asked."""
    relevances: tuple[Relevance, ...] = ()
    nearly: tuple[Nearly, ...] = ()
    """Rules of relevance that nearly found something, or found it only for review, and what kept them from more."""
    considered: Considered | None = None
    """What the model said that may propose, or which limit kept it from being asked; None where there was none, or it is hidden."""
    from_pages: bool
    """True where it was derived from the captured pages now; False where only the report is left."""
    summary: Line


class _Found(NamedTuple):
    observation: Observation
    attribution: Attribution
    answer: AnsweredItem | None


async def explain(desk: Desk, case_id: str, item: str) -> Explanation:
    """Return why an item of a case stands where it stands, and log that somebody asked.

    Raises InputError where the case has no such item.
    """
    content = desk.workspace.get_document(case_id, "report.json")
    report = parse_record(content, Report, where="report.json", is_json=True)
    wanted = _observation(report, item)
    finding = next((entry for entry in report.findings if entry.observation == wanted), None)
    case = CaseFile(desk, desk.cases.get(case_id))
    if desk.workspace.vault().is_destroyed(case_id, KeyKind.CAPTURE):
        explanation = _from_report(report, finding, wanted)
    else:
        explanation = await _from_pages(case, finding, wanted)
    case.note(Action.CASE_READ, ids={"item": explanation.observation, "what": "explanation"})
    return explanation


def _observation(report: Report, item: str) -> str:
    """Return the observation that an id stands for: of a finding, or of one that is gone since the candidate's answer."""
    known = [(entry.id, entry.observation) for entry in report.findings]
    known += [(entry.item, entry.observation) for entry in report.answers]
    known += [(entry.id, entry.observation) for entry in report.suggestions]
    return next((observation for id, observation in known if id == item), item)


async def _from_pages(case: CaseFile, finding: Finding | None, wanted: str) -> Explanation:
    grounds = await grounds_of(case.desk, case.record.id)
    report = grounds.issued
    alone = next((pair for pair in grounds.pairs if pair[0].id == wanted), None)
    if alone is None:
        raise _no_such(wanted)
    pair = with_answer(alone, last_answers(grounds.review, last_answered(report)))
    return _explained(_Found(*pair, _answer(report, wanted)), grounds.bench, report.case, finding)


def _answer(report: Report, observation: str) -> AnsweredItem | None:
    return next((entry for entry in report.answers if entry.observation == observation), None)


def _explained(found: _Found, bench: Bench, case_id: str, finding: Finding | None) -> Explanation:
    observation, attribution = dated(found.observation, bench), found.attribution
    is_usable = attribution.tier in USABLE_TIERS
    legality = decide(observation, bench) if is_usable else ()
    standing = _standing(attribution, legality, finding)
    is_lawful = standing in (Standing.FINDING, Standing.NOT_RELEVANT)
    relevances = assess(observation, bench) if is_lawful else ()
    return Explanation(
        case=case_id,
        item=finding.id if finding else observation.id,
        observation=observation.id,
        standing=standing,
        attribution=_without_values(attribution) if standing in HIDDEN else attribution,
        answer=found.answer,
        legality=tuple(decision.but(spans=()) for decision in legality),
        relevances=relevances,
        nearly=_nearly(observation, bench) if is_lawful else (),
        considered=propose(observation, legality, relevances, bench) if is_lawful else None,
        from_pages=True,
        summary=_summary(standing, found.answer),
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
            answer=_answer(report, wanted),
            legality=finding.decisions,
            relevances=finding.relevances,
            from_pages=False,
            summary=_summary(Standing.FINDING),
        )
    withheld: Withheld | None = next((entry for entry in report.withheld if entry.observation == wanted), None)
    answer = _answer(report, wanted)
    if withheld is None and answer is None:
        raise _no_such(wanted)
    standing = BY_REASON[withheld.reason] if withheld else _left(answer)
    return Explanation(
        case=report.case,
        item=wanted,
        observation=wanted,
        standing=standing,
        answer=answer,
        legality=withheld.rules if withheld else (),
        from_pages=False,
        summary=_summary(standing, answer),
    )


def _left(answer: AnsweredItem | None) -> Standing:
    """Return what became of something that was answered and is neither found nor withheld by law."""
    tier = answer.tier if answer else Tier.NONE
    by_tier = {Tier.C: Standing.UNDETERMINED, Tier.NONE: Standing.NAMESAKE}
    return by_tier.get(tier, Standing.NOT_RELEVANT)


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


_DENIED = "The candidate says that it is not theirs. It is shown to nobody."


def _summary(standing: Standing, answer: AnsweredItem | None = None) -> str:
    if answer is not None and answer.answer is Answer.NOT_MINE:
        return _DENIED
    return _SUMMARIES[standing]
