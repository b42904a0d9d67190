"""The gate: what passes, what does not, and what each leaves behind."""

from __future__ import annotations

import asyncio

import pytest

from answers import answering
from footprint.admission import Desk, Order
from footprint.errors import SourceStopped, UnreadableError
from footprint.gate import MAX_REDIRECTS
from footprint.model.event import Action
from footprint.model.evidence import UnknownReason
from footprint.model.plan import Request
from footprint.model.report import StopReason
from gate_hall import ROBOTS, SITE, Hall


@pytest.fixture
def hall(desk: Desk, order: Order) -> Hall:
    return Hall(desk, order, {SITE: answering(), ROBOTS: answering(b"User-agent: *\nAllow: /\n", kind="text/plain")})


async def test_a_page_leaves_one_record_one_row_and_one_event(hall: Hall, events) -> None:
    """Each request, robots.txt too, leaves one audit event, one row and one line of the search log."""
    before = len(events())

    assert await hall.ask() == b"<p>Hello</p>"
    new = events()[before:]
    assert [event.action for event in new] == [Action.REQUEST, Action.REQUEST]
    assert [event.ids["planned"] for event in new] == ["robots", "website.page"]
    assert [evidence.id for evidence in hall.case.evidence.all()] == ["E0001", "E0002"]
    assert hall.ledger.search_log[0].purpose == "robots.txt"


async def test_no_event_holds_an_address(hall: Hall, workspace) -> None:
    """The log holds neither the address nor the handle of the candidate."""
    await hall.ask()

    assert b"maraquill" not in workspace.audit_path.read_bytes()


async def test_the_same_page_is_not_asked_twice_in_a_case(hall: Hall) -> None:
    """What this case has read is handed out again without a visit."""
    first = await hall.ask()
    hall.gate._used.clear()

    assert await hall.ask() == first
    assert hall.web.asked == [ROBOTS, SITE]


async def test_an_address_off_the_plan_is_not_asked(hall: Hall, events) -> None:
    """What `footprint plan` did not print is not fetched, and the log says that it was not."""
    assert await hall.refused(url="https://maraquill.example/diary") is UnknownReason.OFF_PLAN
    assert hall.web.asked == []
    assert events()[-1].action is Action.REQUEST_WITHHELD


async def test_a_line_of_the_plan_cannot_be_made_up(hall: Hall, events) -> None:
    """A collector cannot bring its own line of the plan."""
    forged = hall.planned("website.page").but(template="https://elsewhere.example/")

    with pytest.raises(UnreadableError, match="off_plan"):
        await hall.gate.fetch(Request(planned=forged, url="https://elsewhere.example/"))
    assert hall.web.asked == []
    assert events()[-1].result == "unknown:off_plan"


async def test_more_requests_than_planned_are_not_made(hall: Hall) -> None:
    """A template may be used as often as the plan says and no more."""
    feed = "https://maraquill.example/feed.xml"
    hall.web.answers[feed] = answering(kind="application/atom+xml")
    await hall.ask("website.feed", feed)

    assert await hall.refused("website.feed", feed + "?again") is UnknownReason.BUDGET
    assert hall.ledger.tallies["website:https://maraquill.example/"].stop is StopReason.LIMIT


async def test_robots_are_obeyed(hall: Hall) -> None:
    """A page that robots.txt disallows is not asked for."""
    hall.web.answers[ROBOTS] = answering(b"User-agent: *\nDisallow: /\n", kind="text/plain")

    assert await hall.refused() is UnknownReason.ROBOTS
    assert hall.web.asked == [ROBOTS]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(UnreadableError(UnknownReason.TIMEOUT), id="no answer"),
        pytest.param(answering(b"", status=503), id="server error"),
        pytest.param(answering(b"", status=301, Location="https://elsewhere.example/robots.txt"), id="redirect"),
    ],
)
async def test_robots_that_cannot_be_read_mean_no(hall: Hall, answer) -> None:
    """RFC 9309 2.3.1.4: where robots.txt cannot be reached, nothing may be read."""
    hall.web.answers[ROBOTS] = answer

    assert await hall.refused() is UnknownReason.ROBOTS


