"""What a model may propose, and the limits that hold whatever it says."""

from __future__ import annotations

import math

import pytest

from filter_samples import LEXICONS, POLICIES, SCOPE, observation
from footprint.errors import InputError
from footprint.filters.proposing import HOSTILE, NAMED, Grounds, Weighed, consider
from footprint.filters.relevance import assess
from footprint.filters.unnamed import Token
from footprint.model.authorisation import Scope
from footprint.model.decision import Citation, Decision, Effect
from footprint.model.finding import Category
from footprint.model.observation import Engagement, Observation
from footprint.model.policy import OrganisationPolicy, RolePack
from footprint.model.suggestion import Band, Considered, SuggestionSource, Why

HOSTILE_TEXT = "Every time I see our new neighbours, the Romanians, I feel disgusted."
GROUNDS = Grounds(LEXICONS, POLICIES, SCOPE)


class Saying:
    """A model that says one number of every text, and remembers what it was shown."""

    def __init__(self, score: float, threshold: float = 0.6) -> None:
        self.source = SuggestionSource(name="fake", kind="linear", version="1", sha256="0" * 64, threshold=threshold)
        self.score = score
        self.seen: list[tuple[str, ...]] = []

    def weigh(self, tokens: tuple[Token, ...]) -> Weighed:
        """Return the number, and for each word its length."""
        self.seen.append(tuple(token.word for token in tokens))
        return Weighed(self.score, tuple(float(len(token.word)) for token in tokens))


def lawful(effect: Effect = Effect.PERMIT) -> tuple[Decision, ...]:
    citation = Citation(article="Some Act s.1", confirmed=False)
    return (Decision(rule="R-1", version="1", effect=effect, reason="For the test.", citation=citation),)


def considered(said: Observation, model: Saying, grounds: Grounds = GROUNDS) -> Considered:
    found = assess(said, lexicons=grounds.lexicons, policies=grounds.policies, scope=grounds.scope)
    return consider(said, model, grounds, legality=lawful(), found=found)


def test_a_suggestion_names_its_words_by_their_places() -> None:
    """The group and the hostile words near it, and the words that weighed most; no group, name or account is among these."""
    found = considered(observation(HOSTILE_TEXT), Saying(0.9))
    words = [HOSTILE_TEXT[term.span.start : term.span.end] for term in found.terms]

    assert (found.why, found.score, found.band) == (Why.SUGGESTED, 0.9, Band.WELL)
    assert found.clause == POLICIES.organisation.clause_for_category(Category.DISCRIMINATION)
    near = {(span.what, HOSTILE_TEXT[span.start : span.end]) for span in found.stands_near}
    assert ("predicate", "disgusted") in near
    assert any(what == "target" and said.endswith("Romanians") for what, said in near)
    assert words[:2] == ["neighbours", "disgusted"]
    assert "Romanians" not in words
    assert len(words) == 8


def test_the_model_sees_no_group() -> None:
    """What it is shown is the same for every group."""
    model = Saying(0.9)
    for group in ("Romanians", "women", "gay people"):
        considered(observation(HOSTILE_TEXT.replace("Romanians", group)), model)

    assert len(set(model.seen)) == 1


@pytest.mark.parametrize(
    ("score", "why", "band"),
    [
        (0.0, Why.BELOW, None),
        (0.59, Why.BELOW, None),
        (0.6, Why.SUGGESTED, Band.JUST),
        (0.69, Why.SUGGESTED, Band.JUST),
        (0.7, Why.SUGGESTED, Band.WELL),
        (1.0, Why.SUGGESTED, Band.WELL),
    ],
)
def test_the_threshold_decides(score: float, why: Why, band: Band | None) -> None:
    """From it on a text is suggested; from a quarter of the way to 1 on, it lies well over."""
    found = considered(observation(HOSTILE_TEXT), Saying(score))

    assert (found.why, found.band, found.score) == (why, band, score)


