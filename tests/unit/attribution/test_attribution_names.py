"""Names: brought to one form, compared word by word, found in a text."""

import pytest

from footprint.attribution.forms import fold, normalise
from footprint.attribution.likeness import Likeness
from footprint.attribution.mentions import mentions
from footprint.attribution.names import best, compare


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mara Quill", ("mara", "quill")),
        ("Quill, Mara", ("mara", "quill")),
        ("Quill, ", ("quill",)),
        ("Quill, Mara, Dr", ("quill", "mara")),
        ("Dr. Mara van der Quill", ("mara", "quill")),
        ("MARA QUILL", ("mara", "quill")),
        ("Mára Quíll", ("mara", "quill")),
        ("Ma\u0301ra Quill", ("mara", "quill")),
        ("Mara Quill-Marsh", ("mara", "quill", "marsh")),
        ("Mara O'Quill", ("mara", "oquill")),
        ("Mara O\u2019Quill", ("mara", "oquill")),
        ("Łucja Sørensen", ("lucja", "sorensen")),
        ("Straße", ("strasse",)),
        ("M. J. Quill", ("m", "j", "quill")),
        ("Van", ("van",)),
        ("Dr", ("dr",)),
        ("\u041c\u0430\u0440\u0430 \u041a.", ("mara", "k")),
        ("", ()),
        ("...", ()),
    ],
)
def test_a_name_has_one_form(name: str, words: tuple[str, ...]) -> None:
    """Case, accents, order, titles and particles do not change a name; at least one word is always left."""
    assert normalise(name) == words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mara Quill", "Quill, Mara"),
        ("Mara Quill", "Quill Mara"),
        ("Mara Quill", "Mara Jane Quill"),
        ("Mara Jane Quill", "Mara J. Quill"),
        ("Mara Quill", "Mara Quill-Marsh"),
        ("Mara Quill", "Ms Mara de Quill"),
        ("Catherine Quill", "Cathrine Quill"),
        ("Catherine Quill", "Cahterine Quill"),
        ("Mara Mara Quill", "Mara Quill"),
        ("Teller", "TELLER"),
        ("\u041c\u0430\u0440\u0430 \u0414\u0430\u043b", "\u043c\u0430\u0440\u0430 \u0434\u0430\u043b"),
    ],
)
def test_forms_of_one_name_are_the_same(first: str, second: str) -> None:
    """Two ways to write a name are the same name."""
    assert compare(first, second).is_same


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mara Quill", "Ivo Quill"),
        ("Mara Quill", "Mara Marsh"),
        ("Mara Quill", "Mara"),
        ("Mara Quill", "Quill"),
        ("Mara Quill", "Mara Q."),
        ("Mara Quill", "M. Quill"),
        ("Mara Quill", "Tara Quill"),
        ("Mara Jane Quill", "Mara Ann Quill"),
        ("Angela Quill", "Angelo Quill"),
        ("Mara Quill", "Mara Quills"),
        ("Catherine Quill", "Katherine Quill"),
        ("Ali bin Omar Nasser", "Omar bin Ali Nasser"),
        ("Mara Quill", ""),
        ("", ""),
        ("Teller", "Teller Quill"),
    ],
)
def test_names_that_differ_are_not_the_same(first: str, second: str) -> None:
    """One shared word, an initial, another middle name or another order of fathers is not the same name."""
    assert not compare(first, second).is_same


@pytest.mark.parametrize(
    ("first", "second", "is_similar"),
    [
        ("Mara Quill", "M. Quill", True),
        ("Ali bin Omar Nasser", "Omar bin Ali Nasser", False),
        ("Mara Quill", "J. Quill", False),
        ("Mara Quill", "Mara Quill", False),
        ("Mara Quill", "Mara Q.", False),
        ("Mara Jane Quill", "Mara Ann Quill", False),
    ],
)
def test_an_initial_makes_a_name_similar(first: str, second: str, is_similar: bool) -> None:
    """A given name as an initial could be the same name; a name that differs in a full word could not."""
    assert compare(first, second).is_similar is is_similar


@pytest.mark.parametrize(
    ("first", "second", "conflicts"),
    [
        ("Mara Quill", "Ivo Marsh", True),
        ("Mara Quill", "Mara Marsh", True),
        ("Mara Quill", "Mara Q.", False),
        ("Mara Quill", "Mara", False),
        ("Mara Quill", "Mara Jane Quill", False),
        ("Mara Quill", "", False),
    ],
)
def test_names_conflict_where_each_has_a_word_of_its_own(first: str, second: str, conflicts: bool) -> None:
    """A conflict needs a full word on both sides that the other lacks."""
    assert compare(first, second).conflicts is conflicts


def test_an_alignment_names_its_evidence() -> None:
    """The alignment says which words stand for each other, and how, from the first name to the second."""
    pairs = compare("Mara Jane Quill", "Cathy J. Quill").pairs

    assert {(pair.first, pair.second): pair.likeness for pair in pairs} == {
        ("quill", "quill"): Likeness.SAME,
        ("jane", "j"): Likeness.INITIAL,
    }


def test_evidence_keeps_the_order_of_the_question() -> None:
    """Turned round, the pairs are turned round too."""
    one, other = compare("Quill Marayana", "Maraayana Quill"), compare("Maraayana Quill", "Quill Marayana")

    assert {(pair.second, pair.first) for pair in one.pairs} == {(pair.first, pair.second) for pair in other.pairs}
    assert ("marayana", "maraayana", Likeness.CLOSE) in one.pairs


def test_the_best_of_several_names_is_chosen() -> None:
    """A former name counts as much as the present one."""
    name, fit = best(("Mara Quill", "Mara Marsh"), "Marsh, Mara")

    assert (name, fit.is_same) == ("Mara Marsh", True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yesterday Mara Quill spoke.", ["Mara Quill"]),
        ("MARA QUILL and Mara J. Quill", ["MARA QUILL", "Mara J. Quill"]),
        ("Quill, Mara: third place", ["Quill, Mara"]),
        ("Mara Jane Quill", ["Mara Jane Quill"]),
        ("Mara van Quill", ["Mara van Quill"]),
        ("Mara Quill\u2019s dog", ["Mara Quill"]),
        ("Mara Quill-Marsh", ["Mara Quill"]),
        ("Mára Quill", ["Mára Quill"]),
        ("Mara Quillon", []),
        ("Tamara Quill", []),
        ("Mara, Quill and others", []),
        ("Mara and her friend Quill", []),
        ("asked Mara. Then Ivo Dale came to Quill", []),
        ("a quill for Mara", []),
        ("Mara One Two Three Four Quill", []),
        ("Quill: Mara", []),
        ("the last word is Quill", []),
        ("", []),
    ],
)
def test_a_name_is_found_as_whole_words(text: str, found: list[str]) -> None:
    """A name is found in either order and with middle names, but never inside other words or across others."""
    assert [text[mention.start : mention.end] for mention in mentions(text, "Mara Quill")] == found


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("Mara Ann Quill spoke", "Mara Jane Quill", 0),
        ("Mara Quill spoke", "Mara Jane Quill", 1),
        ("Mara Quill spoke", "Mara Quill-Marsh", 1),
        ("Teller spoke to a teller", "Teller", 1),
        ("anything", "...", 0),
    ],
)
def test_a_middle_name_that_differs_is_another_name(text: str, name: str, count: int) -> None:
    """A shorter form is found, another middle name is not, and a single name needs its capital."""
    assert len(mentions(text, name)) == count


def test_folding_takes_case_accents_and_apostrophes_away() -> None:
    """What is left are the plain letters."""
    assert fold("O\u2019Brién") == "obrien"
