"""When an outcome is possible, and what may be entered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from footprint.errors import InputError
from footprint.model.finding import ContextKind, MaskedText
from footprint.model.outcome import Outcome
from footprint.model.review import Acknowledgement, CaseReview, Dispute, Hold, Release, Reply, Settled, SourceNote
from footprint.model.worksheet import Answer
from footprint.review.rules import check, obstacles
from review_samples import (
    AT,
    BELIEF,
    CONTEXT,
    PROPORTIONALITY,
    counts,
    dismissed,
    entered,
    finding,
    invitation,
    matter,
    not_theirs,
    outcome,
    unsure,
)

ALL = (counts("F01"), dismissed("F02"), not_theirs("F03"))
DISPUTE = Dispute(id="D01", item="F01", reason="Not me.", received=AT)
APPEAL = Dispute(id="D01", matter="appeal", reason="Look again.", received=AT)


def codes(*events: object, level: Outcome | None = None, packs: tuple[str, ...] = ("uk",), later: int = 0) -> set[str]:
    """What stands before an outcome after these events, some days later."""
    case = matter(entered(*events), packs=packs, at=AT + timedelta(days=later))
    return {obstacle.code for obstacle in obstacles(case, level)}


@pytest.mark.parametrize(
    ("events", "stands"),
    [
        ((), {"unreviewed"}),
        (ALL[:2], {"unreviewed"}),
        (ALL, set()),
        ((*ALL[:2], unsure("F03")), {"unverified"}),
        ((*ALL[:2], unsure("F03"), not_theirs("F03")), set()),
        ((*ALL, DISPUTE), {"dispute", "heard"}),
        ((*ALL, DISPUTE, Settled(dispute="D01", how="not-upheld", reason="r")), {"heard"}),
        ((*ALL, DISPUTE, Settled(dispute="D01", how="not-upheld", reason="r"), counts("F01")), set()),
        ((*ALL, DISPUTE, Settled(dispute="D01", how="upheld", reason="r"), counts("F01")), {"upheld"}),
        ((*ALL, DISPUTE, Settled(dispute="D01", how="upheld", reason="r"), not_theirs("F01")), set()),
        ((*ALL, Reply(item="F02", words="A joke.", received=AT)), {"heard"}),
        ((*ALL, Reply(item="F02", words="A joke.", received=AT), dismissed("F02")), set()),
        ((*ALL, Reply(words="On the whole.", received=AT)), set()),
        ((*ALL, invitation()), {"window"}),
        ((*ALL, invitation(), Reply(words="That is all.", received=AT, is_last=True)), set()),
        ((*ALL, Reply(words="That is all.", received=AT, is_last=True), invitation()), {"window"}),
        ((*ALL, invitation(wait="X"), Reply(words="That is all.", received=AT, is_last=True)), {"window"}),
        ((*ALL, Dispute(id="D01", matter="complaint", reason="Rude.", received=AT)), set()),
    ],
)
def test_an_outcome_waits_for_everything_open(events: tuple[object, ...], stands: set[str]) -> None:
    """Every finding reviewed and verified, every window and dispute closed, and the last word weighed."""
    assert codes(*events) == stands


def test_a_window_ends() -> None:
    """After its last moment the reply window stands in nobody's way."""
    assert codes(*ALL, invitation(10), later=10) == {"window"}
    assert codes(*ALL, invitation(10), later=11) == set()


def test_reviewers_who_differ_stand_before_an_outcome() -> None:
    """Two verdicts on one item must agree in attribution and relevance; a grade may differ."""
    case = entered(*ALL)
    differ = case.after(AT, "V-2", dismissed("F01"))
    agree = case.after(AT, "V-2", counts("F01", Outcome.NO_CONCERN))

    assert {o.code for o in obstacles(matter(differ))} == {"differ"}
    assert obstacles(matter(agree)) == ()


