"""Undo what hides a word of a lexicon: two letters swapped, one left out, or words written together (`ihateqeuues`).

Only toward words that the lexicons look for, and only from what is no word itself: no text is corrected for its own sake. Each
misspelling is worked out beforehand (the deletion neighbourhood of the words), so that a text costs one look-up a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from footprint.filters.dictionary_words import ENGLISH, NAMES
from footprint.filters.ordinary_words import FUNCTION_WORDS, LOOK_ALIKES, NOT_JOINED
from footprint.model.lexicon import Lexicon

Mend = Callable[[str], str | None]
"""Returns the words that a hidden word stands for, in lower case; None where it is left as it is."""

_WORD = re.compile(r"[a-z']+")
_NOT_WORDS = re.compile(r"[{<][^}>]*[}>]|\*")
_SHORTEST = 4
"""Letters of the shortest word that is looked for behind a misspelling."""

_SHORTEST_SLUR = 6
"""Letters of the shortest slur that is looked for so: shorter ones are too like names."""

_SHORTEST_JOINED, _LONGEST_JOINED = 5, 60
_MOST_PIECES = 14
_MOST_KEPT = 50_000
"""Words of which it is kept what they stand for."""


class Spelling:
    """The words that some lexicons look for, and the ways in which each may be hidden."""

    def __init__(self, lexicons: Iterable[Lexicon], others: Iterable[Lexicon] = ()) -> None:
        """Look for the words of some lexicons behind misspellings; the words of the others are words, and are left as they are."""
        known = tuple(lexicons)
        self._words = _words_of(terms for lexicon in known for terms in lexicon.groups.values())
        self._telling = frozenset(
            word for word in self._words if len(word) >= _SHORTEST and word not in FUNCTION_WORDS and "'" not in word
        )
        others_words = _words_of(terms for lexicon in others for terms in lexicon.groups.values())
        self._known = self._words | others_words | FUNCTION_WORDS | LOOK_ALIKES | ENGLISH | NAMES
        slurs = _words_of(terms for lexicon in known for name, terms in lexicon.groups.items() if "slur" in name)
        self._hidden = {
            hidden: word
            for word in sorted(self._telling, key=lambda word: (len(word), word))
            if len(word) >= _SHORTEST_SLUR or word not in slurs
            for hidden in _misspellings(word)
            if hidden not in self._known
        }
        self._openings = frozenset(word[:_SHORTEST] for word in self._telling)
        self._longest = max(map(len, self._words), default=0)
        self._kept: dict[str, str | None] = {}

    def mend(self, word: str) -> str | None:
        """Return what a word in lower case stands for; None where it is a word, or stands for nothing that is looked for."""
        if word in self._known:
            return None
        if word not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[word] = self._work_out(word)
        return self._kept[word]

    def _work_out(self, word: str) -> str | None:
        found = self._hidden.get(word)
        if found is not None:
            return found
        if _SHORTEST_JOINED <= len(word) <= _LONGEST_JOINED and word not in NOT_JOINED:
            return self._split(word)
        return None

    def _split(self, word: str) -> str | None:
        """Return the fewest words that a word consists of, where one of them tells something."""
        if not any(word[start : start + _SHORTEST] in self._openings for start in range(len(word) - _SHORTEST + 1)):
            return None
        best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - self._longest), end):
                before, piece = best[start], word[start:end]
                if before is not None and self._is_piece(piece):
                    pieces, shortest = (*before, piece), best[end]
                    if len(pieces) <= _MOST_PIECES and (shortest is None or len(pieces) < len(shortest)):
                        best[end] = pieces
        pieces = best[-1] or ()
        return " ".join(pieces) if any(piece in self._telling for piece in pieces) else None

    def _is_piece(self, piece: str) -> bool:
        if len(piece) <= 2:
            return piece in FUNCTION_WORDS
        return piece in self._words or piece in FUNCTION_WORDS


def _words_of(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for terms in groups for term in terms for word in _WORD.findall(_NOT_WORDS.sub("", term)))


def _misspellings(word: str) -> Iterator[str]:
    """Yield the word with one letter left out, and with two neighbours swapped; a singular is not a misspelt plural."""
    for place in range(len(word)):
        if len(word) > _SHORTEST and not (word[place] == "s" and place == len(word) - 1):
            yield word[:place] + word[place + 1 :]
        if place and word[place] != word[place - 1]:
            yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
