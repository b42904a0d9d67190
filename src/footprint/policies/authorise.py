"""Say whether an authorisation allows a run or a request at a moment, and if not, which rule stands before it.

(1) The built-in rules come first, in the order of their table; no pack can switch one off.
(2) Where a pack has a rule with the same test, its id, words and citation stand in for the built-in ones.
(3) The rules that only packs have come last, in the order of the packs.
The first rule that does not hold refuses. Every test is pure: the time is a fact like the others.
A test of `MEASURED` is given the rule as well: what it measures by stands in the pack, where counsel can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import unquote

from footprint.errors import RefusedError
from footprint.model.authorisation import VALID_STATES, Authorisation, ConsentState, ControllerType
from footprint.model.candidate import Candidate, Provenance
from footprint.model.policy import AuthorisationRule, Policies
from footprint.model.record import Id, Moment, Record
from footprint.policies.built_in import BUILT_IN

PURPOSES = frozenset(
    {
        "dpv:PersonnelHiring",
        "dpv:RecruitmentManagement",
        "dpv:RecruitmentApplicantBackgroundCheck",
        "dpv:RecruitmentApplicantInformationAuthentication",
    }
)
"""Purposes of the Data Privacy Vocabulary 2.3 that a run can serve.

The criminal background check is not among them: criminal-offence data is sealed here, never sought (LAW UK-10).
"""

STAGES = frozenset({"shortlist", "conditional_offer"})
"""Stages of the procedure late enough for vetting (LAW 2.1, ICO draft guidance)."""

EARLY_STAGE = "early-stage"
"""Matter of the declaration that justifies a check before the shortlist."""

PRIVATE_NETWORKS = "private-networks"
"""Matter of the declaration that shows the interest in a network that is not professional."""

AUTHORITIES = frozenset({ControllerType.POLICE_FORCE, ControllerType.PUBLIC_AUTHORITY})

VISIT_BUDGET = 2
"""One visit and one re-visit for verification (LAW RIPA-2)."""


class Facts(Record):
    """Everything that decides whether reading is allowed, at one moment."""

    authorisation: Authorisation
    candidate: Candidate
    policies: Policies
    at: Moment
    runs_used: int
    """Runs begun under this authorisation before this one; a resumed run is not a new one."""
    last_seen_at: Moment | None
    """The latest time that the audit log or the case has seen; None where there is none yet."""

    @property
    def state(self) -> ConsentState:
        """The state of the consent at this moment."""
        return self.authorisation.state_at(self.at)

    @property
    def day(self) -> date:
        """The day, in UTC."""
        return self.at.date()

    def has_declared(self, matter: str) -> bool:
        """Say whether a matter was declared before this moment."""
        return any(entry.matter == matter and entry.at <= self.at for entry in self.authorisation.declarations)


def _is_longer(first: date, last: date, years: int) -> bool:
    # A window from 29 February ends on 1 March in a common year: the month and day decide, not a count of days.
    return (last.year - first.year, (last.month, last.day)) > (years, (first.month, first.day))


def _delivered_in_time(facts: Facts) -> bool:
    delivered = facts.authorisation.notice.delivered_at
    return delivered is None or delivered <= facts.at


def _acknowledged(facts: Facts) -> bool:
    notice = facts.authorisation.notice
    if notice.acknowledged_at is None or notice.delivered_at is None:
        return False
    return notice.delivered_at <= notice.acknowledged_at <= facts.at


def _choice_is_free(facts: Facts) -> bool:
    return all(basis.free_choice is not None for basis in facts.authorisation.lawful_basis if basis.is_consent)


def _no_legitimate_interests(facts: Facts) -> bool:
    return not any("6(1)(f)" in basis.article.replace(" ", "") for basis in facts.authorisation.lawful_basis)


def _categories_are_necessary(facts: Facts) -> bool:
    needed = {entry.category for entry in facts.policies.role.categories}
    return needed.issuperset(facts.authorisation.scope.categories)


def _packs_are_composed(facts: Facts) -> bool:
    composed = {pack.id for pack in facts.policies.jurisdictions}
    return composed.issuperset(facts.authorisation.packs) and facts.policies.role.id == facts.authorisation.role


def _window_fits(facts: Facts) -> bool:
    window = facts.authorisation.scope.window
    return not _is_longer(window.first, window.last, facts.policies.role.window_years)


def _policy_matches(facts: Facts) -> bool:
    named, published = facts.authorisation.policy, facts.policies.organisation
    return (named.id, named.version) == (published.id, published.version)


def _interest_names_its_condition(facts: Facts) -> bool:
    """A recognised legitimate interest is one of a list; the record must say which."""
    recognised = [basis for basis in facts.authorisation.lawful_basis if "6(1)(ea)" in basis.article.replace(" ", "")]
    return all("annex 1" in basis.law.lower() for basis in recognised)


def _handles_are_volunteered(facts: Facts) -> bool:
    """What the consent lists of the candidate's own was given unprompted; press feeds are the controller's."""
    listed = set(facts.authorisation.scope.identifiers)
    own = [entry for entry in facts.candidate.identifiers if entry.provenance is not Provenance.CONTROLLER]
    return all(entry.provenance is Provenance.VOLUNTEERED for entry in own if entry.key in listed)


TESTS: dict[str, Callable[[Facts], bool]] = {
    "subject_is_the_candidate": lambda facts: facts.authorisation.subject == facts.candidate.id,
    "clock_runs_forwards": lambda facts: facts.last_seen_at is None or facts.last_seen_at <= facts.at,
    "record_is_not_of_the_future": lambda facts: facts.authorisation.created <= facts.at,
    "events_are_not_of_the_future": lambda facts: all(event.at <= facts.at for event in facts.authorisation.events),
    "consent_is_not_withdrawn": lambda facts: facts.state not in (ConsentState.WITHDRAWN, ConsentState.REVOKED),
    "consent_is_not_refused": lambda facts: facts.state is not ConsentState.REFUSED,
    "consent_is_not_expired": lambda facts: facts.state is not ConsentState.EXPIRED,
    "consent_is_not_invalidated": lambda facts: facts.state is not ConsentState.INVALIDATED,
    "consent_is_given": lambda facts: facts.state in VALID_STATES,
    "scope_has_not_expired": lambda facts: facts.at < facts.authorisation.scope.expires,
    "notice_is_delivered": lambda facts: facts.authorisation.notice.delivered_at is not None,
    "notice_is_delivered_in_time": _delivered_in_time,
    "notice_is_acknowledged": _acknowledged,
    "notice_stands_alone": lambda facts: facts.authorisation.notice.stand_alone,
    "basis_is_recorded": lambda facts: bool(facts.authorisation.lawful_basis),
    "basis_is_approved": lambda facts: all(basis.approved_at <= facts.at for basis in facts.authorisation.lawful_basis),
    "choice_is_free": _choice_is_free,
    "basis_is_not_consent": lambda facts: not any(basis.is_consent for basis in facts.authorisation.lawful_basis),
    "basis_is_not_legitimate_interests": _no_legitimate_interests,
    "impact_is_assessed": lambda facts: facts.authorisation.impact_assessment is not None,
    "controller_is_a_police_force": lambda facts: facts.authorisation.controller.type is ControllerType.POLICE_FORCE,
    "controller_is_not_an_authority": lambda facts: facts.authorisation.controller.type not in AUTHORITIES,
    "stage_is_late": lambda facts: facts.authorisation.stage in STAGES,
    "packs_are_composed": _packs_are_composed,
    "policy_matches": _policy_matches,
    "policy_is_effective": lambda facts: facts.policies.organisation.effective <= facts.day,
    "policy_is_reviewed": lambda facts: facts.day <= facts.policies.organisation.review_due,
    "runs_are_left": lambda facts: facts.runs_used < facts.authorisation.scope.max_runs,
    "visits_are_few": lambda facts: facts.authorisation.scope.max_visits <= VISIT_BUDGET,
    "purpose_is_known": lambda facts: facts.authorisation.scope.purpose in PURPOSES,
    "sources_bear_on_the_role": lambda facts: (
        not set(facts.policies.role.sources).isdisjoint(facts.authorisation.scope.sources)
    ),
    "categories_are_necessary": _categories_are_necessary,
    "window_fits_the_role": _window_fits,
    "early_stage_is_justified": lambda facts: facts.authorisation.stage in STAGES or facts.has_declared(EARLY_STAGE),
    "interest_names_its_condition": _interest_names_its_condition,
    "handles_are_volunteered": _handles_are_volunteered,
}
"""Name of a test and the pure function that says whether it holds."""


def _window_is_within(facts: Facts, rule: AuthorisationRule) -> bool:
    window = facts.authorisation.scope.window
    return rule.number is not None and not _is_longer(window.first, window.last, rule.number)


def _sources_are_among(facts: Facts, rule: AuthorisationRule) -> bool:
    return set(facts.authorisation.scope.sources) <= set(rule.values) or facts.has_declared(PRIVATE_NETWORKS)


def _identifiers_avoid(facts: Facts, rule: AuthorisationRule) -> bool:
    """Looked up in the address itself, before it is sent: a query is a request for what it asks after."""
    listed = [unquote(identifier).lower() for identifier in facts.authorisation.scope.identifiers]
    return not any(word.lower() in identifier for word in rule.values for identifier in listed)


def _basis_avoids(facts: Facts, rule: AuthorisationRule) -> bool:
    laws = ["".join(basis.law.lower().split()) for basis in facts.authorisation.lawful_basis]
    return not any("".join(word.lower().split()) in law for word in rule.values for law in laws)


def _months(facts: Facts, rule: AuthorisationRule) -> list[int | None]:
    return [facts.policies.organisation.months_kept(outcome) for outcome in rule.values]


def _retention_is_at_least(facts: Facts, rule: AuthorisationRule) -> bool:
    return rule.number is not None and all(
        months is not None and months >= rule.number for months in _months(facts, rule)
    )


def _retention_is_at_most(facts: Facts, rule: AuthorisationRule) -> bool:
    return rule.number is not None and all(
        months is not None and months <= rule.number for months in _months(facts, rule)
    )


MEASURED: dict[str, Callable[[Facts, AuthorisationRule], bool]] = {
    "is_declared": lambda facts, rule: all(facts.has_declared(matter) for matter in rule.values),
    "window_is_within": _window_is_within,
    "sources_are_among": _sources_are_among,
    "identifiers_avoid": _identifiers_avoid,
    "basis_avoids": _basis_avoids,
    "retention_is_set": lambda facts, rule: None not in _months(facts, rule),
    "retention_is_at_least": _retention_is_at_least,
    "retention_is_at_most": _retention_is_at_most,
}
"""Tests that measure by the rule's own `values` or `number`."""

