"""The screen while a run goes on."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from footprint.cli.progress import table, watching
from footprint.ledger import Tally
from footprint.model.evidence import UnknownReason
from footprint.model.report import StopReason


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(asked=3, answered=2), "reading"),
        (Tally(asked=3, answered=2, waiting=1.0), "waiting, one request every 1 s"),
        (Tally(asked=3, answered=3, stop=StopReason.DONE), "done"),
        (Tally(asked=300, sites=500, sites_done=120), "120 of 500 sites"),
        (Tally(asked=900, sites=500, sites_done=500, stop=StopReason.DONE), "done"),
        (Tally(asked=1, unknown={UnknownReason.RATE_LIMITED: 1}, stop=StopReason.STOPPED), "stopped by the source"),
        (Tally(asked=5, answered=5, stop=StopReason.LIMIT), "limit reached"),
    ],
)
def test_each_source_has_a_line(tally: Tally, words: str) -> None:
    """Asked, answered, unknown, and what it is doing."""
    console = Console(file=io.StringIO(), width=120)
    console.print(table({"mastodon:mara@social.example": tally}))
    text = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO above

    assert "mastodon:mara@social.example" in text
    assert words in text


def test_on_a_terminal_the_lines_are_drawn() -> None:
    """A terminal sees the table change."""
    file = io.StringIO()
    with watching(Console(file=file, force_terminal=True, width=120)) as watch:
        watch("feed:https://courier.example/feed.xml", Tally(asked=2))

    assert "courier.example" in file.getvalue()


def test_elsewhere_nothing_is_drawn() -> None:
    """A log file or a pipe sees nothing."""
    file = io.StringIO()
    with watching(Console(file=file)) as watch:
        watch("feed:https://courier.example/feed.xml", Tally(asked=2))

    assert file.getvalue() == ""
