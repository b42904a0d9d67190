"""The reviewer reads on the screen what the candidate answered."""

from __future__ import annotations

import pytest

from footprint.cli.review_text import detail
from footprint.model.attribution import Answer
from footprint.model.review import CandidateAnswer
from footprint.review.state import state_of
from review_samples import AT, FINDINGS, entered, matter, report


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.MINE, "it is theirs."),
        (Answer.NOT_MINE, "it is not theirs."),
        (Answer.UNSURE, "they do not know."),
    ],
)
def test_an_answer_stands_with_what_the_candidate_says(answer: Answer, words: str) -> None:
    """With the day on which it came in; of an item without one it is said that they said nothing."""
    said = CandidateAnswer(item="F01", observations=(FINDINGS[0].observation,), answer=answer, received=AT)
    items = state_of(report(), matter(entered(said)), by="V-1").items
    first, second = (detail(item, uncovered=True, original=None).plain for item in items[:2])

    assert f"Friday 20 November 2026: {words}" in first
    assert "has said nothing on this item." not in first
    assert "has said nothing on this item." in second
