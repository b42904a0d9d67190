"""Law and policy as data: jurisdiction packs, role packs, and the organisation's published policy."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from footprint.model.decision import Citation, Effect
from footprint.model.finding import Category
from footprint.model.observation import Engagement
from footprint.model.record import Id, Line, Record, Sentence


class LegalityRule(Record):
    """One rule of a jurisdiction pack about an observation."""

    id: Id
    """As in the law table: `UK-9`, `TU-1`."""
    effect: Effect
    test: Id
    """Name of the test in `footprint.filters.legality.TESTS` that says whether the rule applies."""
    lexicon: Id | None = None
    """For the test `topic`: the lexicon that is looked up."""
    reason: Line
    citation: Citation


class AuthorisationRule(Record):
    """One rule of a jurisdiction pack about the authorisation."""

    id: Id
    test: Id
    """Name of the test in `footprint.policies.authorise.TESTS`."""
    controllers: tuple[Line, ...] = ()
    """Types of controller it applies to; empty means all."""
    values: tuple[Line, ...] = ()
    """What the test measures by, where it needs words: sources, matters to be declared, outcomes."""
    number: Annotated[int, Field(ge=0, le=1200)] | None = None
    """What the test measures by, where it needs a number: years or months."""
    reason: Line
    mend: Line
    citation: Citation


class RetentionOutcome(StrEnum):
    """What a period of keeping counts for."""

    NOT_APPOINTED = "not_appointed"
    APPOINTED = "appointed"
    LOGS = "logs"


class Retention(Record):
    """A period that a pack proposes; the organisation's policy sets the one that counts."""

    outcome: RetentionOutcome
    months: Annotated[int, Field(ge=0, le=240)] | None = None
    """Months after the decision; left out where the controller must set it."""
    citation: Citation


class Duty(Record):
    """What the law asks beside any rule of a run: shown to the reader, and done by a person or by another command."""

    id: Id
    duty: Line
    shown: Line
    """Where footprint shows or does it."""
    citation: Citation


class JurisdictionPack(Record):
    """What the law of one place refuses, seals and masks."""

    id: Id
    version: Line
    title: Line
    includes: tuple[Id, ...] = ()
    """Packs that always come with this one."""
    marking: Line | None = None
    """Protective marking that the report carries."""
    authorisation: tuple[AuthorisationRule, ...] = ()
    legality: tuple[LegalityRule, ...] = ()
    masks: tuple[Id, ...] = ()
    """Classes that are masked in the decision view, as in `footprint.filters.masking`."""
    duties: tuple[Duty, ...] = ()
    retention: tuple[Retention, ...] = ()

    @model_validator(mode="after")
    def _has_each_rule_once(self) -> Self:
        ids = [rule.id for rule in self.authorisation] + [rule.id for rule in self.legality]
        ids += [duty.id for duty in self.duties]
        if len(set(ids)) != len(ids):
            msg = "a rule id is used twice"
            raise ValueError(msg)
        return self


class RoleCategory(Record):
    """A category that bears on a role, and why it is necessary to look."""

    category: Category
    necessity: Sentence
    """Why this duty makes it necessary (UK GDPR Art. 5(1)(c); LAW UK-6.1f)."""


class RoaExemption(StrEnum):
    """Whether spent convictions may be asked about for a role (Rehabilitation of Offenders Act 1974, Exceptions Order 1975)."""

    NONE = "none"
    STANDARD = "standard"
    ENHANCED = "enhanced"
    POLICE = "police"


class RolePack(Record):
    """What bears on a role."""

    id: Id
    version: Line
    title: Line
    window_years: Annotated[int, Field(ge=1, le=10)]
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]
    engagement: Annotated[tuple[Engagement, ...], Field(min_length=1)]
    categories: Annotated[tuple[RoleCategory, ...], Field(min_length=1)]
    roa_exempt: RoaExemption = RoaExemption.NONE
    """Without an exemption a sealed item that may be a conviction stays sealed (LAW ROA-4; confirm with counsel)."""


class Clause(Record):
    """One numbered clause of the organisation's policy."""

    id: Line
    title: Line
    text: Sentence
    sources: tuple[Id, ...] = ()
    """Sources that this clause allows to be read."""
    categories: tuple[Category, ...] = ()
    """Categories that this clause makes relevant."""


class KeptFor(Record):
    """How long the organisation keeps what a case holds, and why that long."""

    outcome: RetentionOutcome
    months: Annotated[int, Field(ge=0, le=240)]
    """Months after the decision."""
    reason: Sentence


class PeriodKind(StrEnum):
    """What a period of a review is for."""

    REPLY = "reply"
    """The candidate's time to reply, from the invitation on."""
    WAIT = "wait"
    """A wait before an adverse decision, from the letter on."""
    DISPUTE = "dispute"
    """A dispute is settled."""
    COMPLAINT = "complaint"
    """A complaint is acknowledged."""
    APPEAL = "appeal"
    """The candidate's time to appeal, from the outcome on."""


class OwnPeriod(Record):
    """A period of a review that the organisation sets otherwise than the packs, and why."""

    kind: PeriodKind
    days: Annotated[int, Field(ge=1, le=400)]
    reason: Sentence


class OrganisationPolicy(Record):
    """The one published policy under which checks are made: `policy.toml` of the workspace."""

    id: Id
    version: Line
    title: Line
    owner: Line
    approver: Line
    consulted: tuple[Line, ...] = ()
    """Who was heard before it was published: a works council, a staff association, a data protection officer."""
    effective: date
    review_due: date
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1)]
    retention: tuple[KeptFor, ...] = ()
    periods: Annotated[tuple[OwnPeriod, ...], Field(exclude_if=lambda value: not value)] = ()
    """Periods of a review that it sets itself; left out of the canonical form where there are none, so that older digests stand."""

    def months_kept(self, outcome: str) -> int | None:
        """Return for how many months after the decision a case with this outcome is kept; None where nothing says."""
        return next((kept.months for kept in self.retention if kept.outcome == outcome), None)

    def clause_for_source(self, source: str) -> str | None:
        """Return the clause that allows a source, `SMP-01 3.1`; None where none does."""
        return next((f"{self.id} {clause.id}" for clause in self.clauses if source in clause.sources), None)

    def clause_for_category(self, category: Category) -> str | None:
        """Return the clause that makes a category relevant; None where none does."""
        return next((f"{self.id} {clause.id}" for clause in self.clauses if category in clause.categories), None)


class Policies(Record):
    """Everything that governs one case, composed: jurisdictions, role and organisation."""

    jurisdictions: Annotated[tuple[JurisdictionPack, ...], Field(min_length=1)]
    role: RolePack
    organisation: OrganisationPolicy

    @property
    def marking(self) -> str | None:
        """The protective marking of the last pack that has one."""
        return next((pack.marking for pack in reversed(self.jurisdictions) if pack.marking), None)

    @property
    def masks(self) -> frozenset[str]:
        """Every class that any pack masks."""
        return frozenset(name for pack in self.jurisdictions for name in pack.masks)
