"""Cut a masked text into pieces to draw: plain words, masks, words that a rule matched, and gaps in a very long text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from footprint.model.decision import Span
from footprint.model.finding import Finding, MaskedText
from footprint.model.suggestion import Suggestion

MOST_CHARACTERS = 3000
"""Longer texts are shown around the words that were matched; report.json and the captured page hold them whole."""
_AROUND = 500
_LABEL = re.compile(r"\[[^\[\]\n]{1,80}\]|⟦[^⟦⟧\n]{1,80}⟧")

Kind = Literal["plain", "mask", "match", "gap"]


class Piece(NamedTuple):
    """A stretch of an excerpt."""

    kind: Kind
    text: str
    """The words; for a mask its class in plain words; for a gap the number of characters."""


class _Mark(NamedTuple):
    start: int
    end: int
    kind: Kind
    label: str = ""


def excerpt(finding: Finding) -> tuple[Piece, ...]:
    """Return the pieces of what the candidate wrote, with the words underlined that relevance rules matched."""
    spans = [span for relevance in finding.relevances for span in relevance.decision.spans]
    return pieces(finding.excerpt, spans)


class Suggested(NamedTuple):
    """What is drawn of a suggestion."""

    own: tuple[Piece, ...]
    others: tuple[Piece, ...]
    weighed: tuple[str, ...]
    """The words that spoke for it, the strongest first, as they stand in the text that is shown."""


def suggested(suggestion: Suggestion) -> Suggested:
    """Return the pieces of what a model proposes, with the words underlined that it weighed or that stand near each other."""
    spans = [*suggestion.stands_near, *(term.span for term in suggestion.terms)]
    words = [
        piece.text
        for term in suggestion.terms
        for piece in pieces(suggestion.excerpt, [term.span])
        if piece.kind == "match"
    ]
    return Suggested(pieces(suggestion.excerpt, spans), pieces(suggestion.surroundings), tuple(dict.fromkeys(words)))


def pieces(masked: MaskedText, matched: Iterable[Span] = ()) -> tuple[Piece, ...]:
    """Return the pieces of a masked text.

    Spans count characters of the original, so each is moved by what the masks before it added or took away. A mask is
    drawn only where its label really stands: a writer who types `[religion]` does not get a box.
    """
    masks = tuple(_placed(masked))
    moved = _moved(masked, masks, matched) if len(masks) == len(masked.masks) else ()
    marks = sorted((*(mask for mask, _ in masks), *moved))
    return tuple(piece for piece in _cut(masked.text, marks) if piece.text)


def _placed(masked: MaskedText) -> Iterator[tuple[_Mark, Span]]:
    shift, last = 0, 0
    for span in sorted(masked.masks, key=lambda span: span.start):
        label = _LABEL.match(masked.text, span.start + shift) if span.start + shift >= last else None
        if label is None:
            return
        yield _Mark(label.start(), label.end(), "mask", span.what.replace("-", " ").replace("_", " ")), span
        last = label.end()
        shift += len(label[0]) - (span.end - span.start)


def _moved(masked: MaskedText, masks: tuple[tuple[_Mark, Span], ...], matched: Iterable[Span]) -> Iterator[_Mark]:
    ends = [span.end for _, span in masks]
    last = 0
    for span in sorted(matched, key=lambda span: (span.start, -span.end)):
        passed = bisect_right(ends, span.start)
        shift = masks[passed - 1][0].end - ends[passed - 1] if passed else 0
        overlaps = passed < len(masks) and masks[passed][1].start < span.end
        start, end = span.start + shift, span.end + shift
        if overlaps or start < last or end > len(masked.text):
            continue
        last = end
        yield _Mark(start, end, "match")


def _cut(text: str, marks: list[_Mark]) -> Iterator[Piece]:
    position = 0
    for mark in marks:
        yield from _plain(text[position : mark.start], is_first=position == 0, is_last=False, whole=len(text))
        yield Piece(mark.kind, mark.label or text[mark.start : mark.end])
        position = mark.end
    yield from _plain(text[position:], is_first=position == 0, is_last=True, whole=len(text))


def _plain(text: str, *, is_first: bool, is_last: bool, whole: int) -> Iterator[Piece]:
    head = MOST_CHARACTERS // 2 if is_first and is_last else 0 if is_first else _AROUND
    tail = 0 if is_last else _AROUND
    if whole <= MOST_CHARACTERS or len(text) <= head + tail + _AROUND:
        yield Piece("plain", text)
        return
    yield Piece("plain", text[:head])
    yield Piece("gap", f"{len(text) - head - tail:,}")
    yield Piece("plain", text[len(text) - tail :])
