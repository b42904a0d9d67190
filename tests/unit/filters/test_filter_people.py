"""Names of people, by shape, cue and common given names."""

from __future__ import annotations

import pytest

from footprint.filters.people import find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I met Osric Dunmore today.", ["Osric Dunmore"]),
        ("Thanks Bettany Crewe for the lift.", ["Bettany Crewe"]),
        ("Yesterday Tom left.", ["Tom"]),
        ("Meeting Sarah at nine.", ["Sarah"]),
        ("We met. Suddenly Wilmot Hask sang.", ["Wilmot Hask"]),
        ("my boss Zedric and PC Marden", ["Zedric", "Marden"]),
        ("Dr. Venn is in.", ["Venn"]),
        ("J. R. Hask and Jean-Luc O'Brien", ["J. R. Hask", "Jean-Luc O'Brien"]),
        ("Maria de la Cruz sang", ["Maria de la Cruz"]),
        ("\u00c9lodie Marden's van", ["\u00c9lodie Marden"]),
        ("Osric Dunmore On Monday", ["Osric Dunmore On"]),
        ("Osric Dunmore Monday", ["Osric Dunmore"]),
        ("Big Fire After Tom Hask Meets Five Loud Drivers", ["Tom Hask"]),
        ("Colin\nBrandreth", ["Colin"]),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    """Two capitalised words, one after a cue, or a common given name."""
    assert [text[start:end] for start, end in find_names(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Soup again.",
        "I don't know. Don't ask.",
        "The Polish Government met.",
        "British Muslims prayed.",
        "On Monday in West London",
        "Thornmere Town Council",
        "Happy Birthday",
        "I WILL NOT MOVE",
        "Loudly Singing",
        "will and mark",
        "Thornmere is wet.",
        "\u00e9lan Vital",
        "Police Close Wet Line After Loud Storm",
        "@Osric_Dunmore",
        "",
    ],
)
def test_other_capitals_are_not_names(text: str) -> None:
    """Groups, days, places, institutions, shouting and the first words of sentences are not people."""
    assert list(find_names(text)) == []