async def test_a_redirected_robots_is_followed_on_the_planned_hosts(hall: Hall) -> None:
    """RFC 9309 2.3.1.2: a robots.txt that moved is read where it is now."""
    hall.web.answers[ROBOTS] = answering(b"", status=301, Location="/new-robots.txt")
    hall.web.answers[SITE + "new-robots.txt"] = answering(b"User-agent: *\nDisallow: /\n", kind="text/plain")

    assert await hall.refused() is UnknownReason.ROBOTS
    assert hall.web.asked == [ROBOTS, SITE + "new-robots.txt"]


async def test_robots_that_go_round_in_circles_mean_no(hall: Hall) -> None:
    """A robots.txt that leads only to itself allows nothing."""
    hall.web.answers[ROBOTS] = answering(b"", status=301, Location="/robots.txt")

    assert await hall.refused() is UnknownReason.ROBOTS
    assert hall.web.asked == [ROBOTS] * (MAX_REDIRECTS + 1)


async def test_an_interrupted_request_is_recorded(hall: Hall, events) -> None:
    """What was sent when Ctrl-C came leaves its event all the same."""

    def cancel(url: str) -> None:
        raise asyncio.CancelledError

    hall.web.before = cancel
    with pytest.raises(asyncio.CancelledError):
        await hall.ask()

    assert events()[-1].result == "unknown:interrupted"


async def test_missing_robots_mean_yes(hall: Hall) -> None:
    """RFC 9309 2.3.1.3: 404 allows everything."""
    del hall.web.answers[ROBOTS]

    assert await hall.ask() == b"<p>Hello</p>"


async def test_robots_are_asked_for_once_a_run(hall: Hall) -> None:
    """One robots.txt a host a run."""
    feed = "https://maraquill.example/feed.xml"
    hall.web.answers[feed] = answering(kind="application/atom+xml")
    await hall.ask()
    await hall.ask("website.feed", feed)

    assert hall.web.asked.count(ROBOTS) == 1


async def test_a_documented_interface_is_not_asked_for_robots(hall: Hall) -> None:
    """ADR 0009: a manifest may say that robots.txt does not apply."""
    url = hall.planned("mediawiki.user").template
    hall.web.answers[url] = answering(b"{}", kind="application/json")
    await hall.ask("mediawiki.user")

    assert hall.web.asked == [url]


async def test_a_failed_request_is_recorded_and_counted(hall: Hall, events) -> None:
    """A time-out leaves a record, an event and an Unknown, and the run can go on."""
    hall.web.answers[SITE] = UnreadableError(UnknownReason.TIMEOUT, "20 s")

    assert await hall.refused() is UnknownReason.TIMEOUT
    assert events()[-1].result == "unknown:timeout"
    assert [unknown.reason for unknown in hall.ledger.unknowns] == [UnknownReason.TIMEOUT]
    assert hall.case.evidence.unknowns() == tuple(hall.ledger.unknowns)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (answering(status=401), UnknownReason.WALL),
        (answering(status=404), UnknownReason.ABSENT),
        (answering(status=500), UnknownReason.SERVER_ERROR),
        (answering(X_Robots_Tag="noindex"), UnknownReason.OPTED_OUT),
    ],
)
async def test_a_closed_page_keeps_no_body(hall: Hall, answer, reason: UnknownReason) -> None:
    """A wall or an opt-out becomes an Unknown; the body is not kept and not handed out later."""
    hall.web.answers[SITE] = answer

    assert await hall.refused() is reason
    kept = hall.case.evidence.all()[-1]
    assert (kept.bytes, kept.is_page) == (0, False)


async def test_a_host_that_asks_for_a_long_pause_is_left_alone(hall: Hall) -> None:
    """429 stops the source; where it asks for more than two minutes the next request is not made."""
    hall.web.answers[SITE] = answering(status=429, Retry_After="3600")
    with pytest.raises(SourceStopped):
        await hall.ask()
    asked = list(hall.web.asked)

    assert await hall.refused("website.feed", "https://maraquill.example/feed.xml") is UnknownReason.RATE_LIMITED
    assert hall.web.asked == asked
    assert hall.ledger.tallies["website:https://maraquill.example/"].stop is StopReason.STOPPED


