"""Look a reading up in a lexicon: one trie regex a lexicon, then the rules on which terms stand together.

The trie keeps the standard library's `re` fast with thousands of terms (JUDGEMENT 7: 22 MB/s against 0.5 for a plain alternation).
Terms in angle brackets stand for shapes instead of words: `<name>`, `<number>` (18 to 99), `<handle>`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from footprint.filters.people import find_names
from footprint.filters.reading import Extent, Reading
from footprint.model.decision import Span
from footprint.model.lexicon import Lexicon, TopicRule

_UNITS = "minute|min|hour|day|week|month|mile|km|metre|meter|yard|kilo|kg|stone|pound|quid|page|per cent|percent|point|time|people"
_NUMBER = re.compile(rf"(?<![\w.,:/-])(?:1[89]|[2-9]\d)(?![\w%]|[.,:/-]\d| (?:{_UNITS})s?(?!\w))")
_HANDLE = re.compile(r"(?<![\w.@])@\w[\w.-]*\w(?:@[\w.-]+\w)?")

_LONGEST_TERM = 16
"""Words in the longest term or name; where one begins, seen from its end."""

SHAPES: dict[str, Callable[[Reading], Iterable[Extent]]] = {
    "<name>": lambda reading: find_names(reading.cased),
    "<number>": lambda reading: (found.span() for found in _NUMBER.finditer(reading.normal)),
    "<handle>": lambda reading: (found.span() for found in _HANDLE.finditer(reading.normal)),
}
"""Terms that stand for a shape."""


class Hit(NamedTuple):
    """A term of a group, found in the normal form of a reading."""

    group: str
    start: int
    end: int
    shape: str = ""
    """The shape it was found by, `name`, `number` or `handle`; empty for a word."""

    @property
    def extent(self) -> Extent:
        """Where it stands in the normal form."""
        return self.start, self.end


class Match(NamedTuple):
    """A rule whose groups stand together, with the term of each group; the anchor first."""

    rule: TopicRule
    hits: tuple[Hit, ...]

    @property
    def anchor(self) -> Hit:
        """The term of the first group that the rule needs."""
        return self.hits[0]


def matches(reading: Reading, lexicon: Lexicon) -> tuple[Match, ...]:
    """Return a match for every anchor of every rule of a lexicon that holds in a reading."""
    table = _table(_Same(lexicon))
    groups = table.hits(reading)
    return tuple(match for rule in lexicon.rules for match in _matches_of(rule, groups, reading))


def span_of(reading: Reading, extent: Extent, what: str) -> Span:
    """Return an extent of the normal form as a span of the original text."""
    start, end = reading.back(extent)
    return Span(start=start, end=end, what=what)


def between(hits: list[Hit], extent: Extent) -> list[Hit]:
    """Return the hits that begin within an extent, of hits that stand in order."""
    first = bisect_left(hits, extent[0], key=_start)
    return hits[first : bisect_left(hits, extent[1], lo=first, key=_start)]


def words_between(reading: Reading, one: Extent, other: Extent) -> int:
    """Return how many words lie between two extents."""
    first, second = sorted((one, other))
    return max(0, reading.word_at(second[0]) - reading.word_at(first[1] - 1) - 1)


def _matches_of(rule: TopicRule, groups: dict[str, list[Hit]], reading: Reading) -> Iterator[Match]:
    if any(group not in groups for group in rule.needs):
        return
    excused = {reading.sentence_at(hit.start) for group in rule.unless for hit in groups.get(group, ())}
    for anchor in groups[rule.needs[0]]:
        if reading.sentence_at(anchor.start) not in excused:
            chosen = _complete(rule, (anchor,), groups, reading)
            if chosen is not None:
                yield Match(rule, chosen)


def _complete(
    rule: TopicRule, chosen: tuple[Hit, ...], groups: dict[str, list[Hit]], reading: Reading
) -> tuple[Hit, ...] | None:
    """Return the anchor with a term of each further group, the nearest that fit; None where there is none."""
    if len(chosen) == len(rule.needs):
        return chosen
    for hit in _nearest(rule, chosen[0], groups[rule.needs[len(chosen)]], reading):
        if _fits(rule, chosen, hit):
            complete = _complete(rule, (*chosen, hit), groups, reading)
            if complete is not None:
                return complete
    return None


def _nearest(rule: TopicRule, anchor: Hit, candidates: list[Hit], reading: Reading) -> list[Hit]:
    """Return the terms that stand near enough to the anchor in its sentence, the nearest first."""
    near = [
        (words_between(reading, anchor.extent, hit.extent), hit)
        for hit in between(candidates, reading.around(anchor.extent, rule.within + _LONGEST_TERM))
        if reading.sentence_at(hit.start) == reading.sentence_at(anchor.start)
    ]
    return [hit for distance, hit in sorted(near) if distance <= rule.within]


def _fits(rule: TopicRule, chosen: tuple[Hit, ...], hit: Hit) -> bool:
    """One word serves once, and the order holds where the rule has one."""
    if any(hit.start < other.end and other.start < hit.end for other in chosen):
        return False
    if not rule.order:
        return True
    placed = {group: taken.start for group, taken in zip(rule.needs, (*chosen, hit), strict=False)}
    starts = [placed[group] for group in rule.order if group in placed]
    return starts == sorted(starts)


class _Same:
    """A lexicon as the key of a cache: by identity, for a frozen record with a table in it has no hash."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __hash__(self) -> int:
        return id(self.lexicon)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.lexicon is self.lexicon


