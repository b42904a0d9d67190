"""Hostile characters become visible; the writing of other languages stays as it is."""

from __future__ import annotations

import pytest

from footprint.report.characters import css_string, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202eabc\u202c", "⟦U+202E⟧abc⟦U+202C⟧"),
        ("\u2066a\u2069", "⟦U+2066⟧a⟦U+2069⟧"),
        ("zero\u200bwidth", "zero⟦U+200B⟧width"),
        ("soft\u00adhyphen", "soft⟦U+00AD⟧hyphen"),
        ("\ufeffmark", "⟦U+FEFF⟧mark"),
        ("bell\x07", "bell⟦U+0007⟧"),
        ("nul\x00", "nul⟦U+0000⟧"),
        ("a\rb", "a⟦U+000D⟧b"),
        ("line\u2028end", "line⟦U+2028⟧end"),
        ("\u3164", "⟦U+3164⟧"),
        ("\u2800", "⟦U+2800⟧"),
        ("\ue000", "⟦U+E000⟧"),
        ("\U000e0041", "⟦U+E0041⟧"),
        ("\U000e0101", "⟦U+E0101⟧"),
        ("pay\u200dpal", "pay⟦U+200D⟧pal"),
        ("\u200cstart", "⟦U+200C⟧start"),
        ("end\u200d", "end⟦U+200D⟧"),
        ("\u0434\u200c\u0430", "\u0434⟦U+200C⟧\u0430"),
    ],
)
def test_hidden_characters_are_written_out(text: str, shown: str) -> None:
    """What reorders, hides or draws nothing is named by its code point."""
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "plain words, 12 €, “quoted” \u2013 and so on…",
        "two\nlines\tand a tab",
        "Zoë Ångström Łódź",
        "Сова и лес",
        "\u0633\u0644\u0627\u0645",
        "\u0645\u06cc\u200c\u062e\u0648",
        "क्\u200dष",
        "鵜飼の夜",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f44d\U0001f3fd",
        "\u2764\ufe0f\u200d\U0001f525",
    ],
)
def test_ordinary_writing_stays(text: str) -> None:
    """Letters, signs, line ends, emoji and the joiners that Persian and Hindi need are not touched."""
    assert visible(text) == text


def test_windows_line_ends_become_line_ends() -> None:
    """CR LF is one line end, not a hidden character."""
    assert visible("a\r\nb") == "a\nb"


def test_a_css_string_cannot_end_itself() -> None:
    """Quotation marks, backslashes, line ends and tags are escaped."""
    assert css_string('A"\\</style>\n') == '"A\\000022\\00005c\\00003c\\00002fstyle\\00003e\\000020"'
