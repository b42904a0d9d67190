"""What the candidate's answer does to an attribution."""

from __future__ import annotations

import pytest
from attribution_samples import ARTICLE, CANDIDATE, POST

from footprint.attribution.confirmation import CONFIRMED, DENIED, confirmed
from footprint.attribution.matcher import attribute
from footprint.model.attribution import Answer, Attribution, Tier
from footprint.model.observation import Observation

NAMED = ARTICLE.but(author_name="Mara Quill")
BESIDE = NAMED.but(links=("https://mara.example/",))
DEAD = ARTICLE.but(text="The late Mara Quill")


def attributed(observation: Observation) -> Attribution:
    """Return what the rules alone say."""
    (attribution,) = attribute([observation], CANDIDATE, profiles=[])
    return attribution


@pytest.mark.parametrize(
    ("observation", "answer", "tier"),
    [
        (NAMED, Answer.MINE, Tier.A),
        (NAMED, Answer.NOT_MINE, Tier.NONE),
        (NAMED, Answer.UNSURE, Tier.C),
        (BESIDE, Answer.MINE, Tier.A),
        (BESIDE, Answer.NOT_MINE, Tier.C),
        (BESIDE, Answer.UNSURE, Tier.B),
        (POST, Answer.NOT_MINE, Tier.C),
        (POST, Answer.MINE, Tier.A),
        (DEAD, Answer.NOT_MINE, Tier.NONE),
        (DEAD, Answer.MINE, Tier.A),
    ],
)
def test_an_answer_changes_the_tier(observation: Observation, answer: Answer, tier: Tier) -> None:
    """A yes declares it; a no lowers it, and what else spoke for it is left to a person; no answer changes nothing."""
    assert confirmed(attributed(observation), answer).tier is tier


def test_the_answer_stands_beside_what_the_rules_said() -> None:
    """Nothing that spoke for or against it is taken out."""
    before = attributed(BESIDE)
    yes, no = confirmed(before, Answer.MINE), confirmed(before, Answer.NOT_MINE)

    assert yes.features == (CONFIRMED, *before.features)
    assert no.features == before.features
    assert no.contradictions == (*before.contradictions, DENIED)


def test_a_denial_of_what_is_someone_elses_keeps_its_reason() -> None:
    """Where the rules said so already, the reason stays."""
    before = attributed(DEAD)

    assert confirmed(before, Answer.NOT_MINE).reason == before.reason
