"""How two words of a name are alike: the evidence of which the comparison of two names is made. Pure and symmetric."""

from __future__ import annotations

from enum import StrEnum

from footprint.attribution.forms import NameForm, is_sparse
from footprint.attribution.nicks import is_nickname
from footprint.attribution.sounds import ends_tell, is_misspelling, is_slip

MOST_LETTERS_MORE = 3
"""How much longer than another a word may be and still be a spelling of it."""


class Likeness(StrEnum):
    """How two words of a name are alike."""

    SAME = "same"
    SCRIPT = "script"
    """The same letters, in another alphabet, or with two for an umlaut."""
    CLOSE = "close"
    """One letter more, less or swapped, in a long word."""
    SOUND = "sound"
    """Two spellings of one sound."""
    NICKNAME = "nickname"
    """One given name is short for the other."""
    CONSONANTS = "consonants"
    """The same consonants, and a vowel differs: Mara beside Maria."""
    SKELETON = "skeleton"
    """The same consonants, where one of the scripts does not write vowels."""
    SPELLING = "spelling"
    """One letter differs, or two in a long word."""
    INITIAL = "initial"
    """One is the first letter of the other."""


WEIGHTS = {
    Likeness.SAME: 1.0,
    Likeness.SCRIPT: 0.9,
    Likeness.CLOSE: 0.8,
    Likeness.SOUND: 0.8,
    Likeness.NICKNAME: 0.8,
    Likeness.CONSONANTS: 0.7,
    Likeness.SKELETON: 0.7,
    Likeness.SPELLING: 0.6,
    Likeness.INITIAL: 0.5,
}
"""What each likeness adds to the score."""

WRITTEN = frozenset({Likeness.SAME, Likeness.SCRIPT, Likeness.CLOSE, Likeness.INITIAL})
"""Likenesses of one name in two ways of writing; with any other, two names are at most similar."""

FORMS = (WRITTEN - {Likeness.INITIAL}) | {Likeness.SOUND, Likeness.NICKNAME, Likeness.SKELETON}
"""Likenesses of one name in two forms, such as a short form; no misspelling, no initial, and no other vowel: Maria is not Mara."""

ANCHORS = frozenset(
    {Likeness.SAME, Likeness.SCRIPT, Likeness.CLOSE, Likeness.SOUND, Likeness.CONSONANTS, Likeness.SKELETON}
)
"""Likenesses of which two similar names need one, beside a misspelling or an initial."""


def equal_words(one: NameForm, other: NameForm) -> Likeness:
    """Return what equal words are worth: less where a script that writes few vowels was romanised to get them."""
    if one.script is other.script:
        return Likeness.SAME
    return Likeness.SOUND if is_sparse(one) or is_sparse(other) else Likeness.SCRIPT


def likeness_of(one: NameForm, i: int, other: NameForm, j: int) -> Likeness | None:
    """Return how two words that are not equal are alike, or nothing."""
    word, seen = one.words[i], other.words[j]
    if len(word) == 1 or len(seen) == 1:
        return Likeness.INITIAL if word[0] == seen[0] else None
    crosses = one.script is not other.script
    if crosses and (is_sparse(one) or is_sparse(other)):
        return Likeness.SKELETON if one.skeletons[i] == other.skeletons[j] else None
    if one.spelled[i] == seen or word == other.spelled[j]:
        return Likeness.SCRIPT
    if is_slip(word, seen):
        return Likeness.CLOSE
    is_family = i == len(one.words) - 1 and j == len(other.words) - 1
    if one.keys[i] == other.keys[j]:
        return None if ends_tell(word, seen, is_family=is_family) else (Likeness.SCRIPT if crosses else Likeness.SOUND)
    if not is_family and is_nickname(word, seen):
        return Likeness.NICKNAME
    return _misspelt((word, one.keys[i], one.skeletons[i]), (seen, other.keys[j], other.skeletons[j]), is_family)


def _misspelt(one: tuple[str, str, str], other: tuple[str, str, str], is_family: bool) -> Likeness | None:
    """Compare a word, its key and its skeleton with another's, and allow for misspellings."""
    (word, key, skeleton), (seen, seen_key, seen_skeleton) = one, other
    if abs(len(word) - len(seen)) > MOST_LETTERS_MORE:
        return None
    is_spelt_alike = is_misspelling(word, seen, is_family=is_family)
    if not is_spelt_alike and (word != key or seen != seen_key):
        is_spelt_alike = is_misspelling(key, seen_key, is_family=is_family) and not ends_tell(
            word, seen, is_family=is_family
        )
    if not is_spelt_alike:
        return None
    return Likeness.CONSONANTS if skeleton == seen_skeleton else Likeness.SPELLING
