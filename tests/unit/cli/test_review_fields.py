"""The forms as tables: which questions are asked, and how answers become a record."""

from __future__ import annotations

import pytest

from footprint.cli.review_fields import OUTCOME, SHEETS, VERDICT, asked, fields_of, outcome_of, review_of, sheet_fields
from footprint.errors import InputError
from footprint.model.outcome import Outcome
from footprint.model.worksheet import WorksheetKind
from review_samples import BELIEF, CONTEXT, PROPORTIONALITY, counts, outcome, unsure

NOTHING = {"attribution": "", "relevance": "", "category": "", "grade": "", "reason": ""}


@pytest.mark.parametrize(
    ("answers", "questions"),
    [
        ({}, ("attribution", "reason")),
        ({"attribution": "reject", "relevance": "uphold"}, ("attribution", "reason")),
        ({"attribution": "confirm"}, ("attribution", "relevance", "reason")),
        ({"attribution": "confirm", "relevance": "reject"}, ("attribution", "relevance", "reason")),
        ({"attribution": "confirm", "relevance": "uphold"}, ("attribution", "relevance", "grade", "reason", "belief")),
        (
            {"attribution": "confirm", "relevance": "other", "grade": "4"},
            ("attribution", "relevance", "category", "grade", "reason", "proportionality"),
        ),
    ],
)
def test_only_what_follows_is_asked(answers: dict[str, str], questions: tuple[str, ...]) -> None:
    """A question appears with the answer that it hangs on."""

    def sheets(grade: Outcome | None) -> list[WorksheetKind]:
        return [WorksheetKind.BELIEF if grade is None else WorksheetKind.PROPORTIONALITY]

    assert asked(NOTHING | answers, sheets) == questions


@pytest.mark.parametrize(
    "review", [counts("F01", belief=BELIEF, context=CONTEXT, proportionality=PROPORTIONALITY), unsure("F01")]
)
def test_a_form_gives_back_its_verdict(review: object) -> None:
    """What a verdict fills in is the same verdict when it is entered again."""
    assert review_of("F01", fields_of(review)) == review


def test_a_form_gives_an_outcome() -> None:
    """The level is a number, empty fields are silent."""
    fields = {
        "level": "0",
        "reasons": "As found.",
        "mitigation": "Long ago.",
        "alternatives": "A note.",
        "second": "S-1",
    }

    assert outcome_of(fields) == outcome()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"attribution": "reject", "reason": "  "}, "reason"),
        (
            {"attribution": "confirm", "relevance": "uphold", "grade": "1", "reason": "r", "belief.manner": "m"},
            "belief",
        ),
    ],
)
def test_what_is_missing_is_named(fields: dict[str, str], field: str) -> None:
    """The person is told which question is open."""
    with pytest.raises(InputError) as caught:
        review_of("F01", fields)

    assert caught.value.field.startswith(field)


def test_every_field_of_the_records_has_a_question() -> None:
    """Nothing that a record needs is missing from its form."""
    for kind, record in SHEETS.items():
        questions = sheet_fields(kind)
        assert [field.name for field in questions] == [f"{kind}.{name}" for name in record.model_fields]
        assert all(len(field.question) > 5 for field in questions)
    assert [field.name for field in VERDICT] == ["attribution", "relevance", "category", "grade", "reason"]
    assert [field.name for field in OUTCOME] == ["level", "reasons", "mitigation", "alternatives", "second"]
