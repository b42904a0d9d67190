"""Every rule about a run, of every pack and built in: shown to refuse, and shown to let pass. The ids are those of the law."""

from __future__ import annotations

import pytest
from law_samples import (
    BREAKS,
    BUILT_IN_PACK,
    DECLARED,
    Facts,
    based,
    changed,
    early,
    facts_under,
    kept_for,
    run_rules,
    scoped,
)

from footprint.errors import RefusedError
from footprint.model.policy import AuthorisationRule
from footprint.policies import load
from footprint.policies.authorise import MEASURED, READING, TESTS, authorise, holds, may_read

RULES = run_rules()
NAMES = [f"{pack}:{rule.id}" for pack, rule in RULES]


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=NAMES)
def test_a_rule_refuses(pack: str, rule: AuthorisationRule) -> None:
    """A record that lacks what the rule asks for, and nothing else, is refused by this rule."""
    broken = BREAKS[rule.test](facts_under(pack), rule)

    with pytest.raises(RefusedError) as caught:
        authorise(broken)

    assert caught.value.rule == rule.id
    assert (caught.value.reason, caught.value.mend) == (rule.reason, rule.mend)
    assert not holds(rule, broken)


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=NAMES)
def test_a_rule_lets_pass(pack: str, rule: AuthorisationRule) -> None:
    """A record that has what the rule asks for passes it, and every other rule of its pack."""
    facts = facts_under(pack)

    assert authorise(facts) is None
    assert rule.controllers or holds(rule, facts)


@pytest.mark.parametrize("reading", READING, ids=[f"reading:{rule}" for rule, *_ in READING])
def test_a_rule_of_reading_refuses_and_lets_pass(reading: tuple[str, str, str, object]) -> None:
    """Source and identifier must be named by the consent, the role and the policy."""
    facts = facts_under("uk")
    (site,) = facts.authorisation.scope.identifiers
    wide = scoped(facts, sources=("website", "orkut", "github"))
    asked = {
        "UK-5.1b-source": (facts, "github", site),
        "UK-5.1c-source": (wide, "orkut", site),
        "UK-30-source": (wide, "github", site),
        "UK-5.1b-identifier": (facts, "website", "website:https://other.example/"),
    }

    with pytest.raises(RefusedError) as caught:
        may_read(*asked[reading[0]])

    assert caught.value.rule == reading[0]
    assert may_read(facts, "website", site) is None


def test_every_test_is_shown_and_used() -> None:
    """No test stands without a rule that uses it and a record that it refuses."""
    used = {rule.test for _, rule in RULES}

    assert used == set(BREAKS) == {*TESTS, *MEASURED}


LET_PASS: dict[str, tuple[str, Facts]] = {
    "a justified early check, where no pack asks for more": (BUILT_IN_PACK, early(facts_under("uk"), justified=True)),
    "a recognised interest with its condition": (
        "uk",
        based(facts_under("uk"), article="UK GDPR 6(1)(ea)", law="DUAA 2025, Annex 1 para 4"),
    ),
    "a private network whose interest is declared": (
        "de",
        changed(
            scoped(facts_under("de"), sources=("website", "mastodon")),
            declarations=(*DECLARED, DECLARED[0].but(matter="private-networks")),
        ),
    ),
    "the least period": ("us", kept_for(facts_under("us"), 12)),
    "the longest period": ("fr", kept_for(facts_under("fr"), 24)),
    "data that go at once": ("uk-police", kept_for(facts_under("uk-police"), 0)),
}


@pytest.mark.parametrize(("pack", "facts"), LET_PASS.values(), ids=LET_PASS)
def test_what_the_law_allows_passes(pack: str, facts: Facts) -> None:
    """A rule refuses no more than it says: what the law allows passes."""
    if pack == BUILT_IN_PACK:
        facts = facts.but(policies=facts_under(pack).policies, authorisation=facts.authorisation.but(packs=("empty",)))

    assert authorise(facts) is None


@pytest.mark.parametrize("at", ["2026-11-20T09:00:01Z", "2027-01-01T00:00:00Z"])
def test_a_declaration_of_the_future_counts_for_nothing(at: str) -> None:
    """What will be declared is not declared."""
    facts = changed(facts_under("us"), declarations=tuple(entry.but(at=at) for entry in DECLARED))

    with pytest.raises(RefusedError) as caught:
        authorise(facts)

    assert caught.value.rule == "FCRA-ACTOR"


def test_an_address_is_read_as_the_server_would_read_it() -> None:
    """A query after genetics is found behind percent signs too, and is refused before it is sent."""
    facts = facts_under("us")
    asked = scoped(facts, identifiers=("website:https://archive.example/%67enealogy?name=quill",))

    with pytest.raises(RefusedError) as caught:
        authorise(asked)

    assert caught.value.rule == "US-EEO-query"


def test_all_packs_stand_together_but_those_that_contradict() -> None:
    """Packs of many places compose; the record must then satisfy all of them."""
    ids = [id for id in load.available().jurisdictions if id not in ("uk-police", "us-ca")]

    assert load.check_composition(load.resolve(ids, load.jurisdiction)) is None


@pytest.mark.parametrize(
    ("id", "number"),
    [("BS7858-window", 5), ("FCRA-1681c", 7), ("US-EEOREC", 12), ("FR-1221-period", 24), ("CAL-ICRAA-records", 48)],
)
def test_a_measure_is_the_one_of_the_law(id: str, number: int) -> None:
    """Years and months are pinned, so that an edited pack cannot move them unseen."""
    assert [rule.number for _, rule in RULES if rule.id == id] == [number]
