"""Each feature by itself: when it holds, when it does not, and what it compared."""

from collections.abc import Callable

import pytest
from attribution_samples import ARTICLE, CANDIDATE, KEYBASE, LONG_AGO, MAIL, PAGE, POST, PROFILE

from footprint.attribution import features
from footprint.attribution.features import FEATURES, Compared, Material, features_of
from footprint.model.observation import Observation

NAMED = ARTICLE.but(author_name="Mara Quill")
TAKEN = ARTICLE.but(
    source="handles",
    identifier="handles:maraquill",
    kind="presence",
    text="",
    author_account="handles:maraquill@q.example",
)


def holds(feature: Callable[[Material], Compared | None], observation: Observation) -> bool:
    return feature(Material(observation, CANDIDATE, [PROFILE, KEYBASE])) is not None


CASES = [
    (features.declared_account, POST, True),
    (features.declared_account, POST.but(author_account="mastodon:mara@SOCIAL.example"), True),
    (features.declared_account, POST.but(author_account="github:MaraQuill@code.example"), True),
    (features.declared_account, POST.but(author_account="mediawiki:Mara_Quill@wiki.example"), True),
    (features.declared_account, PAGE.but(author_account="website:https://mara.example"), True),
    (features.declared_account, POST.but(author_account="mastodon:mara@other.example"), False),
    (features.declared_account, POST.but(author_account="github:mara@social.example"), False),
    (features.declared_account, POST.but(author_account="mediawiki:Mara quill@wiki.example"), False),
    (features.declared_account, POST.but(author_account="feed:https://courier.example/feed.xml"), False),
    (features.declared_account, POST.but(author_account=""), False),
    (features.own_site, PAGE, True),
    (features.own_site, PAGE.but(identifier="website:https://mara.example"), True),
    (features.own_site, PAGE.but(author_name="Quill, Mara"), True),
    (features.own_site, PAGE.but(author_name="M. Quill"), True),
    (features.own_site, PAGE.but(author_name="Ivo Dale"), False),
    (features.own_site, PAGE.but(author_name="webmaster"), False),
    (features.own_site, PAGE.but(engagement="by_others"), False),
    (features.own_site, ARTICLE, False),
    (features.own_site, POST, False),
    (features.linked_from_declared, ARTICLE.but(author_account="mastodon:mq@pen.example"), True),
    (features.linked_from_declared, ARTICLE.but(url="http://PEN.example/@mq/"), True),
    (features.linked_from_declared, ARTICLE.but(url="https://notes.example/~mara/2026"), True),
    (features.linked_from_declared, ARTICLE.but(url="https://notes.example/~maraq"), False),
    (features.linked_from_declared, ARTICLE.but(url="https://other.example/~mara/2026"), False),
    (features.linked_from_declared, ARTICLE.but(author_account="strange"), False),
    (features.linked_from_declared, ARTICLE.but(author_account="strange:mq@pen.example"), False),
    (features.links_back, ARTICLE.but(links=("https://mara.example",)), True),
    (features.links_back, ARTICLE.but(links=("https://social.example/@mara",)), True),
    (features.links_back, ARTICLE.but(links=("https://wiki.example/wiki/User:mara_Quill",)), True),
    (features.links_back, ARTICLE.but(links=("https://code.example/maraquill",)), True),
    (features.links_back, ARTICLE.but(links=("https://courier.example/feed.xml",)), False),
    (features.links_back, ARTICLE.but(links=("https://mara.example/?page=2", "http://[broken")), False),
    (features.same_name, NAMED, True),
    (features.same_name, ARTICLE.but(text="It was Mara Quill."), True),
    (features.same_name, ARTICLE.but(text="It was Ma\u0301ra Quill."), True),
    (features.same_name, ARTICLE, False),
    (features.similar_name, ARTICLE.but(author_name="M. Quill"), True),
    (features.similar_name, ARTICLE.but(author_name="M. Quill", text="It was Mara Quill."), False),
    (features.similar_name, NAMED, False),
    (features.variant_name, ARTICLE.but(author_name="Marah Quill"), True),
    (features.variant_name, ARTICLE.but(author_name="Marah Quill", text="It was Mara Quill."), False),
    (features.variant_name, ARTICLE.but(author_name="M. Quill"), False),
    (features.variant_name, NAMED, False),
    (features.similar_name, ARTICLE.but(author_name="Marah Quill"), False),
    (features.same_handle, TAKEN, True),
    (features.same_handle, TAKEN.but(kind="profile"), False),
    (features.same_handle, POST, False),
    (features.keybase_proof, ARTICLE.but(url="https://proved.example/@mq"), True),
    (features.keybase_proof, ARTICLE.but(url="https://pen.example/@mq"), False),
    (features.same_email_hash, ARTICLE.but(links=(f"https://secure.gravatar.com/avatar/{MAIL.upper()}?s=80",)), True),
    (features.same_email_hash, ARTICLE.but(url=f"https://gravatar.com/{MAIL}"), True),
    (features.same_email_hash, ARTICLE.but(links=(f"https://gravatar.com/avatar/{'b' * 32}",)), False),
    (features.same_email_hash, ARTICLE.but(links=(f"https://other.example/avatar/{MAIL}",)), False),
    (features.same_language, ARTICLE.but(language="en"), True),
    (features.same_language, ARTICLE.but(language="fi"), False),
    (features.same_language, ARTICLE.but(language=""), False),
    (features.lives_elsewhere, ARTICLE.but(text="Mara Quill, who lives in Eastwold, won."), True),
    (features.lives_elsewhere, ARTICLE.but(text="Mara Quill, who lives in Upper Thornbury, won."), False),
    (features.lives_elsewhere, ARTICLE.but(text="Mara Quill visited Eastwold."), False),
    (features.lives_elsewhere, ARTICLE.but(text="Mara Quill's aunt lives in Eastwold."), False),
    (features.lives_elsewhere, ARTICLE.but(text="Mara Quill, who lives in Eastwold, won.", posted_at=None), False),
    (features.lives_elsewhere, ARTICLE.but(text="Mara Quill lives in Eastwold.", posted_at=LONG_AGO), False),
    (features.same_employer, ARTICLE.but(text="Mara Quill of NORTHGATE  Transit spoke."), True),
    (features.same_employer, NAMED.but(text=f"{'x ' * 400}Northgate Transit"), True),
    (features.same_employer, ARTICLE.but(text=f"Mara Quill. {'x ' * 400}Northgate Transit"), False),
    (features.same_employer, ARTICLE.but(text="Northgate Transit spoke."), False),
    (features.same_employer, ARTICLE.but(text="Mara Quill of Northgate Transitions spoke."), False),
    (features.same_employer, ARTICLE.but(text="Mara Quill of SouthNorthgate Transit spoke."), False),
    (features.same_school, ARTICLE.but(text="Mara Quill went to the ecole Aldmoor."), True),
    (features.same_school, ARTICLE.but(text="Mara Quill went to the e\u0301cole Aldmoor."), True),
    (features.same_school, ARTICLE.but(text="Mara Quill went to Aldmoor."), False),
    (features.same_place, ARTICLE.but(text="Mara Quill, from Thornbury Vale, spoke."), True),
    (features.same_place, NAMED.but(text="Back in Thornbury Vale."), True),
    (features.same_place, ARTICLE.but(text="Mara Quill spoke. It rained in Thornbury Vale."), False),
    (features.same_place, ARTICLE.but(text="Mara Quill told the Thornbury Vale Gazette."), False),
    (features.same_place, ARTICLE.but(text="Mara Quill's aunt is from Thornbury Vale."), False),
    (features.age_differs, ARTICLE.but(text="Mara Quill, 61, won."), True),
    (features.age_differs, ARTICLE.but(text="Mara Quill, 32, won."), False),
    (features.age_differs, ARTICLE.but(text="Mara Quill, 61, won.", posted_at=None), False),
    (features.birth_year_differs, ARTICLE.but(text="Mara Quill was born in 1965."), True),
    (features.birth_year_differs, ARTICLE.but(text="Mara Quill was born in 1994."), False),
    (features.other_author, PAGE.but(author_name="Ivo Dale"), True),
    (features.other_author, PAGE.but(author_name="Ivo Dale", author_account="github:maraquill@code.example"), False),
    (features.other_author, PAGE.but(author_name="webmaster"), False),
    (features.other_author, PAGE, False),
    (features.other_author, ARTICLE, False),
    (features.deceased, ARTICLE.but(text="The late Mara Quill"), True),
    (features.deceased, ARTICLE.but(text="Mara Quill was late."), False),
]


