"""The sweep over many sites: bounded, shown, and taken up again where it stopped."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from footprint.clock import FineClock
from footprint.collectors.handles import Probe
from footprint.collectors.handles_reading import Answer
from footprint.collectors.handles_rules import SiteRule
from footprint.errors import RefusedError, UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.presence import CanaryPass, Presence, PresenceBook, SiteResult
from footprint.sweep.presence import SAVED_EVERY, Journal, Progress, Round, basis_of, total
from footprint.sweep.presence import sweep as sweep_sites

NAMES = {"handles:maraquill": "maraquill"}
BASIS = basis_of("0" * 64, NAMES)
MADE_UP = "zq0123456789"


def site(number: int) -> SiteRule:
    return SiteRule(
        name=f"Site {number}",
        uri_check=f"https://site{number}.example/" + "{account}",
        e_code=200,
        e_string="member-card",
        m_code=404,
        m_string="",
        known=["inkwell"],
        cat="hobby",
    )


class Town:
    """Sites where the known account is, and the candidate's at even numbers; site 3 never answers."""

    def __init__(self, refuse_after: int = 1000) -> None:
        self.asked: list[str] = []
        self.open = self.peak = 0
        self.refuse_after = refuse_after

    async def __call__(self, probe: Probe) -> Answer:
        if len(self.asked) >= self.refuse_after:
            raise RefusedError(rule="UK-13", reason="withdrawn", mend="ask")
        self.asked.append(probe.url)
        self.open += 1
        self.peak = max(self.peak, self.open)
        await asyncio.sleep(0)
        self.open -= 1
        if "site3." in probe.url:
            raise UnreadableError(UnknownReason.TIMEOUT)
        name = probe.url.rpartition("/")[2]
        number = int(probe.url.partition("site")[2].partition(".")[0])
        is_here = name == "inkwell" or (name == "maraquill" and number % 2 == 0)
        return Answer(200, b"member-card") if is_here else Answer(404)


async def sweep(
    sites: tuple[SiteRule, ...], names: dict[str, str], town: Town, *, made_up: str = MADE_UP, **options: object
) -> tuple[SiteResult, ...]:
    canaries = options.pop("canaries", None)
    now = lambda: datetime(2026, 11, 20, 9, tzinfo=UTC)  # noqa: E731
    round_ = Round(names, town, made_up, now, canaries)  # type: ignore[arg-type]  # a table of options
    return await sweep_sites(sites, round_, **options)  # type: ignore[arg-type]


SITES = tuple(site(number) for number in range(6))


async def test_every_site_gets_its_verdict_in_the_order_of_the_rules() -> None:
    """Results come in the order of the file, whatever answered first."""
    results = await sweep(SITES, NAMES, Town(), made_up=MADE_UP)

    assert [result.site for result in results] == [each.name for each in SITES]
    said = [result.verdicts[0].presence for result in results]
    assert said == [
        Presence.FOUND,
        Presence.NOT_FOUND,
        Presence.FOUND,
        Presence.UNKNOWN,
        Presence.FOUND,
        Presence.NOT_FOUND,
    ]


@pytest.mark.parametrize("at_once", [1, 3])
async def test_no_more_sites_than_allowed_are_examined_at_once(at_once: int) -> None:
    """The bound on sites in progress holds, and is used."""
    town = Town()

    await sweep(SITES, NAMES, town, made_up=MADE_UP, in_progress=at_once)

    assert town.peak == at_once


async def test_progress_counts_what_came_of_each_site() -> None:
    """Whoever watches sees the sites done and what was found, not found and unknown, by reason."""
    seen: list[int] = []
    last: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress.done)
        last[:] = [progress]

    results = await sweep(SITES, NAMES, Town(), made_up=MADE_UP, watch=watch)

    assert seen == [1, 2, 3, 4, 5, 6]
    assert (last[0].found, last[0].not_found, dict(last[0].unknown)) == (3, 2, {UnknownReason.TIMEOUT: 1})
    assert total(results) == last[0]


async def test_nothing_is_asked_without_a_name() -> None:
    """Where no name was disclosed, not even a canary is sent."""
    town = Town()

    assert await sweep(SITES, {}, town, made_up=MADE_UP) == ()
    assert town.asked == []


async def test_a_refusal_stops_the_run_and_keeps_what_was_finished() -> None:
    """Where the authorisation ends, the run ends; the sites done until then are saved."""
    saved: list[PresenceBook] = []
    journal = Journal(BASIS, save=saved.append)

    with pytest.raises(RefusedError):
        await sweep(SITES, NAMES, Town(refuse_after=6), journal=journal, in_progress=1)

    assert sorted(result.site for result in saved[-1].results) == ["Site 0", "Site 1"]


async def test_a_stopped_run_goes_on_without_asking_again() -> None:
    """The results of finished sites are taken from what was kept; only the others are asked."""
    saved: list[PresenceBook] = []
    with pytest.raises(RefusedError):
        await sweep(SITES, NAMES, Town(refuse_after=6), journal=Journal(BASIS, save=saved.append), in_progress=1)
    whole = await sweep(SITES, NAMES, Town())

    town = Town()
    assert await sweep(SITES, NAMES, town, journal=Journal(BASIS, saved[-1], save=saved.append)) == whole
    assert not any("site0." in url or "site1." in url for url in town.asked)
    assert len(saved[-1].results) == 6


async def test_results_are_saved_every_few_sites() -> None:
    """A run that is killed loses the newest few sites and no more."""
    saved: list[int] = []
    sites = tuple(site(number) for number in range(2 * SAVED_EVERY + 3))

    await sweep(sites, NAMES, Town(), journal=Journal(BASIS, save=lambda book: saved.append(len(book.results))))

    assert saved == [SAVED_EVERY, 2 * SAVED_EVERY, 2 * SAVED_EVERY + 3]


@pytest.mark.parametrize(
    "basis",
    [
        pytest.param(basis_of("1" * 64, NAMES), id="other rules"),
        pytest.param(basis_of("0" * 64, {"a": "quillmara"}), id="other names"),
    ],
)
async def test_results_of_another_basis_are_not_taken_up(basis: object) -> None:
    """Results are taken up only where rules and names are the same."""
    kept = PresenceBook(basis=basis, results=(await sweep(SITES, NAMES, Town())))  # type: ignore[arg-type]

    assert Journal(BASIS, kept).finished == {}


class Remembered:
    """Canaries that are kept in memory."""

    def __init__(self) -> None:
        self.passes: dict[str, CanaryPass] = {}

    def passed(self, rule: str) -> CanaryPass | None:
        return self.passes.get(rule)

    def note(self, passed: CanaryPass) -> None:
        self.passes[passed.rule] = passed


async def test_a_site_that_passed_is_asked_for_the_name_alone() -> None:
    """What passed is noted; the next sweep says the same and asks once a site. What did not pass is asked again."""
    canaries = Remembered()
    first = await sweep(SITES, NAMES, Town(), canaries=canaries)

    town = Town()
    second = await sweep(SITES, NAMES, town, canaries=canaries)

    assert [result.verdicts for result in second] == [result.verdicts for result in first]
    assert [result.canaries for result in second] == [result.canaries for result in first]
    assert len(town.asked) == 6
    assert len(canaries.passes) == 5


def test_the_clock_of_a_sweep_tells_parts_of_a_second() -> None:
    """Two readings in a row differ, and both are in UTC."""
    clock = FineClock()
    first = clock.now()

    assert any(clock.now() != first for _ in range(10_000))
    assert str(first.tzinfo) == "UTC"
