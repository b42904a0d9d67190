"""Find in a text what says that the person named there is someone else: an age, a birth year, a death.

A phrase counts only where it is said of the person named: next to the name, or in the same sentence with nobody else named
between. An age of one year more or less is no contradiction, because newspapers round and print late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from footprint.attribution.forms import fold, normalise, words_of
from footprint.attribution.mentions import MOST_MENTIONS, Mention, mentions
from footprint.model.candidate import Candidate

REACH = 160
"""Characters before and after a name in which a phrase can be said of its bearer."""

_AGES = (
    re.compile(r"\baged?\s(?P<age>\d{1,3})\b(?!\s*(?:and|or|to|-)\s*\d)", re.IGNORECASE),
    re.compile(r"\b(?P<age>\d{1,3})[-\s\u2010-\u2015]years?[-\s\u2010-\u2015]old\b", re.IGNORECASE),
    re.compile(r"\b(?:is|was|turned|turns)\s(?P<age>\d{1,3})(?=\s*(?:[.,;]|$|this\s|last\s))", re.IGNORECASE),
)
_AGE_BETWEEN_COMMAS = re.compile(r",\s(?P<age>\d{2})(?=,)")
_AGE_AFTER_NAME = re.compile(r"\s*[,(]\s*(?P<age>\d{1,3})\s*(?=[,.;)]|$)")
_AGE_IN_NEXT_SENTENCE = re.compile(r"\s+The\s(?P<age>\d{1,3})[-\s\u2010-\u2015]years?[-\s\u2010-\u2015]old\b")
_BIRTH = re.compile(
    r"\b(?:[Bb]orn|b\.)\s(?:(?:on|in)\s)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]{2,8},?\s|[A-Z][a-z]{2,8}\s(?:\d{1,2},\s)?)?"
    r"(?P<year>(?:18|19|20)\d\d)\b"
)
_LIFE_SPAN = re.compile(r"\s*\((?P<born>(?:18|19|20)\d\d)\s?[-\u2010-\u2015]\s?(?P<died>(?:18|19|20)\d\d)\)")
_DEAD_BEFORE = re.compile(
    r"\b(?:the\slate|in\s(?:loving\s)?memory\sof|obituary(?:\sof|:)?|the\s(?:death|funeral)\sof)\s(?:[A-Z][a-z]{1,4}\.?\s)?$",
    re.IGNORECASE,
)
_DEAD_AFTER = re.compile(
    r"(?:,\s(?:who|aged\s\d{1,3},)|,\s\d{1,3},)?\s(?:has\s|had\s)?(?:died|passed\saway|was\s(?:buried|cremated))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'\u2018\u201c])|\n")
_NAME_OF_ANOTHER = r"(?:\b(?P<before>\w+)\s)?[A-Z][\w'\u2019-]+\s(?:[A-Z]\.?\s)?[A-Z][\w'\u2019-]+"
_OTHER_NAME = re.compile(_NAME_OF_ANOTHER)
_OTHER_NAME_AT_END = re.compile(_NAME_OF_ANOTHER + r"[\s,(]*$")
_LEADS_TO_A_PLACE = frozenset({"of", "from", "at", "in", "near", "for", "by", "the"})
"""Before two capitalised words, these announce a place or an organisation; otherwise the two words are taken for a person."""
_GENITIVE = re.compile(r"['\u2019\u02bc][sS]?\b")


class Stated(NamedTuple):
    """A fact stated of the person named, in the words that state it."""

    words: str
    value: int


def full_mentions(text: str, candidate: Candidate) -> tuple[Mention, ...]:
    """Return where a text (NFC) has one of the candidate's names, in the order of the text."""
    return tuple(sorted({mention for name in candidate.names for mention in mentions(text, name)}))


