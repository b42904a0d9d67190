"""Steps (5) to (7) of the line, pure: what may be used, what bears on the role, what the decision-maker sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from footprint.errors import InputError
from footprint.filters import beside, legality, masking, proposing, relevance
from footprint.model.attribution import USABLE_TIERS, Attribution, Tier
from footprint.model.authorisation import Scope
from footprint.model.candidate import Candidate
from footprint.model.decision import Decision, Effect, Span, strictest
from footprint.model.evidence import Evidence
from footprint.model.finding import Category, Finding, MaskedText, Relevance, SealedItem, Withheld, WithheldReason
from footprint.model.lexicon import Lexicon
from footprint.model.observation import Observation
from footprint.model.policy import LegalityRule, Policies
from footprint.model.suggestion import Considered, Suggestion

WITHHELD_BY_EFFECT = {Effect.EXCLUDE: WithheldReason.EXCLUDED, Effect.SEAL: WithheldReason.SEALED}


@dataclass(frozen=True)
class Bench:
    """Everything the three steps judge by."""

    candidate: Candidate
    scope: Scope
    policies: Policies
    rules: tuple[tuple[LegalityRule, str], ...]
    """The legality rules in force, each with the version of its pack."""
    lexicons: Mapping[str, Lexicon]
    evidence: Mapping[str, Evidence]
    """By evidence id."""
    commit: Callable[[str], str]
    """Returns a salted commitment to a text."""
    proposer: proposing.Proposer | None = None
    """The model that may propose; None where there is none."""


@dataclass(frozen=True)
class Judged:
    """What came of the observations."""

    findings: tuple[Finding, ...]
    """Newest first."""
    withheld: tuple[Withheld, ...]
    observations: int
    sealed: tuple[SealedItem, ...]
    """What was sealed, with its text: for the second person's key, never for a report."""
    lawful: tuple[datetime, ...]
    """When each attributed observation that passed (5) was posted."""
    suggestions: tuple[Suggestion, ...] = ()
    """What a model proposes to look at, newest first. No findings, and counted with none."""

    @property
    def not_relevant(self) -> int:
        """Lawful observations in which no rule found anything."""
        return len(self.lawful) - len(self.findings)

    @property
    def masks(self) -> int:
        """Stretches of text that were masked."""
        return sum(len(finding.excerpt.masks) + len(finding.surroundings.masks) for finding in self.findings)


def judge(pairs: Iterable[tuple[Observation, Attribution]], bench: Bench) -> Judged:
    """Take attributed observations through (5), (6) and (7)."""
    findings: list[Finding] = []
    suggested: list[Suggestion] = []
    withheld: list[Withheld] = []
    sealed: list[SealedItem] = []
    lawful: list[datetime] = []
    lawfully_read: list[Observation] = []
    observations = 0
    for read, attribution in pairs:
        observation = dated(read, bench)
        observations += 1
        if attribution.tier not in USABLE_TIERS:
            reason = WithheldReason.UNDETERMINED if attribution.tier is Tier.C else WithheldReason.NAMESAKE
            withheld.append(_withhold(observation, reason, (), bench))
            continue
        decisions = decide(observation, bench)
        effect = strictest(decisions)
        if effect in WITHHELD_BY_EFFECT:  # (5)
            withheld.append(_withhold(observation, WITHHELD_BY_EFFECT[effect], decisions, bench))
            sealed += [_seal(observation, withheld[-1])] if effect is Effect.SEAL else []
            continue
        lawful.append(_time_of(observation))
        lawfully_read.append(observation)
        relevances = assess(observation, bench)  # (6)
        if relevances:
            findings.append(_find(observation, attribution, decisions, relevances, bench))  # (7)
        else:
            suggested.extend(_suggest(observation, attribution, decisions, bench))
    findings = list(beside.with_facts(findings, lawfully_read, bench.lexicons))
    return Judged(
        _numbered(findings, "F"),
        tuple(withheld),
        observations,
        tuple(sealed),
        tuple(lawful),
        _numbered(suggested, "S"),
    )


def dated(observation: Observation, bench: Bench) -> Observation:
    """Return the observation without a time that lies after its capture: nobody can say when that was written."""
    captured_at = bench.evidence[observation.evidence].captured_at
    if observation.posted_at is None or observation.posted_at.replace(microsecond=0) <= captured_at:
        return observation
    return observation.but(posted_at=None, posted_at_from="")


def decide(observation: Observation, bench: Bench) -> tuple[Decision, ...]:
    """(5) Return what every legality rule says of one observation."""
    return legality.decide(
        observation,
        rules=tuple(rule for rule, _ in bench.rules),
        versions={rule.id: version for rule, version in bench.rules},
        lexicons=bench.lexicons,
        candidate=bench.candidate,
        scope=bench.scope,
        role=bench.policies.role,
    )


def assess(observation: Observation, bench: Bench) -> tuple[Relevance, ...]:
    """(6) Return what bears on the role in one lawful observation."""
    return relevance.assess(observation, lexicons=bench.lexicons, policies=bench.policies, scope=bench.scope)


