"""A report of 10,000 statements and 500 findings: time to render each view, its size, and where Chromium is there, to open it."""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.demonstration import desk_in
from footprint.demo.server import DemoWeb
from footprint.model.report import Report
from footprint.report.render import page, render_view
from footprint.report.views import Reader, see
from footprint.screening import Outlook, screen
from footprint.web.guard import Guard

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STATEMENTS, FINDINGS, A_PAGE = 10_000, 500, 40
SITE = Path(__file__).resolve().parent.parent / "tests" / "browser" / "run" / ".site"
"""Where `make browser` puts Playwright."""
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")


def big() -> Report:
    """Return the demonstration's report, its findings and its log repeated to the size asked for."""
    with DemoWeb() as web, tempfile.TemporaryDirectory() as scratch:
        found = asyncio.run(_screened(Path(scratch), web))
    count = len(found.findings)
    findings = tuple(found.findings[number % count].but(id=f"F{number + 1:03}") for number in range(FINDINGS))
    answers = STATEMENTS // A_PAGE
    log = tuple(found.search_log[number % len(found.search_log)] for number in range(answers))
    register = tuple(
        found.evidence[number % len(found.evidence)].but(id=f"E{number + 1:04}") for number in range(answers)
    )
    return found.but(findings=findings, search_log=log, evidence=register, observations=STATEMENTS)


async def _screened(folder: Path, web: DemoWeb) -> Report:
    with desk_in(folder) as (desk, order):
        async for step in screen(order, desk, Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1)):
            if isinstance(step, Report):
                return step
    msg = "the line ended without a report"
    raise RuntimeError(msg)


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """Open the machine's Chromium; None where it, or Playwright, is not there."""
    found = shutil.which("chromium")
    sys.path.append(str(SITE))
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


def opened(browser: Browser, path: Path) -> float:
    """Return the seconds from the call until the page is laid out and painted once."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    start = time.perf_counter()
    tab.goto(path.as_uri())
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    spent = time.perf_counter() - start
    tab.close()
    return spent


def measure(runs: int = 5) -> dict[str, dict[str, float | None]]:
    """Print a table and return the figures, each the median of `runs`."""
    report = big()
    page(report, see(report, Reader.VETTING))  # templates are compiled once
    figures: dict[str, dict[str, float | None]] = {}
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        for reader in Reader:
            spent, worked = [], []
            for _ in range(runs):
                start, begun = time.perf_counter(), time.process_time()
                view = see(report, reader)
                html, _data = page(report, view), render_view(view)
                spent.append(time.perf_counter() - start)
                worked.append(time.process_time() - begun)
            path = Path(scratch, f"{reader}.html")
            path.write_bytes(html)
            opening = statistics.median(opened(browser, path) for _ in range(runs)) if browser else None
            figures[str(reader)] = {
                "render_s": round(statistics.median(spent), 2),
                "render_cpu_s": round(statistics.median(worked), 2),
                "megabytes": round(len(html) / 1e6, 2),
                "open_s": None if opening is None else round(opening, 2),
            }
            took = "not measured: needs chromium and `make browser`" if opening is None else f"{opening:6.2f} s to open"
            cost = f"{statistics.median(spent):6.2f} s to render ({statistics.median(worked):.2f} s of one core)"
            print(f"{reader:<10} {cost} {len(html) / 1e6:6.2f} MB  {took}")
    print(json.dumps({"statements": STATEMENTS, "findings": FINDINGS, "views": figures}))
    return figures


if __name__ == "__main__":
    measure()
