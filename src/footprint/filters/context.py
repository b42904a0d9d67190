"""What changes how words are to be read: quotation, counter-speech, figures of speech, negation, report.

The words are data (`lexicons/context.toml`). A rule's id there is `<kind>.<scope>[.<variant>]`, and the scope says how far it reaches:
`near` (before the words, in the same clause, at most `within` words away), `sentence`, `text`, or `quoted` (anywhere in the text, but only
where the words stand inside a quotation: "disgusting" about a quoted line condemns it, about a group it is the abuse), or `slur` (in the
sentence, where the rule rests on a slur alone: a slur may be named, or used by the people it was made for), or `same` (where the cue is
one of the very words of the match: a word of abuse that is another word too, with what stands beside the other sense), or `pronoun`
(anywhere in the text, but only where violence is meant for somebody who is named by a pronoun of the third person alone: what
is to be killed may be the slugs, the potatoes or the processes; "you", a name, an office or a group are people). A rule `earnest`
explains nothing: its words take away the doubt that strange words beside a threat raise (`filters/vocabulary.py`).
Context downgrades a finding to REVIEW and names its kind; it never deletes (JUDGEMENT 8.3).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from footprint.filters.antecedents import THEM, means_things
from footprint.filters.hit import Hit
from footprint.filters.match import Match, matches, words_between
from footprint.filters.reading import Extent, Reading
from footprint.filters.vocabulary import Vocabulary, is_doubtful
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

PRONOUNS = THEM | {"him", "her", "he", "she"}
"""Targets that may be no person."""

TARGET = "target"
"""Groups whose names begin so hold those whom it is said about or to."""

LITERAL = frozenset({ContextKind.FIGURATIVE})
"""What does not explain words of those categories, and what strange words beside a threat may mean."""

ASSERTED = frozenset({ContextKind.NEGATION})
"""What explains what is said of someone, and not what they are called: a slur asserts nothing that could be denied."""

SCOPES = ("near", "sentence", "text", "quoted", "slur", "same", "pronoun", "earnest")
"""How far a cue may reach."""


_NO_WORDS = Vocabulary()


class Surroundings:
    """The context of one reading, found once and asked about each match."""

    def __init__(self, reading: Reading, lexicon: Lexicon, vocabulary: Vocabulary = _NO_WORDS) -> None:
        """Surround a reading; the vocabulary tells people from things, and what belongs to a threat from what does not."""
        self.reading = reading
        self._lexicon = lexicon
        self._vocabulary = vocabulary

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

    def _in_text(self, match: Match) -> frozenset[ContextKind]:
        """Return the kinds of the cues anywhere in the text that are no words of the match itself."""
        cues = self._cues["text"]
        return frozenset(
            _kind(cue) for cue in cues if not any(hit.start <= cue.anchor.start < hit.end for hit in match.hits)
        )

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
        """Return every kind of context that a match stands in, and what its rule leaves open."""
        kinds = self._in_text(match) | self._explained_in_sentence(match) | set(self._of_pronouns(match))
        kinds |= {_kind(cue) for hit in match.hits for cue in self._before(hit, match)}
        if match.rule.open is not None:
            kinds |= {match.rule.open}
        if SLUR in match.anchor.group:
            kinds = (kinds - ASSERTED) | set(self._of_slurs(match))
        if self._cues["same"]:
            kinds |= set(self._in_words_of(match))
        if self._is_quoted(match):
            kinds |= self._in_quotation
        if match.rule.brief and not kinds and self._is_doubtful(match):
            kinds |= LITERAL
        return kinds - LITERAL if match.rule.category in MEANT_LITERALLY else kinds

    def _of_slurs(self, match: Match) -> Iterator[ContextKind]:
        """Yield what explains a slur: a cue in its sentence, as near as the rule of the cue asks."""
        sentence = self.reading.sentence_at(match.anchor.start)
        for cue in self._cues["slur"]:
            apart = words_between(self.reading, cue.anchor.extent, match.anchor.extent)
            if apart <= cue.rule.within and self.reading.sentence_at(cue.anchor.start) == sentence:
                yield _kind(cue)

    def _explained_in_sentence(self, match: Match) -> frozenset[ContextKind]:
        """Return the kinds of the cues in the sentence: a game or a meal in it makes no figure of speech of contempt for a group."""
        kinds = frozenset(self._in_sentence(match, "sentence"))
        return kinds - LITERAL if match.rule.category is Category.DISCRIMINATION else kinds

    def _of_pronouns(self, match: Match) -> Iterator[ContextKind]:
        """Yield what explains violence that is meant for somebody who is named by nothing but a pronoun of the third person."""
        targets = [hit for hit in match.hits if hit.group.startswith(TARGET) and hit.stands_for is None]
        words = {self.reading.normal[hit.start : hit.end] for hit in targets}
        if match.rule.category is Category.THREATS and words and words <= PRONOUNS:
            yield from map(_kind, self._cues["pronoun"])
            if words <= THEM and all(
                means_things(self.reading, hit.extent, self._vocabulary.people) for hit in targets
            ):
                yield ContextKind.FIGURATIVE

    def _is_doubtful(self, match: Match) -> bool:
        """Return whether a threat in ordinary words stands among others that belong to no threat, and nobody says that it is meant."""
        earnest = frozenset(self._in_sentence(match, "earnest"))
        return not earnest and is_doubtful(self.reading, match.hits, self._vocabulary.usual)

    def _in_words_of(self, match: Match) -> Iterator[ContextKind]:
        """Yield the kinds of the cues that are words of the match itself: `Polish` alone may be polish, `Polish people` are not."""
        for cue in self._cues["same"]:
            if any(_covers(cue.anchor, hit) for hit in match.hits):
                yield _kind(cue)

    def condemns(self) -> bool:
        """Return whether the text, as a comment on another, condemns it."""
        return any(_kind(cue) is ContextKind.COUNTER_SPEECH for cue in (*self._cues["text"], *self._cues["quoted"]))

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
