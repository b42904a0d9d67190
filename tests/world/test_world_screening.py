"""The straight line on servers that others wrote: profile and consent go in, a report comes out, every step counted."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from world_reader import AT, World

from footprint.admission import Desk, Order
from footprint.after.reproducing import reproduce
from footprint.audit.log import AuditLog, read
from footprint.audit.verify import verify
from footprint.cli.demo import counted_token
from footprint.demo.clock import DemoClock
from footprint.errors import RefusedError
from footprint.files import write_whole
from footprint.model.authorisation import ConsentState, StatusEvent
from footprint.model.candidate import Candidate, Identifier, IdentifierKind
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import UnknownReason
from footprint.model.finding import Category, WithheldReason
from footprint.model.observation import Engagement
from footprint.model.report import Report
from footprint.screening import Outlook, screen
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace
from footprint.web.guard import Guard

pytestmark = pytest.mark.world

THREAT = "I know where you park, and tomorrow I will break both your arms."


@dataclass(frozen=True)
class Run:
    """A run that has ended, and what every party has written of it."""

    report: Report
    workspace: Workspace
    """Open as long as the run is looked at."""
    differences: tuple[str, ...]
    """Where the report, derived again without the network, differs from the one that was issued."""
    events: tuple[AuditEvent, ...]
    log: Path
    asked: tuple[str, ...]
    """What the servers say was asked, also while the report was derived again."""

    @property
    def captures(self) -> list[bytes]:
        """The WARC files of the case, unlocked."""
        found = []
        for name in self.workspace.captures(self.report.case):
            with self.workspace.open_capture(self.report.case, name) as file:
                found.append(file.read())
        return found

    def document(self, name: str) -> str:
        """A document of the case, unlocked."""
        return self.workspace.get_document(self.report.case, name).decode()


@pytest.fixture(scope="module")
def run(wiki: World, social: World, site: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The whole line for Alma Ferrow's three places."""
    with opened(wiki, tmp_path_factory.mktemp("run")) as desk:
        yield screened(wiki, desk, Order(profile=wiki.case / "profile.toml", consent=wiki.case / "consent.toml"))


