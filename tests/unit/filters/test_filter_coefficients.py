"""A linear model as a table of text: what is read, what is refused, and what a text scores by it."""

from __future__ import annotations

import math

import pytest

from filter_samples import LEXICONS
from footprint.errors import InputError
from footprint.filters.coefficients import FORM, Source, Table, features_of, logistic, parsed, score, written
from footprint.filters.reading import Reading
from footprint.filters.unnamed import Token, tokens_of

TABLE = Table(
    name="tiny",
    version="1",
    threshold=0.6,
    bias=-0.5,
    sources=(Source("invented", "a" * 64, "CC0-1.0"),),
    weights={"w:vile": 2.0, "w:vile <group>": 1.0, "c:_vi": 0.5, "w:love": -3.0},
)


def tokens(text: str) -> tuple[Token, ...]:
    return tokens_of(Reading(text), LEXICONS)


def test_a_text_has_words_pairs_and_letters() -> None:
    """Single words, pairs, and 2 to 5 letters of each word with its edges; what was taken out counts beside a word alone."""
    found = features_of(tokens("vile Romanians @ada"))

    assert {feature for feature in found if feature[0] == "w"} == {"w:vile", "w:vile <group>"}
    assert found["w:vile <group>"] == [(0,)]
    assert set(found) - {"w:vile", "w:vile <group>"} == {
        f"c:{'_vile_'[start : start + size]}" for size in (2, 3, 4, 5) for start in range(7 - size)
    }
    assert features_of(tokens("vile word"))["w:vile word"] == [(0, 1)]
    assert features_of(()) == {}


def test_a_score_can_be_worked_out_by_hand() -> None:
    """Each weight over the square root of how many features of its kind there are; the shares and the bias make the sum."""
    found = score(TABLE, tokens("vile Romanians"))
    total = (2.0 + 1.0) / math.sqrt(2) + 0.5 / math.sqrt(14)

    assert found.shares == pytest.approx((total, 0.0))
    assert found.score == pytest.approx(logistic(-0.5 + total))
    assert score(TABLE, ()).score == pytest.approx(logistic(-0.5))


def test_a_word_that_stands_twice_shares_its_weight() -> None:
    """A feature counts once, half for each place."""
    once, twice = score(TABLE, tokens("vile")), score(TABLE, tokens("vile. Vile."))

    assert twice.shares[0] == twice.shares[1]
    assert sum(twice.shares) < 2 * sum(once.shares)


@pytest.mark.parametrize("value", [-1e9, -1.0, 0.0, 1.0, 1e9])
def test_the_logistic_function_stays_between_its_ends(value: float) -> None:
    """Whatever a table holds, a score is a number from 0 to 1."""
    assert 0 < logistic(value) <= 1


def test_a_table_is_read_as_it_was_written() -> None:
    """One form: the same table gives the same text, and comes back from it."""
    text = written(TABLE)

    assert parsed(text, where="t.tsv") == TABLE
    assert written(parsed(text, where="t.tsv")) == text
    assert text.startswith(f"{FORM}\nname\ttiny\n")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (FORM, "footprint/linear@2", "line 1"),
        ("\n\n", "\n", "line 1"),
        ("name\ttiny", "name tiny", "line 2"),
        ("name\ttiny", "name\t", "name"),
        ("version\t1\n", "", "version"),
        ("version\t1\n", "version\t1\nversion\t2\n", "version"),
        ("word 1-2", "word 1-3", "features"),
        ("norm\tbinary", "norm\tcounts", "features, norm"),
        ("threshold\t0.60", "threshold\t1.60", "threshold"),
        ("bias\t-0.500", "bias\tnan", "bias"),
        ("source\tinvented ", "source\tinvented", "source"),
        ("w:vile\t2.000", "w:vile\tnan", "line 12"),
        ("w:vile\t2.000", "w:vile\t1e300", "line 12"),
        ("w:vile\t2.000", "x:vile\t2.000", "line 12"),
        ("w:vile\t2.000", "w:love\t2.000", "expected 1 to 200,000 terms, each once"),
    ],
)
def test_another_form_is_refused_with_its_place(old: str, new: str, named: str) -> None:
    """A table is never guessed: the file, the line and what was expected there."""
    assert old in written(TABLE)

    with pytest.raises(InputError, match=rf"^t\.tsv: {named}"):
        parsed(written(TABLE).replace(old, new), where="t.tsv")


def test_an_empty_table_is_refused() -> None:
    """Without a term there is no model."""
    with pytest.raises(InputError, match="1 to 200,000 terms"):
        parsed(written(TABLE._replace(weights={})), where="t.tsv")
