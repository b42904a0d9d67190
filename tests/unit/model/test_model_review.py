"""What people enter about a case: whole, and only ever added to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from footprint.model.outcome import Outcome
from footprint.model.review import (
    Acknowledgement,
    CaseReview,
    Dispute,
    Entry,
    Hold,
    Invitation,
    OutcomeDecision,
    Release,
    Reply,
    Review,
    Settled,
    SourceNote,
)
from footprint.model.worksheet import BeliefWorksheet

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
YES = {"attribution": "confirm", "relevance": "uphold", "grade": 1}


def review(**changes: object) -> Review:
    return Review.model_validate({"item": "F01", "reason": "Because.", **YES, **changes})


def entered(*events: object, by: str = "V-1") -> CaseReview:
    made = CaseReview()
    for number, event in enumerate(events):
        made = made.after(AT + timedelta(hours=number), by, event)
    return made


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"relevance": "other", "category": "threats-and-violence"}, True),
        ({"relevance": "reject", "grade": None}, False),
        ({"attribution": "reject", "relevance": None, "grade": None}, False),
        ({"attribution": "unsure", "relevance": None, "grade": None}, False),
    ],
)
def test_a_verdict_counts_where_it_is_theirs_and_relevant(changes: dict[str, object], counts: bool) -> None:
    """Only a confirmed and relevant item counts."""
    assert review(**changes).counts is counts


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": ""},
        {"reason": None},
        {"relevance": None},
        {"grade": None},
        {"attribution": "reject"},
        {"attribution": "unsure", "relevance": None},
        {"relevance": "other"},
        {"category": "threats-and-violence"},
        {"relevance": "reject"},
        {"grade": 6},
        {"attribution": "decline"},
    ],
)
def test_half_a_verdict_is_none(changes: dict[str, object]) -> None:
    """A reason is always needed, a relevance with a confirmed attribution, a grade with a relevant item, and no more."""
    with pytest.raises(ValidationError):
        review(**changes)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "confirm/uphold"),
        ({"relevance": "other", "category": "threats-and-violence"}, "confirm/other/threats-and-violence"),
        ({"attribution": "unsure", "relevance": None, "grade": None}, "unsure"),
    ],
)
def test_a_verdict_has_one_code(changes: dict[str, object], verdict: str) -> None:
    """Verdicts are compared without their grade and their words."""
    assert review(**changes).verdict == verdict


def test_nothing_is_overwritten() -> None:
    """A later verdict stands beside the earlier one; the last counts, the first is what was said unheard."""
    no = review(relevance="reject", grade=None)
    made = entered(review(), no)

    assert [entry.event for entry in made.history("F01")] == [review(), no]
    assert made.verdicts("F01") == {"V-1": no}
    assert made.first_verdicts("F01") == {"V-1": review()}
    assert [entry.seq for entry in made.entries] == [1, 2]


def test_an_item_counts_only_where_everyone_lets_it() -> None:
    """One reviewer's no is enough; without a verdict nothing counts."""
    one = entered(review())
    two = one.after(AT, "V-2", review(relevance="reject", grade=None))

    assert [case.counts("F01") for case in (CaseReview(), one, two)] == [False, True, False]
    assert two.reviewers == ("V-1", "V-2")


def test_a_dispute_runs_from_its_entry_to_its_settlement() -> None:
    """Opened, acknowledged, settled: each with its time, and who settled it how."""
    made = entered(
        Dispute(id="D01", item="F01", reason="Not me.", received=AT),
        Dispute(id="D02", matter="complaint", reason="Rude.", received=AT),
        Acknowledgement(dispute="D02", channel="letter"),
        Hold(reason="A claim."),
        Settled(dispute="D01", how="upheld", reason="They are right."),
    )
    first, second = made.disputes

    assert (first.is_open, first.settled, first.settled_by, first.how) == (
        False,
        AT + timedelta(hours=4),
        "V-1",
        "upheld",
    )
    assert (second.is_open, second.acknowledged) == (True, AT + timedelta(hours=2))
    assert made.disputes_of("F01") == (first,)


@pytest.mark.parametrize("matter", ["complaint", "appeal"])
def test_only_a_dispute_of_an_item_names_one(matter: str) -> None:
    """A complaint is about the check, an appeal about the outcome."""
    with pytest.raises(ValidationError):
        Dispute(id="D01", matter=matter, item="F01", reason="No.", received=AT)


def test_replies_stand_beside_their_item() -> None:
    """A reply on an item and one on the whole are told apart."""
    on_item = Reply(item="F01", words="It was a joke.", received=AT)
    on_all = Reply(words="Please ask me.", received=AT)
    made = entered(on_item, on_all)

    assert made.replies("F01") == (on_item,)
    assert made.replies(None) == (on_all,)


def test_the_last_outcome_counts_and_all_are_kept() -> None:
    """After an appeal another outcome can stand beside the first."""
    common = {"reasons": "r", "mitigation": "m", "alternatives": "a", "second": "S-1"}
    first = OutcomeDecision(level=Outcome.NOTE, **common)
    last = OutcomeDecision(level=Outcome.NO_CONCERN, **common)
    made = entered(first, last)

    assert CaseReview().outcome is None
    assert made.outcome == last
    assert len(made.outcomes) == 2


def test_a_hold_lasts_until_its_release() -> None:
    """Held, released, held again."""
    hold, release = Hold(reason="A claim."), Release(reason="It ended.")

    assert [entered(*events).is_held for events in ((), (hold,), (hold, release), (hold, release, hold))] == [
        False,
        True,
        False,
        True,
    ]


def test_the_last_note_on_a_source_counts() -> None:
    """What stands at the address is noted with its time."""
    made = entered(SourceNote(item="F01", state="live", why="200"), SourceNote(item="F01", state="gone", why="410"))
    note = made.source_note("F01")

    assert note is not None
    assert note.event == SourceNote(item="F01", state="gone", why="410")
    assert made.source_note("F02") is None


def test_an_invitation_comes_with_its_entry() -> None:
    """Who invited and when stands beside until when."""
    made = entered(Invitation(until=AT, channel="letter"))

    assert [(entry.by, event.until) for entry, event in made.invitations] == [("V-1", AT)]


def test_every_event_survives_its_bytes() -> None:
    """An entry's canonical form is read back as the same entry: nothing of it is lost on disk."""
    made = entered(
        review(),
        Reply(words="Ü\n\u202e", received=AT),
        Hold(reason="A claim."),
        SourceNote(item="F01", state="live", why="200"),
    )

    assert tuple(Entry.model_validate_json(entry.canonical(), strict=True) for entry in made.entries) == made.entries


BELIEF = {
    "is_belief": "yes",
    "is_manifestation": "yes",
    "is_manner_objectionable": "yes",
    "manner": "abuse",
    "audience": "public",
    "is_original": "yes",
    "proportionality": "weighed",
}


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({}, "manner"),
        ({"is_belief": "no"}, "not-a-belief"),
        ({"is_manner_objectionable": "no"}, "protected"),
        ({"is_manner_objectionable": "no", "is_belief": "unclear"}, "protected"),
        ({"is_manner_objectionable": "unclear"}, "unclear"),
        ({"is_manifestation": "unclear"}, "unclear"),
        ({"is_belief": "unclear"}, "unclear"),
    ],
)
def test_a_belief_is_never_enough(changes: dict[str, str], result: str) -> None:
    """EQ-10: only an objectionable manner can be weighed; doubt protects."""
    assert BeliefWorksheet.model_validate(BELIEF | changes).result == result
