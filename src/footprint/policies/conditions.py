"""The conditions under which a second person may look at a sealed item: data, with the article of each."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from footprint.files import parse_record
from footprint.model.decision import Citation
from footprint.model.record import Id, Line, Record


class SealedMatter(StrEnum):
    """What kind of data a sealed item may hold."""

    SPECIAL = "special"
    """A special category (GDPR Art. 9), or what another law protects in the same way."""
    CRIMINAL = "criminal"
    """Criminal-offence data (GDPR Art. 10)."""


CRIMINAL_LEXICON = "criminal-offence"
BELIEF_LEXICONS = frozenset({"religion-belief", "politics"})
"""Topics before which the belief worksheet stands (Equality Act 2010 s.10; LAW EQ-10)."""


class Condition(Record):
    """One condition of the law, by its code."""

    id: Id
    packs: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Jurisdiction packs under which it can be named."""
    title: Line
    covers: Annotated[tuple[SealedMatter, ...], Field(min_length=1)]
    policy_document: bool
    """True where the reference of an appropriate policy document, or of the law relied on, has to be given."""
    citation: Citation


class _Conditions(Record):
    conditions: tuple[Condition, ...]


@lru_cache
def conditions() -> tuple[Condition, ...]:
    """Return every condition that ships. Raises InputError where the file is not valid."""
    content = files("footprint.policies").joinpath("conditions.toml").read_bytes()
    return parse_record(content, _Conditions, where="conditions.toml").conditions


def conditions_for(packs: Iterable[str]) -> tuple[Condition, ...]:
    """Return the conditions that can be named under some jurisdiction packs."""
    known = set(packs)
    return tuple(condition for condition in conditions() if known & set(condition.packs))
