"""Look a reading up in a lexicon: one trie regex a lexicon, then the rules on which terms stand together.

The trie keeps the standard library's `re` fast with thousands of terms (JUDGEMENT 7: 22 MB/s against 0.5 for a plain alternation).
Terms in angle brackets stand for shapes instead of words: `<name>`, `<number>` (18 to 99), `<handle>`, and `<them>` for a pronoun that
stands for an earlier term of its group. A term such as `{kind} people` stands for each term of the group `kind` with `people` after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, Self

from footprint.filters.composed import Composed, composed, parts_of
from footprint.filters.hit import Hit, start_of
from footprint.filters.people import find_names
from footprint.filters.pronouns import PRONOUN, find_pronouns, standing_for
from footprint.filters.reading import Extent, Reading
from footprint.model.decision import Span
from footprint.model.lexicon import Lexicon, TopicRule

_UNITS = "minute|min|hour|day|week|month|mile|km|metre|meter|yard|kilo|kg|stone|pound|quid|page|per cent|percent|point|time|people"
_NUMBER = re.compile(rf"(?<![\w.,:/-])(?:1[89]|[2-9]\d)(?![\w%]|[.,:/-]\d| (?:{_UNITS})s?(?!\w))")
_HANDLE = re.compile(r"(?<![\w.@])@\w[\w.-]*\w(?:@[\w.-]+\w)?")

_LONGEST_TERM = 16
"""Words in the longest term or name; where one begins, seen from its end."""

_MOST_KNOWN = 20_000
"""Found words whose terms are kept; beyond that they are worked out again."""

SHAPES: dict[str, Callable[[Reading], Iterable[Extent]]] = {
    "<name>": lambda reading: find_names(reading.cased),
    "<number>": lambda reading: (found.span() for found in _NUMBER.finditer(reading.normal)),
    "<handle>": lambda reading: (found.span() for found in _HANDLE.finditer(reading.normal)),
    PRONOUN: lambda reading: find_pronouns(reading.normal),
}
"""Terms that stand for a shape."""


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
    table = _table(Same(lexicon))
    groups = table.hits(reading)
    return tuple(
        match
        for ready in (table.rules if groups else ())
        if ready.needed <= groups.keys()
        for match in _matches_of(ready.rule, groups, reading)
    )


def span_of(reading: Reading, extent: Extent, what: str) -> Span:
    """Return an extent of the normal form as a span of the original text."""
    start, end = reading.back(extent)
    return Span(start=start, end=end, what=what)


def between(hits: list[Hit], extent: Extent) -> list[Hit]:
    """Return the hits that begin within an extent, of hits that stand in order."""
    first = bisect_left(hits, extent[0], key=start_of)
    return hits[first : bisect_left(hits, extent[1], lo=first, key=start_of)]


def words_between(reading: Reading, one: Extent, other: Extent) -> int:
    """Return how many words lie between two extents."""
    first, second = sorted((one, other))
    return max(0, reading.word_at(second[0]) - reading.word_at(first[1] - 1) - 1)


def _matches_of(rule: TopicRule, groups: dict[str, list[Hit]], reading: Reading) -> Iterator[Match]:
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
        return None if _is_barred(rule, chosen, groups) else chosen
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


def _is_barred(rule: TopicRule, chosen: tuple[Hit, ...], groups: dict[str, list[Hit]]) -> bool:
    """Return whether a barred term stands between the chosen ones, or reaches beyond one of them."""
    first, last = min(hit.start for hit in chosen), max(hit.end for hit in chosen)
    return any(
        hit.start < last
        and first < hit.end
        and not any(own.start <= hit.start and hit.end <= own.end for own in chosen)
        for group in rule.barred
        for hit in groups.get(group, ())
    )


class Same:
    """A lexicon as the key of a cache: by identity, for a frozen record with a table in it has no hash."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __hash__(self) -> int:
        return id(self.lexicon)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.lexicon is self.lexicon


@lru_cache(maxsize=128)
def _table(same: Same) -> _Table:
    return _Table(same.lexicon)


class _Known(NamedTuple):
    """The terms that begin at one place of a text."""

    places: tuple[tuple[int, str], ...]
    """Length and group of each."""
    groups: frozenset[str]

    @classmethod
    def of(cls, places: Iterable[tuple[int, str]]) -> Self:
        """Return the terms of these lengths and groups."""
        kept = tuple(places)
        return cls(kept, frozenset(group for _, group in kept))


class _ReadyRule(NamedTuple):
    """A rule with the groups it needs, and all that it looks at."""

    rule: TopicRule
    needed: frozenset[str]
    used: frozenset[str]


