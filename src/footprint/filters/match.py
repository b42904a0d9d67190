"""Look a reading up in a lexicon: the table of its terms, then the rules on which terms stand together.

The trie keeps the standard library's `re` fast with thousands of terms (JUDGEMENT 7: 22 MB/s against 0.5 for a plain alternation).
Terms in angle brackets stand for shapes instead of words: `<name>`, `<number>` (18 to 99), `<handle>`, and `<them>` for a pronoun that
stands for an earlier term of its group. A term such as `{kind} people` stands for each term of the group `kind` with `people` after it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from footprint.filters.hit import Hit, start_of
from footprint.filters.identical import Identical
from footprint.filters.reading import Extent, Reading
from footprint.filters.table import table_of
from footprint.model.decision import Span
from footprint.model.lexicon import Lexicon, TopicRule

_LONGEST_TERM = 16
"""Words in the longest term or name; where one begins, seen from its end."""


_FEW = 4
"""Terms that are looked at one by one: to narrow them down first would cost more."""


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
    groups, rules = table_of(Identical(lexicon)).find(reading)
    return tuple(match for rule in rules for match in _matches_of(rule, groups, reading))


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
    first, second = (one, other) if one <= other else (other, one)
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
    if len(candidates) > _FEW:
        candidates = between(candidates, reading.around(anchor.extent, rule.within + _LONGEST_TERM))
    sentence, extent = reading.sentence_at(anchor.start), anchor.extent
    near = [
        (words_between(reading, extent, hit.extent), hit)
        for hit in candidates
        if reading.sentence_at(hit.start) == sentence
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
