"""An invented controller, candidate and consent that the tests of the papers share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files

from footprint.files import parse_record
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.policy import OrganisationPolicy
from footprint.model.report import AuditHead, PolicySummary, Report, SearchLogEntry, SourceCoverage
from footprint.papers.sheet import Filling
from footprint.policies.load import role

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
PARTICULARS = {
    "address": "1 Quay Street, Thornmere",
    "phone": "+44 1632 960001",
    "recipients": ["Thornshire Vetting Appeals Panel"],
    "storage": "the force's own servers",
    "retention": "6 months after the decision",
    "withdrawal": "write to vetting@thornshire.example",
    "policy_url": "https://thornshire.example/policy",
}


def _demo(name: str) -> bytes:
    return files("footprint.demo").joinpath(name).read_bytes()


BARE = parse_record(_demo("consent.toml"), Authorisation, where="demo")
AUTHORISATION = BARE.but(particulars=PARTICULARS)
CANDIDATE = parse_record(_demo("profile.toml"), Candidate, where="demo")
POLICY = parse_record(_demo("policy.toml"), OrganisationPolicy, where="demo")
REPORT = Report(
    demonstration=True,
    marking=None,
    case="CASE-1",
    run=1,
    operator="officer-7",
    tool_version="0.1.0",
    generated_at=AT,
    candidate_id=CANDIDATE.id,
    candidate_name=CANDIDATE.name,
    role_title="Police officer",
    authorisation=AUTHORISATION,
    authorisation_sha256=AUTHORISATION.digest(),
    policy=PolicySummary(id="SMP-01", version="2.1", title="Checks", owner="Head", review_due=str(date(2027, 1, 5))),
    coverage=(
        SourceCoverage(
            source="website",
            title="Website",
            identifier="website:https://maraquill.example/",
            asked=2,
            answered=1,
            observations=3,
            unknown={"robots": 1},
            stop="done",
        ),
    ),
    left_out=(),
    search_log=(
        SearchLogEntry(
            at=AT,
            source="website",
            url="https://maraquill.example/about",
            purpose="the page",
            result="200, 4,211 bytes",
            consent_clause="A scope.sources[0]",
            policy_clause="SMP-01 2.1",
        ),
    ),
    audit_head=AuditHead(size=1, sha256="0" * 64),
    user_agent="footprint/0.1.0 (+vetting@thornshire.example)",
)
FULL = Filling(
    authorisation=AUTHORISATION, candidate=CANDIDATE, policy=POLICY, role=role("police-officer"), report=REPORT
)


def under(*packs: str, articles: tuple[str, ...] = ("UK GDPR 6(1)(e)",)) -> Authorisation:
    """Return the consent under other packs and bases."""
    basis = AUTHORISATION.lawful_basis[0]
    return AUTHORISATION.but(packs=packs, lawful_basis=tuple(basis.but(article=article) for article in articles))


def with_event(state: str, at: str = "2026-11-15T09:00:00Z") -> Authorisation:
    """Return the consent with one more event."""
    event = {"state": state, "at": at, "by": "subject", "method": "e-mail"}
    return AUTHORISATION.but(events=(*AUTHORISATION.events, event))
