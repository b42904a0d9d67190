"""The one setting in which judgement is measured: every lexicon that ships, every category, an invented candidate."""

from __future__ import annotations

from datetime import UTC, date, datetime

from footprint.model.authorisation import Scope, Window
from footprint.model.candidate import Candidate, Identifier, IdentifierKind
from footprint.model.finding import Category
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.policy import Clause, JurisdictionPack, OrganisationPolicy, Policies, RoleCategory, RolePack
from footprint.policies.load import lexicons

LEXICONS = {lexicon.id: lexicon for lexicon in lexicons()}

VERSIONS = " ".join(f"{lexicon.id} {lexicon.version}" for lexicon in LEXICONS.values())
"""The lexicons and their versions, to print with every figure."""

CANDIDATE = Candidate(
    id="C-1",
    name="Ada Vance",
    born=date(1994, 3, 8),
    identifiers=(Identifier(kind=IdentifierKind.MASTODON, value="@ada@social.example"),),
)
SCOPE = Scope(
    purpose="dpv:RecruitmentApplicantBackgroundCheck",
    sources=("mastodon",),
    categories=tuple(Category),
    window=Window(first=date(2021, 11, 21), last=date(2026, 11, 20)),
    engagement=(Engagement.ORIGINAL,),
    identifiers=("mastodon:ada@social.example",),
    expires=datetime(2027, 1, 1, tzinfo=UTC),
)
POLICIES = Policies(
    jurisdictions=(JurisdictionPack(id="any", version="1.0", title="Any land"),),
    role=RolePack(
        id="any",
        version="1.0",
        title="Any role",
        window_years=5,
        sources=("mastodon",),
        engagement=(Engagement.ORIGINAL,),
        categories=tuple(RoleCategory(category=each, necessity="It is measured.") for each in Category),
    ),
    organisation=OrganisationPolicy(
        id="ANY-1",
        version="1.0",
        title="Any policy",
        owner="Benchmarks",
        approver="Benchmarks",
        effective=date(2026, 1, 1),
        review_due=date(2027, 1, 1),
        clauses=(Clause(id="1", title="All", text="Every category is relevant.", categories=tuple(Category)),),
    ),
)

_POST = Observation(
    source="mastodon",
    identifier="mastodon:ada@social.example",
    kind=ObservationKind.POST,
    text="",
    engagement=Engagement.ORIGINAL,
    url="https://social.example/@ada/1",
    posted_at=datetime(2026, 5, 4, 12, tzinfo=UTC),
    posted_at_from="api",
    evidence="E0001",
    evidence_sha256="0" * 64,
    place="/0",
)


def post(text: str) -> Observation:
    """Return a text as a post of the candidate's own."""
    return _POST.but(text=text)
