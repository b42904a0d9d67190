"""The candidate's answers, taken through the same steps as all else; numbers stay, and what the tool said stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from test_judging import THREAT, bench, said, tier

from footprint.answering import Pair, judge_answered, with_answer
from footprint.judging import judge
from footprint.model.answered import last_answers
from footprint.model.attribution import Answer, Tier
from footprint.model.finding import WithheldReason
from footprint.model.observation import Observation
from footprint.model.review import CandidateAnswer, CaseReview
from footprint.proposers.load import linear

AT = datetime(2026, 11, 22, tzinfo=UTC)
HEALTH = "Back on my feet, my last round of chemo is behind me."
DECLARED, BESIDE, NAMED = (said(THREAT, place=f"/{place}") for place in range(3))
PAIRS = (tier(DECLARED, Tier.A), tier(BESIDE, Tier.B), tier(NAMED, Tier.C))


def answered(*answers: tuple[Observation, Answer]) -> CaseReview:
    """A review with answers, one entry each."""
    review = CaseReview()
    for observation, answer in answers:
        event = CandidateAnswer(item=observation.id, observations=(observation.id,), answer=answer, received=AT)
        review = review.after(AT, "V-1", event)
    return review


def numbers(review: CaseReview, pairs: tuple[Pair, ...] = PAIRS) -> dict[str, str]:
    """The id of each finding, by its observation."""
    judged = judge_answered(pairs, review, len(review.entries), bench()).judged
    return {finding.observation: finding.id for finding in judged.findings}


def test_without_an_answer_nothing_changes() -> None:
    """The line is as it was."""
    made = judge_answered(PAIRS, CaseReview(), 0, bench())

    assert made.judged == judge(PAIRS, bench())
    assert made.items == ()


def test_a_yes_takes_an_undetermined_item_through_the_line() -> None:
    """It becomes a finding with the next number; what spoke for it stays, and both tiers are told."""
    review = answered((NAMED, Answer.MINE))
    made = judge_answered(PAIRS, review, 1, bench())
    (item,) = made.items

    assert numbers(review) == {**numbers(CaseReview()), NAMED.id: "F03"}
    assert (item.tool_tier, item.tier, item.tool_reason) == (Tier.C, Tier.A, "for the test")
    assert [f.attribution.tier for f in made.judged.findings if f.observation == NAMED.id] == [Tier.A]
    assert item.commitment == "c" * 64


@pytest.mark.parametrize("denied", [DECLARED, BESIDE])
def test_a_no_takes_a_finding_out(denied: Observation) -> None:
    """It is undetermined, its number is given to no other, and no word of it is kept."""
    review = answered((denied, Answer.NOT_MINE), (NAMED, Answer.MINE))
    judged = judge_answered(PAIRS, review, 2, bench()).judged
    before = numbers(CaseReview())

    assert numbers(review) == {o: id for o, id in before.items() if o != denied.id} | {NAMED.id: "F03"}
    assert [(gone.observation, gone.reason) for gone in judged.withheld] == [(denied.id, WithheldReason.UNDETERMINED)]


@pytest.mark.parametrize(
    ("text", "reason"), [(HEALTH, WithheldReason.SEALED), ("My union branch meets on Friday.", WithheldReason.EXCLUDED)]
)
def test_what_is_claimed_is_still_under_the_law(text: str, reason: WithheldReason) -> None:
    """A sealed thing is sealed and an excluded one excluded, whoever says that it is theirs."""
    private = said(text, place="/9")
    pairs = (*PAIRS, tier(private, Tier.C))
    judged = judge_answered(pairs, answered((private, Answer.MINE)), 1, bench()).judged

    assert numbers(answered((private, Answer.MINE)), pairs) == numbers(CaseReview())
    assert [item.reason for item in judged.withheld if item.observation == private.id] == [reason]
    assert [item.observation for item in judged.sealed] == [private.id] * (reason is WithheldReason.SEALED)


def test_numbers_outlive_a_change_of_mind() -> None:
    """What was F03 is F03 again, and the next one is F04, whatever was denied meanwhile."""
    other = said(THREAT, place="/8")
    pairs = (*PAIRS, tier(other, Tier.C))
    turned = [(NAMED, Answer.MINE), (NAMED, Answer.UNSURE), (other, Answer.MINE)]

    assert numbers(answered(*turned), pairs)[other.id] == "F04"
    assert NAMED.id not in numbers(answered(*turned), pairs)
    assert numbers(answered(*turned, (NAMED, Answer.MINE)), pairs)[NAMED.id] == "F03"


def test_a_suggestion_keeps_its_number_too() -> None:
    """A claimed statement that only a model would have a person look at is no finding, and is counted apart."""
    proposed = "Every time I see our new neighbours, the Romanians, I feel disgusted. What a pathetic sight they make."
    one, other, claimed = (said(proposed, place=f"/1{place}") for place in range(3))
    pairs = (*PAIRS, tier(one, Tier.A), tier(other, Tier.A), tier(claimed, Tier.C))
    able = bench(proposer=linear())
    first = {each.observation: each.id for each in judge(pairs, able).suggestions}
    review = answered((claimed, Answer.MINE), (one, Answer.NOT_MINE))
    judged = judge_answered(pairs, review, 2, able).judged

    assert len(first) == 2
    assert {each.observation: each.id for each in judged.suggestions} == {other.id: first[other.id], claimed.id: "S03"}
    assert len(judged.findings) == 2


def test_an_answer_to_what_is_no_longer_read_is_passed_over() -> None:
    """An observation that the captures do not give changes nothing, and is not told of."""
    made = judge_answered(PAIRS, answered((said(THREAT, place="/7"), Answer.MINE)), 1, bench())

    assert made.items == ()
    assert made.judged.findings == judge(PAIRS, bench()).findings


def test_the_items_stand_in_the_order_of_their_entries() -> None:
    """As they were answered."""
    review = answered((NAMED, Answer.MINE), (DECLARED, Answer.UNSURE))
    items = judge_answered(PAIRS, review, 2, bench()).items

    assert [(item.entry, item.observation, item.tier) for item in items] == [
        (1, NAMED.id, Tier.A),
        (2, DECLARED.id, Tier.A),
    ]


def test_what_was_not_answered_keeps_its_attribution() -> None:
    """Only what was asked about is changed."""
    last = last_answers(answered((NAMED, Answer.MINE)))

    assert with_answer(PAIRS[0], last) is PAIRS[0]
    assert with_answer(PAIRS[2], last)[1].tier is Tier.A


@pytest.mark.parametrize("answers", [((BESIDE, Answer.NOT_MINE),), ((NAMED, Answer.MINE),)])
def test_one_statement_that_two_feeds_list_has_two_numbers(answers: tuple[tuple[Observation, Answer], ...]) -> None:
    """Before an answer and after it the same ones; what is claimed twice gets two as well."""
    pairs = (PAIRS[0], *PAIRS, PAIRS[2])
    before = [finding.id for finding in judge(pairs, bench()).findings]
    review = answered(*answers)
    after = [finding.id for finding in judge_answered(pairs, review, 1, bench()).judged.findings]

    assert len(set(after)) == len(after)
    assert set(before) - set(after) <= {numbers(CaseReview(), pairs)[BESIDE.id]}
    assert len(after) == (2 if answers[0][0] is BESIDE else 5)
