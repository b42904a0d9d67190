"""The decision view: own characteristics and third parties go, the candidate's name and the target of abuse stay."""

from __future__ import annotations

import pytest

from filter_samples import ADA, LEXICONS
from footprint.errors import InputError
from footprint.filters.identifiers import has_iban_digits, has_luhn_digit
from footprint.filters.masking import CLASSES, mask
from footprint.model.decision import Span


def masked(text: str, *, classes: frozenset[str] = CLASSES, keep: tuple[Span, ...] = ()) -> str:
    """Return the decision view of a text."""
    return mask(text, candidate=ADA, classes=classes, keep=keep, lexicons=LEXICONS).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am a 32-year-old woman.", "I am a [age]-year-old [sex]."),
        ("I'm pregnant.", "I'm [pregnancy]."),
        ("My husband cooked.", "My [marriage] cooked."),
        ("As a black man I was stopped.", "As a [race] [sex] I was stopped."),
        ("I'm Polish and tired.", "I'm [nationality] and tired."),
        ("As a Sikh I queue.", "As a [religion] I queue."),
        ("I'm a humanist.", "I'm a [belief]."),
        ("I use a wheelchair.", "I use a [disability]."),
        ("My depression is back.", "My [health] is back."),
        ("As a gay dispatcher I talk.", "As a [orientation] dispatcher I talk."),
        ("I voted Labour.", "I voted [politics]."),
        ("Our union met.", "[union] met."),
    ],
)
def test_own_characteristics_are_masked(text: str, expected: str) -> None:
    """What the candidate says of themselves is replaced by its class."""
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Osric Dunmore blocked the gate.", "[person] blocked the gate."),
        ("my brother Zedric's van", "my brother [person]'s van"),
        ("Ask @gruff or @gruff@social.example.", "Ask [handle] or [handle]."),
        ("See https://social.example/@gruff", "See https://social.example/[handle]"),
        ("Write to osric.d@example.org today", "Write to [email] today"),
        ("Ring 01632 960128 or +44 1632 960128 or (01632) 960128.", "Ring [phone] or [phone] or [phone]."),
        ("Left at 12 Corn Street, AB1 4AA.", "Left at [address], [address]."),
        ("Number AB 12 34 56 C, plate XX12 ABC.", "Number [identifier], plate [identifier]."),
        ("Card 4111 1111 1111 1111.", "Card [identifier]."),
        ("GB82 WEST 1234 5698 7654 32", "[identifier]"),
    ],
)
def test_third_parties_are_masked(text: str, expected: str) -> None:
    """Whatever leads to someone else is replaced by its class."""
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ada Vance, Ada, Ms Vance and \u00c1da Halloway are here.",
        "I work at Northgate Salt in Thornmere.",
        "Ask @ada or @ada@social.example.",
        "Polish people should never be hired.",
        "The Turkish Government met British Muslims.",
        "Yesterday was wet. Soup on Monday.",
        "12/05/2026, 16:20, 0161 12, 4111 1111 1111 1112, GB83 WEST 1234 5698 7654 32",
        "0163 2960 1280 1234 5",
        "",
    ],
)
def test_the_rest_stays_readable(text: str) -> None:
    """The candidate's own names, groups, dates and numbers without a check digit are not masked."""
    assert masked(text) == text


def test_masks_refer_to_the_original() -> None:
    """A mask's span is in characters of the text as written."""
    text = "Colin  Brandreth and Osric Dunmore"
    result = mask(text, candidate=ADA, classes=CLASSES, lexicons=LEXICONS)

    assert [(text[span.start : span.end], span.what) for span in result.masks] == [
        ("Colin  Brandreth", "person"),
        ("Osric Dunmore", "person"),
    ]
    assert result.classes == ("person",)


def test_only_the_classes_asked_for_are_masked() -> None:
    """A pack that masks persons alone leaves the rest."""
    text = "I'm pregnant, says Osric Dunmore of @gruff."

    assert masked(text, classes=frozenset({"person"})) == "I'm pregnant, says [person] of @gruff."
    assert masked(text, classes=frozenset({"pregnancy"})) == "I'm [pregnancy], says Osric Dunmore of @gruff."
    assert masked(text, classes=frozenset()) == text
    assert (
        masked("I'm pregnant; my asthma is back.", classes=frozenset({"health"}))
        == "I'm pregnant; my [health] is back."
    )


def test_the_target_of_abuse_stays_readable() -> None:
    """A span to keep is left, or cut out of a longer mask; a third party inside it is not."""
    text = "As a black man I say it."

    assert masked(text, keep=(Span(start=5, end=10, what="target"),)) == "As a black [sex] I say it."
    assert masked("Osric Dunmore", keep=(Span(start=0, end=13, what="person"),)) == "[person]"
    assert masked("Osric Wet Dunmore", keep=(Span(start=6, end=9, what="target"),)) == "[person]Wet[person]"


def test_a_mark_is_not_masked_again() -> None:
    """Marks that stand in a text already are left alone."""
    text = "Our [union] met [person] and my [health] is [disability]."

    assert masked(text) == text


def test_what_a_mask_uncovers_is_masked_too() -> None:
    """A mask that brings words together is followed by another look."""
    text = "My Osric Tamblin Wilmot Hask depression"
    once = masked(text)

    assert once == masked(once) == "My [person] [health]"


def test_overlapping_masks_become_one() -> None:
    """Where two finders see overlapping stretches, one mask covers both."""
    text = "Write to osric.01632-960128@example.org"

    assert masked(text) == "Write to [email]"


def test_an_unknown_class_is_refused() -> None:
    """A misspelt class in a pack must not leave something readable."""
    with pytest.raises(InputError) as caught:
        masked("Soup.", classes=frozenset({"persons"}))

    assert caught.value.field == "persons"


@pytest.mark.parametrize(("number", "holds"), [("4111 1111 1111 1111", True), ("4111-1111-1111-1112", False)])
def test_a_card_number_has_a_check_digit(number: str, holds: bool) -> None:
    """Luhn's formula."""
    assert has_luhn_digit(number) is holds


@pytest.mark.parametrize(
    ("number", "holds"), [("GB82 WEST 1234 5698 7654 32", True), ("GB28WEST12345698765432", False)]
)
def test_an_iban_has_check_digits(number: str, holds: bool) -> None:
    """Modulo 97."""
    assert has_iban_digits(number) is holds
