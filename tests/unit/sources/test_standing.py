"""May this workspace read a source: the manifest, the switches, the keys; and what the plan makes of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from answers import DEMO
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import key_variable
from footprint.errors import RefusedError
from footprint.files import parse_record
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate, Identifier, Provenance, Relation
from footprint.model.plan import Plan
from footprint.model.policy import Clause, OrganisationPolicy, Policies
from footprint.planning import plan
from footprint.policies.load import jurisdiction, role
from footprint.sources.standing import AT_FIRST, Standing
from footprint.store.keyring import Keyring
from footprint.store.switches import Switch, Switches

SEARCH = {"provenance": Provenance.CONTROLLER, "relation": Relation.MENTION}
ORCID = Identifier(kind="orcid", value="0000-0002-1825-0097")
BRAVE = Identifier(kind="brave", value="Mara Quill", **SEARCH)
OWN = Identifier(kind="searxng", value="Mara Quill", host="search.example.org", **SEARCH)
LINKED = Identifier(kind="linkedin", value="mara-quill")
SITE = Identifier(kind="website", value="https://maraquill.example/")
PLUGIN = Identifier(kind="x-nothing", value="mara", host="boats.example")


def decided(source: str, *, is_on: bool = True, version: str | None = None, host: str | None = None) -> Switches:
    """A workspace that decided about one source."""
    switch = Switch(
        source=source,
        is_on=is_on,
        version=version or manifest(source).version,
        host=host,
        reason="The board agreed.",
        by="officer-7",
        at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    return Switches().with_decision(switch)


KEYS = Keyring(key_variable, {"FOOTPRINT_KEY_BRAVE": "k3y-of-the-operator"})

ON = [
    pytest.param(AT_FIRST, SITE, id="open"),
    pytest.param(Standing(decided("orcid")), ORCID, id="ask, turned on"),
    pytest.param(Standing(decided("brave"), KEYS), BRAVE, id="key, turned on, with its key"),
    pytest.param(Standing(decided("searxng", host="search.example.org")), OWN, id="own, at its host"),
]
OFF = [
    pytest.param(AT_FIRST, ORCID, "footprint sources on orcid --reason", id="ask"),
    pytest.param(AT_FIRST, OWN, "sources on searxng --host NAME --reason", id="own"),
    pytest.param(Standing(decided("orcid", is_on=False)), ORCID, "is off here", id="turned off again"),
    pytest.param(Standing(decided("website", is_on=False)), SITE, "has turned the source website off", id="open, off"),
    pytest.param(Standing(decided("orcid", version="0.9")), ORCID, "has changed since", id="another manifest"),
    pytest.param(Standing(decided("brave")), BRAVE, "set FOOTPRINT_KEY_BRAVE", id="no key"),
    pytest.param(Standing(decided("searxng", host="other.example.org")), OWN, "at another host", id="another instance"),
    pytest.param(AT_FIRST, LINKED, "Never read: ", id="link only"),
    pytest.param(AT_FIRST, PLUGIN, "Nothing that is installed here reads", id="no such plug-in"),
]


@pytest.mark.parametrize(("standing", "identifier"), ON)
def test_what_is_open_or_turned_on_is_read(standing: Standing, identifier: Identifier) -> None:
    """An open source at first, any other once the workspace decided and what it takes is there."""
    assert standing.why_not(identifier) is None
    assert standing.is_on(manifest(identifier.source))


@pytest.mark.parametrize(("standing", "identifier", "words"), OFF)
def test_what_is_off_says_so_and_what_would_change_it(standing: Standing, identifier: Identifier, words: str) -> None:
    """The reason names the source and the command, and no person."""
    reason = standing.why_not(identifier)

    assert reason is not None
    assert words in reason
    assert "mara" not in reason.lower()


def test_a_source_of_a_special_category_is_off_at_first() -> None:
    """Whatever its access is."""
    assert manifest("github").but(special_category=True).is_off_at_first
    assert not manifest("github").is_off_at_first


def test_a_key_goes_to_the_hosts_of_the_manifest_or_to_the_own_instance() -> None:
    """A profile cannot name a host for it."""
    own = manifest("searxng").but(key=manifest("brave").key.but(hosts=()))

    assert AT_FIRST.key_hosts(manifest("brave")) == manifest("brave").key.hosts
    assert AT_FIRST.key_hosts(manifest("website")) == ()
    assert AT_FIRST.key_hosts(own) == ()
    assert Standing(decided("searxng", host="search.example.org")).key_hosts(own) == ("search.example.org",)


CONSENT = parse_record(DEMO.joinpath("consent.toml").read_bytes(), Authorisation, where="consent.toml")
POLICY = parse_record(DEMO.joinpath("policy.toml").read_bytes(), OrganisationPolicy, where="policy.toml")
CANDIDATE = parse_record(DEMO.joinpath("profile.toml").read_bytes(), Candidate, where="profile.toml")
SOURCES = ("website", "orcid", "linkedin")


def drawn(*identifiers: Identifier, covered: tuple[str, ...] = SOURCES, standing: Standing = AT_FIRST) -> Plan:
    """A plan for a candidate with some identifiers, under a consent, role and policy that cover some sources."""
    keys = tuple(identifier.key for identifier in identifiers)
    policies = Policies(
        jurisdictions=(jurisdiction("uk"),),
        role=role("police-officer").but(sources=SOURCES),
        organisation=POLICY.but(clauses=(Clause(id="9", title="All", text="All of them.", sources=SOURCES),)),
    )
    consent = CONSENT.but(scope=CONSENT.scope.but(sources=covered, identifiers=keys))
    return plan(CANDIDATE.but(identifiers=identifiers), consent, policies, standing=standing)


def test_a_plan_leaves_out_a_source_that_is_off_and_says_how_to_turn_it_on() -> None:
    """The run goes on with what is on."""
    found = drawn(SITE, ORCID)

    assert {entry.request.source for entry in found.entries} == {"website"}
    assert [left.identifier for left in found.left_out] == [ORCID.key]
    assert "footprint sources on orcid" in found.left_out[0].reason
    assert found.left_out[0].address is None


def test_a_plan_reads_a_source_that_was_turned_on() -> None:
    """Once the workspace decided, consent, role and policy are what counts."""
    found = drawn(SITE, ORCID, standing=Standing(decided("orcid")))

    assert {entry.request.source for entry in found.entries} == {"website", "orcid"}
    assert found.left_out == ()


def test_an_account_that_is_never_read_is_listed_for_a_person() -> None:
    """With its address, as the candidate agreed to the source; no request is planned."""
    found = drawn(SITE, LINKED)

    assert found.left_out[0].address == "https://www.linkedin.com/in/mara-quill"
    assert "A person may open it." in found.left_out[0].reason
    assert not any("linkedin" in entry.request.template for entry in found.entries)


def test_an_account_that_the_consent_does_not_cover_is_for_nobody_to_open() -> None:
    """It does not refuse the run, since nothing is read there, and its address is not handed on."""
    found = drawn(SITE, LINKED, covered=("website",))

    assert found.left_out[0].address is None
    assert "Not to be opened for this check either" in found.left_out[0].reason


def test_a_plan_of_nothing_but_what_is_off_is_refused_with_the_reason() -> None:
    """The officer reads which source is off, and what would turn it on."""
    with pytest.raises(RefusedError) as raised:
        drawn(ORCID)

    assert "footprint sources on orcid" in raised.value.reason
