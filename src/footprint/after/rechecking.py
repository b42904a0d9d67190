"""Look once more at the address of one finding, because somebody disputes it: is it still there, edited, or gone?

One request, through the gate's own steps: the consent on file is asked again, robots.txt and the pace are kept, and the visit
counts against the visits agreed. What comes back is recorded like any answer, under a name of its own, so that the report
is still derived from what was read when it was issued. The findings stay as they are; the note stands beside them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from footprint import __version__
from footprint.after.reproducing import Replay, observed_again
from footprint.authority import Authority
from footprint.casefile import CaseFile
from footprint.collectors.catalog import collector, manifest
from footprint.errors import InputError, RefusedError, UnreadableError
from footprint.files import parse_record, read_record
from footprint.gate import Gate, Web
from footprint.ledger import Ledger
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Evidence, Page, UnknownReason
from footprint.model.observation import Observation
from footprint.model.plan import Plan, PlanEntry, Request
from footprint.model.review import SourceNote, SourceState
from footprint.planning import plan
from footprint.reporting import user_agent
from footprint.review.desk import ReviewDesk
from footprint.screening import ROBOTS_POLICY, Outlook
from footprint.sources.keys import keyed_clients
from footprint.web.client import Client
from footprint.web.pace import Pace
from footprint.web.recorder import Recorder


async def recheck(desk: ReviewDesk, item: str, consent: Path, outlook: Outlook) -> SourceNote:
    """Ask for the page behind a finding again, enter what became of the statement, and return that note.

    Raises InputError where there is no such finding or its page is no longer kept, and RefusedError where the consent on
    file does not allow it now.
    """
    finding = desk.matter.finding(item)
    candidate = _candidate(desk)
    before = await _before(desk, candidate, finding.observation)
    entry = _entry(desk, candidate, before, _authorisation(desk, consent))
    authority = _authority(desk, candidate, consent)
    authority.check(entry.request.source, entry.request.identifier)
    with desk.desk.workspace.hold_case(desk.case.record.id):
        case = CaseFile(desk.desk, desk.case.record)
        try:
            page = await _ask(case, authority, entry, _kept(case, before).url, outlook)
            state, why = await _compare(before, page, candidate, case)
            note = SourceNote(item=item, state=state, why=why, evidence=page.evidence.id)
        except UnreadableError as error:
            is_gone = error.reason == UnknownReason.ABSENT
            state = SourceState.GONE if is_gone else SourceState.UNKNOWN
            note = SourceNote(item=item, state=state, why=f"unknown:{error.reason}")
        finally:
            case.seal()
    desk.enter(note)
    return note


def _candidate(desk: ReviewDesk) -> Candidate:
    content = desk.desk.workspace.get_document(desk.case.record.id, "profile.json")
    return parse_record(content, Candidate, where="profile.json", is_json=True)


async def _before(desk: ReviewDesk, candidate: Candidate, observation: str) -> Observation:
    """Return the statement as it was read."""
    async for read in observed_again(candidate, desk.report, desk.case):
        if read.id == observation:
            return read
    raise InputError(where=observation, expected="a page that is still kept", mend="the case was pruned")


def _authorisation(desk: ReviewDesk, consent: Path) -> Authorisation:
    """Return the consent on file, which must be the one the case was opened under, with events at most added."""
    found = read_record(consent, Authorisation)
    if found.terms_sha256() != desk.report.authorisation.terms_sha256():
        raise RefusedError(
            rule="UK-7",
            reason="This is not the consent that the case was opened under.",
            mend="Give the consent file of the case; only events may have been added to it.",
        )
    return found


def _authority(desk: ReviewDesk, candidate: Candidate, consent: Path) -> Authority:
    cases, log = desk.desk.cases, desk.desk.log
    granted = _authorisation(desk, consent)
    return Authority(
        consent,
        granted,
        candidate,
        desk.policies,
        desk.desk.clock,
        # It belongs to the run of the case, and is none of its own.
        runs_used=cases.runs_used(granted.id) - 1,
        last_seen=max((at for at in (cases.last_seen_at(), log.last_seen_at()) if at), default=None),
    )


def _entry(desk: ReviewDesk, candidate: Candidate, before: Observation, consent: Authorisation) -> PlanEntry:
    """Return the line of the case's plan that led to the statement, under a name of its own and for one request."""
    kept = _kept(desk.case, before)
    drawn = plan(candidate, consent, desk.policies, covered_only=True)
    for entry in drawn.entries:
        planned = entry.request
        if planned.identifier == before.identifier and planned.id == kept.planned and planned.allows(kept.url):
            earlier = sum(e.event.kind == "source" for e in desk.review.entries)
            renamed = planned.but(id=f"recheck.{earlier + 1}", purpose="a disputed item again", at_most=1)
            return entry.but(request=renamed)
    raise RefusedError(
        rule="UK-5.1b",
        reason="The address is in no plan that the consent, the role and the policy allow now.",
        mend="Settle the dispute on what was captured.",
    )


