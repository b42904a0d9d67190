"""A real Chromium, and every view as a file that it opens. Set up by `make browser`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "unit" / "report"))

from playwright.sync_api import Browser, Page, sync_playwright
from report_sample import sample
from report_sample_review import reviewed

from footprint.report.permitted import HarmReason, HeldBack
from footprint.report.render import render_html
from footprint.report.views import Added, Reader

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
ADDED = Added(
    reviewed(),
    ("Reply window: until Friday 4 December 2026",),
    (HeldBack(finding="F05", reason=HarmReason.OTHER_PERSON),),
)
STATES: dict[str, Added | None] = {"fresh": None, "reviewed": ADDED}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium."""
    found = shutil.which("chromium")
    assert found is not None, "chromium is not there: make browser installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Reader, str], Path]:
    """Every view of the sample, before and after a review."""
    folder = tmp_path_factory.mktemp("views")
    written = {}
    for reader in Reader:
        for state, added in STATES.items():
            written[reader, state] = folder / f"{reader}-{state}.html"
            written[reader, state].write_bytes(render_html(sample(), reader, added))
    return written


@pytest.fixture
def show(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file in a fresh context; what it asks for beside itself fails the test at the end."""
    opened: list[tuple[Any, list[str]]] = []

    def open_(path: Path, fragment: str = "", **settings: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, **settings})
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
        page.goto(path.as_uri() + fragment)
        opened.append((context, asked))
        return page

    yield open_
    for context, asked in opened:
        context.close()
        assert [url for url in asked if not url.startswith("file:")] == []
