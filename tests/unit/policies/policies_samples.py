"""An invented candidate, a consent that allows everything it should, and the policies it names."""

from datetime import UTC, date, datetime

from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.policy import OrganisationPolicy, Policies
from footprint.policies import load
from footprint.policies.authorise import Facts

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
SITE = "website:https://mara.example/"

CANDIDATE = Candidate.model_validate(
    {
        "id": "C-17",
        "name": "Mara Quill",
        "born": date(1994, 3, 2),
        "identifiers": [{"kind": "website", "value": "https://mara.example/"}],
    }
)

AUTHORISATION = Authorisation.model_validate(
    {
        "id": "CONSENT-7",
        "subject": "C-17",
        "created": "2026-11-01T09:00:00Z",
        "language": "en-GB",
        "packs": ["uk-police"],
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
            "delivered_at": "2026-11-02T09:00:00Z",
            "acknowledged_at": "2026-11-03T09:00:00Z",
            "channel": "portal",
            "stand_alone": True,
        },
        "policy": {"id": "SMP-01", "version": "4.0"},
        "lawful_basis": [
            {
                "article": "UK GDPR 6(1)(e)",
                "law": "Police Act 1996 s.39A",
                "assessment": "DPIA-14",
                "approved_by": "Head of vetting",
                "approved_at": "2026-10-01T09:00:00Z",
            }
        ],
        "impact_assessment": "DPIA-14",
        "scope": {
            "purpose": "dpv:RecruitmentApplicantBackgroundCheck",
            "sources": ["website", "mastodon"],
            "categories": ["threats-and-violence"],
            "window": {"first": "2021-11-20", "last": "2026-11-20"},
            "engagement": ["original"],
            "identifiers": [SITE],
            "expires": "2026-12-20T00:00:00Z",
        },
        "events": [
            {"state": "ConsentRequested", "at": "2026-11-02T09:00:00Z", "by": "controller", "method": "portal"},
            {"state": "ConsentGiven", "at": "2026-11-03T09:00:00Z", "by": "subject", "method": "portal"},
        ],
    }
)

ORGANISATION = OrganisationPolicy.model_validate(
    {
        "id": "SMP-01",
        "version": "4.0",
        "title": "Social media policy",
        "owner": "Head of vetting",
        "approver": "Deputy chief",
        "effective": date(2026, 1, 1),
        "review_due": date(2027, 4, 1),
        "clauses": [
            {"id": "3.1", "title": "Own sites", "text": "Own sites are read.", "sources": ["website"]},
            {"id": "4.2", "title": "Threats", "text": "Threats matter.", "categories": ["threats-and-violence"]},
        ],
        "retention": [
            {"outcome": outcome, "months": 12, "reason": "The schedule says so."}
            for outcome in ("not_appointed", "appointed")
        ],
    }
)

POLICIES = Policies(
    jurisdictions=(load.jurisdiction("uk"), load.jurisdiction("uk-police")),
    role=load.role("police-officer"),
    organisation=ORGANISATION,
)

FACTS = Facts(
    authorisation=AUTHORISATION, candidate=CANDIDATE, policies=POLICIES, at=AT, runs_used=0, last_seen_at=None
)


def authorised(**changes: object) -> Facts:
    """Return the facts with some fields of the authorisation changed."""
    return FACTS.but(authorisation=AUTHORISATION.but(**changes))


def scoped(**changes: object) -> Facts:
    """Return the facts with some fields of the scope changed."""
    return authorised(scope=AUTHORISATION.scope.but(**changes))


def noticed(**changes: object) -> Facts:
    """Return the facts with some fields of the notice changed."""
    return authorised(notice=AUTHORISATION.notice.but(**changes))


def based(**changes: object) -> Facts:
    """Return the facts with some fields of the lawful basis changed."""
    return authorised(lawful_basis=(AUTHORISATION.lawful_basis[0].but(**changes),))


def published(**changes: object) -> Facts:
    """Return the facts with some fields of the organisation's policy changed."""
    return FACTS.but(policies=POLICIES.but(organisation=ORGANISATION.but(**changes)))


def after(state: str, at: str = "2026-11-10T09:00:00Z") -> Facts:
    """Return the facts with one more event in the consent."""
    event = {"state": state, "at": at, "by": "subject", "method": "portal"}
    return authorised(events=(*AUTHORISATION.events, event))
