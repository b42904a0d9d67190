"""Those that nearly did: rules of which what is said was found, and something else was missing or stood in the way.

For whoever asks why a line is not a finding, or why it is only for review. Ids, groups and spans; never a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from footprint.errors import InputError
from footprint.filters.context import LEXICON as CONTEXT
from footprint.filters.context import Surroundings, by_engagement
from footprint.filters.identical import Identical
from footprint.filters.match import Match, matches, span_of
from footprint.filters.reading import Reading
from footprint.filters.vocabulary import vocabulary_of
from footprint.model.decision import Span
from footprint.model.finding import Category, ContextKind
from footprint.model.lexicon import Lexicon, TopicRule
from footprint.model.observation import Observation
from footprint.model.record import Id, Line, Record

_FARTHEST = 60
"""Words within which terms are looked for that stand too far apart."""


class Why(StrEnum):
    """What kept a rule from being a plain finding."""

    CONTEXT = "context"
    """It held, and a context downgraded it to review."""
    EXCUSED = "excused"
    """A word in the sentence excuses it."""
    BARRED = "barred"
    """A word stands between that breaks it."""
    APART = "apart"
    """Its words stand too far apart, or in another order."""
    MISSING = "missing"
    """A part of it was not found."""


class Nearly(Record):
    """A rule that nearly found something."""

    rule: Id
    version: Line
    category: Category
    why: Why
    missing: Id | None = None
    """The group of which no term stood there."""
    context: tuple[ContextKind, ...] = ()
    """The context that downgraded it, or that it stands in."""
    spans: tuple[Span, ...]
    """Where the words stand that were found."""


class _Variant(NamedTuple):
    """A rule, weakened in one way."""

    rule: TopicRule
    why: Why
    missing: str | None = None


def near(
    observation: Observation, *, lexicons: Mapping[str, Lexicon], categories: frozenset[Category]
) -> tuple[Nearly, ...]:
    """Return the rules of some categories that nearly found something in a statement, each once, by rule.

    Raises InputError where the context lexicon is missing.
    """
    if CONTEXT not in lexicons:
        raise InputError(where="lexicons", field=CONTEXT, expected="the lexicon of context")
    reading = Reading(observation.text)
    surroundings = Surroundings(reading, lexicons[CONTEXT], vocabulary_of(lexicons.values()))
    always = by_engagement(observation.engagement, observation.kind)
    found: dict[str, Nearly] = {}
    for lexicon in lexicons.values():
        for each in _near_in(surroundings, lexicon, categories, always):
            found.setdefault(each.rule, each)
    return tuple(found[rule] for rule in sorted(found))


def _near_in(
    surroundings: Surroundings, lexicon: Lexicon, categories: frozenset[Category], always: frozenset[ContextKind]
) -> Iterator[Nearly]:
    weakened = _weakened(Identical(lexicon))
    if weakened is None:
        return
    whole = matches(surroundings.reading, lexicon)
    plain = {match.rule.id for match in whole if not surroundings.kinds(match) | always}
    downgraded = [(match, _Variant(match.rule, Why.CONTEXT)) for match in whole if match.rule.id not in plain]
    done = {match.rule.id for match in whole}
    weak = [
        (match, weakened.variants[id(match.rule)])
        for match in matches(surroundings.reading, weakened.lexicon)
        if match.rule.id not in done
    ]
    for match, variant in (*downgraded, *weak):
        category = match.rule.category
        if category is not None and category in categories:
            kinds = surroundings.kinds(match) | always
            yield _nearly((match, variant), lexicon.version, category, kinds, surroundings.reading)


class _Weakened(NamedTuple):
    """A lexicon of weakened rules, and by the identity of each what was weakened."""

    lexicon: Lexicon
    variants: Mapping[int, _Variant]


@lru_cache(maxsize=64)
def _weakened(of: Identical[Lexicon]) -> _Weakened | None:
    """Return the weakened rules of a lexicon, those that lack least first; None where it has no rule with a category."""
    lexicon = of.held[0]
    variants = sorted(
        (variant for rule in lexicon.rules if rule.category is not None for variant in _variants(rule)),
        key=lambda variant: list(Why).index(variant.why),
    )
    if not variants:
        return None
    weak = lexicon.but(rules=tuple(variant.rule for variant in variants))
    return _Weakened(weak, {id(rule): variant for rule, variant in zip(weak.rules, variants, strict=True)})


def _variants(rule: TopicRule) -> Iterator[_Variant]:
    """Yield a rule without what excuses it, without what breaks it, without order and nearness, and without each part but its first."""
    if rule.unless:
        yield _Variant(rule.but(unless=()), Why.EXCUSED)
    if rule.barred:
        yield _Variant(rule.but(barred=()), Why.BARRED)
    if len(rule.needs) > 1:
        yield _Variant(rule.but(order=(), within=_FARTHEST), Why.APART)
    for group in rule.needs[1:]:
        left = {name: tuple(each for each in getattr(rule, name) if each != group) for name in ("needs", "order")}
        yield _Variant(rule.but(**left), Why.MISSING, group)


def _nearly(
    found: tuple[Match, _Variant], version: str, category: Category, kinds: frozenset[ContextKind], reading: Reading
) -> Nearly:
    match, variant = found
    return Nearly(
        rule=match.rule.id,
        version=version,
        category=category,
        why=variant.why,
        missing=variant.missing,
        context=tuple(kind for kind in ContextKind if kind in kinds),
        spans=tuple(span_of(reading, hit.extent, hit.shape or "term") for hit in match.hits),
    )
