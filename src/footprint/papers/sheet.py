"""What a paper is filled with: the records at hand, as one flat sheet in which silence is None."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from footprint.model.authorisation import Authorisation, LawfulBasis
from footprint.model.candidate import Candidate, IdentifierKind
from footprint.model.finding import Category
from footprint.model.particulars import Particulars
from footprint.model.policy import Clause, OrganisationPolicy, RolePack
from footprint.model.record import Record
from footprint.model.report import Report
from footprint.papers.catalogue import Language
from footprint.papers.withdrawal import Consequence, after_withdrawal


class Filling(Record):
    """The records at hand; each may be missing."""

    authorisation: Authorisation | None = None
    candidate: Candidate | None = None
    policy: OrganisationPolicy | None = None
    role: RolePack | None = None
    report: Report | None = None
    contact: str | None = None
    """The workspace's contact, where no consent names one."""
    reply_by: date | None = None
    """The last day on which the candidate may reply."""


class Place(Record):
    """A place that may be read, as a candidate would write it."""

    address: str
    kind: str


class Looked(Record):
    """A category that is looked for."""

    title: str
    necessity: str | None
    clause: str | None


class Sheet(Record):
    """Everything that a template can print. None is printed as a blank to fill in by hand."""

    controller: str | None
    controller_type: str | None
    address: str | None
    contact: str | None
    phone: str | None
    officer: str | None
    candidate: str | None
    reference: str | None
    consent: str | None
    role: str | None
    places: tuple[Place, ...]
    sources: tuple[str, ...]
    categories: tuple[Looked, ...]
    first: date | None
    last: date | None
    least_age: int
    expires: datetime | None
    runs: int | None
    visits: int | None
    bases: tuple[LawfulBasis, ...]
    impact: str | None
    notice: str | None
    policy: str | None
    policy_title: str | None
    policy_owner: str | None
    policy_review: date | None
    policy_url: str | None
    clauses: tuple[Clause, ...]
    recipients: tuple[str, ...]
    storage: str | None
    retention: str | None
    withdrawal: str | None
    withdrawn_at: datetime | None
    consequence: Consequence | None
    reply_by: date | None
    report: Report | None


def fill(filling: Filling, words: Language) -> Sheet:
    """Return the sheet of the records at hand. A notice filled again from the consent made of it comes out the same."""
    consent = filling.authorisation
    details = (consent.particulars if consent else None) or Particulars()
    scope = consent.scope if consent else None
    contact = consent.controller.contact if consent else filling.contact
    return Sheet(
        controller=consent.controller.name if consent else None,
        controller_type=str(consent.controller.type) if consent else None,
        address=details.address,
        contact=contact,
        phone=details.phone,
        officer=consent.controller.data_protection_officer if consent else None,
        candidate=filling.candidate.name if filling.candidate else None,
        reference=_reference(filling),
        consent=consent.id if consent else None,
        role=filling.role.title if filling.role else None,
        places=tuple(_place(key, words) for key in _identifiers(filling)),
        sources=tuple(words.sources.get(source, source) for source in _sources(filling)),
        categories=tuple(_looked(filling, words)),
        first=scope.window.first if scope else None,
        last=scope.window.last if scope else None,
        least_age=scope.min_age if scope else 18,
        expires=scope.expires if scope else None,
        runs=scope.max_runs if scope else None,
        visits=scope.max_visits if scope else None,
        bases=consent.lawful_basis if consent else (),
        impact=consent.impact_assessment if consent else None,
        notice=f"{consent.notice.id}, version {consent.notice.version}" if consent else None,
        **_policy(filling),
        policy_url=details.policy_url,
        recipients=details.recipients,
        storage=details.storage,
        retention=details.retention,
        withdrawal=details.withdrawal or contact,
        withdrawn_at=_withdrawn_at(consent),
        consequence=after_withdrawal(consent) if consent else None,
        reply_by=filling.reply_by,
        report=filling.report,
    )


def _policy(filling: Filling) -> dict[str, object]:
    policy = filling.policy
    named = filling.authorisation.policy if filling.authorisation else policy
    return {
        "policy": f"{named.id}, version {named.version}" if named else None,
        "policy_title": policy.title if policy else None,
        "policy_owner": policy.owner if policy else None,
        "policy_review": policy.review_due if policy else None,
        "clauses": policy.clauses if policy else (),
    }


def _reference(filling: Filling) -> str | None:
    if filling.candidate:
        return filling.candidate.id
    return filling.authorisation.subject if filling.authorisation else None


def _identifiers(filling: Filling) -> tuple[str, ...]:
    if filling.authorisation:
        return filling.authorisation.scope.identifiers
    return tuple(identifier.key for identifier in filling.candidate.identifiers) if filling.candidate else ()


def _place(key: str, words: Language) -> Place:
    kind, _, rest = key.partition(":")
    return Place(address=f"@{rest}" if kind == IdentifierKind.MASTODON else rest, kind=words.sources.get(kind, kind))


def _sources(filling: Filling) -> tuple[str, ...]:
    if filling.authorisation:
        return filling.authorisation.scope.sources
    return tuple(dict.fromkeys(source for clause in _clauses(filling) for source in clause.sources))


def _clauses(filling: Filling) -> tuple[Clause, ...]:
    return filling.policy.clauses if filling.policy else ()


def _looked(filling: Filling, words: Language) -> Iterator[Looked]:
    for category in _categories(filling):
        needed = filling.role.categories if filling.role else ()
        yield Looked(
            title=words.categories[category],
            necessity=next((entry.necessity for entry in needed if entry.category is category), None),
            clause=filling.policy.clause_for_category(category) if filling.policy else None,
        )


def _categories(filling: Filling) -> tuple[Category, ...]:
    if filling.authorisation:
        return filling.authorisation.scope.categories
    return tuple(dict.fromkeys(category for clause in _clauses(filling) for category in clause.categories))


def _withdrawn_at(consent: Authorisation | None) -> datetime | None:
    events = consent.events if consent else ()
    return next((e.at for e in reversed(events) if e.state in ("ConsentWithdrawn", "ConsentRevoked")), None)