@pytest.mark.parametrize(
    ("feature", "observation", "expected"), CASES, ids=[f"{n}-{case[0].__name__}" for n, case in enumerate(CASES)]
)
def test_a_feature_holds_where_it_should(
    feature: Callable[[Material], Compared | None], observation: Observation, expected: bool
) -> None:
    """Each row that must match stands beside rows that must not."""
    assert holds(feature, observation) is expected


def test_every_feature_of_the_table_has_rows_of_both_kinds() -> None:
    """No feature goes untested, either way."""
    for rule in FEATURES:
        assert {expected for feature, _, expected in CASES if feature is rule.compare} == {True, False}, rule.name


def test_a_profile_of_a_stranger_declares_nothing() -> None:
    """Links count only from profiles of accounts that the candidate declared."""
    stranger = PROFILE.but(author_account="mastodon:stranger@social.example")
    linked = ARTICLE.but(url="https://pen.example/@mq")

    assert features.linked_from_declared(Material(linked, CANDIDATE, [stranger])) is None
    assert features.linked_from_declared(Material(linked, CANDIDATE, [])) is None


def test_a_profile_without_account_counts_by_its_place() -> None:
    """The card on the candidate's own site declares links although it names no account."""
    card = PAGE.but(kind="profile", links=("https://pen.example/@mq",))
    linked = ARTICLE.but(url="https://pen.example/@mq")

    assert features.linked_from_declared(Material(linked, CANDIDATE, [card])) is not None


def test_the_root_of_a_host_declares_only_itself() -> None:
    """A link to the front page of a host says nothing about the pages of strangers there."""
    profile = PROFILE.but(links=("https://pen.example/",))
    linked = ARTICLE.but(url="https://pen.example/@mq")

    assert features.linked_from_declared(Material(linked, CANDIDATE, [profile])) is None


def test_a_feature_shows_the_two_values_it_compared() -> None:
    """What the form says and what the page says stand side by side, in the words of each."""
    observation = ARTICLE.but(text="MARA QUILL of northgate transit, 61, spoke.")

    compared = {
        feature.name: (feature.expected, feature.seen) for feature in features_of(Material(observation, CANDIDATE, []))
    }

    assert compared["same-employer"] == ("Northgate Transit", "northgate transit")
    assert compared["same-name"] == ("Mara Quill", "MARA QUILL")


def test_every_feature_has_its_source_and_a_sign() -> None:
    """A feature speaks for or against, and says why it stands in the table; a contradiction identifies nobody."""
    for rule in FEATURES:
        assert rule.source
        assert rule.weight != 0
        assert not (rule.independent and rule.weight < 0)
