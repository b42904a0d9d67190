"""A consent that is withdrawn while a run is at work, against servers that others wrote: nothing reaches them after it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from world_reader import AT, World

from footprint.admission import Desk, Order
from footprint.audit.log import AuditLog, read
from footprint.cli.demo import counted_token
from footprint.demo.clock import DemoClock
from footprint.errors import RefusedError
from footprint.files import write_whole
from footprint.ledger import Tally
from footprint.model.authorisation import ConsentState, StatusEvent
from footprint.model.event import Action
from footprint.screening import Outlook, screen
from footprint.store.cases import Cases, CaseState
from footprint.store.workspace import Workspace
from footprint.web.guard import Guard

pytestmark = pytest.mark.world


def settled(world: World) -> tuple[str, ...]:
    """Return the servers' own list of requests: it is written when an answer has been sent, a moment later."""
    time.sleep(0.3)
    return world.asked()


@dataclass
class Withdrawal:
    """Writes the withdrawal into the consent as soon as so many requests were answered, as a colleague at another desk would."""

    world: World
    consent: Path
    after: int
    answered: dict[str, int] = field(default_factory=dict)
    before: tuple[str, ...] | None = None
    """What the servers had been asked when the withdrawal stood in the file; None while it does not."""

    def __call__(self, identifier: str, tally: Tally) -> None:
        """Take note of a count, and withdraw once."""
        self.answered[identifier] = tally.answered
        if self.before is None and sum(self.answered.values()) >= self.after:
            event = StatusEvent(state=ConsentState.WITHDRAWN, at=AT, by="subject", method="letter")
            authorisation = self.world.authorisation
            write_whole(self.consent, authorisation.but(events=(*authorisation.events, event)).canonical())
            self.before = settled(self.world)


@pytest.mark.parametrize("after", [1, 2, 5, 9])
async def test_nothing_reaches_a_server_after_a_withdrawal(
    wiki: World, social: World, site: World, tmp_path: Path, after: int
) -> None:
    """The run ends before the next request; the servers' own log ends with the last one before; the case stands as stopped."""
    consent = tmp_path / "consent.json"
    write_whole(consent, wiki.authorisation.canonical())
    start = len(settled(wiki))
    withdrawal = Withdrawal(wiki, consent, after)
    settings, policy = ((wiki.case / name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    with Workspace.create(tmp_path / "workspace", settings, policy, salt=bytes(32)) as workspace:
        cases = Cases(workspace.database())
        desk = Desk(
            workspace, AuditLog(workspace.audit_path), cases, DemoClock(AT), counted_token(), demonstration=True
        )
        # One identifier at a time, so that no request is on its way when the withdrawal comes.
        outlook = Outlook(guard=Guard(pinned=wiki.pinned), tls=wiki.tls, at_once=1, watch=withdrawal)
        order = Order(profile=wiki.case / "profile.toml", consent=consent)
        with pytest.raises(RefusedError, match="UK-7"):
            async for _ in screen(order, desk, outlook):
                pass
        events = [logged.event for logged in read(workspace.audit_path)]
        (case,) = cases.list()

    assert withdrawal.before is not None
    assert settled(wiki) == withdrawal.before
    assert len(withdrawal.before) - start == [event.action for event in events].count(Action.REQUEST) >= after
    assert events[-1].action is Action.CASE_STOPPED
    assert case.state is CaseState.STOPPED
