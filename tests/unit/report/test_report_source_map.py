"""The geometry of the source map."""

from __future__ import annotations

import pytest

from footprint.model.report import Report
from footprint.report.source_map import WIDTH, source_map


def test_each_place_is_tied_to_its_own_host(report: Report) -> None:
    """Two accounts at one kind of source lead to two hosts; an interface's host belongs to its site."""
    drawn = source_map(report)
    hosts = {(box.x, box.y + 15): box.label for box in drawn.hosts}
    places = {(box.x + box.width, box.y + 15): box.label for box in drawn.places}
    ties = {(places.get((tie.x1, tie.y1)), hosts.get((tie.x2, tie.y2))) for tie in drawn.ties} - {(None, None)}

    assert ties == {
        ("mara-quill.example/", "mara-quill.example"),
        ("mara@social.example", "social.example"),
        ("mq_garden@quiet.example", "quiet.example"),
        ("mquill@code.example", "api.code.example"),
        ("eastmere-courier.example/feed.xml", "eastmere-courier.example"),
    }


def test_findings_are_counted_at_their_host(report: Report) -> None:
    """Three stand at the social host."""
    notes = {box.label: box.note for box in source_map(report).hosts}

    assert notes["social.example"] == "2 asked, 3 found"
    assert notes["quiet.example"] == "1 asked"


def test_a_place_that_did_not_answer_is_drawn_as_silent(report: Report) -> None:
    """It is dashed, and says so."""
    silent = report.coverage[0].but(answered=0)
    first = source_map(report.but(coverage=(silent,))).places[0]

    assert (first.is_silent, first.note) == (True, "no answer")


def test_the_map_is_said_in_words(report: Report) -> None:
    """Every place and host stands in the description."""
    said = source_map(report).description

    assert all(place.identifier in said for place in report.coverage)
    assert "social.example: 2 asked, 3 findings" in said


def test_an_empty_map_says_none(report: Report) -> None:
    """No place, no request."""
    drawn = source_map(report.but(coverage=(), search_log=(), findings=()))

    assert (drawn.places, drawn.hosts, drawn.ties) == ((), (), ())
    assert drawn.description == "Places named: none. Hosts asked: none."


@pytest.mark.parametrize("url", ["https://[broken", "not an address"])
def test_an_address_that_is_none_has_no_host(url: str, report: Report) -> None:
    """A hostile address breaks nothing."""
    finding = report.findings[0].but(url=url)
    drawn = source_map(report.but(findings=(finding,)))

    assert all(box.x >= 0 and box.x + box.width <= WIDTH for box in (*drawn.places, *drawn.hosts))
    assert "1 found" not in {box.note for box in drawn.hosts}


def test_a_place_without_a_host_of_its_own_is_tied_to_those_of_its_kind(report: Report) -> None:
    """A wiki whose interface lives elsewhere still has a line."""
    moved = report.search_log[1].but(url="https://elsewhere.example/", source="mediawiki")
    wiki = next(place for place in report.coverage if place.source == "mediawiki")
    drawn = source_map(report.but(coverage=(wiki,), search_log=(moved,)))

    assert len(drawn.ties) == 2
