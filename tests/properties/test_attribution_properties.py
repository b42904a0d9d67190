"""Facts about attribution that hold for every name and every page."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.attribution.forms import normalise
from footprint.attribution.matcher import attribute
from footprint.attribution.mentions import mentions
from footprint.attribution.names import compare
from footprint.model.attribution import Tier
from footprint.model.candidate import Candidate
from footprint.model.observation import Engagement, Observation

UNHURRIED = settings(deadline=None)
"""Tables of letters and short forms are read when a name first needs them, which may be in any example."""

CANDIDATE = Candidate.model_validate(
    {
        "id": "C-17",
        "name": "Mara Quill",
        "other_names": ["Mara Marsh"],
        "born": date(1994, 3, 8),
        "places": ["Thornbury"],
        "employers": ["Northgate Transit"],
        "schools": ["Aldmoor School"],
        "identifiers": [
            {"kind": "website", "value": "https://mara.example/"},
            {"kind": "mastodon", "value": "@mara@social.example"},
        ],
    }
)

words = st.sampled_from(
    "Mara Quill mara QUILL M. Marsh Jane J. van Ivo Dale Catherine Cathrine Quill-Marsh O'Quill Dr , Ali bin Omar Q".split()  # noqa: SIM905 - a list of names reads better as one line
)
names = st.lists(words, max_size=5).map(" ".join) | st.text(max_size=20)
phrases = st.sampled_from(
    (
        "Mara Quill",
        "Quill, Mara",
        "Ms Quill",
        "Northgate Transit",
        "of Thornbury",
        "Aldmoor School",
        ", 61,",
        ", 32,",
        "aged 61",
        "born in 1965",
        "The late",
        "Ivo Dale",
        "won.",
        "\n",
    )
)
accounts = st.sampled_from(("", "mastodon:mara@social.example", "mastodon:ivo@social.example", "strange"))
links = st.sampled_from(
    ("https://mara.example/", "https://social.example/@mara", "https://ivo.example/", "http://[broken")
)
observations = st.builds(
    Observation,
    source=st.just("feed"),
    identifier=st.sampled_from(
        ("website:https://mara.example/", "mastodon:mara@social.example", "feed:https://press.example/feed")
    ),
    kind=st.sampled_from(("post", "article", "profile")),
    text=st.lists(phrases | st.text(max_size=12), max_size=8).map(" ".join),
    engagement=st.sampled_from(Engagement),
    url=links,
    posted_at=st.none() | st.just(datetime(2026, 6, 12, tzinfo=UTC)),
    author_name=names,
    author_account=accounts,
    links=st.lists(links, max_size=2).map(tuple),
    evidence=st.just("E0001"),
    evidence_sha256=st.just("a" * 64),
    place=st.just("/0"),
)


@UNHURRIED
@given(names, names)
def test_comparing_names_is_symmetric(first: str, second: str) -> None:
    """It does not matter which of two names was given by the candidate."""
    one, other = compare(first, second), compare(second, first)

    assert (one.score, one.conflicts, one.is_same, one.is_similar) == (
        other.score,
        other.conflicts,
        other.is_same,
        other.is_similar,
    )
    assert sorted(pair.likeness for pair in one.pairs) == sorted(pair.likeness for pair in other.pairs)


@UNHURRIED
@given(st.text(max_size=24), st.text(max_size=24))
def test_names_of_any_letters_compare_the_same_both_ways(first: str, second: str) -> None:
    """No script, sign or mixture of them makes the answer depend on the order; what is the same could be the same."""
    one, other = compare(first, second), compare(second, first)

    assert (one.score, one.conflicts, one.is_in_order) == (other.score, other.conflicts, other.is_in_order)
    assert (one.is_same, one.could_be) == (other.is_same, other.could_be)
    assert one.could_be or not one.is_same


@UNHURRIED
@given(names, names)
def test_a_score_lies_between_nothing_and_all(first: str, second: str) -> None:
    """No pair of names is more than the same."""
    assert 0 <= compare(first, second).score <= 1


@UNHURRIED
@given(st.text(max_size=30))
def test_a_name_is_the_same_as_itself(name: str) -> None:
    """Every name that has a letter in it is the same as itself, in any case that keeps it."""
    assert compare(name, name).is_same is bool(normalise(name))


@UNHURRIED
@given(st.lists(words | phrases | st.text(max_size=8), max_size=12).map(" ".join))
def test_every_mention_bears_the_name(text: str) -> None:
    """What is found in a text is the name, and lies in the text."""
    for mention in mentions(text, "Mara Quill"):
        assert 0 <= mention.start < mention.end <= len(text)
        assert compare("Mara Quill", text[mention.start : mention.end]).is_same


@UNHURRIED
@given(st.lists(observations, max_size=4), st.lists(observations, max_size=2))
def test_nobody_is_attributed_without_an_independent_feature(
    seen: list[Observation], profiles: list[Observation]
) -> None:
    """Tier A or B needs something other than the name, and nothing against it."""
    for attribution in attribute(seen, CANDIDATE, profiles=profiles):
        if attribution.tier in (Tier.A, Tier.B):
            assert any(feature.independent for feature in attribution.features)
            assert attribution.contradictions == ()


@UNHURRIED
@given(observations)
def test_a_contradiction_always_wins(seen: Observation) -> None:
    """Whatever speaks for the candidate, a contradiction makes it someone else."""
    (attribution,) = attribute([seen], CANDIDATE, profiles=())

    assert (attribution.tier is Tier.NONE) or not attribution.contradictions


@UNHURRIED
@given(observations)
def test_no_reason_holds_a_name_or_words_of_the_page(seen: Observation) -> None:
    """Reasons are written beforehand, so that nothing personal travels in them."""
    (attribution,) = attribute([seen], CANDIDATE, profiles=())

    assert not any(
        value in attribution.reason for value in ("Mara", "Quill", "Northgate", "Thornbury", "Aldmoor", "61")
    )
