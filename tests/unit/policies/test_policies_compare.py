"""How two packs differ, in words."""

import pytest

from footprint.errors import InputError
from footprint.model.decision import Citation, Effect
from footprint.model.policy import Duty, JurisdictionPack, LegalityRule, Retention
from footprint.policies import load
from footprint.policies.compare import Change, Difference, Entry, compare

CITATION = Citation(article="An Act s.1", confirmed=False)


def pack(id: str = "a", effect: Effect | None = Effect.SEAL, **more: object) -> JurisdictionPack:
    rule = effect and LegalityRule(id="R-1", effect=effect, test="undated", reason="So.", citation=CITATION)
    return JurisdictionPack(id=id, version="1.0", title=id, legality=(rule,) if rule else (), **more)


def test_a_pack_does_not_differ_from_itself() -> None:
    """The same pack on both sides is no difference."""
    uk = load.resolve(("uk",), load.jurisdiction)

    assert compare(uk, uk).is_none
    assert compare(load.role("driver"), load.role("driver")).is_none


def test_a_pack_that_includes_another_only_adds_to_it() -> None:
    """The police pack takes no rule of the `uk` pack away."""
    uk, police = (load.resolve((id,), load.jurisdiction) for id in ("uk", "uk-police"))
    found = compare(uk, police)

    assert {entry.id for entry in found.added} >= {"RIPA-1", "RIPA-2", "UK-35", "POL-1-controller"}
    assert found.removed == ()
    assert not any(change.tightens is False for change in found.changed)
    assert {entry.id for entry in compare(police, uk).removed} == {entry.id for entry in found.added}


@pytest.mark.parametrize(
    ("before", "after", "tightens"), [(Effect.SEAL, Effect.EXCLUDE, True), (Effect.SEAL, Effect.REVIEW, False)]
)
def test_a_changed_effect_says_which_way(before: Effect, after: Effect, tightens: bool) -> None:
    """For an effect the order says whether the second pack is the stricter one."""
    assert compare((pack("a", before),), (pack("b", after),)).changed == (
        Change(id="R-1", field="effect", before=before, after=after, tightens=tightens),
    )


@pytest.mark.parametrize("order", [(Effect.EXCLUDE, Effect.SEAL), (Effect.SEAL, Effect.EXCLUDE)])
def test_of_an_included_and_an_own_effect_the_stricter_counts(order: tuple[Effect, Effect]) -> None:
    """A pack that holds an included rule with a weaker effect changes nothing."""
    both = (pack("a", order[0]), pack("b", order[1]))

    assert compare((pack("c", Effect.EXCLUDE),), both).is_none


def test_duties_periods_and_masks_are_compared() -> None:
    """What a pack holds besides rules is part of the difference."""
    duty = Duty(id="D-1", duty="Write a letter.", shown="Here", citation=CITATION)
    kept = Retention(outcome="not_appointed", months=6, citation=CITATION)
    found = compare((pack("a", None, masks=("age",)),), (pack("b", None, duties=(duty,), retention=(kept,)),))

    assert found == Difference(
        first="a",
        second="b",
        added=(
            Entry(id="D-1", says="duty: Write a letter."),
            Entry(id="retention.not_appointed", says="kept for: 6 months (An Act s.1 (confirm with counsel))"),
        ),
        removed=(Entry(id="mask.age", says="mask: age"),),
        changed=(),
    )


def test_roles_are_compared_by_category_source_engagement_and_window() -> None:
    """A role's difference names what bears on the one and not on the other."""
    found = compare(load.role("police-officer"), load.role("driver"))

    assert {entry.id for entry in found.removed} >= {"category.confidential-disclosure", "source.github"}
    assert ("window", "5 years", "2 years") in {(one.id, one.before, one.after) for one in found.changed}


def test_a_role_is_not_compared_with_a_jurisdiction() -> None:
    """Two kinds have nothing to compare."""
    with pytest.raises(InputError, match="two jurisdictions or two roles"):
        compare(load.role("driver"), (pack(),))
