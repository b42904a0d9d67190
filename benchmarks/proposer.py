"""What the model that may propose adds to the rules: `python -m benchmarks.proposer FILE.csv`, of the form that `benchmarks.relevance` reads.

A suggestion is no finding. So the figures of the rules stand alone, as `benchmarks.relevance` prints them, and beside them what they would be if every
suggestion were taken for one: what a reader of the list of suggestions would have to read, and what they would find there.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.intervals import interval, percent, share
from benchmarks.relevance import FIGURES, Case, Judged, macro_f1, precision, read, recall, specificity
from benchmarks.setting import LEXICONS, POLICIES, SCOPE, VERSIONS, post
from footprint.filters.proposing import Grounds, Proposer, consider
from footprint.filters.relevance import assess
from footprint.model.decision import Citation, Decision, Effect
from footprint.model.suggestion import Considered, Why
from footprint.proposers.load import linear

LAWFUL = (
    Decision(
        rule="any", version="1", effect=Effect.PERMIT, reason="A set.", citation=Citation(article="-", confirmed=True)
    ),
)
GROUNDS = Grounds(LEXICONS, POLICIES, SCOPE)


class Proposed(NamedTuple):
    """One row, with what the rules found and what the model proposes."""

    case: Case
    flagged: bool
    considered: Considered

    @property
    def is_suggested(self) -> bool:
        """True where it would stand in the list of suggestions."""
        return self.considered.why is Why.SUGGESTED

    @property
    def by_rules(self) -> Judged:
        """What the rules alone say."""
        return Judged(self.case, self.flagged, False)

    @property
    def by_both(self) -> Judged:
        """What it would be if a suggestion were a finding."""
        return Judged(self.case, self.flagged or self.is_suggested, False)


def judge(cases: Sequence[Case], proposer: Proposer) -> tuple[list[Proposed], float]:
    """Return what the rules and the model say of each row, and the seconds of one core that both took; 50 texts go before."""
    for case in cases[:50]:
        _judge(case, proposer)
    start = time.process_time()
    rows = [_judge(case, proposer) for case in cases]
    return rows, time.process_time() - start


def _judge(case: Case, proposer: Proposer) -> Proposed:
    said = post(case.text)
    found = assess(said, lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)
    considered = consider(said, proposer, GROUNDS, legality=LAWFUL, found=found)
    return Proposed(case, any(each.decision.effect is Effect.PERMIT for each in found), considered)


def figures(rows: Sequence[Proposed], seconds: float) -> dict[str, object]:
    """Return the figures; shares are from 0 to 1."""
    suggested = [row for row in rows if row.is_suggested]
    return {
        "n": len(rows),
        "rules": _four([row.by_rules for row in rows]),
        "rules_or_suggestions": _four([row.by_both for row in rows]),
        "suggested": len(suggested),
        "suggested_hateful": sum(row.case.is_hateful for row in suggested),
        "asked": sum(row.considered.score is not None for row in rows),
        "per_second": round(share(len(rows), seconds)),
        "by_functionality": _by(rows, "functionality"),
        "by_target": _by(rows, "target"),
    }


def _four(rows: Sequence[Judged]) -> dict[str, float]:
    return {figure.__name__: round(figure(rows), 4) for figure in (macro_f1, precision, recall, specificity)}


def _by(rows: Sequence[Proposed], field: str) -> dict[str, list[int]]:
    """Return how many rows a name has, and how many of them are suggested."""
    names = Counter(getattr(row.case, field) for row in rows)
    taken = Counter(getattr(row.case, field) for row in rows if row.is_suggested)
    return {name: [count, taken[name]] for name, count in sorted(names.items()) if name}


def table(rows: Sequence[Proposed], proposer: Proposer) -> Iterator[str]:
    """Yield the lines of the table."""
    source = proposer.source
    yield f"setting: {source.name} {source.version}, from {source.threshold:.2f} on, {source.sha256[:12]}; {VERSIONS}"
    for title, judged in (
        ("rules alone", [row.by_rules for row in rows]),
        ("rules or suggestions", [row.by_both for row in rows]),
    ):
        for figure in FIGURES:
            bounds = interval(judged, lambda row: row.case.template, figure)
            yield f"{title:<22}{figure.__name__:<14}{percent(figure(judged), bounds)}"
    suggested = [row for row in rows if row.is_suggested]
    hateful = sum(row.case.is_hateful for row in suggested)
    yield f"suggested {len(suggested)} of {len(rows)}, labelled hateful {hateful}, not {len(suggested) - hateful}"
    yield f"considered: {dict(sorted(Counter(str(row.considered.why) for row in rows).items()))}"
    for name, (count, taken) in _by(rows, "functionality").items():
        yield f"functionality {name:<24}{count:5}  suggested {taken}"
    for name, (count, taken) in _by(rows, "target").items():
        yield f"target        {name:<24}{count:5}  suggested {taken}"


def measure(path: Path) -> dict[str, object]:
    """Print the table and the line of figures of a file, and return the figures."""
    proposer = linear()
    rows, seconds = judge(read(path), proposer)
    for line in table(rows, proposer):
        print(line)
    result = figures(rows, seconds)
    print(json.dumps(result))
    return result


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.proposer FILE.csv")
    measure(Path(sys.argv[1]))
