"""Keys by identity."""

from __future__ import annotations

from footprint.filters.identical import Identical


def test_only_the_very_same_objects_are_equal() -> None:
    """Equal lists are two lists; a key is equal to no other thing."""
    one, other = [1], [1]

    assert Identical(one) == Identical(one)
    assert hash(Identical(one)) == hash(Identical(one))
    assert Identical(one) != Identical(other)
    assert Identical(one) != one
