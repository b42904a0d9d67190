"""A Wikidata item about the candidate: what others have written down of them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from footprint.collectors.answer import Shape, malformed, origin, read
from footprint.collectors.asking import ask, lines, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import typed_address

HUMAN = "Q5"
DAY, YEAR = 11, 9
"""Precisions of a time, as Wikibase numbers them."""
_TIME = re.compile(r"\+(\d{4})-(\d{2})-(\d{2})T00:00:00Z")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


class _Text(Shape):
    value: str


class _Value(Shape):
    """What a statement says: a time, another item or a text, by the property."""

    time: str = ""
    precision: int = 0
    id: str = ""


class _DataValue(Shape):
    value: _Value | str


class _Snak(Shape):
    snaktype: str
    """`value`, or that there is none or an unknown one."""
    datavalue: _DataValue | None = None


class _Claim(Shape):
    mainsnak: _Snak
    rank: Literal["preferred", "normal", "deprecated"] = "normal"


Claims = Annotated[tuple[_Claim, ...], Field(max_length=500)]


class _Claims(Shape):
    """The properties that are read; all others are passed over unread."""

    instance_of: Annotated[Claims, Field(alias="P31")] = ()
    born: Annotated[Claims, Field(alias="P569")] = ()
    site: Annotated[Claims, Field(alias="P856")] = ()


class _Entity(Shape):
    id: str
    missing: str | None = None
    labels: dict[str, _Text] = {}
    descriptions: dict[str, _Text] = {}
    claims: _Claims = _Claims()


class _Fault(Shape):
    code: str


class _Answer(Shape):
    entities: dict[str, _Entity] = {}
    error: _Fault | None = None


class Told(NamedTuple):
    """What an item says."""

    text: str
    sites: tuple[str, ...]


class Wikidata(Collector):
    """Reads label, description, date of birth and official website of one item. Nothing else of it is looked at."""

    manifest = manifest("wikidata")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        query = (
            f"action=wbgetentities&ids={identifier.handle}&props=labels%7Cdescriptions%7Cclaims"
            "&languages=en&languagefallback=1&format=json&formatversion=2"
        )
        url = f"https://{identifier.home}/w/api.php?{query}"
        return (planned("wikidata.item", identifier, url, "what the item says of its person", max_bytes=6_000_000),)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield one statement, by others. Raises UnreadableError(ABSENT) for an item that is not there."""
        (request,) = self.plan(identifier)
        page = await ask(request, fetch)
        told = _told(_entity(page, identifier), page)
        yield Observation(
            **origin(page, identifier),
            # No profile: anybody may write there, so its links are nobody's own.
            kind=ObservationKind.ARTICLE,
            text=told.text,
            engagement=Engagement.BY_OTHERS,
            url=identifier.page,
            native_id=identifier.handle,
            links=told.sites,
            language="en",
            place=f"/entities/{identifier.handle}",
        )


def _read(page: Page) -> _Answer:
    try:
        return read(page, _Answer)
    except UnreadableError:
        # The place of a fault would name the item: items and languages are keys here.
        raise malformed(page, "not the documented shape") from None


def _entity(page: Page, identifier: Identifier) -> _Entity:
    answer = _read(page)
    code = answer.error.code if answer.error is not None else ""
    entity = answer.entities.get(identifier.handle)
    if code == "no-such-entity" or (entity is not None and entity.missing is not None):
        raise UnreadableError(UnknownReason.ABSENT, f"{page.evidence.planned}: missing")
    if entity is None:
        raise malformed(page, "another item than the one asked for, or an error that is not foreseen")
    return entity


def _told(entity: _Entity, page: Page) -> Told:
    values = [value for value in _values(entity.claims.instance_of) if isinstance(value, _Value)]
    if not any(value.id == HUMAN for value in values):
        raise malformed(page, "not an item about a person")
    label = _first(entity.labels)
    born = [value for value in _values(entity.claims.born) if isinstance(value, _Value)]
    sites = [typed_address(value) for value in _values(entity.claims.site) if isinstance(value, str)]
    return Told(
        lines(f"{label}{_birth(born[0]) if len(born) == 1 else ''}", _first(entity.descriptions)),
        tuple(site for site in sites if site is not None),
    )


def _values(claims: tuple[_Claim, ...]) -> list[_Value | str]:
    """Return the values of the best rank there is; what is deprecated is known to be wrong."""
    stated = [claim for claim in claims if claim.rank != "deprecated" and claim.mainsnak.datavalue is not None]
    best = [claim for claim in stated if claim.rank == "preferred"] or stated
    return [claim.mainsnak.datavalue.value for claim in best if claim.mainsnak.datavalue is not None]


def _birth(value: _Value) -> str:
    """Return when somebody was born, to stand beside their name; empty where not even the year is said."""
    found = _TIME.fullmatch(value.time.replace("-00", "-01"))
    if found is None or value.precision < YEAR:
        return ""
    year, month, day = (int(part) for part in found.groups())
    in_full = value.precision >= DAY and 1 <= month <= len(MONTHS)
    return f", born {day} {MONTHS[month - 1]} {year}" if in_full else f", born {year}"


def _first(texts: dict[str, _Text]) -> str:
    return next((text.value for text in texts.values()), "")
