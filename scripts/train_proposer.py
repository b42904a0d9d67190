"""Train the linear proposer, again and to the byte: `python -m scripts.train_proposer FOLDER [--out FILE] [--folds N]`.

FOLDER holds the sets of `SETS`, each pinned by its SHA-256; another file is refused, and none is fetched. What comes out is a table of terms and
weights, and nothing of a text: groups, names, accounts and addresses are taken out before anything is counted (`filters/unnamed.py`), a word
must stand in five texts, n-grams of letters in three different words, and what is an account's name, or written with a capital as names are, is barred.
Sums are made in one order and weights are rounded, so that two runs give identical bytes. Nothing but the standard library does the fitting.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import re
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from nicknames import name_triplets

from benchmarks.proposer import GROUNDS, LAWFUL
from benchmarks.setting import LEXICONS, POLICIES, SCOPE, post
from footprint.errors import InputError
from footprint.filters.coefficients import Source, Table, features_of, logistic, score, written
from footprint.filters.ordinary_words import FUNCTION_WORDS
from footprint.filters.proposing import Weighed, consider, spelling
from footprint.filters.reading import Reading
from footprint.filters.relevance import assess
from footprint.filters.unnamed import Token, tokens_of
from footprint.model.suggestion import SuggestionSource, Why

VERSION = "1"
OUT = Path(__file__).parent.parent / "src/footprint/proposers/linear.tsv"


class Set(NamedTuple):
    """A set that may be trained on."""

    name: str
    sha256: str
    licence: str
    hateful: frozenset[str]
    harmless: frozenset[str]
    share: float
    """How often each of its rows counts."""


# Each set counts for about as much as another; the two large ones would else drown the rest.
SETS = (
    Set(
        "davidson",
        "cda0aa53b3d363b2d62d182dbf10fd18f35cc26021d7e62458f3316e1ca2f835",
        "MIT",
        frozenset({"hate"}),
        frozenset({"neither", "offensive"}),
        0.5,
    ),
    Set(
        "edos",
        "05949423b71aea6613d740c9b7377ef0c7bb672174aed792253847bb301438b6",
        "CC0-1.0",
        frozenset({"sexist"}),
        frozenset({"not sexist"}),
        0.5,
    ),
    Set(
        "hatemojibuild",
        "779621287676df68b5fdc514611776ed738929e2694d7a8bf46c5835482bc7ac",
        "CC-BY-4.0",
        frozenset({"hateful"}),
        frozenset({"non-hateful"}),
        2.0,
    ),
    Set(
        "hatexplain",
        "4977c297f955f2059df4aced4ec091e81824364f1fe6a54700a8162821af40ba",
        "MIT",
        frozenset({"hate"}),
        frozenset({"normal"}),
        2.0,
    ),
    Set(
        "toxigen_demonstrations",
        "ba6cbce736ff3fd298f7d2a305a2eaeed8ec7ab8744801493d007573edcb62e4",
        "CDLA-Permissive-2.0",
        frozenset({"hate"}),
        frozenset({"neutral"}),
        4.0,
    ),
)
"""`toxic_spans` is left out: it says where a comment is toxic, not whether it is hateful, and nearly all of it is toxic."""

LEAST_TEXTS, LEAST_WORDS = 5, 3
ROUNDS, RATE, SHRINK, SEED = 4, 0.1, 1e-4, 20261122
MOST = 20_000
"""Terms that are kept: those of the greatest weight."""


THRESHOLD = 0.55
"""Chosen by `--folds 4`: the lowest step at which, out of fold, in most of the sets more than half of what is suggested is labelled as hateful."""
READ_BY = Source(
    "lexicons",
    hashlib.sha256("".join(LEXICONS[id].digest() for id in sorted(LEXICONS)).encode()).hexdigest(),
    "Apache-2.0",
)
"""Our own lexicons, which say what is taken out of a text: with others, other bytes come out."""
STEPS = tuple(step / 100 for step in range(40, 95, 5))


class Row(NamedTuple):
    """A text, read."""

    set: int
    tokens: tuple[Token, ...]
    is_hateful: bool


def read(folder: Path, sets: Sequence[Set] = SETS) -> Iterator[tuple[int, str, bool]]:
    """Yield the number of the set, the text and the label of every row. Raises InputError for a file that is not the pinned one."""
    csv.field_size_limit(10_000_000)
    for number, each in enumerate(sets):
        content = (folder / f"{each.name}.csv").read_bytes()
        if hashlib.sha256(content).hexdigest() != each.sha256:
            raise InputError(where=f"{each.name}.csv", expected=f"the file with the SHA-256 {each.sha256}")
        for row in csv.DictReader(content.decode().splitlines(keepends=True)):
            label = row["label"].strip().lower()
            if label in each.hateful | each.harmless:
                yield number, row["text"], label in each.hateful


_HANDLE = re.compile(r"(?<![\w.])@(\w{1,40})")
_PROSE = re.compile(
    r"(?P<begins>^|[.!?:;\"\u201c\u201d*]\s*|\n\s*)?(?<![\w@#'\u2019/.])(?P<word>[A-Za-z]+(?:['\u2019][A-Za-z]+)*)(?!\w)"
)


def barred(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that may not enter the table: names of accounts, given names and their short forms, and words that are mostly
    written with a capital within a sentence.

    A word that our own lexicons hold is a word, whoever calls an account by it.
    """
    accounts: set[str] = set()
    large: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        accounts.update(found[1].lower() for found in _HANDLE.finditer(text))
        for found in _PROSE.finditer(text):
            word = found["word"]
            if word[0].islower():
                small[word.lower().replace("\u2019", "'")] += 1
            elif found["begins"] is None and not word.isupper():
                large[word.lower().replace("\u2019", "'")] += 1
    names = {word for word, count in large.items() if count >= 2 and count > small[word]}
    names.update(name.lower() for triplet in name_triplets() for name in (triplet.name1, triplet.name2))
    return frozenset((accounts | names) - _own_words())


