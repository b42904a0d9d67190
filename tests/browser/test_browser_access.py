"""WCAG 2.2 AA in a real browser: axe, keyboard, zoom, order, print."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from footprint.report.views import Reader

pytestmark = pytest.mark.browser
READERS = list(Reader)
MEDIA = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}, "print": {"media": "print"}}
FOCUSABLE = "a[href], summary, input:not([type=radio]), input[type=radio]:checked"


def lay_out(page: Page) -> None:
    """Have laid out what would be laid out only when it comes near, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('.finding').forEach(e => e.style.contentVisibility = 'visible')")


@pytest.mark.parametrize(
    ("state", "medium"), [("fresh", "light"), ("reviewed", "light"), ("reviewed", "dark"), ("reviewed", "print")]
)
@pytest.mark.parametrize("reader", READERS)
def test_axe_finds_nothing(reader: Reader, state: str, medium: str, files: dict, show: Callable[..., Page]) -> None:
    """0 violations, and nothing that axe could not decide about colour is taken for good by mistake."""
    page = show(files[reader, state])
    page.emulate_media(**MEDIA[medium])
    lay_out(page)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response

    said = [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert said == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("reader", READERS)
def test_everything_can_be_reached_and_seen_by_keyboard(reader: Reader, files: dict, show: Callable[..., Page]) -> None:
    """Tab reaches every link, fold and filter in the order in which they stand, and each shows where it is."""
    page = show(files[reader, "reviewed"])
    wanted = page.evaluate(
        f"""() => [...document.querySelectorAll('{FOCUSABLE}')]
            .filter(e => e.checkVisibility({{visibilityProperty: true}}))
            .map((e, i) => {{ e.dataset.order = i; return i; }})"""
    )
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        order, style, width = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
                return [Number(e.dataset.order), s.outlineStyle, parseFloat(s.outlineWidth)]; }"""
        )
        reached.append(order)
        assert style != "none", f"element {order} does not show its focus"
        assert width >= 2
    assert reached == wanted


@pytest.mark.parametrize("reader", READERS)
def test_folds_open_by_keyboard(reader: Reader, files: dict, show: Callable[..., Page]) -> None:
    """Enter opens and closes every fold."""
    page = show(files[reader, "fresh"])
    for fold in page.query_selector_all("summary"):
        before = fold.evaluate("e => e.parentElement.open")
        fold.focus()
        page.keyboard.press("Enter")
        assert fold.evaluate("e => e.parentElement.open") is not before


@pytest.mark.parametrize(("width", "zoom"), [(1280, 2), (1280, 4)])
@pytest.mark.parametrize("reader", READERS)
def test_zoomed_pages_do_not_scroll_sideways(
    reader: Reader, width: int, zoom: int, files: dict, show: Callable[..., Page]
) -> None:
    """At 200 % (1.4.4) and at 400 % (1.4.10) everything stands within the width."""
    page = show(
        files[reader, "reviewed"], viewport={"width": width // zoom, "height": 800 // zoom}, device_scale_factor=zoom
    )
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    lay_out(page)

    assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0


@pytest.mark.parametrize("reader", READERS)
def test_headings_and_landmarks_are_in_order(reader: Reader, files: dict, show: Callable[..., Page]) -> None:
    """One h1, no level skipped, one main, one banner, and the skip link comes first."""
    page = show(files[reader, "reviewed"])
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => Number(e.tagName[1]))")
    tree = page.locator("body").aria_snapshot()

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert [line.strip().split(" ")[1].rstrip(":") for line in tree.splitlines() if line.startswith("- ")][:3] == [
        "link",
        "banner",
        "main",
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#glance"


def test_a_deep_link_opens_at_its_finding(files: dict, show: Callable[..., Page]) -> None:
    """`report.html#F03` shows F03, below the running header."""
    page = show(files[Reader.VETTING, "fresh"], "#F03")
    top = page.evaluate("document.getElementById('F03').getBoundingClientRect().top")
    header = page.evaluate("document.querySelector('header.running').getBoundingClientRect().bottom")

    assert header <= top < 200


def test_a_link_into_a_closed_fold_opens_it(files: dict, show: Callable[..., Page]) -> None:
    """An answer of the register can be linked to although its table is folded."""
    path = files[Reader.VETTING, "fresh"]
    closed = path.with_name("closed.html")
    closed.write_bytes(path.read_bytes().replace(b'<details class="fold" open>', b'<details class="fold">'))
    page = show(closed, "#E0004")

    assert page.locator("#E0004").is_visible()


def test_a_filter_hides_on_the_screen_and_never_in_print(files: dict, show: Callable[..., Page]) -> None:
    """Without a script: one kind at a time; the print has them all."""
    page = show(files[Reader.VETTING, "fresh"])
    shown = "[...document.querySelectorAll('.finding')].filter(e => e.checkVisibility()).map(e => e.id)"
    assert page.evaluate(shown) == ["F01", "F02", "F03", "F04", "F05"]

    page.get_by_role("radio", name="Unlawful discrimination").check()
    assert page.evaluate(shown) == ["F03", "F05"]
    page.get_by_role("radio", name="Read the context first").check()
    assert page.evaluate(shown) == ["F02", "F03", "F05"]

    page.emulate_media(media="print")
    assert page.evaluate(shown) == ["F01", "F02", "F03", "F04", "F05"]


def test_what_is_folded_is_printed(files: dict, show: Callable[..., Page]) -> None:
    """A closed fold would leave a hole on paper."""
    page = show(files[Reader.CANDIDATE, "fresh"])
    fold = page.locator("details:not([open]) table").first
    assert not fold.is_visible()

    page.emulate_media(media="print")
    assert fold.is_visible()


@pytest.mark.parametrize("reader", READERS)
def test_every_printed_page_has_its_number_and_marking(
    reader: Reader, files: dict, show: Callable[..., Page], tmp_path: Path
) -> None:
    """A4, "Page n of m", the case and the protective marking above and below, and no heading alone at a page's end."""
    page = show(files[reader, "reviewed"])
    page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
    said = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "print.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")[:-1]
    size = subprocess.run(["pdfinfo", tmp_path / "print.pdf"], capture_output=True, text=True, check=True).stdout
    headings = set(page.locator("h2, h3, h4").all_inner_texts())

    assert "(A4)" in size
    for number, text in enumerate(said, start=1):
        assert f"Page {number} of {len(said)}" in text
        assert text.count("OFFICIAL-SENSITIVE") >= 2
        assert "C-2026-0117" in text
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        assert lines[-2] not in headings, f"a heading ends page {number}"
