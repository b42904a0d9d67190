"""What a model may propose for a person to look at, and the limits that hold whatever the model says.

A suggestion is no finding and can become none here: it has no severity, is counted nowhere, and stands in a list of its own. A text is suggested only
where all of this holds:

 (1) consent, role and policy name the one category that models are trained for, unlawful discrimination
 (2) no rule found anything in the text (what a rule found stands in the report already)
 (3) a group is named, and hostile words stand near it in the same sentence: a mention of a group alone suggests nothing
 (4) no context explains it: what would send a finding to review takes a suggestion away
 (5) the model's score reaches the threshold, on a text in which groups and names are placeholders
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

from footprint.errors import InputError
from footprint.filters.context import LEXICON as CONTEXT
from footprint.filters.context import Surroundings, by_engagement
from footprint.filters.identical import Identical
from footprint.filters.match import Match, matches, span_of
from footprint.filters.reading import Reading
from footprint.filters.spelling import Spelling
from footprint.filters.unnamed import LEXICON, Token, tokens_of
from footprint.model.authorisation import Scope
from footprint.model.decision import Decision, Effect, Span, strictest
from footprint.model.finding import Category, Relevance
from footprint.model.lexicon import Lexicon, TopicRule
from footprint.model.observation import Engagement, Observation
from footprint.model.policy import Policies
from footprint.model.suggestion import Band, Considered, SuggestionSource, WeighedTerm, Why

CATEGORY = Category.DISCRIMINATION
"""What models are trained for, and so all that they may propose."""

OWN_WORDS = frozenset({Engagement.ORIGINAL, Engagement.REPLY, Engagement.QUOTE})
"""Engagements in which the candidate speaks; what others wrote suggests nothing."""

NAMED = ("target", "target-one", "target-slur")
"""Groups of terms that name a group of people."""

HOSTILE = (
    "contempt", "hate-verb", "curse", "exclusion", "effect-on-me", "epithet", "epithet-after", "violence", "harm", "ruin", "inferior", "denied-esteem",
    "denied-deserving", "doubted-esteem", "nothing-good", "unwanted", "creature", "menace", "bad-verb", "no-good-verb", "sickness", "aversion", "lowly",
    "superior", "bad-place", "ordeal", "only-good", "gone",
)  # fmt: skip
"""Groups of terms that say something against somebody."""

APART, BETWEEN = ("others",), ("restricted", "homonym", "break")
"""Groups of terms that say that somebody else is meant, anywhere in the sentence, or between the two that only some are, or something else."""

WELL = (
    "i love", "we love", "love my", "love our", "love these", "love all", "love the", "i like", "i respect", "we respect", "i admire", "i miss", "proud of", "proud to",
    "my friends", "our friends", "good friends", "best friends", "welcome to", "thank", "thanks", "grateful", "lovely", "wonderful", "brilliant", "amazing", "great people",
    "stand with", "stand up for", "equal rights", "equality", "same rights", "deserve better", "deserve respect", "deserve equal", "happy for", "congratulations",
)  # fmt: skip
"""Words that speak well of somebody: where one stands in the sentence, nothing is suggested."""

WITHIN = 8
"""Words that may lie between a group and the hostile words."""

MOST, LEAST = 8, 0.01
"""Words that are named beside a suggestion at most, and what each must add at least."""


class Weighed(NamedTuple):
    """What a model says of a text."""

    score: float
    """From 0 to 1."""
    shares: tuple[float, ...]
    """What each token adds, or takes away; as many as there are tokens."""


class Proposer(Protocol):
    """A model. It sees tokens without groups and names, and says one number."""

    @property
    def source(self) -> SuggestionSource:
        """Which model it is, and the score from which on a text is suggested."""

    def weigh(self, tokens: tuple[Token, ...]) -> Weighed:
        """Return what the model says of a text."""


class Grounds(NamedTuple):
    """What a text is considered by."""

    lexicons: Mapping[str, Lexicon]
    policies: Policies
    scope: Scope


def consider(
    observation: Observation,
    proposer: Proposer,
    grounds: Grounds,
    *,
    legality: tuple[Decision, ...],
    found: tuple[Relevance, ...],
) -> Considered:
    """Return what a model proposes of one statement, after every limit; `legality` and `found` are what steps (5) and (6) of the line said.

    Raises InputError where a lexicon is missing, or where the model says what is no number from 0 to 1.
    """
    if strictest(legality).strictness >= Effect.SEAL.strictness:
        return Considered(why=Why.WITHHELD)
    clause = _clause(grounds)
    if clause is None:  # (1)
        return Considered(why=Why.NOT_ASKED)
    if found:  # (2)
        return Considered(why=Why.FOUND)
    if observation.engagement not in OWN_WORDS:
        return Considered(why=Why.NOT_OWN)
    reading = Reading(observation.text, spelling(grounds.lexicons).mend)
    near = matches(reading, _near(Identical(*grounds.lexicons.values())))
    if not near:  # (3)
        return Considered(why=Why.NOT_NEAR)
    plain = _unexplained(near, reading, observation, grounds.lexicons)
    if not plain:  # (4)
        return Considered(why=Why.CONTEXT)
    tokens = tokens_of(reading, grounds.lexicons)
    return _weighed(_Near(reading, plain, tokens, clause), proposer)  # (5)


def spelling(lexicons: Mapping[str, Lexicon]) -> Spelling:
    """Return how hidden words are read before a model sees them."""
    return _spelling(Identical(*lexicons.values()))


def _clause(grounds: Grounds) -> str | None:
    is_wanted = CATEGORY in grounds.scope.categories and any(
        entry.category is CATEGORY for entry in grounds.policies.role.categories
    )
    return grounds.policies.organisation.clause_for_category(CATEGORY) if is_wanted else None


def _unexplained(
    near: tuple[Match, ...], reading: Reading, observation: Observation, lexicons: Mapping[str, Lexicon]
) -> list[Match]:
    if CONTEXT not in lexicons:
        raise InputError(where="lexicons", field=CONTEXT, expected="the lexicon of context")
    surroundings = Surroundings(reading, lexicons[CONTEXT])
    always = by_engagement(observation.engagement, observation.kind)
    return [match for match in near if not surroundings.kinds(match) | always]


class _Near(NamedTuple):
    """A text in which a group is named with hostile words near it."""

    reading: Reading
    matches: list[Match]
    tokens: tuple[Token, ...]
    clause: str


def _weighed(near: _Near, proposer: Proposer) -> Considered:
    reading, tokens, clause = near.reading, near.tokens, near.clause
    said = proposer.weigh(tokens)
    if not 0 <= said.score <= 1:  # which a NaN is not either
        raise InputError(where=proposer.source.name, field="score", expected="a number from 0 to 1")
    threshold, score = proposer.source.threshold, round(said.score, 2)
    if score < threshold:
        return Considered(why=Why.BELOW, clause=clause, score=score)
    return Considered(
        why=Why.SUGGESTED,
        clause=clause,
        score=score,
        band=Band.WELL if score >= threshold + (1 - threshold) / 4 else Band.JUST,
        stands_near=tuple(dict.fromkeys(_spans(reading, near.matches))),
        terms=_terms(reading, tokens, said.shares),
    )


def _spans(reading: Reading, found: list[Match]) -> Iterator[Span]:
    for match in found:
        for hit in match.hits:
            is_target = hit.group in NAMED
            yield span_of(reading, hit.extent, "target" if is_target else "predicate")
            if is_target and hit.stands_for is not None:
                yield span_of(reading, hit.stands_for, "target")


def _terms(reading: Reading, tokens: tuple[Token, ...], shares: tuple[float, ...]) -> tuple[WeighedTerm, ...]:
    """Return the words that speak most for it, once a place."""
    weights: dict[Span, float] = {}
    for token, share in zip(tokens, shares, strict=True):
        if token.is_open:
            span = span_of(reading, token.extent, "term")
            weights[span] = weights.get(span, 0.0) + share
    ranked = sorted(weights.items(), key=lambda entry: (-entry[1], entry[0].start))
    return tuple(WeighedTerm(span=span, weight=round(weight, 3)) for span, weight in ranked[:MOST] if weight >= LEAST)


@lru_cache(maxsize=4)
def _spelling(lexicons: Identical[Lexicon]) -> Spelling:
    return Spelling([lexicon for lexicon in lexicons.held if lexicon.id == LEXICON], lexicons.held)


@lru_cache(maxsize=4)
def _near(lexicons: Identical[Lexicon]) -> Lexicon:
    """Return one lexicon whose rules hold where a group is named with hostile words near it. Raises InputError."""
    lexicon = next((each for each in lexicons.held if each.id == LEXICON), None)
    missing = {*NAMED, *HOSTILE, *APART, *BETWEEN} - set(lexicon.groups if lexicon is not None else ())
    if lexicon is None or missing:
        expected = "a group of terms; without it nothing may be proposed"
        raise InputError(where=f"lexicon {LEXICON}", field=min(missing), expected=expected)
    pairs = [(hostile, named) for hostile in HOSTILE for named in NAMED]
    groups = {**lexicon.groups, "well": WELL}
    return lexicon.but(groups=groups, rules=tuple(_rule(hostile, named) for hostile, named in pairs))


def _rule(hostile: str, named: str) -> TopicRule:
    return TopicRule(
        id=f"{hostile}.{named}",
        needs=(hostile, named),
        unless=(*APART, "well"),
        barred=BETWEEN,
        within=WITHIN,
        category=CATEGORY,
        reason="It stands near.",
    )
