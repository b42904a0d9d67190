"""How well relevance finds hate, and how much harmless speech it flags: `python -m benchmarks.relevance FILE.csv`.

Columns: text, label; optional functionality, target, templ_id (rows of one template are drawn together in the bootstrap).
A text is *flagged* where at least one plain finding stands (effect PERMIT); findings that only ask for a look at their context
(REVIEW) are counted apart: nothing is held against anyone by them.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.floor import words_per_second
from benchmarks.intervals import Interval, interval, percent, share
from benchmarks.setting import LEXICONS, POLICIES, SCOPE, VERSIONS, post
from footprint.filters.relevance import assess
from footprint.model.decision import Effect

HATEFUL = frozenset({"hateful", "hate", "hatespeech", "sexist", "toxic", "abusive", "1", "true", "yes", "must-flag"})
"""Labels that mean hate, or in self-made files what is to be flagged; every other label means none, and the table prints which labels were seen."""

LONGEST_FIELD = 10_000_000


class Case(NamedTuple):
    """One row of the file."""

    text: str
    label: str
    functionality: str
    target: str
    template: str

    @property
    def is_hateful(self) -> bool:
        """What the label says."""
        return self.label.strip().lower() in HATEFUL


class Judged(NamedTuple):
    """One row with what was found."""

    case: Case
    flagged: bool
    review: bool
    """Findings stand, and every one of them asks for a look at its context."""

    @property
    def is_correct(self) -> bool:
        """Flagged where it is hateful, not flagged where it is not."""
        return self.flagged is self.case.is_hateful


def read(path: Path) -> list[Case]:
    """Return the rows of a file. Raises KeyError where `text` or `label` is missing."""
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Case(
                row["text"],
                row["label"],
                row.get("functionality") or "",
                row.get("target") or "",
                row.get("templ_id") or str(number),
            )
            for number, row in enumerate(csv.DictReader(lines))
        ]


def judge(cases: Sequence[Case]) -> tuple[list[Judged], float]:
    """Return what was found in each row, and the seconds of one core that it took; a run of 50 texts goes before."""
    posts = [post(case.text) for case in cases]
    for warm in posts[:50]:
        assess(warm, lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)
    start = time.process_time()
    found = [assess(each, lexicons=LEXICONS, policies=POLICIES, scope=SCOPE) for each in posts]
    spent = time.process_time() - start
    effects = [{relevance.decision.effect for relevance in relevances} for relevances in found]
    return [
        Judged(case, Effect.PERMIT in each, Effect.REVIEW in each and Effect.PERMIT not in each)
        for case, each in zip(cases, effects, strict=True)
    ], spent


def _confusion(rows: Sequence[Judged]) -> tuple[int, int, int, int]:
    counts = Counter((row.case.is_hateful, row.flagged) for row in rows)
    return counts[True, True], counts[False, True], counts[True, False], counts[False, False]


def macro_f1(rows: Sequence[Judged]) -> float:
    """Return the mean of the F1 of hateful and of non-hateful; of one alone where the file has only that."""
    hit, wrong, missed, passed = _confusion(rows)
    figures = [share(2 * hit, 2 * hit + wrong + missed)] if hit + missed else []
    figures += [share(2 * passed, 2 * passed + wrong + missed)] if passed + wrong else []
    return share(sum(figures), len(figures))


def precision(rows: Sequence[Judged]) -> float:
    """Return which share of the flagged is hateful."""
    hit, wrong, _, _ = _confusion(rows)
    return share(hit, hit + wrong)


def recall(rows: Sequence[Judged]) -> float:
    """Return which share of the hateful is flagged."""
    hit, _, missed, _ = _confusion(rows)
    return share(hit, hit + missed)


def specificity(rows: Sequence[Judged]) -> float:
    """Return which share of the non-hateful is not flagged."""
    _, wrong, _, passed = _confusion(rows)
    return share(passed, passed + wrong)


def flagged(rows: Sequence[Judged]) -> float:
    """Return which share is flagged."""
    return share(sum(row.flagged for row in rows), len(rows))


def correct(rows: Sequence[Judged]) -> float:
    """Return which share is judged as labelled."""
    return share(sum(row.is_correct for row in rows), len(rows))


FIGURES = (macro_f1, precision, recall, specificity, flagged)


def _template(row: Judged) -> str:
    return row.case.template


def _by(rows: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for row in rows:
        if key(row):
            groups.setdefault(key(row), []).append(row)
    return dict(sorted(groups.items()))


def _counts(groups: dict[str, list[Judged]]) -> dict[str, list[int]]:
    return {name: [len(rows), sum(row.is_correct for row in rows)] for name, rows in groups.items()}


def figures(rows: Sequence[Judged], seconds: float) -> dict[str, object]:
    """Return the figures under the names that every such file is compared by. Shares are from 0 to 1."""
    looked = words_per_second([row.case.text for row in rows])
    return {
        "n": len(rows),
        "macro_f1": round(macro_f1(rows), 4),
        "precision": round(precision(rows), 4),
        "recall": round(recall(rows), 4),
        "specificity": round(specificity(rows), 4),
        "flagged": sum(row.flagged for row in rows),
        "review": sum(row.review for row in rows),
        "per_second": round(share(len(rows), seconds)),
        "of_floor": round(share(sum(len(row.case.text) for row in rows) / max(seconds, 1e-9), looked), 5),
        "intervals": {figure.__name__: _rounded(interval(rows, _template, figure)) for figure in FIGURES},
        "by_functionality": _counts(_by(rows, lambda row: row.case.functionality)),
        "by_target": _counts(_by(rows, lambda row: row.case.target)),
    }


def _rounded(bounds: Interval) -> list[float]:
    return [round(bounds[0], 4), round(bounds[1], 4)]


def table(rows: Sequence[Judged]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"setting: rules only; {VERSIONS}"
    yield f"labels: {dict(Counter(row.case.label for row in rows))}; hateful are {sorted(HATEFUL)}"
    for figure in FIGURES:
        yield f"{figure.__name__:<24}{percent(figure(rows), interval(rows, _template, figure))}"
    review = sum(row.review for row in rows)
    yield f"{'only for review':<24}{100 * share(review, len(rows)):5.1f} %, {review} more than are flagged"
    for title, key in (("functionality", _functionality), ("target", _target)):
        for name, group in _by(rows, key).items():
            bounds = interval(group, _template, correct)
            looked = sum(row.review for row in group)
            yield f"{title:<14}{name:<24}{len(group):5}  correct {percent(correct(group), bounds)}  review {looked}"


def _functionality(row: Judged) -> str:
    return row.case.functionality


def _target(row: Judged) -> str:
    return row.case.target


def measure(path: Path) -> dict[str, object]:
    """Print the table and the line of figures of a file, and return the figures."""
    rows, seconds = judge(read(path))
    for line in table(rows):
        print(line)
    result = figures(rows, seconds)
    print(json.dumps(result))
    return result


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.relevance FILE.csv")
    measure(Path(sys.argv[1]))
