"""The DPV export: every term is pinned, every list is an array, and what is not known says so."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest
from papers_samples import AT, AUTHORISATION, BARE, under, with_event

from footprint.model.authorisation import Authorisation, ConsentState
from footprint.papers.dpv import CONTEXT, render_dpv, to_dpv
from footprint.policies.authorise import PURPOSES

TERMS = tomllib.loads(files("footprint.papers").joinpath("dpv_terms.toml").read_text(encoding="utf-8"))
PINNED = {f"dpv:{term}" for term in (*TERMS["dpv"]["properties"], *TERMS["dpv"]["classes"])} | {
    f"eu-gdpr:{term}" for term in TERMS["eu-gdpr"]["classes"]
}
EVERY_STATE = tuple(with_event(state) for state in ConsentState)
EVERY_BASIS = tuple(under("eu", articles=(f"GDPR 6(1)({letter})",)) for letter in "abcef")
EVERY_PURPOSE = tuple(BARE.but(scope=BARE.scope.but(purpose=purpose)) for purpose in sorted(PURPOSES))
FREE = BARE.but(lawful_basis=(BARE.lawful_basis[0].but(free_choice="A no has no consequence."),))
SAMPLES = (AUTHORISATION, FREE, BARE, *EVERY_STATE, *EVERY_BASIS, *EVERY_PURPOSE, under("uk", articles=()))


def strings(value: object) -> Iterator[str]:
    """Yield every key, and every value that names a term."""
    if isinstance(value, dict):
        yield from value
        for key, entry in value.items():
            yield from strings(entry) if key in ("@id", "@type") or not isinstance(entry, str) else ()
    elif isinstance(value, list):
        for entry in value:
            yield from strings(entry)
    elif isinstance(value, str):
        yield value


def exported(consent: Authorisation) -> dict[str, object]:
    return to_dpv(consent, "a" * 64, AT)


@pytest.mark.parametrize("consent", SAMPLES, ids=range(len(SAMPLES)))
def test_every_term_is_pinned(consent: Authorisation) -> None:
    """No dpv or eu-gdpr term is used that the pinned list does not hold."""
    node = exported(consent)
    node.pop("@context")
    used = {text for text in strings(node) if text.startswith(("dpv:", "eu-gdpr:"))}

    assert used
    assert used <= PINNED


def test_the_profile_is_one_that_exists() -> None:
    """The record claims no profile that the schema does not name."""
    claimed = {entry["@id"] for entry in exported(AUTHORISATION)["dct:conformsTo"]}

    assert claimed <= {TERMS["profile"]["namespace"] + term for term in TERMS["profile"]["terms"]}


def test_no_pinned_term_is_idle() -> None:
    """The list holds no term that the export never uses."""
    used = {text for consent in SAMPLES for text in strings(exported(consent))}

    assert used >= PINNED


@pytest.mark.parametrize("consent", SAMPLES, ids=range(len(SAMPLES)))
def test_values_are_arrays_and_prefixes_are_declared(consent: Authorisation) -> None:
    """Under every term stands an array, no key repeats, and each prefix is in the context."""

    def each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len({key for key, _ in pairs}) == len(pairs)
        return dict(pairs)

    node = json.loads(render_dpv(consent, record_sha256="a" * 64, at=AT), object_pairs_hook=each_once)
    assert node.pop("@context") == CONTEXT

    def look(value: object) -> None:
        if isinstance(value, list):
            for entry in value:
                look(entry)
        elif isinstance(value, dict):
            for key, entry in value.items():
                assert key.startswith("@") or key.split(":")[0] in CONTEXT
                assert key.startswith("@") or isinstance(entry, list), key
                look(entry)

    look(node)


def test_the_mandatory_sections_are_there() -> None:
    """Header, processing, parties and events of ISO/IEC TS 27560, each with its mandatory fields (LAW 3.1)."""
    node = exported(AUTHORISATION)
    (process,) = node["dpv:hasProcess"]

    assert {"@id", "dct:conformsTo", "dct:identifier", "dpv:hasEntity", "dpv:hasConsentStatus"} <= set(node)
    assert {
        "dpv:hasNotice", "dpv:hasPurpose", "dpv:hasPersonalData", "dpv:hasDataController", "dpv:hasStorageCondition",
        "dpv:hasJurisdiction", "dpv:hasRecipient", "dpv:hasConsentControl", "dpv:hasLegalBasis", "dpv:hasDataSource",
    } <= set(process)  # fmt: skip
    for event in node["dpv:hasConsentStatus"]:
        assert {"@type", "dpv:isIndicatedAtTime", "dpv:isIndicatedBy", "dpv:hasDuration"} <= set(event)
        assert event["dpv:isIndicatedAtTime"][0]["@value"].endswith("Z")


def test_silence_is_said() -> None:
    """A mandatory field about which the record is silent is exported as not available, not left out."""
    (process,) = exported(BARE)["dpv:hasProcess"]
    (known,) = exported(AUTHORISATION)["dpv:hasProcess"]

    assert all("dpv:hasApplicability" in condition for condition in process["dpv:hasStorageCondition"])
    assert not any("dpv:hasApplicability" in condition for condition in known["dpv:hasStorageCondition"])


@pytest.mark.parametrize(
    ("article", "term"),
    [
        ("GDPR 6(1)(f)", "eu-gdpr:A6-1-f"),
        ("EU GDPR Art. 6(1)(e)", "eu-gdpr:A6-1-e"),
        ("DSGVO 6(1)(b)", "footprint:DSGVO-6-1-b"),
        ("UK GDPR 6(1)(e)", "footprint:UK-GDPR-6-1-e"),
        ("UK GDPR 6(1)(ea)", "footprint:UK-GDPR-6-1-ea"),
        ("FCRA 604(b)", "footprint:FCRA-604-b"),
    ],
)
def test_the_law_of_the_united_kingdom_is_not_passed_off_as_that_of_the_union(article: str, term: str) -> None:
    """Only articles of the EU GDPR get its terms; others are IRIs of this project."""
    (process,) = exported(under("uk", articles=(article,)))["dpv:hasProcess"]

    assert process["dpv:hasLegalBasis"][0]["@id"] == term


def test_events_are_all_there_in_their_order() -> None:
    """A withdrawal stands after the consent that it ends; nothing is replaced."""
    events = exported(with_event("ConsentWithdrawn"))["dpv:hasConsentStatus"]

    assert [event["@type"] for event in events] == [
        ["dpv:ConsentRequested"], ["dpv:ConsentGiven"], ["dpv:ConsentWithdrawn"],
    ]  # fmt: skip


def test_the_same_record_gives_the_same_bytes() -> None:
    """The id is made of the controller's and the consent's, so that two exports are equal."""
    first, second = (render_dpv(AUTHORISATION, record_sha256="a" * 64, at=AT) for _ in range(2))

    assert first == second
