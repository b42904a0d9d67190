"""The script of questions in docs/reading.md: each answer stands within two screens, measured in Chromium at 1280 by 800.

`-s` prints the distances.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parent.parent.parent / "reports" / "sample" / "report.html"
HEIGHT = 800

FROM_THE_TOP = {
    "What was searched?": ".answers > div:nth-child(1)",
    "What was not?": ".answers > div:nth-child(2)",
    "Which findings are there?": ".answers > div:nth-child(3)",
    "What may I not use?": ".answers > div:nth-child(4)",
    "Who decides?": ".answers > div:nth-child(5)",
}
"""Question, and where its answer stands."""
AFTER_ONE_LINK = {
    "Why is finding 3 here?": ("F03", "#F03 .why"),
    "Why is finding 3 taken to be the candidate?": ("F03", "#F03 .why ~ table"),
    "Which places were asked, one by one?": ("coverage", "table.coverage"),
    "What was withheld, by which rule?": ("withheld", "[aria-labelledby=withheld] table"),
    "Who signs, and how does the candidate complain?": ("closing", "[aria-labelledby=closing]"),
}
"""Question, the link of the first screens that leads there, and where the answer stands."""


def screens(page: Page, selector: str) -> float:
    """Return how many screens are scrolled from here until the whole answer, or its first screen, is seen."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return max(0.0, min(box["y"] + box["height"], box["y"] + HEIGHT) - HEIGHT) / HEIGHT


@pytest.mark.parametrize("question", FROM_THE_TOP)
def test_five_questions_are_answered_within_two_screens(question: str, show: Callable[..., Page]) -> None:
    """From the top of the report, by scrolling alone."""
    away = screens(show(SAMPLE), FROM_THE_TOP[question])
    sys.stdout.write(f"{question:<55} {away:.1f} screens from the top\n")

    assert away <= 2.0


@pytest.mark.parametrize("question", AFTER_ONE_LINK)
def test_the_rest_is_one_link_and_at_most_two_screens_away(question: str, show: Callable[..., Page]) -> None:
    """The link stands within two screens of the top, and the answer within two of where it leads."""
    target, selector = AFTER_ONE_LINK[question]
    page = show(SAMPLE)
    link = screens(page, f'.answers a[href="#{target}"]')
    page.locator(f'.answers a[href="#{target}"]').first.click()
    page.wait_for_timeout(200)
    away = screens(page, selector)
    sys.stdout.write(f"{question:<55} link {link:.1f} screens from the top, then {away:.1f}\n")

    assert max(link, away) <= 2.0
