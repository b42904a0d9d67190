"""What stands beside a finding: how long ago it was, how often there was such a thing, and what speaks for the candidate.

All of it is facts for whoever grades: days, counts and places. Nothing is added up, and nothing is weighed by a machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from footprint.filters.match import matches
from footprint.filters.reading import Reading
from footprint.model.finding import Beside, BesideKind, Category, Finding, Repetition
from footprint.model.lexicon import Lexicon
from footprint.model.observation import Engagement, Observation

LEXICON = "mitigating"
"""Id of the lexicon that holds the words; a rule's id there is `<kind>.<variant>`."""

OWN_WORDS = frozenset({Engagement.ORIGINAL, Engagement.REPLY, Engagement.QUOTE})
"""Engagements in which the candidate speaks."""

AFTERWARDS = frozenset({BesideKind.APOLOGY, BesideKind.WITHDRAWAL})
"""Kinds that speak for the candidate where they come with the statement or after it; the others at any time."""

MOST = 10
"""Places that are named beside one finding: those of its own statement first, then the latest."""


def with_facts(
    findings: Sequence[Finding], lawful: Iterable[Observation], lexicons: Mapping[str, Lexicon]
) -> tuple[Finding, ...]:
    """Return the findings, each with how long ago it was, how often its categories were found, and what speaks for the candidate.

    `lawful` are the attributed observations that the law lets be used, those of the findings among them.
    """
    speaking = [each for observation in lawful for each in speaks_for(observation, lexicons)]
    return tuple(
        finding.but(
            days_before_capture=max(0, (finding.captured_at - finding.posted_at).days),
            repetition=tuple(_repetitions(finding, findings)),
            beside=_beside(finding, speaking),
        )
        for finding in findings
    )


def speaks_for(observation: Observation, lexicons: Mapping[str, Lexicon]) -> Iterator[Beside]:
    """Yield what speaks for the candidate in their own words of one observation, each rule once."""
    lexicon = lexicons.get(LEXICON)
    if lexicon is None or observation.engagement not in OWN_WORDS:
        return
    rules = {match.rule.id: match.rule for match in matches(Reading(observation.text), lexicon)}
    for rule in rules.values():
        yield Beside(
            kind=BesideKind(rule.id.partition(".")[0]),
            rule=rule.id,
            version=lexicon.version,
            reason=rule.reason,
            observation=observation.id,
            evidence=observation.evidence,
            posted_at=observation.posted_at,
        )


def _repetitions(finding: Finding, findings: Sequence[Finding]) -> Iterator[Repetition]:
    for category in _categories(finding):
        times = [each.posted_at for each in findings if category in _categories(each)]
        yield Repetition(category=category, others=len(times) - 1, first=min(times), last=max(times))


def _categories(finding: Finding) -> tuple[Category, ...]:
    return tuple(dict.fromkeys(relevance.category for relevance in finding.relevances))


def _beside(finding: Finding, speaking: Iterable[Beside]) -> tuple[Beside, ...]:
    theirs = [each for each in speaking if _belongs(each, finding)]
    latest_first = sorted(
        theirs, key=lambda each: (each.posted_at or finding.posted_at, each.observation), reverse=True
    )
    return tuple(sorted(latest_first, key=lambda each: each.observation != finding.observation)[:MOST])


def _belongs(each: Beside, finding: Finding) -> bool:
    if each.observation == finding.observation or each.kind not in AFTERWARDS:
        return True
    return each.posted_at is not None and each.posted_at >= finding.posted_at
