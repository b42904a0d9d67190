"""Bring a name to the one form in which names are compared: words in Latin letters, given names first, and what stood around them.

(1) The part after a comma comes first: `Quill, Mara`.
(2) Words are folded and romanised; the parts of one Chinese or Korean word are taken apart.
(3) Titles go; a mark of the generation is kept apart.
(4) Particles go where enough is left; that a word for `son of` stood there is remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from footprint.attribution.name_words import FILIATION, GENERATIONS, PARTICLES, TITLES
from footprint.attribution.scripts import (
    EAST_ASIAN,
    SPARSE,
    Script,
    one_letter_form,
    romanise,
    script_of,
    split_east_asian,
)
from footprint.attribution.sounds import key_of, skeleton_of

MOST_WORDS = 16
"""Words of a name that are read; no name in the world's registers is longer, and a page may say anything."""
MOST_LETTERS = 200
"""Letters of a name that are read."""
LONGEST_WORD = 64
"""Letters of a word in a text that can be a word of a name."""

_ASCII_WORD = re.compile(r"([A-Za-z0-9]+(?:'(?![sS]\b)[A-Za-z0-9]+)*)(?:'[sS]\b)?")
_SIGNS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u109f\u1780-\u17ff\u3099\u309a"
"""Vowel signs and marks that are no letters to `re`, but stand inside words: Arabic, Hebrew, Indic, Thai, Khmer, Japanese."""
_LETTER = rf"(?:[^\W_]|[{_SIGNS}])"
_WORD = re.compile(rf"((?=[^\W_]){_LETTER}+(?:['\u2019\u02bc](?![sS]\b){_LETTER}+)*)(?:['\u2019\u02bc][sS]\b)?")
_VOICING = frozenset("\u3099\u309a")
"""Marks without which a Japanese syllable is another one."""
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        "'": "",
        "`": "",
        "\u2018": "",
        "\u2019": "",
        "\u02bb": "",
        "\u02bc": "",
    }
)
_SERVANT_OF = re.compile(r"^abd[aeiou]?(?:l(?=[^l])|[rs](?=[rs]))(?=\w{3})")
"""The first half of an Arabic name that is written as one word or two: Abdulaziz, Abd al-Aziz, Abdurrahman."""
_SERVANT = re.compile(r"^abd(?:[aeiou][lrsz])?$")
_ARABIC_SERVANT = re.compile("\u0639\u0628\u062f\u0627\u0644")
"""The same in Arabic letters, where it is often written without the space."""
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
"""Letters that German and the Nordic languages write with two, where a keyboard has not got them."""


class Word(NamedTuple):
    """A word of a text, folded and romanised, and where it stands."""

    folded: str
    start: int
    end: int


class NameForm(NamedTuple):
    """A name, ready to be compared."""

    words: tuple[str, ...] = ()
    """In Latin letters, given names first, without titles and particles."""
    keys: tuple[str, ...] = ()
    """What each word shares with other spellings of its sound."""
    skeletons: tuple[str, ...] = ()
    """The consonants of each word."""
    spelled: tuple[str, ...] = ()
    """Each word with two letters for an umlaut: mueller, where `words` has muller."""
    joined: str = ""
    """The words without spaces."""
    native: str = ""
    """The name as it is written, without spaces, where it is Chinese, Japanese or Korean throughout."""
    script: Script = Script.LATIN
    generation: str = ""
    has_filiation: bool = False
    """True where the order of the words says who is whose child."""


def fold(text: str) -> str:
    """Return text without case, accents and apostrophes: `O'Brién` becomes `obrien`."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in plain if letter in _VOICING or not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", kept.translate(_LETTERS))


@lru_cache(maxsize=2)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in composed form (NFC), in order; a hyphen divides words, a genitive s belongs to none.

    The last texts are remembered, because every name and every contradiction is looked for in the same one.
    """
    if text.isascii():
        return tuple(Word(match[1].lower().replace("'", ""), *match.span(1)) for match in _ASCII_WORD.finditer(text))
    return tuple(Word(_romanised(match[1]), *match.span(1)) for match in _WORD.finditer(text))


def _romanised(word: str) -> str:
    """Return a word of a text in Latin letters; a run of letters that is too long for a word of a name stays as it is."""
    return romanise(fold(word)) if len(word) <= LONGEST_WORD else word


