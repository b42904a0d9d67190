"""A disputed statement is looked at once more: still there, edited, gone, or not to be told; never beyond what was agreed."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.resources import as_file
from pathlib import Path

import pytest
from click.testing import CliRunner

from answers import DEMO
from footprint.admission import Desk
from footprint.after.rechecking import recheck
from footprint.after.reproducing import reproduce
from footprint.audit.log import AuditLog
from footprint.audit.verify import verify
from footprint.cli.main import footprint
from footprint.demo.clock import START, DemoClock
from footprint.demo.server import DemoWeb
from footprint.errors import InputError, RefusedError
from footprint.model.review import SourceNote
from footprint.review.desk import ReviewDesk
from footprint.screening import Outlook
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace
from footprint.web.guard import Guard

POSTS = "social.example/posts.toml"
JOKE = "F01"


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the demonstration was run."""
    folder = tmp_path_factory.mktemp("screened")
    words = ["demo", "--workspace", str(folder / "w"), "--out", str(folder / "out")]
    assert CliRunner().invoke(footprint, words, catch_exceptions=False).exit_code == 0
    return folder / "w"


@pytest.fixture
def folder(screened: Path, tmp_path: Path) -> Path:
    shutil.copytree(screened, tmp_path / "w")
    return tmp_path / "w"


@contextmanager
def sitting(folder: Path) -> Iterator[ReviewDesk]:
    with Workspace.open(folder) as workspace:
        cases = Cases(workspace.database())
        clock = DemoClock(START + timedelta(hours=1))
        desk = Desk(workspace, AuditLog(workspace.audit_path), cases, clock, lambda size: "ab" * size)
        yield ReviewDesk(desk, cases.list()[0].id, "V-1")


@contextmanager
def web(tmp_path: Path, change: Callable[[Path], None]) -> Iterator[DemoWeb]:
    """The demonstration's web, changed."""
    with as_file(DEMO.joinpath("web")) as source:
        shutil.copytree(source, tmp_path / "web")
    change(tmp_path / "web")
    with DemoWeb(tmp_path / "web") as served:
        yield served


def outlook(served: DemoWeb) -> Outlook:
    return Outlook(guard=Guard(pinned=served.pinned), tls=served.tls)


def nothing(web: Path) -> None:
    """The web is as it was."""


def edited(web: Path) -> None:
    posts = web / POSTS
    posts.write_text(posts.read_text(encoding="utf-8").replace("my sandwich", "my flapjack"), encoding="utf-8")


def taken_out(web: Path) -> None:
    posts = web / POSTS
    blocks = posts.read_text(encoding="utf-8").split("[[posts]]")
    posts.write_text("[[posts]]".join(block for block in blocks if "my sandwich" not in block), encoding="utf-8")


def only_newer(web: Path) -> None:
    posts = web / POSTS
    head, *blocks = posts.read_text(encoding="utf-8").split("[[posts]]")
    posts.write_text("[[posts]]".join([head, *blocks[:2]]), encoding="utf-8")


def absent(web: Path) -> None:
    routes = web / "courier.example" / "routes.toml"
    text = routes.read_text(encoding="utf-8")
    routes.write_text(text.replace("/2026/09/29/timetable-meeting", "/2026/09/29/moved"), encoding="utf-8")


@pytest.mark.parametrize(
    ("item", "change", "state", "why"),
    [
        (JOKE, nothing, "live", "200"),
        (JOKE, edited, "edited", "200"),
        (JOKE, taken_out, "gone", "not-on-the-page"),
        (JOKE, only_newer, "unknown", "not-on-the-page"),
        ("F03", nothing, "live", "200"),
        ("F03", absent, "gone", "unknown:absent"),
    ],
)
async def test_what_became_of_a_statement(
    item: str, change: Callable[[Path], None], state: str, why: str, folder: Path, tmp_path: Path
) -> None:
    """The page is read as it was read then, and the statement is compared; the report can still be derived."""
    with web(tmp_path, change) as served, sitting(folder) as desk:
        note = await recheck(desk, item, folder / "consent.toml", outlook(served))
        kept = desk.review.source_note(item)
        again = await reproduce(desk.desk, desk.case.record.id)
        asked = served.requests

    assert (note.state, note.why) == (state, why)
    assert asked == 1
    assert kept is not None
    assert kept.event == note
    assert again.differences == ()
    assert verify(folder / "audit.jsonl").size > 30
    assert list((folder / "cases").rglob("*.warc.gz")) == []  # locked like the rest


async def test_the_visits_agreed_are_not_exceeded(folder: Path, tmp_path: Path) -> None:
    """RIPA-2: the consent allows two visits to an address; a second look is the last one, and nothing is asked after it."""
    with web(tmp_path, nothing) as served, sitting(folder) as desk:
        notes = [await recheck(desk, JOKE, folder / "consent.toml", outlook(served)) for _ in range(3)]
        asked = served.requests

    assert [note.why for note in notes] == ["200", "unknown:budget", "unknown:budget"]
    assert asked == 1
    assert isinstance(notes[1], SourceNote)


def change_consent(folder: Path, old: str, new: str) -> Path:
    consent = folder / "consent.toml"
    text = consent.read_text(encoding="utf-8")
    assert old in text
    consent.write_text(text.replace(old, new), encoding="utf-8")
    return consent


async def test_a_withdrawn_consent_ends_it(folder: Path, tmp_path: Path) -> None:
    """The consent on file is asked before anything else."""
    consent = folder / "consent.toml"
    withdrawn = '\n[[events]]\nstate = "ConsentWithdrawn"\nat = 2026-11-20T09:30:00Z\nby = "subject"\nmethod = "mail"\n'
    consent.write_text(consent.read_text(encoding="utf-8") + withdrawn, encoding="utf-8")
    with web(tmp_path, nothing) as served, sitting(folder) as desk:
        with pytest.raises(RefusedError) as caught:
            await recheck(desk, JOKE, consent, outlook(served))
        assert served.requests == 0

    assert caught.value.rule == "UK-7-withdrawn"


async def test_another_consent_is_refused(folder: Path, tmp_path: Path) -> None:
    """Only the consent that the case was opened under counts."""
    consent = change_consent(folder, "max_visits = 2", "max_visits = 4")
    with web(tmp_path, nothing) as served, sitting(folder) as desk:
        with pytest.raises(RefusedError):
            await recheck(desk, JOKE, consent, outlook(served))
        assert served.requests == 0


async def test_an_unknown_finding_is_bad_input(folder: Path, tmp_path: Path) -> None:
    """There is nothing to look for."""
    with web(tmp_path, nothing) as served, sitting(folder) as desk:
        with pytest.raises(InputError):
            await recheck(desk, "F99", folder / "consent.toml", outlook(served))
        assert served.requests == 0


async def test_without_the_page_there_is_nothing_to_compare(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After pruning nobody can say what stood there: nothing is asked."""

    async def pruned(*_: object) -> AsyncIterator[None]:
        for none in ():
            yield none

    monkeypatch.setattr("footprint.after.rechecking.observed_again", pruned)
    with web(tmp_path, nothing) as served, sitting(folder) as desk:
        with pytest.raises(InputError) as caught:
            await recheck(desk, JOKE, folder / "consent.toml", outlook(served))
        assert served.requests == 0

    assert "pruned" in caught.value.mend
