"""A text as a model may see it: which group is meant, and who is named, is taken out before anything is weighed.

Every term for a group with a protected characteristic becomes `<group>`, every slur `<slur>`, every pronoun that tells a sex `<one>`, names
`<name>`, accounts `<user>`, addresses `<link>`. So a model cannot learn a group or a person, and cannot tell one from another: the same words
about any group weigh the same by construction (Equality Act 2010 s.13; ADR 0006). What is no word of small Latin letters is left out, an
emoji that shows no person, faith or flag is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from footprint.errors import InputError
from footprint.filters.identical import Identical
from footprint.filters.identifiers import FINDERS
from footprint.filters.people import find_names
from footprint.filters.people_words import GIVEN_NAMES
from footprint.filters.pronouns import PRONOUN
from footprint.filters.reading import Extent, Reading
from footprint.filters.table import table_of
from footprint.model.lexicon import Lexicon, TopicRule

LEXICON = "discrimination"
"""Id of the lexicon whose groups of terms name groups of people."""

NAMING = ("target", "target-one", "target-label", "kind", "plural", "singular", "country")
"""Its groups that name a group of people."""
ABUSING = ("target-slur", "gendered")
"""Its groups that name a group of people by a slur."""

OTHERS: Mapping[str, tuple[str, ...]] = {
    "ethnicity": ("origin",),
    "religion-belief": ("believer", "faith", "deity"),
    "sexual-orientation": ("orientation",),
    "health": ("condition",),
    "characteristics": ("sex", "reassignment", "nationality"),
    "politics": ("party", "creed"),
}
"""Further lexicons, and their groups, that name groups of people."""

SEXED = (
    "man", "men", "woman", "women", "boy", "boys", "girl", "girls", "guy", "guys", "dude", "dudes", "bloke", "blokes", "lad", "lads", "lady", "ladies",
    "male", "males", "female", "females", "wife", "wives", "husband", "husbands", "mother", "mothers", "mum", "mums", "mom", "moms", "father", "fathers",
    "dad", "dads", "son", "sons", "daughter", "daughters", "brother", "brothers", "sister", "sisters", "gentleman", "gentlemen", "chick", "chicks",
    "girlfriend", "girlfriends", "boyfriend", "boyfriends", "bro", "bros", "sis",
)  # fmt: skip
"""Words that tell a sex beside being something else."""

PRONOUNS = ("he", "him", "his", "himself", "she", "her", "hers", "herself")
"""Words that tell the sex of one person."""

SAME: Mapping[str, tuple[str, ...]] = {
    **{word: tuple(words.split()) for word, words in {
        "gonna": "going to", "gon": "going to", "wanna": "want to", "gotta": "got to", "tryna": "trying to", "finna": "going to", "imma": "i am going to",
        "dont": "do not", "don't": "do not", "doesnt": "does not", "doesn't": "does not", "didnt": "did not", "didn't": "did not", "cant": "can not",
        "can't": "can not", "cannot": "can not", "wont": "will not", "won't": "will not", "isnt": "is not", "isn't": "is not", "arent": "are not",
        "aren't": "are not", "wasnt": "was not", "wasn't": "was not", "weren't": "were not", "shouldnt": "should not", "shouldn't": "should not",
        "wouldnt": "would not", "wouldn't": "would not", "couldnt": "could not", "couldn't": "could not", "haven't": "have not", "hasn't": "has not",
        "aint": "is not", "ain't": "is not", "nah": "no", "naw": "no", "im": "i am", "i'm": "i am", "ive": "i have", "i've": "i have", "i'd": "i would",
        "i'll": "i will", "you're": "you are", "youre": "you are", "they're": "they are", "theyre": "they are", "we're": "we are", "it's": "it is",
        "that's": "that is", "thats": "that is", "there's": "there is", "u": "you", "ya": "you", "yall": "you all", "y'all": "you all", "ur": "your", "r": "are",
        "da": "the", "dat": "that", "dats": "that is", "dis": "this", "dem": "them", "dey": "they", "den": "then", "wit": "with", "n": "and", "nd": "and",
        "cuz": "because", "cos": "because", "coz": "because", "bc": "because", "tho": "though", "doe": "though", "thru": "through", "kno": "know",
        "rt": "", "amp": "",
        "colour": "color", "colours": "colors", "favour": "favor", "neighbour": "neighbor", "neighbours": "neighbors", "behaviour": "behavior",
        "honour": "honor", "humour": "humor", "labour": "labor", "arse": "ass", "arses": "asses", "mum": "mom", "civilised": "civilized",
    }.items()},
}  # fmt: skip
"""Forms of one word: who writes `dat`, `gonna` or `colour` is not weighed otherwise than who writes the other form."""

MADE = (
    "",
    "ess",
    "esses",
    "ish",
    "land",
    "ophobe",
    "ophobes",
    "ophobia",
    "ophobic",
    "ism",
    "ness",
    "hood",
    "ist",
    "ists",
    "like",
    "ly",
    "'s",
    "s",
    "s'",
)
"""What may be added to a term for a group: `womanish`, `islamist`, `turk's` name it still."""

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|co|org|net|uk|ly|tv|me|io)(?:/\S*)?(?!\w)"
)
_STAND_IN = re.compile(r"[<\[](?:user|url|number|link|name|mention|handle)[>\]]")
"""What some sets write where they took something out."""
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+);")
_EMOJI = r"[\U0001f300-\U0001faff\u2600-\u27bf]"
_PERSON = re.compile(
    "[\U0001f385\U0001f3c2-\U0001f3c4\U0001f3c7\U0001f3ca-\U0001f3cc\U0001f3f3\U0001f3f4\U0001f3fb-\U0001f3ff\U0001f308\U0001f442-\U0001f450"
    "\U0001f464-\U0001f478\U0001f47c\U0001f481-\U0001f487\U0001f4aa\U0001f54b-\U0001f54e\U0001f549\U0001f574\U0001f575\U0001f57a\U0001f590-\U0001f596"
    "\U0001f52f\U0001f645-\U0001f647\U0001f64b-\U0001f64f\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f6ba\U0001f6b9\U0001f6c0\U0001f6cc\U0001f6d0"
    "\U0001f90c-\U0001f90f\U0001f918-\U0001f91f\U0001f926\U0001f930-\U0001f939\U0001f93c-\U0001f93e\U0001f977\U0001f9af-\U0001f9b3\U0001f9b5\U0001f9b6"
    "\U0001f9b8\U0001f9b9\U0001f9bb-\U0001f9bf\U0001f9cd-\U0001f9cf\U0001f9d1-\U0001f9df\U0001faf0-\U0001faf8"
    "\u2626\u2628\u262a\u262c\u262f\u2638\u2640\u2642\u267f\u26a2-\u26a9\u26ea\u26f9\u261d\u270a-\u270d\u271d-\u271f\u2721]"
)
"""Emoji that show a person or a part of one, a colour of skin, a sex, a faith, an orientation or a flag: they name a group as words do."""
_TOKEN = re.compile(rf"(?<![\w'])[a-z]+(?:'[a-z]+)*(?!\w)|{_EMOJI}")


class Token(NamedTuple):
    """A word of a text, or what stands where one was taken out."""

    word: str
    """In lower case; `<group>` and the like where it was taken out."""
    extent: Extent
    """Where it stands in the normal form."""

    @property
    def is_open(self) -> bool:
        """True for a word that a model may weigh by its letters."""
        return self.word[0] != "<"


SPOKEN = {
    "<group>": "people",
    "<slur>": "slur",
    "<one>": "someone",
    "<name>": "someone",
    "<user>": "@user",
    "<link>": "http",
}
"""What stands in a text that is handed to a model of the user's own."""


