"""Derive a case's findings and report again, from what was kept and with the network off, and compare byte for byte.

The candidate, the authorisation, the packs and the policy come from the case's folder as they were then, the pages
from its WARC files, the candidate's answers from the review, words and code from this version. When the run took place, when
an edition was issued and what the audit log was then are facts that cannot be derived; they are taken from the report, and
everything else is made anew. So is every edition before the last, of which only the digest is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from footprint.admission import Desk
from footprint.answering import Answered, judge_answered
from footprint.attribution.matcher import attribute
from footprint.casefile import CaseFile
from footprint.collectors.catalog import collector
from footprint.errors import PAGE_FAULTS, SourceStopped, UnreadableError
from footprint.files import parse_record
from footprint.judging import Bench
from footprint.model.attribution import Attribution
from footprint.model.candidate import Candidate
from footprint.model.evidence import Evidence, Page, UnknownReason
from footprint.model.observation import Observation, ObservationKind
from footprint.model.plan import Request
from footprint.model.policy import Policies
from footprint.model.presence import SOURCE as PRESENCE
from footprint.model.report import Report
from footprint.model.review import CaseReview
from footprint.policies.load import legality_rules, lexicons
from footprint.proposers.load import proposer_again
from footprint.report.render import render_html, render_json
from footprint.reporting import derive
from footprint.review.answers import last_answered
from footprint.review.desk import read_review
from footprint.sweep.sweeping import looked_again
from footprint.web.client import Exchange

MAX_HOPS = 5


class Reproduction(NamedTuple):
    """What came of it."""

    report: Report
    """The report as derived now."""
    differences: tuple[str, ...]
    """Where it differs from the one that was issued: a path in report.json, or `report.html`; empty if identical."""


@dataclass(frozen=True)
class Grounds:
    """Everything that a report is derived from, read from what a case kept."""

    case: CaseFile
    documents: Mapping[str, bytes]
    issued: Report
    """The report as it stands; its facts are those of every edition."""
    policies: Policies
    review: CaseReview
    observations: tuple[Observation, ...]
    pairs: tuple[tuple[Observation, Attribution], ...]
    """Each observation with what the tool alone says of it."""
    bench: Bench

    def judged(self, edition: Report) -> Answered:
        """Return what an edition judged, with the answers that it takes into account."""
        return judge_answered(self.pairs, self.review, last_answered(edition), self.bench)

    def derived(self, edition: Report) -> Report:
        """Return an edition of the report, derived again from its facts."""
        judged, items = self.judged(edition)
        return derive(edition, self.policies, self.observations, judged, items)


class Replay:
    """A Fetch that hands out what a case has kept, and what it could not check. It cannot reach the web."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._evidence = case.evidence
        self._used: dict[tuple[str, str], int] = {}

    async def __call__(self, request: Request) -> Page:
        """Return the kept page that answers a request. Raises UnreadableError as the gate did."""
        planned = request.planned
        if not planned.allows(request.url):
            raise UnreadableError(UnknownReason.OFF_PLAN)
        used = self._used[planned.id, planned.identifier] = self._used.get((planned.id, planned.identifier), 0) + 1
        if used > planned.at_most:
            raise UnreadableError(UnknownReason.BUDGET)
        unknown = self._evidence.find_unknown(request.url, planned.id)
        kept = self._page(request.url, planned.id)
        if kept is not None:
            return kept
        reason = unknown.reason if unknown is not None else UnknownReason.INTERRUPTED
        stops = reason is UnknownReason.RATE_LIMITED
        raise (SourceStopped if stops else UnreadableError)(reason, unknown.detail if unknown is not None else "")

    def _page(self, url: str, planned: str) -> Page | None:
        for _ in range(MAX_HOPS + 1):
            kept = self._evidence.find(url, planned)
            if kept is None:
                return None
            stored = self._case.read_again(kept)
            exchange = Exchange(url=stored.url, status=stored.status, headers=stored.headers, body=stored.body)
            if kept.is_page:
                return Page(evidence=kept, body=exchange.body, charset=exchange.charset, links=exchange.link_header)
            if exchange.redirect is None:
                return None
            url = exchange.redirect
        return None


