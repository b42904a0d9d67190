"""The candidate's copy can be read at about twelve: measured by Flesch and Kincaid's grade, in words of our own."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from footprint.model.report import Report
from footprint.model.review import CaseReview
from footprint.report.render import render_html
from footprint.report.views import Added, Reader

NOT_OURS = (
    "blockquote, table, dl, figure, nav, code, .url, bdi, .mask, .sheet, .words, .notice.demo, svg, header, .dispute"
)
"""What comes from pages, people, laws and records, and is shown as it is."""
GRADE = 7.0
"""Grade 7 of a school year count that begins at six: twelve years old."""


def syllables(word: str) -> int:
    """Count groups of vowels; a silent e at the end is none."""
    word = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$", "", word.lower())
    return max(len(re.findall(r"[aeiouy]+", word)), 1)


def grade(text: str) -> float:
    """Return the grade: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975)."""
    sentences = [part for part in re.split(r"[.!?]+", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z\u2019']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def prose(html: bytes) -> str:
    """Return the sentences that we wrote."""
    soup = BeautifulSoup(html, "lxml")
    for found in soup.select(NOT_OURS):
        found.decompose()
    return " ".join(
        f"{text}." if not text.endswith((".", "?", "!", ":")) else text
        for tag in soup.select("main p, main li, main h2, main h3")
        if (text := re.sub(r"\s+", " ", tag.get_text(" ")).strip())
    )


@pytest.mark.parametrize(
    ("word", "count"), [("cat", 1), ("table", 2), ("consent", 2), ("asked", 1), ("information", 4), ("the", 1)]
)
def test_syllables_are_counted(word: str, count: int) -> None:
    """The measure knows a silent e."""
    assert syllables(word) == count


def test_the_measure_tells_plain_from_heavy() -> None:
    """A law's sentence is far above, a plain one far below."""
    heavy = (
        "The controller shall demonstrate compelling legitimate grounds overriding the interests of the data subject."
    )
    assert grade(heavy) > 15 > GRADE > grade("You can write to us. We will read it. You do not have to say why.")


@pytest.mark.parametrize("is_reviewed", [False, True])
def test_the_candidates_copy_is_plain(is_reviewed: bool, report: Report, review: CaseReview) -> None:
    """Before and after a review, our own sentences stay at or below grade 7."""
    text = prose(render_html(report, Reader.CANDIDATE, Added(review) if is_reviewed else None))

    assert len(text.split()) > 400
    assert grade(text) <= GRADE, text


def test_the_candidates_copy_says_what_can_be_done(report: Report) -> None:
    """Reply, dispute, withdraw, erase, complain: each with whom to write to."""
    text = prose(render_html(report, Reader.CANDIDATE))

    for said in ("Answer.", "Say that it is wrong.", "Take back your consent.", "delete", "Complain.", "dpo@"):
        assert said in text
