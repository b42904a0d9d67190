"""What stands beside a finding: days, counts, and what speaks for the candidate."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from filter_samples import LEXICONS, POLICIES, SCOPE, observation
from footprint.filters.beside import MOST, speaks_for, with_facts
from footprint.filters.relevance import assess
from footprint.model.attribution import Attribution, Tier
from footprint.model.finding import BesideKind, Category, Finding, MaskedText
from footprint.model.observation import Engagement, Observation

POSTED = datetime(2026, 5, 4, 12, tzinfo=UTC)
THREAT = "I will kill him."


def seen(text: str, days: int = 0, place: str = "/1") -> Observation:
    """Return a post of the candidate's, some days after the first."""
    return observation(text).but(place=place, posted_at=POSTED + timedelta(days=days))


def assessed_finding(statement: Observation) -> Finding:
    """Return the finding that a statement is, read in November."""
    return Finding(
        id="F01",
        observation=statement.id,
        source=statement.source,
        url=statement.url,
        excerpt=MaskedText(text=statement.text),
        surroundings=MaskedText(text=""),
        engagement=statement.engagement,
        posted_at=POSTED if statement.posted_at is None else statement.posted_at,
        posted_at_from="api",
        attribution=Attribution(observation=statement.id, tier=Tier.A, reason="Declared."),
        relevances=assess(statement, lexicons=LEXICONS, policies=POLICIES, scope=SCOPE),
        decisions=(),
        captured_at=POSTED + timedelta(days=200),
        evidence=statement.evidence,
        evidence_sha256=statement.evidence_sha256,
        record_id="<urn:uuid:0>",
    )


def kinds(finding: Finding) -> list[BesideKind]:
    """Return the kinds of what stands beside a finding."""
    return [each.kind for each in finding.beside]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm sorry for what I wrote last night.", [BesideKind.APOLOGY]),
        ("I deleted that post. I apologise.", [BesideKind.APOLOGY, BesideKind.WITHDRAWAL]),
        ("I volunteered at the food bank.", [BesideKind.COMMUNITY_WORK]),
        ("I stood up for my neighbours.", [BesideKind.SUPPORT]),
        ("Soup is on.", []),
    ],
)
def test_what_speaks_for_the_candidate_is_found_in_their_words(text: str, expected: list[BesideKind]) -> None:
    """Apologies, withdrawals, community work and support are named by rule and place, never by text."""
    found = list(speaks_for(seen(text), LEXICONS))

    assert sorted(each.kind for each in found) == sorted(expected)
    assert all(text not in each.model_dump_json() for each in found)


@pytest.mark.parametrize("engagement", [Engagement.REPOST, Engagement.BY_OTHERS])
def test_words_of_others_speak_for_nobody(engagement: Engagement) -> None:
    """An apology that someone else wrote is not the candidate's."""
    assert list(speaks_for(seen("I apologise.").but(engagement=engagement), LEXICONS)) == []


def test_without_the_lexicon_nothing_is_looked_for() -> None:
    """A bench that has no such lexicon goes on without it."""
    assert list(speaks_for(seen("I apologise."), {})) == []


@pytest.mark.parametrize(
    ("text", "days", "expected"),
    [
        ("I apologise.", 3, [BesideKind.APOLOGY]),
        ("I apologise.", -3, []),
        ("I volunteered at the food bank.", -3, [BesideKind.COMMUNITY_WORK]),
    ],
)
def test_an_apology_counts_from_the_statement_on(text: str, days: int, expected: list[BesideKind]) -> None:
    """What was said before cannot have been about it; work for others counts at any time."""
    finding = assessed_finding(seen(THREAT))
    (told,) = with_facts([finding], [seen(THREAT), seen(text, days, "/2")], LEXICONS)

    assert kinds(told) == expected


def test_an_undated_apology_elsewhere_is_left_out() -> None:
    """Nobody can say whether it came after."""
    finding = assessed_finding(seen(THREAT))
    (told,) = with_facts([finding], [seen("I apologise.", place="/2").but(posted_at=None)], LEXICONS)

    assert told.beside == ()


def test_the_statements_own_words_come_first_and_the_list_is_bounded() -> None:
    """Of many, those in the statement itself come first, then the latest."""
    first = seen(f"{THREAT} I apologise.")
    later = [seen("I apologise.", day, f"/{day}") for day in range(2, MOST + 5)]
    (told,) = with_facts([assessed_finding(first)], [first, *later], LEXICONS)

    assert len(told.beside) == MOST
    assert told.beside[0].observation == first.id
    assert told.beside[1].observation == later[-1].id


def test_recency_and_repetition_are_facts() -> None:
    """Days before it was read, and how many others of the category there were, over what time."""
    findings = [assessed_finding(seen(THREAT, days, f"/{days}")) for days in (0, 10, 30)]
    told = with_facts(findings, [], LEXICONS)

    assert [each.days_before_capture for each in told] == [200, 190, 170]
    assert {(fact.category, fact.others) for each in told for fact in each.repetition} == {(Category.THREATS, 2)}
    assert {(fact.first, fact.last) for each in told for fact in each.repetition} == {
        (POSTED, POSTED + timedelta(days=30))
    }