@pytest.fixture(scope="module")
def closed_doors(wiki: World, social: World, site: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The line for places that are walled, gone, unwilling or not there."""
    folder = tmp_path_factory.mktemp("closed")
    candidate = wiki.candidate.but(identifiers=CLOSED)
    scope = wiki.authorisation.scope.but(identifiers=tuple(identifier.key for identifier in CLOSED))
    authorisation = wiki.authorisation.but(scope=scope)
    write_whole(folder / "profile.json", candidate.canonical())
    write_whole(folder / "consent.json", authorisation.canonical())
    with opened(wiki, folder) as desk:
        yield screened(wiki, desk, Order(profile=folder / "profile.json", consent=folder / "consent.json"))


def page(path: str) -> Identifier:
    """Return a page of the personal site."""
    return Identifier(kind=IdentifierKind.WEBSITE, value=f"https://alma.test/{path}/")


DOORS = (
    (page("members"), UnknownReason.WALL),
    (page("crew"), UnknownReason.WALL),
    (page("quiet"), UnknownReason.OPTED_OUT),
    (page("gone"), UnknownReason.ABSENT),
    (page("drafts"), UnknownReason.ROBOTS),
    (page("away"), UnknownReason.OFF_HOST),
    (page("big"), UnknownReason.OVERSIZE),
    (Identifier(kind=IdentifierKind.MASTODON, value="@nobody@social.test"), UnknownReason.ABSENT),
    (Identifier(kind=IdentifierKind.MEDIAWIKI, value="Nobody There", host="wiki.test"), UnknownReason.ABSENT),
)
CLOSED = tuple(identifier for identifier, _ in DOORS)


def opened(world: World, folder: Path) -> Workspace:
    """Make a workspace with the case's settings and policy."""
    settings, policy = ((world.case / name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    return Workspace.create(folder / "workspace", settings, policy, salt=bytes(32))


def desk_in(workspace: Workspace) -> Desk:
    """Return a desk whose clock stands at the case's moment and never waits."""
    return Desk(
        workspace=workspace,
        log=AuditLog(workspace.audit_path),
        cases=Cases(workspace.database()),
        clock=DemoClock(AT),
        token=counted_token(),
        demonstration=True,
    )


def screened(world: World, workspace: Workspace, order: Order) -> Run:
    """Run the line to its end, and gather what was written of it."""
    before = len(world.asked())
    desk = desk_in(workspace)
    report = asyncio.run(finish(order, desk, Outlook(guard=Guard(pinned=world.pinned), tls=world.tls)))
    return Run(
        report=report,
        workspace=workspace,
        differences=asyncio.run(reproduce(desk, report.case)).differences,
        events=tuple(logged.event for logged in read(workspace.audit_path)),
        log=workspace.audit_path,
        asked=settled(world)[before:],
    )


async def finish(order: Order, desk: Desk, outlook: Outlook) -> Report:
    """Return the report at the end of the line."""
    (report,) = [step async for step in screen(order, desk, outlook) if isinstance(step, Report)]
    return report


def settled(world: World) -> tuple[str, ...]:
    """Return the front's own list of requests: it writes a line when it has sent the answer, a moment later."""
    time.sleep(0.3)
    return world.asked()


def sent(run: Run) -> list[str]:
    """Return the addresses of the report's search log that were asked, as the front writes them."""
    asked = [entry.url for entry in run.report.search_log if not entry.result.startswith("not asked")]
    return [f"{url.removeprefix('https://').partition('/')[0]} /{url.split('/', 3)[3]}" for url in asked]


def records(run: Run) -> Counter[str]:
    """Count the records of the case's captures by type."""
    found: Counter[str] = Counter()
    for capture in run.captures:
        found.update(record.rec_type for record in ArchiveIterator(io.BytesIO(capture)))
    return found


@pytest.mark.parametrize("which", ["run", "closed_doors"])
def test_the_servers_saw_what_the_report_lists(which: str, request: pytest.FixtureRequest) -> None:
    """Every request that reached a server stands in the search log, and nothing stands there that did not."""
    done: Run = request.getfixturevalue(which)

    assert Counter(sent(done)) == Counter(line.rpartition(" ")[0] for line in done.asked)


@pytest.mark.parametrize("which", ["run", "closed_doors"])
def test_each_request_left_one_event(which: str, request: pytest.FixtureRequest) -> None:
    """The audit log has one event a request, and its chain holds up to the head that the report prints."""
    done: Run = request.getfixturevalue(which)

    assert [event.action for event in done.events].count(Action.REQUEST) == len(done.asked)
    assert verify(done.log, done.report.audit_head).size >= done.report.audit_head.size


@pytest.mark.parametrize("which", ["run", "closed_doors"])
def test_each_request_left_one_record(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The capture has a request and an answer (or a note of the failure) for each, and stock tools accept it."""
    done: Run = request.getfixturevalue(which)
    found = records(done)

    assert found["response"] + found["revisit"] + found["metadata"] == len(done.asked)
    assert found["request"] == found["response"] + found["revisit"]
    assert done.captures
    for capture in done.captures:
        (tmp_path / "case.warc.gz").write_bytes(capture)
        checked = subprocess.run(
            [Path(sys.executable).parent / "warcio", "check", tmp_path / "case.warc.gz"],
            capture_output=True,
            check=False,
        )
        assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("which", ["run", "closed_doors"])
def test_the_report_follows_from_what_was_kept(which: str, request: pytest.FixtureRequest) -> None:
    """Derived again from the captures, the consent, the packs and this version, it is the same to the byte."""
    done: Run = request.getfixturevalue(which)

    assert done.differences == ()


def test_the_run_is_marked(run: Run) -> None:
    """Names that lead to loopback make a demonstration, in the report and in every event."""
    assert run.report.demonstration
    assert all(event.demonstration for event in run.events)


def test_robots_txt_was_asked_where_it_applies(run: Run) -> None:
    """The site is asked for its robots.txt; the documented interfaces of wiki and snac are not."""
    assert [line for line in run.asked if "robots.txt" in line] == ["alma.test /robots.txt 200"]


def test_coverage_counts_each_place(run: Run) -> None:
    """What was asked and read at each of the three places, and the one unlisted post, which is left out and counted."""
    counted = {
        covered.source: (covered.asked, covered.answered, covered.observations) for covered in run.report.coverage
    }

    assert counted == {"website": (2, 2, 11), "mastodon": (56, 56, 52), "mediawiki": (5, 5, 130)}
    assert run.report.unknowns == {UnknownReason.OPTED_OUT: 1}


def test_the_threat_is_the_only_plain_finding(run: Run) -> None:
    """Of 194 statements by a talkative ferry pilot one announces violence to a person without anything to explain it."""
    (found,) = [finding for finding in run.report.findings if not finding.needs_context]

    assert THREAT in found.excerpt.text
    assert found.engagement is Engagement.ORIGINAL
    assert [relevance.category for relevance in found.relevances] == [Category.THREATS]
    assert found.source == "mastodon"


def test_the_finding_leads_back_to_the_servers_words(run: Run) -> None:
    """The record that a finding names holds the bytes that snac sent, and the threat is in them."""
    (found,) = [finding for finding in run.report.findings if not finding.needs_context]
    bodies = {}
    for capture in run.captures:
        bodies.update(
            (record.rec_headers.get_header("WARC-Record-ID"), record.content_stream().read())
            for record in ArchiveIterator(io.BytesIO(capture))
        )

    assert THREAT.encode() in bodies[found.record_id]


def test_the_union_post_is_withheld_by_its_rule(run: Run) -> None:
    """What she wrote as a shop steward is excluded, not by its date but as trade union activity."""
    rules = [decision.rule for withheld in run.report.withheld for decision in withheld.rules]

    assert rules.count("TU-1") == 1


def test_what_is_out_of_the_window_is_withheld(run: Run) -> None:
    """Edits and posts from before the first day of the window are excluded, one decision each."""
    before = [
        withheld for withheld in run.report.withheld if "UK-5.1b-window" in {rule.rule for rule in withheld.rules}
    ]

    assert {withheld.source for withheld in before} == {"mastodon", "mediawiki"}
    assert all(withheld.reason is WithheldReason.EXCLUDED for withheld in before)


@pytest.mark.parametrize(
    "words",
    [
        "deserves a beating",  # a guest, on her site
        "smash every window",  # another user who mentions her
        "thrown into his own lock",  # another's post that she answered
        "ought to be drowned",  # another, on her talk page
        "for your eyes only",  # a direct message
        "shop steward of our",  # union activity
        "not be given work on the ferries",  # her counter-speech quotes it
    ],
)
def test_nobody_reads_what_is_not_to_be_read(run: Run, words: str) -> None:
    """Others' words and excluded words are in neither form of the report."""
    written = run.document("report.html") + run.document("report.json")

    assert THREAT in run.document("report.json")
    assert words not in written


@pytest.mark.parametrize(("identifier", "reason"), DOORS, ids=[f"{i.kind}-{r}-{n}" for n, (i, r) in enumerate(DOORS)])
def test_a_closed_door_becomes_an_unknown(closed_doors: Run, identifier: Identifier, reason: UnknownReason) -> None:
    """Each place that could not be read is counted under its own reason, and the run goes on to its end."""
    (covered,) = [found for found in closed_doors.report.coverage if found.identifier == identifier.key]

    assert covered.unknown == {reason: 1}
    assert covered.observations == 0


def test_a_redirect_off_the_plan_is_not_followed(closed_doors: Run) -> None:
    """The page that leads to the wiki's main page was asked; the main page was not."""
    assert "alma.test /away/ 302" in closed_doors.asked
    assert not any("Main_Page" in line for line in closed_doors.asked)


def test_nothing_closed_is_kept(closed_doors: Run) -> None:
    """The drafts were not asked for, and the text of the walled and unwilling pages is in no file of the case."""
    kept = b""
    for capture in closed_doors.captures:
        kept += b"".join(record.content_stream().read() for record in ArchiveIterator(io.BytesIO(capture)))

    assert closed_doors.captures
    assert not any("/drafts/" in line for line in closed_doors.asked)
    assert b"DRAFT-BEHIND-ROBOTS" not in kept
    assert b"asks to be left out" not in kept
    assert b'type="password"' not in kept
    assert b"User-agent: *" in kept


async def test_a_withdrawn_consent_reaches_no_server(world: World, tmp_path: Path) -> None:
    """After a withdrawal the run is refused, one event says so, and the front sees nothing."""
    withdrawn = StatusEvent(state=ConsentState.WITHDRAWN, at=AT, by="subject", method="letter")
    authorisation = world.authorisation.but(events=(*world.authorisation.events, withdrawn))
    write_whole(tmp_path / "consent.json", authorisation.canonical())
    before = world.asked()
    order = Order(profile=world.case / "profile.toml", consent=tmp_path / "consent.json")

    with opened(world, tmp_path) as workspace:
        with pytest.raises(RefusedError):
            await finish(order, desk_in(workspace), Outlook(guard=Guard(pinned=world.pinned), tls=world.tls))
        actions = [logged.event.action for logged in read(workspace.audit_path)]

    assert actions == [Action.CASE_REFUSED]
    assert settled(world) == before


def test_another_persons_consent_reaches_no_server(world: World, tmp_path: Path) -> None:
    """A consent is one person's: with another's profile the run is refused before anything is asked."""
    other: Candidate = world.candidate.but(id="C-WORLD-2")
    write_whole(tmp_path / "profile.json", other.canonical())
    before = world.asked()

    with opened(world, tmp_path) as workspace, pytest.raises(RefusedError):
        order = Order(profile=tmp_path / "profile.json", consent=world.case / "consent.toml")
        asyncio.run(finish(order, desk_in(workspace), Outlook(guard=Guard(pinned=world.pinned), tls=world.tls)))

    assert settled(world) == before
