"""Which papers there are, where their templates lie, and the words of their languages: all data in `consent_templates/`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from footprint.errors import InputError
from footprint.files import read_record
from footprint.model.finding import Category
from footprint.model.record import Id, Line, Record

FOLDER = "consent_templates"
LIST = "papers.toml"
WORDS = "words.toml"


class Paper(Record):
    """One form, notice or letter."""

    kind: Id
    jurisdictions: Annotated[tuple[Id, ...], Field(min_length=1)]
    title: Line
    template: Line
    """Path of the template, below the folder."""
    language: Line
    needs: tuple[Id, ...] = ()
    """`consent`, `policy`, `report`: without them the paper cannot be filled. All else that is missing becomes a blank."""
    stands_alone: bool = False
    """True for a disclosure in which nothing else may stand: it is refused where it holds a release or a waiver."""


class Language(Record):
    """The words of one language that the records hold as codes."""

    months: Annotated[tuple[Line, ...], Field(min_length=12, max_length=12)]
    day: Line
    """How a day is written: `{day} {month} {year}`."""
    sources: dict[Id, Line]
    categories: dict[Category, Line]


class _Papers(Record):
    papers: tuple[Paper, ...]


class _Words(Record):
    languages: dict[str, Language]


@cache
def shipped() -> Path:
    """Return the folder of the templates: in the package where it was installed, beside `src` in a checkout."""
    inside = Path(str(files("footprint").joinpath(FOLDER)))
    return inside if inside.is_dir() else Path(str(files("footprint"))).parents[1] / FOLDER


@cache
def papers() -> tuple[Paper, ...]:
    """Return every paper."""
    return read_record(shipped() / LIST, _Papers).papers


@cache
def language(code: str) -> Language:
    """Return the words of a language, English where it has none of its own."""
    languages = read_record(shipped() / WORDS, _Words).languages
    return languages.get(code.split("-")[0], languages["en"])


def paper(jurisdiction: str, kind: str) -> Paper:
    """Return a paper; a place without papers of its own, `us-ca`, has those of `us`.

    Raises InputError, with those there are, where the jurisdiction or the kind is not known.
    """
    here = _papers_of(jurisdiction) or _papers_of(jurisdiction.split("-")[0])
    if not here:
        known = sorted({place for entry in papers() for place in entry.jurisdictions})
        raise InputError(
            where=jurisdiction, expected="a jurisdiction that has papers", mend=f"known: {', '.join(known)}"
        )
    found = next((entry for entry in here if entry.kind == kind), None)
    if found is None:
        kinds = ", ".join(sorted(entry.kind for entry in here))
        raise InputError(where=kind, expected=f"a paper of {jurisdiction}", mend=f"known: {kinds}")
    return found


def _papers_of(jurisdiction: str) -> tuple[Paper, ...]:
    return tuple(entry for entry in papers() if jurisdiction in entry.jurisdictions)
