"""Step (8): the report as one value, and its issue: two files that appear whole, and an audit event with their digests."""

from __future__ import annotations

import hashlib
from collections import Counter

from footprint import __version__
from footprint.admission import Admission
from footprint.casefile import CaseFile
from footprint.collectors.catalog import manifest
from footprint.judging import Judged
from footprint.ledger import Ledger
from footprint.model.attribution import Answer
from footprint.model.authorisation import Authorisation
from footprint.model.event import Action
from footprint.model.finding import SealedItem, WithheldReason
from footprint.model.observation import Observation
from footprint.model.policy import Policies
from footprint.model.presence import SOURCE as PRESENCE
from footprint.model.report import (
    AnsweredItem,
    EvidenceEntry,
    PackVersion,
    PolicySummary,
    Report,
    RuleInForce,
    SourceCoverage,
    StopReason,
    ToldApart,
    UndeterminedPlace,
)
from footprint.policies.authorise import rules_in_force
from footprint.policies.load import legality_rules, pack_versions
from footprint.report.render import render_html, render_json
from footprint.store.workspace import Settings


def compose(
    admission: Admission, case: CaseFile, ledger: Ledger, observations: tuple[Observation, ...], judged: Judged
) -> Report:
    """Put together everything a report shows: the facts of the run, and what follows from what was read."""
    authorisation = admission.authority.granted
    facts = Report(
        demonstration=case.desk.demonstration,
        marking=None,
        case=case.record.id,
        run=case.record.run,
        operator=case.desk.workspace.settings.operator,
        tool_version=__version__,
        generated_at=case.desk.clock.now(),
        candidate_id=admission.candidate.id,
        candidate_name=admission.candidate.name,
        role_title=admission.policies.role.title,
        authorisation=authorisation,
        authorisation_sha256=authorisation.digest(),
        policy=_summary(admission.policies),
        coverage=_coverage(admission, ledger),
        left_out=admission.plan.left_out,
        search_log=tuple(sorted(ledger.search_log, key=lambda entry: entry.at)),
        audit_head=case.head(),
        evidence=_register(case),
        user_agent=user_agent(case.desk.workspace.settings),
        proposer=admission.plan.proposer,
    )
    return derive(facts, admission.policies, observations, judged)


def derive(
    facts: Report,
    policies: Policies,
    observations: tuple[Observation, ...],
    judged: Judged,
    answers: tuple[AnsweredItem, ...] = (),
) -> Report:
    """Return a report with everything filled in that follows from pages, law, policy and the candidate's answers alone."""
    read = Counter(observation.identifier for observation in observations)
    return facts.but(
        marking=policies.marking,
        role_title=policies.role.title,
        policy=_summary(policies),
        organisation=policies.organisation,
        packs=(*pack_versions(policies), *_proposer(facts)),
        rules=_rules(facts.authorisation, policies),
        coverage=tuple(source.but(observations=read[source.identifier]) for source in facts.coverage),
        findings=judged.findings,
        withheld=tuple(item for item in judged.withheld if item.reason in _WITHHELD),
        told_apart=ToldApart(
            someone_else=_count(judged, WithheldReason.NAMESAKE),
            undetermined=_count(judged, WithheldReason.UNDETERMINED),
        ),
        undetermined=_undetermined(judged, observations, answers),
        answers=answers,
        observations=judged.observations,
        not_relevant=judged.not_relevant,
        suggestions=judged.suggestions,
        posts_by_month=dict(sorted(Counter(f"{at:%Y-%m}" for at in judged.lawful).items())),
        necessity={str(entry.category): entry.necessity for entry in policies.role.categories},
    )


