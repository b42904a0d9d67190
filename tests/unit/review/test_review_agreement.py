"""Agreement beyond chance, against figures worked out by hand and printed in the literature."""

from __future__ import annotations

import pytest

from footprint.model.outcome import Outcome
from footprint.review.agreement import agreements, cohen_kappa, krippendorff_alpha, ordinal
from review_samples import AT, counts, dismissed, entered, not_theirs

TABLE = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        (TABLE, 0.4),  # observed .70, expected .50: (.70 - .50) / .50
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "a")], None),
        ([], None),
    ],
)
def test_cohens_kappa(pairs: list[tuple[str, str]], kappa: float | None) -> None:
    """Observed over expected agreement; not defined where nobody told anything apart."""
    assert cohen_kappa(pairs) == (None if kappa is None else pytest.approx(kappa))


FOUR_OBSERVERS = (
    (1, 1, 1),
    (2, 2, 3, 2),
    (3, 3, 3, 3),
    (3, 3, 3, 3),
    (2, 2, 2, 2),
    (1, 2, 3, 4),
    (4, 4, 4, 4),
    (1, 1, 2, 1),
    (2, 2, 2, 2),
    (5, 5, 5),
    (1, 1),
    (3,),
)
"""The reliability data of K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), section D."""


def test_krippendorffs_alpha_as_printed() -> None:
    """The published example, with gaps: nominal .743, ordinal .815."""
    assert krippendorff_alpha(FOUR_OBSERVERS) == pytest.approx(0.743, abs=0.0005)
    assert krippendorff_alpha(FOUR_OBSERVERS, ordinal) == pytest.approx(0.815, abs=0.0005)


@pytest.mark.parametrize("units", [(), ((1,), (2,)), ((1, 1), (1, 1))])
def test_alpha_needs_something_to_tell_apart(units: tuple[tuple[int, ...], ...]) -> None:
    """Without pairs, or with one value throughout, there is no alpha."""
    assert krippendorff_alpha(units) is None


def test_first_verdicts_are_compared() -> None:
    """What the two said before they talked: later verdicts do not make them agree more."""
    case = entered(counts("F01"), dismissed("F02"), not_theirs("F03"))
    for event in (counts("F01", Outcome.NO_CONCERN), counts("F02"), not_theirs("F03"), dismissed("F02")):
        case = case.after(AT, "V-2", event)
    found = {agreement.of: agreement for agreement in agreements(case, ["F01", "F02", "F03", "F04"])}

    assert {of: (a.items, a.same) for of, a in found.items()} == {
        "attribution": (3, 3),
        "relevance": (2, 1),
        "grade": (1, 0),
    }
    assert (found["attribution"].first, found["attribution"].second) == ("V-1", "V-2")
    assert found["attribution"].kappa == 1.0


def test_nothing_to_compare_gives_nothing() -> None:
    """One reviewer, or two who saw different items."""
    assert agreements(entered(counts("F01")), ["F01"]) == ()
    assert agreements(entered(counts("F01")).after(AT, "V-2", counts("F02")), ["F01", "F02"]) == ()