def tokens_of(reading: Reading, lexicons: Mapping[str, Lexicon]) -> tuple[Token, ...]:
    """Return the words of a reading in order, without groups, names, accounts and addresses.

    Raises InputError where a lexicon or a group of terms is missing by which groups of people are known.
    """
    hidden = _apart(_hidden(reading, lexicons))
    words = [Token(word, found.span()) for found in _words(reading.normal, hidden) for word in _plain(found.group())]
    kept = [token for token in hidden if token.word]
    return tuple(sorted([*words, *kept], key=_begin))


def spoken(tokens: tuple[Token, ...]) -> str:
    """Return the same as one text, for a model that reads texts."""
    return " ".join(SPOKEN.get(token.word, token.word) for token in tokens)


def _begin(token: Token) -> int:
    return token.extent[0]


def _plain(word: str) -> tuple[str, ...]:
    return ("<name>",) if word in GIVEN_NAMES else SAME.get(word, (word,))


def _words(text: str, hidden: list[Token]) -> Iterator[re.Match[str]]:
    """Yield the words of a text that stand outside what is hidden."""
    waiting = iter([*hidden, Token("", (len(text), len(text)))])
    gap, position = next(waiting), 0
    while position < len(text):
        if position >= gap.extent[0]:
            position, gap = max(position, gap.extent[1]), next(waiting)
            continue
        found = _TOKEN.search(text, position, gap.extent[0])
        if found is not None and not _PERSON.match(found.group()):
            yield found
        position = found.end() if found is not None else gap.extent[0]


