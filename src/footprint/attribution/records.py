"""Which of the records under one name are one person's: the two-identifier rule of the matcher, for catalogues.

(1) A contradiction ends it: other years of life, a work from before the life, another generation or father in the name.
(2) The same years of life, or the same work, join two records.
(3) Otherwise at least two kinds of evidence must speak for it, each of weight, and their sum must reach the threshold.
(4) Groups grow from the likeliest pair on; a group is never joined to one that contradicts any of its members.

Weights are natural logarithms of likelihood ratios (Fellegi and Sunter 1969): a word that two records share weighs by the share of
names in the collection under which it occurs at all, so that `music` says little and the name of a village much.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from footprint.attribution.forms import NameForm, form_of
from footprint.attribution.lives import Life, is_too_early, life_of, lives_agree, lives_differ, name_of, year_of
from footprint.attribution.names import compare_forms
from footprint.model.record import Record

JOINS = 3.5
"""The sum of weights from which on two records are one person's: odds of 33 to 1 for it."""
KINDS = 2
"""How many kinds of evidence must speak for it: LAW UK-5.1d and FCRA-1681e, as for tier B."""
OF_WEIGHT = 1.2
"""The weight from which on a kind of evidence counts as one: more than 3 to 1."""
RAREST = 3.0
"""The most that one shared word weighs: 20 to 1, whatever the size of the collection."""

# fmt: off
COMMON = frozenset({
    "the", "and", "with", "from", "this", "that", "their", "edition", "works", "complete", "printed", "other", "selected", "volume",
    "early", "history", "collection", "author", "written", "edited", "first", "second", "including", "great", "united", "states",
    "which", "into", "upon", "also", "between", "criticism", "interpretation", "sold", "wholesale", "retail", "near", "publisher",
    "identified", "place", "publication", "press", "publishing", "company", "books", "verlag", "society", "university",
})
"""Words of every catalogue, which say nothing of a person."""
# fmt: on

_WORD = re.compile(r"[^\W\d_]+")
_FIRST_IDEOGRAPH = "\u2e80"


class CatalogueRecord(Record):
    """What a catalogue says of one work, beside the heading of a person."""

    person: str
    """The heading: a name, and often the years of a life."""
    title: str = ""
    subjects: tuple[str, ...] = ()
    """Subject headings."""
    responsibility: str = ""
    """Who made the work, as it is printed there."""
    imprint: str = ""
    """Place, publisher and year."""


class Prepared(NamedTuple):
    """A record, ready to be compared."""

    name: NameForm
    life: Life
    year: int | None
    title: str
    headings: frozenset[str]
    topic: frozenset[str]
    people: frozenset[str]
    imprint: frozenset[str]


class Evidence(NamedTuple):
    """One feature that held, with its weight and what it saw on both sides."""

    feature: str
    weight: float
    seen: str


class Judgement(NamedTuple):
    """What speaks for two records being one person's, and against it."""

    weight: float
    is_joined: bool
    is_contradicted: bool
    evidence: tuple[Evidence, ...]


class Rarity:
    """How telling a word or heading is that two records of one name share, in a collection."""

    def __init__(self, names: Iterable[Iterable[Prepared]]) -> None:
        self._names = 0
        self._under: Counter[str] = Counter()
        for records in names:
            self._names += 1
            self._under.update({term for record in records for term in _terms(record)})

    def weight(self, term: str) -> float:
        """Return the logarithm of names over names that have the term, at most `RAREST`."""
        return min(RAREST, math.log(max(1, self._names) / max(1, self._under[term])))

    def sum(self, terms: Iterable[str]) -> float:
        """Return the weight of all terms together, as if they came independently; callers cap it."""
        return sum(self.weight(term) for term in terms)


class Rule(NamedTuple):
    """One row of the table: a feature, the most it can weigh, where that comes from, and how it is weighed."""

    name: str
    most: float
    source: str
    weigh: Callable[[Prepared, Prepared, Rarity], float]
    is_kind: bool = False
    """True for what counts towards the two kinds."""
    is_enough: bool = False
    """True for what joins alone."""


def same_life(one: Prepared, other: Prepared, _: Rarity) -> float:
    """Weigh years of life that agree: 1 in 3,000 for two strangers of one name."""
    return 8.0 if lives_agree(one.life, other.life) else 0.0


def same_work(one: Prepared, other: Prepared, _: Rarity) -> float:
    """Weigh a title that is the same: one work, catalogued twice."""
    return 6.0 if one.title and one.title == other.title else 0.0


def same_subject(one: Prepared, other: Prepared, rarity: Rarity) -> float:
    """Weigh the rarest heading that is shared, and the words of titles and subjects beyond it at four fifths, as they hang together."""
    shared = one.headings & other.headings
    covered = frozenset(word for heading in shared for word in _words(heading))
    rarest = max((rarity.weight(_heading(heading)) for heading in shared), default=0.0)
    return rarest + 0.8 * rarity.sum((one.topic & other.topic) - covered)


