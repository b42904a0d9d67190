"""The candidate, consent, policy and settings of the demonstration agree with each other and with the packs."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

import pytest

from footprint.demo.clock import START
from footprint.files import parse_record
from footprint.model.authorisation import VALID_STATES, Authorisation
from footprint.model.candidate import Candidate, IdentifierKind, Relation
from footprint.model.policy import OrganisationPolicy
from footprint.policies.authorise import Facts, authorise, may_read
from footprint.policies.load import compose
from footprint.store.workspace import Settings

DEMO = resources.files("footprint.demo")


@pytest.fixture
def candidate() -> Candidate:
    return parse_record((DEMO / "profile.toml").read_bytes(), Candidate, where="profile.toml")


@pytest.fixture
def consent() -> Authorisation:
    return parse_record((DEMO / "consent.toml").read_bytes(), Authorisation, where="consent.toml")


@pytest.fixture
def policy() -> OrganisationPolicy:
    return parse_record((DEMO / "policy.toml").read_bytes(), OrganisationPolicy, where="policy.toml")


def test_the_candidate_has_one_identifier_of_five_kinds_and_two_accounts(candidate: Candidate) -> None:
    """A site, a feed, two interfaces and a wiki have something to read; the second Mastodon account is there to opt out."""
    kinds = [identifier.kind for identifier in candidate.identifiers]

    assert set(kinds) == {
        IdentifierKind.WEBSITE,
        IdentifierKind.FEED,
        IdentifierKind.MASTODON,
        IdentifierKind.MEDIAWIKI,
        IdentifierKind.GITHUB,
    }
    assert kinds.count(IdentifierKind.MASTODON) == 2


def test_only_the_newspaper_was_named_by_the_controller(candidate: Candidate) -> None:
    """The one place that is not the candidate's own is the press feed."""
    mentions = [identifier for identifier in candidate.identifiers if identifier.relation is Relation.MENTION]

    assert [identifier.value for identifier in mentions] == ["https://courier.example/feed.xml"]


def test_the_consent_names_every_identifier(candidate: Candidate, consent: Authorisation) -> None:
    """What the profile lists is what the candidate agreed to."""
    assert consent.subject == candidate.id
    assert consent.scope.identifiers == tuple(identifier.key for identifier in candidate.identifiers)


def test_the_consent_holds_when_the_demonstration_begins(consent: Authorisation) -> None:
    """On the demonstration's day the consent is given, the notice delivered and the scope not expired."""
    assert consent.state_at(START) in VALID_STATES
    assert consent.notice.delivered_at is not None
    assert consent.notice.delivered_at <= START < consent.scope.expires


def test_the_notice_is_the_one_that_lies_beside(consent: Authorisation) -> None:
    """The digest in the consent is that of the notice's text."""
    assert consent.notice.sha256 == hashlib.sha256((DEMO / "notice.txt").read_bytes()).hexdigest()


def test_the_policy_has_a_clause_for_each_source_and_category(
    consent: Authorisation, policy: OrganisationPolicy
) -> None:
    """Nothing in scope is without a clause that allows it."""
    assert (policy.id, policy.version) == (consent.policy.id, consent.policy.version)
    assert all(policy.clause_for_source(source) for source in consent.scope.sources)
    assert all(policy.clause_for_category(category) for category in consent.scope.categories)


def test_the_authorisation_rules_let_the_demonstration_run(
    candidate: Candidate, consent: Authorisation, tmp_path: Path
) -> None:
    """Every rule of the packs allows the run and each of its identifiers."""
    path = tmp_path / "policy.toml"
    path.write_bytes((DEMO / "policy.toml").read_bytes())
    facts = Facts(
        authorisation=consent,
        candidate=candidate,
        policies=compose(consent, path),
        at=START,
        runs_used=0,
        last_seen_at=None,
    )

    assert authorise(facts) is None
    assert [may_read(facts, identifier.kind, identifier.key) for identifier in candidate.identifiers] == [None] * 6


def test_the_settings_name_the_policy_that_ships() -> None:
    """The workspace of the demonstration is well formed."""
    settings = parse_record((DEMO / "footprint.toml").read_bytes(), Settings, where="footprint.toml")

    assert settings.policy == "policy.toml"
    assert settings.contact.endswith(".example")
