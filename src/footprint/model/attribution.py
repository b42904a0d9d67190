"""Is it this person: features with the two values that were compared, and a tier."""

from __future__ import annotations

from enum import StrEnum

from footprint.model.record import Id, Line, Record


class Tier(StrEnum):
    """How sure it is that an observation is about the candidate. Never on name alone (JUDGEMENT 4; FCRA-1681e)."""

    A = "A"
    """A declared account or site, and nothing against it."""
    B = "B"
    """The same name and at least one independent identifier, and nothing against it."""
    C = "C"
    """Undetermined: the name alone. Shown to nobody; the candidate may be asked."""
    NONE = "none"
    """Someone else, or contradicted."""


USABLE_TIERS = frozenset({Tier.A, Tier.B})
"""Tiers that go on along the line."""


class Answer(StrEnum):
    """What the candidate says of one item: is it theirs?"""

    MINE = "mine"
    NOT_MINE = "not-mine"
    UNSURE = "unsure"
    """Changes nothing and is held against nobody."""


class Feature(Record):
    """One comparison and what it says."""

    name: Id
    """`declared-account`, `same-name`, `same-employer`, `birth-year-differs`."""
    weight: float
    """Positive speaks for, negative against the candidate."""
    expected: str
    """What the candidate's profile says."""
    seen: str
    """What the page says."""
    independent: bool = False
    """True for an identifier other than the name."""


class Attribution(Record):
    """The tier of one observation, with its reasons."""

    observation: Id
    tier: Tier
    features: tuple[Feature, ...] = ()
    contradictions: tuple[Feature, ...] = ()
    reason: Line
    """One sentence without names."""
