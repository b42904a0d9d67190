"""The decision view: take out the candidate's own protected characteristics and everything about third parties.

Seeing a profile is itself the channel of discrimination (LAW 5, EQ-4), and third parties gave no consent (LAW RIPA-4).
Each mask is replaced by its class in brackets, `[person]`. What a mask reveals may make another rule apply, so it is repeated until
nothing is left to mask; masks always refer to the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from footprint.errors import InputError
from footprint.filters.identical import Identical
from footprint.filters.identifiers import FINDERS
from footprint.filters.known import KnownNames
from footprint.filters.match import matches, span_of
from footprint.filters.merged import merged
from footprint.filters.people import find_names
from footprint.filters.reading import Extent, Layer, Reading, rewrite
from footprint.model.candidate import Candidate
from footprint.model.decision import Span
from footprint.model.finding import MaskedText
from footprint.model.lexicon import Lexicon, TopicRule

OWN = frozenset(
    [
        "age",
        "sex",
        "pregnancy",
        "marriage",
        "race",
        "nationality",
        "religion",
        "belief",
        "disability",
        "health",
        "orientation",
        "politics",
        "union",
    ]
)
"""Protected characteristics, masked where they are predicated of the candidate. Lexicon rules are named `<class>.<variant>`."""

THIRD_PARTIES = frozenset({"person", "handle", "email", "phone", "address", "identifier"})
"""What leads to other people, masked wherever it stands."""

CLASSES = OWN | THIRD_PARTIES
"""Every class that a pack may mask."""

_MARK = re.compile(rf"\[(?:{'|'.join(sorted(CLASSES))})\]")
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
_SURE_END = re.compile(r"(?<=[a-z]{6}[.!?])\s+(?=[A-Z])")
"""Where a sentence ends for certain: after a word that is longer than any abbreviation."""
_SAYS_SOMETHING = re.compile(r"\w")


def mask(
    text: str,
    *,
    candidate: Candidate,
    classes: frozenset[str],
    keep: tuple[Span, ...] = (),
    lexicons: Mapping[str, Lexicon],
) -> MaskedText:
    """Return the text with everything of the given classes replaced by its class.

    Spans in `keep` stay readable, such as the group that abuse is aimed at; a span that is itself a third party does not.
    Raises InputError for a class that does not exist.
    """
    unknown = classes - CLASSES
    if unknown:
        raise InputError(where="masks", field=min(unknown), expected=f"one of {', '.join(sorted(CLASSES))}")
    kept = [(span.start, span.end) for span in keep if span.what not in THIRD_PARTIES]
    asked = _Asked(classes, KnownNames.of(candidate), _own(Identical(*lexicons.values()), classes))
    masks: list[Span] = []
    for start, end in _paragraphs(text):
        holes = [(first - start, last - start) for first, last in kept if first < end and start < last]
        masks.extend(_moved(span, start) for span in _masks_of(text[start:end], holes, asked))
    return MaskedText(text=_masked(text, masks)[0], masks=tuple(masks))


def _paragraphs(text: str) -> Iterator[Extent]:
    """Yield the paragraphs: no rule looks beyond an empty line, and most paragraphs hide nothing."""
    start = 0
    for gap in _GAP.finditer(text):
        yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


class _Asked(NamedTuple):
    """What is to be masked, and what is not."""

    classes: frozenset[str]
    known: KnownNames
    own: Lexicon | None
    """The rules on the candidate's own characteristics."""


def _masks_of(text: str, kept: list[Extent], asked: _Asked) -> list[Span]:
    """Return what is masked of a paragraph: first of all of it, then, until nothing is left, of each part in which something was."""
    masks = _grown(text, [], kept, asked)
    settled: list[Span] = []
    for start, end in _parts(text, masks) if masks else ():
        part = [_moved(span, -start) for span in masks if start <= span.start < end]
        if part:
            holes = [(first - start, last - start) for first, last in kept]
            settled += [_moved(span, start) for span in _settled(text[start:end], part, holes, asked)]
    return settled


def _parts(text: str, masks: list[Span]) -> Iterator[Extent]:
    """Yield sentences, or runs of them: no rule looks beyond a sentence, so that what a mask reveals is in its own."""
    start = 0
    for end in _SURE_END.finditer(text):
        if not any(span.start < end.end() and end.start() < span.end for span in masks):
            yield start, end.start()
            start = end.end()
    yield start, len(text)


def _moved(span: Span, by: int) -> Span:
    return Span(start=span.start + by, end=span.end + by, what=span.what) if by else span


def _settled(text: str, masks: list[Span], kept: list[Extent], asked: _Asked) -> list[Span]:
    grown = _grown(text, masks, kept, asked)
    while grown is not masks:
        masks, grown = grown, _grown(text, grown, kept, asked)
    return masks


def _grown(text: str, masks: list[Span], kept: list[Extent], asked: _Asked) -> list[Span]:
    """Return the masks with those that are to be added where they are in place; the same list where there are none."""
    masked, layer = _masked(text, masks)
    marks = _marks(masked)
    fresh = [
        Span(start=start, end=end, what=found.what)
        for found in _find(masked, asked)
        for piece in _outside(masked, (found.start, found.end), marks)
        for start, end in _outside(text, layer.back(piece), kept)
    ]
    return _joined([*masks, *fresh]) if fresh else masks


def _masked(text: str, masks: list[Span]) -> tuple[str, Layer]:
    return rewrite(text, [((span.start, span.end), f"[{span.what}]") for span in masks])


def _find(text: str, asked: _Asked) -> Iterator[Span]:
    reading = Reading(text)
    yield from _find_identifiers(text, asked.classes, asked.known)
    if "person" in asked.classes:
        for extent in find_names(reading.cased):
            if not asked.known.is_own_name(reading.cased[slice(*extent)]):
                yield span_of(reading, extent, "person")
    if asked.own is not None:
        for match in matches(reading, asked.own):
            yield span_of(reading, match.anchor.extent, _class(match.rule))


def _find_identifiers(text: str, classes: frozenset[str], known: KnownNames) -> Iterator[Span]:
    for name, find in FINDERS.items():
        if name in classes:
            for start, end in find(text):
                if name != "handle" or not known.is_own_handle(text[start:end]):
                    yield Span(start=start, end=end, what=name)


@lru_cache(maxsize=64)
def _own(lexicons: Identical[Lexicon], classes: frozenset[str]) -> Lexicon | None:
    """Return the rules of all lexicons that mask one of the classes, as one lexicon."""
    return merged(lexicons.held, lambda rule: _class(rule) in classes)


def _class(rule: TopicRule) -> str:
    return rule.id.partition(".")[0]


def _marks(text: str) -> list[Extent]:
    return [found.span() for found in _MARK.finditer(text)]


def _outside(text: str, extent: Extent, holes: Iterable[Extent]) -> Iterator[Extent]:
    """Yield what is left of an extent outside the holes, where it says something."""
    start, end = extent
    for hole_start, hole_end in sorted(holes):
        if hole_start < end and start < hole_end:
            if _SAYS_SOMETHING.search(text, start, hole_start):
                yield start, hole_start
            start = hole_end
    if start < end and _SAYS_SOMETHING.search(text, start, end):
        yield start, end


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order and apart; overlapping ones become one, of the class that begins first."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = joined[-1].but(end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
