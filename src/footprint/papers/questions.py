"""What is asked to record a consent, in order: a table. Each question has a flag of the same name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from footprint.model.authorisation import Authorisation, LawfulBasis
from footprint.model.candidate import Candidate
from footprint.model.particulars import Particulars
from footprint.model.policy import OrganisationPolicy, RolePack

Answers = Mapping[str, str]

DAYS_VALID = 90
"""How long a new consent is offered to last; the person who records it can say otherwise."""


@dataclass(frozen=True)
class Grounds:
    """What is known before anything is asked."""

    candidate: Candidate
    policy: OrganisationPolicy
    role_of: Callable[[str], RolePack]
    contact: str
    now: datetime
    like: Authorisation | None = None
    """An earlier consent of the same controller, from which everything that is not about the person is offered."""

    @property
    def details(self) -> Particulars:
        """The earlier consent's particulars; empty ones where there is none."""
        return (self.like.particulars if self.like else None) or Particulars()

    @property
    def basis(self) -> LawfulBasis | None:
        """The earlier consent's first basis."""
        return next(iter(self.like.lawful_basis), None) if self.like else None


Offer = Callable[[Grounds, Answers], str | None]


class Question(NamedTuple):
    """One question, and the answer that is offered."""

    name: str
    text: str
    offer: Offer
    needed: bool = True

    @property
    def flag(self) -> str:
        """The flag that answers it."""
        return "--" + self.name.replace("_", "-")


def _nothing(_: Grounds, __: Answers) -> str | None:
    return None


def _always(text: str) -> Offer:
    return lambda _, __: text


def _earlier(path: str, default: str | None = None) -> Offer:
    """Offer what the earlier consent says at `path`, `controller.name`."""

    def offer(grounds: Grounds, _: Answers) -> str | None:
        found: object = grounds.like
        for name in path.split("."):
            found = getattr(found, name, None)
        if isinstance(found, tuple):
            return ",".join(map(str, found)) or default
        return default if found is None else str(found)

    return offer


def _of_basis(name: str) -> Offer:
    def offer(grounds: Grounds, _: Answers) -> str | None:
        found = getattr(grounds.basis, name, None)
        return found.isoformat() if isinstance(found, datetime) else found

    return offer


def _of_details(name: str) -> Offer:
    def offer(grounds: Grounds, _: Answers) -> str | None:
        found = getattr(grounds.details, name)
        return ";".join(found) if isinstance(found, tuple) else found

    return offer


def _id(grounds: Grounds, _: Answers) -> str:
    return f"A-{grounds.now:%Y%m%d}-{grounds.candidate.id}"


def _contact(grounds: Grounds, _: Answers) -> str:
    return grounds.like.controller.contact if grounds.like else grounds.contact


def _sources(grounds: Grounds, answers: Answers) -> str:
    """What the role, the policy and the candidate's own places have in common."""
    role = grounds.role_of(answers["role"])
    allowed = [s for s in role.sources if grounds.policy.clause_for_source(s) and grounds.candidate.of_kind(s)]
    return ",".join(allowed)


def _categories(grounds: Grounds, answers: Answers) -> str:
    role = grounds.role_of(answers["role"])
    return ",".join(e.category for e in role.categories if grounds.policy.clause_for_category(e.category))


def _first(grounds: Grounds, answers: Answers) -> str:
    """The longest window that the role allows; a day later than the last anniversary, so that it is not over-long."""
    today = grounds.now.date()
    year = today.year - grounds.role_of(answers["role"]).window_years
    same_day = date(year, 3, 1) if (today.month, today.day) == (2, 29) else today.replace(year=year)
    return (same_day + timedelta(days=1)).isoformat()


def _today(grounds: Grounds, _: Answers) -> str:
    return grounds.now.date().isoformat()


def _expires(grounds: Grounds, _: Answers) -> str:
    end = grounds.now + timedelta(days=DAYS_VALID)
    return f"{end:%Y-%m-%dT00:00:00Z}"


QUESTIONS = (
    Question("id", "Id of this consent", _id),
    Question("packs", "Jurisdiction packs, with commas", _earlier("packs", "uk")),
    Question("role", "Role pack", _earlier("role", "office-default")),
    Question("stage", "Stage: shortlist or conditional_offer", _earlier("stage", "conditional_offer")),
    Question("language", "Language of the papers", _earlier("language", "en-GB")),
    Question("controller_id", "Controller: id", _earlier("controller.id")),
    Question("controller_name", "Controller: name", _earlier("controller.name")),
    Question("controller_type", "Controller: police_force, public_authority or employer", _earlier("controller.type")),
    Question("contact", "Controller: address for the candidate's mail", _contact),
    Question("officer", "Data protection officer", _earlier("controller.data_protection_officer"), needed=False),
    Question("address", "Controller: postal address", _of_details("address"), needed=False),
    Question("phone", "Controller: telephone", _of_details("phone"), needed=False),
    Question("notice_id", "Notice: id", _earlier("notice.id")),
    Question("notice_version", "Notice: version", _earlier("notice.version")),
    Question("channel", "Notice: how it was delivered", _earlier("notice.channel", "handed over")),
    Question("delivered", "Notice: when it was delivered, such as 2026-11-22T09:00:00Z", _nothing),
    Question("acknowledged", "Notice: when it was acknowledged", _nothing),
    Question("stand_alone", "Notice: a document of its own? yes or no", _always("yes")),
    Question("article", "Lawful basis: article, such as UK GDPR 6(1)(e)", _of_basis("article")),
    Question("law", "Lawful basis: the law it points to", _of_basis("law")),
    Question("assessment", "Lawful basis: reference of its assessment", _of_basis("assessment")),
    Question("approved_by", "Lawful basis: approved by (a role, no name)", _of_basis("approved_by")),
    Question("approved_at", "Lawful basis: approved when", _of_basis("approved_at")),
    Question("free_choice", "If consent is the basis: why the choice is free", _of_basis("free_choice"), needed=False),
    Question("impact", "Reference of the impact assessment", _earlier("impact_assessment"), needed=False),
    Question("purpose", "Purpose", _earlier("scope.purpose", "dpv:RecruitmentApplicantBackgroundCheck")),
    Question("sources", "Sources, with commas", _sources),
    Question("categories", "Categories, with commas", _categories),
    Question("first", "First day that may be read", _first),
    Question("last", "Last day that may be read", _today),
    Question("min_age", "Least age at posting", _always("18")),
    Question("expires", "When the consent ends", _expires),
    Question("max_runs", "Checks at most", _always("1")),
    Question("max_visits", "Visits to one address at most", _always("2")),
    Question(
        "recipients", "Recipients besides the controller, with semicolons", _of_details("recipients"), needed=False
    ),
    Question("storage", "Where it is kept", _of_details("storage"), needed=False),
    Question("retention", "How long it is kept, and from when", _of_details("retention"), needed=False),
    Question("withdrawal", "How to withdraw", _of_details("withdrawal"), needed=False),
    Question("policy_url", "Where the policy can be read", _of_details("policy_url"), needed=False),
    Question("answer", "The candidate's answer: given or refused", _always("given")),
    Question("answered", "When it was given, such as 2026-11-22T09:00:00Z", _nothing),
    Question("method", "How it was given, without names", _always("signed paper")),
    Question("witness", "Witness (an id, no name)", _nothing, needed=False),
)
"""In this order; a later question can build on an earlier answer."""
