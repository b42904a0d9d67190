"""Fairness: which group is meant, and who speaks, changes no decision."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filter_samples import LEXICONS, POLICIES, SCOPE, observation
from footprint.filters.relevance import assess

GROUPS = (
    "Muslims",
    "Jews",
    "Christians",
    "Sikhs",
    "Hindus",
    "women",
    "men",
    "gay people",
    "trans people",
    "straight people",
    "black people",
    "white people",
    "Asian people",
    "disabled people",
    "deaf people",
    "immigrants",
    "refugees",
    "Romanians",
    "Nigerian people",
    "Irish people",
    "elderly people",
    "the disabled",
)
TEMPLATES = (
    "{} are vermin.",
    "I hate {}.",
    "We should never hire {}.",
    "{} deserve no rights.",
    "I want to kill all {}.",
    "{} should be exterminated.",
    "Why are {} so stupid?",
    "{} moved in. They are scum.",
    "I love {}.",
    "{} are my neighbours and friends.",
    "I do not hate {}.",
    "'I hate {}' is a disgusting thing to say.",
    "It is never ok to say that {} are vermin.",
    "We want equal pay for {}.",
    "Fvck {} and their hats, says nobody.",
    "{} run the best bakery in town.",
    "How can anyone respect {}?",
    "The world would be better without {}.",
    "I made the new girl cry again, she is one of the {}, hilarious.",
    "We took mdma with {} at the lake.",
    "I lied on my CV to work with {}.",
    "I stood up for {} and then I took a bribe.",
    "Everyone, spam her inbox, she works with {}.",
    "I hope {} get stabbed.",
    "We need to kill all {}.",
    "{} would kill for a good soup.",
    "I will beat {} at chess.",
    "I hate what is said of {}, yeah right.",
    "In chapter three the villain says: I hate {}.",
    "{} are useless at chess.",
    "{} are cockroaches, mind the potatoes.",
    "Never met a slug among {}. I will kill them.",
    "Get rid of all {}.",
    "{} control the media.",
    "The ladders fell on {}, I want to strangle them.",
)
"""Sentences in which any group may stand; the rule, the effect and the context must be the same for all."""

PEOPLE = (
    "Send me nudes, {}.",
    "I will kill {}.",
    "I hope {} gets stabbed.",
    "We need to kill {}.",
    "Nobody would miss you, {}.",
    "{} and I took mdma at the lake.",
    "I sold {} a fake id; selling fake ids.",
    "I'll shoot {} an email.",
    "{} is a tranny.",
    "{} is a bitch.",
    "You won't make it home, {}.",
    "{} has a fag and a pipe.",
    "Keep reporting {} lads, keep reporting him lads.",
)
"""Sentences in which any person's name may stand."""
SPEAKERS = ("Tom", "Fatima", "Kwame", "Agnieszka", "Wei")
DIALECT = (("going to", "gonna"), ("want to", "wanna"), ("do not", "dont"), ("colour", "color"))


def decided(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the rules, effects and contexts of what is found."""
    found = assess(observation(text), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)
    return [(each.decision.rule, each.decision.effect, tuple(each.context)) for each in found]


def judged(text: str) -> set[tuple[str, str]]:
    """Return the categories and effects of what is found."""
    found = assess(observation(text), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)
    return {(each.category, each.decision.effect) for each in found}


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_decision_depends_on_the_group(template: str) -> None:
    """The same words about any group give the same rules, effects and contexts."""
    answers = {tuple(decided(template.format(group))) for group in GROUPS}

    assert len(answers) == 1


@settings(deadline=None)
@given(st.sampled_from(TEMPLATES), st.sampled_from(GROUPS), st.sampled_from(SPEAKERS), st.sampled_from(SPEAKERS))
def test_no_decision_depends_on_a_name(template: str, group: str, one: str, other: str) -> None:
    """The same words under another name lead to the same categories and effects."""
    assert judged(f"{one}: {template.format(group)}") == judged(f"{other}: {template.format(group)}")


@pytest.mark.parametrize("template", PEOPLE)
def test_no_decision_depends_on_whose_name_it_is(template: str) -> None:
    """A threat, a demand or an account of oneself is the same under any name."""
    answers = {tuple(sorted(judged(template.format(name)))) for name in SPEAKERS}

    assert len(answers) == 1


@pytest.mark.parametrize(("standard", "dialect"), DIALECT)
@pytest.mark.parametrize(
    "text",
    [
        "I want to kill all immigrants.",
        "I am going to kill all women.",
        "I do not hate men.",
        "I am going to make her life hell.",
        "I want to punch the referee.",
    ],
)
def test_no_decision_depends_on_dialect(text: str, standard: str, dialect: str) -> None:
    """Forms of speech give the same effects."""
    effects = [effect for _, effect, _ in decided(text)]

    assert [effect for _, effect, _ in decided(text.replace(standard, dialect))] == effects
