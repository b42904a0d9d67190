"""Years of life in the headings of catalogues."""

import pytest

from footprint.attribution.lives import Life, is_too_early, life_of, lives_agree, lives_differ, name_of, year_of


@pytest.mark.parametrize(
    ("heading", "life"),
    [
        ("Quill, Mara, 1797-1828", Life(1797, 1828)),
        ("Quill, Mara, 1957-", Life(1957, None)),
        ("Quill, Mara, -1686", Life(None, 1686)),
        ("Quill, Mara, 39-65", Life(39, 65)),
        ("Quill, Mara, approximately 145 B.C.-approximately 86 B.C.", Life(-145, -86, is_approximate=True)),
        ("Quill, Mara, 145-86 B.C.", Life(-145, -86)),
        ("Quill, Mara, born 1957", Life(1957, None)),
        ("Quill, Mara, d. 1957", Life(None, 1957)),
        ("Quill, Mara, active 1780-1812", Life()),
        ("Quill, Mara, 1573-164", Life(1573, None)),
        ("Quill-Marsh, Mara", Life()),
        ("Quill, Mara", Life()),
    ],
)
def test_a_heading_states_a_life(heading: str, life: Life) -> None:
    """Dates of birth and death are read in the forms of the cataloguing rules; activity is no life."""
    assert life_of(heading) == life


def test_a_life_is_known_by_either_year() -> None:
    """A birth or a death is enough to tell people apart."""
    assert [life.is_known for life in (Life(), Life(1957), Life(None, 1957))] == [False, True, True]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Quill, Mara, 1797-1828", "Quill, Mara"),
        ("Quill, M. J. (Mara Jane), 1797-1828", "Quill, M. J"),
        ("Quill, Mara, active 1780-1812", "Quill, Mara"),
        ("Quill, Mara, approximately 145 B.C.-86 B.C.", "Quill, Mara"),
        ("Quill", "Quill"),
        ("", ""),
    ],
)
def test_a_heading_states_a_name(heading: str, name: str) -> None:
    """Dates and what stands in brackets are no part of the name."""
    assert name_of(heading) == name


@pytest.mark.parametrize(
    ("one", "other", "differ", "agree"),
    [
        (Life(1797, 1828), Life(1797, 1828), False, True),
        (Life(1797, 1828), Life(1797, None), False, True),
        (Life(1797, 1828), Life(1798, 1828), True, False),
        (Life(1797, 1828, is_approximate=True), Life(1799, 1828), False, True),
        (Life(1797, None), Life(None, 1828), False, False),
        (Life(None, 1828), Life(None, 1828), False, True),
        (Life(), Life(1797, 1828), False, False),
    ],
)
def test_lives_agree_or_differ_only_in_years_that_both_state(one: Life, other: Life, differ: bool, agree: bool) -> None:
    """A year that only one states is neither for nor against."""
    assert (lives_differ(one, other), lives_agree(one, other)) == (differ, agree)
    assert (lives_differ(other, one), lives_agree(other, one)) == (differ, agree)


@pytest.mark.parametrize(
    ("life", "year", "too_early"),
    [
        (Life(1797), 1800, True),
        (Life(1797), 1830, False),
        (Life(None, 1828), 1700, True),
        (Life(None, 1828), 1800, False),
        (Life(), 1800, False),
        (Life(1797), None, False),
    ],
)
def test_nobody_works_before_they_are_born(life: Life, year: int | None, too_early: bool) -> None:
    """A work from before the life is somebody else's; a later one may be a reprint."""
    assert is_too_early(life, year) is too_early


@pytest.mark.parametrize(
    ("imprint", "year"), [("Thornbury: Holm, 1985", 1985), ("Minguo 74 [1985], 1990", 1985), ("[195-?]", None)]
)
def test_an_imprint_states_its_first_year(imprint: str, year: int | None) -> None:
    """The first year of our calendar counts; a decade is no year."""
    assert year_of(imprint) == year