@pytest.mark.parametrize(
    ("events", "level", "packs", "stands"),
    [
        (ALL, Outcome.NO_CONCERN, ("uk",), set()),
        (ALL, Outcome.NOTE, ("uk",), {"invitation"}),
        ((invitation(1), *ALL), Outcome.NOTE, ("uk",), set()),
        ((invitation(1), *ALL), Outcome.REFER_TO_VETTING_PANEL, ("us",), {"wait"}),
        ((invitation(1, wait="FCRA-1681b-3"), *ALL), Outcome.REFER_TO_VETTING_PANEL, ("us",), set()),
        ((invitation(1), *ALL), Outcome.NO_CONCERN, ("us",), set()),
        ((invitation(1), dismissed("F01"), *ALL[1:]), Outcome.NOTE, ("uk",), {"support"}),
        ((invitation(1), dismissed("F01"), *ALL[1:]), Outcome.NO_CONCERN, ("uk",), set()),
    ],
)
def test_more_than_no_concern_needs_an_item_and_a_hearing(
    events: tuple[object, ...], level: Outcome, packs: tuple[str, ...], stands: set[str]
) -> None:
    """An absence supports nothing; what counts is shown to the candidate first, and US law waits."""
    assert codes(*events, level=level, packs=packs, later=3) == stands


def refused(event: object, case: CaseReview | None = None, by: str = "V-1", **more: object) -> str:
    """Return where a refused event is at fault."""
    with pytest.raises(InputError) as caught:
        check(event, by, matter(case, **more))
    return caught.value.field or caught.value.where


@pytest.mark.parametrize(
    ("event", "where"),
    [
        (counts("F09"), "F09"),
        (SourceNote(item="F09", state="live", why="200"), "F09"),
        (Reply(item="F09", words="w", received=AT), "F09"),
        (Reply(words="w", received=AT + timedelta(days=1)), "received"),
        (Dispute(item="F09", reason="r", received=AT), "F09"),
        (Dispute(reason="r", received=AT + timedelta(days=1)), "received"),
        (APPEAL, "matter"),
        (Acknowledgement(dispute="D01", channel="letter"), "D01"),
        (Settled(dispute="D01", how="upheld", reason="r"), "D01"),
        (invitation(0), "until"),
        (invitation(wait="FCRA-1681b-3"), "wait"),
        (Release(reason="r"), "hold"),
        (outcome(), "outcome"),
    ],
)
def test_what_does_not_fit_the_case_is_refused(event: object, where: str) -> None:
    """Unknown items and disputes, times to come, an appeal against nothing."""
    assert refused(event) == where


@pytest.mark.parametrize(
    ("first", "then", "where"),
    [
        (Hold(reason="r"), Hold(reason="r"), "hold"),
        (DISPUTE, Settled(dispute="D02", how="upheld", reason="r"), "D02"),
    ],
)
def test_what_is_done_is_not_done_again(first: object, then: object, where: str) -> None:
    """A case is held once."""
    assert refused(then, entered(first)) == where


def test_a_dispute_ends_once() -> None:
    """Neither acknowledged nor settled twice."""
    told, settled = Acknowledgement(dispute="D01", channel="l"), Settled(dispute="D01", how="upheld", reason="r")
    done = entered(DISPUTE, told, settled)

    assert refused(told, done) == "D01"
    assert refused(settled, done) == "D01"
    check(settled, "V-1", matter(entered(DISPUTE)))
    check(Release(reason="r"), "V-1", matter(entered(Hold(reason="r"))))


