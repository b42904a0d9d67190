"""A linear model as a table of text: terms and weights, and what a text scores by them.

A text is cut into word 1-2-grams and into 2-5-grams of the letters of each word, with `_` for the edges of the word. Each feature counts once, and
its weight is divided by the square root of how many features of its kind the text has, so that long and short texts compare. The score is the
logistic function of the sum. Nothing but the table goes into it, so that the contribution of every word is exact, and can be shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from footprint.errors import InputError
from footprint.filters.unnamed import Token

FORM = "footprint/linear@1"
"""The first line of a table."""

FEATURES = "word 1-2, char_wb 2-5"
NORM = "binary, divided by the square root of the number of features of the kind"
MOST_TERMS = 200_000
LETTERS = range(2, 6)
"""Letters of an n-gram."""

_TERM = re.compile(r"w:\S{1,60}(?: \S{1,60})?|c:[a-z'_]{2,5}")
_WEIGHT = re.compile(r"-?\d{1,3}\.\d{1,4}")
_SHARE = re.compile(r"0\.\d{1,4}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}")
_SOURCE = re.compile(r"([a-z0-9_]{1,40}) ([0-9a-f]{64}) ([A-Za-z0-9.-]{1,40})")


class Source(NamedTuple):
    """A set that a table was trained on."""

    name: str
    sha256: str
    licence: str


class Table(NamedTuple):
    """A linear model."""

    name: str
    version: str
    threshold: float
    """Scores from which on a text is suggested."""
    bias: float
    sources: tuple[Source, ...]
    weights: Mapping[str, float]


Place = tuple[int, ...]
"""The numbers of the tokens that a feature rests on."""


def features_of(tokens: tuple[Token, ...]) -> dict[str, list[Place]]:
    """Return the features of a text, `w:...` for words and `c:...` for letters, each with the tokens it rests on."""
    found: dict[str, list[Place]] = {}
    for feature, place in (*_of_words(tokens), *_of_letters(tokens)):
        found.setdefault(feature, []).append(place)
    return found


def _of_words(tokens: tuple[Token, ...]) -> Iterator[tuple[str, Place]]:
    """Yield words and pairs of them. What stands where something was taken out counts only beside a word, and as that word's."""
    for number, token in enumerate(tokens):
        if token.is_open:
            yield f"w:{token.word}", (number,)
        rests_on = tuple(each for each in (number - 1, number) if each >= 0 and tokens[each].is_open)
        if number and rests_on:
            yield f"w:{tokens[number - 1].word} {token.word}", rests_on


def _of_letters(tokens: tuple[Token, ...]) -> Iterator[tuple[str, Place]]:
    for number, token in enumerate(tokens):
        if token.is_open:
            padded = f"_{token.word}_"
            for size in LETTERS:
                for start in range(len(padded) - size + 1):
                    yield f"c:{padded[start : start + size]}", (number,)


class Scored(NamedTuple):
    """What a text scores."""

    score: float
    """From 0 to 1."""
    shares: tuple[float, ...]
    """What each token adds to the sum or takes from it; the sum of them and the bias is what the score is the logistic function of."""


def score(table: Table, tokens: tuple[Token, ...]) -> Scored:
    """Return what a text scores by a table, and the share of each of its tokens."""
    features = features_of(tokens)
    counts = {kind: sum(feature[0] == kind for feature in features) for kind in "wc"}
    shares = [0.0] * len(tokens)
    for feature, places in features.items():
        weight = table.weights.get(feature)
        if weight is not None:
            rests_on = [number for place in places for number in place]
            for number in rests_on:
                shares[number] += weight / math.sqrt(counts[feature[0]]) / len(rests_on)
    return Scored(logistic(table.bias + math.fsum(shares)), tuple(shares))


def logistic(value: float) -> float:
    """Return the logistic function of a value; of what lies far out, the value at 50."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, value))))


def written(table: Table) -> str:
    """Return a table as text: the head, an empty line, and each term with its weight, in the order of the terms."""
    head = [
        FORM,
        f"name\t{table.name}",
        f"version\t{table.version}",
        f"features\t{FEATURES}",
        f"norm\t{NORM}",
        f"threshold\t{table.threshold:.2f}",
        f"bias\t{table.bias:.3f}",
        *(f"source\t{' '.join(source)}" for source in table.sources),
        "",
    ]
    terms = [f"{term}\t{weight:.3f}" for term, weight in sorted(table.weights.items())]
    return "\n".join([*head, *terms, ""])


def parsed(text: str, *, where: str) -> Table:
    """Return the table that a text holds. Raises InputError, with the line, for anything that is not of the form."""
    lines = text.split("\n")
    if lines[0] != FORM or "" not in lines[1:-1] or lines[-1] != "":
        raise InputError(where=where, field="line 1", expected=f"{FORM}, a head, an empty line, and terms")
    end = lines.index("", 1)
    head = _head(lines[1:end], where)
    weights = dict(_weights(lines[end + 1 : -1], end + 2, where))
    if len(weights) != len(lines) - end - 2 or not weights or len(weights) > MOST_TERMS:
        raise InputError(where=where, expected=f"1 to {MOST_TERMS:,} terms, each once")
    return Table(
        name=_plain(head, "name", _NAME, where),
        version=_plain(head, "version", _NAME, where),
        threshold=float(_plain(head, "threshold", _SHARE, where)),
        bias=float(_plain(head, "bias", _WEIGHT, where)),
        sources=tuple(_source(value, where) for value in head["source"]),
        weights=weights,
    )


def _head(lines: list[str], where: str) -> dict[str, list[str]]:
    head: dict[str, list[str]] = {"source": []}
    for number, line in enumerate(lines, 2):
        key, mark, value = line.partition("\t")
        if not mark:
            raise InputError(where=where, field=f"line {number}", expected="a name, a tab and a value")
        head.setdefault(key, []).append(value)
    if head.get("features") != [FEATURES] or head.get("norm") != [NORM]:
        raise InputError(where=where, field="features, norm", expected=f"{FEATURES}; {NORM}")
    return head


def _plain(head: Mapping[str, list[str]], key: str, pattern: re.Pattern[str], where: str) -> str:
    values = head.get(key, [])
    if len(values) != 1 or not pattern.fullmatch(values[0]):
        raise InputError(where=where, field=key, expected=f"one value of the form {pattern.pattern}")
    return values[0]


def _source(value: str, where: str) -> Source:
    found = _SOURCE.fullmatch(value)
    if found is None:
        raise InputError(where=where, field="source", expected="the name of a set, its SHA-256 and its licence")
    return Source(*found.groups())


def _weights(lines: list[str], first: int, where: str) -> Iterator[tuple[str, float]]:
    for number, line in enumerate(lines, first):
        term, _, weight = line.partition("\t")
        if not _TERM.fullmatch(term) or not _WEIGHT.fullmatch(weight):
            raise InputError(where=where, field=f"line {number}", expected="a term, a tab and a weight such as -0.125")
        yield term, float(weight)
