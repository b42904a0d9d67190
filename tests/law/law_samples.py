"""For each test that a rule can name: how a record that passes everything is broken so that this one test fails.

And for each test about items: a statement at which the rule fires, and one at which it does not. All people are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from footprint.model.authorisation import Authorisation, ControllerType, Declaration
from footprint.model.candidate import Candidate
from footprint.model.finding import Category
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.policy import AuthorisationRule, JurisdictionPack, LegalityRule, OrganisationPolicy, Policies
from footprint.policies import load
from footprint.policies.authorise import Facts
from footprint.policies.built_in import BUILT_IN, BUILT_IN_LEGALITY

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = "2026-11-20T09:00:01Z"
SITE = "website:https://mara.example/"
DECLARED = tuple(
    Declaration(matter=matter, statement="It was done.", by="Head of HR", at="2026-11-01T09:00:00Z", reference="HR-1")
    for matter in ("fcra-actor", "works-council", "icraa-disclosure")
)

CANDIDATE = Candidate.model_validate(
    {
        "id": "C-17",
        "name": "Mara Quill",
        "born": date(1994, 3, 2),
        "identifiers": [{"kind": "website", "value": "https://mara.example/", "provenance": "volunteered"}],
    }
)
AUTHORISATION = Authorisation.model_validate(
    {
        "id": "CONSENT-7",
        "subject": "C-17",
        "created": "2026-11-01T09:00:00Z",
        "language": "en-GB",
        "packs": ["uk"],
        "role": "police-officer",
        "stage": "conditional_offer",
        "controller": {"id": "HARBOUR", "name": "Harbour Works", "type": "employer", "contact": "hr@harbour.example"},
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
                "article": "6(1)(e)",
                "law": "An invented Act s.1",
                "assessment": "DPIA-14",
                "approved_by": "Head of HR",
                "approved_at": "2026-10-01T09:00:00Z",
            }
        ],
        "impact_assessment": "DPIA-14",
        "scope": {
            "purpose": "dpv:RecruitmentApplicantBackgroundCheck",
            "sources": ["website"],
            "categories": ["threats-and-violence"],
            "window": {"first": "2021-11-20", "last": "2026-11-20"},
            "engagement": ["original", "by_others"],
            "identifiers": [SITE],
            "expires": "2026-12-20T00:00:00Z",
        },
        "declarations": [entry.model_dump() for entry in DECLARED],
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
        "title": "Checks",
        "owner": "Head of HR",
        "approver": "Director",
        "effective": date(2026, 1, 1),
        "review_due": date(2027, 4, 1),
        "clauses": [
            {"id": "3.1", "title": "Own sites", "text": "Own sites are read.", "sources": ["website"]},
            {"id": "4.2", "title": "Threats", "text": "Threats matter.", "categories": ["threats-and-violence"]},
        ],
        "retention": [
            {"outcome": outcome, "months": months, "reason": "It is in the schedule."}
            for outcome, months in (("not_appointed", 24), ("appointed", 12))
        ],
    }
)
BUILT_IN_PACK = "built-in"
"""Stands for the rules that no pack holds."""


def packs_of(id: str) -> tuple[JurisdictionPack, ...]:
    """Return a pack with what it includes, itself last; for the built-in rules a pack without any."""
    if id == BUILT_IN_PACK:
        return (JurisdictionPack(id="empty", version="1.0", title="No rules"),)
    return load.resolve((id,), load.jurisdiction)


def facts_under(id: str) -> Facts:
    """Return the facts of a run that every rule of a pack lets pass."""
    packs = packs_of(id)
    type_ = ControllerType.POLICE_FORCE if id == "uk-police" else ControllerType.EMPLOYER
    authorisation = AUTHORISATION.but(packs=(packs[-1].id,), controller=AUTHORISATION.controller.but(type=type_))
    kept = tuple(entry.but(months=48) if id == "us-ca" else entry for entry in ORGANISATION.retention)
    policies = Policies(
        jurisdictions=packs, role=load.role("police-officer"), organisation=ORGANISATION.but(retention=kept)
    )
    return Facts(
        authorisation=authorisation, candidate=CANDIDATE, policies=policies, at=AT, runs_used=0, last_seen_at=None
    )


def changed(facts: Facts, **changes: object) -> Facts:
    """Return the facts with some fields of the authorisation changed."""
    return facts.but(authorisation=facts.authorisation.but(**changes))


def scoped(facts: Facts, **changes: object) -> Facts:
    """Return the facts with some fields of the scope changed."""
    return changed(facts, scope=facts.authorisation.scope.but(**changes))


def noticed(facts: Facts, **changes: object) -> Facts:
    """Return the facts with some fields of the notice changed."""
    return changed(facts, notice=facts.authorisation.notice.but(**changes))


def based(facts: Facts, **changes: object) -> Facts:
    """Return the facts with some fields of the lawful basis changed."""
    return changed(facts, lawful_basis=(facts.authorisation.lawful_basis[0].but(**changes),))


def published(facts: Facts, **changes: object) -> Facts:
    """Return the facts with some fields of the organisation's policy changed."""
    organisation = facts.policies.organisation.but(**changes)
    return facts.but(policies=facts.policies.but(organisation=organisation))


