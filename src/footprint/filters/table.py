"""A lexicon made ready for look-up: which of its terms begin at a word, and which rules may hold in a text.

Each word of a text costs one look-up: most begin no term, some are a term of one word, and only at a word that begins a longer term
is the trie asked. What was worked out for a word is kept. Groups are bits of a number, so that to ask which rules may hold costs
one operation a rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from footprint.filters.composed import Composed, composed, parts_of
from footprint.filters.hit import Hit, start_of
from footprint.filters.identical import Identical
from footprint.filters.people import find_names
from footprint.filters.pronouns import PRONOUN, find_pronouns, standing_for
from footprint.filters.reading import PIECE, Extent, Reading
from footprint.model.lexicon import Lexicon, TopicRule

_UNITS = "minute|min|hour|day|week|month|mile|km|metre|meter|yard|kilo|kg|stone|pound|quid|page|per cent|percent|point|time|people"
_NUMBER = re.compile(rf"(?<![\w.,:/-])(?:1[89]|[2-9]\d)(?![\w%]|[.,:/-]\d| (?:{_UNITS})s?(?!\w))")
_HANDLE = re.compile(r"(?<![\w.@])@\w[\w.-]*\w(?:@[\w.-]+\w)?")

_MOST_KEPT = 20_000
"""Words whose terms are kept; beyond that they are worked out again."""

SHAPES: dict[str, Callable[[Reading], Iterable[Extent]]] = {
    "<name>": lambda reading: find_names(reading.cased),
    "<number>": lambda reading: (found.span() for found in _NUMBER.finditer(reading.normal)),
    "<handle>": lambda reading: (found.span() for found in _HANDLE.finditer(reading.normal)),
    PRONOUN: lambda reading: find_pronouns(reading.normal),
}
"""Terms that stand for a shape."""


class Terms(NamedTuple):
    """The terms that begin at one place of a text."""

    places: tuple[tuple[int, str, int], ...]
    """Length, group, and the bit of the group, of each."""
    mask: int
    """The bits of all their groups."""


_NONE = Terms((), 0)
_NOWHERE: frozenset[str] = frozenset()
_OPENING = re.compile(rf"(?P<first>{PIECE.pattern})(?P<rest>(?: (?P<second>{PIECE.pattern})(?=$| ))?.*)")


class Begun(NamedTuple):
    """What begins at a word."""

    terms: Terms
    """The terms that the word is by itself."""
    next: frozenset[str] | None
    """Words that follow it in terms of several words; None where such a term does not say."""


class ReadyRule(NamedTuple):
    """A rule with the groups it needs, and all that it looks at, as bits."""

    rule: TopicRule
    names: frozenset[str]
    needed: int
    used: int


class Found(NamedTuple):
    """What a lexicon found in a reading."""

    groups: dict[str, list[Hit]]
    """The terms that stand there, by group, in order."""
    rules: tuple[TopicRule, ...]
    """The rules that need no other group."""


_NOTHING = Found({}, ())


@lru_cache(maxsize=128)
def table_of(lexicon: Identical[Lexicon]) -> Table:
    """Return the table of a lexicon, made once."""
    return Table(lexicon.held[0])


class Table:
    """A lexicon made ready: its trie as a regex, and the groups of each term."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._whole: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        self._shapes: list[tuple[str, str]] = []
        self._composed: list[Composed] = []
        for group, terms in lexicon.groups.items():
            for term in terms:
                self._add(group, term)
        words = [term for term in (*self._whole, *(f"{stem}*" for stem in self._stems)) if term[0].isalnum()]
        self._pattern = re.compile(rf"({_trie(words)})(?!\w)(?!'(?:t|m|re|ve|ll|d)(?!\w))" if words else r"(?!)()")
        self._begun: dict[str, Begun | None] = {}
        self._known: dict[str, Terms] = {}
        self._openings = _openings(words)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._index_signs()
        self._index_groups(lexicon)

    def _add(self, group: str, term: str) -> None:
        if term in SHAPES:
            self._shapes.append((group, term))
        elif "{" in term:
            parts = parts_of(term)
            self._composed.append(Composed.of(group, tuple(name for name, _ in parts)))
            for name, words in parts:
                if words:
                    self._whole.setdefault(_plain(words), []).append(name)
        elif term.endswith("*"):
            self._stems.setdefault(_plain(term[:-1]), []).append(group)
        else:
            self._whole.setdefault(_plain(term) if term[0].isalnum() else term, []).append(group)

    def _index_signs(self) -> None:
        """Terms that begin with no letter are looked for apart: an emoji, a mark, the end of a word."""
        self._signs = tuple(term for term in self._whole if not term[0].isalnum())
        self._sign = re.compile("|".join(map(re.escape, self._signs)) or r"(?!)")

    def _index_groups(self, lexicon: Lexicon) -> None:
        names = [*lexicon.groups, *(part for term in self._composed for part in term.parts)]
        self._bits = {name: 1 << number for number, name in enumerate(dict.fromkeys(names))}
        self._shaped_groups = self._mask(group for group, _ in self._shapes)
        self._made: dict[int, list[tuple[int, int, Composed]]] = {}
        for term in self._composed:
            entry = (self._mask(term.needed), self._bits[term.group], term)
            self._made.setdefault(self._bits[term.parts[-1]], []).append(entry)
        self._rules = [self._ready(rule) for rule in lexicon.rules]
        signed = [group for sign in self._signs for group in self._whole[sign]]
        self._mixed = frozenset(
            [*signed, *(group for group, _ in self._shapes), *(term.group for term in self._composed)]
        )

    def _mask(self, groups: Iterable[str]) -> int:
        mask = 0
        for group in groups:
            mask |= self._bits[group]
        return mask

    def _ready(self, rule: TopicRule) -> ReadyRule:
        used: set[str] = set()
        waiting = {*rule.needs, *rule.unless, *rule.barred}
        while waiting:
            used |= waiting
            waiting = {part for term in self._composed if term.group in waiting for part in term.parts} - used
        return ReadyRule(rule, frozenset(rule.needs), self._mask(rule.needs), self._mask(used))

    def find(self, reading: Reading) -> Found:
        """Return the terms that stand in a reading, of the groups that a rule which may hold looks at, and those rules."""
        known = [*self._words_of(reading), *self._signs_of(reading)]
        standing = 0
        for _, terms in known:
            standing |= terms.mask
        if not standing:
            return _NOTHING
        standing |= self._shaped_groups
        made = [
            each
            for last, ending in self._made.items()
            if last & standing
            for each in ending
            if each[0] & standing == each[0]
        ]
        for _, bit, _ in made:
            standing |= bit
        rules = [ready for ready in self._rules if ready.needed & standing == ready.needed]
        if not rules:
            return _NOTHING
        looked_at = 0
        for ready in rules:
            looked_at |= ready.used
        groups = self._hits(known, looked_at, reading, [term for _, bit, term in made if bit & looked_at])
        return Found(groups, tuple(ready.rule for ready in rules if groups.keys() >= ready.names))

    def _words_of(self, reading: Reading) -> list[tuple[int, Terms]]:
        known: list[tuple[int, Terms]] = []
        kept, normal = self._begun, reading.normal
        pieces = list(PIECE.finditer(normal))
        following = [piece.group() for piece in pieces]
        following.append("")
        for number, piece in enumerate(pieces):
            word = following[number]
            begun = kept[word] if word in kept else self._begin(word)
            if begun is not None:
                goes_on = begun.next is None or following[number + 1] in begun.next or "'" in following[number + 1]
                terms = self._longest(normal, piece.start()) if goes_on else begun.terms
                if terms.mask:
                    known.append((piece.start(), terms))
        return known

    def _begin(self, piece: str) -> Begun | None:
        """Work out, and keep, what begins at a word; None where nothing does."""
        alone, following = self._longest(piece, 0), self._openings.get(piece, _NOWHERE)
        begun = Begun(alone, following) if alone.mask or following is None or following else None
        if len(self._begun) >= _MOST_KEPT:
            self._begun.clear()
        self._begun[piece] = begun
        return begun

    def _longest(self, text: str, start: int) -> Terms:
        found = self._pattern.match(text, start)
        return self._terms(found.group(1)) if found else _NONE

    def _signs_of(self, reading: Reading) -> Iterator[tuple[int, Terms]]:
        found = self._sign.search(reading.normal)
        while found:
            start = found.start()
            signs = [sign for sign in self._signs if reading.normal.startswith(sign, start)]
            yield start, self._terms_at((len(sign), group) for sign in signs for group in self._whole[sign])
            found = self._sign.search(reading.normal, start + 1)

    def _hits(
        self, known: list[tuple[int, Terms]], looked_at: int, reading: Reading, made: list[Composed]
    ) -> dict[str, list[Hit]]:
        groups: dict[str, list[Hit]] = {}
        for start, terms in known:
            if terms.mask & looked_at:
                for length, group, bit in terms.places:
                    if bit & looked_at:
                        groups.setdefault(group, []).append(Hit(group, start, start + length))
        composed(made, groups)
        # A rule needs a word beside a shape, and shapes are dear to find.
        for group, shape in self._shapes:
            shaped = self._shaped(group, shape, groups.get(group, []), reading) if self._bits[group] & looked_at else []
            if shaped:
                groups.setdefault(group, []).extend(shaped)
        for group in self._mixed & groups.keys():
            groups[group].sort(key=start_of)
        return groups

    @staticmethod
    def _shaped(group: str, shape: str, known: list[Hit], reading: Reading) -> list[Hit]:
        if shape == PRONOUN and not known:
            return []
        hits = [Hit(group, start, end, shape=shape.strip("<>")) for start, end in _shape(reading, shape)]
        return standing_for(hits, known, reading) if shape == PRONOUN else hits

    def _terms(self, words: str) -> Terms:
        known = self._known.get(words)
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            known = self._known[words] = self._terms_at(self._terms_in(_plain(words)))
        return known

    def _terms_at(self, places: Iterable[tuple[int, str]]) -> Terms:
        kept = tuple((length, group, self._bits[group]) for length, group in places)
        return Terms(kept, self._mask(group for _, group, _ in kept))

    def _terms_in(self, words: str) -> Iterator[tuple[int, str]]:
        """The trie finds the longest term; shorter ones that begin it count too."""
        ends = [index for index, sign in enumerate(words) if sign == " "]
        for end in (*ends, len(words)):
            prefix = words[:end]
            groups = list(self._whole.get(prefix, ()))
            for cut in range(prefix.rfind(" ") + 2, min(len(prefix), self._longest_stem) + 1):
                groups.extend(self._stems.get(prefix[:cut], ()))
            for group in dict.fromkeys(groups):
                yield end, group


