"""A consent as a Kantara Consent Receipt 1.1: the fields that specification requires, and its language (LAW 3.2).

The specification has no field for a withdrawal, so a receipt is made of a consent that is given or renewed, and of no other.
"""

from __future__ import annotations

import json
from datetime import datetime

from footprint.errors import InputError
from footprint.model.authorisation import VALID_STATES, Authorisation
from footprint.model.finding import CATEGORY_TITLES
from footprint.model.particulars import Particulars

VERSION = "KI-CR-v1.1.0"

COUNTRIES = (
    ("uk", "GB"), ("us", "US"), ("de", "DE"), ("fr", "FR"), ("fi", "FI"), ("eu", "EU"), ("ca", "CA"), ("au", "AU"),
)  # fmt: skip
"""Beginning of a pack's id, and the jurisdiction it stands for (ISO 3166-1; EU is reserved there)."""

SENSITIVE = (
    "criminal offences",
    "health",
    "political opinions",
    "racial or ethnic origin",
    "religious or philosophical beliefs",
    "sex life or sexual orientation",
    "trade union membership",
)
"""Not sought, but public posts can hold them: they are excluded or sealed, and the receipt says that they may be met."""


def render_kantara(authorisation: Authorisation, *, at: datetime) -> bytes:
    """Return the receipt as JSON, indented by two. Raises InputError where consent is not given or renewed at `at`."""
    state = authorisation.state_at(at)
    if state not in VALID_STATES:
        raise InputError(
            where=authorisation.id,
            field="events",
            expected=f"a consent that is given; it is {state}, for which a Kantara receipt has no field",
            mend="use --format html or --format dpv, which show every event",
        )
    return (json.dumps(_receipt(authorisation, at), indent=2, ensure_ascii=False) + "\n").encode()


def _receipt(authorisation: Authorisation, at: datetime) -> dict[str, object]:
    given = next(e for e in reversed(authorisation.events) if e.at <= at)
    details = authorisation.particulars or Particulars()
    policy = authorisation.policy
    return {
        "version": VERSION,
        "jurisdiction": _country(authorisation),
        "consentTimestamp": int(given.at.timestamp()),
        "collectionMethod": given.method,
        "consentReceiptID": authorisation.id,
        "language": authorisation.language,
        "piiPrincipalId": authorisation.subject,
        "piiControllers": [_controller(authorisation, details)],
        "policyUrl": details.policy_url or f"urn:footprint:policy:{policy.id}:{policy.version.replace(' ', '-')}",
        "services": [{"service": "Check of public web content in recruitment", "purposes": [_purpose(authorisation)]}],
        "sensitive": True,
        "spiCat": [f"{category} (not sought; excluded or sealed where met)" for category in SENSITIVE],
    }


def _controller(authorisation: Authorisation, details: Particulars) -> dict[str, object]:
    controller = authorisation.controller
    return {
        "piiController": controller.name,
        "onBehalf": False,
        "contact": controller.data_protection_officer or controller.contact,
        "address": {"streetAddress": details.address} if details.address else {},
        "email": controller.contact.removeprefix("mailto:"),
        "phone": details.phone or "not recorded",
    }


def _purpose(authorisation: Authorisation) -> dict[str, object]:
    recipients = (authorisation.particulars or Particulars()).recipients
    scope = authorisation.scope
    return {
        "purpose": "To check public web content that bears on the role, under the controller's published policy",
        "purposeCategory": [scope.purpose],
        "consentType": "EXPLICIT",
        "piiCategory": [CATEGORY_TITLES[category] for category in scope.categories],
        "primaryPurpose": True,
        "termination": f"{scope.expires:%Y-%m-%d}, or {scope.max_runs} runs, or withdrawal, whichever is first",
        "thirdPartyDisclosure": bool(recipients),
        **({"thirdPartyName": ", ".join(recipients)} if recipients else {}),
    }


def _country(authorisation: Authorisation) -> str:
    found = [code for pack in authorisation.packs for start, code in COUNTRIES if pack.split("-")[0] == start]
    return ", ".join(dict.fromkeys(found)) or "not recorded"