def happened(facts: Facts, state: str, at: str = "2026-11-10T09:00:00Z") -> Facts:
    """Return the facts with one more event in the consent."""
    event = {"state": state, "at": at, "by": "subject", "method": "portal"}
    return changed(facts, events=(*facts.authorisation.events, event))


def controlled(facts: Facts, type_: str) -> Facts:
    """Return the facts with another type of controller."""
    return changed(facts, controller=facts.authorisation.controller.but(type=type_))


def kept_for(facts: Facts, months: int | None) -> Facts:
    """Return the facts with a policy that keeps everything that long, or says nothing."""
    entries = [] if months is None else [entry.but(months=months) for entry in ORGANISATION.retention]
    return published(facts, retention=tuple(entries))


def longer(facts: Facts, years: int) -> Facts:
    """Return the facts with a window a year too long, and a role that would allow it."""
    role = facts.policies.role.but(window_years=10)
    wide = scoped(facts, window={"first": f"{2026 - years - 1}-11-20", "last": "2026-11-20"})
    return wide.but(policies=wide.policies.but(role=role))


def early(facts: Facts, *, justified: bool) -> Facts:
    """Return the facts of a check before the shortlist, with or without its justification."""
    more = (DECLARED[0].but(matter="early-stage"),) if justified else ()
    return changed(facts, stage="application", declarations=(*DECLARED, *more))


def unneeded(facts: Facts) -> Facts:
    """Return the facts with a role to which the category in scope is not necessary."""
    role = facts.policies.role
    fewer = tuple(entry for entry in role.categories if entry.category is not Category.THREATS)
    return facts.but(policies=facts.policies.but(role=role.but(categories=fewer)))


def prompted(facts: Facts) -> Facts:
    """Return the facts with an account that the candidate was asked for."""
    (own,) = facts.candidate.identifiers
    return facts.but(candidate=facts.candidate.but(identifiers=(own.but(provenance="declared_on_form"),)))


Break = Callable[[Facts, AuthorisationRule], Facts]

BREAKS: dict[str, Break] = {
    "subject_is_the_candidate": lambda facts, _: facts.but(candidate=CANDIDATE.but(id="C-18")),
    "clock_runs_forwards": lambda facts, _: facts.but(last_seen_at=LATER),
    "record_is_not_of_the_future": lambda facts, _: changed(facts, created=LATER),
    "events_are_not_of_the_future": lambda facts, _: happened(facts, "RenewedConsentGiven", LATER),
    "consent_is_not_withdrawn": lambda facts, _: happened(facts, "ConsentWithdrawn"),
    "consent_is_not_refused": lambda facts, _: happened(facts, "ConsentRefused"),
    "consent_is_not_expired": lambda facts, _: happened(facts, "ConsentExpired"),
    "consent_is_not_invalidated": lambda facts, _: happened(facts, "ConsentInvalidated"),
    "consent_is_given": lambda facts, _: happened(facts, "ConsentRequested"),
    "scope_has_not_expired": lambda facts, _: scoped(facts, expires=AT),
    "notice_is_delivered": lambda facts, _: noticed(facts, delivered_at=None, acknowledged_at=None),
    "notice_is_delivered_in_time": lambda facts, _: noticed(facts, delivered_at=LATER),
    "notice_is_acknowledged": lambda facts, _: noticed(facts, acknowledged_at=None),
    "notice_stands_alone": lambda facts, _: noticed(facts, stand_alone=False),
    "basis_is_recorded": lambda facts, _: changed(facts, lawful_basis=()),
    "basis_is_approved": lambda facts, _: based(facts, approved_at=LATER),
    "choice_is_free": lambda facts, _: based(facts, article="6(1)(a)"),
    "basis_is_not_consent": lambda facts, rule: controlled(
        based(facts, article="6(1)(a)", free_choice="A refusal changes nothing."), rule.controllers[0]
    ),
    "basis_is_not_legitimate_interests": lambda facts, rule: controlled(
        based(facts, article="6 (1) (f)"), rule.controllers[0]
    ),
    "impact_is_assessed": lambda facts, _: changed(facts, impact_assessment=None),
    "controller_is_a_police_force": lambda facts, _: controlled(facts, "employer"),
    "controller_is_not_an_authority": lambda facts, _: controlled(facts, "public_authority"),
    "stage_is_late": lambda facts, _: early(facts, justified=True),
    "early_stage_is_justified": lambda facts, _: early(facts, justified=False),
    "packs_are_composed": lambda facts, _: changed(facts, role="driver"),
    "policy_matches": lambda facts, _: published(facts, version="5.0"),
    "policy_is_effective": lambda facts, _: published(facts, effective=date(2026, 11, 21)),
    "policy_is_reviewed": lambda facts, _: published(facts, review_due=date(2026, 11, 19)),
    "runs_are_left": lambda facts, _: facts.but(runs_used=1),
    "visits_are_few": lambda facts, _: scoped(facts, max_visits=3),
    "purpose_is_known": lambda facts, _: scoped(facts, purpose="dpv:Marketing"),
    "sources_bear_on_the_role": lambda facts, _: scoped(facts, sources=("orkut",)),
    "categories_are_necessary": lambda facts, _: unneeded(facts),
    "window_fits_the_role": lambda facts, _: scoped(facts, window={"first": "2021-11-19", "last": "2026-11-20"}),
    "interest_names_its_condition": lambda facts, _: based(facts, article="UK GDPR 6(1)(ea)"),
    "handles_are_volunteered": lambda facts, _: prompted(facts),
    "is_declared": lambda facts, rule: changed(
        facts, declarations=tuple(entry for entry in DECLARED if entry.matter not in rule.values)
    ),
    "window_is_within": lambda facts, rule: longer(facts, rule.number or 0),
    "sources_are_among": lambda facts, _: scoped(facts, sources=("website", "mastodon")),
    "identifiers_avoid": lambda facts, rule: scoped(
        facts, identifiers=(SITE, f"website:https://{rule.values[0]}.example/quill")
    ),
    "basis_avoids": lambda facts, rule: based(facts, law=f"§ {rule.values[0]}"),
    "retention_is_set": lambda facts, _: kept_for(facts, None),
    "retention_is_at_least": lambda facts, rule: kept_for(facts, (rule.number or 0) - 1),
    "retention_is_at_most": lambda facts, rule: kept_for(facts, (rule.number or 0) + 1),
}
"""By test: the record that every other rule lets pass and this one does not."""


