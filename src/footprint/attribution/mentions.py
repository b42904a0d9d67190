"""Find a name in a text: as whole words in either order, or letter by letter where a script has no spaces. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from footprint.attribution.forms import NameForm, Word, form_of, words_of
from footprint.attribution.name_words import PARTICLES
from footprint.attribution.names import compare_forms

MOST_MENTIONS = 200
"""How many mentions of one name are read in one text; what a page says of its subject it says before."""

SHORT_NATIVE = 2
"""Up to so many letters, a Chinese, Japanese or Korean name may be the beginning of a longer one."""

_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015]{1,3}")
_REVERSED = re.compile(r",?\s{1,3}")


class Mention(NamedTuple):
    """Where a name stands in a text."""

    start: int
    end: int


@lru_cache(maxsize=16)
def mentions(text: str, name: str) -> tuple[Mention, ...]:
    """Return where a text in composed form (NFC) has the name, or a form of it, in either order; the first of them, if there are many.

    Middle names may be left out, added or shortened; a middle name that differs makes it another name. In a script without
    spaces the name is found letter by letter, but not inside a longer run where it could be the beginning of another name.
    """
    form = form_of(name)
    if not form.words:
        return ()
    found = _native_mentions(text, form) if form.native else _spaced_mentions(text, form)
    return tuple(islice((mention for mention in found if _bears(text, mention, form)), MOST_MENTIONS))


def _bears(text: str, mention: Mention, form: NameForm) -> bool:
    return compare_forms(form, form_of(text[mention.start : mention.end])).is_same


def _native_mentions(text: str, form: NameForm) -> Iterator[Mention]:
    """Yield the name where it stands as it is written; a name of two letters only between other signs."""
    native = re.escape(form.native)
    inside = "" if len(form.native) > SHORT_NATIVE else r"(?<!\w)"
    after = "" if len(form.native) > SHORT_NATIVE else r"(?!\w)"
    for match in re.finditer(inside + native + after, text):
        yield Mention(match.start(), match.end())


def _spaced_mentions(text: str, form: NameForm) -> Iterator[Mention]:
    words, parts = words_of(text), form.words
    wanted = frozenset(parts)
    for at, word in enumerate(words):
        if word.folded in wanted:
            yield from _mentions_at(text, words, at, parts)


def _mentions_at(text: str, words: tuple[Word, ...], at: int, parts: tuple[str, ...]) -> Iterator[Mention]:
    start = words[at]
    if len(parts) == 1:
        if start.folded == parts[0] and text[start.start].isupper():
            yield Mention(start.start, start.end)
    elif start.folded == parts[0]:
        yield from _forwards(text, words, at, parts)
    elif start.folded in parts[1:] and at + 1 < len(words):
        follower = words[at + 1]
        if follower.folded == parts[0] and _REVERSED.fullmatch(text[start.end : follower.start]):
            yield Mention(start.start, follower.end)


def _forwards(text: str, words: tuple[Word, ...], at: int, parts: tuple[str, ...]) -> Iterator[Mention]:
    """Yield the name from its given name on: up to three capitalised words or particles later comes the family name."""
    end = None
    for before, word in zip(words[at : at + 4], words[at + 1 : at + 5], strict=False):
        if not _BETWEEN.fullmatch(text[before.end : word.start]):
            break
        if not (text[word.start].isupper() or word.folded in PARTICLES or word.folded in parts):
            break
        if word.folded in parts[1:]:
            end = word.end
    if end is not None:
        yield Mention(words[at].start, end)
