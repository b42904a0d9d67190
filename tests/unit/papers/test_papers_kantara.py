"""The Kantara receipt has the required fields of version 1.1, and none is made of a consent that is not given."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from papers_samples import AT, AUTHORISATION, BARE, under, with_event

from footprint.errors import InputError
from footprint.model.authorisation import VALID_STATES, Authorisation, ConsentState
from footprint.papers.kantara import render_kantara

TEXT = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "items": TEXT, "minItems": 1}


def record(**fields: object) -> dict[str, object]:
    """Return the schema of an object in which every field is required."""
    return {"type": "object", "properties": fields, "required": list(fields)}


PURPOSE = {
    **record(
        purposeCategory=TEXTS, consentType=TEXT, piiCategory=TEXTS, termination=TEXT,
        thirdPartyDisclosure={"type": "boolean"},
    ),
    "if": {"properties": {"thirdPartyDisclosure": {"const": True}}},
    "then": {"required": ["thirdPartyName"]},
}  # fmt: skip
CONTROLLER = record(piiController=TEXT, contact=TEXT, address={"type": "object"}, email=TEXT, phone=TEXT)
SCHEMA = record(
    version={"const": "KI-CR-v1.1.0"},
    jurisdiction=TEXT,
    consentTimestamp={"type": "integer", "minimum": 0},
    collectionMethod=TEXT,
    consentReceiptID=TEXT,
    piiPrincipalId=TEXT,
    piiControllers={"type": "array", "items": CONTROLLER, "minItems": 1},
    policyUrl=TEXT,
    services={
        "type": "array",
        "items": record(service=TEXT, purposes={"type": "array", "items": PURPOSE, "minItems": 1}),
        "minItems": 1,
    },
    sensitive={"type": "boolean"},
    spiCat={"type": "array", "items": TEXT},
)
"""Written from the required fields of LAW 3.2; the published schema is not valid JSON."""


@pytest.mark.parametrize("consent", [AUTHORISATION, BARE, under("us-ca"), under("fi", "eu"), under("atlantis")])
def test_a_receipt_has_every_required_field(consent: Authorisation) -> None:
    """Each receipt validates against the schema of the required fields."""
    receipt = json.loads(render_kantara(consent, at=AT))

    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(receipt)] == []
    assert type(receipt["consentTimestamp"]) is int


def test_the_schema_can_fail() -> None:
    """The schema of this test finds a missing name of a third party and a time with a fraction."""
    receipt = json.loads(render_kantara(AUTHORISATION, at=AT))
    receipt["consentTimestamp"] += 0.5
    del receipt["services"][0]["purposes"][0]["thirdPartyName"]

    assert len(list(Draft202012Validator(SCHEMA).iter_errors(receipt))) == 2


def test_the_time_is_that_of_the_answer() -> None:
    """The timestamp is the moment of the last agreement, in seconds since 1970."""
    renewed = with_event("RenewedConsentGiven", "2026-11-15T09:00:00Z")

    assert json.loads(render_kantara(renewed, at=AT))["consentTimestamp"] == 1794733200
    assert json.loads(render_kantara(AUTHORISATION, at=AT))["consentTimestamp"] == 1794336240


@pytest.mark.parametrize("state", sorted(set(ConsentState) - VALID_STATES))
def test_no_receipt_pretends(state: ConsentState) -> None:
    """The specification has no field for a withdrawal, so no receipt is made of a consent that is not given."""
    with pytest.raises(InputError) as refused:
        render_kantara(with_event(state), at=AT)

    assert "dpv" in refused.value.mend


@pytest.mark.parametrize(("pack", "country"), [("uk-police", "GB"), ("us-nyc", "US"), ("ca-bc", "CA"), ("eu", "EU")])
def test_the_jurisdiction_comes_from_the_pack(pack: str, country: str) -> None:
    """A pack stands for its country."""
    assert json.loads(render_kantara(under(pack), at=AT))["jurisdiction"] == country
