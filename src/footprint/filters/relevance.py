"""Does it matter? Find the conduct that the role pack and the policy name, in the full lawful text.

A rule of a relevance lexicon is target x predicate x distance; a person grades what it finds, nothing here scores anyone.
Likes, silence and mere mentions of a group find nothing: a rule needs what is said *about* or *to* someone (JUDGEMENT 8.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from footprint.errors import InputError
from footprint.filters.context import LEXICON as CONTEXT
from footprint.filters.context import Surroundings, by_engagement
from footprint.filters.hit import Hit
from footprint.filters.identical import Identical
from footprint.filters.match import Match, matches, span_of
from footprint.filters.merged import merged
from footprint.filters.reading import Reading
from footprint.filters.spelling import Spelling
from footprint.filters.vocabulary import Vocabulary, vocabulary_of
from footprint.model.authorisation import Scope
from footprint.model.decision import Citation, Decision, Effect, Span
from footprint.model.finding import Category, ContextKind, Relevance, SeverityStep
from footprint.model.lexicon import Lexicon, TopicRule
from footprint.model.observation import Engagement, Observation
from footprint.model.policy import Policies

TARGET = "target"
"""Groups whose id begins with this word hold those whom it is said about or to; all others hold what is said."""

HIDDEN = frozenset({Category.THREATS, Category.DISCRIMINATION, Category.DISCLOSURE})
"""Categories whose words people hide by misspelling; of the others the words are too ordinary to look for behind a misspelling."""

ABUSE = dict.fromkeys((Category.THREATS, Category.DISCRIMINATION, Category.HARASSMENT, Category.SEXUAL), "")
"""Categories that make a text abuse to whom it is addressed, whatever is looked for."""

_NO_CITATION = Citation(article="The organisation's own policy", confirmed=True)


class _Judged(NamedTuple):
    """One rule that holds, with what it rests on."""

    rule: TopicRule
    category: Category
    version: str
    severity: SeverityStep | None
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
    clauses = _clauses(Identical(policies), Identical(scope))
    ready = _ready(Identical(*lexicons.values()))
    mend = ready.spelling.mend
    own = Surroundings(Reading(observation.text, mend), lexicons[CONTEXT], ready.vocabulary)
    found = list(_judge(own, ready, clauses))
    said = {judged.category for judged in found}
    if observation.engagement in (Engagement.QUOTE, Engagement.REPOST):
        passed_on = Surroundings(Reading(observation.context, mend), lexicons[CONTEXT], ready.vocabulary)
        kinds = _kinds_of_passing_on(observation.engagement, own)
        found.extend(
            # Spans cite the statement; what was passed on is another text, so there is none to give.
            judged._replace(kinds=judged.kinds | kinds, spans=())
            for judged in _judge(passed_on, ready, clauses)
            if judged.category not in said
        )
    always = by_engagement(observation.engagement, observation.kind)
    if found and _answers_abuse(observation, ready, lexicons[CONTEXT]):
        always |= {ContextKind.REPLY_TO_ABUSE}
    return tuple(_relevance(observation, judged._replace(kinds=judged.kinds | always), clauses) for judged in found)


class _Ready(NamedTuple):
    """What is worked out once for a set of lexicons."""

    lexicon: Lexicon | None
    """The rules that find conduct, of all of them; None where there is none."""
    versions: Mapping[str, str]
    """By id of a rule, the version of its lexicon."""
    steps: Mapping[str, SeverityStep | None]
    """By id of a rule, the step of severity that it stands for."""
    spelling: Spelling
    """The ways in which their words may be hidden."""
    vocabulary: Vocabulary
    """The words that tell people from things, and a threat from other talk."""


@lru_cache(maxsize=16)
def _ready(lexicons: Identical[Lexicon]) -> _Ready:
    finding = sorted(
        (lexicon for lexicon in lexicons.held if any(rule.category is not None for rule in lexicon.rules)),
        key=lambda each: each.id,
    )
    versions = {rule.id: lexicon.version for lexicon in finding for rule in lexicon.rules}
    steps = {rule.id: lexicon.step_of(rule) for lexicon in finding for rule in lexicon.rules}
    hidden = [lexicon for lexicon in finding if any(rule.category in HIDDEN for rule in lexicon.rules)]
    whole = merged(finding, lambda rule: rule.category is not None)
    return _Ready(whole, versions, steps, Spelling(hidden, lexicons.held), vocabulary_of(finding))


@lru_cache(maxsize=64)
def _clauses(of_policies: Identical[Policies], of_scope: Identical[Scope]) -> dict[Category, str]:
    """Return the categories that consent, role and policy all name, with the clause of the policy."""
    (policies,), (scope,) = of_policies.held, of_scope.held
    wanted = [entry.category for entry in policies.role.categories if entry.category in scope.categories]
    clauses = {category: policies.organisation.clause_for_category(category) for category in wanted}
    return {category: clause for category, clause in clauses.items() if clause is not None}


def _judge(surroundings: Surroundings, ready: _Ready, clauses: Mapping[Category, str]) -> Iterator[_Judged]:
    """Yield the rules that hold. One that leaves its words open says nothing where another of its category holds."""
    if ready.lexicon is None:
        return
    by_rule: dict[str, list[Match]] = {}
    for match in matches(surroundings.reading, ready.lexicon):
        by_rule.setdefault(match.rule.id, []).append(match)
    settled = {group[0].rule.category for group in by_rule.values() if group[0].rule.open is None}
    for id, group in by_rule.items():
        rule = group[0].rule
        category = rule.category
        if category is not None and category in clauses and (rule.open is None or category not in settled):
            kinds, spans = _weigh(surroundings, group)
            yield _Judged(rule, category, ready.versions[id], ready.steps[id], kinds, spans)


def _answers_abuse(observation: Observation, ready: _Ready, context: Lexicon) -> bool:
    """Return whether the text that a reply answers is abuse, and no context explains it."""
    if observation.engagement is not Engagement.REPLY or not observation.context:
        return False
    answered = Surroundings(Reading(observation.context, ready.spelling.mend), context, ready.vocabulary)
    return any(not judged.kinds for judged in _judge(answered, ready, ABUSE))


def _weigh(surroundings: Surroundings, group: list[Match]) -> tuple[frozenset[ContextKind], tuple[Span, ...]]:
    """Of several places where a rule holds, one that no context explains decides; else all contexts are named."""
    kinds = [surroundings.kinds(match) for match in group]
    plain = [match for match, explained in zip(group, kinds, strict=True) if not explained]
    hits = dict.fromkeys(hit for match in plain or group for hit in match.hits)
    spans = dict.fromkeys(span for hit in hits for span in _spans(surroundings.reading, hit))
    named: frozenset[ContextKind] = frozenset() if plain else frozenset().union(*kinds)
    return named, tuple(spans)


def _spans(reading: Reading, hit: Hit) -> Iterator[Span]:
    """Yield the span of a term; before a pronoun, the span of what it stands for."""
    if hit.stands_for is not None:
        yield span_of(reading, hit.stands_for, TARGET)
    if hit.shape == "name":
        what = "person"
    elif hit.group.startswith(TARGET):
        what = TARGET if hit.stands_for is not None else hit.shape or TARGET
    else:
        what = hit.shape or "predicate"
    yield span_of(reading, hit.extent, what)


def _kinds_of_passing_on(engagement: Engagement, own: Surroundings) -> frozenset[ContextKind]:
    kind = ContextKind.REPOST_WITH_COMMENT if engagement is Engagement.QUOTE else ContextKind.QUOTATION
    return frozenset({kind, ContextKind.COUNTER_SPEECH} if own.condemns() else {kind})


def _relevance(observation: Observation, judged: _Judged, clauses: Mapping[Category, str]) -> Relevance:
    context = tuple(kind for kind in ContextKind if kind in judged.kinds)
    plain = _decision(_SameRule(judged.rule), judged.version, Effect.REVIEW if context else Effect.PERMIT)
    decision = plain.model_copy(update={"spans": judged.spans})
    return Relevance(
        observation=observation.id,
        category=judged.category,
        decision=decision,
        context=context,
        policy_clause=clauses[judged.category],
        severity=judged.severity,
    )


class _SameRule:
    """A rule as the key of a cache, by identity."""

    def __init__(self, rule: TopicRule) -> None:
        self.rule = rule

    def __hash__(self) -> int:
        return id(self.rule)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameRule) and other.rule is self.rule


@lru_cache(maxsize=512)
def _decision(same: _SameRule, version: str, effect: Effect) -> Decision:
    """Return the decision of a rule, without spans: they are all that differs from text to text."""
    return Decision(
        rule=same.rule.id,
        version=version,
        effect=effect,
        reason=same.rule.reason,
        citation=same.rule.citation or _NO_CITATION,
    )
