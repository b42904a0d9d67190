"""A consent as ISO/IEC TS 27560 asks for it, in the W3C DPV 2.3 profile: JSON-LD (LAW 3.1).

Every `dpv:` and `eu-gdpr:` term is pinned in `dpv_terms.toml`. The vocabulary has no terms for the law of the United
Kingdom: those are IRIs of this project, `footprint:`. A mandatory field about which the record is silent says so with
`dpv:NotAvailable`, and is not left out. Where a key can have several values it has an array: keys never repeat.
"""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime

from footprint.model.authorisation import VALID_STATES, Authorisation, ConsentState, LawfulBasis, StatusEvent
from footprint.model.particulars import Particulars

Node = dict[str, object]
"""One JSON-LD node; it exists between here and the JSON only."""

FOOTPRINT = "https://footprint.invalid/ns#"
"""Names our own terms; nothing is served there (RFC 2606)."""

CONTEXT: Node = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "footprint": FOOTPRINT,
}
PROFILE = "https://w3id.org/dpv/schema/dpv-27560#"
UNAVAILABLE: Node = {"dpv:hasApplicability": [{"@id": "dpv:NotAvailable"}]}

_RECORDS = uuid.UUID("6f4b4f0c-8f0e-5a51-9d5c-2f7f3f0f9d11")
_EU = re.compile(r"^(?:EU )?(?:DS-?)?GDPR\s+(?:Art\.?\s*)?6\(1\)\(([abcef])\)", re.IGNORECASE)


def render_dpv(authorisation: Authorisation, *, record_sha256: str, at: datetime) -> bytes:
    """Return the consent receipt as JSON-LD, indented by two. Equal records give equal bytes."""
    return (json.dumps(to_dpv(authorisation, record_sha256, at), indent=2, ensure_ascii=False) + "\n").encode()


def to_dpv(authorisation: Authorisation, record_sha256: str, at: datetime) -> Node:
    """Return the receipt as one JSON-LD node: header, processing, parties, events."""
    return {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{uuid.uuid5(_RECORDS, f'{authorisation.controller.id} {authorisation.id}')}",
        "@type": ["dpv:ConsentReceipt"],
        "dct:conformsTo": [{"@id": f"{PROFILE}record"}, {"@id": f"{PROFILE}receipt"}],
        "dct:identifier": [authorisation.id],
        "dct:created": [_time(authorisation.created)],
        "dct:issued": [_time(at)],
        "dct:language": [authorisation.language],
        "footprint:recordSha256": [record_sha256],
        "dpv:hasProcess": [_process(authorisation)],
        "dpv:hasEntity": _parties(authorisation),
        "dpv:hasConsentStatus": [_event(event, authorisation) for event in authorisation.events],
    }


def _process(authorisation: Authorisation) -> Node:
    details = authorisation.particulars or Particulars()
    scope = authorisation.scope
    return {
        "@type": ["dpv:Process"],
        "dpv:hasNotice": [_notice(authorisation)],
        "dpv:hasPurpose": [{"@id": scope.purpose}],
        "dpv:hasPersonalData": [{"@type": ["dpv:PersonalData"], "dct:description": list(scope.categories)}],
        "dpv:hasProcessing": [{"@id": "dpv:Consult"}, {"@id": "dpv:Assess"}, {"@id": "dpv:Store"}],
        "dpv:hasDataSource": [
            {"@type": ["dpv:PublicDataSource"], "dct:identifier": [source]} for source in scope.sources
        ],
        "dpv:hasDataController": [{"@id": _controller(authorisation)}],
        "dpv:hasDataSubject": [{"@id": _subject(authorisation)}],
        "dpv:hasRecipient": [{"@type": ["dpv:Recipient"], "dpv:hasName": [name]} for name in details.recipients]
        or [{"@type": ["dpv:Recipient"], **UNAVAILABLE}],
        "dpv:hasStorageCondition": [
            {"@type": ["dpv:StorageLocation"], **_said(details.storage)},
            {"@type": ["dpv:StorageDuration"], **_said(details.retention)},
        ],
        "dpv:hasJurisdiction": [{"@id": f"footprint:pack-{pack}"} for pack in authorisation.packs],
        "dpv:hasLegalBasis": [_basis(basis) for basis in authorisation.lawful_basis] or [UNAVAILABLE],
        "dpv:hasImpactAssessment": [{"@type": ["dpv:ImpactAssessment"], **_said(authorisation.impact_assessment)}],
        "dpv:hasPolicy": [
            {"@type": ["dpv:Policy"], "dct:identifier": [f"{authorisation.policy.id} {authorisation.policy.version}"]}
        ],
        "dpv:hasScope": [_limits(authorisation)],
        "dpv:hasRight": [{"@id": "dpv:ActiveRight"}],
        "dpv:hasConsentControl": [
            {"@type": [control], "dpv:isExercisedAt": [details.withdrawal or authorisation.controller.contact]}
            for control in ("dpv:WithdrawConsent", "dpv:ReaffirmConsent", "dpv:RefuseConsent")
        ],
    }


