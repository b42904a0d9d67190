"""Invented records that the tests of the model share."""

from datetime import UTC, datetime

from footprint.model.attribution import Attribution, Tier
from footprint.model.authorisation import Authorisation
from footprint.model.decision import Citation, Decision, Effect
from footprint.model.finding import Finding, MaskedText, Relevance

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
CITATION = Citation(article="An Act s.1", confirmed=False)

AUTHORISATION = Authorisation.model_validate(
    {
        "id": "CONSENT-7",
        "subject": "C-17",
        "created": "2026-11-01T09:00:00Z",
        "language": "en-GB",
        "packs": ["uk"],
        "role": "police-officer",
        "stage": "conditional_offer",
        "controller": {
            "id": "FORCE",
            "name": "Invented Constabulary",
            "type": "police_force",
            "contact": "vetting@force.example",
        },
        "notice": {
            "id": "N-1",
            "version": "3",
            "sha256": "a" * 64,
            "language": "en",
            "channel": "portal",
            "stand_alone": True,
        },
        "policy": {"id": "SMP-01", "version": "4.0"},
        "scope": {
            "purpose": "dpv:RecruitmentApplicantBackgroundCheck",
            "sources": ["website", "mastodon"],
            "categories": ["threats-and-violence"],
            "window": {"first": "2021-11-20", "last": "2026-11-20"},
            "engagement": ["original"],
            "identifiers": ["website:https://mara.example/"],
            "expires": "2026-12-20T00:00:00Z",
        },
        "events": [{"state": "ConsentGiven", "at": "2026-11-03T09:00:00Z", "by": "subject", "method": "portal"}],
    }
)


def decision(effect: Effect, rule: str = "R-1") -> Decision:
    """Return the answer of one rule."""
    return Decision(rule=rule, version="1.0", effect=effect, reason="So.", citation=CITATION)


def finding(*effects: Effect) -> Finding:
    """Return a finding with one relevance for each effect."""
    return Finding(
        id="F01",
        observation="O-1",
        source="mastodon",
        url="https://social.example/@mara/1",
        excerpt=MaskedText(text="words"),
        surroundings=MaskedText(text=""),
        engagement="original",
        posted_at=AT,
        posted_at_from="api",
        attribution=Attribution(observation="O-1", tier=Tier.A, reason="Declared."),
        relevances=tuple(
            Relevance(
                observation="O-1",
                category="threats-and-violence",
                decision=decision(effect),
                policy_clause="SMP-01 4.2",
            )
            for effect in effects
        ),
        decisions=(),
        captured_at=AT,
        evidence="E0001",
        evidence_sha256="a" * 64,
        record_id="<urn:uuid:1>",
    )
