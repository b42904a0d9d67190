"""The sweep over many sites: bounded, shown, and taken up again where it stopped."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from footprint.collectors.handles import Answer, Presence
from footprint.collectors.handles_rules import SiteRule
from footprint.errors import InputError, RefusedError, UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.plan import Request
from footprint.presence import Basis, FineClock, Journal, Progress, sweep, total

NAMES = {"github:maraquill@code.example": "maraquill"}
BASIS = Basis.of("0" * 64, NAMES)
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

    async def __call__(self, request: Request) -> Answer:
        if len(self.asked) >= self.refuse_after:
            raise RefusedError(rule="UK-13", reason="withdrawn", mend="ask")
        self.asked.append(request.url)
        self.open += 1
        self.peak = max(self.peak, self.open)
        await asyncio.sleep(0)
        self.open -= 1
        if "site3." in request.url:
            raise UnreadableError(UnknownReason.TIMEOUT)
        name = request.url.rpartition("/")[2]
        number = int(request.url.partition("site")[2].partition(".")[0])
        is_here = name == "inkwell" or (name == "maraquill" and number % 2 == 0)
        return Answer(200, b"member-card") if is_here else Answer(404)


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


async def test_a_refusal_stops_the_run_and_keeps_what_was_finished(tmp_path: Path) -> None:
    """Where the authorisation ends, the run ends; the sites done until then stay."""
    path = tmp_path / "handles.jsonl"

    with Journal(path, BASIS) as journal, pytest.raises(RefusedError):
        await sweep(SITES, NAMES, Town(refuse_after=6), made_up=MADE_UP, journal=journal, in_progress=1)

    with Journal(path, BASIS) as journal:
        assert sorted(journal.finished) == ["Site 0", "Site 1"]


async def test_a_stopped_run_goes_on_without_asking_again(tmp_path: Path) -> None:
    """The results of finished sites are taken from the file; only the others are asked."""
    path = tmp_path / "handles.jsonl"
    with Journal(path, BASIS) as journal, pytest.raises(RefusedError):
        await sweep(SITES, NAMES, Town(refuse_after=6), made_up=MADE_UP, journal=journal, in_progress=1)
    whole = await sweep(SITES, NAMES, Town(), made_up=MADE_UP)

    town = Town()
    with Journal(path, BASIS) as journal:
        assert await sweep(SITES, NAMES, town, made_up=MADE_UP, journal=journal) == whole
    assert not any("site0." in url or "site1." in url for url in town.asked)
    with Journal(path, BASIS) as journal:
        assert len(journal.finished) == 6


async def test_a_torn_last_line_is_asked_again(tmp_path: Path) -> None:
    """A run that was killed while it wrote a line loses that line and nothing else."""
    path = tmp_path / "handles.jsonl"
    with Journal(path, BASIS) as journal:
        await sweep(SITES, NAMES, Town(), made_up=MADE_UP, journal=journal)
    path.write_bytes(path.read_bytes()[:-20])

    town = Town()
    with Journal(path, BASIS) as journal:
        results = await sweep(SITES, NAMES, town, made_up=MADE_UP, journal=journal)

    assert len({url.partition(".")[0] for url in town.asked}) == 1
    assert len(results) == 6
    assert all(json.loads(line) for line in path.read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(Basis.of("1" * 64, NAMES).canonical() + b"\n", id="other rules"),
        pytest.param(Basis.of("0" * 64, {"a": "quillmara"}).canonical() + b"\n", id="other names"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"notes\n", id="no journal"),
        pytest.param(BASIS.canonical() + b"\nnotes\n", id="a line of something else"),
    ],
)
def test_results_of_another_basis_are_not_taken_up(tmp_path: Path, content: bytes) -> None:
    """Results are taken up only where rules and names are the same; another file is refused and left as it is."""
    path = tmp_path / "handles.jsonl"
    path.write_bytes(content)

    with pytest.raises(InputError):
        Journal(path, BASIS)
    assert path.read_bytes() == content


def test_a_journal_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The results are personal data."""
    with Journal(tmp_path / "handles.jsonl", BASIS):
        pass

    assert (tmp_path / "handles.jsonl").stat().st_mode & 0o777 == 0o600


def test_the_clock_of_a_sweep_tells_parts_of_a_second() -> None:
    """Two readings in a row differ, and both are in UTC."""
    clock = FineClock()
    first = clock.now()

    assert any(clock.now() != first for _ in range(10_000))
    assert str(first.tzinfo) == "UTC"
