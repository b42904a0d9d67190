"""The benchmarks of judgement: figures that can be worked out by hand, on made-up files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import accuracy, accuracy_page, extraction, masking, relevance
from benchmarks.intervals import interval, share


def test_an_interval_holds_what_every_draw_gives() -> None:
    """Where all rows agree, so do the bounds; shares of nothing are 0."""
    assert interval([1, 1, 1], str, lambda rows: share(sum(rows), len(rows))) == (1.0, 1.0)
    assert share(1, 0) == 0.0


def test_relevance_counts_what_is_flagged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Flagged is a plain finding; what is only for review counts as not flagged and is told apart."""
    file = tmp_path / "cases.csv"
    file.write_text(
        "text,label,functionality,target\n"
        "Immigrants are vermin.,hateful,derog,immigrants\n"
        "A quiet day.,hateful,derog,\n"
        "Women are nice.,non-hateful,ident,women\n"
        '"It is never ok to say that immigrants are vermin.",non-hateful,counter,immigrants\n',
        encoding="utf-8",
    )
    result = relevance.measure(file)
    printed = capsys.readouterr().out.splitlines()

    assert json.loads(printed[-1]) == result
    assert {key: result[key] for key in ("n", "flagged", "review", "precision", "recall", "specificity")} == {
        "n": 4,
        "flagged": 1,
        "review": 1,
        "precision": 1.0,
        "recall": 0.5,
        "specificity": 1.0,
    }
    assert result["macro_f1"] == pytest.approx((2 / 3 + 4 / 5) / 2, abs=1e-4)
    assert result["by_functionality"] == {"counter": [1, 1], "derog": [2, 1], "ident": [1, 1]}
    assert result["by_target"] == {"immigrants": [2, 2], "women": [1, 1]}


def test_a_file_of_harmless_texts_has_one_class(tmp_path: Path) -> None:
    """Without functionality and target, and with one label alone, the figures still stand."""
    file = tmp_path / "news.csv"
    file.write_text("text,label\nThe train is late.,non-hateful\n", encoding="utf-8")
    result = relevance.measure(file)

    assert (result["macro_f1"], result["flagged"], result["by_target"]) == (1.0, 0, {})


def test_masking_counts_spans_and_false_masks(tmp_path: Path) -> None:
    """A characteristic counts where it is touched, a direct identifier where every word but the title is covered."""
    text = "Mr Osric Dunmore was diagnosed with epilepsy. I am a Sikh."
    entities = [
        {"start_offset": 0, "end_offset": 16, "entity_type": "PERSON", "identifier_type": "DIRECT"},
        {"start_offset": 36, "end_offset": 44, "entity_type": "DEM", "confidential_status": "HEALTH"},
    ]
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps({"text": text, "entities": entities}) + "\n", encoding="utf-8")
    news = tmp_path / "news.csv"
    news.write_text("text\nThe train of Osric Dunmore is late.\n", encoding="utf-8")
    result = masking.measure(file, news)

    assert result["by_type"] == {"HEALTH": [1, 1], "DEM": [1, 1], "PERSON": [1, 1]}
    assert result["direct"] == [1, 1]
    assert result["false_masks_per_1000_words"] == round(1000 / 11, 2)
    assert (result["false_third_party_masks_per_1000_words"], result["news_false_masks_per_1000_words"]) == (0, 0)


def test_extraction_compares_runs_of_four_words() -> None:
    """Shares of hit, wrong and missed runs sum to 1; an empty text has no run."""
    page = extraction.compare("p", "one two three four five", "one two three four six")

    assert (page.hit, page.wrong, page.missed) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert extraction.compare("p", "", "")[1:] == (0.0, 0.0, 0.0)
    assert (extraction.precision([page]), extraction.recall([page])) == (0.5, 0.5)


def test_extraction_reads_a_folder(tmp_path: Path) -> None:
    """A page in the folder is read and compared with its true text."""
    words = " ".join(f"word{number}" for number in range(80))
    html = f"<html><body><article><h1>A day</h1><p>{words}.</p></article></body></html>"
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(html.encode()))
    (tmp_path / "ground_truth.json").write_text(json.dumps({"a": {"articleBody": words}}), encoding="utf-8")
    result = extraction.measure(tmp_path)

    assert result["recall"] == 1.0


def test_the_page_of_accuracy_is_what_its_lines_make() -> None:
    """No figure on the page was typed: it follows from the lines that the benchmarks printed."""
    assert accuracy.PAGE.read_text(encoding="utf-8") == accuracy.page()


def test_a_page_without_lines_has_no_tables() -> None:
    """What was not measured is left out."""
    assert "|" not in accuracy_page.page({}, tuple(accuracy.RUNS))


@pytest.mark.parametrize("name", ["figurative", "unseen", "fresh", "categories"])
def test_self_made_cases_come_in_twins(name: str) -> None:
    """Beside each sentence that must not be flagged stands one that must be, and no sentence stands twice."""
    cases = relevance.read(accuracy.CASES / f"{name}.csv")
    labels = {
        template: sorted(case.label for case in cases if case.template == template)
        for template in {case.template for case in cases}
    }

    assert all(pair == ["must-flag", "must-not"] for pair in labels.values())
    assert len({case.text for case in cases}) == len(cases)


def test_lines_are_kept_beside_those_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One benchmark can be run again by itself."""
    monkeypatch.setattr(accuracy, "LINES", tmp_path / "accuracy.json")
    run = accuracy.Run("relevance X", lambda _: {"n": 1})
    monkeypatch.setattr(accuracy, "RUNS", {"a": run, "b": run, "unseen": run})
    accuracy.collect(tmp_path, ())
    accuracy.collect(tmp_path, ("b",))

    assert set(accuracy.stored()) == {"a", "b"}
    assert accuracy.stored()["b"]["command"] == "python -m benchmarks.relevance X"
