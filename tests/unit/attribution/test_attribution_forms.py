"""The one form of a name: scripts, particles, generations, halves of a name."""

import pytest

from footprint.attribution.forms import MOST_WORDS, fold, forget, form_of, normalise, words_of
from footprint.attribution.scripts import Script, one_letter_form, romanise, script_of, split_east_asian


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Марина Щербакова", ("marina", "shcherbakova")),
        ("Νίκος Παπαδάκης", ("nikos", "papadakis")),
        ("Σούλα Μπένου", ("sula", "benu")),
        ("王小梅", ("xiaomei", "wang")),
        ("欧阳小梅", ("xiaomei", "ouyang")),
        ("김하늘", ("haneul", "kim")),
        ("남궁하늘", ("haneul", "namgung")),
        ("タナカ・ユミ", ("tanaka", "yumi")),
        ("गीता वर्मा", ("gita", "vrma")),
        ("Abdul Karim Haddad", ("abd", "karim", "haddad")),
        ("Abd al-Karim Haddad", ("abd", "karim", "haddad")),
        ("Abdulkarim Haddad", ("abd", "karim", "haddad")),
        ("Abdurrahim Haddad", ("abd", "rahim", "haddad")),
        ("Abdur Rahim Haddad", ("abd", "rahim", "haddad")),
        ("Abdullah Haddad", ("abdullah", "haddad")),
        ("Shaikh Omar bin Tarif", ("omar", "tarif")),
        ("Al Marsh", ("al", "marsh")),
        ("Mara Quill Jr.", ("mara", "quill")),
        ("Ida Junior", ("ida", "junior")),
        ("Seán Ó Dálaigh", ("sean", "o", "dalaigh")),
        ("Lê Thị Minh", ("thi", "minh")),
    ],
)
def test_names_of_many_writings_have_one_form(name: str, words: tuple[str, ...]) -> None:
    """A name is romanised, its particles and titles go, and the halves of a servant name stand apart."""
    assert normalise(name) == words


def test_the_generation_is_kept_beside_the_name() -> None:
    """A mark of the generation belongs to the name, but to none of its words."""
    assert form_of("Mara Quill III").generation == "third"
    assert form_of("Mara Quill").generation == ""


def test_a_very_long_name_is_read_at_its_beginning() -> None:
    """Nobody has a thousand names; the rest is not read."""
    assert len(normalise("a " * 1000)) == MOST_WORDS
    assert normalise("a" * 1000) == ("a" * 200,)


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Jörg Kähler", ("joerg", "kaehler")),
        ("Jorg Kahler", ("jorg", "kahler")),
        ("Łucja Kos", ("lucja", "kos")),
        ("Å Lie", ("aa", "lie")),
        ("Dü Kos Marsh", ("kos", "marsh")),
    ],
)
def test_an_umlaut_can_be_written_with_two_letters(name: str, spelled: tuple[str, ...]) -> None:
    """Beside the plain letters stand the two that German and the Nordic languages write; not where that makes other words."""
    assert form_of(name).spelled == spelled


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("quill", Script.LATIN),
        ("þór", Script.LATIN),
        ("đức", Script.LATIN),
        ("мара", Script.ALPHABET),
        ("მარა", Script.ALPHABET),
        ("حسن", Script.ABJAD),
        ("गीता", Script.ABUGIDA),
        ("王", Script.HAN),
        ("王ユミ", Script.KANA),
        ("김", Script.HANGUL),
        ("\u2160\u20ac", Script.LATIN),
    ],
)
def test_a_word_has_a_script(word: str, script: Script) -> None:
    """The first letter that is not Latin tells; kana anywhere makes it Japanese; signs that are no letters tell nothing."""
    assert script_of(word) is script


def test_a_word_without_a_romanisation_stays_as_it_is() -> None:
    """A letter that no table knows is kept, so that the word still equals itself."""
    assert romanise("\U00016fe0") == "\U00016fe0"
    assert romanise("quill") == "quill"


@pytest.mark.parametrize(
    ("word", "script", "parts"),
    [
        ("王小梅", Script.HAN, ("xiaomei", "wang")),
        ("王", Script.HAN, ("wang",)),
        ("王小梅小梅", Script.HAN, ("wangxiaomeixiaomei",)),
        ("ユミ", Script.KANA, ("yumi",)),
        ("이하늘", Script.HANGUL, ("haneul", "lee")),
    ],
)
def test_a_name_in_one_word_is_taken_apart(word: str, script: Script, parts: tuple[str, ...]) -> None:
    """The family name is the first letter, or the first two of a compound one; longer runs are no single name."""
    assert split_east_asian(word, script) == parts


def test_letters_that_differ_only_in_print_are_one() -> None:
    """Traditional, simplified and Japanese forms of a letter are the same letter."""
    assert one_letter_form("馬麗") == one_letter_form("马丽")


def test_marks_and_signs_stay_inside_their_words() -> None:
    """Vowel signs of Arabic and Devanagari do not divide a word; a run too long for a name stays as it is."""
    assert [word.folded for word in words_of("गीता مُحَمَّد")] == ["gita", "mhmd"]
    assert words_of("я" * 70)[0].folded == "я" * 70


def test_folding_keeps_what_makes_a_syllable() -> None:
    """Accents go, but the mark that makes ga of ka stays."""
    assert fold("ガÉ") == "ガe"


def test_the_memory_of_names_can_be_emptied() -> None:
    """What was compared is forgotten on request, and compares the same again."""
    before = form_of("Mara Quill")
    forget()

    assert form_of("Mara Quill") == before