NUMBERED = frozenset({"window_is_within", "retention_is_at_least", "retention_is_at_most"})
"""Tests that need a number."""

WORDED = frozenset(MEASURED) - {"window_is_within"}
"""Tests that need values."""


READING: tuple[tuple[Id, str, str, Callable[[Facts, str, str], bool]], ...] = (
    (
        "UK-5.1b-source",
        "The consent does not name this source.",
        "Ask the candidate, and name the source in scope.sources of a new authorisation.",
        lambda facts, source, _: source in facts.authorisation.scope.sources,
    ),
    (
        "UK-5.1c-source",
        "The role pack does not name this source.",
        "Leave the source out: it does not bear on the role.",
        lambda facts, source, _: source in facts.policies.role.sources,
    ),
    (
        "UK-30-source",
        "No clause of the organisation's policy allows this source.",
        "Leave the source out, or publish a policy with a clause that names it.",
        lambda facts, source, _: facts.policies.organisation.clause_for_source(source) is not None,
    ),
    (
        "UK-5.1b-identifier",
        "The consent does not name this identifier.",
        "Ask the candidate, and name the identifier in scope.identifiers of a new authorisation.",
        lambda facts, _, identifier: identifier in facts.authorisation.scope.identifiers,
    ),
)
"""What one request needs besides: rule, reason, how to mend it, and whether source and identifier are named."""