def _own_words() -> set[str]:
    terms = (term for lexicon in LEXICONS.values() for group in lexicon.groups.values() for term in group)
    return {word for term in terms for word in re.findall(r"[a-z']+", re.sub(r"\{[^}]*\}", "", term))} | FUNCTION_WORDS


def without(tokens: tuple[Token, ...], words: frozenset[str]) -> tuple[Token, ...]:
    """Return the tokens with the barred words taken out."""
    return tuple(token._replace(word="<name>") if token.word in words else token for token in tokens)


def vocabulary(rows: Sequence[Row]) -> dict[str, int]:
    """Return the features that stand in texts enough, each with its number; n-grams of letters in words enough as well."""
    texts: Counter[str] = Counter()
    words: dict[str, set[str]] = {}
    for row in rows:
        features = features_of(row.tokens)
        texts.update(features.keys())
        for feature, places in features.items():
            known = words.setdefault(feature, set()) if feature[0] == "c" else None
            if known is not None and len(known) < LEAST_WORDS:
                known.update(row.tokens[place[0]].word for place in places)
    chosen = (
        feature
        for feature, count in texts.items()
        if count >= LEAST_TEXTS and (feature[0] == "w" or len(words[feature]) >= LEAST_WORDS)
    )
    return {feature: number for number, feature in enumerate(sorted(chosen))}


class Example(NamedTuple):
    """A row as numbers."""

    words: array[int]
    letters: array[int]
    at: tuple[float, float]
    """What each feature of a word, and of letters, counts."""
    is_hateful: bool
    counts: float
    """How much the row counts."""


def examples(rows: Sequence[Row], known: Mapping[str, int], sets: Sequence[Set]) -> list[Example]:
    """Return rows as numbers; in each set hateful and harmless count the same in all."""
    totals = Counter((row.set, row.is_hateful) for row in rows)
    both = Counter(row.set for row in rows)
    return [
        _example(row, known, sets[row.set].share * both[row.set] / (2 * totals[row.set, row.is_hateful]))
        for row in rows
    ]


def _example(row: Row, known: Mapping[str, int], counts: float) -> Example:
    found: dict[str, array[int]] = {"w": array("i"), "c": array("i")}
    total = {"w": 0, "c": 0}
    for feature in features_of(row.tokens):
        total[feature[0]] += 1
        if feature in known:
            found[feature[0]].append(known[feature])
    at = (1 / math.sqrt(total["w"] or 1), 1 / math.sqrt(total["c"] or 1))
    return Example(found["w"], found["c"], at, row.is_hateful, counts)


class Fitted(NamedTuple):
    """What was learnt."""

    bias: float
    weights: array[float]

    def margin(self, example: Example) -> float:
        """Return the sum whose logistic function is the score."""
        total = self.bias
        for numbers, at in zip((example.words, example.letters), example.at, strict=True):
            total += at * sum(self.weights[number] for number in numbers)
        return total


def fit(known: Sequence[Example], size: int, *, rounds: int = ROUNDS, shrink: float = SHRINK) -> Fitted:
    """Fit a logistic regression by stochastic gradient descent with a rate of its own for each weight (AdaGrad), in a fixed order."""
    weights, seen = array("d", bytes(8 * size)), array("d", [1e-2]) * size
    bias, seen_bias, order, random = 0.0, 1.0, list(range(len(known))), Random(SEED)  # noqa: S311 - an order, no secret
    for _ in range(rounds):
        random.shuffle(order)
        for number in order:
            example = known[number]
            gradient = (logistic(Fitted(bias, weights).margin(example)) - example.is_hateful) * example.counts
            seen_bias += gradient * gradient
            bias -= RATE * gradient / math.sqrt(seen_bias)
            for numbers, at in zip((example.words, example.letters), example.at, strict=True):
                step = gradient * at
                square = step * step
                for each in numbers:
                    slope = step + shrink * weights[each]
                    seen[each] += square
                    weights[each] -= RATE * slope / math.sqrt(seen[each])
    return Fitted(bias, weights)


