"""Compare two names word by word. Pure, and the same whichever name comes first.

Two answers are kept apart. *The same name* is one name in two ways of writing: case, accents, order, titles, particles, a slip
in a long word, another alphabet. *A similar name* could be it: an initial, a short form, a sound, a misspelling, a script
without vowels. Only the same name can, with an independent identifier, attribute; a similar one leaves it undetermined.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from footprint.attribution.forms import NameForm, form_of, joined_at
from footprint.attribution.likeness import ANCHORS, FORMS, WEIGHTS, WRITTEN, Likeness, equal_words, likeness_of
from footprint.attribution.sounds import is_misspelling

SAME_NAME = 0.8
"""From this score on two names are the same name. It was chosen on judged pairs of names: high precision first."""

SIMILAR_NAME = 0.6
"""From this score on they could be the same name: an initial for a given name, one spelling for another."""

EXTRA = 0.1
"""What each word costs that one name has and the other has not, such as a middle name."""

MOST_EXTRA = 2
"""How many words one name may have beyond the other's: two middle names, or a father's and a grandfather's."""

JOINED_FROM = 8
"""The fewest letters in which two names without their spaces are compared: MaraQuill."""

SINGLE_MISSPELT_FROM = 7
"""The shortest single name that may be misspelt; a second word would carry it otherwise."""

MOST_EDGES = 10
"""Up to so many ways for words to stand for each other, every assignment is tried; from there on the best pair goes first."""


class Pair(NamedTuple):
    """Two words that stand for each other."""

    first: str
    second: str
    likeness: Likeness


class Alignment(NamedTuple):
    """Which words of two names stand for each other, and how much of the names that explains."""

    score: float
    """From 0 to 1; symmetric."""
    pairs: tuple[Pair, ...] = ()
    conflicts: bool = False
    """True where each name has a word that the other lacks, Mara beside Ivo, or says another generation or another father."""
    is_in_order: bool = True
    """False where the words stand in another order than either way of writing a name gives."""

    @property
    def is_same(self) -> bool:
        """True where this is the same name. Says nothing about the person."""
        if self.score < SAME_NAME or self.conflicts or not self.is_in_order:
            return False
        return all(pair.likeness in WRITTEN for pair in self.pairs)

    @property
    def is_variant(self) -> bool:
        """True where it is one name in two forms: a short form, or another spelling of its sound. Weaker than the same name."""
        if self.score < SIMILAR_NAME or self.conflicts or not self.is_in_order or self.is_same:
            return False
        return bool(self.pairs) and all(pair.likeness in FORMS for pair in self.pairs)

    @property
    def is_similar(self) -> bool:
        """True where it could be the same name, but is not surely so."""
        return self.score >= SIMILAR_NAME and not self.conflicts and not self.is_same

    @property
    def could_be(self) -> bool:
        """True where the names are the same or similar: what a person may be asked about."""
        return self.score >= SIMILAR_NAME and not self.conflicts


class Edge(NamedTuple):
    """One way for two words to stand for each other, by their places."""

    weight: float
    first: int
    second: int
    likeness: Likeness


_NOTHING = Alignment(score=0.0)


def compare(first: str, second: str) -> Alignment:
    """Return how the words of two names stand for each other. Symmetric in score and conflict."""
    return compare_forms(form_of(first), form_of(second))


def compare_forms(one: NameForm, other: NameForm) -> Alignment:
    """Return how the words of two names stand for each other that were brought to their form before."""
    if other < one:
        # One order only, so that ties fall the same way whichever name was given first.
        turned = _align(other, one)
        return turned._replace(pairs=tuple(Pair(pair.second, pair.first, pair.likeness) for pair in turned.pairs))
    return _align(one, other)


def best(names: tuple[str, ...], seen: str) -> tuple[str, Alignment]:
    """Return the one of a person's names that fits best, and how it fits."""
    return max(((name, compare(name, seen)) for name in names), key=lambda fit: fit[1].score)


def _align(one: NameForm, other: NameForm) -> Alignment:
    if not one.words or not other.words:
        return _NOTHING
    if one.native and other.native and one.script is other.script:
        return _align_native(one, other)
    if one.joined == other.joined and one.words != other.words and len(one.joined) >= JOINED_FROM:
        return Alignment(score=1.0, pairs=(Pair(one.joined, other.joined, equal_words(one, other)),))
    edges, one, other = _matched(one, other)
    pairs = tuple(Pair(one.words[edge.first], other.words[edge.second], edge.likeness) for edge in edges)
    score = _score(one, other, edges)
    if len(edges) < min(len(one.words), len(other.words)):
        return Alignment(score, pairs, conflicts=True)
    says_father = one.has_filiation or other.has_filiation
    in_order = _is_in_order(edges, may_turn=not says_father)
    fathers_differ = says_father and not in_order
    generations_differ = bool(one.generation and other.generation and one.generation != other.generation)
    return Alignment(score, pairs, conflicts=generations_differ or fathers_differ, is_in_order=in_order)


