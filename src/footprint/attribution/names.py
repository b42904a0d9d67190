"""Compare two names word by word, and find a name in a text. Pure, and the same whichever name comes first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from footprint.model.record import Record

SAME_NAME = 0.8
"""From this score on two names are the same name. It was chosen on judged pairs of names: high precision first."""

SIMILAR_NAME = 0.6
"""From this score on they could be the same name: an initial for a given name, one spelling for another."""

# fmt: off
PARTICLES = frozenset({
    "af", "al", "av", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "las", "le", "los", "ten", "ter", "van", "von", "y", "zu", "zum", "zur",
})
"""Small words of a name that one writer keeps and another drops."""

TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "lord", "rev", "revd",
    "cllr", "capt", "sgt", "pc", "dc", "insp", "supt", "hon", "mme", "herr", "frau",
})
"""Forms of address, which belong to nobody's name."""
# fmt: on

EXTRA = 0.1
"""What each word costs that one name has and the other has not, such as a middle name."""

_WORD = re.compile(r"([^\W_]+(?:['\u2019\u02bc](?![sS]\b)[^\W_]+)*)(?:['\u2019\u02bc][sS]\b)?")
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015]{1,3}")
_REVERSED = re.compile(r",?\s{1,3}")
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        "'": "",
        "\u2019": "",
        "\u02bc": "",
    }
)


class Likeness(StrEnum):
    """How two words of a name are alike."""

    SAME = "same"
    CLOSE = "close"
    """One letter more, less or swapped, in a long word."""
    INITIAL = "initial"
    """One is the first letter of the other."""


WEIGHTS = {Likeness.SAME: 1.0, Likeness.CLOSE: 0.8, Likeness.INITIAL: 0.5}
"""What each likeness adds to the score."""


class Pair(NamedTuple):
    """Two words that stand for each other."""

    first: str
    second: str
    likeness: Likeness


class Alignment(Record):
    """Which words of two names stand for each other, and how much of the names that explains."""

    score: float
    """From 0 to 1; symmetric."""
    pairs: tuple[Pair, ...] = ()
    conflicts: bool = False
    """True where each name has a full word that the other lacks: Mara beside Ivo."""

    is_in_order: bool = True
    """False where the words stand in another order than either way of writing a name gives: Ali bin Omar, Omar bin Ali."""

    @property
    def is_same(self) -> bool:
        """True where this is the same name. Says nothing about the person."""
        return self.score >= SAME_NAME and self.is_in_order and not self.conflicts

    @property
    def is_similar(self) -> bool:
        """True where it could be the same name, but is not surely so."""
        return self.score >= SIMILAR_NAME and not self.is_same and not self.conflicts


class Word(NamedTuple):
    """A word of a text, folded, and where it stands."""

    folded: str
    start: int
    end: int


class Mention(NamedTuple):
    """Where a name stands in a text."""

    start: int
    end: int


def fold(text: str) -> str:
    """Return text without case, accents and apostrophes: `O'Brién` becomes `obrien`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LETTERS)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in composed form (NFC), in order; a hyphen divides words, a genitive s belongs to none."""
    return tuple(Word(fold(match[1]), *match.span(1)) for match in _WORD.finditer(text))


def normalise(name: str) -> tuple[str, ...]:
    """Return the words that make a name, given names first, without titles and, where more is left, particles.

    `Quill, Mara` and `Dr Mara van Quill` both give `mara quill`; `Mara Quill-Marsh` gives three words.
    """
    before, comma, after = unicodedata.normalize("NFC", name).partition(",")
    ordered = f"{after} {before}" if comma and after.strip() and "," not in after else f"{before} {after}"
    words = [word.folded for word in words_of(ordered)]
    bare = [word for word in words if word not in TITLES]
    return tuple([word for word in bare if word not in PARTICLES] or bare or words)


def compare(first: str, second: str) -> Alignment:
    """Return how the words of two names stand for each other. Symmetric in score and conflict."""
    one, other = normalise(first), normalise(second)
    if other < one:
        # One order only, so that ties fall the same way whichever name was given first.
        turned = _align(other, one)
        return turned.but(pairs=tuple(Pair(pair.second, pair.first, pair.likeness) for pair in turned.pairs))
    return _align(one, other)


def best(names: tuple[str, ...], seen: str) -> tuple[str, Alignment]:
    """Return the one of a person's names that fits best, and how it fits."""
    return max(((name, compare(name, seen)) for name in names), key=lambda fit: fit[1].score)


