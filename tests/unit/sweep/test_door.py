"""The second door: the same steps before every question, and nothing of a stranger kept."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from answers import answering
from footprint.admission import Desk, Order, admit
from footprint.audit.log import AuditLog, read
from footprint.casefile import CaseFile
from footprint.collectors.handles import Probe, Purpose, examine
from footprint.collectors.handles_reading import Answer
from footprint.collectors.handles_rules import SiteRule
from footprint.demo.clock import DemoClock
from footprint.errors import RefusedError, UnreadableError
from footprint.ledger import Ledger
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import UnknownReason
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace
from footprint.sweep.books import Books
from footprint.sweep.door import EACH_AT_MOST, Door, Street
from footprint.web.client import Exchange
from footprint.web.pace import Pace
from footprint.web.recorder import Recorder
from site_town import CARD, NAME, Town, make_place

KEY = f"handles:{NAME}"
MADE_UP = "zq0123456789"
ROBOTS = "http://found.test/robots.txt"


class Sites:
    """A web that is a dictionary, as the client of the door."""

    def __init__(self) -> None:
        self.said: dict[str, Exchange | UnreadableError] = {}
        self.asked: list[str] = []
        self.before: Callable[[str], None] = lambda url: None
        self.hangs = False

    async def get(self, url: str, *, accept: str, max_bytes: int, error_bytes: int) -> Exchange:
        self.asked.append(url)
        self.before(url)
        if self.hangs:
            await asyncio.sleep(60)
        answer = self.said.get(url, answering(b"<p>nobody here", status=404))
        if isinstance(answer, UnreadableError):
            raise answer
        return replace(answer, url=url)


class Way:
    """A door on an opened case, over sites that are a dictionary."""

    def __init__(self, folder: Path) -> None:
        self.place = folder
        workspace = Workspace.open(folder)
        self.desk = Desk(
            workspace,
            AuditLog(workspace.audit_path),
            Cases(workspace.database()),
            DemoClock(),
            secrets.token_hex,
        )
        self.sites = Sites()
        self.open()

    def open(self) -> None:
        order = Order(profile=self.place / "profile.toml", consent=self.place / "consent.toml")
        self.admission = admit(order, self.desk)
        self.case = CaseFile.open(self.desk, self.admission)
        self.hang_door()

    def hang_door(self) -> None:
        recorder = Recorder(
            self.case.folder,
            f"{self.case.recording}x{len(self.sites.asked)}",
            software="footprint",
            robots_policy="obeyed",
            user_agent="footprint",
        )
        self.ledger = Ledger(self.case, self.admission.plan, recorder, lambda *_: None)
        sweep = self.admission.plan.sweep
        assert sweep is not None
        self.door = Door(
            self.case,
            self.admission.authority,
            sweep,
            Street(self.sites, Pace(self.desk.clock)),  # type: ignore[arg-type]  # a web that is a dictionary
            Books(self.case, recorder),
            self.ledger,
            names={KEY: NAME},
            made_up=MADE_UP,
        )

    def site(self, name: str = "found.test") -> SiteRule:
        assert self.admission.book is not None
        return next(site for site in self.admission.book.sites if site.name == name)

    async def ask(self, name: str = NAME, purpose: Purpose = Purpose.ACCOUNT, **changes: object) -> Answer:
        site = self.site()
        probe = Probe(site, name, KEY, purpose, site.address(name) or "")
        return await self.door(replace(probe, **changes))  # type: ignore[arg-type]  # a table of fields

    async def refused(self, name: str = NAME, **changes: object) -> UnknownReason:
        with pytest.raises(UnreadableError) as raised:
            await self.ask(name, **changes)  # type: ignore[arg-type]  # a table of fields
        return UnknownReason(raised.value.reason)

    def events(self, action: Action) -> list[AuditEvent]:
        return [line.event for line in read(self.desk.workspace.audit_path) if line.event.action is action]


@pytest.fixture
def way(tmp_path: Path) -> Way:
    made = Way(make_place(tmp_path / "w", Town()))
    yield made
    made.desk.workspace.close()


def here(name: str = NAME) -> Exchange:
    return answering(CARD.format(name=name).encode())


async def test_an_answer_comes_back_with_its_evidence(way: Way) -> None:
    """A page is handed in with the id of the record that was kept before."""
    way.sites.said[f"http://found.test/u/{NAME}"] = here()

    answer = await way.ask()

    kept = {evidence.id: evidence for evidence in way.case.evidence.all(KEY)}[answer.evidence]
    assert (answer.status, kept.planned, kept.truncated) == (200, "handles.account", False)
    assert way.case.read_again(kept).body == answer.body


async def test_a_redirect_and_a_404_are_answers(way: Way) -> None:
    """Neither is followed or refused."""
    way.sites.said[f"http://found.test/u/{NAME}"] = answering(b"", status=302, Location="/gone")

    assert (await way.ask()).location == "http://found.test/gone"
    assert (await way.ask(MADE_UP, Purpose.MADE_UP)).status == 404
    assert "http://found.test/gone" not in way.sites.asked


async def test_of_a_canary_only_the_head_is_kept(way: Way) -> None:
    """A stranger's page is read for its marks, and none of it stays."""
    way.sites.said["http://found.test/u/inkwell"] = here("inkwell")

    answer = await way.ask("inkwell", Purpose.KNOWN)

    (kept,) = [each for each in way.case.evidence.all(KEY) if each.planned == "handles.known"]
    assert b"inkwell" in answer.body
    assert (kept.bytes, kept.truncated) == (0, True)
    assert way.case.read_again(kept).body == b""