def _align_native(one: NameForm, other: NameForm) -> Alignment:
    """Compare letter by letter: where a letter is a syllable or a word, another letter is another name."""
    pair = (one.native, other.native)
    if one.native == other.native:
        return Alignment(score=1.0, pairs=(Pair(*pair, Likeness.SAME),))
    return Alignment(score=0.0, conflicts=True)


def _matched(one: NameForm, other: NameForm) -> tuple[tuple[Edge, ...], NameForm, NameForm]:
    """Return the pairs of words that stand for each other, and the names, in which words may have been joined for it."""
    exact, left, rest = _equal_words(one, other)
    if not left or not rest:
        return exact, one, other
    if len(left) + len(rest) > 2:
        joined, other_joined = _join(one, left, other, rest), _join(other, rest, one, left)
        if joined is not one or other_joined is not other:
            return _matched(joined, other) if joined is not one else _matched(one, other_joined)
    edges = [edge for i in left for j in rest if (edge := _edge(one, i, other, j)) is not None]
    return (*exact, *_assign(edges)), one, other


def _equal_words(one: NameForm, other: NameForm) -> tuple[tuple[Edge, ...], list[int], list[int]]:
    """Return the equal words as pairs, from left to right, and the places of the words left over on either side."""
    equal = equal_words(one, other)
    exact: list[Edge] = []
    left: list[int] = []
    rest = list(range(len(other.words)))
    for i, word in enumerate(one.words):
        for j in rest:
            if other.words[j] == word:
                rest.remove(j)
                exact.append(Edge(WEIGHTS[equal], i, j, equal))
                break
        else:
            left.append(i)
    return tuple(exact), left, rest


def _join(one: NameForm, left: list[int], other: NameForm, rest: list[int]) -> NameForm:
    """Return a name with the first two neighbours joined that make one word of the other name: Jong-un beside Jongun."""
    for i, follower in pairwise(left):
        if follower == i + 1:
            key = one.keys[i] + one.keys[follower]
            if any(key == other.keys[j] or is_misspelling(key, other.keys[j]) for j in rest):
                return joined_at(one, i)
    return one


def _edge(one: NameForm, i: int, other: NameForm, j: int) -> Edge | None:
    likeness = likeness_of(one, i, other, j)
    return None if likeness is None else Edge(WEIGHTS[likeness], i, j, likeness)


def _assign(edges: list[Edge]) -> tuple[Edge, ...]:
    """Return the edges of the greatest weight in which no word occurs twice."""
    if len(edges) > MOST_EDGES:
        return _assign_greedily(edges)
    best_of: tuple[Edge, ...] = ()
    for at, edge in enumerate(edges):
        others = [later for later in edges[at + 1 :] if later.first != edge.first and later.second != edge.second]
        chosen = (edge, *_assign(others))
        if sum(choice.weight for choice in chosen) > sum(choice.weight for choice in best_of):
            best_of = chosen
    return best_of


def _assign_greedily(edges: list[Edge]) -> tuple[Edge, ...]:
    chosen: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: (-edge.weight, edge.first, edge.second)):
        if all(edge.first != taken.first and edge.second != taken.second for taken in chosen):
            chosen.append(edge)
    return tuple(chosen)


def _score(one: NameForm, other: NameForm, edges: tuple[Edge, ...]) -> float:
    fewer, more = sorted((len(one.words), len(other.words)))
    if (fewer == 1 and more > 1) or more - fewer > MOST_EXTRA:
        # A single word is too little of a longer name: every Mara would be the same.
        return 0.0
    firsts = {edge.first for edge in edges if edge.likeness is not Likeness.INITIAL}
    seconds = {edge.second for edge in edges if edge.likeness is not Likeness.INITIAL}
    if len(one.words) - 1 not in firsts and len(other.words) - 1 not in seconds:
        # The family name must be there in full: Mara Q. is not enough.
        return 0.0
    if not _is_anchored(one, other, edges):
        return 0.0
    return round(sum(edge.weight for edge in edges) / (fewer + EXTRA * (more - fewer)), 3)


def _is_anchored(one: NameForm, other: NameForm, edges: tuple[Edge, ...]) -> bool:
    """Say whether something more than misspellings and initials holds two names together."""
    if any(edge.likeness in ANCHORS for edge in edges):
        # A misspelling beside a missing word is too much to allow for.
        return len(one.words) == len(other.words) or all(edge.likeness is not Likeness.SPELLING for edge in edges)
    return len(one.words) == len(other.words) == 1 and min(len(one.joined), len(other.joined)) >= SINGLE_MISSPELT_FROM


def _is_in_order(edges: tuple[Edge, ...], *, may_turn: bool) -> bool:
    """Say whether the words run in one order, or, where they may, with the family name moved to the other end."""
    turns = [second for _, second in sorted((edge.first, edge.second) for edge in edges)]
    if turns == sorted(turns) or not may_turn:
        return turns == sorted(turns)
    return sum(before > after for before, after in zip(turns, turns[1:] + turns[:1], strict=True)) <= 1
