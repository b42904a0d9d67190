"""The words by which people are named, and the words that a threat is made of: worked out from the lexicons, with common words beside them.

A threat says who, what, when, where and why, in common words. Where two words stand in its sentence that belong to none of that, the
sentence is about something else as well, a game, a meal, a picture or a machine, and a person should look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from footprint.filters.hit import Hit
from footprint.filters.ordinary_words import FUNCTION_WORDS
from footprint.filters.reading import Reading
from footprint.model.finding import Category
from footprint.model.lexicon import Lexicon

MANY = 2
"""So many words that belong to no threat make it doubtful."""

_FARTHEST = 30
"""Words on either side of a threat in which such words are looked for."""

_NAMING = ("plural", "people", "person", "role", "target")
"""Groups whose terms name people, one or many."""

_OF_PERSONS = frozenset({Category.THREATS, Category.HARASSMENT, Category.DISCRIMINATION})
"""Categories whose lexicons hold the words that are used of people in anger."""

_TERM = re.compile(r"[{<][^}>]*[}>]|\*|[^a-z]+")
_WORD = re.compile(r"[A-Za-z]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PEOPLE = _words(
    """
    anyone bastard bastards bitch boss bosses brother brothers coach colleague colleagues crew crowd crowds dad daughter everyone ex family
    friend friends gang gangs he husband judge mate mates mob mobs mother mp mps mum neighbour neighbours neighbor neighbors nobody people
    person persons police scum she sister sisters somebody someone son sons they tories traitors who whoever wife wives
    """
)
"""Words for people that no lexicon names."""

_USUAL = _words(
    """
    tonight tomorrow today yesterday monday tuesday wednesday thursday friday saturday sunday morning night midnight noon evening afternoon
    week weekend month year soon later now minute hour hours first last next one two three four five six seven eight nine ten once twice
    again already almost slow slowly hard fast quick quickly black blue red cold blooded hands bare own whole every single each both another
    else real alone together home house street road town city village school work office car park bus train station stop gate gates pub bar
    club hotel church mosque synagogue temple court bridge river canal square corner door window stairs lift garage alley bed sleep outside
    inside front back roof wall basement prison jail hospital grave ground see saw know knew say said says tell told tells talk talks talked
    speak speaks call calls called come comes came coming go goes went going get gets got take takes took touch touches touched look looks
    looked find finds found leave leaves left stay walk walks walked run runs ran wait waiting meet met catch caught turn turns move moves
    moved try tries tried help hide cross crossed mess messed lie lied snitch snitches grass testify law money owe owes pay paid kid kids
    child children girlfriend boyfriend man woman men women boy girl guy swear promise mean god life soul dead death blood bleed bleeds
    scream cry cries beg breathe moving anyone never ever wont cant dont because cause until till after before while when if then so but
    with without from near behind about against around between away here there where what why how this that these those name names face head
    heads neck throat legs arms eyes teeth body brain brains heart guts skull jaw nose ribs bad evil stupid fucking bloody damn little old
    big fat ugly dirty filthy piece shit cunt coward rat traitor nothing something rest thing things way time times day days place rid end
    finish best worst good better happy glad enough only even still yet too very really literally truly finally actually personally also
    ones be been being do does did have has had will would shall should could can may might must need needs want wants wanted like love hate
    let lets make makes made put puts keep give gives gave use used bring brings show shows think thought watch watched feel felt ask asked
    start started vote votes voted live lives lived am is are was were
    """
)
"""Common words of which any sentence may consist."""


class Vocabulary(NamedTuple):
    """Words of a set of lexicons, in lower case."""

    people: frozenset[str] = frozenset()
    """Words by which people are named, whatever group they belong to."""
    usual: frozenset[str] = frozenset()
    """Words of which a threat may consist."""


def vocabulary_of(lexicons: Iterable[Lexicon]) -> Vocabulary:
    """Return the words of some lexicons."""
    known = tuple(lexicons)
    naming = (terms for lexicon in known for name in _NAMING for terms in [lexicon.groups.get(name, ())])
    angry = [each for each in known if any(rule.category in _OF_PERSONS for rule in each.rules)]
    usual = (terms for lexicon in angry for terms in lexicon.groups.values())
    return Vocabulary(_of(naming) - FUNCTION_WORDS | _PEOPLE, _of(usual) | FUNCTION_WORDS | _PEOPLE | _USUAL)


def _of(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for terms in groups for term in terms for word in _TERM.sub(" ", term).split())


def is_doubtful(reading: Reading, hits: Iterable[Hit], usual: frozenset[str]) -> bool:
    """Return whether words stand in the sentence of some terms that belong to no threat; names of people and places are no such words."""
    taken = list(hits)
    sentence = reading.sentence_at(taken[0].start)
    extent = min(hit.start for hit in taken), max(hit.end for hit in taken)
    start, end = reading.around(extent, _FARTHEST)
    strange: set[str] = set()
    for found in _WORD.finditer(reading.cased, start, end):
        word = found.group()
        if word.lower() in usual or not word.islower() or any(hit.start <= found.start() < hit.end for hit in taken):
            continue
        if reading.sentence_at(found.start()) == sentence:
            strange.add(word)
    return len(strange) >= MANY
