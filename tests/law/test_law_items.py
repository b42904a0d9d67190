"""Every rule about items, of every pack and built in: shown to fire, and shown not to. The ids are those of the law."""

from __future__ import annotations

import pytest
from law_samples import BUILT_IN_PACK, ITEMS, Policies, facts_under, item_rules, seen

from footprint.filters.legality import decide
from footprint.model.decision import Decision, Effect, strictest
from footprint.model.observation import Observation
from footprint.model.policy import LegalityRule
from footprint.policies import load

RULES = item_rules()
NAMES = [f"{pack}:{rule.id}" for pack, rule in RULES]
LEXICONS = {lexicon.id: lexicon for lexicon in load.lexicons()}


def decided(observation: Observation, policies: Policies) -> tuple[Decision, ...]:
    """Return what the rules in force say of an observation."""
    facts = facts_under("uk")
    pairs = load.legality_rules(policies)
    return decide(
        observation,
        rules=tuple(rule for rule, _ in pairs),
        versions={rule.id: version for rule, version in pairs},
        lexicons=LEXICONS,
        candidate=facts.candidate,
        scope=facts.authorisation.scope,
        role=policies.role,
    )


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=NAMES)
def test_a_rule_fires(pack: str, rule: LegalityRule) -> None:
    """What the rule is about is withheld, under this rule's id and at least as strictly as it asks."""
    about, _ = ITEMS[rule.test, rule.lexicon]
    decisions = decided(about, facts_under(pack).policies)
    (own,) = [decision for decision in decisions if decision.rule == rule.id]

    assert (own.effect, own.reason, own.citation) == (rule.effect, rule.reason, rule.citation)
    assert strictest(decisions).strictness >= rule.effect.strictness


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=NAMES)
def test_a_rule_does_not_fire(pack: str, rule: LegalityRule) -> None:
    """What only looks like it is not withheld by this rule."""
    _, other = ITEMS[rule.test, rule.lexicon]

    assert rule.id not in {decision.rule for decision in decided(other, facts_under(pack).policies)}


@pytest.mark.parametrize("pack", [BUILT_IN_PACK, *load.available().jurisdictions])
def test_what_is_harmless_passes_everywhere(pack: str) -> None:
    """Soup day is permitted in every place."""
    assert strictest(decided(seen(), facts_under(pack).policies)) is Effect.PERMIT


@pytest.mark.parametrize("pack", [BUILT_IN_PACK, *load.available().jurisdictions])
def test_union_matters_are_excluded_everywhere(pack: str) -> None:
    """TU-1 holds under every pack, and under one without rules."""
    about, _ = ITEMS["topic", "union"]

    assert strictest(decided(about, facts_under(pack).policies)) is Effect.EXCLUDE


@pytest.mark.parametrize("weak", [Effect.PERMIT, Effect.REVIEW, Effect.MASK, Effect.SEAL])
def test_a_pack_cannot_weaken_what_is_built_in(weak: Effect) -> None:
    """A pack that would only seal a union matter, or permit it, leaves the built-in exclusion standing."""
    policies = facts_under(BUILT_IN_PACK).policies
    (empty,) = policies.jurisdictions
    union = next(rule for _, rule in RULES if rule.id == "TU-1")
    bent = policies.but(jurisdictions=(empty.but(legality=(union.but(id="MINE-1", effect=weak),)),))
    about, _ = ITEMS["topic", "union"]

    assert strictest(decided(about, bent)) is Effect.EXCLUDE


LEAST: dict[str, Effect] = {
    "union": Effect.EXCLUDE,
    "whistleblowing": Effect.EXCLUDE,
    "health": Effect.SEAL,
    "religion-belief": Effect.SEAL,
    "politics": Effect.SEAL,
    "sexual-orientation": Effect.SEAL,
    "ethnicity": Effect.SEAL,
    "criminal-offence": Effect.SEAL,
}
STRICTER = (
    ("us", "genetic"),
    ("us", "concerted-activity"),
    ("eu", "genetic"),
    ("fr", "politics"),
    ("fr", "off-duty-conduct"),
    ("us-ca", "politics"),
    ("us-ca", "off-duty-conduct"),
    ("us-nyc", "politics"),
    ("us-nyc", "off-duty-conduct"),
)


@pytest.mark.parametrize("lexicon", LEAST)
@pytest.mark.parametrize("pack", load.available().jurisdictions)
def test_no_place_treats_a_protected_matter_more_lightly(pack: str, lexicon: str) -> None:
    """The least effect of each protected matter is pinned, so that an edited pack cannot weaken it unseen."""
    about, _ = ITEMS["topic", lexicon]

    assert strictest(decided(about, facts_under(pack).policies)).strictness >= LEAST[lexicon].strictness


@pytest.mark.parametrize(("pack", "lexicon"), STRICTER)
def test_some_places_exclude_more(pack: str, lexicon: str) -> None:
    """What a place wants left out altogether is left out there."""
    about, _ = ITEMS["topic", lexicon]

    assert strictest(decided(about, facts_under(pack).policies)) is Effect.EXCLUDE