async def test_of_a_wall_only_the_head_is_kept_and_the_log_names_the_rule(way: Way) -> None:
    """What may not be used is not kept."""
    way.sites.said[f"http://found.test/u/{NAME}"] = answering(b"Go away", status=403)

    answer = await way.ask()

    assert answer.shut is not None
    assert way.case.evidence.all(KEY)[-1].bytes == 0
    event = way.events(Action.REQUEST)[-1]
    assert (event.result, event.rules) == ("unknown:wall", ("WALL-STATUS",))


OUTSIDE = [
    pytest.param({"name": "quillmara"}, id="another name"),
    pytest.param({"purpose": Purpose.KNOWN}, id="the name as a canary"),
    pytest.param({"name": "zq99", "purpose": Purpose.MADE_UP}, id="another made-up name"),
    pytest.param({"identifier": "handles:else"}, id="another identifier"),
    pytest.param({"url": "http://found.test/settings"}, id="another address"),
]


@pytest.mark.parametrize("changes", OUTSIDE)
async def test_what_the_plan_does_not_name_is_not_asked(way: Way, changes: dict[str, object]) -> None:
    """A site, a name or an address outside the plan is refused before anything is sent."""
    name = str(changes.pop("name", NAME))
    if changes.get("identifier"):
        with pytest.raises(RefusedError):
            await way.ask(name, **changes)  # type: ignore[arg-type]  # a table of fields
    else:
        assert await way.refused(name, **changes) is UnknownReason.OFF_PLAN
    assert way.sites.asked == []
    assert way.events(Action.REQUEST_WITHHELD)


async def test_a_site_outside_the_plan_is_not_asked(way: Way) -> None:
    """A rule that was changed since the plan was drawn is another site."""
    changed = way.site().model_copy(update={"uri_check": "http://found.test/v/{account}"})

    assert await way.refused(site=changed, url=f"http://found.test/v/{NAME}") is UnknownReason.OFF_PLAN


async def test_one_address_is_asked_twice_at_most(way: Way) -> None:
    """Once, and once more after a pause."""
    for _ in range(EACH_AT_MOST):
        await way.ask(MADE_UP, Purpose.MADE_UP)

    assert await way.refused(MADE_UP, purpose=Purpose.MADE_UP) is UnknownReason.BUDGET


async def test_the_consent_is_asked_again_before_every_question(way: Way) -> None:
    """A withdrawal between two questions stops the second; robots.txt was asked already."""
    path = way.place / "consent.toml"
    withdrawn = (
        '\n[[events]]\nstate = "ConsentWithdrawn"\nat = 2026-11-20T09:00:10Z\nby = "subject"\nmethod = "letter"\n'
    )

    def withdraw(url: str) -> None:
        text = path.read_text("utf-8")
        path.write_text(text if "Withdrawn" in text else text + withdrawn, encoding="utf-8")

    way.sites.before = withdraw
    await way.desk.clock.sleep(60)

    with pytest.raises(RefusedError):
        await way.ask()
    assert way.sites.asked == [ROBOTS]
    assert way.events(Action.REQUEST_WITHHELD)[-1].result == "refused"


