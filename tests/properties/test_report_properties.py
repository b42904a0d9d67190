"""Whatever strangers write, the report stays one inert page."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from footprint.model.decision import Span
from footprint.model.finding import MaskedText
from footprint.report.characters import css_string, visible
from footprint.report.excerpt import MOST_CHARACTERS, pieces

ANYTHING = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u202e\u200d\u200b[]⟦⟧<>\"'\\\n"), max_size=200
)


@given(ANYTHING)
def test_what_is_shown_has_no_hidden_character_but_joiners(text: str) -> None:
    """Every control and format character that is left is a line end, a tab or a joiner between letters."""
    hidden = {
        character for character in visible(text) if unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs")
    }

    assert hidden <= set("\n\t\u200c\u200d")


@given(ANYTHING)
def test_making_visible_twice_changes_nothing_more(text: str) -> None:
    """What is visible is visible already."""
    assert visible(visible(text)) == visible(text)


@given(ANYTHING)
def test_a_css_string_has_nothing_that_css_or_html_reads(text: str) -> None:
    """Between its quotation marks stand letters, digits and escapes."""
    inside = css_string(text)[1:-1]

    assert all(character.isascii() and (character.isalnum() or character == "\\") for character in inside)


@given(st.text("abc [x]", max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9)), max_size=6))
def test_pieces_hold_the_whole_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever was matched, the pieces of an unmasked text put together are the text."""
    matched = [Span(start=start, end=start + length, what="target") for start, length in spans]

    assert "".join(piece.text for piece in pieces(MaskedText(text=text), matched)) == text


@given(st.text("ab ", max_size=60), st.sets(st.integers(0, 55), max_size=5))
def test_masks_are_found_where_the_masking_put_them(text: str, starts: set[int]) -> None:
    """Each mask of one character becomes one box, and every other character stays."""
    masks = tuple(Span(start=start, end=start + 1, what="person") for start in sorted(starts) if start < len(text))
    cut = {mask.start for mask in masks}
    masked = "".join("[person]" if place in cut else character for place, character in enumerate(text))

    shown = pieces(MaskedText(text=masked, masks=masks))

    assert sum(piece.kind == "mask" for piece in shown) == len(masks)
    assert "".join(piece.text for piece in shown if piece.kind == "plain") == "".join(
        character for place, character in enumerate(text) if place not in cut
    )


@given(st.integers(MOST_CHARACTERS + 1, 50_000))
def test_a_long_text_is_never_shown_whole(length: int) -> None:
    """What is shown is bounded; the gap counts the rest."""
    shown = pieces(MaskedText(text="a" * length))
    plain = sum(len(piece.text) for piece in shown if piece.kind == "plain")
    gap = sum(int(piece.text.replace(",", "")) for piece in shown if piece.kind == "gap")

    assert plain + gap == length
    assert plain <= MOST_CHARACTERS