def _hidden(reading: Reading, lexicons: Mapping[str, Lexicon]) -> Iterator[Token]:
    known = _known(Identical(*lexicons.values()))
    yield from known.found_in(reading)
    for extent in find_names(reading.cased):
        yield Token("<name>", extent)
    for what, stand_in in (("email", "<user>"), ("handle", "<user>")):
        for extent in FINDERS[what](reading.normal):
            yield Token(stand_in, extent)
    for pattern, stand_in in ((_LINK, "<link>"), (_STAND_IN, ""), (_ENTITY, "")):
        for found in pattern.finditer(reading.normal):
            yield Token(stand_in, found.span())


def _apart(hidden: Iterator[Token]) -> list[Token]:
    """Return what is hidden in order and apart: of what overlaps, a group or slur stands before the rest, then the longer."""
    taken: list[Token] = []
    for token in sorted(
        hidden, key=lambda each: (_RANK.get(each.word, 9), each.extent[0] - each.extent[1], each.extent)
    ):
        if not any(token.extent[0] < other.extent[1] and other.extent[0] < token.extent[1] for other in taken):
            taken.append(token)
    return sorted(taken, key=lambda token: token.extent)


_RANK = {"<link>": 0, "<user>": 0, "": 0, "<one>": 1, "<slur>": 2, "<group>": 3}


class _Known(NamedTuple):
    """The terms for groups of people, ready to be looked up."""

    lexicon: Lexicon
    words: Mapping[str, str]
    """Single terms, with all that may be added to them, and what stands for each."""

    def found_in(self, reading: Reading) -> Iterator[Token]:
        for group, hits in table_of(Identical(self.lexicon)).find(reading).groups.items():
            for hit in hits if group in _STANDS_FOR else ():
                yield Token(_STANDS_FOR[group], hit.extent)
        for found in _TOKEN.finditer(reading.normal):
            if found.group() in self.words:
                yield Token(self.words[found.group()], found.span())


_STANDS_FOR = {"naming": "<group>", "abusing": "<slur>"}


@lru_cache(maxsize=4)
def _known(lexicons: Identical[Lexicon]) -> _Known:
    """Return one lexicon of every term for a group of people. Raises InputError where a group of terms is missing."""
    by_id = {lexicon.id: lexicon for lexicon in lexicons.held}
    naming = _terms(by_id, LEXICON, NAMING).union(*(_terms(by_id, id, groups) for id, groups in OTHERS.items()))
    abusing = _terms(by_id, LEXICON, ABUSING)
    parts = {name: by_id[LEXICON].groups[name] for name in _parts(by_id[LEXICON], naming)}
    groups = {**parts, "naming": tuple(sorted(naming)), "abusing": tuple(sorted(abusing))}
    rules = tuple(TopicRule(id=name, needs=(name,), reason="It names a group.") for name in _STANDS_FOR)
    lexicon = Lexicon(
        id="people", version="1", title="Groups of people", source="Other lexicons", groups=groups, rules=rules
    )
    single = {term for term in naming if term.isalpha()}.union(SEXED)
    words = {f"{term}{end}": "<group>" for term in single for end in MADE}
    return _Known(lexicon, words | {f"{term}{end}": "<one>" for term in PRONOUNS for end in ("", "'s", "'ll", "'d")})


def _terms(by_id: Mapping[str, Lexicon], id: str, names: tuple[str, ...]) -> set[str]:
    lexicon = by_id.get(id)
    for name in names:
        if lexicon is None or name not in lexicon.groups:
            raise InputError(
                where=f"lexicon {id}",
                field=name,
                expected="terms for groups of people; without them nothing may be weighed",
            )
    return {term for name in names for term in (lexicon.groups[name] if lexicon else ()) if term != PRONOUN}


def _parts(lexicon: Lexicon, terms: set[str]) -> set[str]:
    """Return the groups of a lexicon that composed terms refer to."""
    return {name for name in lexicon.groups if any(f"{{{name}}}" in term for term in terms)}