ROBOTS_CASES = [
    pytest.param(answering(b"User-agent: *\nDisallow: /u/", kind="text/plain"), False, id="disallowed"),
    pytest.param(answering(b"User-agent: *\nDisallow: /x/", kind="text/plain"), True, id="allowed"),
    pytest.param(answering(b"", status=404), True, id="none"),
    pytest.param(answering(b"", status=503), False, id="unreachable"),
    pytest.param(UnreadableError(UnknownReason.TIMEOUT), False, id="no answer"),
    pytest.param(answering(b"", status=301, Location="https://www.found.test/robots.txt"), True, id="moved near"),
    pytest.param(answering(b"", status=301, Location="https://elsewhere.test/robots.txt"), False, id="moved away"),
    pytest.param(answering(b"", status=301, Location=ROBOTS), False, id="in circles"),
]


@pytest.mark.parametrize(("robots", "is_asked"), ROBOTS_CASES)
async def test_robots_is_obeyed(way: Way, robots: Exchange | UnreadableError, is_asked: bool) -> None:
    """What a site asks of machines holds for names too; where it cannot be read, the site is left alone."""
    way.sites.said[ROBOTS] = robots

    if is_asked:
        assert (await way.ask()).status == 404
    else:
        assert await way.refused() is UnknownReason.ROBOTS
    assert (f"http://found.test/u/{NAME}" in way.sites.asked) is is_asked
    assert not any("elsewhere" in url for url in way.sites.asked)


async def test_robots_is_asked_for_once(way: Way) -> None:
    """One robots.txt a site a run."""
    await way.ask()
    await way.ask(MADE_UP, Purpose.MADE_UP)

    assert way.sites.asked.count(ROBOTS) == 1


async def test_a_site_that_asks_for_a_long_pause_is_left_alone(way: Way) -> None:
    """After a Retry-After of an hour nothing more is asked."""
    way.sites.said["http://found.test/u/inkwell"] = answering(b"", status=429, Retry_After="3600")

    answer = await way.ask("inkwell", Purpose.KNOWN)

    assert answer.wait > 3000
    assert await way.refused() is UnknownReason.RATE_LIMITED


async def test_visits_to_an_account_are_counted_over_all_runs(way: Way) -> None:
    """The third visit to one address about one person is refused; canaries have no such limit."""
    for run in range(2):
        if run:
            way.open()
        await way.ask()
        await way.ask("inkwell", Purpose.KNOWN)
    way.open()

    await way.ask("inkwell", Purpose.KNOWN)
    assert await way.refused() is UnknownReason.BUDGET


async def test_a_resumed_case_reads_out_what_it_was_told(way: Way) -> None:
    """The account's answer is taken from the record, without a second visit; robots.txt too."""
    way.sites.said[f"http://found.test/u/{NAME}"] = here()
    way.sites.said[ROBOTS] = answering(b"User-agent: *\nDisallow: /x/", kind="text/plain")
    first = await way.ask()
    asked = len(way.sites.asked)

    way.hang_door()
    again = await way.ask()
    await way.ask(MADE_UP, Purpose.MADE_UP)

    assert (again.status, again.body, again.evidence) == (first.status, first.body, first.evidence)
    assert way.sites.asked[asked:] == [f"http://found.test/u/{MADE_UP}"]


async def test_a_question_without_an_answer_is_written_down(way: Way) -> None:
    """The request has its record and its event, with the reason."""
    way.sites.said[f"http://found.test/u/{NAME}"] = UnreadableError(UnknownReason.TIMEOUT)

    assert await way.refused() is UnknownReason.TIMEOUT
    assert way.events(Action.REQUEST)[-1].result == "unknown:timeout"


async def test_a_question_that_was_cut_off_is_written_down(way: Way) -> None:
    """Ctrl-C while an answer is awaited leaves a record that says so."""
    way.sites.hangs = True
    task = asyncio.create_task(way.ask())
    while not way.sites.asked:
        await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert way.events(Action.REQUEST)[-1].result == "unknown:interrupted"


async def test_questions_of_one_moment_are_written_together(way: Way) -> None:
    """Many sites' answers make one write of the log; each has its own event, and all verdicts stand."""
    writes: list[int] = []
    append_all = way.desk.log.append_all
    way.desk.log.append_all = lambda events: (writes.append(len(events)), append_all(events))[1]  # type: ignore[method-assign]
    assert way.admission.book is not None

    examined = await asyncio.gather(
        *(examine(site, {KEY: NAME}, way.door, made_up=MADE_UP) for site in way.admission.book.sites)
    )

    assert len(examined) == 7
    assert max(writes) > 1
    assert sum(writes) == len(way.sites.asked)
