"""An invented candidate, scope, role and policy, and the lexicons that ship, for tests of the filters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import footprint.filters
from footprint.files import read_record
from footprint.model.authorisation import Scope, Window
from footprint.model.candidate import Candidate, Identifier, IdentifierKind
from footprint.model.decision import Citation, Effect
from footprint.model.finding import Category
from footprint.model.lexicon import Lexicon
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.policy import (
    Clause,
    JurisdictionPack,
    LegalityRule,
    OrganisationPolicy,
    Policies,
    RoleCategory,
    RolePack,
)

FOLDER = Path(footprint.filters.__file__).parent / "lexicons"
LEXICONS: dict[str, Lexicon] = {path.stem: read_record(path, Lexicon) for path in sorted(FOLDER.glob("*.toml"))}

ADA = Candidate(
    id="C-1",
    name="Ada Vance",
    other_names=("Ada Halloway",),
    born=date(1994, 3, 8),
    places=("Thornmere",),
    employers=("Northgate Salt",),
    identifiers=(Identifier(kind=IdentifierKind.MASTODON, value="@ada@social.example"),),
)
WRITTEN = tuple(engagement for engagement in Engagement if engagement is not Engagement.LIKE)
SCOPE = Scope(
    purpose="dpv:RecruitmentApplicantBackgroundCheck",
    sources=("mastodon",),
    categories=tuple(Category),
    window=Window(first=date(2021, 11, 21), last=date(2026, 11, 20)),
    engagement=WRITTEN,
    identifiers=("mastodon:ada@social.example",),
    expires=datetime(2027, 1, 1, tzinfo=UTC),
)
ROLE = RolePack(
    id="role",
    version="2.0",
    title="Any role",
    window_years=5,
    sources=("mastodon",),
    engagement=WRITTEN,
    categories=tuple(RoleCategory(category=category, necessity="It bears on the duty.") for category in Category),
)
ORGANISATION = OrganisationPolicy(
    id="SMP-01",
    version="1.0",
    title="Checks",
    owner="Vetting",
    approver="Chief",
    effective=date(2026, 1, 1),
    review_due=date(2027, 1, 1),
    clauses=tuple(
        Clause(id=f"4.{number}", title=category, text="It is relevant.", categories=(category,))
        for number, category in enumerate(Category, 1)
    ),
)
POLICIES = Policies(
    jurisdictions=(JurisdictionPack(id="land", version="3.1", title="Land"),), role=ROLE, organisation=ORGANISATION
)
CITATION = Citation(article="Some Act s.1", confirmed=False)
TOPICS = {
    "TU-1": (Effect.EXCLUDE, "union"),
    "WB-1": (Effect.EXCLUDE, "whistleblowing"),
    "UK-9-health": (Effect.SEAL, "health"),
    "UK-9-religion": (Effect.SEAL, "religion-belief"),
    "UK-9-politics": (Effect.SEAL, "politics"),
    "UK-9-orientation": (Effect.SEAL, "sexual-orientation"),
    "UK-9-ethnicity": (Effect.SEAL, "ethnicity"),
    "UK-10": (Effect.SEAL, "criminal-offence"),
}


def rule(test: str, id: str = "R-1", effect: Effect = Effect.EXCLUDE, lexicon: str | None = None) -> LegalityRule:
    """Return a legality rule that asks one test."""
    return LegalityRule(
        id=id, effect=effect, test=test, lexicon=lexicon, reason=f"Because of {test}.", citation=CITATION
    )


RULES = (
    rule("under_age", "EQ-AGE"),
    rule("out_of_window", "WINDOW"),
    rule("undated", "UNDATED"),
    rule("engagement", "ENGAGEMENT"),
    rule("like", "LIKE"),
    rule("not_own_words", "OWN-WORDS"),
    *(rule("topic", id, effect, lexicon) for id, (effect, lexicon) in TOPICS.items()),
)
VERSIONS = {each.id: "1.0" for each in RULES}


def observation(text: str = "Soup day.", **changes: object) -> Observation:
    """Return an observation of today's date, with the candidate's own words."""
    plain = Observation(
        source="mastodon",
        identifier="mastodon:ada@social.example",
        kind=ObservationKind.POST,
        text=text,
        engagement=Engagement.ORIGINAL,
        url="https://social.example/@ada/1",
        posted_at=datetime(2026, 5, 4, 12, tzinfo=UTC),
        posted_at_from="api",
        evidence="E0001",
        evidence_sha256="0" * 64,
        place="/0",
    )
    return plain.but(**changes)
