"""What changes how words are to be read: quotation, counter-speech, figures of speech, negation, report.

The words are data (`lexicons/context.toml`). A rule's id there is `<kind>.<scope>[.<variant>]`, and the scope says how far it reaches:
`near` (before the words, in the same clause, at most `within` words away), `sentence`, `text`, or `quoted` (anywhere in the text, but only
where the words stand inside a quotation: "disgusting" about a quoted line condemns it, about a group it is the abuse).
Context downgrades a finding to REVIEW and names its kind; it never deletes (JUDGEMENT 8.3).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from footprint.filters.match import Hit, Match, matches, words_between
from footprint.filters.reading import Reading
from footprint.model.finding import ContextKind
from footprint.model.lexicon import Lexicon
from footprint.model.observation import Engagement, ObservationKind

LEXICON = "context"
"""Id of the lexicon that holds the words of context."""

_QUOTED = re.compile(
    r"\"[^\"\n]{2,}\""
    r"|[\u201c\u201e][^\u201c\u201d\n]{2,}[\u201c\u201d]"
    r"|\u00ab[^\u00bb\n]{2,}\u00bb"
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){2,}'(?!\w)"
    r"|(?:^|(?<=\n))>[^\n]+"
)
_FARTHEST = 12
"""Words before a term in which a cue is looked for; a rule's own `within` is smaller."""

_CLAUSE_ENDS = re.compile(r"[,;:\u2014\u2013]| - ")


SCOPES = ("near", "sentence", "text", "quoted")
"""How far a cue may reach."""


class Surroundings:
    """The context of one reading, found once and asked about each match."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self.reading = reading
        self._quotations = [found.span() for found in _QUOTED.finditer(reading.normal)]
        self._cues: dict[str, list[Match]] = {scope: [] for scope in SCOPES}
        for cue in matches(reading, lexicon):
            self._cues[_scope(cue)].append(cue)
        self._cues["near"].sort(key=_start)
        self._by_sentence: dict[int, set[ContextKind]] = {}
        for cue in self._cues["sentence"]:
            self._by_sentence.setdefault(reading.sentence_at(cue.anchor.start), set()).add(_kind(cue))
        self._in_text = frozenset(map(_kind, self._cues["text"]))
        self._in_quotation = frozenset({ContextKind.QUOTATION, *map(_kind, self._cues["quoted"])})

    def kinds(self, match: Match) -> frozenset[ContextKind]:
        """Return every kind of context that a match stands in."""
        kinds = self._in_text | self._by_sentence.get(self.reading.sentence_at(match.anchor.start), set())
        if self._is_quoted(match):
            kinds |= self._in_quotation
        return kinds | {_kind(cue) for hit in match.hits for cue in self._before(hit, match)}

    def condemns(self) -> bool:
        """Return whether the text, as a comment on another, condemns it."""
        return ContextKind.COUNTER_SPEECH in self._in_text | self._in_quotation

    def _is_quoted(self, match: Match) -> bool:
        """Return whether the anchor of a match stands between quotation marks, or in a quoted block."""
        last = bisect_right(self._quotations, (match.anchor.start, len(self.reading.normal))) - 1
        return last >= 0 and match.anchor.start < self._quotations[last][1]

    def _before(self, hit: Hit, match: Match) -> Iterator[Match]:
        """Yield the cues that lead to a term: shortly before it, in the same clause, and no part of the match."""
        cues = self._cues["near"]
        start = self.reading.around(hit.extent, _FARTHEST)[0]
        for cue in cues[bisect_left(cues, start, key=_start) : bisect_left(cues, hit.start, key=_start)]:
            if not any(other.start <= cue.anchor.start < other.end for other in match.hits) and self._leads(cue, hit):
                yield cue

    def _leads(self, cue: Match, hit: Hit) -> bool:
        between = self.reading.normal[cue.anchor.end : hit.start]
        if self.reading.sentence_at(cue.anchor.start) != self.reading.sentence_at(hit.start) or _CLAUSE_ENDS.search(
            between
        ):
            return False
        return words_between(self.reading, cue.anchor.extent, hit.extent) <= cue.rule.within


def by_engagement(engagement: Engagement, kind: ObservationKind) -> frozenset[ContextKind]:
    """Return the context that follows from whose words they are, whatever they say."""
    if engagement is Engagement.BY_OTHERS:
        return frozenset({ContextKind.REPORT if kind is ObservationKind.ARTICLE else ContextKind.QUOTATION})
    return frozenset()


def _kind(cue: Match) -> ContextKind:
    return ContextKind(cue.rule.id.split(".")[0])


def _scope(cue: Match) -> str:
    return cue.rule.id.split(".")[1]


def _start(cue: Match) -> int:
    return cue.anchor.start
