"""A text made ready for look-up: one normal form, its words and sentences, and the way back to the original.

The normal form undoes what changes the letters but not the words: compatibility forms (NFKC, Unicode UAX #15), invisible
characters, typographic apostrophes, runs of space, digits for letters (`k1ll`) and letters set apart (`k i l l`).
Every position in it leads back to the original, so that a finding can cite the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

Extent = tuple[int, int]
"""Start inclusive, end exclusive."""

_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_FOLDED = re.compile(
    rf"(?P<invisible>[{_INVISIBLE}]+)|(?P<line>\s*\n\s*)|(?P<space>[^\S\n]{{2,}}|[^\S \n])|\w[\u0300-\u036f]+|[^\x00-\x7f]"
)
_DISGUISED = re.compile(
    r"(?<!\w)(?P<spaced>[A-Za-z](?P<gap>[ .*_-])(?:[A-Za-z](?P=gap)){2,}[A-Za-z])(?!\w)"
    r"|(?<![\w@#/.:-])[A-Za-z]+(?:[013457@$]+[A-Za-z]+)+(?!\.?\w)"
)
_PLAIN_WORD = re.compile(r"(?<![\w@./:-])[A-Za-z]{4,60}(?![\w@/-]|\.\w)")
_SPACES = re.compile(r" \s+|[^\S ]\s*")
"""The same in a text of ASCII alone, where nothing but spaces is to be folded."""
_TO_FOLD = re.compile(r"[^\x20-\x7e]|  ")
"""What a text has that must be folded: without it, `_FOLDED` finds nothing to change."""
_FOR_LETTERS, _LETTERS_APART = re.compile(r"[013457@$][A-Za-z]"), re.compile(r"[ .*_-][A-Za-z][ .*_-][A-Za-z][ .*_-]")
"""What a text has in which letters are disguised: without either, `_DISGUISED` finds nothing."""
PIECE = re.compile(r"\w+(?:'\w+)*")
"""A word, as terms of a lexicon may begin with it: its parts about a hyphen are words of their own."""
_LETTERS = str.maketrans("013457@$", "oieastas")
_SAME_SIGN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u0130": "I"})
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_BREAK = re.compile(r"(?<![.!?\u2026])[.!?\u2026]++[\"')\]\u201d]*+(?=\s)|\n")
_ABBREVIATION = re.compile(r"(?:^|\W)(?:mr|mrs|ms|dr|prof|rev|st|sgt|insp|supt|vs|no|e\.g|i\.e|[a-z])$")


class Layer:
    """How one text was rewritten from another: pieces copied or replaced, in order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._origins: list[Extent] = []
        self._copied: list[bool] = []

    def add(self, start: int, origin: Extent, *, copied: bool) -> None:
        """Note that the piece which begins at `start` comes from `origin` of the older text."""
        self._starts.append(start)
        self._origins.append(origin)
        self._copied.append(copied)

    def back(self, extent: Extent) -> Extent:
        """Return the extent of the older text that a non-empty extent of the newer one comes from."""
        first, last = bisect_right(self._starts, extent[0]) - 1, bisect_right(self._starts, extent[1] - 1) - 1
        start, end = self._origins[first][0], self._origins[last][1]
        if self._copied[first]:
            start += extent[0] - self._starts[first]
        if self._copied[last]:
            end = self._origins[last][0] + extent[1] - self._starts[last]
        return start, end


def rewrite(text: str, changes: list[tuple[Extent, str]]) -> tuple[str, Layer]:
    """Return `text` with each extent replaced, and the way back. Extents must be in order and apart."""
    pieces: list[str] = []
    layer, written, read = Layer(), 0, 0
    for (start, end), words in [*changes, ((len(text), len(text)), "")]:
        for piece, origin, copied in ((text[read:start], (read, start), True), (words, (start, end), False)):
            if piece:
                layer.add(written, origin, copied=copied)
                pieces.append(piece)
                written += len(piece)
        read = end
    return "".join(pieces), layer


class Reading:
    """A text in normal form, with words, sentences and the way back."""

    def __init__(self, text: str, mend: Callable[[str], str | None] | None = None) -> None:
        """Read a text; `mend` says what a hidden word stands for, None for a word that is left as it is."""
        self.original = text
        self.shapes: dict[str, tuple[Extent, ...]] = {}
        """Shapes that were found here before, such as names: they are dear to find and asked for by many lexicons."""
        self._layers: list[Layer] = []
        if _TO_FOLD.search(text):
            text = self._apply(text, _SPACES, _fold_spaces) if text.isascii() else self._apply(text, _FOLDED, _fold)
        if _FOR_LETTERS.search(text) or _LETTERS_APART.search(text):
            text = self._apply(text, _DISGUISED, _undisguise)
        self.cased: str = text if mend is None else self._mended(text, mend)
        """The normal form before lower case: names are found here."""
        self.normal: str = self.cased.lower()
        """The normal form; as long as `cased`."""

    def _apply(self, text: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> str:
        changes = [
            (found.span(), words) for found in pattern.finditer(text) if (words := change(found)) != found.group()
        ]
        return self._changed(text, changes)

    def _mended(self, text: str, mend: Callable[[str], str | None]) -> str:
        changes = []
        for found in _PLAIN_WORD.finditer(text):
            words = mend(found.group().lower())
            if words is not None:
                changes.append((found.span(), words))
        return self._changed(text, changes)

    def _changed(self, text: str, changes: list[tuple[Extent, str]]) -> str:
        if not changes:
            return text
        text, layer = rewrite(text, changes)
        self._layers.append(layer)
        return text

    def back(self, extent: Extent) -> Extent:
        """Return where a non-empty extent of the normal form stands in the original."""
        for layer in reversed(self._layers):
            extent = layer.back(extent)
        return extent

    @cached_property
    def _words(self) -> list[int]:
        return [found.start() for found in _WORD.finditer(self.normal)]

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.end() for found in _BREAK.finditer(self.normal) if not self._is_abbreviation(found)]

    def _is_abbreviation(self, found: re.Match[str]) -> bool:
        before = self.normal[max(0, found.start() - 6) : found.start()]
        return found.group() == "." and _ABBREVIATION.search(before) is not None

    def word_at(self, position: int) -> int:
        """Return the number of the word that stands at or before a position of the normal form; -1 before the first."""
        return bisect_right(self._words, position) - 1

    def around(self, extent: Extent, words: int) -> Extent:
        """Return an extent with at least so many words on either side of it, as far as the text goes."""
        first = self.word_at(extent[0]) - words
        last = self.word_at(extent[1] - 1) + words + 1
        return (
            self._words[first] if first > 0 else 0,
            self._words[last] if last < len(self._words) else len(self.normal),
        )

    def sentence_at(self, position: int) -> int:
        """Return the number of the sentence that a position of the normal form is in."""
        return bisect_right(self._breaks, position)


def _fold(found: re.Match[str]) -> str:
    if found["invisible"]:
        return ""
    if found["line"] or found["space"]:
        return _fold_spaces(found)
    return unicodedata.normalize("NFKC", found.group()).translate(_SAME_SIGN)


def _fold_spaces(found: re.Match[str]) -> str:
    """One line break before a small letter is a wrapped line; any other ends the sentence."""
    if "\n" not in found.group():
        return " "
    follows = found.string[found.end() : found.end() + 1]
    return " " if found.group().count("\n") == 1 and follows.islower() else "\n"


def _undisguise(found: re.Match[str]) -> str:
    if found["spaced"]:
        return found["spaced"].replace(found["gap"], "")
    return found.group().translate(_LETTERS)
