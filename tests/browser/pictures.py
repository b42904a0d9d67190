"""Rewrite the pictures of the views in docs/: `PYTHONPATH=tests/browser/run/.site .venv/bin/python tests/browser/pictures.py`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "unit" / "report"))

from playwright.sync_api import sync_playwright
from report_sample import sample
from report_sample_review import reviewed

from footprint.report.render import render_html
from footprint.report.views import Added, Reader

DOCS = Path(__file__).parent.parent.parent / "docs"
WIDTH = 1100
SHOWN: dict[Reader, tuple[str, int]] = {
    Reader.VETTING: ("#glance", 2000),
    Reader.RECRUITER: ("#title", 2200),
    Reader.CANDIDATE: ("#glance", 2200),
    Reader.AUDITOR: ("#findings", 1800),
}
"""View, where its picture begins, and how high it is."""


def main() -> None:
    """Write docs/view-READER.png of the sample after a review."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for reader, (start, height) in SHOWN.items():
            path = Path(scratch, f"{reader}.html")
            path.write_bytes(render_html(sample(), reader, Added(reviewed())))
            page = browser.new_page(viewport={"width": WIDTH, "height": height})
            page.goto(path.as_uri())
            page.locator(start).evaluate("e => scrollTo(0, e.getBoundingClientRect().top - 70)")
            page.wait_for_timeout(300)
            page.screenshot(path=DOCS / f"view-{reader}.png")
        browser.close()


if __name__ == "__main__":
    main()