def _notice(authorisation: Authorisation) -> Node:
    notice = authorisation.notice
    return {
        "@type": ["dpv:ConsentNotice"],
        "dct:identifier": [f"{notice.id} {notice.version}"],
        "dct:language": [notice.language],
        "footprint:sha256": [notice.sha256],
        "footprint:standAlone": [notice.stand_alone],
        "footprint:deliveredAt": [_time(notice.delivered_at)] if notice.delivered_at else [],
        "footprint:acknowledgedAt": [_time(notice.acknowledged_at)] if notice.acknowledged_at else [],
    }


def _limits(authorisation: Authorisation) -> Node:
    scope = authorisation.scope
    return {
        "@type": ["dpv:Scope"],
        "footprint:firstDay": [scope.window.first.isoformat()],
        "footprint:lastDay": [scope.window.last.isoformat()],
        "footprint:leastAge": [scope.min_age],
        "footprint:engagement": list(scope.engagement),
        "footprint:identifier": list(scope.identifiers),
        "footprint:visitsToOneAddress": [scope.max_visits],
        "dpv:hasDuration": [
            {"@type": ["dpv:FixedOccurrencesDuration"], "rdf:value": [scope.max_runs]},
            {"@type": ["dpv:UntilTimeDuration"], "rdf:value": [_time(scope.expires)]},
        ],
    }


def _parties(authorisation: Authorisation) -> list[Node]:
    details = authorisation.particulars or Particulars()
    controller = authorisation.controller
    parties: list[Node] = [
        {
            "@id": _controller(authorisation),
            "@type": ["dpv:DataController"],
            "dpv:hasIdentifier": [controller.id],
            "dpv:hasName": [controller.name],
            "dpv:hasAddress": [details.address] if details.address else [UNAVAILABLE],
            "dpv:hasContact": [controller.contact, *([details.phone] if details.phone else [])],
            "footprint:controllerType": [str(controller.type)],
        },
        {
            "@id": _subject(authorisation),
            "@type": ["dpv:JobApplicant"],
            "dpv:hasIdentifier": [authorisation.subject],
        },
    ]
    if controller.data_protection_officer:
        contact = [controller.data_protection_officer]
        parties.append({"@type": ["dpv:DataProtectionOfficer"], "dpv:hasContact": contact})
    return parties


def _basis(basis: LawfulBasis) -> Node:
    match = _EU.match(basis.article)
    term = f"eu-gdpr:A6-1-{match[1].lower()}" if match else f"footprint:{_local(basis.article)}"
    return {
        "@id": term,
        "dct:title": [basis.article],
        "dpv:hasApplicableLaw": [basis.law],
        "dpv:hasAssessment": [{"dct:identifier": [basis.assessment]}],
        "footprint:approvedBy": [basis.approved_by],
        "footprint:approvedAt": [_time(basis.approved_at)],
        **({"dpv:hasJustification": [basis.free_choice]} if basis.free_choice else {}),
    }


def _event(event: StatusEvent, authorisation: Authorisation) -> Node:
    by = _subject(authorisation) if event.by == "subject" else _controller(authorisation)
    node: Node = {
        "@type": [f"dpv:{event.state}"],
        "dpv:isIndicatedAtTime": [_time(event.at)],
        "dpv:isIndicatedBy": [
            {"@id": by if event.by in ("subject", "controller") else f"footprint:{_local(event.by)}"}
        ],
        "dpv:hasIndicationMethod": [event.method],
        # The event's own duration: valid states until the scope ends, the others until the next event.
        "dpv:hasDuration": [_duration(event.state, authorisation)],
    }
    return node | ({"dpv:hasLegalBasis": [{"@id": "dpv:ExplicitlyExpressedConsent"}]} if _is_valid(event) else {})


def _duration(state: ConsentState, authorisation: Authorisation) -> Node:
    if state in VALID_STATES:
        return {"@type": ["dpv:UntilTimeDuration"], "rdf:value": [_time(authorisation.scope.expires)]}
    return {"@type": ["dpv:UntilEventDuration"], "rdf:value": ["the next event of this record"]}


def _is_valid(event: StatusEvent) -> bool:
    return event.state in VALID_STATES


def _said(text: str | None) -> Node:
    return {"dct:description": [text]} if text else UNAVAILABLE


def _controller(authorisation: Authorisation) -> str:
    return f"urn:footprint:controller:{authorisation.controller.id}"


def _subject(authorisation: Authorisation) -> str:
    return f"urn:footprint:subject:{authorisation.subject}"


def _local(text: str) -> str:
    """A text as the local name of an IRI: `UK GDPR 6(1)(e)` becomes `UK-GDPR-6-1-e`."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")


def _time(moment: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}
