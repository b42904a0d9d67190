"""What allows a run: consent, notice, lawful basis, policy and scope, with an append-only list of status events.

The shape follows ISO/IEC TS 27560:2023 through the W3C DPV profile (LAW 3.1, 3.4).
Consent and lawful basis are two things: consent records that the candidate knew and agreed; the basis is what the law asks for.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from footprint.model.finding import Category
from footprint.model.observation import Engagement
from footprint.model.particulars import Particulars
from footprint.model.record import Id, Line, Moment, Record, Sentence, Sha256, canonical_json


class ControllerType(StrEnum):
    """Who decides on the processing; the law treats them differently."""

    POLICE_FORCE = "police_force"
    PUBLIC_AUTHORITY = "public_authority"
    EMPLOYER = "employer"


class ConsentState(StrEnum):
    """States of consent, named as in the Data Privacy Vocabulary 2.3."""

    REQUESTED = "ConsentRequested"
    DEFERRED = "ConsentRequestDeferred"
    GIVEN = "ConsentGiven"
    RENEWED = "RenewedConsentGiven"
    REFUSED = "ConsentRefused"
    WITHDRAWN = "ConsentWithdrawn"
    REVOKED = "ConsentRevoked"
    EXPIRED = "ConsentExpired"
    INVALIDATED = "ConsentInvalidated"
    UNKNOWN = "ConsentUnknown"


VALID_STATES = frozenset({ConsentState.GIVEN, ConsentState.RENEWED})
"""The only states in which anything may be read."""


class Controller(Record):
    """Who is responsible, and whom the candidate can write to."""

    id: Id
    name: Line
    type: ControllerType
    contact: Line
    """An address that is read: it stands in the User-Agent and on the cover of the report."""
    data_protection_officer: Line | None = None


class Notice(Record):
    """The privacy notice that was shown (GDPR Art. 13 and 14)."""

    id: Id
    version: Line
    sha256: Sha256
    """Of the text as shown."""
    language: Line
    delivered_at: Moment | None = None
    """Nothing may be read before this time."""
    acknowledged_at: Moment | None = None
    channel: Line
    stand_alone: bool
    """True if the notice was a document of its own, not a clause in something else."""


class PolicyReference(Record):
    """The published policy under which the check is made."""

    id: Id
    version: Line


class LawfulBasis(Record):
    """What makes the processing lawful, apart from consent."""

    article: Line
    """For instance `UK GDPR 6(1)(e)`."""
    law: Line
    """The statute or code that the article points to."""
    assessment: Line
    """Reference of the DPIA or the legitimate-interests assessment."""
    approved_by: Line
    approved_at: Moment
    free_choice: Sentence | None = None
    """Why consent is a free choice here; required where consent itself is the basis (EDPB 05/2020)."""

    @property
    def is_consent(self) -> bool:
        """True where consent itself is claimed as the basis: Art. 6(1)(a)."""
        return "6(1)(a)" in self.article.replace(" ", "")


class Window(Record):
    """The first and the last day that may be read. Days are days in UTC, as the report shows them."""

    first: date
    last: date

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.first > self.last:
            msg = "first must not be after last"
            raise ValueError(msg)
        return self


class Scope(Record):
    """What the candidate agreed to, and no more."""

    purpose: Line
    """A DPV purpose, for instance `dpv:RecruitmentApplicantBackgroundCheck`."""
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    window: Window
    min_age: Annotated[int, Field(ge=18, le=30)] = 18
    engagement: Annotated[tuple[Engagement, ...], Field(min_length=1)]
    identifiers: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Keys of the identifiers that may be read, as `Identifier.key` writes them."""
    max_runs: Annotated[int, Field(ge=1, le=10)] = 1
    max_visits: Annotated[int, Field(ge=1, le=4)] = 2
    """Times one address may be visited, over all runs (LAW RIPA-2)."""
    expires: Moment


class Declaration(Record):
    """Something else that the law of a place wants stated on the record: by whom, when, and where the paper is."""

    matter: Id
    """As the pack's rule names it: `works-council`, `fcra-actor`, `early-stage`."""
    statement: Sentence
    by: Line
    """A role; never a name."""
    at: Moment
    reference: Line
    """Where the paper is kept."""


class StatusEvent(Record):
    """One change of the consent's state; events are added, never changed."""

    state: ConsentState
    at: Moment
    by: Line
    """`subject`, `controller` or `authority`; never a name."""
    method: Line
    """How it was said: `signed paper`, `portal`, `e-mail`, with a digest where there is a file."""


class Authorisation(Record):
    """Consent record, notice, lawful basis and policy: what allows a run."""

    id: Id
    subject: Id
    """The candidate's id."""
    created: Moment
    language: Line
    packs: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Jurisdiction packs, for instance `uk` and `uk-police`."""
    role: Id
    """The role pack, for instance `police-officer`."""
    stage: Line
    """When in the procedure: `shortlist` or `conditional_offer`."""
    controller: Controller
    notice: Notice
    policy: PolicyReference
    lawful_basis: tuple[LawfulBasis, ...] = ()
    impact_assessment: Line | None = None
    """Reference of the DPIA (GDPR Art. 35)."""
    scope: Scope
    particulars: Annotated[Particulars | None, Field(exclude_if=lambda value: value is None)] = None
    """For papers and exports; left out of the canonical form where there are none, so that older digests stand."""
    declarations: Annotated[tuple[Declaration, ...], Field(exclude_if=lambda value: not value)] = ()
    """What the packs of the place want stated besides."""
    events: Annotated[tuple[StatusEvent, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _events_are_in_order(self) -> Self:
        times = [event.at for event in self.events]
        if times != sorted(times):
            msg = "events must stand in the order of their times; add new ones at the end"
            raise ValueError(msg)
        return self

    def state_at(self, at: datetime) -> ConsentState:
        """Return the state of the last event at or before `at`; unknown where there is none."""
        return next((event.state for event in reversed(self.events) if event.at <= at), ConsentState.UNKNOWN)

    def terms_sha256(self) -> str:
        """Return the SHA-256 of everything but the events: what must not change under a case that is open."""
        return hashlib.sha256(canonical_json(self.model_dump(mode="json", exclude={"events"}))).hexdigest()

    def consent_clause(self, source: str) -> str:
        """Return the clause of the consent that allows a source, for plan and report: `CONSENT-7 scope.sources[2] mastodon`."""
        return f"{self.id} scope.sources[{self.scope.sources.index(source)}] {source}"
