"""Step (3) of the line for names: ask the sites of the plan whether an account is there, and say what came of it.

What was found goes on as observations without a word of the pages; the report counts it and shows no site, since an
account of a name alone is undetermined. The verdicts lie in the case, as `presence.json`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from footprint.admission import Admission
from footprint.casefile import SITES, CaseFile
from footprint.collectors.catalog import manifest
from footprint.collectors.handles import MAX_BYTES, disclosed_names, observed
from footprint.collectors.handles_reading import Answer, read
from footprint.collectors.handles_rules import RuleBook
from footprint.errors import InputError, VerificationError
from footprint.files import parse_record
from footprint.ledger import Ledger
from footprint.model.candidate import Candidate
from footprint.model.event import Action
from footprint.model.evidence import Evidence, Unknown
from footprint.model.observation import Observation
from footprint.model.presence import SOURCE, Presence, PresenceBook, PresenceCounts, SiteResult, Sweep, Verdict
from footprint.model.report import SearchLogEntry, StopReason
from footprint.store.canaries import CanaryStore
from footprint.sweep.books import Books
from footprint.sweep.door import Door, Street
from footprint.sweep.presence import Journal, Progress, Round, basis_of, sweep
from footprint.web.client import Bounds, Client
from footprint.web.pace import Pace
from footprint.web.recorder import Recorder

BOOK = "presence.json"
"""The document of a case that holds the verdicts."""

SECONDS = 10.0
"""For one exchange: of many sites, one that is slow is left unknown."""

BOUNDS = Bounds(seconds=SECONDS, wire_bytes=MAX_BYTES)


@dataclass(frozen=True)
class Searcher:
    """What a sweep is made with."""

    admission: Admission
    case: CaseFile
    ledger: Ledger
    recorder: Recorder
    client: Client

    async def look(self) -> tuple[Observation, ...]:
        """Ask every site of the plan, and return an observation for each account that is there.

        Raises RefusedError where the authorisation ended; the verdicts until then are kept.
        """
        planned, book = self.admission.plan.sweep, self.admission.book
        if planned is None or book is None:
            return ()
        names = {key: name for key, name in self._names().items() if key in planned.identifiers}
        store = CanaryStore(self.case.desk.workspace.folder, self.case.desk.clock.now)

        def save(finished: PresenceBook) -> None:
            store.save()
            self.case.desk.workspace.put_document(self.case.record.id, BOOK, finished.canonical())

        basis = basis_of(book.sha256, names)
        journal = Journal(basis, kept_book(self.case), save=save)
        made_up = f"zq{self.case.desk.token(6)}"
        round_ = Round(names, self._door(planned, names, made_up), made_up, self.case.desk.clock.now, store)
        results = await sweep(book.sites, round_, journal=journal, watch=self._watch)
        self._tell(results, planned)
        return found_in(results, self.admission.candidate, self.case)

    def _names(self) -> dict[str, str]:
        return disclosed_names(self.admission.candidate)

    def _door(self, planned: Sweep, names: dict[str, str], made_up: str) -> Door:
        slowest = max(manifest(SOURCE).limits.seconds_between, self.case.desk.workspace.settings.seconds_between)
        pace = Pace.of(self.case.desk.clock)
        street = Street(self.client, pace, slowest)
        books = Books(self.case, self.recorder)
        return Door(
            self.case,
            self.admission.authority,
            planned,
            street,
            books,
            self.ledger,
            names=names,
            made_up=made_up,
        )

    def _watch(self, progress: Progress) -> None:
        for identifier in self.admission.plan.sweep.identifiers if self.admission.plan.sweep else ():
            tally = self.ledger.tallies[identifier]
            tally.sites, tally.sites_done = progress.sites, progress.done
            self.ledger.watch(identifier)

    def _tell(self, results: tuple[SiteResult, ...], planned: Sweep) -> None:
        """Count the verdicts, list what could not be checked, and write one line a site into the search log."""
        addresses = {site.name: site.address for site in planned.sites}
        unknowns: list[tuple[Unknown, str]] = []
        for result in results:
            for verdict in result.verdicts:
                self._count(verdict)
                if verdict.reason is not None:
                    unknowns.append((self._unknown(verdict, addresses[result.site]), verdict.identifier))
            self.ledger.search_log.append(self._line(result, addresses[result.site], planned))
        self.ledger.unknowns += [unknown for unknown, _ in unknowns]
        self.case.evidence.add_unknowns(unknowns)
        for identifier in planned.identifiers:
            self.ledger.end(identifier)
            self._summarise(identifier, results, planned)
        verdicts = [verdict for result in results for verdict in result.verdicts]
        counts = {"sites": len(results), "verdicts": len(verdicts), "unknown": len(unknowns)}
        self.case.note(Action.SWEPT, counts=counts, digests={"sites": planned.rules})

    def _count(self, verdict: Verdict) -> None:
        unknown = self.ledger.tallies[verdict.identifier].unknown
        if verdict.reason is not None:
            unknown[verdict.reason] = unknown.get(verdict.reason, 0) + 1

    def _summarise(self, identifier: str, results: Iterable[SiteResult], planned: Sweep) -> None:
        mine = [verdict for result in results for verdict in result.verdicts if verdict.identifier == identifier]
        self.ledger.tallies[identifier].presence = PresenceCounts(
            rules=planned.rules,
            sites=len(planned.sites),
            found=sum(verdict.presence is Presence.FOUND for verdict in mine),
            not_found=sum(verdict.presence is Presence.NOT_FOUND for verdict in mine),
        )
        self.ledger.tallies[identifier].stop = StopReason.DONE

    def _unknown(self, verdict: Verdict, address: str) -> Unknown:
        return Unknown(
            source=SOURCE,
            planned=f"{SOURCE}.account",
            url=address,  # as the rule writes it, without the name: perhaps nothing was asked under it
            reason=verdict.reason,
            detail=verdict.rule,
            at=self.case.desk.clock.now(),
        )

    def _line(self, result: SiteResult, address: str, planned: Sweep) -> SearchLogEntry:
        reasons = sorted({f"unknown: {verdict.reason}" for verdict in result.verdicts if verdict.reason is not None})
        answered = sum(verdict.reason is None for verdict in result.verdicts)
        said = [f"answered for {answered} of {len(result.verdicts)} names"] if answered else []
        return SearchLogEntry(
            at=self.case.desk.clock.now(),
            source=SOURCE,
            url=address,
            purpose="presence of a name",
            result="; ".join(said + reasons),
            consent_clause=planned.consent_clause,
            policy_clause=planned.policy_clause,
        )


def kept_book(case: CaseFile) -> PresenceBook | None:
    """Return the verdicts that a case keeps; None where it has none yet."""
    try:
        content = case.desk.workspace.get_document(case.record.id, BOOK)
    except InputError:
        return None
    return parse_record(content, PresenceBook, where=BOOK, is_json=True)


def found_in(results: Iterable[SiteResult], candidate: Candidate, case: CaseFile) -> tuple[Observation, ...]:
    """Return an observation for each account that is there."""
    evidence = {kept.id: kept for kept in case.evidence.all()}
    return tuple(
        observed(result, verdict, candidate, sha256=evidence[verdict.evidence[-1]].sha256)
        for result in results
        for verdict in result.verdicts
        if verdict.presence is Presence.FOUND
    )


def looked_again(candidate: Candidate, case: CaseFile) -> tuple[Observation, ...]:
    """Return what a case found of names, each account read again by its site's rule from what was kept of its answer.

    Raises VerificationError where a kept answer does not say what its verdict says, and InputError where a document is
    missing. That the canaries passed is taken from the verdicts: of strangers' pages only the heads are kept.
    """
    book = kept_book(case)
    if book is None:
        return ()
    content = case.desk.workspace.get_document(case.record.id, SITES)
    rules = {site.name: site for site in parse_record(content, RuleBook, where=SITES, is_json=True).sites}
    names = disclosed_names(candidate)
    kept = {evidence.id: evidence for evidence in case.evidence.all()}
    for result in book.results:
        for verdict in result.verdicts:
            if verdict.presence is Presence.FOUND:
                answer = _answer(case, kept[verdict.evidence[-1]])
                reading = read(rules[result.site], names[verdict.identifier], answer)
                if not reading.exists or reading.missing:
                    raise VerificationError(f"the evidence {verdict.evidence[-1]} does not say what its verdict says")
    return found_in(book.results, candidate, case)


def _answer(case: CaseFile, kept: Evidence) -> Answer:
    stored = case.read_again(kept)
    return Answer(status=stored.status, body=stored.body)
