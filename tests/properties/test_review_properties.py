"""No order of events makes an outcome possible while something is open; nothing that was entered is ever lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.errors import InputError
from footprint.model.attribution import Answer
from footprint.model.outcome import Outcome
from footprint.model.review import (
    Acknowledgement,
    AttributionVerdict,
    CandidateAnswer,
    CaseReview,
    Dispute,
    DisputeMatter,
    Event,
    Hold,
    Invitation,
    Release,
    Reply,
    Settled,
    Settlement,
)
from footprint.review.agreement import cohen_kappa, krippendorff_alpha
from footprint.review.closing import closing
from footprint.review.desk import parse
from footprint.review.rules import Matter, check, next_dispute, obstacles
from review_samples import AT, FINDINGS, counts, dismissed, not_theirs, outcome, policies, unsure

ITEMS = st.sampled_from([finding.id for finding in FINDINGS])
PEOPLE = st.sampled_from(["V-1", "V-2", "P-1", "S-1"])
POLICIES = {packs: policies(*packs) for packs in (("uk",), ("us",))}


def steps() -> st.SearchStrategy[tuple[int, str, Event]]:
    """One step: hours later, by whom, what."""
    disputes = st.sampled_from(["D01", "D02"])
    event = st.one_of(
        ITEMS.map(counts),
        ITEMS.map(dismissed),
        ITEMS.map(not_theirs),
        ITEMS.map(unsure),
        st.integers(1, 20).map(lambda days: Invitation(until=AT + timedelta(days=days), channel="letter")),
        st.builds(Reply, item=st.none() | ITEMS, words=st.just("w"), received=st.just(AT), is_last=st.booleans()),
        st.builds(CandidateAnswer, item=ITEMS, answer=st.sampled_from(Answer), received=st.just(AT)),
        st.builds(Dispute, item=ITEMS, reason=st.just("r"), received=st.just(AT)),
        st.sampled_from([DisputeMatter.COMPLAINT, DisputeMatter.APPEAL]).map(
            lambda matter: Dispute(matter=matter, reason="r", received=AT)
        ),
        disputes.map(lambda dispute: Acknowledgement(dispute=dispute, channel="letter")),
        st.builds(Settled, dispute=disputes, how=st.sampled_from(Settlement), reason=st.just("r")),
        st.just(Hold(reason="r")),
        st.just(Release(reason="r")),
        st.sampled_from(Outcome).map(outcome),
    )
    return st.tuples(st.integers(0, 400), PEOPLE, event)


def fill_in(event: Event, case: Matter) -> Event:
    """What the desk fills in."""
    if isinstance(event, Dispute):
        return event.but(id=next_dispute(case.review))
    if isinstance(event, CandidateAnswer):
        return event.but(observations=case.answerable(event.item).observations)
    if event.kind == "outcome":
        return event.but(reviewers=case.review.reviewers, items=case.counted)
    return event


def is_open(case: Matter) -> bool:
    """Say, without the rules' own words, whether something is open: this is the law that the rules must keep."""
    review = case.review
    verdicts = [review.verdicts(finding.id) for finding in case.findings]
    waiting = any(not said for said in verdicts)
    doubted = any(v.attribution is AttributionVerdict.UNSURE for said in verdicts for v in said.values())
    disputed = any(state.is_open and state.dispute.matter is DisputeMatter.ITEM for state in review.disputes)
    last = max((e.seq for e in review.entries if isinstance(e.event, Reply) and e.event.is_last), default=0)
    window = any(case.at <= event.until and entry.seq > last for entry, event in review.invitations)
    return waiting or doubted or disputed or window


@settings(max_examples=300, deadline=None)
@given(st.lists(steps(), max_size=25), st.sampled_from(sorted(POLICIES)), st.booleans())
def test_no_order_of_events_sets_an_outcome_while_something_is_open(
    course: list[tuple[int, str, Event]], packs: tuple[str, ...], begun: bool
) -> None:
    """Whatever is entered by whomever in whatever order: an outcome is accepted only where nothing was open."""
    review, at = CaseReview(), AT
    for verdict in (counts("F01"), dismissed("F02"), not_theirs("F03")) if begun else ():
        review = review.after(at, "V-1", verdict)  # so that many courses come as far as an outcome
    for hours, by, raw in course:
        at += timedelta(hours=hours)
        case = Matter(FINDINGS, POLICIES[packs], review, at)
        for level in Outcome:  # at every moment, somebody who has nothing to do with the rest tries
            try_outcome(outcome(level, second="S-9"), "P-9", case)
        event = fill_in(raw, case)
        if event.kind == "outcome" and not try_outcome(raw, by, case):
            continue
        try:
            check(event, by, case)
        except InputError:
            continue
        before = review
        review = review.after(at, by, event)
        assert review.entries[:-1] == before.entries
        assert_closed_only_when_over(review, packs, at)


def try_outcome(event: Event, by: str, case: Matter) -> bool:
    """Say whether an outcome is accepted, and hold what must be so against the case."""
    whole = fill_in(event, case)
    try:
        check(whole, by, case)
    except InputError:
        return False
    assert whole.kind == "outcome"
    assert not is_open(case)
    assert whole.second not in {by, *case.review.reviewers}
    assert set(whole.items) == {f.id for f in FINDINGS if case.review.counts(f.id)}
    assert whole.level is Outcome.NO_CONCERN or (whole.items and case.review.invitations)
    return True


def assert_closed_only_when_over(review: CaseReview, packs: tuple[str, ...], at: datetime) -> None:
    over = closing(review, POLICIES[packs])
    if over is not None:
        assert review.outcome is not None
        assert not review.is_held
        assert not any(state.is_open for state in review.disputes)
        assert over > review.outcomes[-1].at


@settings(max_examples=100, deadline=None)
@given(st.lists(steps(), max_size=10))
def test_what_is_entered_is_read_back(course: list[tuple[int, str, Event]]) -> None:
    """The document gives back the same entries, whatever they hold."""
    review = CaseReview()
    for hours, by, event in course:
        review = review.after(AT + timedelta(hours=hours), by, event)

    assert parse(b"".join(entry.canonical() + b"\n" for entry in review.entries)) == review


@given(st.permutations([dismissed("F01"), not_theirs("F02"), counts("F03")]))
def test_a_review_that_is_whole_has_no_obstacle(verdicts: list[Event]) -> None:
    """The rules are not so strict that nobody could end: with every finding reviewed, no concern is possible."""
    review = CaseReview()
    for verdict in verdicts:
        review = review.after(AT, "V-1", verdict)

    assert obstacles(Matter(FINDINGS, POLICIES[("uk",)], review, AT), Outcome.NO_CONCERN) == ()


CODES = st.sampled_from("abc")


@given(st.lists(st.tuples(CODES, CODES), max_size=30))
def test_agreement_does_not_hang_on_who_is_first(pairs: list[tuple[str, str]]) -> None:
    """Kappa and alpha are at most 1, 1 only where all agree, and the same with the reviewers changed over."""
    turned = [(second, first) for first, second in pairs]
    for measure in (cohen_kappa, krippendorff_alpha):
        value, other = measure(pairs), measure(turned)
        assert (value is None) == (other is None)
        if value is not None and other is not None:
            assert abs(value - other) < 1e-9
            assert value <= 1 + 1e-9
            assert (abs(value - 1) < 1e-9) == all(first == second for first, second in pairs)
