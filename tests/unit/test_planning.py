"""The plan: what consent, role and policy do not cover refuses the run, or is left out and named."""

from __future__ import annotations

import pytest

from answers import DEMO
from footprint.errors import RefusedError
from footprint.files import parse_record
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.policy import OrganisationPolicy, Policies
from footprint.planning import plan
from footprint.policies.load import jurisdiction, role

CANDIDATE = parse_record(DEMO.joinpath("profile.toml").read_bytes(), Candidate, where="profile.toml")
CONSENT = parse_record(DEMO.joinpath("consent.toml").read_bytes(), Authorisation, where="consent.toml")
POLICY = parse_record(DEMO.joinpath("policy.toml").read_bytes(), OrganisationPolicy, where="policy.toml")
POLICIES = Policies(
    jurisdictions=(jurisdiction("uk"), jurisdiction("uk-police")), role=role("police-officer"), organisation=POLICY
)

NARROWER = {
    "the consent's sources": (CONSENT.but(scope=CONSENT.scope.but(sources=("website",))), POLICIES, "UK-7"),
    "the consent's identifiers": (
        CONSENT.but(scope=CONSENT.scope.but(identifiers=CONSENT.scope.identifiers[:1])),
        POLICIES,
        "UK-7",
    ),
    "the role": (CONSENT, POLICIES.but(role=POLICIES.role.but(sources=("website",))), "UK-5.1b"),
    "the policy": (
        CONSENT,
        POLICIES.but(organisation=POLICY.but(clauses=tuple(c.but(sources=c.sources[:1]) for c in POLICY.clauses))),
        "UK-30",
    ),
}


@pytest.mark.parametrize("name", NARROWER)
def test_what_is_not_covered_refuses(name: str) -> None:
    """An identifier that may have been forgotten in the consent is for a person to decide."""
    consent, policies, rule = NARROWER[name]
    with pytest.raises(RefusedError) as raised:
        plan(CANDIDATE, consent, policies)

    assert raised.value.rule == rule
    assert "--covered-only" in raised.value.mend


@pytest.mark.parametrize("name", NARROWER)
def test_what_is_not_covered_can_be_left_out(name: str) -> None:
    """With `covered_only` it is not asked for, and the plan says why."""
    consent, policies, _ = NARROWER[name]
    drawn = plan(CANDIDATE, consent, policies, covered_only=True)

    planned = {entry.request.identifier for entry in drawn.entries}
    assert planned
    assert planned.isdisjoint(left.identifier for left in drawn.left_out)
    assert planned | {left.identifier for left in drawn.left_out} == {
        identifier.key for identifier in CANDIDATE.identifiers
    }


def test_a_plan_of_nothing_is_refused() -> None:
    """Where nothing is covered there is nothing to run."""
    nowhere = CONSENT.but(scope=CONSENT.scope.but(sources=("elsewhere",)))

    with pytest.raises(RefusedError, match="Nothing in the profile"):
        plan(CANDIDATE, nowhere, POLICIES, covered_only=True)


def test_every_host_of_the_plan_is_one_the_candidate_named() -> None:
    """No request goes to a host that is not in the profile."""
    drawn = plan(CANDIDATE, CONSENT, POLICIES)

    assert set(drawn.hosts) == {identifier.home for identifier in CANDIDATE.identifiers}
    assert all(entry.policy_clause.startswith("SMP-01 ") for entry in drawn.entries)
