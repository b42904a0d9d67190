"""Keys that the spellings of one spoken name share, and whether one word may be another, misspelt.

Sources of the equivalences: the romanisations of ALA-LC, ISO 9, 233 and 259 and of the UN experts on geographical names, beside the
German, French and Polish ways of writing the same letters, and Wade-Giles beside pinyin.
"""

from __future__ import annotations

import re
from functools import lru_cache

_EQUIVALENTS = (
    ("s", r"schtsch|shch|szcz|chtch|sch|sh|sz|^hs|^x|c(?=[eiy])"),
    ("c", r"tsch|tch|ch|cz"),
    ("j", r"dsch|dzh|dj|zh"),
    ("z", r"tz|ts"),
    ("ks", r"x"),
    ("f", r"ph"),
    ("h", r"kh"),
    ("b", r"bh"),
    ("d", r"dh"),
    ("g", r"gh"),
    ("r", r"rh"),
    ("t", r"th"),
    ("k", r"ck|q|c"),
    ("v", r"w"),
    ("u", r"ou|oo|ue"),
    ("a", r"ae"),
    ("o", r"oe"),
    ("i", r"ij|iy|yi|yj|ie|ee|y|(?<=[aeou])j$"),
    ("", r"(?<=[aeiou])h(?![aeiou])"),
)
"""The letters of a key, and the ways of writing them; in a word the longest way at each place counts."""
_WAYS = sorted(
    ((way, letters) for letters, ways in _EQUIVALENTS for way in ways.split("|")),
    key=lambda way: -len(re.sub(r"\W", "", way[0])),
)
_WRITTEN = re.compile("|".join(f"({way})" for way, _ in _WAYS))
_KEYS = tuple(letters for _, letters in _WAYS)

_CONSONANTS = str.maketrans("bpvfwdtkgqcjszxlr", "bbbbbttkkksssssrr", "aeiouyh")
"""Classes of consonants as in Soundex, with l and r in one, because Japanese and Chinese have one sound for both."""

_ALIKE_FIRST = ("kgc", "szj", "cjs", "dt", "vfb", "bp", "jgi", "ou", "ei")
"""Letters that one sound is written with at the beginning of a word, in one language or another."""
_TELLING_VOWELS = frozenset("aeo")
"""Last letters that make a woman's name of a man's: Angelo, Angela; Ivanov, Ivanova; Simon, Simone."""

_RUNS = re.compile(r"(.)\1+")

SLIP_FROM = 7
"""The shortest word in which a letter more, less or swapped is taken for a slip and not for another name."""
MISSPELT_FROM = 4
"""The shortest word in which one letter may differ at all, where the name as a whole still could be the same."""
FIRST_FROM = 5
"""The shortest word in which that letter may be the first; in a shorter one only letters that are alike: Kadi, Gadi."""
TWICE_FROM = 10
"""The shortest word in which two letters may differ."""


@lru_cache(maxsize=32_768)
def key_of(word: str) -> str:
    """Return the letters a word shares with the other spellings of its sound: Sergey and Sergei, Wolodymyr and Volodimir."""
    if not word.isascii():
        return word
    key = _WRITTEN.sub(lambda way: _KEYS[(way.lastindex or 1) - 1], word)
    return _RUNS.sub(r"\1", key) or word


def skeleton_of(key: str) -> str:
    """Return the classes of the consonants of a key, for scripts that do not write the vowels."""
    return _RUNS.sub(r"\1", key.translate(_CONSONANTS)) or key[:1]


def is_slip(one: str, other: str) -> bool:
    """Say whether one letter was added, left out or swapped with its neighbour inside a long word.

    A different letter is a different name (Angela, Angelo), and so is a first or last letter (Mara, Tara).
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < SLIP_FROM or short[0] != long[0] or short[-1] != long[-1]:
        return False
    return (len(short) < len(long) or sorted(one) == sorted(other)) and _is_within(short, long, 1)


def is_misspelling(one: str, other: str, *, is_family: bool = False) -> bool:
    """Say whether one word could be the other, misspelt: by one letter, or two in a long word, but not where letters tell names apart."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    allowed = 2 if len(short) >= TWICE_FROM else 1
    if len(short) < MISSPELT_FROM or len(long) - len(short) > allowed or not _begin_alike(short, long):
        return False
    return _is_within(short, long, allowed) and not ends_tell(short, long, is_family=is_family)


def ends_tell(one: str, other: str, *, is_family: bool = False) -> bool:
    """Say whether two words differ in a last letter that tells a woman's name from a man's: Angela, Angelo; Ivanov, Ivanova.

    Family names have such an ending only in a: Schulz and Schulze are spellings.
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) == len(long):
        return one[-1] != other[-1] and {one[-1], other[-1]} <= _TELLING_VOWELS
    telling = "a" if is_family else _TELLING_VOWELS
    return len(long) == len(short) + 1 and long[-1] in telling and short[-1] == long[-2]


def _begin_alike(short: str, long: str) -> bool:
    one, other = short[0], long[0]
    return (
        one == other or len(short) >= FIRST_FROM or any(one in letters and other in letters for letters in _ALIKE_FIRST)
    )


def _is_within(short: str, long: str, edits: int) -> bool:
    """Say whether so many edits make one word the other; an edit adds, drops or replaces a letter, or swaps two neighbours."""
    at = 0
    for one, other in zip(short, long, strict=False):
        if one != other:
            break
        at += 1
    short, long = short[at:], long[at:]
    if not short or not long:
        return len(short) + len(long) <= edits
    if edits == 1:
        return _is_one_edit(short, long)
    steps = [(short[1:], long), (short, long[1:]), (short[1:], long[1:])]
    if short[:2] == long[1::-1]:
        steps.append((short[2:], long[2:]))
    return any(_is_within(rest, long_rest, edits - 1) for rest, long_rest in steps)


def _is_one_edit(short: str, long: str) -> bool:
    """Say whether one edit at the first letter makes one word the other."""
    if len(short) == len(long):
        return short[1:] == long[1:] or (short[:2] == long[1::-1] and short[2:] == long[2:])
    return short == long[1:] or long == short[1:]
