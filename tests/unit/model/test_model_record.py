"""The base of every record: frozen, closed, with one canonical form."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from footprint.model.record import Id, Line, Moment, Record, Sentence, Sha256, canonical_json


class Sample(Record):
    """Every kind of field that the other records are made of."""

    id: Id = "A-1"
    line: Line = "a line"
    sentence: Sentence = "A sentence."
    at: Moment = datetime(2026, 11, 20, 9, tzinfo=UTC)
    sha256: Sha256 = "a" * 64


def test_a_record_cannot_be_changed() -> None:
    """Setting a field of a record raises."""
    with pytest.raises(ValidationError, match="frozen"):
        Sample().line = "another"


def test_a_record_refuses_unknown_fields() -> None:
    """A field that the record does not know is an error, never silent."""
    with pytest.raises(ValidationError, match="colour"):
        Sample.model_validate({"colour": "red"})


def test_a_changed_copy_is_validated() -> None:
    """A copy with changes leaves the original alone, and is checked like a new record."""
    sample = Sample()

    assert sample.but(line="another").line == "another"
    assert sample.line == "a line"
    with pytest.raises(ValidationError):
        sample.but(line="")


def test_equal_records_have_one_form_and_one_digest() -> None:
    """The canonical form is sorted, compact UTF-8, and its digest is that of these bytes."""
    assert (
        Sample(line="é").canonical()
        == (
            '{"at":"2026-11-20T09:00:00Z","id":"A-1","line":"é","sentence":"A sentence.","sha256":"' + "a" * 64 + '"}'
        ).encode()
    )
    assert Sample().digest() == Sample(line=" a line ").digest()
    assert Sample().digest() != Sample(line="another").digest()


def test_a_number_that_is_none_has_no_canonical_form() -> None:
    """NaN has no place in JSON."""
    with pytest.raises(ValueError, match="Out of range"):
        canonical_json({"n": math.nan})


def test_a_moment_is_kept_in_utc() -> None:
    """A time with another zone is the same time in UTC."""
    at = datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=1)))

    assert Sample(at=at).at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert Sample(at=at).at.tzinfo is UTC


def test_a_moment_needs_its_zone() -> None:
    """A time without zone is ambiguous and refused."""
    with pytest.raises(ValidationError, match="needs its zone"):
        Sample.model_validate({"at": "2026-11-20T09:00:00"})


@pytest.mark.parametrize(
    ("field", "value", "is_valid"),
    [
        ("line", "x" * 500, True),
        ("line", "x" * 501, False),
        ("line", "   ", False),
        ("line", "two\nlines", False),
        ("line", "a\x7fb", False),
        ("line", "é\u2028", True),
        ("sentence", "Two\nlines.", True),
        ("sentence", "x" * 4001, False),
        ("id", "UK-5.1a:b_c", True),
        ("id", "-a", False),
        ("id", "a/b", False),
        ("id", "a b", False),
        ("id", "a\n", False),
        ("id", "x" * 101, False),
        ("sha256", "A" * 64, False),
        ("sha256", "a" * 63, False),
    ],
)
def test_a_field_has_its_bounds(field: str, value: str, is_valid: bool) -> None:
    """Lines, sentences, ids and digests are bounded, and a value outside is an error."""
    if is_valid:
        assert getattr(Sample.model_validate({field: value}), field) == value.strip()
    else:
        with pytest.raises(ValidationError):
            Sample.model_validate({field: value})
