"""Steps (1) and (2) of the line: may there be a run, and what would it ask? Nothing is fetched here."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from footprint.audit.log import AuditLog
from footprint.authority import Authority
from footprint.clock import Clock
from footprint.collectors.handles import disclosed_names
from footprint.collectors.handles_rules import MAX_FILE_BYTES, RuleBook, read_rules
from footprint.collectors.interface import key_variable
from footprint.errors import InputError, RefusedError
from footprint.files import read_bytes, read_record
from footprint.filters.proposing import Proposer
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.event import Action, AuditEvent
from footprint.model.plan import Plan
from footprint.model.policy import Policies
from footprint.planning import plan
from footprint.policies.load import compose
from footprint.proposers.load import proposer_of
from footprint.sources.standing import Standing
from footprint.store.cases import CaseRecord, Cases
from footprint.store.keyring import Keyring
from footprint.store.switches import read_switches
from footprint.store.workspace import Workspace


@dataclass(frozen=True)
class Desk:
    """Where a run takes place: the workspace, its log, whose time it keeps, where random numbers come from."""

    workspace: Workspace
    log: AuditLog
    cases: Cases
    clock: Clock
    token: Callable[[int], str]
    """Returns that many random bytes in hex."""
    demonstration: bool = False
    """True where names lead to loopback: the run is marked as such everywhere."""
    keyring: Keyring = field(default_factory=lambda: Keyring(key_variable))
    """The operator's own keys to documented interfaces."""

    def standing(self) -> Standing:
        """Return what holds now for the sources of this workspace."""
        return Standing(read_switches(self.workspace.folder), self.keyring)


@dataclass(frozen=True)
class Order:
    """What is to be screened."""

    profile: Path
    consent: Path | None
    """None, or a path where nothing is: there is no consent, and the run is refused."""
    resume: bool = False
    """Go on with the case that stopped."""
    covered_only: bool = False
    """Leave out what the consent does not cover, instead of refusing."""
    sites: Path | None = None
    """The file of site rules that names are looked for by; None for the one that the workspace names, if any."""


@dataclass(frozen=True)
class Admission:
    """A run that is allowed, and its plan."""

    candidate: Candidate
    authority: Authority
    policies: Policies
    plan: Plan
    resumed: CaseRecord | None
    """The case to go on with; None for a new one."""
    book: RuleBook | None = None
    """The sites that names are looked for at; None where there is no file of them, or no name."""
    proposer: Proposer | None = None
    """The model that may propose; None where the workspace names none."""


def admit(order: Order, desk: Desk) -> Admission:
    """Authorise and plan a run.

    Raises InputError where a file is not what it should be, and RefusedError, after one audit event, where the
    authorisation does not hold.
    """
    candidate = read_record(order.profile, Candidate)
    try:
        return _admit(candidate, _recorded(order.consent), order, desk)
    except RefusedError as error:
        note_refusal(error, desk, candidate)
        raise


def note_refusal(error: RefusedError, desk: Desk, candidate: Candidate) -> None:
    """Write the one audit event of a run that was refused."""
    event = AuditEvent(
        at=desk.clock.now(),
        actor=desk.workspace.settings.operator,
        action=Action.CASE_REFUSED,
        demonstration=desk.demonstration,
        ids={"candidate": candidate.id},
        rules=(error.rule,),
        result="refused",
    )
    desk.log.append(event)


def _recorded(consent: Path | None) -> Path:
    if consent is None or not os.path.lexists(consent):
        raise RefusedError(
            rule="UK-7",
            reason="There is no recorded consent.",
            mend="Record what the candidate agreed to in a file, and give it with --consent FILE.",
        )
    return consent


def _admit(candidate: Candidate, consent: Path, order: Order, desk: Desk) -> Admission:
    authorisation = read_record(consent, Authorisation)
    policies = compose(authorisation, desk.workspace.policy_path)
    resumed = desk.cases.find_resumable(authorisation.id, candidate.digest()) if order.resume else None
    if order.resume and resumed is None:
        raise InputError(where="--resume", expected="a case that stopped, for this profile and consent; there is none")
    authority = Authority(
        consent,
        authorisation,
        candidate,
        policies,
        desk.clock,
        runs_used=desk.cases.runs_used(authorisation.id) - (1 if resumed else 0),
        last_seen=max((at for at in (desk.cases.last_seen_at(), desk.log.last_seen_at()) if at), default=None),
    )
    authority.admit()
    if resumed is not None and resumed.consent_sha256 not in (None, authorisation.terms_sha256()):
        raise RefusedError(
            rule="UK-7",
            reason="The consent record was changed, in more than its events, since the case began.",
            mend="Events are only ever added to a consent; start a new run with the new record.",
        )
    book = _site_rules(candidate, order, desk)
    drawn = plan(
        candidate, authorisation, policies, covered_only=order.covered_only, book=book, standing=desk.standing()
    )
    # Before anything is fetched: a model that is not there, or not the pinned one, stops a run that has not begun.
    proposer = proposer_of(desk.workspace.settings.proposer, desk.workspace.folder)
    return Admission(
        candidate=candidate,
        authority=authority,
        policies=policies,
        plan=drawn.but(proposer=proposer.source if proposer else None),
        resumed=resumed,
        book=book,
        proposer=proposer,
    )


def _site_rules(candidate: Candidate, order: Order, desk: Desk) -> RuleBook | None:
    """Return the rules of the sites, where the candidate gave a name to look for. Raises InputError for a bad file."""
    named = desk.workspace.settings.handles
    path = order.sites or (desk.workspace.folder / named if named else None)
    if path is None or not disclosed_names(candidate):
        return None
    return read_rules(read_bytes(path, limit=MAX_FILE_BYTES + 1), where=str(path))
