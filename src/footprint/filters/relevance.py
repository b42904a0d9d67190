"""Does it matter? Find the conduct that the role pack and the policy name, in the full lawful text.

A rule of a relevance lexicon is target x predicate x distance; a person grades what it finds, nothing here scores anyone.
Likes, silence and mere mentions of a group find nothing: a rule needs what is said *about* or *to* someone (JUDGEMENT 8.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from footprint.errors import InputError
from footprint.filters.context import LEXICON as CONTEXT
from footprint.filters.context import Surroundings, by_engagement
from footprint.filters.match import Hit, Match, matches, span_of
from footprint.filters.reading import Reading
from footprint.model.authorisation import Scope
from footprint.model.decision import Citation, Decision, Effect, Span
from footprint.model.finding import Category, ContextKind, Relevance
from footprint.model.lexicon import Lexicon, TopicRule
from footprint.model.observation import Engagement, Observation
from footprint.model.policy import Policies

TARGET = "target"
"""Groups whose id begins with this word hold those whom it is said about or to; all others hold what is said."""

_NO_CITATION = Citation(article="The organisation's own policy", confirmed=True)


class _Judged(NamedTuple):
    """One rule that holds, with what it rests on."""

    rule: TopicRule
    category: Category
    version: str
    kinds: frozenset[ContextKind]
    spans: tuple[Span, ...]


def assess(
    observation: Observation, *, lexicons: Mapping[str, Lexicon], policies: Policies, scope: Scope
) -> tuple[Relevance, ...]:
    """Return one relevance for every rule that holds, in a category that consent, role and policy all name.

    The candidate's own words are judged alone. Only where they say nothing of a category is a text that they pass on (a quote or
    a repost) judged, and then always for REVIEW; the text that a reply answers is never held against who replies.
    Raises InputError where the context lexicon is missing.
    """
    if CONTEXT not in lexicons:
        raise InputError(
            where="lexicons", field=CONTEXT, expected="the lexicon of context; without it nothing may be judged"
        )
    clauses = _clauses(policies, scope)
    own = Surroundings(Reading(observation.text), lexicons[CONTEXT])
    found = list(_judge(own, lexicons, clauses))
    said = {judged.category for judged in found}
    if observation.engagement in (Engagement.QUOTE, Engagement.REPOST):
        passed_on = Surroundings(Reading(observation.context), lexicons[CONTEXT])
        kinds = _kinds_of_passing_on(observation.engagement, own)
        found.extend(
            # Spans cite the statement; what was passed on is another text, so there is none to give.
            judged._replace(kinds=judged.kinds | kinds, spans=())
            for judged in _judge(passed_on, lexicons, clauses)
            if judged.category not in said
        )
    always = by_engagement(observation.engagement, observation.kind)
    return tuple(_relevance(observation, judged._replace(kinds=judged.kinds | always), clauses) for judged in found)


def _clauses(policies: Policies, scope: Scope) -> dict[Category, str]:
    """Return the categories that consent, role and policy all name, with the clause of the policy."""
    wanted = [entry.category for entry in policies.role.categories if entry.category in scope.categories]
    clauses = {category: policies.organisation.clause_for_category(category) for category in wanted}
    return {category: clause for category, clause in clauses.items() if clause is not None}


def _judge(
    surroundings: Surroundings, lexicons: Mapping[str, Lexicon], clauses: Mapping[Category, str]
) -> Iterator[_Judged]:
    for lexicon in sorted(lexicons.values(), key=lambda each: each.id):
        if all(rule.category is None or rule.category not in clauses for rule in lexicon.rules):
            continue
        found = matches(surroundings.reading, lexicon)
        for rule in lexicon.rules:
            group = [match for match in found if match.rule is rule]
            if group and rule.category is not None and rule.category in clauses:
                yield _weigh(surroundings, group, rule.category, lexicon.version)


def _weigh(surroundings: Surroundings, group: list[Match], category: Category, version: str) -> _Judged:
    """Of several places where a rule holds, one that no context explains decides; else all contexts are named."""
    kinds = [surroundings.kinds(match) for match in group]
    plain = [match for match, explained in zip(group, kinds, strict=True) if not explained]
    spans = dict.fromkeys(_span(surroundings.reading, hit) for match in plain or group for hit in match.hits)
    named: frozenset[ContextKind] = frozenset() if plain else frozenset().union(*kinds)
    return _Judged(group[0].rule, category, version, named, tuple(spans))


def _span(reading: Reading, hit: Hit) -> Span:
    what = "person" if hit.shape == "name" else hit.shape or (TARGET if hit.group.startswith(TARGET) else "predicate")
    return span_of(reading, hit.extent, what)


def _kinds_of_passing_on(engagement: Engagement, own: Surroundings) -> frozenset[ContextKind]:
    kind = ContextKind.REPOST_WITH_COMMENT if engagement is Engagement.QUOTE else ContextKind.QUOTATION
    return frozenset({kind, ContextKind.COUNTER_SPEECH} if own.condemns() else {kind})


def _relevance(observation: Observation, judged: _Judged, clauses: Mapping[Category, str]) -> Relevance:
    context = tuple(kind for kind in ContextKind if kind in judged.kinds)
    decision = Decision(
        rule=judged.rule.id,
        version=judged.version,
        effect=Effect.REVIEW if context else Effect.PERMIT,
        reason=judged.rule.reason,
        citation=judged.rule.citation or _NO_CITATION,
        spans=judged.spans,
    )
    return Relevance(
        observation=observation.id,
        category=judged.category,
        decision=decision,
        context=context,
        policy_clause=clauses[judged.category],
    )