def issue(report: Report, case: CaseFile, sealed: tuple[SealedItem, ...] | None = None) -> None:
    """Write `report.json` and `report.html` into the case's folder, and their digests into the audit log.

    What the report seals is kept anew in between, where it is given: a report whose event is missing is issued once more,
    and so the two never part.
    """
    files = {"report.json": render_json(report), "report.html": render_html(report)}
    for name, content in files.items():
        case.desk.workspace.put_document(case.record.id, name, content)
    if sealed is not None:
        case.keep_sealed(sealed)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    counts = {"findings": len(report.findings), "withheld": len(report.withheld)}
    if report.editions:
        counts |= {"answers": len(report.answers), "edition": report.editions[-1].number}
    case.note(Action.REPORTED, counts=counts, digests=digests)


def _proposer(facts: Report) -> tuple[PackVersion, ...]:
    """Return the model that may propose, among what governed the case."""
    model = facts.proposer
    if model is None:
        return ()
    title = f"Unreviewed suggestions, from {model.threshold:.2f} on"
    return (PackVersion(id=model.name, kind="proposer", version=model.version, title=title, sha256=model.sha256),)


_WITHHELD = frozenset({WithheldReason.EXCLUDED, WithheldReason.SEALED})


def _count(judged: Judged, reason: WithheldReason) -> int:
    return sum(item.reason is reason for item in judged.withheld)


def _undetermined(
    judged: Judged, observations: tuple[Observation, ...], answers: tuple[AnsweredItem, ...]
) -> tuple[UndeterminedPlace, ...]:
    """Return the places that the candidate is still asked about: a yes or a no is not asked for twice."""
    said = {item.observation for item in answers if item.answer is not Answer.UNSURE}
    asked = {item.observation for item in judged.withheld if item.reason is WithheldReason.UNDETERMINED} - said
    places: dict[str, list[Observation]] = {}
    for seen in observations:
        if seen.id in asked:
            places.setdefault(seen.url, []).append(seen)
    return tuple(
        UndeterminedPlace(source=there[-1].source, url=url, observations=tuple(seen.id for seen in there))
        for url, there in sorted(places.items())
    )


def _register(case: CaseFile) -> tuple[EvidenceEntry, ...]:
    fields = set(EvidenceEntry.model_fields)
    return tuple(EvidenceEntry(**kept.model_dump(include=fields)) for kept in case.evidence.all())


def user_agent(settings: Settings) -> str:
    """Return how the tool names itself to every host: what it is, and whom to write to (LAW RIPA-3)."""
    return f"footprint/{__version__} (+{settings.contact})"


def _summary(policies: Policies) -> PolicySummary:
    policy = policies.organisation
    return PolicySummary(
        id=policy.id,
        version=policy.version,
        title=policy.title,
        owner=policy.owner,
        review_due=policy.review_due.isoformat(),
        clauses={clause.id: clause.title for clause in policy.clauses},
    )


def _rules(authorisation: Authorisation, policies: Policies) -> tuple[RuleInForce, ...]:
    about_run = (
        RuleInForce(id=rule.id, pack="authorisation", effect="refuse", reason=rule.reason, citation=rule.citation.label)
        for rule in rules_in_force(authorisation, policies)
    )
    about_items = (
        RuleInForce(
            id=rule.id,
            pack=f"legality {version}",
            effect=str(rule.effect),
            reason=rule.reason,
            citation=rule.citation.label,
            reads_content=rule.lexicon is not None,
        )
        for rule, version in legality_rules(policies)
    )
    return (*about_run, *about_items)


def _coverage(admission: Admission, ledger: Ledger) -> tuple[SourceCoverage, ...]:
    sources = {entry.request.identifier: entry.request.source for entry in admission.plan.entries}
    if admission.plan.sweep is not None:
        sources |= dict.fromkeys(admission.plan.sweep.identifiers, PRESENCE)
    return tuple(
        SourceCoverage(
            source=sources[identifier],
            title=manifest(sources[identifier]).title,
            identifier=identifier,
            asked=tally.asked,
            answered=tally.answered,
            observations=0,
            unknown=dict(sorted(tally.unknown.items())),
            stop=tally.stop or StopReason.DONE,
            presence=tally.presence,
        )
        for identifier, tally in ledger.tallies.items()
    )
