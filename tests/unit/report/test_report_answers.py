"""What the candidate answered, and the edition that follows from it, in each reader's file."""

from __future__ import annotations

import pytest
from report_sample_findings import FINDINGS
from report_sample_review import START

from footprint.model.attribution import Answer as Own
from footprint.model.report import Report
from footprint.model.review import CandidateAnswer, CaseReview
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


DENIED = CandidateAnswer(item="F01", observations=(FINDINGS[0].observation,), answer=Own.NOT_MINE, received=START)


def recruiters(report: Report, review: CaseReview) -> dict[str, object]:
    """What the recruiter gets."""
    return see(report, Reader.RECRUITER, Added(review)).value


def test_what_is_denied_is_kept_from_the_recruiter_though_no_edition_says_so(
    report: Report, review: CaseReview
) -> None:
    """Recorded, and not worked in; even where an outcome was set again on it since."""
    before = [finding["id"] for finding in recruiters(report, review)["findings"]]
    decided = review.outcomes[-1]
    denied = review.after(START, "V-1", DENIED).after(START, decided.by, decided.event)

    assert "F01" in before
    assert [finding["id"] for finding in recruiters(report, denied)["findings"]] == [id for id in before if id != "F01"]


def test_an_outcome_older_than_an_answer_is_kept_from_the_recruiter(report: Report, review: CaseReview) -> None:
    """The others read it with the mark; who decided looks at it again, and then it is shown."""
    denied = review.after(START, "V-1", DENIED)
    taken_back = denied.after(START, "V-1", DENIED.but(answer=Own.UNSURE))
    seen = {reader: see(report, reader, Added(denied)).value["review"]["outcome"] for reader in Reader}

    assert seen[Reader.RECRUITER] is None
    assert recruiters(report, denied)["findings"] == []
    assert [seen[reader]["is_overtaken"] for reader in Reader if reader is not Reader.RECRUITER] == [True] * 3
    assert recruiters(report, taken_back)["review"]["outcome"] == recruiters(report, review)["review"]["outcome"]


@pytest.mark.parametrize("reader", [Reader.VETTING, Reader.CANDIDATE, Reader.AUDITOR])
def test_a_page_says_that_the_outcome_is_looked_at_again(reader: Reader, report: Report, review: CaseReview) -> None:
    """In a sentence beside the outcome; without an answer since there is none."""
    added = Added(review.after(START, "V-1", DENIED))

    assert b"look at the outcome again" in render_html(report, reader, added)
    assert b"look at the outcome again" not in render_html(report, reader, Added(review))