def normalise(name: str) -> tuple[str, ...]:
    """Return the words that make a name, given names first, without titles and, where more is left, particles.

    `Quill, Mara` and `Dr Mara van Quill` both give `mara quill`; `Mara Quill-Marsh` gives three words.
    """
    return form_of(name).words


def form_of(name: str) -> NameForm:
    """Return the form in which a name is compared; of a very long name, that of its beginning."""
    return _form_of(name[:MOST_LETTERS])


@lru_cache(maxsize=16_384)
def _form_of(name: str) -> NameForm:
    written = [fold(match[1]) for match in _WORD.finditer(_reordered(name))][:MOST_WORDS]
    if not written:
        return NameForm()
    script = _script_of_all(written)
    words = [word for part in written for word in _words_in(part, script if len(written) == 1 else None)]
    generation, words = _without_generation(words)
    untitled = _without_titles(words)
    bare = tuple(word for part in _without_particles(untitled) for word in _apart(part))
    keys = tuple(key_of(word) for word in bare)
    return NameForm(
        words=bare,
        keys=keys,
        skeletons=tuple(skeleton_of(key) for key in keys),
        spelled=_spelled(name, bare),
        joined="".join(bare),
        native=one_letter_form("".join(written)) if script in EAST_ASIAN else "",
        script=script,
        generation=generation,
        has_filiation=not FILIATION.isdisjoint(untitled),
    )


def _spelled(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    expanded = unicodedata.normalize("NFC", name).translate(_UMLAUTS)
    spelled = words if expanded == name or name.isascii() else form_of(expanded).words
    return spelled if len(spelled) == len(words) else words


def _reordered(name: str) -> str:
    composed = _ARABIC_SERVANT.sub("\u0639\u0628\u062f \u0627\u0644", unicodedata.normalize("NFC", name))
    before, comma, after = composed.partition(",")
    # (1)
    return f"{after} {before}" if comma and after.strip() and "," not in after else f"{before} {after}"


def _script_of_all(written: list[str]) -> Script:
    """Return the script of the words, the least exact one where they are of several."""
    found = {script_of(word) for word in written}
    order = (
        (*EAST_ASIAN, Script.ABJAD, Script.ALPHABET) if Script.LATIN not in found else (Script.ABJAD, Script.ALPHABET)
    )
    return next((script for script in order if script in found), Script.LATIN)


def _words_in(part: str, whole: Script | None) -> tuple[str, ...]:
    # (2)
    return (romanise(part),) if whole is None else split_east_asian(part, whole)


def _without_generation(words: list[str]) -> tuple[str, list[str]]:
    if len(words) > 2 and words[-1] in GENERATIONS:
        return GENERATIONS[words[-1]], words[:-1]
    return "", words


def _without_titles(words: list[str]) -> list[str]:
    # (3)
    return [word for word in words if word not in TITLES] or words


def _without_particles(words: list[str]) -> list[str]:
    """Drop the particles between the words, and before them where at least two words follow: Al Gore keeps his name."""
    # (4)
    last = len(words) - 1
    kept = [word for at, word in enumerate(words) if at == last or word not in PARTICLES]
    return kept if len(kept) > 1 else words


def _apart(word: str) -> Iterator[str]:
    """Yield the two halves of an Arabic servant name, whose article went with the particles, or the word."""
    if _SERVANT.match(word):
        yield "abd"
        return
    half = _SERVANT_OF.match(word)
    if half:
        yield "abd"
    yield word[half.end() :] if half else word


def is_sparse(form: NameForm) -> bool:
    """Say whether a name is in a script whose romanisation keeps little but the consonants."""
    return form.script in SPARSE


def joined_at(form: NameForm, at: int) -> NameForm:
    """Return a name in which a word and its follower are one."""
    return form._replace(
        words=_one_of_two(form.words, at),
        spelled=_one_of_two(form.spelled, at),
        keys=_one_of_two(form.keys, at),
        skeletons=_one_of_two(form.skeletons, at),
    )


def _one_of_two(words: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*words[:at], words[at] + words[at + 1], *words[at + 2 :])


def forget() -> None:
    """Empty the memory of names, for measurements and for a process that goes on to another case."""
    for memory in (_form_of, romanise, key_of, words_of):
        memory.cache_clear()
