"""What a legality test is given, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from footprint.filters.reading import Reading
from footprint.model.authorisation import Scope
from footprint.model.decision import Span
from footprint.model.lexicon import Lexicon
from footprint.model.observation import Observation
from footprint.model.policy import LegalityRule, RolePack

Fires = tuple[Span, ...]
"""A test's answer where its rule applies: the spans it applies to; empty where it is not about words."""


@dataclass(frozen=True)
class Question:
    """One observation, and everything a legality test may look at. The candidate's name is not among it."""

    observation: Observation
    born: date
    scope: Scope
    role: RolePack
    lexicons: Mapping[str, Lexicon]
    reading: Reading
    """The statement, ready for look-up."""
    surroundings: Reading
    """The words it answers, quotes or passes on."""


class LegalityTest(Protocol):
    """Say whether a rule of a jurisdiction pack applies to an observation."""

    def __call__(self, question: Question, rule: LegalityRule, /) -> Fires | None:
        """Return the spans the rule applies to (none, where it is not about words), or None where it does not apply."""
        ...
