"""May it be used? Ask every legality rule of the packs about one observation.

Every rule that applies gives a decision. Where none applies, one decision permits and names the rules that were asked:
no decision at all means refused (`model.decision.strictest`), so no rules can never mean permission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from footprint.errors import InputError
from footprint.filters.interface import Fires, LegalityTest, Question
from footprint.filters.match import Match, matches, span_of
from footprint.filters.reading import Reading
from footprint.model.authorisation import Scope
from footprint.model.candidate import Candidate
from footprint.model.decision import Citation, Decision, Effect, Span
from footprint.model.lexicon import Lexicon
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.policy import LegalityRule, RolePack

PERMIT_RULE = "PERMIT"
"""Id of the decision that stands where no rule applies."""

FURTHEST_WEST = timedelta(hours=12)
"""How far the last place on Earth to begin a day is behind UTC."""

_PERMIT_CITATION = Citation(article="Each rule's own citation, in its pack", confirmed=True)
_MOST_RULES_NAMED = 30


def decide(
    observation: Observation,
    *,
    rules: Sequence[LegalityRule],
    lexicons: Mapping[str, Lexicon],
    candidate: Candidate,
    scope: Scope,
    role: RolePack,
    versions: Mapping[str, str],
) -> tuple[Decision, ...]:
    """Return the decision of every rule that applies, or one that permits; nothing where there are no rules.

    `versions` holds the version of the pack of each rule. Raises InputError where a rule names a test or a lexicon that does not
    exist, or has no version: a rule that cannot be asked must stop the run, not let a statement pass.
    """
    question = Question(
        observation=observation,
        born=candidate.born,
        scope=scope,
        role=role,
        lexicons=lexicons,
        reading=Reading(observation.text),
        surroundings=Reading(observation.context),
    )
    decisions = []
    for rule in rules:
        version = _version(rule, versions)
        spans = _test(rule)(question, rule)
        if spans is not None:
            decisions.append(_decision(rule, version, spans))
    if rules and not decisions:
        return (_permission(rules, versions),)
    return tuple(decisions)


def _under_age(question: Question, _rule: LegalityRule) -> Fires | None:
    posted = question.observation.posted_at
    if posted is None:
        return None
    # A time in UTC does not say which day it was where it was written; the earliest counts, in the candidate's favour.
    return _if(age_on(question.born, (posted - FURTHEST_WEST).date()) < question.scope.min_age)


def _out_of_window(question: Question, _rule: LegalityRule) -> Fires | None:
    posted = question.observation.posted_at
    if posted is None:
        return None
    return _if(not question.scope.window.first <= posted.date() <= question.scope.window.last)


def _undated(question: Question, _rule: LegalityRule) -> Fires | None:
    return _if(question.observation.posted_at is None)


def _engagement(question: Question, _rule: LegalityRule) -> Fires | None:
    engagement = question.observation.engagement
    return _if(engagement not in question.scope.engagement or engagement not in question.role.engagement)


def _like(question: Question, _rule: LegalityRule) -> Fires | None:
    return _if(question.observation.engagement is Engagement.LIKE)


def _not_own_words(question: Question, _rule: LegalityRule) -> Fires | None:
    """Words of others are left out; an article about the candidate stays where the consent names it."""
    observation = question.observation
    if observation.engagement is Engagement.BY_OTHERS:
        is_article = observation.kind is ObservationKind.ARTICLE
        return _if(not (is_article and Engagement.BY_OTHERS in question.scope.engagement))
    return _if(observation.engagement is Engagement.REPOST)


def _topic(question: Question, rule: LegalityRule) -> Fires | None:
    """Look the rule's lexicon up in the statement, and in the words it answers: those are shown beside it."""
    lexicon = question.lexicons.get(rule.lexicon or "")
    if lexicon is None:
        raise InputError(where=rule.id, field="lexicon", expected="the id of a lexicon that exists")
    found = matches(question.reading, lexicon)
    if found:
        return tuple(dict.fromkeys(span for match in found for span in _spans(question.reading, match)))
    return _if(bool(matches(question.surroundings, lexicon)))


TESTS: Mapping[str, LegalityTest] = MappingProxyType(
    {
        "under_age": _under_age,
        "out_of_window": _out_of_window,
        "undated": _undated,
        "engagement": _engagement,
        "like": _like,
        "not_own_words": _not_own_words,
        "topic": _topic,
    }
)
"""Every test that a legality rule can name."""


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day; someone born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _if(applies: bool) -> Fires | None:
    return () if applies else None


def _spans(reading: Reading, match: Match) -> tuple[Span, ...]:
    return tuple(span_of(reading, hit.extent, "topic" if hit is match.anchor else "predication") for hit in match.hits)


def _test(rule: LegalityRule) -> LegalityTest:
    if rule.test not in TESTS:
        raise InputError(where=rule.id, field="test", expected=f"one of {', '.join(TESTS)}")
    return TESTS[rule.test]


def _version(rule: LegalityRule, versions: Mapping[str, str]) -> str:
    if rule.id not in versions:
        raise InputError(where=rule.id, field="version", expected="the version of the pack that holds the rule")
    return versions[rule.id]


def _decision(rule: LegalityRule, version: str, spans: Fires) -> Decision:
    return Decision(
        rule=rule.id, version=version, effect=rule.effect, reason=rule.reason, citation=rule.citation, spans=spans
    )


def _permission(rules: Sequence[LegalityRule], versions: Mapping[str, str]) -> Decision:
    ids = [rule.id for rule in rules]
    named = ", ".join(ids[:_MOST_RULES_NAMED])
    more = f" and {len(ids) - _MOST_RULES_NAMED} more" if len(ids) > _MOST_RULES_NAMED else ""
    return Decision(
        rule=PERMIT_RULE,
        version=", ".join(sorted({versions[rule] for rule in ids}))[:500],
        effect=Effect.PERMIT,
        reason=f"None of the rules that were asked applies: {named}{more}"[:500],
        citation=_PERMIT_CITATION,
    )
