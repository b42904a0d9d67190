"""Which words of a dictionary would be taken for hidden ones: `python -m benchmarks.look_alikes WORDS ...`.

Prints them in the form in which `filters/dictionary_words.py` holds them; nothing where that file is up to date. A dictionary is a
file of one word a line, such as `/usr/share/dict/british-english`. Run it after words were added to a lexicon.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.setting import LEXICONS
from footprint.filters.relevance import HIDDEN
from footprint.filters.spelling import Spelling

_WORD = re.compile(r"[A-Za-z]{4,60}")

VARIANTS = frozenset({
    "councilor", "councilors", "fagot", "fagots", "goddam", "gyps", "motherfucker", "motherfuckers", "motherfucking", "neighbor", "neighbors", "negros", "niggard",
})  # fmt: skip
"""Other spellings of words that are looked for: these are mended."""


def misread(spelling: Spelling, words: Iterable[str]) -> Iterator[str]:
    """Yield the words, in lower case and without a possessive, that would be taken for other ones."""
    for word in sorted({word.strip().removesuffix("'s").lower() for word in words} - VARIANTS):
        if _WORD.fullmatch(word) and spelling.mend(word) is not None:
            yield word


def spelling_of_all() -> Spelling:
    """Return the ways of hiding words that the shipped lexicons uncover."""
    finding = [lexicon for lexicon in LEXICONS.values() if any(rule.category is not None for rule in lexicon.rules)]
    hidden = [lexicon for lexicon in finding if any(rule.category in HIDDEN for rule in lexicon.rules)]
    return Spelling(hidden, LEXICONS.values())


if __name__ == "__main__":
    found = misread(spelling_of_all(), (line for path in sys.argv[1:] for line in Path(path).read_text().splitlines()))
    print(textwrap.fill(" ".join(found), 140, break_on_hyphens=False))