def same_people(one: Prepared, other: Prepared, rarity: Rarity) -> float:
    """Weigh the names of editors, translators and co-authors that are shared."""
    return rarity.sum(one.people & other.people)


def same_imprint(one: Prepared, other: Prepared, rarity: Rarity) -> float:
    """Weigh place and publisher at one half: their words hang together, and a publisher has many authors."""
    return 0.5 * rarity.sum(_imprint(word) for word in one.imprint & other.imprint)


def same_period(one: Prepared, other: Prepared, _: Rarity) -> float:
    """Weigh how many years lie between two works; a working life is seldom longer than fifty."""
    if one.year is None or other.year is None:
        return 0.0
    apart = abs(one.year - other.year)
    return next(weight for years, weight in _PERIODS if apart <= years)


_PERIODS = ((10, 1.0), (25, 0.5), (50, 0.0), (75, -1.0), (math.inf, -3.0))

FEATURES: tuple[Rule, ...] = (
    Rule("same-life", 8.0, "RDA 9.3: dates distinguish persons of one name", same_life, is_enough=True),
    Rule("same-work", 6.0, "one work, two entries", same_work, is_enough=True),
    Rule("same-subject", 4.0, "term weighting by rarity: Sparck Jones 1972", same_subject, is_kind=True),
    Rule("same-people", 4.0, "co-authors: Torvik and Smalheiser 2009", same_people, is_kind=True),
    Rule(
        "same-imprint",
        2.5,
        "affiliation, of which the publisher is the older form: as above",
        same_imprint,
        is_kind=True,
    ),
    Rule("same-period", 1.0, "a working life", same_period),
)
"""Every feature, with the most it can weigh and its source."""


def prepare(record: CatalogueRecord) -> Prepared:
    """Return a record with its words taken out, without those of the name itself."""
    own = _words(record.person)
    return Prepared(
        name=form_of(name_of(record.person)),
        life=life_of(record.person),
        year=year_of(record.imprint),
        title=record.title.strip().casefold(),
        headings=frozenset(heading.strip().casefold() for heading in record.subjects if _words(heading) - own),
        topic=(_words(record.title) | _words(" ".join(record.subjects))) - own,
        people=_words(record.responsibility) - own,
        imprint=_words(record.imprint) - own,
    )


def judge(one: Prepared, other: Prepared, rarity: Rarity) -> Judgement:
    """Return what speaks for two records of one name being one person's."""
    # (1)
    if _contradict(one, other):
        return Judgement(-math.inf, is_joined=False, is_contradicted=True, evidence=())
    weighed = [(rule, min(rule.most, rule.weigh(one, other, rarity))) for rule in FEATURES]
    weight = sum(weight for _, weight in weighed)
    # (2)
    is_enough = any(rule.is_enough and weight > 0 for rule, weight in weighed)
    # (3)
    kinds = sum(rule.is_kind and weight >= OF_WEIGHT for rule, weight in weighed)
    is_joined = weight >= JOINS and (is_enough or kinds >= KINDS)
    evidence = tuple(Evidence(rule.name, round(weight, 3), rule.source) for rule, weight in weighed if weight)
    return Judgement(weight, is_joined, is_contradicted=False, evidence=evidence)


def group(records: Sequence[Prepared], rarity: Rarity) -> tuple[int, ...]:
    """Return for each record of one name the number of its person; numbers are those of the first record of each."""
    judged = {pair: judge(records[pair[0]], records[pair[1]], rarity) for pair in combinations(range(len(records)), 2)}
    person = list(range(len(records)))
    members = {number: [number] for number in person}
    joined = sorted(
        (pair for pair, found in judged.items() if found.is_joined), key=lambda pair: (-judged[pair].weight, pair)
    )
    # (4)
    for first, second in joined:
        into, away = sorted((person[first], person[second]))
        if into != away and not _groups_contradict(members[into], members[away], judged):
            for number in members[away]:
                person[number] = into
            members[into] += members.pop(away)
    return tuple(person)


def _groups_contradict(one: list[int], other: list[int], judged: Mapping[tuple[int, int], Judgement]) -> bool:
    return any(judged[min(i, j), max(i, j)].is_contradicted for i in one for j in other)


def _contradict(one: Prepared, other: Prepared) -> bool:
    if lives_differ(one.life, other.life) or is_too_early(one.life, other.year) or is_too_early(other.life, one.year):
        return True
    return bool(one.name.words and other.name.words) and compare_forms(one.name, other.name).conflicts


def _terms(record: Prepared) -> set[str]:
    headings = {_heading(heading) for heading in record.headings}
    return headings | record.topic | record.people | {_imprint(word) for word in record.imprint}


def _heading(heading: str) -> str:
    return f"heading {heading}"


def _imprint(word: str) -> str:
    return f"imprint {word}"


def _words(text: str) -> frozenset[str]:
    """Return the words that can tell something: of four letters or more, or of Chinese, Japanese or Korean letters."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    words = _WORD.findall(unicodedata.normalize("NFC", plain))
    return frozenset(word for word in words if (len(word) > 3 or word[0] >= _FIRST_IDEOGRAPH) and word not in COMMON)
