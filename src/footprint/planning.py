"""The plan: every request, its host, the consent clause and the policy clause that allow it, before anything is asked."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.collectors.catalog import collector
from footprint.errors import RefusedError
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate, Identifier
from footprint.model.plan import LeftOut, Plan, PlanEntry
from footprint.model.policy import Policies


def plan(candidate: Candidate, authorisation: Authorisation, policies: Policies, *, covered_only: bool = False) -> Plan:
    """Return what may be asked for a candidate.

    An identifier that consent, role or policy does not cover raises RefusedError: it may have been forgotten in the
    consent, and only a person can say. With `covered_only` it is left out, and the report says so.
    """
    entries: list[PlanEntry] = []
    left_out: list[LeftOut] = []
    for identifier in candidate.identifiers:
        refusal = _refusal(identifier, authorisation, policies)
        if refusal is None:
            entries.extend(_entries(identifier, authorisation, policies))
        elif covered_only:
            left_out.append(LeftOut(identifier=identifier.key, reason=refusal.reason))
        else:
            raise refusal
    if not entries:
        raise RefusedError(
            rule="UK-5.1b",
            reason="Nothing in the profile is covered by consent, role and policy.",
            mend="Ask the candidate to agree to at least one source that the policy allows.",
        )
    return Plan(entries=tuple(entries), left_out=tuple(left_out))


def _refusal(identifier: Identifier, authorisation: Authorisation, policies: Policies) -> RefusedError | None:
    source = str(identifier.kind)
    number = f"an identifier of the kind {source}"
    if source not in authorisation.scope.sources:
        return _refused("UK-7", f"The profile has {number}, which the consent does not cover.")
    if identifier.key not in authorisation.scope.identifiers:
        return _refused("UK-7", f"The profile has {number} that the consent does not list.")
    if source not in policies.role.sources:
        return _refused("UK-5.1b", f"The role pack {policies.role.id} does not allow the source {source}.")
    if policies.organisation.clause_for_source(source) is None:
        return _refused("UK-30", f"No clause of the policy {policies.organisation.id} allows the source {source}.")
    return None


def _refused(rule: str, reason: str) -> RefusedError:
    mend = "Take it out of the profile, have it added where it is missing, or run with --covered-only to leave it out."
    return RefusedError(rule=rule, reason=reason, mend=mend)


def _entries(identifier: Identifier, authorisation: Authorisation, policies: Policies) -> Iterator[PlanEntry]:
    source = str(identifier.kind)
    policy_clause = policies.organisation.clause_for_source(source)
    for request in collector(source).plan(identifier):
        yield PlanEntry(
            request=request,
            consent_clause=authorisation.consent_clause(source),
            policy_clause=policy_clause or "",
        )