class _Table:
    """A lexicon made ready: its trie as a regex, and the groups of each term."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._whole: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        self._shapes: list[tuple[str, str]] = []
        self._composed: list[Composed] = []
        self._known: dict[str, _Known] = {}
        for group, terms in lexicon.groups.items():
            for term in terms:
                self._add(group, term)
        words = [term for term in (*self._whole, *(f"{stem}*" for stem in self._stems)) if term[0].isalnum()]
        signs = [re.escape(term) for term in self._whole if not term[0].isalnum()]
        parts = [rf"(?<!\w)(?<!\w')(?=({_trie(words)})(?!\w)(?!'(?:t|m|re|ve|ll|d)(?!\w)))" if words else r"(?!)()"]
        parts.extend(rf"(?={sign})" for sign in signs)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._by_first: dict[str, list[Composed]] = {}
        for composed_term in self._composed:
            self._by_first.setdefault(composed_term.parts[0], []).append(composed_term)
        self.rules = tuple(self._ready(rule) for rule in lexicon.rules)
        """Every rule, with the groups of which a term must stand in the text, and those that are looked at."""
        self._mixed = frozenset([*(group for group, _ in self._shapes), *(term.group for term in self._composed)])
        self._signs = [term for term in self._whole if not term[0].isalnum()]
        self._pattern = re.compile("|".join(parts))

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
            self._whole.setdefault(_plain(term), []).append(group)

    def _ready(self, rule: TopicRule) -> _ReadyRule:
        used: set[str] = set()
        waiting = {*rule.needs, *rule.unless, *rule.barred}
        while waiting:
            used |= waiting
            waiting = {part for term in self._composed if term.group in waiting for part in term.parts} - used
        return _ReadyRule(rule, frozenset(rule.needs), frozenset(used))

    def hits(self, reading: Reading) -> dict[str, list[Hit]]:
        """Return the terms that stand in a reading, by group, in order: of the groups that a rule which may hold looks at."""
        known = [
            (match.start(), self._terms(match.group(1)) if match.group(1) else self._signs_at(match.start(), reading))
            for match in self._pattern.finditer(reading.normal)
        ]
        looked_at = self._looked_at(known)
        found: dict[str, list[Hit]] = {}
        for start, terms in known if looked_at else ():
            for length, group in terms.places:
                if group in looked_at:
                    found.setdefault(group, []).append(Hit(group, start, start + length))
        if found:
            self._add_made(found, looked_at, reading)
        return found

    def _looked_at(self, known: list[tuple[int, _Known]]) -> frozenset[str]:
        """Return the groups of the rules that may hold, by what groups stand in the text at all."""
        standing = set().union(*(terms.groups for _, terms in known)) if known else set()
        if standing:
            standing.update(group for group, _ in self._shapes)
        standing.update([term.group for term in self._composed_of(standing) if term.needed <= standing])
        return frozenset().union(*(ready.used for ready in self.rules if ready.needed <= standing))

    def _add_made(self, found: dict[str, list[Hit]], looked_at: frozenset[str], reading: Reading) -> None:
        """Add composed terms and shapes to what was found."""
        composed([term for term in self._composed_of(found) if term.group in looked_at], found)
        # A rule needs a word beside a shape, and shapes are dear to find.
        for group, shape in self._shapes:
            shaped = self._shaped(group, shape, found.get(group, []), reading) if group in looked_at else []
            if shaped:
                found.setdefault(group, []).extend(shaped)
        for group in self._mixed & found.keys():
            found[group].sort(key=start_of)

    def _composed_of(self, groups: Iterable[str]) -> list[Composed]:
        """Return the composed terms that begin with a term of one of the groups."""
        return [term for group in groups for term in self._by_first.get(group, ())]

    @staticmethod
    def _shaped(group: str, shape: str, known: list[Hit], reading: Reading) -> list[Hit]:
        if shape == PRONOUN and not known:
            return []
        hits = [Hit(group, start, end, shape=shape.strip("<>")) for start, end in _shape(reading, shape)]
        return standing_for(hits, known, reading) if shape == PRONOUN else hits

    def _terms(self, words: str) -> _Known:
        known = self._known.get(words)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[words] = _Known.of(self._terms_in(_plain(words)))
        return known

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

    def _signs_at(self, start: int, reading: Reading) -> _Known:
        return _Known.of(
            (len(sign), group)
            for sign in self._signs
            if reading.normal.startswith(sign, start)
            for group in self._whole[sign]
        )


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