def mentions(text: str, name: str) -> tuple[Mention, ...]:
    """Return where a text in composed form (NFC) has the name, or a form of it, in either order.

    Middle names may be left out, added or shortened; a middle name that differs makes it another name.
    """
    parts = normalise(name)
    if not parts:
        return ()
    words = words_of(text)
    found = (mention for at in range(len(words)) for mention in _mentions_at(text, words, at, parts))
    return tuple(mention for mention in found if compare(name, text[mention.start : mention.end]).is_same)


def _align(one: tuple[str, ...], other: tuple[str, ...]) -> Alignment:
    candidates = [
        (-WEIGHTS[likeness], i, j, likeness)
        for (i, a), (j, b) in product(enumerate(one), enumerate(other))
        if (likeness := _likeness(a, b)) is not None
    ]
    used_one: set[int] = set()
    used_other: set[int] = set()
    pairs: list[Pair] = []
    places: list[tuple[int, int]] = []
    for _, i, j, likeness in sorted(candidates, key=lambda candidate: candidate[:3]):
        if i not in used_one and j not in used_other:
            used_one.add(i)
            used_other.add(j)
            pairs.append(Pair(one[i], other[j], likeness))
            places.append((i, j))
    conflicts = _has_full_word(one, used_one) and _has_full_word(other, used_other)
    return Alignment(
        score=_score(one, other, pairs), pairs=tuple(pairs), conflicts=conflicts, is_in_order=_is_in_order(places)
    )


def _score(one: tuple[str, ...], other: tuple[str, ...], pairs: list[Pair]) -> float:
    fewer, more = sorted((len(one), len(other)))
    if fewer == 0 or (fewer == 1 and more > 1):
        # A single word is too little of a longer name: every Mara would be the same.
        return 0.0
    full = {word for pair in pairs if pair.likeness is not Likeness.INITIAL for word in (pair.first, pair.second)}
    if one[-1] not in full and other[-1] not in full:
        # The family name must be there in full: Mara Q. is not enough.
        return 0.0
    return round(sum(WEIGHTS[pair.likeness] for pair in pairs) / (fewer + EXTRA * (more - fewer)), 3)


def _is_in_order(places: list[tuple[int, int]]) -> bool:
    """Say whether the words run in one order, or in one order with the family name moved to the other end."""
    turns = [j for _, j in sorted(places)]
    return sum(before > after for before, after in zip(turns, turns[1:] + turns[:1], strict=True)) <= 1


def _has_full_word(words: tuple[str, ...], used: set[int]) -> bool:
    return any(index not in used and len(word) > 1 for index, word in enumerate(words))


def _likeness(one: str, other: str) -> Likeness | None:
    if one == other:
        return Likeness.SAME
    if 1 in (len(one), len(other)):
        return Likeness.INITIAL if one[0] == other[0] else None
    return Likeness.CLOSE if _is_close(one, other) else None


def _is_close(one: str, other: str) -> bool:
    """Say whether one letter was added, left out or swapped with its neighbour; short words and last letters never.

    A different letter is a different name (Angela, Angelo), and so is a first letter (Mara, Tara).
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 5 or one[0] != other[0]:
        return False
    if len(long) == len(short) + 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(1, len(short)))
    swaps = (long[:at] + long[at + 1] + long[at] + long[at + 2 :] for at in range(1, len(long) - 1))
    return len(long) == len(short) and short in swaps


def _mentions_at(text: str, words: tuple[Word, ...], at: int, parts: tuple[str, ...]) -> Iterator[Mention]:
    start = words[at]
    if len(parts) == 1:
        if start.folded == parts[0] and text[start.start].isupper():
            yield Mention(start.start, start.end)
    elif start.folded == parts[0]:
        yield from _forwards(text, words, at, parts)
    elif start.folded in parts[1:] and at + 1 < len(words):
        follower = words[at + 1]
        if follower.folded == parts[0] and _REVERSED.fullmatch(text[start.end : follower.start]):
            yield Mention(start.start, follower.end)


def _forwards(text: str, words: tuple[Word, ...], at: int, parts: tuple[str, ...]) -> Iterator[Mention]:
    """Yield the name from its given name on: up to three capitalised words or particles later comes the family name."""
    end = None
    for before, word in zip(words[at : at + 4], words[at + 1 : at + 5], strict=False):
        if not _BETWEEN.fullmatch(text[before.end : word.start]):
            break
        if not (text[word.start].isupper() or word.folded in PARTICLES or word.folded in parts):
            break
        if word.folded in parts[1:]:
            end = word.end
    if end is not None:
        yield Mention(words[at].start, end)
