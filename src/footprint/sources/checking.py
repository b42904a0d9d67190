"""Ask sources for their canaries: is an account that exists found, and one that nobody has made up not?

Through the gate, with the workspace's own name, pace and keys. What is read is thrown away; what came of it is kept, and
is one event in the log.
"""

from __future__ import annotations

import asyncio
import secrets
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from footprint.admission import Desk
from footprint.collectors.catalog import collector, manifest
from footprint.collectors.interface import Access, Canary, Collector, Known, Manifest
from footprint.errors import InputError
from footprint.model.candidate import Identifier, Provenance, Relation
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import UnknownReason
from footprint.model.kinds import Spelling, kind_of
from footprint.model.record import Id, Line, Record
from footprint.reporting import user_agent
from footprint.sources.keys import keyed_clients
from footprint.sources.standing import Standing
from footprint.sources.trial import Means, Outcome, Room
from footprint.store.switches import Check, read_switches, write_switches
from footprint.web.client import Client
from footprint.web.guard import Guard

AT_ONCE = 4
TOKEN_BYTES = 6
SILENT = frozenset({UnknownReason.ABSENT})
"""What an account that is not there may answer besides nothing."""
ROTTEN = frozenset({UnknownReason.ABSENT, UnknownReason.MALFORMED})
"""What a known account answers where the source has changed, and not where it cannot be reached."""

Result = Literal["passed", "failed", "unknown"]


class Checked(Record):
    """What came of one source."""

    source: Id
    result: Result
    detail: Line
    """Which canary did what; a reason of the closed list, never a word of a page."""


@dataclass(frozen=True)
class Round:
    """How the web is reached, and who watches."""

    guard: Guard = field(default_factory=Guard)
    tls: ssl.SSLContext | None = None
    watch: Callable[[str], None] = lambda source: None
    """Told of each source before it is asked."""
    token: Callable[[int], str] = secrets.token_hex


async def check(desk: Desk, sources: Iterable[str], how: Round) -> tuple[Checked, ...]:
    """Check sources, in the order given, and keep what came of each.

    Raises InputError for a source that is off here, or that has no canary.
    """
    standing = desk.standing()
    chosen = [_checkable(source, standing) for source in sources]
    client = Client(guard=how.guard, user_agent=user_agent(desk.workspace.settings), tls=how.tls)
    keyed = keyed_clients(client, standing, [found.id for found in chosen])
    turns = asyncio.Semaphore(AT_ONCE)
    try:
        with Room(desk.clock) as room:

            async def one(found: Manifest) -> Checked:
                async with turns:
                    how.watch(found.id)
                    means = Means(client, desk.clock, keyed)
                    return await _check(_Subject(found, collector(found.id), standing), room, means, how.token)

            results = await asyncio.gather(*(one(found) for found in chosen))
    finally:
        await client.aclose()
    for result in results:
        _keep(desk, result)
    return tuple(results)


def checkable(standing: Standing, sources: Iterable[str]) -> tuple[str, ...]:
    """Return those of some sources that are on and have canaries."""
    found = [manifest(source) for source in sources]
    return tuple(each.id for each in found if each.canary is not None and standing.is_on(each))


def _checkable(source: str, standing: Standing) -> Manifest:
    found = manifest(source)
    if not standing.is_on(found):
        mend = (
            f"footprint sources on {source} --reason TEXT"
            if found.access is not Access.LINK_ONLY
            else "it is never read"
        )
        raise InputError(where=source, expected="a source that is on in this workspace", mend=mend)
    if found.canary is None:
        raise InputError(where=source, expected="a source with canaries; this one has no account that could be one")
    return found


@dataclass(frozen=True)
class _Subject:
    manifest: Manifest
    reader: Collector
    standing: Standing

    def identifier(self, named: Known, token: str = "") -> Identifier:
        """Return a canary as an identifier; at the operator's own instance where the source is one."""
        switch = self.standing.switches.standing(self.manifest.id)
        own = switch.host if switch is not None and self.manifest.access is Access.OWN else None
        is_search = kind_of(self.manifest.id).spelling is Spelling.QUERY
        return Identifier(
            kind=self.manifest.id,
            value=named.value.replace("{token}", token),
            host=own or named.host,
            provenance=Provenance.CONTROLLER if is_search else Provenance.DECLARED,
            relation=Relation.MENTION if is_search else Relation.OWN,
        )


async def _check(subject: _Subject, room: Room, means: Means, token: Callable[[int], str]) -> Checked:
    canary = subject.manifest.canary
    doubt = None if canary is None else await _known(subject, canary, room, means)
    if canary is None or doubt is not None:
        return doubt or Checked(source=subject.manifest.id, result="unknown", detail="no canary")
    made_up = await room.read(subject.reader, subject.identifier(canary.made_up, token(TOKEN_BYTES)), means)
    if made_up.observations:
        return _told(subject, "failed", "a made-up account is found")
    if made_up.fault or not set(made_up.reasons) <= SILENT:
        return _told(subject, "unknown", f"a made-up account: {_why(made_up)}")
    return _told(subject, "passed", "a known account is found, a made-up one is not")


async def _known(subject: _Subject, canary: Canary, room: Room, means: Means) -> Checked | None:
    """Return None once a known account is found; else what to say of the last one."""
    doubt = None
    for known in canary.known:
        outcome = await room.read(subject.reader, subject.identifier(known), means)
        if outcome.observations:
            return None
        is_rotten = not outcome.fault and set(outcome.reasons) <= ROTTEN
        doubt = _told(subject, "failed" if is_rotten else "unknown", f"a known account: {_why(outcome)}")
    return doubt


def _why(outcome: Outcome) -> str:
    return outcome.fault or ", ".join(outcome.reasons) or "nothing found"


def _told(subject: _Subject, result: Result, detail: str) -> Checked:
    return Checked(source=subject.manifest.id, result=result, detail=detail)


def _keep(desk: Desk, checked: Checked) -> None:
    now = desk.clock.now()
    folder = desk.workspace.folder
    write_switches(
        folder, read_switches(folder).with_check(Check(source=checked.source, at=now, result=checked.result))
    )
    event = AuditEvent(
        at=now,
        actor=desk.workspace.settings.operator,
        action=Action.SOURCE_CHECKED,
        demonstration=desk.demonstration,
        ids={"source": checked.source, "version": manifest(checked.source).version},
        result=checked.result,
    )
    desk.log.append(event)