def pruned(known: Mapping[str, int], fitted: Fitted) -> dict[str, float]:
    """Return the terms of the greatest weight, rounded; those that round to nothing are left out."""
    ranked = sorted(known, key=lambda term: (-abs(fitted.weights[known[term]]), term))[:MOST]
    weights = {term: round(fitted.weights[known[term]], 3) for term in ranked}
    return {term: weight for term, weight in weights.items() if weight}


def learnt(rows: Sequence[Row], sets: Sequence[Set], threshold: float) -> Table:
    """Return the table that some rows teach."""
    known = vocabulary(rows)
    fitted = fit(examples(rows, known, sets), len(known))
    sources = tuple(Source(each.name, each.sha256, each.licence) for each in sets)
    return Table("linear", VERSION, threshold, round(fitted.bias, 3), (*sources, READ_BY), pruned(known, fitted))


def train(folder: Path, sets: Sequence[Set] = SETS) -> tuple[Table, frozenset[str]]:
    """Return the table that the sets of a folder teach, and the words that were barred. Raises InputError for another file."""
    raw = list(read(folder, sets))
    words = barred(text for _, text, _ in raw)
    table = learnt(prepared(raw, words), sets, THRESHOLD)
    check(table, words)
    return table, words


def prepared(raw: Iterable[tuple[int, str, bool]], words: frozenset[str]) -> list[Row]:
    """Return rows read as the proposer reads a text, without the barred words."""
    mend = spelling(LEXICONS).mend
    return [Row(number, without(tokens_of(Reading(text, mend), LEXICONS), words), label) for number, text, label in raw]


def check(table: Table, words: frozenset[str]) -> None:
    """Raise ValueError where a barred word, an account or an address stands in a table."""
    for term in table.weights:
        kind, _, rest = term.partition(":")
        if kind == "w" and (words & set(rest.split()) or "@" in rest or "/" in rest):
            msg = "a barred word stands in the table"
            raise ValueError(msg)


def out_of_fold(rows: Sequence[Row], sets: Sequence[Set], folds: int) -> list[float]:
    """Return what each row scores by a table that was taught without its fold."""
    random = Random(SEED)  # noqa: S311 - a split, no secret
    fold = [random.randrange(folds) for _ in rows]
    scores = [0.0] * len(rows)
    for out in range(folds):
        table = learnt([row for row, own in zip(rows, fold, strict=True) if own != out], sets, THRESHOLD)
        for number, row in enumerate(rows):
            if fold[number] == out:
                scores[number] = score(table, row.tokens).score
    return scores


class Sure:
    """A model that would suggest everything: what it suggests is what the limits let pass."""

    source = SuggestionSource(name="sure", kind="linear", version="0", sha256="0" * 64, threshold=0.5)

    def weigh(self, tokens: tuple[Token, ...]) -> Weighed:
        """Return 1."""
        return Weighed(1.0, (0.0,) * len(tokens))


def is_near(text: str) -> bool:
    """Say whether a model would be asked about a text: no rule finds anything, and every other limit lets it pass."""
    found = assess(post(text), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)
    return consider(post(text), Sure(), GROUNDS, legality=LAWFUL, found=found).why is Why.SUGGESTED


def folds_table(
    raw: Sequence[tuple[int, str, bool]], rows: Sequence[Row], scores: Sequence[float], sets: Sequence[Set]
) -> Iterator[str]:
    """Yield, for each threshold and set, how many hateful and harmless texts would be suggested, of those that a model is asked about."""
    asked = [number for number, (_, text, _) in enumerate(raw) if is_near(text)]
    for threshold in STEPS:
        shares, cells = [], []
        for own, each in enumerate(sets):
            here = [number for number in asked if rows[number].set == own]
            hit = [rows[number].is_hateful for number in here if scores[number] >= threshold]
            shares.append(sum(hit) / len(hit) if hit else 0.0)
            cells.append(
                f"{each.name} {sum(hit)}/{sum(rows[n].is_hateful for n in here)} right, {len(hit) - sum(hit)} wrong"
            )
        yield f"{threshold:.2f}  median share right {median(shares):.3f}  {'; '.join(cells)}"


def main(arguments: Sequence[str] | None = None, sets: Sequence[Set] = SETS) -> None:
    """Train and write the table, or with --folds print what each threshold would do."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--folds", type=int, default=0)
    given = parser.parse_args(arguments)
    if given.folds:
        raw = list(read(given.folder, sets))
        rows = prepared(raw, barred(text for _, text, _ in raw))
        sys.stdout.writelines(
            f"{line}\n" for line in folds_table(raw, rows, out_of_fold(rows, sets, given.folds), sets)
        )
        return
    table, words = train(given.folder, sets)
    content = written(table).encode()
    given.out.write_bytes(content)
    facts = (f"{len(table.weights)} terms", f"{len(content)} bytes", f"{len(words)} words barred")
    sys.stdout.write(f"{', '.join(facts)}, SHA-256 {hashlib.sha256(content).hexdigest()}\n")


if __name__ == "__main__":
    main()
