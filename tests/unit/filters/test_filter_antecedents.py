"""What a "them" stands for: people, unless things were named last."""

from __future__ import annotations

import pytest

from filter_samples import LEXICONS
from footprint.filters.antecedents import means_things
from footprint.filters.reading import Reading
from footprint.filters.vocabulary import vocabulary_of

PEOPLE = vocabulary_of([LEXICONS["threats"], LEXICONS["discrimination"]]).people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The slugs ate the lot. I will kill them.", True),
        ("These zips stick and I will burn them.", True),
        ("New hammers and old ladders, I hate them.", True),
        ("I will smash them, the new potatoes.", True),
        ("I will hang them in the hall, all those old maps, tonight.", True),
        ("I will hang them in the square, the traitors.", False),
        ("I will hang them in the square, the Poles.", False),
        ("I will hang them. That was it, the new potatoes.", False),
        ("I will hang them, the rat.", False),
        ("I will kill them.", False),
        ("The drivers shouted. I will kill them.", False),
        ("My neighbours have loud speakers, I will kill them.", False),
        ("He broke my lamps. I will kill them.", False),
        ("The kids broke my lamps, I will kill them.", False),
        ("The ladders fell on the disabled, I will kill them.", False),
        ("The ladders fell on Sikhs, I will kill them.", False),
        ("She always says no, I will kill them.", False),
        ("The class is a mess on the bus. I will kill them.", False),
        ("The slugs ate it. It rained. I will kill them.", False),
        ("The slugs came, " + "and then it rained a lot " * 6 + "so I will kill them.", False),
    ],
)
def test_things_that_were_named_last_are_what_it_stands_for(text: str, expected: bool) -> None:
    """A plural of things, in the same sentence or the one before, with no people named after all."""
    reading = Reading(text)
    start = reading.normal.rindex("them")

    assert means_things(reading, (start, start + 4), PEOPLE) is expected
