"""Judged pairs of person names: could they be one name. `python -m benchmarks.attribution_names FILE.csv`.

Columns: name1, name2, is_match (true or false). Three settings are measured: *could be* (same or similar), which is the figure of the
JSON line and what a person may be asked about; *same*, the stricter one, which with one independent identifier can lead to an
attribution; and *same or a form of it* (a short form, another spelling of its sound), which can with two.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from footprint.attribution.forms import forget, form_of
from footprint.attribution.names import SAME_NAME, SIMILAR_NAME, Alignment, compare, compare_forms

ROUNDS = 1000
SEED = 20261122
SECONDS = 0.5
TIMED_ROUNDS = 5


class NamePair(NamedTuple):
    """Two names and whether people who judged them took them for one."""

    first: str
    second: str
    is_match: bool


class Counts(NamedTuple):
    """How often a setting was right and wrong."""

    rightly: int
    wrongly: int
    missed: int


def read(path: Path) -> tuple[NamePair, ...]:
    """Return the pairs of a file."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return tuple(
            NamePair(row["name1"], row["name2"], row["is_match"].strip().lower() in ("true", "1")) for row in rows
        )


def count(answers: Sequence[tuple[bool, bool]]) -> Counts:
    """Count answers, each what was said and what is true."""
    return Counts(
        rightly=sum(said and true for said, true in answers),
        wrongly=sum(said and not true for said, true in answers),
        missed=sum(true and not said for said, true in answers),
    )


def rates(counts: Counts) -> tuple[float, float, float]:
    """Return precision, recall and F1; a rate of nothing is 0."""
    rightly, wrongly, missed = counts
    precision, recall = rightly / max(1, rightly + wrongly), rightly / max(1, rightly + missed)
    return precision, recall, 2 * rightly / max(1, 2 * rightly + wrongly + missed)


def intervals(answers: Sequence[tuple[bool, bool]]) -> list[tuple[float, float]]:
    """Return 95 % intervals of precision, recall and F1 by bootstrap over pairs."""
    chance = random.Random(SEED)
    runs = [rates(count(chance.choices(answers, k=len(answers)))) for _ in range(ROUNDS)]
    columns = [sorted(column) for column in zip(*runs, strict=True)]
    return [(column[int(0.025 * ROUNDS)], column[int(0.975 * ROUNDS)]) for column in columns]


def half_of(pair: NamePair) -> str:
    """Return `tuning` or `held` by the hash of a pair."""
    return ("tuning", "held")[hashlib.sha256(f"{pair.first}\t{pair.second}".encode()).digest()[0] % 2]


def per_second(pairs: Sequence[NamePair]) -> int:
    """Return how many pairs of names, each brought to its form before, one core compares in a second of CPU; the best of some rounds."""
    forms = [(form_of(pair.first), form_of(pair.second)) for pair in pairs]
    best = 0.0
    for _ in range(TIMED_ROUNDS):
        compared, start = 0, time.process_time()
        while time.process_time() - start < SECONDS:
            for one, other in forms:
                _ = compare_forms(one, other).could_be
            compared += len(forms)
        best = max(best, compared / (time.process_time() - start))
    return int(best)


def per_second_cold(pairs: Sequence[NamePair]) -> int:
    """Return how many pairs of names that were never seen before one core normalises and compares in a second of CPU."""
    seconds, compared = 0.0, 0
    while seconds < SECONDS:
        forget()
        start = time.process_time()
        for pair in pairs:
            _ = compare(pair.first, pair.second).could_be
        seconds += time.process_time() - start
        compared += len(pairs)
    return int(compared / seconds)


def measure(path: Path) -> dict[str, object]:
    """Print a table and one JSON line, and return what the line holds."""
    pairs = read(path)
    if not pairs:
        sys.exit(f"{path.name} has no pairs")
    settings: tuple[tuple[str, Callable[[Alignment], bool]], ...] = (
        (f"could be (score from {SIMILAR_NAME})", lambda fit: fit.could_be),
        (f"same (score from {SAME_NAME})", lambda fit: fit.is_same),
        ("same or a form of it", lambda fit: fit.is_same or fit.is_variant),
    )
    compared = [(pair, compare(pair.first, pair.second)) for pair in pairs]
    for setting, says in settings:
        for part in ("all", "tuning", "held"):
            _print_part(
                setting, part, [(says(fit), pair.is_match) for pair, fit in compared if part in ("all", half_of(pair))]
            )
    precision, recall, f1 = rates(count([(fit.could_be, pair.is_match) for pair, fit in compared]))
    warm, cold = per_second(pairs), per_second_cold(pairs)
    print(
        f"pairs a second of CPU on one core: {warm} with normalised names (best of {TIMED_ROUNDS} rounds), {cold} with names never seen"
    )
    strict, forms = (rates(count([(says(fit), pair.is_match) for pair, fit in compared])) for _, says in settings[1:])
    spans = intervals([(fit.could_be, pair.is_match) for pair, fit in compared])
    figures: dict[str, object] = {
        "n": len(pairs),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "per_second": warm,
        "same_precision": round(strict[0], 4),
        "same_recall": round(strict[1], 4),
        "forms_precision": round(forms[0], 4),
        "forms_recall": round(forms[1], 4),
        "intervals": {
            name: [round(end, 4) for end in span]
            for name, span in zip(("precision", "recall", "f1"), spans, strict=True)
        },
    }
    print(json.dumps(figures))
    return figures


def _print_part(setting: str, part: str, answers: Sequence[tuple[bool, bool]]) -> None:
    if not answers:
        return
    shown = [
        f"{name} {rate:.3f} [{low:.3f}, {high:.3f}]"
        for name, rate, (low, high) in zip(
            ("precision", "recall", "F1"), rates(count(answers)), intervals(answers), strict=True
        )
    ]
    print(f"{setting:<27} {part:<7}{len(answers):>6} pairs  {'  '.join(shown)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.attribution_names FILE.csv")
    measure(Path(sys.argv[1]))
