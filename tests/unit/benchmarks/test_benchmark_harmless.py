"""The benchmarks of ordinary speech and of the dictionary, on made-up files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from benchmarks import accuracy_page, harmless, look_alikes

VOTES = {"Annotator1_is_abuse.1": "1", "Annotator1_is_abuse.0": "0", "Annotator1_is_abuse.-2": "0"}


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a file of a set."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Return a folder with every set, each with a harmless and a hateful text and one that is labelled neither."""
    for name, source in harmless.SOURCES.items():
        labels = {
            "davidson": ("label", "neither", "hate", "offensive"),
            "hatexplain": ("label", "normal", "hate", "offensive"),
            "edos": ("label", "not sexist", "sexist", "other"),
            "sarcasm": ("sarcastic", "0", "2", "3"),
            "toxic-spans": ("spans", "[]", "[1]", "[2]"),
            "toxigen": ("label", "neutral", "hate", "other"),
            "hatemoji": ("label", "non-hateful", "hateful", "other"),
        }.get(name)
        texts = (f"{name}: immigrants are late.", f"{name}: immigrants are vermin.", f"{name}: who knows.")
        if labels is None:
            votes = (VOTES, {**VOTES, "Annotator1_is_abuse.1": "0", "Annotator1_is_abuse.-2": "1"}, VOTES)
            marked = [
                {source.text: text, **vote, "Annotator2_is_abuse.-2": vote["Annotator1_is_abuse.-2"]}
                for text, vote in zip(texts, votes, strict=True)
            ]
            marked[2]["Annotator1_is_abuse.1"] = "0"
            write(tmp_path / source.file, marked)
        else:
            column, *values = labels
            write(tmp_path / source.file, [{source.text: t, column: v} for t, v in zip(texts, values, strict=True)])
    return tmp_path


def test_every_set_is_counted_once_in_one_of_two_halves(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is labelled falls into one half; what is hateful is flagged, what is harmless is not."""
    figures = [harmless.measure(sets, half) for half in harmless.HALVES]
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    totals = {
        title: [sum(each[title][name][place] for each in figures for name in each[title]) for place in (0, 1)]  # type: ignore[index]
        for title in ("harmless", "hateful")
    }

    assert printed == figures
    assert totals == {"harmless": [8, 0], "hateful": [6, 6]}


def test_the_page_tells_of_ordinary_speech() -> None:
    """Each set has a line a half; what a set lacks stays empty."""
    figures = {"half": "test", "harmless": {"one": [200, 3]}, "hateful": {"two": [10, 5]}, "rules": {}}
    page = accuracy_page.page({"harmless": {"figures": figures, "command": "c", "day": "d", "setting": "s"}}, ())

    assert "| one | test | 200 | 3 | 1.5 % |  |  |  |" in page
    assert "| two | test |  |  |  | 10 | 5 | 50.0 % |" in page
    assert "| `c` | d |" in page


def test_words_of_the_dictionary_are_known() -> None:
    """Ordinary words are left alone, in any form they stand in; a misspelling is not."""
    words = ["Independent\n", "honey's\n", "sheen\n", "ox\n", "neighbor\n", "imigrants\n"]

    assert list(look_alikes.misread(look_alikes.spelling_of_all(), words)) == ["imigrants"]
