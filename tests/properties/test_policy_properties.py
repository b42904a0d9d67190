"""More packs never loosen anything: neither what a run needs, nor what is withheld."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from filter_samples import ADA, LEXICONS, ORGANISATION, SCOPE, observation
from footprint.errors import RefusedError
from footprint.filters.legality import TESTS, decide
from footprint.model.authorisation import Authorisation
from footprint.model.decision import Citation, Decision, Effect, strictest
from footprint.model.observation import Observation
from footprint.model.policy import AuthorisationRule, JurisdictionPack, LegalityRule, Policies
from footprint.policies import load
from footprint.policies.authorise import Facts, authorise, rules_in_force
from footprint.policies.built_in import BUILT_IN, BUILT_IN_LEGALITY

CITATION = Citation(article="An Act s.1", confirmed=False)
SHIPPED = tuple(load.jurisdiction(id) for id in load.available().jurisdictions)
TEXTS = (
    "Soup day.",
    "On the picket line since five.",
    "I am a whistleblower now.",
    "My chemo starts again on Monday.",
    "I voted Labour all my life.",
    "I carry BRCA1 and so does my aunt.",
    "This company pays us peanuts.",
    "Still hungover from Saturday.",
)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


OBSERVATIONS = st.builds(
    lambda text, engagement, posted: observation(text, engagement=engagement, posted_at=posted),
    st.sampled_from(TEXTS),
    st.sampled_from(("original", "like", "repost", "quote")),
    st.one_of(st.none(), st.dates(date(2009, 1, 1), date(2026, 11, 19)).map(at_noon)),
)
ITEM_RULES = st.builds(
    lambda number, effect, test, lexicon: LegalityRule(
        id=f"I-{number}",
        effect=effect,
        test=test,
        lexicon=lexicon if test == "topic" else None,
        reason="So.",
        citation=CITATION,
    ),
    st.integers(0, 99),
    st.sampled_from(Effect),
    st.sampled_from(sorted(TESTS)),
    st.sampled_from(sorted(set(LEXICONS) - {"context"})),
)
RUN_RULES = st.builds(
    lambda number, rule, controllers: AuthorisationRule(
        id=f"A-{number}", test=rule.test, controllers=controllers, reason="So.", mend="Do.", citation=CITATION
    ),
    st.integers(0, 99),
    st.sampled_from(BUILT_IN),
    st.sampled_from(((), ("employer",), ("police_force",))),
)
INVENTED = st.builds(
    lambda number, items, runs: JurisdictionPack(
        id=f"p{number}", version="1.0", title="P", legality=tuple(items), authorisation=tuple(runs)
    ),
    st.integers(0, 999),
    st.lists(ITEM_RULES, max_size=5, unique_by=lambda rule: rule.id),
    st.lists(RUN_RULES, max_size=5, unique_by=lambda rule: rule.id),
)
PACKS = st.lists(st.one_of(st.sampled_from(SHIPPED), INVENTED), min_size=1, max_size=4)


def under(packs: list[JurisdictionPack]) -> Policies:
    return Policies(jurisdictions=tuple(packs), role=load.role("police-officer"), organisation=ORGANISATION)


def decided(seen: Observation, packs: list[JurisdictionPack]) -> tuple[Decision, ...]:
    pairs = load.legality_rules(under(packs))
    return decide(
        seen,
        rules=tuple(rule for rule, _ in pairs),
        versions={rule.id: version for rule, version in pairs},
        lexicons=LEXICONS,
        candidate=ADA,
        scope=SCOPE,
        role=load.role("police-officer"),
    )


@given(PACKS, PACKS, st.randoms(use_true_random=False), OBSERVATIONS)
@settings(deadline=None)
def test_more_packs_never_loosen_an_effect(packs, more, random, seen: Observation) -> None:
    """An observation is treated at least as strictly under more packs, in whatever order they come."""
    both = [*packs, *more]
    random.shuffle(both)

    assert strictest(decided(seen, both)).strictness >= strictest(decided(seen, packs)).strictness


@given(PACKS, OBSERVATIONS)
@settings(deadline=None)
def test_no_pack_loosens_what_is_built_in(packs, seen: Observation) -> None:
    """Under any pack an observation is treated at least as strictly as under one without rules."""
    bare = JurisdictionPack(id="bare", version="1.0", title="Bare")

    assert strictest(decided(seen, packs)).strictness >= strictest(decided(seen, [bare])).strictness
    assert {rule.id for rule, _ in load.legality_rules(under([bare]))} == {rule.id for rule in BUILT_IN_LEGALITY}


RECORD: dict[str, object] = {
    "id": "A-1",
    "subject": ADA.id,
    "created": "2026-01-02T09:00:00Z",
    "language": "en",
    "role": "police-officer",
    "stage": "shortlist",
    "controller": {"id": "C", "name": "Harbour", "type": "employer", "contact": "hr@harbour.example"},
    "notice": {
        "id": "N",
        "version": "1",
        "sha256": "a" * 64,
        "language": "en",
        "delivered_at": "2026-01-02T09:00:00Z",
        "acknowledged_at": "2026-01-03T09:00:00Z",
        "channel": "portal",
        "stand_alone": True,
    },
    "policy": {"id": ORGANISATION.id, "version": ORGANISATION.version},
    "lawful_basis": [
        {
            "article": "6(1)(f)",
            "law": "An Act",
            "assessment": "LIA-1",
            "approved_by": "Head",
            "approved_at": "2026-01-01T09:00:00Z",
        }
    ],
    "impact_assessment": "DPIA-1",
    "scope": {**SCOPE.model_dump(mode="json"), "window": {"first": "2022-01-01", "last": "2026-01-01"}},
    "events": [{"state": "ConsentGiven", "at": "2026-01-03T09:00:00Z", "by": "subject", "method": "portal"}],
}


def facts(packs: list[JurisdictionPack], changes: dict[str, object]) -> Facts:
    authorisation = Authorisation.model_validate({**RECORD, "packs": [pack.id for pack in packs], **changes})
    return Facts(
        authorisation=authorisation,
        candidate=ADA,
        policies=under(packs),
        at=datetime(2026, 6, 1, tzinfo=UTC),
        runs_used=0,
        last_seen_at=None,
    )


def is_allowed(asked: Facts) -> bool:
    try:
        authorise(asked)
    except RefusedError:
        return False
    return True


CHANGES = st.sampled_from(
    (
        {},
        {"impact_assessment": None},
        {"stage": "application"},
        {"lawful_basis": []},
        {"controller": {"id": "C", "name": "Force", "type": "police_force", "contact": "a@force.example"}},
    )
)


@given(PACKS, PACKS, CHANGES)
@settings(deadline=None)
def test_more_packs_never_allow_what_fewer_refuse(packs, more, changes: dict[str, object]) -> None:
    """Who is refused under some packs is refused under more; and every measure of the fewer is still in force."""
    fewer, all_ = facts(packs, changes), facts([*packs, *more], changes)
    few, many = ({(rule.test, rule.values, rule.number) for rule in rules_in_force(one.authorisation, one.policies)}
                 for one in (fewer, all_))  # fmt: skip

    assert few <= many
    if is_allowed(all_):
        assert is_allowed(fewer)


def test_the_plain_record_is_allowed_where_no_pack_asks_for_more() -> None:
    """The property above is not empty: the record that it starts from passes under a pack without rules."""
    bare = JurisdictionPack(id="bare", version="1.0", title="Bare")

    assert is_allowed(facts([bare], {}))
    assert not is_allowed(facts([bare], {"stage": "application"}))
    assert ORGANISATION.review_due > date(2026, 6, 1)