@lru_cache(maxsize=128)
def _table(same: _Same) -> _Table:
    return _Table(same.lexicon)


class _Table:
    """A lexicon made ready: its trie as a regex, and the groups of each term."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._whole: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        self._shapes: list[tuple[str, str]] = []
        for group, terms in lexicon.groups.items():
            for term in terms:
                self._add(group, term)
        words = [term for term in (*self._whole, *(f"{stem}*" for stem in self._stems)) if term[0].isalnum()]
        signs = [re.escape(term) for term in self._whole if not term[0].isalnum()]
        parts = [rf"(?<!\w)(?<!\w')(?=({_trie(words)})(?!\w)(?!'(?:t|m|re|ve|ll|d)(?!\w)))" if words else r"(?!)()"]
        parts.extend(rf"(?={sign})" for sign in signs)
        self._signs = [term for term in self._whole if not term[0].isalnum()]
        self._pattern = re.compile("|".join(parts))

    def _add(self, group: str, term: str) -> None:
        if term in SHAPES:
            self._shapes.append((group, term))
        elif term.endswith("*"):
            self._stems.setdefault(_plain(term[:-1]), []).append(group)
        else:
            self._whole.setdefault(_plain(term), []).append(group)

    def hits(self, reading: Reading) -> dict[str, list[Hit]]:
        """Return every term that stands in a reading, by group, in order."""
        found: dict[str, list[Hit]] = {}
        for hit in self._find(reading):
            found.setdefault(hit.group, []).append(hit)
        if found:
            # A rule needs a word beside a shape, and shapes are dear to find.
            for group, shape in self._shapes:
                shaped = [Hit(group, start, end, shape=shape.strip("<>")) for start, end in _shape(reading, shape)]
                if shaped:
                    found[group] = sorted([*found.get(group, ()), *shaped], key=_start)
        return found

    def _find(self, reading: Reading) -> Iterator[Hit]:
        for match in self._pattern.finditer(reading.normal):
            words = match.group(1)
            start = match.start()
            yield from self._words_at(start, words) if words else self._signs_at(start, reading.normal)

    def _words_at(self, start: int, words: str) -> Iterator[Hit]:
        """The trie finds the longest term; shorter ones that begin it count too."""
        words = _plain(words)
        ends = [index for index, sign in enumerate(words) if sign == " "]
        for end in (*ends, len(words)):
            prefix = words[:end]
            groups = list(self._whole.get(prefix, ()))
            for cut in range(prefix.rfind(" ") + 2, len(prefix) + 1):
                groups.extend(self._stems.get(prefix[:cut], ()))
            for group in dict.fromkeys(groups):
                yield Hit(group, start, start + end)

    def _signs_at(self, start: int, text: str) -> Iterator[Hit]:
        for sign in self._signs:
            if text.startswith(sign, start):
                for group in self._whole[sign]:
                    yield Hit(group, start, start + len(sign))


def _shape(reading: Reading, shape: str) -> tuple[Extent, ...]:
    if shape not in reading.shapes:
        reading.shapes[shape] = tuple(SHAPES[shape](reading))
    return reading.shapes[shape]


def _start(hit: Hit) -> int:
    return hit.start


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
