"""How many people share a name, and what that asks of the evidence beside it."""

import pytest
from attribution_samples import ARTICLE, CANDIDATE

from footprint.attribution.matcher import attribute
from footprint.attribution.namesakes import is_common, prior_of
from footprint.model.attribution import Tier

COMMON = [
    "Oliver Smith",
    "Smith, Oliver",
    "Gurpreet Singh",
    "Wang Xiaomei",
    "Xiaomei Wang",
    "Kim Ha-neul",
    "João Silva",
    "Jörg Müller",
]
UNCOMMON = ["Mara Quill", "Adaeze Featherstone", "Tarik Holmgreen", "Quill", ""]


@pytest.mark.parametrize("name", COMMON)
def test_a_common_name_has_many_bearers(name: str) -> None:
    """The commonest family names of every large country are known, at whichever end they are written."""
    assert is_common(name)
    assert prior_of(name) < prior_of("Mara Quill") < 0


@pytest.mark.parametrize("name", UNCOMMON)
def test_other_names_are_not_common(name: str) -> None:
    """Everything else is treated alike."""
    assert not is_common(name)


@pytest.mark.parametrize("name", [*COMMON, *UNCOMMON[:3]])
@pytest.mark.parametrize(
    ("beside", "of_a_common_name"),
    [("from Thornbury Vale", Tier.C), ("of Northgate Transit", Tier.B), ("", Tier.C)],
)
def test_a_town_is_not_enough_beside_a_common_name(name: str, beside: str, of_a_common_name: Tier) -> None:
    """The origin of a name changes nothing; how many bear it changes what a town is worth, and nothing else."""
    candidate = CANDIDATE.but(name=name)
    article = ARTICLE.but(text=f"{name} {beside} spoke.")
    (found,) = attribute([article], candidate, profiles=())
    of_an_uncommon_name = Tier.B if beside else Tier.C

    assert found.tier is (of_a_common_name if is_common(name) else of_an_uncommon_name)


def test_two_weak_identifiers_are_enough_beside_a_common_name() -> None:
    """What one town cannot do, a town and a school do together."""
    candidate = CANDIDATE.but(name="Oliver Smith")
    article = ARTICLE.but(text="Oliver Smith, from Thornbury Vale, once a pupil of École Aldmoor, spoke.")
    (found,) = attribute([article], candidate, profiles=())

    assert found.tier is Tier.B
