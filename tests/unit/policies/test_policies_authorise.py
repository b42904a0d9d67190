"""What an authorisation must show before anything is read."""

from datetime import UTC, date, datetime

import pytest
from policies_samples import (
    AT,
    AUTHORISATION,
    CANDIDATE,
    FACTS,
    POLICIES,
    SITE,
    after,
    authorised,
    based,
    noticed,
    published,
    scoped,
)

from footprint.errors import RefusedError
from footprint.model.authorisation import ConsentState, ControllerType
from footprint.policies import load
from footprint.policies.authorise import READING, Facts, authorise, may_read, rules_in_force
from footprint.policies.built_in import BUILT_IN


def refusal(facts: Facts) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        authorise(facts)
    return caught.value


def employed(**changes: object) -> Facts:
    """The facts of an ordinary employer under the `uk` pack alone."""
    controller = AUTHORISATION.controller.but(type=ControllerType.EMPLOYER)
    facts = authorised(controller=controller, packs=("uk",), **changes)
    return facts.but(policies=POLICIES.but(jurisdictions=(load.jurisdiction("uk"),)))


CONSENT_BASIS = AUTHORISATION.lawful_basis[0].but(article="UK GDPR 6(1)(a)")

REFUSED = {
    "another person's consent": (FACTS.but(candidate=CANDIDATE.but(id="C-18")), "UK-7-subject"),
    "clock runs backwards": (FACTS.but(last_seen_at=datetime(2026, 11, 20, 9, 0, 1, tzinfo=UTC)), "UK-30-clock"),
    "record of the future": (authorised(created="2026-11-21T09:00:00Z"), "UK-30-created"),
    "event of the future": (after("RenewedConsentGiven", "2026-11-21T09:00:00Z"), "UK-30-future"),
    "withdrawn": (after("ConsentWithdrawn"), "UK-7-withdrawn"),
    "withdrawn this very second": (after("ConsentWithdrawn", "2026-11-20T09:00:00Z"), "UK-7-withdrawn"),
    "revoked": (after("ConsentRevoked"), "UK-7-withdrawn"),
    "refused": (after("ConsentRefused"), "UK-7-refused"),
    "expired": (after("ConsentExpired"), "UK-7-expired"),
    "invalidated": (after("ConsentInvalidated"), "UK-7-invalidated"),
    "unknown": (after("ConsentUnknown"), "UK-7"),
    "requested again": (after("ConsentRequested"), "UK-7"),
    "deferred": (after("ConsentRequestDeferred"), "UK-7"),
    "never given": (authorised(events=AUTHORISATION.events[:1]), "UK-7"),
    "scope ends now": (scoped(expires=AT), "UK-7-scope"),
    "notice not delivered": (noticed(delivered_at=None, acknowledged_at=None), "UK-13"),
    "notice delivered later": (noticed(delivered_at="2026-11-20T09:00:01Z"), "UK-13-time"),
    "notice not acknowledged by an employer's candidate": (
        employed(notice=AUTHORISATION.notice.but(acknowledged_at=None)),
        "UK-13-acknowledged",
    ),
    "notice not acknowledged": (noticed(acknowledged_at=None), "RIPA-1"),
    "notice acknowledged before it was delivered": (noticed(acknowledged_at="2026-11-01T09:00:00Z"), "RIPA-1"),
    "notice acknowledged later": (noticed(acknowledged_at="2026-11-21T09:00:00Z"), "RIPA-1"),
    "notice inside another document": (noticed(stand_alone=False), "UK-7-distinct"),
    "no lawful basis": (authorised(lawful_basis=()), "UK-5.1a"),
    "basis approved later": (based(approved_at="2026-11-21T09:00:00Z"), "UK-5.1a-approved"),
    "consent as basis, no free choice": (employed(lawful_basis=(CONSENT_BASIS,)), "UK-5.1a-consent"),
    "consent as basis of the police": (
        based(article="UK GDPR 6(1)(a)", free_choice="A refusal changes nothing."),
        "UK-5.1a-authority",
    ),
    "legitimate interests of the police": (based(article="UK GDPR 6 (1) (f)"), "UK-6.1f-authority"),
    "no impact assessment": (authorised(impact_assessment=None), "UK-35"),
    "police pack, no police": (
        authorised(controller=AUTHORISATION.controller.but(type=ControllerType.EMPLOYER)),
        "POL-1-controller",
    ),
    "stage too early": (authorised(stage="application"), "UK-5.1c-early"),
    "packs not composed": (FACTS.but(policies=POLICIES.but(jurisdictions=POLICIES.jurisdictions[:1])), "UK-30-packs"),
    "role not composed": (FACTS.but(policies=POLICIES.but(role=load.role("office-default"))), "UK-30-packs"),
    "another policy": (published(id="SMP-02"), "UK-30"),
    "another version of the policy": (published(version="5.0"), "UK-30"),
    "policy not in effect": (published(effective=date(2026, 11, 21)), "UK-30-effective"),
    "policy past its review": (published(review_due=date(2026, 11, 19)), "UK-30-review"),
    "runs used up": (FACTS.but(runs_used=1), "UK-5.1b-runs"),
    "too many visits": (scoped(max_visits=3), "RIPA-2"),
    "unknown purpose": (scoped(purpose="dpv:Marketing"), "UK-5.1b-purpose"),
    "criminal background check": (scoped(purpose="dpv:RecruitmentApplicantCriminalBackgroundCheck"), "UK-5.1b-purpose"),
    "no source of the role": (scoped(sources=("orkut",)), "UK-5.1b-sources"),
    "category without necessity": (
        FACTS.but(policies=POLICIES.but(role=POLICIES.role.but(categories=POLICIES.role.categories[1:]))),
        "UK-6.1f",
    ),
    "window a day too long": (scoped(window={"first": "2021-11-19", "last": "2026-11-20"}), "UK-5.1b-length"),
    "window years too long": (scoped(window={"first": "2019-12-31", "last": "2026-01-01"}), "UK-5.1b-length"),
}

