"""What changes how words are to be read: quotation, counter-speech, figures of speech, negation, report.

The words are data (`lexicons/context.toml`). A rule's id there is `<kind>.<scope>[.<variant>]`, and the scope says how far it reaches:
`near` (before the words, in the same clause, at most `within` words away), `sentence`, `text`, or `quoted` (anywhere in the text, but only
where the words stand inside a quotation: "disgusting" about a quoted line condemns it, about a group it is the abuse), or `slur` (in the
sentence, where the rule rests on a slur alone: a slur may be named, or used by the people it was made for), or `same` (where the cue is
one of the very words of the match: a word of abuse that is another word too, with what stands beside the other sense).
Context downgrades a finding to REVIEW and names its kind; it never deletes (JUDGEMENT 8.3).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from footprint.filters.hit import Hit
from footprint.filters.match import Match, matches, words_between
from footprint.filters.reading import Extent, Reading
from footprint.model.finding import Category, ContextKind
from footprint.model.lexicon import Lexicon
from footprint.model.observation import Engagement, ObservationKind

LEXICON = "context"
"""Id of the lexicon that holds the words of context."""

_QUOTED = re.compile(
    r"\"[^\"\n]{2,}\""
    # A mark that opens ends the search: a line of nothing but such marks would be read again from each of them.
    r"|[\u201c\u201e][^\u201c-\u201e\n]{2,}[\u201c\u201d]"
    r"|\u00ab[^\u00ab\u00bb\n]{2,}\u00bb"
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){2,}'(?!\w)"
    r"|(?:^|(?<=\n))>[^\n]+"
)
_FARTHEST = 12
"""Words before a term in which a cue is looked for; a rule's own `within` is smaller."""

_CLAUSE_ENDS = re.compile(r"[,;\u2014\u2013]| - ")


ABUSIVE = ("slur", "gendered")
"""One of these stands in the names of the groups that hold words of abuse."""

SLUR = "slur"
"""Stands in the names of the groups that hold slurs."""

MEANT_LITERALLY = frozenset(
    {Category.SEXUAL, Category.DRUGS, Category.FRAUD, Category.EXTREMISM, Category.DISCLOSURE, Category.DISREPUTE}
)
"""Categories whose words are no figures of speech: a game or a meal in the sentence explains nothing there."""

LITERAL = frozenset({ContextKind.FIGURATIVE})
"""What does not explain words of those categories."""

SCOPES = ("near", "sentence", "text", "quoted", "slur", "same")
"""How far a cue may reach."""


class Surroundings:
    """The context of one reading, found once and asked about each match."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self.reading = reading
        self._lexicon = lexicon

    @cached_property
    def _cues(self) -> dict[str, list[Match]]:
        cues: dict[str, list[Match]] = {scope: [] for scope in SCOPES}
        for cue in matches(self.reading, self._lexicon):
            cues[_scope(cue)].append(cue)
        cues["near"].sort(key=_start)
        return cues

    @cached_property
    def _quotations(self) -> list[Extent]:
        return [found.span() for found in _QUOTED.finditer(self.reading.normal)]

    @cached_property
    def _in_text(self) -> frozenset[ContextKind]:
        return frozenset(map(_kind, self._cues["text"]))

    @cached_property
    def _in_quotation(self) -> frozenset[ContextKind]:
        return frozenset({ContextKind.QUOTATION, *map(_kind, self._cues["quoted"])})

    def _in_sentence(self, match: Match, scope: str) -> Iterator[ContextKind]:
        """Yield the kinds of the cues of a scope that stand in the sentence of a match."""
        sentence = self.reading.sentence_at(match.anchor.start)
        for cue in self._cues[scope]:
            if self.reading.sentence_at(cue.anchor.start) == sentence:
                yield _kind(cue)

    def kinds(self, match: Match) -> frozenset[ContextKind]:
        """Return every kind of context that a match stands in."""
        kinds = self._in_text | frozenset(self._in_sentence(match, "sentence"))
        if SLUR in match.anchor.group:
            kinds |= frozenset(self._in_sentence(match, "slur"))
        if self._cues["same"]:
            kinds |= frozenset(self._in_words_of(match))
        if self._is_quoted(match):
            kinds |= self._in_quotation
        kinds |= {_kind(cue) for hit in match.hits for cue in self._before(hit, match)}
        return kinds - LITERAL if match.rule.category in MEANT_LITERALLY else kinds

    def _in_words_of(self, match: Match) -> Iterator[ContextKind]:
        """Yield the kinds of the cues that are words of the match itself: `Polish` alone may be polish, `Polish people` are not."""
        for cue in self._cues["same"]:
            if any(_covers(cue.anchor, hit) for hit in match.hits):
                yield _kind(cue)

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


def _covers(cue: Hit, hit: Hit) -> bool:
    """Return whether a cue is a term, or for a word of abuse a part of it."""
    if any(word in hit.group for word in ABUSIVE):
        return hit.start < cue.end and cue.start < hit.end
    return cue.start <= hit.start and hit.end <= cue.end


def _kind(cue: Match) -> ContextKind:
    return ContextKind(cue.rule.id.split(".")[0])


def _scope(cue: Match) -> str:
    return cue.rule.id.split(".")[1]


def _start(cue: Match) -> int:
    return cue.anchor.start
