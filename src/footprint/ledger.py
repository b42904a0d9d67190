"""The gate's account of one run: what was asked, what came of it, where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from footprint.casefile import CaseFile
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.event import Action
from footprint.model.evidence import Evidence, Unknown, UnknownReason
from footprint.model.plan import Plan, PlanEntry, Request
from footprint.model.presence import PresenceCounts
from footprint.model.report import SearchLogEntry, StopReason
from footprint.web.client import Exchange
from footprint.web.publicness import Closed
from footprint.web.recorder import Kept, Recorder

ROBOTS = "robots"
"""What a robots.txt is called where a planned request would be named."""


@dataclass
class Tally:
    """What was asked for one identifier, and what came of it; the screen and the coverage page are drawn from it."""

    asked: int = 0
    answered: int = 0
    unknown: dict[UnknownReason, int] = field(default_factory=dict)
    waiting: float = 0.0
    """Seconds that the pace makes it wait now; 0 while it does not wait."""
    stop: StopReason | None = None
    """None while it is being read."""
    last: Request | None = None
    """The request that was made last."""
    sites: int = 0
    """Sites that are asked for a name; 0 for a place that is read."""
    sites_done: int = 0
    presence: PresenceCounts | None = None
    """What came of looking for a name; None until all sites are done, and for a place that is read."""


class Ledger:
    """Writes one WARC record, one row and one audit event a request, and counts."""

    def __init__(self, case: CaseFile, plan: Plan, recorder: Recorder, watch: Callable[[str, Tally], None]) -> None:
        self.search_log: list[SearchLogEntry] = []
        """Every request in order, as the report shows it."""
        self.unknowns: list[Unknown] = []
        self.tallies = {entry.request.identifier: Tally() for entry in plan.entries}
        """By identifier."""
        self._case = case
        self._recorder = recorder
        self._watch = watch
        if plan.sweep is not None:
            self.tallies |= {identifier: Tally() for identifier in plan.sweep.identifiers}
        self._entries = {(entry.request.id, entry.request.identifier): entry for entry in plan.entries}
        for identifier in {entry.request.identifier: None for entry in plan.entries}:
            self._recall(identifier)

    def entry(self, request: Request) -> PlanEntry | None:
        """Return the entry of the plan that a request claims to belong to."""
        return self._entries.get((request.planned.id, request.planned.identifier))

    def tally(self, request: Request) -> Tally:
        """Return the count of the identifier that a request serves."""
        return self.tallies[request.planned.identifier]

    def show(self, request: Request) -> None:
        """Tell whoever watches that a count has changed."""
        self.watch(request.planned.identifier)

    def watch(self, identifier: str) -> None:
        """Tell whoever watches that a count of an identifier has changed."""
        self._watch(identifier, self.tallies[identifier])

    def keep(
        self, request: Request, url: str, exchange: Exchange, *, shut: Closed | None = None, robots: bool = False
    ) -> Evidence:
        """Record the answer of `url`, as it was asked. A closed page keeps no body, and is not handed out again."""
        now = self._case.desk.clock.now()
        kept = self._recorder.keep(exchange, at=now, keep_body=shut is None)
        planned = ROBOTS if robots else request.planned.id
        evidence = Evidence(
            id=self._case.evidence.next_id(),
            source=request.planned.source,
            planned=planned,
            url=url,
            status=exchange.status,
            content_type=exchange.content_type,
            captured_at=now,
            sha256=kept.sha256,
            bytes=kept.bytes,
            warc=kept.warc,
            offset=kept.offset,
            record_id=kept.record_id,
            truncated=exchange.truncated or shut is not None,
            is_page=shut is None and exchange.redirect is None,
        )
        self._case.evidence.add(evidence, request.planned.identifier)
        result = f"unknown:{shut.reason}" if shut else str(exchange.status)
        self._note(
            planned,
            request,
            url,
            kept,
            evidence=evidence.id,
            result=result,
            rules=(shut.rule,) if shut else (),
        )
        self._log(request, url, result=_words(evidence, shut), evidence=evidence, robots=robots)
        return evidence

    def keep_failure(self, request: Request, url: str, reason: str, *, robots: bool = False) -> None:
        """Record a request that no answer came to."""
        kept = self._recorder.keep_failure(url, at=self._case.desk.clock.now(), reason=reason)
        self._note(ROBOTS if robots else request.planned.id, request, url, kept, result=f"unknown:{reason}")
        if reason == UnknownReason.INTERRUPTED:
            # Nobody will come to count it: the run ends here. The resumed run lists it.
            self._case.evidence.add_unknown(self._unknown(request, url, reason), request.planned.identifier)
        self._log(request, url, result=f"unknown: {reason}", robots=robots)

    def miss(self, request: Request, error: UnreadableError, *, sent: bool) -> None:
        """Count what could not be checked. Where nothing was sent, the audit log says so here."""
        reason = UnknownReason(error.reason)
        tally = self.tally(request)
        tally.unknown[reason] = tally.unknown.get(reason, 0) + 1
        if isinstance(error, SourceStopped):
            tally.stop = StopReason.STOPPED
        error.noted = True
        source, planned = request.planned.source, request.planned.id
        unknown = self._unknown(request, request.url, reason, error.detail)
        self.unknowns.append(unknown)
        self._case.evidence.add_unknown(unknown, request.planned.identifier)
        if not sent:
            self._case.note(
                Action.REQUEST_WITHHELD,
                ids={"source": source, "planned": planned},
                digests={"address": self._case.commit(request.url)},
                result=f"unknown:{reason}",
            )
            self._log(request, request.url, result=f"not asked: {reason}")

    def miss_page(self, identifier: str, error: UnreadableError) -> None:
        """Count a page that was read but may not be used: an opt-out, or not the documented shape."""
        last = self.tallies[identifier].last
        if not error.noted and last is not None:
            self.miss(last, error, sent=True)

    def end(self, identifier: str) -> None:
        """Note that nothing more will be asked for an identifier."""
        tally = self.tallies[identifier]
        tally.stop = tally.stop or StopReason.DONE
        self._watch(identifier, tally)

    def _recall(self, identifier: str) -> None:
        """List what was asked before the case was resumed."""
        entries = [entry for entry in self._entries.values() if entry.request.identifier == identifier]
        for unknown in self._case.evidence.unknowns(identifier):
            entry = next((entry for entry in entries if entry.request.id == unknown.planned), entries[0])
            words = f"unknown: {unknown.reason}, before the case was resumed"
            self._list(entry, unknown.at, unknown.url, entry.request.purpose, words, None)
        for kept in self._case.evidence.all(identifier):
            entry = next((entry for entry in entries if entry.request.id == kept.planned), entries[0])
            purpose = "robots.txt" if kept.planned == ROBOTS else entry.request.purpose
            self._list(entry, kept.captured_at, kept.url, purpose, _words(kept, None), kept)

    def _unknown(self, request: Request, url: str, reason: str, detail: str = "") -> Unknown:
        return Unknown(
            source=request.planned.source,
            planned=request.planned.id,
            url=url,
            reason=UnknownReason(reason),
            detail=detail,
            at=self._case.desk.clock.now(),
        )

    def _note(
        self,
        planned: str,
        request: Request,
        url: str,
        kept: Kept,
        *,
        result: str,
        evidence: str | None = None,
        rules: tuple[str, ...] = (),
    ) -> None:
        ids = {"source": request.planned.source, "planned": planned, "record": kept.record_id}
        self._case.note(
            Action.REQUEST,
            ids=ids | ({"evidence": evidence} if evidence else {}),
            counts={"bytes": kept.bytes},
            rules=rules,
            # Address and digest together, salted: the bare digest of a public page could be guessed back.
            digests={"answer": self._case.commit(f"{url}\n{kept.sha256}")},
            result=result,
        )

    def _log(
        self, request: Request, url: str, *, result: str, evidence: Evidence | None = None, robots: bool = False
    ) -> None:
        entry = self._entries[(request.planned.id, request.planned.identifier)]
        at = evidence.captured_at if evidence else self._case.desk.clock.now()
        self._list(entry, at, url, "robots.txt" if robots else request.planned.purpose, result, evidence)

    def _list(
        self, entry: PlanEntry, at: datetime, url: str, purpose: str, result: str, evidence: Evidence | None
    ) -> None:
        self.search_log.append(
            SearchLogEntry(
                at=at,
                source=entry.request.source,
                url=url,
                purpose=purpose,
                result=result,
                evidence=evidence.id if evidence else None,
                consent_clause=entry.consent_clause,
                policy_clause=entry.policy_clause,
            )
        )


def _words(evidence: Evidence, shut: Closed | None) -> str:
    if shut is not None:
        return f"{evidence.status}, unknown: {shut.reason}"
    return f"{evidence.status}, {evidence.bytes:,} bytes"
