"""When a case is over, and until when its captured pages are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from footprint.model.review import Dispute, Hold, Release, Settled
from footprint.review.closing import closed_at, closing, is_held
from review_samples import AT, CASE, Place, dismissed, entered, outcome, policies

APPEAL = Dispute(id="D01", matter="appeal", reason="r", received=AT)
SETTLED = Settled(dispute="D01", how="not-upheld", reason="r")
WINDOW = datetime(2026, 12, 11, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("events", "over"),
    [
        ((), None),
        ((dismissed("F01"),), None),
        ((outcome(),), WINDOW),
        ((outcome(), APPEAL), None),
        ((outcome(), APPEAL, SETTLED), WINDOW),
        ((outcome(), Hold(reason="r")), None),
        ((outcome(), Hold(reason="r"), Release(reason="r")), WINDOW),
        ((outcome(), APPEAL.but(matter="complaint")), None),
    ],
)
def test_a_case_is_over_when_nothing_is_open(events: tuple[object, ...], over: datetime | None) -> None:
    """The end of the appeal window (POL-4: 21 days), unless something is open or held."""
    assert closing(entered(*events), policies()) == over


def test_an_appeal_that_is_settled_late_ends_the_case_later() -> None:
    """The moment of settlement counts where it comes after the window."""
    late = AT + timedelta(days=40)
    review = entered(outcome(), APPEAL).after(late, "V-9", SETTLED)

    assert closing(review, policies()) == late


def test_a_workspace_says_when_a_case_is_over(place: Place) -> None:
    """`case prune` asks by the case's id."""
    assert closed_at(place.workspace, CASE) is None
    desk = place.sit()
    desk.enter(dismissed("F01"), dismissed("F02"), dismissed("F03"), outcome())

    assert closed_at(place.workspace, CASE) == WINDOW
    desk.enter(Hold(reason="A claim."))
    assert is_held(place.workspace, CASE)
    assert closed_at(place.workspace, CASE) is None