async def test_a_redirect_on_the_planned_hosts_is_followed(hall: Hall) -> None:
    """A redirect is a request of its own, with its own record."""
    hall.web.answers[SITE] = answering(b"", status=301, Location="/home")
    hall.web.answers[SITE + "home"] = answering(b"<p>Home</p>")

    assert await hall.ask() == b"<p>Home</p>"
    assert [evidence.status for evidence in hall.case.evidence.all()] == [200, 301, 200]


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "http://maraquill.example/", "https://social.example/@mara"]
)
async def test_a_redirect_elsewhere_is_not_followed(hall: Hall, target: str) -> None:
    """Not to another host, not to another source's host, and never down to http."""
    hall.web.answers[SITE] = answering(b"", status=302, Location=target)

    assert await hall.refused() is UnknownReason.OFF_HOST
    assert target not in hall.web.asked


async def test_a_redirect_loop_ends(hall: Hall) -> None:
    """Redirects that never end are given up, and the budget of visits holds on the way."""
    for step in range(MAX_REDIRECTS + 2):
        hall.web.answers[SITE if step == 0 else f"{SITE}{step}"] = answering(b"", status=302, Location=f"/{step + 1}")

    assert await hall.refused() is UnknownReason.TRANSPORT
    assert len(hall.web.asked) == MAX_REDIRECTS + 2


async def test_the_budget_of_visits_holds_over_cases(desk: Desk, order: Order) -> None:
    """RIPA-2: an address is visited at most twice for one person, whatever the case."""
    answers = {SITE: answering(), ROBOTS: answering(b"", kind="text/plain")}
    for _ in range(2):
        await Hall(desk, order, answers).ask()
    third = Hall(desk, order, answers)

    assert await third.refused() is UnknownReason.BUDGET
    assert SITE not in third.web.asked


@pytest.mark.parametrize(
    ("status", "target", "reason"),
    [(403, "", UnknownReason.WALL), (410, "", UnknownReason.ABSENT), (302, "https://x.test/", UnknownReason.OFF_HOST)],
)
async def test_what_was_closed_stays_so_when_the_visits_are_used_up(
    hall: Hall, status: int, target: str, reason: UnknownReason
) -> None:
    """A case that is resumed again and again asks a closed place twice, and then says again what it found there."""
    hall.web.answers[SITE] = answering(b"", status=status, **({"Location": target} if target else {}))
    for _ in range(3):
        hall.gate._used.clear()  # each resumed run begins its own count

        assert await hall.refused() is reason

    key = "website:https://maraquill.example/"
    assert hall.web.asked.count(SITE) == 2
    assert (hall.ledger.tallies[key].asked, hall.ledger.tallies[key].unknown) == (3, {reason: 3})


async def test_a_source_that_asked_for_a_long_pause_stays_stopped(hall: Hall) -> None:
    """Also where its visits are used up: nothing more is asked of it."""
    hall.web.answers[SITE] = answering(b"", status=429)
    for _ in range(3):
        hall.gate._used.clear()
        with pytest.raises(SourceStopped):
            await hall.ask()

    assert hall.web.asked.count(SITE) == 2


async def test_a_resumed_case_does_not_ask_for_robots_again(hall: Hall) -> None:
    """What robots.txt said before the interruption holds for the rest of the case."""
    await hall.ask()
    feed = "https://maraquill.example/feed.xml"
    hall.web.answers[feed] = answering(kind="application/atom+xml")
    hall.gate._robots.clear()
    await hall.ask("website.feed", feed)

    assert hall.web.asked == [ROBOTS, SITE, feed]


async def test_a_page_that_may_not_be_used_is_counted_once(hall: Hall) -> None:
    """What a collector finds unusable after it was read is an Unknown of the request that was made last."""
    await hall.ask()
    key = "website:https://maraquill.example/"
    error = UnreadableError(UnknownReason.MALFORMED, "no feed")
    hall.ledger.miss_page(key, error)
    hall.ledger.miss_page(key, error)

    assert hall.ledger.tallies[key].unknown == {UnknownReason.MALFORMED: 1}


def test_what_was_never_asked_is_not_counted(hall: Hall) -> None:
    """An identifier of which nothing was asked has nothing to miss."""
    key = "website:https://maraquill.example/"
    hall.ledger.miss_page(key, UnreadableError(UnknownReason.MALFORMED))

    assert hall.ledger.unknowns == []