def seen(text: str = "Soup day.", **changes: object) -> Observation:
    """Return the candidate's own words of this spring."""
    plain = Observation(
        source="website",
        identifier=SITE,
        kind=ObservationKind.POST,
        text=text,
        engagement=Engagement.ORIGINAL,
        url="https://mara.example/1",
        posted_at=datetime(2026, 5, 4, 12, tzinfo=UTC),
        posted_at_from="feed",
        evidence="E0001",
        evidence_sha256="0" * 64,
        place="/0",
    )
    return plain.but(**changes)


ITEMS: dict[tuple[str, str | None], tuple[Observation, Observation]] = {
    ("under_age", None): (
        seen(posted_at=datetime(2012, 3, 1, tzinfo=UTC)),
        seen(posted_at=datetime(2012, 3, 3, tzinfo=UTC)),
    ),
    ("out_of_window", None): (
        seen(posted_at=datetime(2021, 11, 19, 23, tzinfo=UTC)),
        seen(posted_at=datetime(2021, 11, 20, tzinfo=UTC)),
    ),
    ("undated", None): (seen(posted_at=None), seen()),
    ("like", None): (seen(engagement=Engagement.LIKE), seen()),
    ("engagement", None): (seen(engagement=Engagement.REPOST), seen()),
    ("topic", "union"): (seen("On the picket line since five."), seen("The European Union agreed.")),
    ("topic", "whistleblowing"): (seen("I am a whistleblower now."), seen("The referee blew for time.")),
    ("topic", "health"): (seen("My chemo starts again on Monday."), seen("Chemo wards need volunteers.")),
    ("topic", "religion-belief"): (
        seen("As a Sikh I keep my head covered."),
        seen("The Sikh museum opens in May."),
    ),
    ("topic", "politics"): (seen("I voted Labour all my life."), seen("The Labour government lost the vote.")),
    ("topic", "sexual-orientation"): (seen("I'm bisexual."), seen("The gay bar has closed.")),
    ("topic", "ethnicity"): (seen("Proud of my Romani heritage."), seen("The heritage railway runs on Sunday.")),
    ("topic", "criminal-offence"): (seen("I was arrested at nineteen."), seen("A man was arrested at the depot.")),
    ("topic", "genetic"): (seen("I carry BRCA1 and so does my aunt."), seen("Red hair runs in our family.")),
    ("topic", "concerted-activity"): (seen("This company pays us peanuts."), seen("We compared recipes.")),
    ("topic", "off-duty-conduct"): (seen("Still hungover from Saturday."), seen("The brewery makes beer.")),
}
"""By test and lexicon: where a rule fires, and where it does not."""


def run_rules() -> list[tuple[str, AuthorisationRule]]:
    """Return every rule about a run, with the pack that holds it."""
    rules = [(BUILT_IN_PACK, rule) for rule in BUILT_IN]
    return rules + [(id, rule) for id in load.available().jurisdictions for rule in load.jurisdiction(id).authorisation]


def item_rules() -> list[tuple[str, LegalityRule]]:
    """Return every rule about items, with the pack that holds it."""
    rules = [(BUILT_IN_PACK, rule) for rule in BUILT_IN_LEGALITY]
    return rules + [(id, rule) for id in load.available().jurisdictions for rule in load.jurisdiction(id).legality]
