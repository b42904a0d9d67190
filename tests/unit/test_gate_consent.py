"""The gate and the consent: whatever happens to the consent on file stops the next request, unless it stays valid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from answers import answering
from footprint.admission import Desk, Order
from footprint.demo.clock import DemoClock
from footprint.errors import RefusedError
from footprint.files import read_record
from footprint.model.authorisation import Authorisation
from footprint.model.event import Action
from gate_hall import ROBOTS, SITE, WIKI_USER, Hall


@pytest.fixture
def hall(desk: Desk, order: Order) -> Hall:
    return Hall(desk, order, {SITE: answering(), ROBOTS: answering(b"User-agent: *\nAllow: /\n", kind="text/plain")})


def withdraw(order: Order, at: str = "2026-11-20T09:00:00Z") -> None:
    event = f'\n[[events]]\nstate = "ConsentWithdrawn"\nat = {at}\nby = "subject"\nmethod = "e-mail"\n'
    path = Path(order.consent)
    path.write_text(path.read_text(encoding="utf-8") + event, encoding="utf-8")


async def test_a_withdrawal_stops_the_next_request(hall: Hall, events) -> None:
    """A withdrawal that is written during a run lets nothing more through."""
    withdraw(hall.order)

    with pytest.raises(RefusedError) as raised:
        await hall.ask()
    assert hall.web.asked == []
    assert events()[-1].rules == (raised.value.rule,)


async def test_a_withdrawal_while_waiting_stops_the_request(hall: Hall) -> None:
    """The consent is asked again after the wait for the pace: a withdrawal in between is seen."""
    hall.web.before = lambda url: withdraw(hall.order)

    with pytest.raises(RefusedError):
        await hall.ask()
    assert hall.web.asked == [ROBOTS]


async def test_a_changed_consent_stops_the_run(hall: Hall) -> None:
    """Only new events may come to a consent while a run goes on."""
    path = Path(hall.order.consent)
    path.write_text(path.read_text(encoding="utf-8").replace("max_visits = 2", "max_visits = 1"), encoding="utf-8")

    with pytest.raises(RefusedError, match="UK-7"):
        await hall.ask()


async def test_a_consent_that_is_gone_stops_the_run(hall: Hall) -> None:
    """A consent file that cannot be read allows nothing."""
    Path(hall.order.consent).unlink()

    with pytest.raises(RefusedError, match="can no longer be read"):
        await hall.ask()


async def test_renewal_during_a_run_is_no_obstacle(hall: Hall) -> None:
    """An event that leaves the consent valid does not stop the run."""
    text = Path(hall.order.consent).read_text(encoding="utf-8")
    event = (
        '\n[[events]]\nstate = "RenewedConsentGiven"\nat = 2026-11-20T09:00:00Z\nby = "subject"\nmethod = "portal"\n'
    )
    Path(hall.order.consent).write_text(text + event, encoding="utf-8")

    assert await hall.ask() == b"<p>Hello</p>"
    assert len(read_record(Path(hall.order.consent), Authorisation).events) == 3


def truncate(consent: Path) -> None:
    consent.write_bytes(consent.read_bytes()[:700])


def turn_in_circles(consent: Path) -> None:
    consent.unlink()
    consent.symlink_to(consent.name)


def lead_elsewhere(consent: Path) -> None:
    other = consent.with_name("other.toml")
    other.write_text(consent.read_text(encoding="utf-8").replace("max_visits = 2", "max_visits = 1"), encoding="utf-8")
    consent.unlink()
    consent.symlink_to(other)


def become_a_folder(consent: Path) -> None:
    consent.unlink()
    consent.mkdir()


def date_back(consent: Path) -> None:
    """A withdrawal of before the consent: out of order, so the record is no record any more."""
    event = '\n[[events]]\nstate = "ConsentWithdrawn"\nat = 2026-11-01T00:00:00Z\nby = "subject"\nmethod = "e-mail"\n'
    consent.write_text(consent.read_text(encoding="utf-8") + event, encoding="utf-8")


def drop_an_event(consent: Path) -> None:
    text = consent.read_text(encoding="utf-8")
    first, _, last = text.rpartition("[[events]]")
    consent.write_text(first.partition("[[events]]")[0] + "[[events]]" + last, encoding="utf-8")


@pytest.mark.parametrize(
    "change", [truncate, turn_in_circles, lead_elsewhere, become_a_folder, date_back, drop_an_event]
)
async def test_a_consent_that_is_touched_stops_the_run(hall: Hall, events, change) -> None:
    """Whatever is done to the file beside adding an event: the next request is not made, and the log says by which rule."""
    await hall.ask()
    asked = list(hall.web.asked)
    change(Path(hall.order.consent))
    with pytest.raises(RefusedError, match="UK-7"):
        await hall.ask("website.feed", "https://maraquill.example/feed.xml")

    assert hall.web.asked == asked
    assert (events()[-1].action, events()[-1].rules) == (Action.REQUEST_WITHHELD, ("UK-7",))


async def test_a_link_to_the_same_consent_is_the_same_consent(hall: Hall) -> None:
    """A file that was moved and linked is read as before."""
    consent = Path(hall.order.consent)
    consent.rename(consent.with_name("moved.toml"))
    consent.symlink_to("moved.toml")

    assert await hall.ask() == b"<p>Hello</p>"


class Oversleeping(DemoClock):
    """A clock on which every wait takes a year."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds + 365 * 86_400)


async def test_a_consent_that_ends_during_the_wait_stops_the_request(desk: Desk, order: Order) -> None:
    """The time counts as it is after the wait: what was allowed before it may not be any more."""
    hall = Hall(replace(desk, clock=Oversleeping()), order, {WIKI_USER: answering(b"{}", kind="application/json")})
    hall.gate._web = replace(hall.gate._web, seconds_between=60)
    await hall.ask("mediawiki.user")
    with pytest.raises(RefusedError, match="UK-7-scope"):
        await hall.ask("mediawiki.userpage")

    assert hall.web.asked == [WIKI_USER]
