"""What a text says of the person named: age, year of birth, death."""

from datetime import UTC, date, datetime

import pytest
from attribution_samples import CANDIDATE

from footprint.attribution.contradictions import age_fits, ages, birth_years, deaths


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Mara Quill, 61, is a baker.", {61}),
        ("Mara Quill (61) is a baker.", {61}),
        ("Mara Quill, aged 61, is a baker.", {61}),
        ("Mara Quill is 61.", {61}),
        ("Mara Quill turned 61 last week.", {61}),
        ("61-year-old retired baker Mara Quill won.", {61}),
        ("The 61 year old Mara Quill won.", {61}),
        ("Mara Quill won. The 61-year-old was glad.", {61}),
        ("Mara Quill won. Ms Quill, 61, was glad.", {61}),
        ("Mara Quill of Harbour Lane, aged 61, won.", {61}),
        ("Mara Quill and Ivor Dale, aged 82, won.", set()),
        ("Mara Quill of Harbour Lane, 61, won.", {61}),
        ("Aged 61, Mara Quill won.", {61}),
        ("In Harbour Lane, aged 61, Mara Quill won.", {61}),
        ("Mara Quill and Ivor Dale, 82, won.", set()),
        ("Ivor Dale, aged 82, met Mara Quill.", set()),
        ("Ivor Dale, 82, met Mara Quill.", set()),
        ("Mara Quill met Ivor Dale. The 82-year-old was glad.", set()),
        ("Mara Quill's mother, 61, won.", set()),
        ("Mara Quill won. Another baker is 61.", set()),
        ("Mara Quill teaches children aged 7 to 11.", set()),
        ("Mara Quill counted 61 buses.", set()),
        ("A baker, 61, won.", set()),
        ("Ms Quill, 61, won.", set()),
        ("aged 61", set()),
    ],
)
def test_an_age_is_the_age_of_the_person_named(text: str, stated: set[int]) -> None:
    """An age counts beside the name or in its sentence; the age of someone else named does not."""
    assert {age.value for age in ages(text, CANDIDATE)} == stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Mara Quill was born in 1965.", {1965}),
        ("Mara Quill, born 3 May 1965, won.", {1965}),
        ("Mara Quill (b. 1965) won.", {1965}),
        ("Born on May 3, 1965, Mara Quill won.", {1965}),
        ("Mara Quill (1940\u20132012)", {1940}),
        ("Mara Quill met Ivor Dale, born in 1940.", set()),
        ("Mara Quill\u2019s mother was born in 1965.", set()),
        ("Mara Quill moved here in 1965.", set()),
    ],
)
def test_a_year_of_birth_is_that_of_the_person_named(text: str, stated: set[int]) -> None:
    """A year of birth counts in the sentence of the name, unless someone else stands between."""
    assert {year.value for year in birth_years(text, CANDIDATE)} == stated


@pytest.mark.parametrize(
    ("text", "is_dead"),
    [
        ("The late Mara Quill was loved.", True),
        ("In loving memory of Mara Quill", True),
        ("Obituary: Mara Quill", True),
        ("the funeral of Mrs Mara Quill", True),
        ("Mara Quill (1940-2012)", True),
        ("Mara Quill, who died in May, was loved.", True),
        ("Mara Quill, 61, has died.", True),
        ("Mara Quill passed away.", True),
        ("Mara Quill came late.", False),
        ("The death of Mara Quill's dog", False),
        ("Mara Quill said that her dog died.", False),
        ("Nobody died.", False),
    ],
)
def test_a_death_is_that_of_the_person_named(text: str, is_dead: bool) -> None:
    """Only words that say that the bearer of the name is dead count."""
    assert bool(list(deaths(text, CANDIDATE))) is is_dead


@pytest.mark.parametrize(
    ("stated", "at", "fits"),
    [
        (32, datetime(2026, 3, 8, tzinfo=UTC), True),
        (31, datetime(2026, 3, 7, tzinfo=UTC), True),
        (30, datetime(2026, 3, 7, tzinfo=UTC), True),
        (29, datetime(2026, 3, 7, tzinfo=UTC), False),
        (33, datetime(2026, 3, 8, tzinfo=UTC), True),
        (34, datetime(2026, 3, 8, tzinfo=UTC), False),
        (61, datetime(2026, 3, 8, tzinfo=UTC), False),
    ],
)
def test_an_age_fits_give_or_take_a_year(stated: int, at: datetime, fits: bool) -> None:
    """A newspaper may be a year out; two years are another person."""
    assert age_fits(stated, date(1994, 3, 8), at) is fits