def _openings(terms: Iterable[str]) -> dict[str, frozenset[str] | None]:
    """Return the first word of each term of several, and the words that may follow it there; None where any may."""
    following: dict[str, set[str] | None] = {}
    for term in terms:
        opening = _OPENING.match(term)
        if opening is None or (opening["rest"] or "*") == "*":
            continue
        words = following.setdefault(opening["first"], set())
        if opening["second"] is None:
            following[opening["first"]] = None
        elif words is not None:
            words.add(opening["second"])
    return {first: None if words is None else frozenset(words) for first, words in following.items()}


def _shape(reading: Reading, shape: str) -> tuple[Extent, ...]:
    if shape not in reading.shapes:
        reading.shapes[shape] = tuple(SHAPES[shape](reading))
    return reading.shapes[shape]


def _plain(term: str) -> str:
    return term.replace("-", " ")


_Trie = dict[str, "_Trie"]


def _trie(terms: list[str]) -> str:
    root: _Trie = {}
    for term in terms:
        node = root
        for sign in term:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _alternatives(root)


def _alternatives(node: _Trie) -> str:
    """Write a node as a regex: longer terms first, `*` as any ending, a space also as a hyphen."""
    branches = [_sign(sign) + _alternatives(child) for sign, child in sorted(node.items()) if sign not in ("", "*")]
    if "*" in node:
        branches.append(r"\w*")
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if "" in node else body


def _sign(sign: str) -> str:
    return "[ -]" if sign == " " else re.escape(sign)