ALLOWED = {
    "as recorded": FACTS,
    "renewed": after("RenewedConsentGiven"),
    "renewed after a withdrawal": authorised(
        events=(*after("ConsentWithdrawn").authorisation.events, *after("RenewedConsentGiven").authorisation.events[2:])
    ),
    "log seen now": FACTS.but(last_seen_at=AT),
    "created now": authorised(created=AT),
    "notice acknowledged now": noticed(acknowledged_at=AT),
    "second before the scope ends": scoped(expires="2026-11-20T09:00:01Z"),
    "policy effective today": published(effective=date(2026, 11, 20)),
    "policy due today": published(review_due=date(2026, 11, 20)),
    "second of two runs": scoped(max_runs=2).but(runs_used=1),
    "one source of the role among others": scoped(sources=("orkut", "website")),
    "window from a leap day": scoped(window={"first": "2020-02-29", "last": "2025-02-28"}),
    "window within one year": scoped(window={"first": "2026-01-01", "last": "2026-11-20"}),
    "an employer's legitimate interests": employed(
        lawful_basis=(AUTHORISATION.lawful_basis[0].but(article="UK GDPR 6(1)(f)"),)
    ),
    "an employer's consent with free choice": employed(
        lawful_basis=(CONSENT_BASIS.but(free_choice="A refusal changes nothing."),)
    ),
    "an employer without impact assessment": employed(impact_assessment=None),
    "on the shortlist": authorised(stage="shortlist"),
}


@pytest.mark.parametrize(("facts", "rule"), REFUSED.values(), ids=REFUSED)
def test_what_is_missing_refuses(facts: Facts, rule: str) -> None:
    """Each thing that is missing refuses by its own rule."""
    assert refusal(facts).rule == rule


@pytest.mark.parametrize("facts", ALLOWED.values(), ids=ALLOWED)
def test_what_is_complete_is_allowed(facts: Facts) -> None:
    """A complete authorisation lets reading begin, on the last moment too."""
    assert authorise(facts) is None


@pytest.mark.parametrize(("facts", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_one_thing_and_how_to_mend_it(facts: Facts, rule: str) -> None:
    """A refusal is one sentence and one way to put it right, and neither names the candidate."""
    error = refusal(facts)

    assert error.reason.endswith(".")
    assert error.mend.endswith(".")
    assert "Quill" not in f"{error} {error.reason} {error.mend}"


@pytest.mark.parametrize("state", ConsentState)
def test_only_given_and_renewed_let_anything_be_read(state: ConsentState) -> None:
    """Of all states of consent two let anything be read; a state unknown to the table does not."""
    facts = after(state)

    if state in (ConsentState.GIVEN, ConsentState.RENEWED):
        assert authorise(facts) is None
    else:
        assert refusal(facts).rule.startswith("UK-7")


def test_a_pack_gives_a_built_in_rule_its_words_and_cannot_take_it_away() -> None:
    """Every built-in test is among the rules in force, whatever the packs say."""
    tests = [rule.test for rule in rules_in_force(AUTHORISATION, POLICIES)]

    assert tests[: len(BUILT_IN)] == [rule.test for rule in BUILT_IN]
    assert len(set(tests)) == len(tests)


def test_built_in_rules_hold_without_any_pack_rule() -> None:
    """A pack without rules leaves the built-in ones."""
    empty = POLICIES.jurisdictions[0].but(authorisation=(), id="uk-police")
    facts = noticed(acknowledged_at=None).but(policies=POLICIES.but(jurisdictions=(empty,)))

    assert refusal(facts).rule == "UK-13-acknowledged"


def test_a_rule_for_other_controllers_does_not_apply() -> None:
    """A rule for authorities does not stand in the way of an employer."""
    rules = {rule.id for rule in rules_in_force(employed().authorisation, employed().policies)}

    assert "UK-6.1f-authority" not in rules


def test_a_named_identifier_of_a_named_source_may_be_read() -> None:
    """What the consent, the role and the policy name may be read."""
    assert may_read(FACTS, "website", SITE) is None


@pytest.mark.parametrize(
    ("facts", "source", "identifier", "rule"),
    [
        (FACTS, "github", SITE, "UK-5.1b-source"),
        (scoped(sources=("website", "orkut")), "orkut", SITE, "UK-5.1c-source"),
        (FACTS, "mastodon", SITE, "UK-30-source"),
        (FACTS, "website", "website:https://other.example/", "UK-5.1b-identifier"),
        (after("ConsentWithdrawn"), "website", SITE, "UK-7-withdrawn"),
    ],
)
def test_what_is_not_named_may_not_be_read(facts: Facts, source: str, identifier: str, rule: str) -> None:
    """A source or identifier that one of them does not name is refused, and so is everything after a withdrawal."""
    with pytest.raises(RefusedError) as caught:
        may_read(facts, source, identifier)

    assert caught.value.rule == rule


def test_rules_of_reading_have_their_own_ids() -> None:
    """No rule of reading shares its id with another rule."""
    ids = [rule for rule, *_ in READING] + [rule.id for rule in BUILT_IN]

    assert len(set(ids)) == len(ids)
