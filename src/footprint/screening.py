"""The straight line: from a profile and a recorded consent to a report. The only module that knows the order.

 (1) authorise   no valid authorisation: nothing is fetched
 (2) plan        every request is known before the first is made
 (3) collect     through the gate: pages become observations, the rest Unknowns
 (4) attribute   is it this person; namesakes end here
 (5) legality    exclude, then seal: what the law keeps from a decision-maker
 (6) relevance   what bears on the role, on the full lawful text
 (7) mask        the decision view
 (8) report      one value, rendered and kept; a person decides

Every stage takes values and yields values, and leaves one audit event.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from footprint import __version__
from footprint.admission import Admission, Desk, Order, admit
from footprint.attribution.matcher import attribute
from footprint.casefile import CaseFile
from footprint.collectors.catalog import collector, manifest
from footprint.errors import PAGE_FAULTS, FootprintError, RefusedError, UnreadableError
from footprint.gate import Gate, Web
from footprint.judging import Bench, judge
from footprint.ledger import Ledger, Tally
from footprint.model.attribution import Attribution
from footprint.model.candidate import Candidate, Identifier
from footprint.model.event import Action
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Observation, ObservationKind
from footprint.model.plan import Request
from footprint.model.report import Report
from footprint.policies.load import legality_rules, lexicons
from footprint.recovery import recover
from footprint.reporting import compose, issue, user_agent
from footprint.sources.keys import keyed_clients
from footprint.stamping import stamp_head
from footprint.store.cases import CaseState
from footprint.sweep.sweeping import BOUNDS, Searcher
from footprint.web.client import Client
from footprint.web.guard import Guard
from footprint.web.pace import Pace
from footprint.web.recorder import Recorder

ROBOTS_POLICY = "obeyed (RFC 9309) except at documented interfaces, as the manifests say"


@dataclass(frozen=True)
class Outlook:
    """How the web is reached, and who watches."""

    guard: Guard = field(default_factory=Guard)
    tls: ssl.SSLContext | None = None
    """None means the public certificate authorities."""
    at_once: int = 32
    """Identifiers read side by side; one host is never asked twice at once."""
    watch: Callable[[str, Tally], None] = lambda *_: None
    """Called with an identifier and its count, whenever the count changes."""


@dataclass(frozen=True)
class Stage:
    """One step of the line is done."""

    action: Action
    counts: dict[str, int]
    case: str


async def screen(order: Order, desk: Desk, outlook: Outlook) -> AsyncIterator[Stage | Report]:
    """Run the whole line; yield each stage as it ends, and the report last.

    Raises InputError for a bad file, and RefusedError where there is no valid authorisation (before anything is
    fetched) or where it ends on the way (before the next request); what was read until then is kept, and the case
    stands as stopped.
    """
    admission = admit(order, desk)  # (1) (2)
    with CaseFile.at_work(desk, admission) as case:
        try:
            if admission.resumed is not None:
                recover(case, admission.plan)
            yield _done(
                case, Action.PLANNED, requests=len(admission.plan.entries), left_out=len(admission.plan.left_out)
            )
            observations, ledger = await _collect(admission, case, outlook)  # (3)
            yield _done(case, Action.COLLECTED, **_collected(observations, ledger))
            attributions = _attribute(observations, admission.candidate)  # (4)
            yield _done(case, Action.ATTRIBUTED, **_tiers(attributions))
            judged = judge(zip(observations, attributions, strict=True), _bench(admission, case))  # (5) (6) (7)
            case.keep_sealed(judged.sealed)
            yield _done(case, Action.LEGALITY, lawful=len(judged.lawful), withheld=len(judged.withheld))
            proposed = {"suggestions": len(judged.suggestions)} if admission.proposer is not None else {}
            yield _done(
                case, Action.RELEVANCE, findings=len(judged.findings), not_relevant=judged.not_relevant, **proposed
            )
            yield _done(case, Action.MASKED, masks=judged.masks)
            report = compose(admission, case, ledger, observations, judged)  # (8)
            issue(report, case)
            case.note(Action.CASE_DONE)
        except BaseException as error:
            _stop(case, error)
            raise
        finally:
            case.seal()
        # Last, because a case that is done is not gone on with: killed before this, it is sealed by the run that goes on.
        case.close(CaseState.DONE)
    async for stage in _stamped(case, outlook):
        yield stage
    yield report


async def _stamped(case: CaseFile, outlook: Outlook) -> AsyncIterator[Stage]:
    """Have the signed head time-stamped, where the workspace names authorities; whatever they do, the case is done."""
    asked = await stamp_head(case.desk, outlook.guard, outlook.tls)
    if asked:
        kept = sum(stamp.file is not None for stamp in asked)
        counts = {"stamped": kept, "missed": len(asked) - kept}
        yield Stage(action=Action.STAMPED, counts=counts, case=case.record.id)


def _stop(case: CaseFile, error: BaseException) -> None:
    """Say of a case that it stopped, so that it can go on: at Ctrl-C, a withdrawal, a full disk, whatever it was."""
    rules = (error.rule,) if isinstance(error, RefusedError) else ()
    interrupted = "failed" if isinstance(error, Exception) else "interrupted"
    case.note(Action.CASE_STOPPED, rules=rules, result="refused" if rules else interrupted)
    case.close(CaseState.STOPPED)


async def _collect(admission: Admission, case: CaseFile, outlook: Outlook) -> tuple[tuple[Observation, ...], Ledger]:
    """(3) Read every identifier of the plan, some side by side; return what was read in the order of the plan."""
    planned = {entry.request.identifier for entry in admission.plan.entries}
    turns = asyncio.Semaphore(outlook.at_once)
    async with _opened(admission, case, outlook) as (gate, ledger, searcher):

        async def read(identifier: Identifier) -> list[Observation]:
            async with turns:
                return [observation async for observation in _read(admission.candidate, identifier, gate, ledger)]

        try:
            async with asyncio.TaskGroup() as group:
                chosen = [identifier for identifier in admission.candidate.identifiers if identifier.key in planned]
                tasks = [group.create_task(read(identifier)) for identifier in chosen]
                looked_for = group.create_task(searcher.look())
        except ExceptionGroup as group:
            raise _gravest(group) from None
    return (*(observation for task in tasks for observation in task.result()), *looked_for.result()), ledger


@asynccontextmanager
async def _opened(
    admission: Admission, case: CaseFile, outlook: Outlook
) -> AsyncIterator[tuple[Gate, Ledger, Searcher]]:
    settings = case.desk.workspace.settings
    agent = user_agent(settings)
    recorder = Recorder(
        case.folder, case.recording, software=f"footprint/{__version__}", robots_policy=ROBOTS_POLICY, user_agent=agent
    )
    client = Client(guard=outlook.guard, user_agent=agent, tls=outlook.tls)
    prober = Client(guard=outlook.guard, user_agent=agent, tls=outlook.tls, bounds=BOUNDS)
    sources = {entry.request.source for entry in admission.plan.entries}
    web = Web(
        client=client,
        pace=Pace.of(case.desk.clock),
        manifests={source: manifest(source) for source in sources},
        seconds_between=settings.seconds_between,
        keyed=keyed_clients(client, case.desk.standing(), sources),
    )
    ledger = Ledger(case, admission.plan, recorder, outlook.watch)
    try:
        searcher = Searcher(admission, case, ledger, recorder, prober)
        yield Gate(case, admission.authority, admission.plan, web, ledger), ledger, searcher
    finally:
        await client.aclose()
        await prober.aclose()


async def _read(candidate: Candidate, identifier: Identifier, gate: Gate, ledger: Ledger) -> AsyncIterator[Observation]:
    """Read one identifier; what cannot be read is counted, and the run goes on."""

    async def fetch(request: Request) -> Page:
        try:
            return await gate.fetch(request)
        except PAGE_FAULTS as error:
            # The gate keeps the account of the run. Where it fails no page is to blame, and nothing may go on.
            raise RuntimeError("the gate failed") from error

    try:
        async for observation in collector(identifier.kind).collect(candidate, identifier, fetch):
            yield observation
    except UnreadableError as error:
        ledger.miss_page(identifier.key, error)
    except PAGE_FAULTS as error:
        if ledger.tallies[identifier.key].last is None:
            raise  # no page was read, so no page is to blame
        # Its name only: the message would quote the page.
        fault = UnreadableError(UnknownReason.MALFORMED, f"not foreseen: {type(error).__name__}")
        ledger.miss_page(identifier.key, fault)
    ledger.end(identifier.key)


def _attribute(observations: tuple[Observation, ...], candidate: Candidate) -> tuple[Attribution, ...]:
    """(4) Say of each observation how sure it is that it concerns the candidate."""
    profiles = [observation for observation in observations if observation.kind is ObservationKind.PROFILE]
    return tuple(attribute(observations, candidate, profiles=profiles))


def _bench(admission: Admission, case: CaseFile) -> Bench:
    return Bench(
        candidate=admission.candidate,
        scope=admission.authority.granted.scope,
        policies=admission.policies,
        rules=legality_rules(admission.policies),
        lexicons={lexicon.id: lexicon for lexicon in lexicons()},
        evidence={evidence.id: evidence for evidence in case.evidence.all()},
        commit=case.commit,
        proposer=admission.proposer,
    )


def _done(case: CaseFile, action: Action, **counts: int) -> Stage:
    case.note(action, counts=counts)
    return Stage(action=action, counts=counts, case=case.record.id)


def _collected(observations: tuple[Observation, ...], ledger: Ledger) -> dict[str, int]:
    asked = sum(tally.asked for tally in ledger.tallies.values())
    return {"asked": asked, "observations": len(observations), "unknown": len(ledger.unknowns)}


def _tiers(attributions: tuple[Attribution, ...]) -> dict[str, int]:
    counted = Counter(str(attribution.tier) for attribution in attributions)
    return {f"tier_{tier}": count for tier, count in sorted(counted.items())}


def _gravest(group: ExceptionGroup) -> Exception:
    """Return what stopped the readers: a refusal before any other error of ours, and what is not ours as it came."""
    for kind in (RefusedError, FootprintError):
        found: BaseException | None = group.subgroup(kind)
        while isinstance(found, BaseExceptionGroup):
            found = found.exceptions[0]
        if isinstance(found, kind):
            return found
    return group
