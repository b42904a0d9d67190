"""How much ordinary speech is flagged: `python -m benchmarks.harmless DATA/relevance dev|test`.

Posts that others labelled harmless, in sets that may be trained on; homonyms and figures of speech occur there as people use them.
Each set is split in two by the digest of the text. The texts of the half `dev` may be read while rules are written; of the half `test`
only these counts are. Posts that the same sets call hateful stand beside, so that no rule is mended by finding nothing.
Labels of such sets err: a part of what is flagged there is what the rules are for.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.intervals import interval, percent, share
from benchmarks.relevance import LONGEST_FIELD
from benchmarks.setting import LEXICONS, POLICIES, SCOPE, post
from footprint.filters.relevance import assess
from footprint.model.decision import Effect

Row = Mapping[str, str]

HALVES = ("dev", "test")


class Source(NamedTuple):
    """A file of a set, and how its rows are labelled."""

    file: str
    text: str
    """The column of the text."""
    harmless: Callable[[Row], bool]
    hateful: Callable[[Row], bool]


def _never(_: Row) -> bool:
    return False


def _is(column: str, *labels: str) -> Callable[[Row], bool]:
    return lambda row: row[column] in labels


def _marks(row: Row, *severities: str) -> int:
    """Return how many annotators of a dialogue chose one of these steps of abuse."""
    return sum(
        value.startswith("1")
        for name, value in row.items()
        if "_is_abuse." in name and name.partition("_is_abuse.")[2] in severities
    )


def _all_call_it_harmless(row: Row) -> bool:
    return _marks(row, "1", "0") > 0 and not _marks(row, "-1", "-2", "-3")


SOURCES: dict[str, Source] = {
    "davidson": Source("davidson.csv", "text", _is("label", "neither"), _is("label", "hate")),
    "hatexplain": Source("hatexplain.csv", "text", _is("label", "normal"), _is("label", "hate")),
    "edos": Source("edos.csv", "text", _is("label", "not sexist"), _is("label", "sexist")),
    "sarcasm": Source("sarcasm.csv", "text", _is("sarcastic", "0", "1"), _never),
    "convabuse": Source("convabuse_train.csv", "user", _all_call_it_harmless, lambda row: _marks(row, "-2", "-3") > 1),
    "toxic-spans": Source("toxic_spans.csv", "text", _is("spans", "[]"), _never),
    "toxigen": Source("toxigen_demonstrations.csv", "text", _is("label", "neutral"), _is("label", "hate")),
    "hatemoji": Source("hatemojibuild.csv", "text", _is("label", "non-hateful"), _is("label", "hateful")),
}


class Post(NamedTuple):
    """A post of a half, with what others call it and what was found."""

    text: str
    hateful: bool
    rules: tuple[str, ...]
    """Rules that found something plainly."""


def half_of(text: str) -> str:
    """Return the half that a text belongs to, whatever set it stands in."""
    return HALVES[hashlib.sha256(text.encode()).digest()[0] % 2]


def posts(folder: Path, name: str, half: str) -> Iterator[Post]:
    """Yield the posts of a half of a set that are labelled one way or the other."""
    csv.field_size_limit(LONGEST_FIELD)
    source = SOURCES[name]
    with (folder / source.file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            text = row[source.text]
            labelled = source.harmless(row), source.hateful(row)
            if any(labelled) and half_of(text) == half:
                yield Post(text, labelled[1], plainly(text))


def plainly(text: str) -> tuple[str, ...]:
    """Return the rules that find something plainly in a text, as the only setting has it."""
    found = assess(post(text), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)
    return tuple(each.decision.rule for each in found if each.decision.effect is Effect.PERMIT)


def _flagged(rows: Sequence[Post]) -> float:
    return share(sum(bool(row.rules) for row in rows), len(rows))


def measure(folder: Path, half: str) -> dict[str, object]:
    """Print a line a set and the line of figures, and return the figures: by set, how many were flagged of how many."""
    counts: dict[str, dict[str, list[int]]] = {"harmless": {}, "hateful": {}}
    rules: Counter[str] = Counter()
    for name in SOURCES:
        rows = list(posts(folder, name, half))
        for title, part in (
            ("harmless", [row for row in rows if not row.hateful]),
            ("hateful", [row for row in rows if row.hateful]),
        ):
            if part:
                bounds = interval(part, _text, _flagged)
                print(f"{name:<14}{title:<10}{len(part):6}  flagged {percent(_flagged(part), bounds)}")
                counts[title][name] = [len(part), sum(bool(row.rules) for row in part)]
        rules.update(rule for row in rows if not row.hateful for rule in row.rules)
    figures: dict[str, object] = {"half": half, **counts, "rules": dict(rules.most_common())}
    print(json.dumps(figures))
    return figures


def _text(row: Post) -> str:
    return row.text


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[2] not in HALVES:
        sys.exit("usage: python -m benchmarks.harmless DATA/relevance dev|test")
    measure(Path(sys.argv[1]), sys.argv[2])