@pytest.mark.parametrize("score", [math.nan, -0.01, 1.01, math.inf])
def test_what_is_no_probability_is_refused(score: float) -> None:
    """A model that is wrong stops the run; it is not read as a low score."""
    with pytest.raises(InputError, match="fake: score: expected a number from 0 to 1"):
        considered(observation(HOSTILE_TEXT), Saying(score))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The Romanians next door had us over for tea.", Why.NOT_NEAR),
        ("I am a proud gay man.", Why.NOT_NEAR),
        ("As a Muslim woman I work in a library.", Why.NOT_NEAR),
        ("That cheese was disgusting.", Why.NOT_NEAR),
        ("Romanians came to dinner. The soup was disgusting.", Why.NOT_NEAR),
        ("I love the Romanians, and I feel disgusted by the rubbish in our road.", Why.NOT_NEAR),
        ("I feel disgusted, but the Romanians next door do not.", Why.NOT_NEAR),
        ("It is not okay to say 'every time I see the Romanians I feel disgusted', ever.", Why.CONTEXT),
        ("I hate Romanians.", Why.FOUND),
    ],
)
def test_without_hostile_words_near_a_group_the_model_is_not_asked(text: str, why: Why) -> None:
    """A group alone is nothing, however sure a model would be; nor is what a context explains, or what a rule found."""
    model = Saying(1.0)
    found = considered(observation(text), model)

    assert found == Considered(why=why)
    assert model.seen == []


@pytest.mark.parametrize("effect", [Effect.SEAL, Effect.EXCLUDE])
def test_what_the_law_withholds_is_never_weighed(effect: Effect) -> None:
    """A sealed or excluded statement is shown to no model; nor is one that no rule let pass."""
    model = Saying(1.0)
    withheld = [
        consider(observation(HOSTILE_TEXT), model, GROUNDS, legality=decisions, found=())
        for decisions in (lawful(effect), lawful() + lawful(effect), ())
    ]

    assert {found.why for found in withheld} == {Why.WITHHELD}
    assert model.seen == []


def without(grounds: Grounds, what: str) -> Grounds:
    """Return the grounds where consent, role or policy does not name the category."""
    role: RolePack = grounds.policies.role
    organisation: OrganisationPolicy = grounds.policies.organisation
    scope: Scope = grounds.scope
    if what == "consent":
        scope = scope.but(categories=(Category.THREATS,))
    if what == "role":
        role = role.but(categories=role.categories[:1])
    if what == "policy":
        organisation = organisation.but(clauses=organisation.clauses[:1])
    return Grounds(grounds.lexicons, grounds.policies.but(role=role, organisation=organisation), scope)


@pytest.mark.parametrize("what", ["consent", "role", "policy"])
def test_only_what_consent_role_and_policy_name_is_proposed(what: str) -> None:
    """One of the three that does not name the category is enough."""
    model = Saying(1.0)

    assert considered(observation(HOSTILE_TEXT), model, without(GROUNDS, what)).why is Why.NOT_ASKED
    assert model.seen == []


@pytest.mark.parametrize("engagement", [Engagement.REPOST, Engagement.BY_OTHERS, Engagement.LIKE])
def test_the_words_of_others_suggest_nothing(engagement: Engagement) -> None:
    """Only what the candidate wrote is weighed."""
    model = Saying(1.0)
    said = observation(HOSTILE_TEXT).but(engagement=engagement)

    assert consider(said, model, GROUNDS, legality=lawful(), found=()).why is Why.NOT_OWN
    assert model.seen == []


def test_a_pronoun_leads_to_the_group_it_stands_for() -> None:
    """Of a pronoun both places are named."""
    text = "Here are the Romanians. I feel disgusted whenever they walk past."
    found = considered(observation(text), Saying(1.0))
    named = {text[span.start : span.end] for span in found.stands_near if span.what == "target"}

    assert found.why is Why.SUGGESTED
    assert "they" in named
    assert any("Romanians" in words for words in named)


@pytest.mark.parametrize("missing", ["discrimination", "context"])
def test_without_a_lexicon_there_is_no_limit_and_so_no_suggestion(missing: str) -> None:
    """It fails closed."""
    lexicons = {id: lexicon for id, lexicon in LEXICONS.items() if id != missing}

    with pytest.raises(InputError, match=missing):
        consider(
            observation(HOSTILE_TEXT), Saying(1.0), GROUNDS._replace(lexicons=lexicons), legality=lawful(), found=()
        )


def test_a_lexicon_without_a_group_of_terms_proposes_nothing() -> None:
    """A group of terms that was renamed is noticed."""
    words = LEXICONS["discrimination"]
    rules = tuple(rule for rule in words.rules if "lowly" not in rule.needs)
    cut = words.but(groups={name: terms for name, terms in words.groups.items() if name != "lowly"}, rules=rules)
    lexicons = {**LEXICONS, "discrimination": cut}

    with pytest.raises(InputError, match="lexicon discrimination: lowly"):
        consider(
            observation(HOSTILE_TEXT), Saying(1.0), GROUNDS._replace(lexicons=lexicons), legality=lawful(), found=()
        )


def test_the_groups_of_terms_are_there() -> None:
    """The lexicon that ships has every group that the limits name."""
    assert {*HOSTILE, *NAMED} <= set(LEXICONS["discrimination"].groups)
