"""Whatever is answered in whatever order: the last word counts, no number moves, and nobody is shown what nobody claimed."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from answers import DEMO
from footprint.answering import judge_answered
from footprint.files import parse_record
from footprint.judging import Bench, judge
from footprint.model.answered import effects
from footprint.model.attribution import USABLE_TIERS, Answer, Attribution, Tier
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.evidence import Evidence
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.policy import OrganisationPolicy, Policies
from footprint.model.review import CandidateAnswer, CaseReview
from footprint.policies.load import jurisdiction, legality_rules, lexicons, role

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
POLICIES = Policies(
    jurisdictions=(jurisdiction("uk"),),
    role=role("police-officer"),
    organisation=parse_record(DEMO.joinpath("policy.toml").read_bytes(), OrganisationPolicy, where="policy.toml"),
)
BENCH = Bench(
    candidate=parse_record(DEMO.joinpath("profile.toml").read_bytes(), Candidate, where="profile.toml"),
    scope=parse_record(DEMO.joinpath("consent.toml").read_bytes(), Authorisation, where="consent.toml").scope,
    policies=POLICIES,
    rules=legality_rules(POLICIES),
    lexicons={lexicon.id: lexicon for lexicon in lexicons()},
    evidence={
        "E0001": Evidence(
            id="E0001",
            source="mastodon",
            planned="mastodon.statuses",
            url="https://social.example/api/v1/accounts/1/statuses",
            status=200,
            content_type="application/json",
            captured_at=AT,
            sha256="0" * 64,
            bytes=10,
            warc="w.warc.gz",
            offset=0,
            record_id="<urn:uuid:39f3f77e-699c-571e-b486-7da4b4d9b8be>",
        )
    },
    commit=lambda text: "c" * 64,
)
TEXTS = (
    "If I find Tomas Ferrier at the gate tomorrow I will break his legs.",
    "Back on my feet, my last round of chemo is behind me.",
    "The rain has stopped.",
)
TIERS = tuple(Tier)


def seen(number: int) -> tuple[Observation, Attribution]:
    """An observation of its own: each text at each tier."""
    observation = Observation(
        source="mastodon",
        identifier="mastodon:mara@social.example",
        kind=ObservationKind.POST,
        text=TEXTS[number % len(TEXTS)],
        engagement=Engagement.ORIGINAL,
        url=f"https://social.example/@mara/{number}",
        posted_at=datetime(2026, 5, 1 + number, tzinfo=UTC),
        posted_at_from="api",
        evidence="E0001",
        evidence_sha256="0" * 64,
        place=f"/{number}",
    )
    tier = TIERS[number // len(TEXTS)]
    return observation, Attribution(observation=observation.id, tier=tier, reason="for the test")


PAIRS = tuple(seen(number) for number in range(len(TEXTS) * len(TIERS)))
ALONE = {observation.id: attribution.tier for observation, attribution in PAIRS}
FIRST = {finding.observation: finding.id for finding in judge(PAIRS, BENCH).findings}
ANSWERS = st.lists(st.tuples(st.sampled_from(sorted(ALONE)), st.sampled_from(Answer)), max_size=12)


def review_of(answers: list[tuple[str, Answer]]) -> CaseReview:
    """A review with an entry for each answer."""
    review = CaseReview()
    for item, answer in answers:
        event = CandidateAnswer(item=item, observations=(item,), answer=answer, received=AT)
        review = review.after(AT, "V-1", event)
    return review


def findings(answers: list[tuple[str, Answer]]) -> dict[str, str]:
    """The number of each finding, by its observation."""
    review = review_of(answers)
    judged = judge_answered(PAIRS, review, len(review.entries), BENCH).judged
    assert judged.observations == len(PAIRS)
    return {finding.observation: finding.id for finding in judged.findings}


@given(ANSWERS)
def test_the_last_word_on_an_item_counts(answers: list[tuple[str, Answer]]) -> None:
    """Earlier ones, and "I do not know", leave nothing behind."""
    last = {item: answer for item, answer in dict(answers).items() if answer is not Answer.UNSURE}

    assert effects(review_of(answers)) == last


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_what_is_found_hangs_on_the_last_words_alone(answers: list[tuple[str, Answer]]) -> None:
    """Any way to the same last words finds the same; to say that one does not know is to say nothing."""
    last = [(item, answer) for item, answer in dict(answers).items() if answer is not Answer.UNSURE]

    assert set(findings(answers)) == set(findings(last))


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_no_number_moves_or_is_given_twice(answers: list[tuple[str, Answer]]) -> None:
    """A verdict on F02 stays one on F02: over all editions that the answers lead to."""
    editions = [findings(answers[:count]) for count in range(len(answers) + 1)]
    known: dict[str, str] = {}
    for edition in editions:
        for observation, number in edition.items():
            assert known.setdefault(observation, number) == number
    assert editions[0] == FIRST
    assert len(set(known.values())) == len(known)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_nothing_is_found_that_neither_the_tool_nor_the_candidate_calls_theirs(
    answers: list[tuple[str, Answer]],
) -> None:
    """And nothing that the candidate denies, whatever the tool says."""
    said = effects(review_of(answers))
    for observation in findings(answers):
        assert said.get(observation) is not Answer.NOT_MINE
        assert ALONE[observation] in USABLE_TIERS or said.get(observation) is Answer.MINE
