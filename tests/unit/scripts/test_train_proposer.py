"""The trainer of the linear proposer, on tiny invented sets: pinned files, nothing of a person, and the same bytes twice."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from footprint.errors import InputError
from footprint.filters.coefficients import parsed, score, written
from scripts import train_proposer
from scripts.train_proposer import SETS, Set, barred, check, folds_table, out_of_fold, prepared, read, train

HATEFUL = (
    "these Romanians are vile and filthy, @marrowfax agrees",
    "vile and filthy, all of those women, as Brunhild says",
    "so filthy, so vile, those gay people @marrowfax",
    "every one of these immigrants is vile, ask Brunhild",
    "filthy and vile neighbours, marrowfax said, see https://a.example/x",
    "they are vile, these Muslims, vile and filthy brunhild",
)
HARMLESS = (
    "we had tea with Romanians and it was lovely, @marrowfax",
    "lovely tea in the garden, all of us women, as Brunhild says",
    "tea and cake, so lovely, with gay people @marrowfax",
    "every one of these immigrants made tea, ask Brunhild",
    "lovely neighbours and tea, marrowfax said, see https://a.example/x",
    "they are lovely, these Muslims, tea again brunhild",
)


def rows() -> Iterator[tuple[str, str]]:
    yield from ((text, "hate") for text in HATEFUL)
    yield from ((text, "neutral") for text in HARMLESS)
    yield "neither here nor there", "unsure"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one set."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("text", "label"))
    writer.writerows(rows())
    (tmp_path / "invented.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    return tmp_path


@pytest.fixture
def sets(folder: Path) -> tuple[Set, ...]:
    """The set of that folder, pinned."""
    digest = hashlib.sha256((folder / "invented.csv").read_bytes()).hexdigest()
    return (Set("invented", digest, "CC0-1.0", frozenset({"hate"}), frozenset({"neutral"}), 1.0),)


def test_two_runs_give_the_same_bytes(folder: Path, sets: tuple[Set, ...]) -> None:
    """And the table is one that the tool reads."""
    first, second = (written(train(folder, sets)[0]) for _ in range(2))

    assert first == second
    assert parsed(first, where="first").sources == ((*sets[0][:3],), train_proposer.READ_BY)


def test_it_learns_what_the_set_teaches(folder: Path, sets: tuple[Set, ...]) -> None:
    """What stands in the hateful texts alone weighs for it, what stands in the others against it."""
    table, words = train(folder, sets)
    hateful, harmless = (
        prepared([(0, text, True)], words)[0].tokens
        for text in ("vile and filthy Romanians", "tea with lovely Romanians")
    )

    assert table.weights["w:vile"] > 0 > table.weights["w:tea"]
    assert score(table, hateful).score > 0.5 > score(table, harmless).score


def test_nothing_of_a_person_stands_in_the_table(folder: Path, sets: tuple[Set, ...]) -> None:
    """No account, no name in either spelling, no address, no group; not in a pair of words, and not by its letters."""
    table, words = train(folder, sets)
    terms = " ".join(table.weights)

    assert {"marrowfax", "brunhild"} <= words
    for told in (
        "marrow",
        "brunh",
        "unhil",
        "rowfa",
        "example",
        "https",
        "@",
        "romania",
        "muslim",
        "women",
        "immigrant",
    ):
        assert told not in terms


def test_a_barred_word_in_a_table_stops_it(folder: Path, sets: tuple[Set, ...]) -> None:
    """The check looks at what comes out, not at what went in."""
    table, words = train(folder, sets)
    check(table, words)

    for term in ("w:vile", "w:a@b", "w:a/b", "w:so vile"):
        with pytest.raises(ValueError, match="a barred word"):
            check(table._replace(weights={term: 1.0}), frozenset({"vile"}))


@pytest.mark.parametrize(
    ("text", "word", "is_barred"),
    [
        ("I saw Ottoline there. With Ottoline here", "ottoline", True),
        ("I saw Pears there. With pears and pears", "pears", False),
        ("Pears. Pears! Pears", "pears", False),
        ("THE PEARS and THE PEARS", "pears", False),
        ("ask @pears", "pears", True),
        ("ask @hate", "hate", False),
        ("", "gwendolyn", True),
    ],
)
def test_names_are_barred(text: str, word: str, is_barred: bool) -> None:
    """An account, a given name, and a word with a capital within a sentence; not one that begins it, nor a word of our own lists."""
    assert (word in barred([text])) is is_barred


def test_another_file_is_refused(folder: Path, sets: tuple[Set, ...]) -> None:
    """A set is pinned by its SHA-256; one byte more is another set."""
    with (folder / "invented.csv").open("ab") as file:
        file.write(b"\n")

    with pytest.raises(InputError, match=r"invented\.csv: expected the file with the SHA-256"):
        list(read(folder, sets))


def test_a_label_that_is_neither_is_left_out(folder: Path, sets: tuple[Set, ...]) -> None:
    """What was labelled as something between teaches nothing."""
    assert len(list(read(folder, sets))) == len(HATEFUL) + len(HARMLESS)


def test_folds_score_each_row_by_a_table_that_did_not_see_it(folder: Path, sets: tuple[Set, ...]) -> None:
    """A figure for each row, and a line for each threshold."""
    raw = list(read(folder, sets))
    made = prepared(raw, barred(text for _, text, _ in raw))
    scores = out_of_fold(made, sets, 3)

    assert len(scores) == len(raw)
    assert all(0 < one < 1 for one in scores)
    assert len(list(folds_table(raw, made, scores, sets))) == len(train_proposer.STEPS)


def test_the_program_writes_the_table(folder: Path, sets: tuple[Set, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """It prints how many terms, bytes and barred words, and the digest; with --folds it writes nothing."""
    out = folder / "table.tsv"
    train_proposer.main([str(folder), "--out", str(out), "--folds", "2"], sets)
    assert not out.exists()
    assert "median share right" in capsys.readouterr().out

    train_proposer.main([str(folder), "--out", str(out)], sets)

    assert hashlib.sha256(out.read_bytes()).hexdigest() in capsys.readouterr().out


def test_only_sets_that_may_be_trained_on_are_pinned() -> None:
    """Each with its licence; neither the functional tests nor the news that figures are measured on."""
    assert {each.name for each in SETS} == {"davidson", "edos", "hatemojibuild", "hatexplain", "toxigen_demonstrations"}
    assert {each.licence for each in SETS} == {"MIT", "CC0-1.0", "CC-BY-4.0", "CDLA-Permissive-2.0"}