def _kept(case: CaseFile, before: Observation) -> Evidence:
    return next(kept for kept in case.evidence.all() if kept.id == before.evidence)


async def _ask(case: CaseFile, authority: Authority, entry: PlanEntry, url: str, outlook: Outlook) -> Page:
    """Make the one request."""
    settings = case.desk.workspace.settings
    agent = user_agent(settings)
    drawn = Plan(entries=(entry,), left_out=())
    recorder = Recorder(
        case.folder, case.recording, software=f"footprint/{__version__}", robots_policy=ROBOTS_POLICY, user_agent=agent
    )
    client = Client(guard=outlook.guard, user_agent=agent, tls=outlook.tls)
    source = entry.request.source
    web = Web(
        client=client,
        pace=Pace(case.desk.clock),
        manifests={source: manifest(source)},
        seconds_between=settings.seconds_between,
        keyed=keyed_clients(client, case.desk.standing(), {source}),
    )
    ledger = Ledger(case, drawn, recorder, outlook.watch)
    try:
        return await Gate(case, authority, drawn, web, ledger).fetch(Request(planned=entry.request, url=url))
    finally:
        await client.aclose()


async def _compare(before: Observation, page: Page, candidate: Candidate, case: CaseFile) -> tuple[SourceState, str]:
    """Read the new page as the old one was read, and say what became of the statement."""
    now = [read async for read in _read_again(before, page, candidate, case)]
    same = [read for read in now if _identity(read) == _identity(before)]
    if same:
        is_live = any((read.text, read.context) == (before.text, before.context) for read in same)
        return (SourceState.LIVE if is_live else SourceState.EDITED), str(page.evidence.status)
    # A list shows the newest first: if an older one still stands on it, this one was taken out; else it may have moved on.
    older = any(read.posted_at and before.posted_at and read.posted_at < before.posted_at for read in now)
    return (SourceState.GONE if older else SourceState.UNKNOWN), "not-on-the-page"


async def _read_again(
    before: Observation, page: Page, candidate: Candidate, case: CaseFile
) -> AsyncIterator[Observation]:
    """Yield what stands on the new page; every other page is the one that was kept."""
    replay = Replay(case)
    old = _kept(case, before).url

    async def fetch(request: Request) -> Page:
        return page if request.url == old else await replay(request)

    identifier = _identifier(candidate, before.identifier)
    try:
        async for observation in collector(identifier.kind).collect(candidate, identifier, fetch):
            if observation.evidence == page.evidence.id:
                yield observation
    except UnreadableError:
        # What was kept ends here, or the new page is of another form; what was read before that counts.
        return


def _identifier(candidate: Candidate, key: str) -> Identifier:
    return next(identifier for identifier in candidate.identifiers if identifier.key == key)


def _identity(read: Observation) -> tuple[str, str, str]:
    """What stays the same of a statement when its words, or what stands before it, are changed."""
    return read.kind, read.url, read.native_id
