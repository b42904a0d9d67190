"""Tiers: who an observation is about, and why."""

import time

import pytest
from attribution_samples import ARTICLE, CANDIDATE, KEYBASE, MAIL, PAGE, POST, PROFILE

from footprint.attribution.features import FEATURES
from footprint.attribution.matcher import SAID, attribute
from footprint.model.attribution import Attribution, Tier
from footprint.model.observation import Observation


def attributed(observation: Observation) -> Attribution:
    (attribution,) = attribute([observation], CANDIDATE, profiles=[PROFILE, KEYBASE])
    return attribution


@pytest.mark.parametrize(
    ("observation", "tier"),
    [
        (POST, Tier.A),
        (PAGE, Tier.A),
        (POST.but(text="Mara Quill, 61, is my name."), Tier.NONE),
        (PAGE.but(author_name="Ivo Dale"), Tier.NONE),
        (PAGE.but(engagement="by_others", author_name="Ivo Dale", text="Nice rivers."), Tier.NONE),
        (ARTICLE.but(text="Mara Quill of Northgate Transit explained the timetable."), Tier.B),
        (ARTICLE.but(text="Mara Quill, from Thornbury Vale, spoke."), Tier.B),
        (ARTICLE.but(author_name="Mara Quill", url="https://pen.example/@mq"), Tier.B),
        (ARTICLE.but(author_name="Mara Quill", links=("https://mara.example/",)), Tier.B),
        (ARTICLE.but(text="Mara Quill, 61, a retired baker, won."), Tier.NONE),
        (ARTICLE.but(text="Mara Quill of Northgate Transit, 61, spoke."), Tier.NONE),
        (ARTICLE.but(text="The late Mara Quill of Northgate Transit"), Tier.NONE),
        (ARTICLE.but(text="Third was Mara Quill with 41 points."), Tier.C),
        (ARTICLE.but(author_name="Mara Quill"), Tier.C),
        (ARTICLE.but(author_name="M. Quill"), Tier.C),
        (ARTICLE.but(author_name="M. Quill", links=("https://mara.example/",)), Tier.C),
        (ARTICLE.but(author_name="Marah Quill", links=("https://mara.example/",)), Tier.C),
        (
            ARTICLE.but(
                author_name="Marah Quill", url=f"https://gravatar.com/{MAIL}", links=("https://mara.example/",)
            ),
            Tier.B,
        ),
        (ARTICLE.but(author_name="Mara Quill", links=(f"https://gravatar.com/avatar/{MAIL}",)), Tier.B),
        (ARTICLE.but(url="https://proved.example/@mq"), Tier.A),
        (ARTICLE.but(text="Mara Quill lives in Eastwold and works for Northgate Transit."), Tier.NONE),
        (ARTICLE.but(author_name="Mara Quill", language="en"), Tier.C),
        (ARTICLE, Tier.NONE),
        (ARTICLE.but(text="Northgate Transit explained the timetable."), Tier.NONE),
        (ARTICLE.but(url="https://pen.example/@mq"), Tier.NONE),
        (ARTICLE.but(url="https://pen.example/@mq", links=("https://mara.example/",)), Tier.A),
        (
            ARTICLE.but(url="https://pen.example/@mq", links=("https://mara.example/",), text="The late Mara Quill"),
            Tier.NONE,
        ),
    ],
)
def test_an_observation_has_its_tier(observation: Observation, tier: Tier) -> None:
    """Declared is A; name and an independent identifier B; the name alone C; contradicted or nameless none."""
    assert attributed(observation).tier is tier


def test_a_contradiction_keeps_what_spoke_for_the_candidate() -> None:
    """Both sides stay on record, so that a reader can weigh them."""
    attribution = attributed(ARTICLE.but(text="Mara Quill of Northgate Transit, 61, spoke."))

    assert [feature.name for feature in attribution.features] == ["same-employer", "same-name"]
    assert [feature.name for feature in attribution.contradictions] == ["age-differs"]


def test_a_reason_is_a_sentence_without_names() -> None:
    """The reason says which features held, and no value that they compared."""
    reason = attributed(ARTICLE.but(text="Mara Quill of Northgate Transit spoke.")).reason

    assert reason == "The same name, and beside it: an employer is the same."


def test_every_feature_that_can_be_a_reason_has_its_words() -> None:
    """Independent features and contradictions have words; the two kinds of name have their own sentences."""
    assert set(SAID) == {rule.name for rule in FEATURES if rule.independent or rule.weight < 0}


def test_attributions_come_in_the_order_of_the_observations() -> None:
    """One attribution for each observation, tied to it by its id."""
    found = list(attribute(iter([POST, ARTICLE]), CANDIDATE, profiles=()))

    assert [attribution.observation for attribution in found] == [POST.id, ARTICLE.id]


HOSTILE = {
    "the name again and again": "Mara Quill " * 9090,
    "the name turned round": "Quill, Mara " * 8333,
    "hyphens": "Mara-Quill-" * 9090,
    "ages": "Mara Quill aged 61 " * 5263,
    "deaths": "the late Mara Quill died " * 4000,
    "family names": "Mara Quill " + "Quill " * 16_000,
    "employers": "Northgate Transit " * 5555,
    "places": "Mara Quill Thornbury Vale " * 3846,
    "one word": "a" * 100_000,
    "one word of another script": "щ" * 100_000,
    "no words": "." * 100_000,
    "marks": "a\u0301\u0302" * 33_333,
    "ideographs": "王" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_page_makes_attribution_search_in_squares(text: str) -> None:
    """A page of 100,000 characters, made to be slow, ends: a search in squares would take minutes, a fair one is far from the limit."""
    start = time.process_time()
    attributed(ARTICLE.but(text=text, author_name=text))

    assert time.process_time() - start < 20


TAKEN = ARTICLE.but(
    source="handles",
    identifier="handles:maraquill",
    kind="presence",
    text="",
    author_account="handles:maraquill@q.example",
)


@pytest.mark.parametrize(
    ("observation", "tier"),
    [
        pytest.param(TAKEN, Tier.C, id="the name alone"),
        pytest.param(TAKEN.but(url="https://pen.example/@mq"), Tier.C, id="and a declared profile links there"),
        pytest.param(TAKEN.but(author_account="github:maraquill@code.example"), Tier.A, id="declared for that site"),
    ],
)
def test_a_user_name_alone_is_undetermined(observation: Observation, tier: Tier) -> None:
    """Anyone may take a user name: an account of it is the candidate's only where they declared it for that site."""
    assert attributed(observation).tier is tier
