"""Try a collector out through the real gate: on a source's canaries, or on answers made for a test. Never on a person.

The gate asks for an authorisation, so a trial has one of its own: for one identifier, in a workspace that is thrown away
with everything that was read. Nothing here takes a profile.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from footprint import __version__
from footprint.admission import Admission, Desk
from footprint.audit.log import AuditLog
from footprint.authority import Authority
from footprint.casefile import CaseFile
from footprint.clock import Clock
from footprint.collectors.interface import Collector
from footprint.errors import SourceStopped, UnreadableError
from footprint.files import parse_record
from footprint.gate import Gate, Web
from footprint.ledger import Ledger
from footprint.model.authorisation import Authorisation, Window
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Unknown, UnknownReason
from footprint.model.observation import Observation
from footprint.model.plan import Plan, PlanEntry
from footprint.model.policy import Clause, Policies
from footprint.policies.load import compose
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace
from footprint.web.client import Client
from footprint.web.pace import Pace
from footprint.web.recorder import Recorder

FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a collector that was not careful raises at a page. In a run it would cost the source or stop the run."""

CLAUSE = "a trial, on nobody"


class Outcome(NamedTuple):
    """What came of reading one identifier."""

    observations: tuple[Observation, ...]
    unknowns: tuple[Unknown, ...]
    fault: str = ""
    """The name of an error that the collector let pass and should not have."""

    @property
    def is_nothing(self) -> bool:
        """True where nothing was found, nothing is unknown and nothing went wrong."""
        return self == Outcome((), ())

    @property
    def reasons(self) -> tuple[UnknownReason, ...]:
        """Why something is unknown, each reason once."""
        return tuple(dict.fromkeys(unknown.reason for unknown in self.unknowns))


@dataclass(frozen=True)
class Means:
    """What a trial reaches the web with."""

    client: Client
    clock: Clock
    keyed: Mapping[str, Client] = field(default_factory=dict)


class Room:
    """A workspace for trials, thrown away at the end."""

    def __init__(self, clock: Clock, token: Callable[[int], str] = secrets.token_hex) -> None:
        self._clock = clock
        self._token = token
        self._count = 0
        self._folder = tempfile.TemporaryDirectory(prefix="footprint-trial-")
        folder = Path(self._folder.name)
        settings, policy = (_sample(name) for name in ("footprint.toml", "policy.toml"))
        self._workspace = Workspace.create(folder / "workspace", settings, policy)
        self._consents = folder
        self._desk = Desk(
            workspace=self._workspace,
            log=AuditLog(self._workspace.audit_path),
            cases=Cases(self._workspace.database()),
            clock=clock,
            token=token,
            demonstration=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workspace.close()
        self._folder.cleanup()

    async def read(self, reader: Collector, identifier: Identifier, means: Means) -> Outcome:
        """Read one identifier through the gate, and return what came of it."""
        admission = self._admission(reader, identifier)
        case = CaseFile.open(self._desk, admission)
        recorder = Recorder(
            case.folder, case.recording, software=f"footprint/{__version__}", robots_policy="obeyed", user_agent="trial"
        )
        ledger = Ledger(case, admission.plan, recorder, lambda *_: None)
        web = Web(
            client=means.client,
            pace=Pace(means.clock),
            manifests={identifier.source: reader.manifest},
            keyed=means.keyed,
        )
        gate = Gate(case, admission.authority, admission.plan, web, ledger)
        found: list[Observation] = []
        fault = ""
        try:
            async for observation in reader.collect(admission.candidate, identifier, gate.fetch):
                found.append(observation)  # noqa: PERF401 - what came before an error counts
        except (UnreadableError, SourceStopped) as error:
            ledger.miss_page(identifier.key, error)
        except FAULTS as error:
            fault = type(error).__name__
        return Outcome(tuple(found), tuple(ledger.unknowns), fault)

    def _admission(self, reader: Collector, identifier: Identifier) -> Admission:
        self._count += 1
        candidate = _nobody(identifier, self._count)
        authorisation = self._authorisation(candidate)
        path = self._consents / f"consent-{self._count}.json"
        path.write_bytes(authorisation.canonical())
        policies = self._policies(authorisation, identifier.source)
        authority = Authority(path, authorisation, candidate, policies, self._clock, runs_used=0, last_seen=None)
        entries = tuple(
            PlanEntry(request=request, consent_clause=CLAUSE, policy_clause=CLAUSE)
            for request in reader.plan(identifier)
        )
        return Admission(
            candidate=candidate, authority=authority, policies=policies, plan=Plan(entries=entries), resumed=None
        )

    def _authorisation(self, candidate: Candidate) -> Authorisation:
        """Return the sample's authorisation, dated by the clock and narrowed to the one identifier."""
        sample = parse_record(_sample("consent.toml"), Authorisation, where="consent.toml")
        now = self._clock.now()
        before = now - timedelta(days=1)
        (identifier,) = candidate.identifiers
        scope = sample.scope.but(
            sources=(identifier.source,),
            identifiers=(identifier.key,),
            window=Window(first=now.date() - timedelta(days=365), last=now.date()),
            expires=now + timedelta(days=1),
        )
        return sample.but(
            id=f"TRIAL-{self._count}",
            subject=candidate.id,
            created=before,
            notice=sample.notice.but(delivered_at=before, acknowledged_at=before),
            lawful_basis=tuple(basis.but(approved_at=before) for basis in sample.lawful_basis),
            scope=scope,
            events=tuple(event.but(at=before) for event in sample.events),
        )

    def _policies(self, authorisation: Authorisation, source: str) -> Policies:
        policies = compose(authorisation, self._workspace.policy_path)
        today = self._clock.now().date()
        clause = Clause(
            id="trial", title=CLAUSE, text=CLAUSE, sources=(source,), categories=authorisation.scope.categories
        )
        organisation = policies.organisation.but(
            effective=today - timedelta(days=1), review_due=today + timedelta(days=1), clauses=(clause,)
        )
        return policies.but(role=policies.role.but(sources=(source,)), organisation=organisation)


def _nobody(identifier: Identifier, number: int) -> Candidate:
    """Return a candidate who is nobody. A search is for their name, since it can be for no other words."""
    name = identifier.handle if identifier.is_search else "Nobody At All"
    return Candidate(id=f"TRIAL-{number}", name=name, born=date(1980, 1, 1), identifiers=(identifier,))


def _sample(name: str) -> bytes:
    return files("footprint.demo").joinpath(name).read_bytes()