def test_whoever_set_the_outcome_does_not_settle_the_appeal() -> None:
    """An appeal is looked at by somebody else."""
    decided = entered(*ALL, outcome(), by="V-1").after(AT, "V-3", APPEAL)
    settled = Settled(dispute="D01", how="not-upheld", reason="r")

    assert refused(settled, decided, by="V-1") == "by"
    check(settled, "V-4", matter(decided))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"second": "V-1"}, "second"),
        ({"second": "P-1"}, "second"),
        ({"reviewers": ("V-1", "V-2")}, "reviewers"),
        ({"items": ()}, "items"),
    ],
)
def test_the_second_line_is_somebody_else(changes: dict[str, object], where: str) -> None:
    """Neither the person who decides nor a reviewer; and an outcome rests on what counts, no more and no less."""
    good = outcome(reviewers=("V-1",), items=("F01",))

    assert refused(good.but(**changes), entered(*ALL), by="P-1") == where
    check(good, "P-1", matter(entered(*ALL)))


RELIGIOUS = finding(1, "Nobody who goes to that mosque should work here.")
JOKE = finding(1, context=(ContextKind.FIGURATIVE,))
MASKED = RELIGIOUS.but(
    excerpt=MaskedText(text="[religion] people", masks=({"start": 0, "end": 4, "what": "religion"},))
)


@pytest.mark.parametrize(
    ("item", "grade", "sheets", "missing"),
    [
        (finding(1), Outcome.NOTE, {}, None),
        (finding(1), Outcome.BRIEFING_AT_INDUCTION, {}, "proportionality"),
        (finding(1), Outcome.BRIEFING_AT_INDUCTION, {"proportionality": PROPORTIONALITY}, None),
        (JOKE, Outcome.NOTE, {}, "context"),
        (JOKE, Outcome.NOTE, {"context": CONTEXT}, None),
        (RELIGIOUS, Outcome.NOTE, {}, "belief"),
        (MASKED, Outcome.NOTE, {}, "belief"),
        (RELIGIOUS, Outcome.NOTE, {"belief": BELIEF}, None),
        (RELIGIOUS, Outcome.NOTE, {"belief": BELIEF.but(is_belief=Answer.NO)}, None),
        (RELIGIOUS, Outcome.NOTE, {"belief": BELIEF.but(is_manner_objectionable=Answer.NO)}, "relevance"),
        (RELIGIOUS, Outcome.NOTE, {"belief": BELIEF.but(is_belief=Answer.UNCLEAR)}, "relevance"),
    ],
)
def test_worksheets_stand_before_a_verdict(
    item: object, grade: Outcome, sheets: dict[str, object], missing: str | None
) -> None:
    """What the packs ask is answered before an item counts, and a belief that is protected, or may be, never does."""
    event = counts("F01", grade, **sheets)
    if missing is None:
        check(event, "V-1", matter(findings=(item,)))
    else:
        assert refused(event, findings=(item,)) == missing


def test_a_no_needs_no_worksheet() -> None:
    """What does not count is not asked about; the same item that counts is."""
    for no, item, asked in ((dismissed("F01"), RELIGIOUS, "belief"), (not_theirs("F01"), JOKE, "context")):
        assert refused(counts("F01", Outcome.NOTE), findings=(item,)) == asked
        case = matter(findings=(item,))
        check(no, "V-1", case)
        after = case.review.after(AT, "V-1", no)
        assert after.verdicts("F01") == {"V-1": no}
        assert not after.counts("F01")


def test_the_us_wait_is_not_cut_short() -> None:
    """The letter before an adverse decision gives the whole wait, in business days."""
    short, whole = invitation(3, wait="FCRA-1681b-3"), invitation(8, wait="FCRA-1681b-3")

    assert refused(short, packs=("us",)) == "until"
    check(whole, "V-1", matter(packs=("us",)))


def test_an_upheld_dispute_of_a_finding_that_is_gone_stands_in_nobodys_way() -> None:
    """Disputed, then denied and left out by the next edition: nobody could review it again."""
    case = entered(*ALL, DISPUTE, Settled(dispute="D01", how="upheld", reason="r"))
    left = matter(case).findings[1:]

    assert {o.code for o in obstacles(matter(case))} == {"upheld", "heard"}
    assert obstacles(matter(case, findings=left)) == ()
