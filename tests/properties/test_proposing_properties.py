"""Fairness of what a model proposes: which group is meant, who is named and how somebody spells changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_fairness_properties import DIALECT, GROUPS, SPEAKERS, TEMPLATES

from filter_samples import LEXICONS, POLICIES, SCOPE, observation
from footprint.filters.proposing import Grounds, consider
from footprint.filters.reading import Reading
from footprint.filters.relevance import assess
from footprint.filters.unnamed import tokens_of
from footprint.model.decision import Citation, Decision, Effect
from footprint.model.suggestion import Considered, Why
from footprint.proposers.load import linear

LAWFUL = (
    Decision(
        rule="R-1",
        version="1",
        effect=Effect.PERMIT,
        reason="For the test.",
        citation=Citation(article="Some Act s.1", confirmed=False),
    ),
)
NEAR = (
    "Every time I see our new neighbours, {}, I feel disgusted, what a pathetic sight.",
    "It is a shame what {} get away with, thieves and liars mostly, typical.",
    "Why should {} get houses and money from us, bloody parasites, while we pay taxes?",
    "{} complain, complain, complain. Stupid, weak and worthless, what a circus.",
    "Nothing but trouble, {} with their disgusting kids, crying about being hurt.",
    "Worthless thing to say at dinner about {}, I thought.",
)
"""Sentences in which hostile words stand near a group, and no rule finds anything: where a model is asked."""
NEUTRAL = (
    "I am proud to be one of the {}.",
    "{} opened a bakery in our street.",
    "My best friends are {}.",
    "As somebody who grew up with {}, I vote in every election.",
    "There were {} on the bus this morning.",
    "We talked about the history of {} for an hour.",
)
"""Sentences that name a group and say nothing against it."""


def considered(text: str) -> Considered:
    said = observation(text)
    found = assess(said, lexicons=LEXICONS, policies=POLICIES, scope=SCOPE)
    return consider(said, linear(), Grounds(LEXICONS, POLICIES, SCOPE), legality=LAWFUL, found=found)


@pytest.mark.parametrize("template", [*TEMPLATES, *NEAR, *NEUTRAL])
def test_no_suggestion_depends_on_the_group(template: str) -> None:
    """The same words about any group are considered alike, with the same score, band and number of words."""
    answers = {
        (found.why, found.score, found.band, len(found.terms))
        for found in (considered(template.format(group)) for group in GROUPS)
    }

    assert len(answers) == 1


def test_the_model_is_asked_and_some_of_it_is_suggested() -> None:
    """The table above is not empty talk: it holds sentences that are suggested."""
    answers = [considered(template.format(GROUPS[0])).why for template in NEAR]

    assert answers.count(Why.SUGGESTED) >= 4


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_alone_is_never_suggested(group: str) -> None:
    """Whatever the group, naming it is nothing, and the model is not even asked."""
    answers = {considered(template.format(group)).why for template in NEUTRAL}

    assert answers == {Why.NOT_NEAR}


@settings(deadline=None)
@given(st.sampled_from(NEAR), st.sampled_from(GROUPS), st.sampled_from(SPEAKERS), st.sampled_from(SPEAKERS))
def test_no_suggestion_depends_on_a_name(template: str, group: str, one: str, other: str) -> None:
    """The same words under another name score the same."""
    first, second = (considered(f"{name} knows it. {template.format(group)}") for name in (one, other))

    assert (first.why, first.score) == (second.why, second.score)


@pytest.mark.parametrize(("standard", "dialect"), DIALECT)
def test_no_score_depends_on_dialect(standard: str, dialect: str) -> None:
    """Forms of speech weigh the same."""
    text = "I am going to say I want to see the colour of it, I do not care."
    scores = {
        linear().weigh(tokens_of(Reading(each), LEXICONS)).score for each in (text, text.replace(standard, dialect))
    }

    assert text != text.replace(standard, dialect)
    assert len(scores) == 1


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_score_and_places(text: str) -> None:
    """Whatever stands there: a number from 0 to 1, and as many shares as tokens, which add up to it."""
    reading = Reading(text)
    tokens = tokens_of(reading, LEXICONS)
    said = linear().weigh(tokens)

    assert 0 <= said.score <= 1
    assert len(said.shares) == len(tokens)
    for token in tokens:
        start, end = reading.back(token.extent)
        assert 0 <= start < end <= len(text)
