"""The screen while a run goes on: one live line a source. Off when standard error is not a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.table import Table

from footprint.ledger import Tally
from footprint.model.report import StopReason


class Watch(Protocol):
    """What a run tells of its counts."""

    def __call__(self, identifier: str, tally: Tally) -> None:
        """Take note that the count of an identifier has changed."""
        ...


@contextmanager
def watching(console: Console | None = None) -> Iterator[Watch]:
    """Show a live table on a terminal; elsewhere show nothing."""
    screen = console or Console(stderr=True)
    if not screen.is_terminal:
        yield lambda *_: None
        return
    tallies: dict[str, Tally] = {}
    with Live(console=screen, refresh_per_second=8, transient=True) as live:

        def watch(identifier: str, tally: Tally) -> None:
            tallies[identifier] = tally
            live.update(table(tallies))

        yield watch


def table(tallies: dict[str, Tally]) -> Table:
    """Return the counts as a table: source, asked, answered, unknown, and what it is doing."""
    view = Table(box=None, pad_edge=False)
    for heading in ("source", "asked", "answered", "unknown"):
        view.add_column(heading, justify="left" if heading == "source" else "right")
    view.add_column("")
    for identifier, tally in tallies.items():
        unknown = sum(tally.unknown.values())
        view.add_row(identifier, str(tally.asked), str(tally.answered), str(unknown) if unknown else "", _state(tally))
    return view


def _state(tally: Tally) -> str:
    if tally.waiting:
        return f"waiting, one request every {tally.waiting:g} s"
    if tally.sites and tally.stop is None:
        return f"{tally.sites_done} of {tally.sites} sites"
    words = {
        None: "reading",
        StopReason.DONE: "done",
        StopReason.STOPPED: "stopped by the source",
        StopReason.LIMIT: "limit reached",
    }
    return words[tally.stop]
