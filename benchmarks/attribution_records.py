"""Records of people who share a name: which are one person's. `python -m benchmarks.attribution_records FILE.csv`.

Columns: cluster (the name), identity (the truth), person, and of dates, title, attribution, provision, subjects what there is.
Only the rows' own words are used, never identifiers of the catalogue. Pairs are pairs of rows of one cluster.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from footprint.attribution.records import JOINS, KINDS, OF_WEIGHT, CatalogueRecord, Prepared, Rarity, group, prepare

ROUNDS = 1000
SEED = 20261122


class Row(NamedTuple):
    """One record and who it is truly about."""

    identity: str
    record: CatalogueRecord


class Tally(NamedTuple):
    """What one name adds to the figures."""

    pairs: int = 0
    joined_rightly: int = 0
    joined_wrongly: int = 0
    missed: int = 0
    rows: int = 0
    row_precision: float = 0.0
    row_recall: float = 0.0


def read(path: Path) -> dict[str, list[Row]]:
    """Return the rows by cluster."""
    names: dict[str, list[Row]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            record = CatalogueRecord(
                person=", ".join(part for part in (line["person"], line.get("dates") or "") if part),
                title=line.get("title") or "",
                subjects=tuple((line.get("subjects") or "").split(";")),
                responsibility=line.get("attribution") or "",
                imprint=line.get("provision") or "",
            )
            names.setdefault(line["cluster"], []).append(Row(line["identity"], record))
    return names


def tally(truth: Sequence[str], found: Sequence[int]) -> Tally:
    """Return the counts of one name, pair by pair and row by row (B-cubed: Bagga and Baldwin 1998)."""
    counts = Counter((a == b, p == q) for (a, p), (b, q) in combinations(zip(truth, found, strict=True), 2))
    of_person, of_group, both = Counter(truth), Counter(found), Counter(zip(truth, found, strict=True))
    rows = list(zip(truth, found, strict=True))
    return Tally(
        pairs=sum(counts.values()),
        joined_rightly=counts[True, True],
        joined_wrongly=counts[False, True],
        missed=counts[True, False],
        rows=len(rows),
        row_precision=sum(both[row] / of_group[row[1]] for row in rows),
        row_recall=sum(both[row] / of_person[row[0]] for row in rows),
    )


def figures(tallies: Iterable[Tally]) -> dict[str, float]:
    """Return the rates of many names together."""
    total = [sum(column) for column in zip(*tallies, strict=True)] or [0.0] * len(Tally._fields)
    pairs, rightly, wrongly, missed, rows, row_precision, row_recall = total
    return {
        "pairs": int(pairs),
        "precision": rightly / max(1, rightly + wrongly),
        "recall": rightly / max(1, rightly + missed),
        "bcubed_precision": row_precision / max(1, rows),
        "bcubed_recall": row_recall / max(1, rows),
    }


def intervals(tallies: Sequence[Tally]) -> dict[str, tuple[float, float]]:
    """Return 95 % intervals by bootstrap over names, because the rows of one name stand or fall together."""
    chance = random.Random(SEED)
    runs = [figures(chance.choices(tallies, k=len(tallies))) for _ in range(ROUNDS)]
    return {rate: _middle([run[rate] for run in runs]) for rate in runs[0]}


def _middle(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered))]


def half_of(name: str) -> str:
    """Return `tuning` or `held` by the hash of a cluster."""
    return ("tuning", "held")[hashlib.sha256(name.encode()).digest()[0] % 2]


def measure(path: Path) -> dict[str, object]:
    """Print a table and one JSON line, and return what the line holds."""
    names = read(path)
    start = time.process_time()
    prepared: dict[str, list[Prepared]] = {name: [prepare(row.record) for row in rows] for name, rows in names.items()}
    rarity = Rarity(prepared.values())
    found = {name: group(records, rarity) for name, records in prepared.items()}
    seconds = time.process_time() - start
    tallies = {name: tally([row.identity for row in rows], found[name]) for name, rows in names.items()}
    print(f"joined from weight {JOINS}, by {KINDS} kinds of evidence of {OF_WEIGHT} or more; {seconds:.1f} s of CPU")
    halves = {half: [entry for name, entry in tallies.items() if half_of(name) == half] for half in ("tuning", "held")}
    for title, part in (("all", list(tallies.values())), *halves.items()):
        _print_part(title, part)
    alone = {name: tally([row.identity for row in rows], [0] * len(rows)) for name, rows in names.items()}
    _print_part("name alone", list(alone.values()))
    rates: dict[str, object] = {key: round(value, 4) for key, value in figures(tallies.values()).items()}
    spans = intervals(list(tallies.values()))
    rates["intervals"] = {rate: [round(end, 4) for end in span] for rate, span in spans.items() if rate != "pairs"}
    print(json.dumps(rates))
    return rates


def _print_part(title: str, part: Sequence[Tally]) -> None:
    if not part:
        return
    rates, spans = figures(part), intervals(part)
    shown = [
        f"{rate} {rates[rate]:.4f} [{low:.4f}, {high:.4f}]" for rate, (low, high) in spans.items() if rate != "pairs"
    ]
    print(f"{title:<11}{len(part):>4} names {rates['pairs']:>7} pairs  {'  '.join(shown)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.attribution_records FILE.csv")
    measure(Path(sys.argv[1]))