def rules_in_force(authorisation: Authorisation, policies: Policies) -> tuple[AuthorisationRule, ...]:
    """Return every authorisation rule that applies, in the order in which they are tested."""
    rules = {_measure(rule): rule for rule in BUILT_IN}
    # A dict keeps the place of a key that is set again: the pack's words take the built-in rule's turn.
    rules.update({_measure(rule): rule for rule in _applicable(authorisation, policies)})
    return tuple(rules.values())


def holds(rule: AuthorisationRule, facts: Facts) -> bool:
    """Say whether a rule holds. Raises KeyError for a test that does not exist; a pack with one is refused on loading."""
    if rule.test in MEASURED:
        return MEASURED[rule.test](facts, rule)
    return TESTS[rule.test](facts)


def authorise(facts: Facts) -> None:
    """Return if the authorisation allows reading at this moment.

    Raises RefusedError with the first rule that does not hold, its reason and how to mend it.
    """
    for rule in rules_in_force(facts.authorisation, facts.policies):
        if not holds(rule, facts):
            raise RefusedError(rule=rule.id, reason=rule.reason, mend=rule.mend)


def may_read(facts: Facts, source: str, identifier_key: str) -> None:
    """Return if one identifier of one source may be read at this moment.

    Raises RefusedError where `authorise` does, and where the consent, the role or the policy does not name the source, or
    the consent does not name the identifier.
    """
    authorise(facts)
    for rule, reason, mend, names_it in READING:
        if not names_it(facts, source, identifier_key):
            raise RefusedError(rule=rule, reason=reason, mend=mend)


def _measure(rule: AuthorisationRule) -> tuple[str, tuple[str, ...], int | None]:
    """What a rule asks: of two that ask the same, the later one's words stand; two that ask differently both stand."""
    return rule.test, tuple(sorted(rule.values)), rule.number


def _applicable(authorisation: Authorisation, policies: Policies) -> Iterator[AuthorisationRule]:
    for pack in policies.jurisdictions:
        for rule in pack.authorisation:
            if not rule.controllers or authorisation.controller.type in rule.controllers:
                yield rule
