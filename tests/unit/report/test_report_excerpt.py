"""Excerpts are cut into words, masks, matches and gaps."""

from __future__ import annotations

from footprint.model.decision import Span
from footprint.model.finding import MaskedText
from footprint.model.report import Report
from footprint.report.excerpt import MOST_CHARACTERS, Piece, excerpt, pieces


def test_a_mask_becomes_a_box_with_its_class_in_words() -> None:
    """The label that stands where the mask stands is a mask; hyphens become spaces."""
    masked = MaskedText(text="ask [third-party] now", masks=(Span(start=4, end=12, what="third-party"),))

    assert pieces(masked) == (Piece("plain", "ask "), Piece("mask", "third party"), Piece("plain", " now"))


def test_a_writer_cannot_forge_a_mask() -> None:
    """Brackets that the writer typed stay words."""
    assert pieces(MaskedText(text="ask [person] now")) == (Piece("plain", "ask [person] now"),)


def test_masks_that_do_not_stand_where_they_say_are_not_guessed() -> None:
    """If the text at a mask's place is no label, everything stays words, and no match is drawn."""
    masked = MaskedText(text="nothing is masked here", masks=(Span(start=3, end=5, what="person"),))

    assert pieces(masked, [Span(start=0, end=7, what="target")]) == (Piece("plain", "nothing is masked here"),)


def test_a_match_moves_with_the_masks_before_it() -> None:
    """Spans count the original's characters; the picture counts the masked text's."""
    original = "Bo Lee and Al Ray will burn it"
    masked = MaskedText(
        text="[person] and [person] will burn it",
        masks=(Span(start=0, end=6, what="person"), Span(start=11, end=17, what="person")),
    )
    burn = original.index("burn")

    kinds = [
        piece for piece in pieces(masked, [Span(start=burn, end=burn + 4, what="predicate")]) if piece.kind == "match"
    ]

    assert kinds == [Piece("match", "burn")]


def test_a_match_before_a_mask_stays_where_it_is() -> None:
    """Only masks that end before a match move it."""
    masked = MaskedText(text="burn [person]", masks=(Span(start=5, end=9, what="person"),))

    assert pieces(masked, [Span(start=0, end=4, what="predicate")])[0] == Piece("match", "burn")


def test_matches_that_cannot_be_drawn_are_left_out() -> None:
    """A match inside a mask, a second match over the first, and one past the end leave the words alone."""
    masked = MaskedText(text="[person] is here", masks=(Span(start=0, end=6, what="person"),))
    spans = [
        Span(start=2, end=8, what="target"),
        Span(start=7, end=9, what="target"),
        Span(start=8, end=9, what="target"),
        Span(start=10, end=90, what="target"),
    ]

    assert [piece.kind for piece in pieces(masked, spans)] == ["mask", "plain", "match", "plain"]


def test_a_very_long_text_is_shown_around_its_matches() -> None:
    """Between head, matches and tail stands a gap that counts what is not shown."""
    text = "a" * 4000 + "burn" + "b" * 4000

    shown = pieces(MaskedText(text=text), [Span(start=4000, end=4004, what="predicate")])

    assert [piece.kind for piece in shown] == ["gap", "plain", "match", "plain", "gap"]
    assert shown[1].text == "a" * 500
    assert shown[0].text == "3,500"


def test_a_very_long_text_without_matches_shows_its_beginning() -> None:
    """The first half of what is shown at most, then the gap."""
    shown = pieces(MaskedText(text="a" * 10_000))

    assert [piece.kind for piece in shown] == ["plain", "gap"]
    assert len(shown[0].text) == MOST_CHARACTERS // 2


def test_a_text_of_the_greatest_length_is_shown_whole() -> None:
    """Only longer texts are cut."""
    assert pieces(MaskedText(text="a" * MOST_CHARACTERS)) == (Piece("plain", "a" * MOST_CHARACTERS),)


def test_a_finding_shows_the_words_that_its_rules_matched(report: Report) -> None:
    """The spans of the relevance decisions are the matches."""
    shown = excerpt(report.findings[1])

    assert Piece("match", "murder") in shown