def _withhold(
    observation: Observation, reason: WithheldReason, decisions: tuple[Decision, ...], bench: Bench
) -> Withheld:
    """Keep ids, a commitment and rule ids. Spans go: where a word stood can tell which word it was."""
    grounds = (decision.but(spans=()) for decision in decisions if decision.effect in WITHHELD_BY_EFFECT)
    return Withheld(
        observation=observation.id,
        source=observation.source,
        reason=reason,
        rules=tuple(grounds),
        commitment=bench.commit(f"{observation.text}\n{observation.context}"),
        evidence=observation.evidence,
    )


def _seal(observation: Observation, withheld: Withheld) -> SealedItem:
    return SealedItem(
        observation=observation.id,
        source=observation.source,
        url=observation.url,
        text=observation.text,
        context=observation.context,
        engagement=observation.engagement,
        posted_at=observation.posted_at,
        rules=tuple(decision.rule for decision in withheld.rules),
        evidence=observation.evidence,
    )


def _find(
    observation: Observation,
    attribution: Attribution,
    decisions: tuple[Decision, ...],
    relevances: tuple[Relevance, ...],
    bench: Bench,
) -> Finding:
    evidence = bench.evidence[observation.evidence]
    return Finding(
        id="F00",
        observation=observation.id,
        source=observation.source,
        url=observation.url,
        excerpt=_mask(observation.text, bench, keep=_targets(relevances)),
        surroundings=_mask(observation.context, bench),
        engagement=observation.engagement,
        posted_at=_time_of(observation),
        posted_at_from=observation.posted_at_from,
        attribution=attribution,
        relevances=relevances,
        decisions=decisions,
        captured_at=evidence.captured_at,
        evidence=evidence.id,
        evidence_sha256=evidence.sha256,
        record_id=evidence.record_id,
    )


def propose(
    observation: Observation, decisions: tuple[Decision, ...], relevances: tuple[Relevance, ...], bench: Bench
) -> Considered | None:
    """Return what the model proposes of one observation, after every limit; None where there is no model."""
    if bench.proposer is None:
        return None
    grounds = proposing.Grounds(bench.lexicons, bench.policies, bench.scope)
    return proposing.consider(observation, bench.proposer, grounds, legality=decisions, found=relevances)


def _suggest(
    observation: Observation, attribution: Attribution, decisions: tuple[Decision, ...], bench: Bench
) -> Iterator[Suggestion]:
    considered = propose(observation, decisions, (), bench)
    if considered is None or considered.band is None or considered.clause is None:
        return
    evidence = bench.evidence[observation.evidence]
    targets = tuple(span for span in considered.stands_near if span.what == "target")
    excerpt = _mask(observation.text, bench, keep=targets)
    yield Suggestion(
        id="S00",
        observation=observation.id,
        source=observation.source,
        url=observation.url,
        excerpt=excerpt,
        surroundings=_mask(observation.context, bench),
        engagement=observation.engagement,
        posted_at=_time_of(observation),
        tier=attribution.tier,
        category=proposing.CATEGORY,
        policy_clause=considered.clause,
        band=considered.band,
        stands_near=_outside(considered.stands_near, excerpt),
        terms=tuple(term for term in considered.terms if _outside((term.span,), excerpt)),
        captured_at=evidence.captured_at,
        evidence=evidence.id,
        evidence_sha256=evidence.sha256,
    )


def _outside(spans: tuple[Span, ...], excerpt: MaskedText) -> tuple[Span, ...]:
    """Return the spans that touch no mask: where a masked word stood, and what it weighs, can tell which word it was."""
    masks = excerpt.masks
    return tuple(span for span in spans if not any(span.start < mask.end and mask.start < span.end for mask in masks))


def _time_of(observation: Observation) -> datetime:
    if observation.posted_at is None:
        # No window and no age can be judged without a time. A pack that lets it pass is wrong.
        raise InputError(
            where="the jurisdiction packs",
            expected="a rule that excludes undated items, such as UK-5.1d of the pack uk",
        )
    return observation.posted_at


def _mask(text: str, bench: Bench, *, keep: tuple[Span, ...] = ()) -> MaskedText:
    classes = bench.policies.masks
    return masking.mask(text, candidate=bench.candidate, classes=classes, keep=keep, lexicons=bench.lexicons)


def _targets(relevances: tuple[Relevance, ...]) -> tuple[Span, ...]:
    """Return the spans of the group at whom discrimination aims: without it the finding cannot be judged."""
    return tuple(
        span
        for relevance in relevances
        if relevance.category is Category.DISCRIMINATION
        for span in relevance.decision.spans
        if span.what == "target"
    )


Listed = TypeVar("Listed", Finding, Suggestion)


def _numbered(items: list[Listed], letter: str) -> tuple[Listed, ...]:
    newest_first = sorted(items, key=lambda item: (item.posted_at, item.observation), reverse=True)
    return tuple(item.but(id=f"{letter}{number:02d}") for number, item in enumerate(newest_first, 1))