async def reproduce(desk: Desk, case_id: str) -> Reproduction:
    """Derive a case's report again and say where it differs from the one that was issued.

    Raises InputError where the case or a part of it is not there, and VerificationError where a WARC record does not
    hold what its digest says.
    """
    grounds = await grounds_of(desk, case_id)
    report = grounds.derived(grounds.issued)
    found = _differences(grounds.documents, grounds.issued, report)
    return Reproduction(report, (*found, *_of_earlier(grounds)))


async def grounds_of(desk: Desk, case_id: str) -> Grounds:
    """Return everything that a case's report is derived from. Raises as `reproduce` does."""
    case = CaseFile(desk, desk.cases.get(case_id))
    documents = {
        name: desk.workspace.get_document(case_id, name)
        for name in ("profile.json", "policies.json", "report.json", "report.html")
    }
    issued = parse_record(documents["report.json"], Report, where="report.json", is_json=True)
    candidate = parse_record(documents["profile.json"], Candidate, where="profile.json", is_json=True)
    policies = parse_record(documents["policies.json"], Policies, where="policies.json", is_json=True)
    observations = tuple([observation async for observation in observed_again(candidate, issued, case)])
    return Grounds(
        case=case,
        documents=documents,
        issued=issued,
        policies=policies,
        review=read_review(desk.workspace, case_id),
        observations=observations,
        pairs=tuple(attributed_again(observations, candidate)),
        bench=bench_again(candidate, issued, policies, case),
    )


async def observed_again(candidate: Candidate, issued: Report, case: CaseFile) -> AsyncIterator[Observation]:
    """Yield what a case read, from what it kept."""
    read_then = {source.identifier for source in issued.coverage}
    replay = Replay(case)
    for identifier in candidate.identifiers:
        if identifier.key not in read_then or identifier.source == PRESENCE:
            continue
        try:
            async for observation in collector(identifier.kind).collect(candidate, identifier, replay):
                yield observation
        except (UnreadableError, *PAGE_FAULTS):
            # It was an Unknown then, and is one now; what came before it stands.
            continue
    for found in looked_again(candidate, case):
        yield found


def attributed_again(
    observations: tuple[Observation, ...], candidate: Candidate
) -> Iterator[tuple[Observation, Attribution]]:
    """Yield each observation with whose it is."""
    profiles = [observation for observation in observations if observation.kind is ObservationKind.PROFILE]
    yield from zip(observations, attribute(observations, candidate, profiles=profiles), strict=True)


def bench_again(candidate: Candidate, issued: Report, policies: Policies, case: CaseFile) -> Bench:
    """Return everything the case was judged by."""
    evidence: Mapping[str, Evidence] = {kept.id: kept for kept in case.evidence.all()}
    workspace = case.desk.workspace
    return Bench(
        candidate=candidate,
        scope=issued.authorisation.scope,
        policies=policies,
        rules=legality_rules(policies),
        lexicons={lexicon.id: lexicon for lexicon in lexicons()},
        evidence=evidence,
        commit=case.commit,
        proposer=proposer_again(issued.proposer, workspace.settings.proposer, workspace.folder),
    )


def _of_earlier(grounds: Grounds) -> Iterator[str]:
    """Yield the earlier editions that do not come out as the next one says they were."""
    editions = grounds.issued.editions
    for place, edition in enumerate(editions):
        before = grounds.derived(grounds.issued.but(editions=editions[:place]))
        if hashlib.sha256(render_json(before)).hexdigest() != edition.replaces:
            yield f"edition {edition.number - 1}: its digest"


def _differences(documents: Mapping[str, bytes], issued: Report, report: Report) -> list[str]:
    found = [f"report.json: {name}" for name in Report.model_fields if getattr(issued, name) != getattr(report, name)]
    if not found and render_json(report) != documents["report.json"]:
        found.append("report.json: its bytes")
    if not found and render_html(report) != documents["report.html"]:
        found.append("report.html: its bytes")
    return found
