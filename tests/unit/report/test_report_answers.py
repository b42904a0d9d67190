"""What the candidate answered, and the edition that follows from it, in each reader's file."""

from __future__ import annotations

import pytest

from footprint.model.report import Report
from footprint.model.review import CaseReview
from footprint.report.render import render_html
from footprint.report.views import Added, Reader, see


def test_what_the_candidate_answered_stands_beside_what_the_tool_said(report: Report, review: CaseReview) -> None:
    """The officer reads both on the card, the auditor the ids and the commitment, the candidate what and when."""
    officer, recruiter, candidate, auditor = (render_html(report, reader, Added(review)).decode() for reader in Reader)

    assert "The tool alone: <strong>Tier B.</strong> The same name, and an employer." in officer
    assert "F03: yes. We got it on 24 November 2026." in candidate
    assert report.answers[0].commitment in auditor
    assert report.answers[0].commitment not in officer + candidate + recruiter
    assert "The same name, and an employer." not in recruiter


def test_an_edition_names_its_head_and_what_it_replaces(report: Report) -> None:
    """What is printed to be checked is of this edition; the one before is known by its digest."""
    for reader in (Reader.VETTING, Reader.AUDITOR):
        html = render_html(report, reader).decode()
        assert "audit verify --head 64:" in html
        assert f"edition 1  report.json  {report.editions[0].replaces}" in html
    for reader in Reader:
        assert "<dt>Edition</dt><dd>2, " in render_html(report, reader).decode()


@pytest.mark.parametrize("reader", list(Reader))
def test_without_an_answer_a_view_is_as_if_there_were_none(reader: Reader, report: Report) -> None:
    """No field, no line, no edition: most cases have one issue."""
    first = report.but(answers=(), editions=())
    html = render_html(first, reader).decode()

    assert set(see(first, reader).value) == set(see(report, reader).value) - {"answers", "editions"}
    assert "answers" not in see(first, reader).value["review"] if "review" in see(first, reader).value else True
    assert "Edition" not in html
    assert "is this you?\u201d" not in html


def test_the_candidate_is_asked_by_a_code_and_told_how_to_answer(report: Report) -> None:
    """Each undetermined place has a code, and the file that a program reads is described with one of them."""
    html = render_html(report, Reader.CANDIDATE).decode()

    assert '<th scope="row">O-4aeaa30b96</th>' in html
    assert 'O-4aeaa30b96 = "not-mine"' in html
    assert f'case = "{report.case}"' in html
    assert (
        "Say what is yours"
        not in render_html(report.but(findings=(), undetermined=(), answers=(), editions=()), Reader.CANDIDATE).decode()
    )
