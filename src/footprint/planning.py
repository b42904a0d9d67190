"""The plan: every request, its host, the consent clause and the policy clause that allow it, before anything is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from footprint.collectors.catalog import LINK_ONLY, collector
from footprint.collectors.handles import KNOWN_TRIED
from footprint.collectors.handles_rules import RuleBook
from footprint.errors import RefusedError
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate, Identifier
from footprint.model.plan import LeftOut, Plan, PlanEntry
from footprint.model.policy import Policies
from footprint.model.presence import SOURCE, Sweep, SweepSite
from footprint.sources.standing import AT_FIRST, Standing

NO_RULES = "No file of site rules is named: `handles` in footprint.toml, or --sites FILE."


def plan(
    candidate: Candidate,
    authorisation: Authorisation,
    policies: Policies,
    *,
    covered_only: bool = False,
    book: RuleBook | None = None,
    standing: Standing = AT_FIRST,
) -> Plan:
    """Return what may be asked for a candidate.

    What the workspace does not read at all, such as a source that is off, is left out with the reason.

    An identifier that consent, role or policy does not cover raises RefusedError: it may have been forgotten in the
    consent, and only a person can say. With `covered_only` it is left out, and the report says so.
    """
    entries: list[PlanEntry] = []
    left_out: list[LeftOut] = []
    names: list[Identifier] = []
    for identifier in candidate.identifiers:
        refusal = _refusal(identifier, authorisation, policies)
        not_read = standing.why_not(identifier)
        if not_read is not None:
            left_out.append(_not_read(identifier, not_read, refusal))
        elif refusal is None and identifier.source == SOURCE:
            names.append(identifier)
        elif refusal is None:
            entries.extend(_entries(identifier, authorisation, policies))
        elif covered_only:
            left_out.append(LeftOut(identifier=identifier.key, reason=refusal.reason))
        else:
            raise refusal
    if names and book is None:
        left_out += [LeftOut(identifier=identifier.key, reason=NO_RULES) for identifier in names]
    sweep = sweep_of(names, authorisation, policies, book) if names and book is not None else None
    if not entries and sweep is None:
        raise _nothing(left_out)
    return Plan(entries=tuple(entries), left_out=tuple(left_out), sweep=sweep)


def _nothing(left_out: Sequence[LeftOut]) -> RefusedError:
    """Return the refusal of a plan without a request. The first reason stands for all: it names a source and no person."""
    first = f" The first that is left out: {left_out[0].reason}" if left_out else ""
    return RefusedError(
        rule="UK-5.1b",
        reason=f"Nothing in the profile is covered by consent, role and policy and read in this workspace.{first}",
        mend="Ask the candidate to agree to at least one source that the policy allows and that is on in this workspace.",
    )


def sweep_of(
    names: Sequence[Identifier], authorisation: Authorisation, policies: Policies, book: RuleBook
) -> Sweep | None:
    """Return the part of the plan that asks the sites of a file of rules for the names; None where it has no site."""
    if not book.sites:
        return None
    # At each site: robots.txt, two known accounts, the made-up name, each name; and each of these twice after a pause.
    at_most = len(book.sites) * (1 + 2 * (KNOWN_TRIED + 1 + len(names)))
    return Sweep(
        rules=book.sha256,
        sites=tuple(SweepSite(name=site.name, category=site.cat, address=site.uri_check) for site in book.sites),
        left_out=dict(sorted(Counter(rejected.rule for rejected in book.rejected).items())),
        identifiers=tuple(identifier.key for identifier in names),
        at_most=at_most,
        consent_clause=authorisation.consent_clause(SOURCE),
        policy_clause=policies.organisation.clause_for_source(SOURCE) or "",
    )


def _not_read(identifier: Identifier, reason: str, refusal: RefusedError | None) -> LeftOut:
    """Leave out what is not read here. The address is for a person, and only where they may open it for this check."""
    if identifier.source not in LINK_ONLY:
        return LeftOut(identifier=identifier.key, reason=reason)
    if refusal is not None:
        return LeftOut(
            identifier=identifier.key, reason=f"{reason} Not to be opened for this check either: {refusal.reason}"
        )
    return LeftOut(identifier=identifier.key, reason=f"{reason} A person may open it.", address=identifier.page)


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
