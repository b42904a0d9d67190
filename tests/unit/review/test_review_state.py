"""What one reviewer is shown: their own verdicts first, covered words, and no name of what is sealed."""

from __future__ import annotations

from footprint.model.finding import Category
from footprint.model.review import Dispute, Reply
from footprint.review.drafts import Drafts, keep_drafts, read_drafts
from footprint.review.state import PROTECTED, state_of
from review_samples import AT, CASE, FINDINGS, Place, counts, dismissed, entered, finding, matter, outcome, report


def test_others_are_shown_after_ones_own() -> None:
    """A reviewer judges unheard: another's verdict, and the agreement, appear with their own."""
    case = entered(counts("F01"))
    before = state_of(report(), matter(case), by="V-2")
    after = state_of(report(), matter(case.after(AT, "V-2", dismissed("F01"))), by="V-2")

    assert before.items[0].mine is None
    assert before.items[0].others == {}
    assert after.items[0].others == {"V-1": counts("F01")}
    assert after.agreement == ()
    assert (before.done, after.done) == (0, 1)


def test_agreement_is_shown_at_the_end() -> None:
    """When a reviewer has finished, they see how far the two agree."""
    case = entered(*map(counts, ("F01", "F02", "F03")))
    for item in ("F01", "F02", "F03"):
        case = case.after(AT, "V-2", dismissed(item))

    assert [a.of for a in state_of(report(), matter(case), by="V-2").agreement] == ["attribution", "relevance", "grade"]


def test_threats_are_covered() -> None:
    """Words that are hard to read are covered until somebody asks; others are not."""
    found = (finding(1, category=Category.THREATS), finding(2))
    state = state_of(report(found), matter(findings=found), by="V-1")

    assert [item.is_covered for item in state.items] == [True, False]


def test_what_is_sealed_is_not_named() -> None:
    """A rule that reads the content is not named beside an item; the command is."""
    (item,) = state_of(report(), matter(), by="V-1").sealed

    assert item.rules == (PROTECTED, "X-1")
    assert item.command == f"footprint case unlock {CASE} O-00000000ff --by ID --key FILE --condition CODE"


def test_everything_said_stands_in_its_place() -> None:
    """Replies and disputes beside their item or the whole; outcome and clocks with their words."""
    case = entered(
        *map(dismissed, ("F01", "F02", "F03")),
        Reply(item="F01", words="w", received=AT),
        Reply(words="all", received=AT),
        Dispute(id="D01", item="F02", reason="r", received=AT),
        Dispute(id="D02", matter="complaint", reason="r", received=AT),
        outcome(),
    )
    state = state_of(report(), matter(case), by="V-1", exposures=3)

    assert len(state.items[0].replies) == 1
    assert len(state.items[1].disputes) == 1
    assert len(state.general_replies) == 1
    assert [d.dispute.id for d in state.general_disputes] == ["D02"]
    assert state.outcome_title == "No concern"
    assert [clock.rule for clock in state.clocks] == ["POL-4", "HOUSE-dispute", "UK-164A"]
    assert (state.exposures, state.entries) == (3, 8)
    assert len(state.items) == len(FINDINGS)


def test_a_draft_is_kept_until_it_is_entered(place: Place) -> None:
    """Each reviewer's forms are their own, one form does not touch another, and an empty one goes."""
    mine = Drafts().having("F01", {"reason": "half a sen"}).having("outcome", {"reasons": "x"})
    keep_drafts(place.workspace, CASE, "V:1", mine)

    assert read_drafts(place.workspace, CASE, "V:1").of("F01") == {"reason": "half a sen"}
    assert read_drafts(place.workspace, CASE, "V-2") == Drafts()
    assert mine.having("F01", {"reason": ""}).forms == {"outcome": {"reasons": "x"}}
    assert mine.of("F09") == {}
