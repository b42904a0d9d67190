"""What a model proposes, in each reader's file: labelled, apart from findings, with no word for the auditor and nothing for a recruiter."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from report_sample_findings import START, masked, sha
from test_report_reading_age import GRADE, grade, prose

from footprint.errors import InputError
from footprint.model.attribution import Tier
from footprint.model.decision import Span
from footprint.model.finding import Category, MaskedText
from footprint.model.observation import Engagement
from footprint.model.report import Report
from footprint.model.review import CaseReview
from footprint.model.suggestion import Band, Suggestion, SuggestionSource, WeighedTerm
from footprint.report.excerpt import suggested
from footprint.report.permitted import HarmReason, HeldBack
from footprint.report.render import render_html, render_json, render_view
from footprint.report.views import Added, Reader, see

TEXT = "With Orla Quayle I looked at the wretched newcomers, wretched all of them."
SOURCE = SuggestionSource(name="linear", kind="linear", version="1", sha256=sha("the table"), threshold=0.55)


def at(words: str, what: str = "term", *, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start=start, end=start + len(words), what=what)


SUGGESTION = Suggestion(
    id="S01",
    observation="O-5a5a5a5a5a",
    source="mastodon",
    url="https://social.example/@mara/777",
    excerpt=masked(TEXT, ("Orla Quayle", "person")),
    surroundings=MaskedText(text=""),
    engagement=Engagement.ORIGINAL,
    posted_at=START - timedelta(days=40),
    tier=Tier.A,
    category=Category.DISCRIMINATION,
    policy_clause="SMP-01 4.2",
    band=Band.JUST,
    stands_near=(at("newcomers", "target"), at("wretched", "predicate")),
    terms=(
        WeighedTerm(span=at("wretched"), weight=0.61),
        WeighedTerm(span=at("wretched", after=50), weight=0.61),
        WeighedTerm(span=at("looked"), weight=0.12),
    ),
    captured_at=START,
    evidence="E0003",
    evidence_sha256=sha("page"),
)


@pytest.fixture(scope="module")
def proposing(report: Report) -> Report:
    """The sample, with one suggestion."""
    return report.but(proposer=SOURCE, suggestions=(SUGGESTION,))


def shown(report: Report, reader: Reader, added: Added | None = None) -> tuple[BeautifulSoup, str]:
    html = render_html(report, reader, added)
    return BeautifulSoup(html, "lxml"), render_view(see(report, reader, added)).decode()


def test_without_a_model_no_file_says_a_word_of_it(report: Report) -> None:
    """The record and every view are as they were before there were models."""
    files = [render_json(report), *(render_html(report, reader) for reader in Reader)]
    files += [render_view(see(report, reader)) for reader in Reader]

    assert not [content for content in files if b"uggestion" in content or b"proposer" in content]


def test_the_officer_sees_it_labelled_and_apart(proposing: Report, report: Report) -> None:
    """Under its own heading, which says that it is no finding; the counts and the list of findings are as without it."""
    page, _ = shown(proposing, Reader.VETTING)
    plain, _ = shown(report, Reader.VETTING)
    section = page.find(id="suggestions").parent
    text = " ".join(section.get_text().split())

    assert "no finding" in text
    assert "S01, unreviewed: just over the threshold" in text
    assert [mark.get_text() for mark in section.select("blockquote mark")] == [
        "looked",
        "wretched",
        "newcomers",
        "wretched",
    ]
    assert [mark.get_text() for mark in section.select("p.quiet mark")] == ["wretched", "looked"]
    assert "Orla" not in page.get_text()
    assert "0.58" not in text
    assert not section.select(".grades, .sheet, .tag")
    for part in ("glance", "findings"):
        assert page.find(id=part).parent.get_text() == plain.find(id=part).parent.get_text()


def test_the_candidate_sees_what_was_said_of_them(proposing: Report) -> None:
    """In plain words, with the text and what spoke for it; no score."""
    page, data = shown(proposing, Reader.CANDIDATE)
    text = " ".join(page.find(id="suggestions").parent.get_text().split())

    assert "1 post of yours" in text
    assert "That is not a finding." in text
    assert "wretched newcomers" in text
    assert '"score"' not in data
    assert "O-5a5a5a5a5a" not in data
    assert grade(prose(render_html(proposing, Reader.CANDIDATE))) <= GRADE


def test_the_auditor_reads_ids_and_digests(proposing: Report) -> None:
    """The model and its digest, the observation, and in one word how far over the threshold; no score, no word of the text, and no place of one."""
    page, data = shown(proposing, Reader.AUDITOR)
    text = page.find(id="suggestions").parent.get_text()
    (entry,) = json.loads(data)["suggestions"]

    assert SOURCE.sha256 in text
    assert "O-5a5a5a5a5a" in text
    assert "just-over" in text
    assert "wretched" not in page.get_text() + data
    assert not {"score", "terms", "stands_near", "url"} & set(entry)


def test_a_recruiter_never_sees_it(proposing: Report, report: Report, review: CaseReview) -> None:
    """Whatever the outcome permits: the file is byte for byte that of a case without a model."""
    for added in (None, Added(review)):
        assert render_html(proposing, Reader.RECRUITER, added) == render_html(report, Reader.RECRUITER, added)
        assert shown(proposing, Reader.RECRUITER, added)[1] == shown(report, Reader.RECRUITER, added)[1]


def test_a_model_that_proposes_nothing_says_so(report: Report) -> None:
    """That there is a model is said wherever its suggestions would be."""
    silent = report.but(proposer=SOURCE)

    assert "It proposes nothing." in shown(silent, Reader.VETTING)[0].get_text()
    assert "It marked none of yours." in shown(silent, Reader.CANDIDATE)[0].get_text()
    assert SOURCE.sha256 in shown(silent, Reader.AUDITOR)[0].get_text()


def test_a_suggestion_can_be_held_back(proposing: Report) -> None:
    """From the candidate's copy, after a harm test, as a finding can; an id that is not there is refused."""
    held = Added(held_back=(HeldBack(finding="S01", reason=HarmReason.OTHER_PERSON),))
    page, data = shown(proposing, Reader.CANDIDATE, held)

    assert "wretched" not in page.get_text() + data
    assert "We left out 1 point." in page.get_text()
    with pytest.raises(InputError, match="S02"):
        see(proposing, Reader.CANDIDATE, Added(held_back=(HeldBack(finding="S02", reason=HarmReason.CRIME),)))


def test_a_masked_word_is_never_drawn_as_a_reason() -> None:
    """A place that a mask covers has no word to show."""
    covered = SUGGESTION.but(terms=(WeighedTerm(span=at("Orla"), weight=1.0),))

    assert suggested(covered).weighed == ()