def ages(text: str, candidate: Candidate) -> Iterator[Stated]:
    """Yield each age that a text (NFC) states of the person who bears the candidate's name."""
    for mention in _all_mentions(text, candidate):
        beside = _AGE_AFTER_NAME.match(text, mention.end)
        if beside:
            yield Stated(beside[0].strip(" ,("), int(beside["age"]))
        _, end = sentence_of(text, mention)
        later = _AGE_IN_NEXT_SENTENCE.match(text, end)
        if later and _names_nobody(text[mention.end : end]):
            yield Stated(later[0].strip(), int(later["age"]))
        later_in_sentence = _AGE_BETWEEN_COMMAS.search(text, mention.end, end)
        if later_in_sentence and _names_nobody(text[mention.end : later_in_sentence.start()]):
            yield Stated(later_in_sentence["age"], int(later_in_sentence["age"]))
        for pattern in _AGES:
            for match in _said_of(text, mention, pattern):
                yield Stated(match[0], int(match["age"]))


def birth_years(text: str, candidate: Candidate) -> Iterator[Stated]:
    """Yield each year of birth that a text (NFC) states of the person who bears the candidate's name."""
    for mention in _all_mentions(text, candidate):
        span = _LIFE_SPAN.match(text, mention.end)
        if span:
            yield Stated(span[0].strip(), int(span["born"]))
        for match in _said_of(text, mention, _BIRTH):
            yield Stated(match[0], int(match["year"]))


def deaths(text: str, candidate: Candidate) -> Iterator[str]:
    """Yield the words by which a text (NFC) says that the person who bears the candidate's name is dead."""
    for mention in without_genitive(text, full_mentions(text, candidate)):
        before = _DEAD_BEFORE.search(text, max(0, mention.start - 40), mention.start)
        found = before or _LIFE_SPAN.match(text, mention.end) or _DEAD_AFTER.match(text, mention.end)
        if found:
            yield found[0].strip()


def age_fits(stated: int, born: date, at: datetime) -> bool:
    """Say whether an age stated at a time can be that of someone born on a day, give or take a year."""
    had_birthday = (at.month, at.day) >= (born.month, born.day)
    actual = at.year - born.year - (0 if had_birthday else 1)
    return abs(stated - actual) <= 1


def _all_mentions(text: str, candidate: Candidate) -> tuple[Mention, ...]:
    """Return the full names, and the family name alone once a full name stands before it: `Ms Quill, 61`."""
    full = full_mentions(text, candidate)
    if not full:
        return ()
    families = {normalise(name)[-1] for name in candidate.names if normalise(name)}
    taken = {place for mention in full for place in range(mention.start, mention.end)}
    alone = (
        Mention(word.start, word.end)
        for word in words_of(text)
        if word.folded in families
        and word.start > full[0].end
        and word.start not in taken
        and text[word.start].isupper()
    )
    return without_genitive(text, (*full, *islice(alone, MOST_MENTIONS)))


def without_genitive(text: str, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Drop the mentions whose genitive leads to someone else: `Mara Quill's mother, 61`."""
    return tuple(mention for mention in found if not _GENITIVE.match(text, mention.end))


def _said_of(text: str, mention: Mention, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds in the mention's sentence, unless it is said of somebody else who is named there."""
    start, end = sentence_of(text, mention)
    for match in pattern.finditer(text, start, end):
        if match.start() >= mention.end:
            is_theirs = _names_nobody(text[mention.end : match.start()])
        else:
            is_theirs = _names_nobody(text[match.end() : mention.start]) and _stands_alone(text[start : match.start()])
        if is_theirs:
            yield match


def _stands_alone(before: str) -> bool:
    other = _OTHER_NAME_AT_END.search(before)
    return other is None or _leads_to_a_place(other)


def _names_nobody(between: str) -> bool:
    return all(_leads_to_a_place(other) for other in _OTHER_NAME.finditer(between))


def _leads_to_a_place(name: re.Match[str]) -> bool:
    return fold(name["before"] or "") in _LEADS_TO_A_PLACE


def sentence_of(text: str, mention: Mention) -> tuple[int, int]:
    """Return where the sentence of a mention begins and ends, or as much of it as is in reach."""
    first, last = max(0, mention.start - REACH), min(len(text), mention.end + REACH)
    start = max((end.end() for end in _SENTENCE_END.finditer(text, first, mention.start)), default=first)
    stop = _SENTENCE_END.search(text, mention.end, last)
    return start, stop.start() if stop else last
