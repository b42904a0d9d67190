"""How far two reviewers agree, beyond what chance would give; pure.

Cohen's kappa for two (J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
Measurement 20(1), 1960, 37-46). Krippendorff's alpha for any number, with gaps, for categories or for ranks
(A. F. Hayes and K. Krippendorff, "Answering the call for a standard reliability measure for coding data", Communication
Methods and Measures 1(1), 2007, 77-89). Both are None where they are not defined: nobody can agree beyond chance
where there is nothing to tell apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import permutations
from typing import TypeVar

from footprint.model.record import Id, Line, Record
from footprint.model.review import CaseReview, Review

V = TypeVar("V", bound=Hashable)
Distance = Callable[[V, V, Mapping[V, float]], float]
"""How far two values are apart, squared, given how often each was used."""


class Agreement(Record):
    """How far the first verdicts of two reviewers agree, over the items that both reviewed."""

    first: Id
    second: Id
    of: Line
    """`attribution`, `relevance`, `grade`."""
    items: int
    same: int
    kappa: float | None
    """Cohen's; None where it is not defined."""
    alpha: float | None
    """Krippendorff's: nominal, for grades ordinal; None where it is not defined."""


def cohen_kappa(pairs: Sequence[tuple[V, V]]) -> float | None:
    """Return Cohen's kappa of pairs of codes; None without pairs, or where both used one and the same code throughout."""
    total = len(pairs)
    if not total:
        return None
    observed = sum(first == second for first, second in pairs) / total
    ours, theirs = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    expected = sum(ours[code] * theirs[code] for code in ours) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def nominal(one: V, other: V, used: Mapping[V, float]) -> float:
    """Return 0 for equal codes and 1 for different ones."""
    return float(one != other)


def ordinal(one: int, other: int, used: Mapping[int, float]) -> float:
    """Return the squared distance of two ranks: how many uses lie between them, the ends counted half."""
    low, high = min(one, other), max(one, other)
    between = sum(count for rank, count in used.items() if low <= rank <= high)
    return (between - (used[low] + used[high]) / 2) ** 2


def krippendorff_alpha(units: Iterable[Sequence[V]], distance: Distance[V] = nominal) -> float | None:
    """Return Krippendorff's alpha of units, each with the values that its reviewers gave it.

    Units with fewer than two values are left out. None where no unit is left, or all values are the same.
    """
    paired = [unit for unit in units if len(unit) > 1]
    coincidences: dict[tuple[V, V], float] = {}
    for unit in paired:
        for pair in permutations(unit, 2):
            coincidences[pair] = coincidences.get(pair, 0.0) + 1 / (len(unit) - 1)
    used: Counter[V] = Counter(value for unit in paired for value in unit)
    total = sum(used.values())
    weights: dict[V, float] = {value: float(count) for value, count in used.items()}
    expected = sum(
        weights[one] * weights[other] * distance(one, other, weights) for one in weights for other in weights
    )
    if not expected:
        return None
    observed = sum(times * distance(one, other, weights) for (one, other), times in coincidences.items())
    return 1 - (total - 1) * observed / expected


def agreements(review: CaseReview, items: Iterable[str]) -> tuple[Agreement, ...]:
    """Return the agreement of each two reviewers of a case, from their first verdicts on the items both reviewed."""
    listed = tuple(items)
    reviewers = review.reviewers
    return tuple(
        agreement
        for number, first in enumerate(reviewers)
        for second in reviewers[number + 1 :]
        for agreement in _between(first, second, review, listed)
    )


def _between(first: str, second: str, review: CaseReview, items: tuple[str, ...]) -> Iterable[Agreement]:
    firsts = [review.first_verdicts(item) for item in items]
    both = [(verdicts[first], verdicts[second]) for verdicts in firsts if first in verdicts and second in verdicts]
    if not both:
        return
    yield _agreement(first, second, "attribution", [(str(a.attribution), str(b.attribution)) for a, b in both])
    confirmed = [(_code(a), _code(b)) for a, b in both if a.relevance is not None and b.relevance is not None]
    yield _agreement(first, second, "relevance", confirmed)
    grades = [(int(a.grade), int(b.grade)) for a, b in both if a.grade is not None and b.grade is not None]
    yield Agreement(
        first=first,
        second=second,
        of="grade",
        items=len(grades),
        same=sum(a == b for a, b in grades),
        kappa=cohen_kappa(grades),
        alpha=krippendorff_alpha(grades, ordinal),
    )


def _agreement(first: str, second: str, of: str, pairs: list[tuple[str, str]]) -> Agreement:
    return Agreement(
        first=first,
        second=second,
        of=of,
        items=len(pairs),
        same=sum(a == b for a, b in pairs),
        kappa=cohen_kappa(pairs),
        alpha=krippendorff_alpha(pairs),
    )


def _code(review: Review) -> str:
    return f"{review.relevance}/{review.category or ''}"
