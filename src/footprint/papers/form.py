"""Turn a template and the records at hand into a paper: HTML without scripts that prints on A4.

A point of law that was not read at its source carries a dagger, and a last sheet lists those points for counsel. Once they
are confirmed, the paper is made again with the reference of that review, without daggers and without the sheet.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from datetime import date
from functools import partial
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from footprint.errors import InputError
from footprint.papers.catalogue import Language, Paper, language, shipped
from footprint.papers.notice import refuse_waivers
from footprint.papers.sheet import Filling, fill

STYLE = "common/paper.css"


class Marks:
    """Points of law in one paper that nobody has read at their source yet."""

    def __init__(self, reviewed: str | None) -> None:
        self.reviewed = reviewed
        self.points: list[str] = []

    def law(self, text: str) -> Markup:
        """Return a point of law, with a dagger as long as counsel has not confirmed it."""
        if self.reviewed:
            return escape(text)
        point = text.strip(" ,;")
        point = point[1:-1] if point.startswith("(") and point.endswith(")") else point
        if point not in self.points:
            self.points.append(point)
        return escape(text) + Markup('<span class="dagger">†</span>')


def render_form(paper: Paper, filling: Filling, *, reviewed: str | None = None, templates: Path | None = None) -> bytes:
    """Return a paper. The same records give the same bytes, so that a notice can be made again and compared.

    `templates` is a folder of the controller's own templates that stand before ours. Raises InputError where a record that
    the paper needs is missing, a template is at fault, or a disclosure that must stand alone holds a release or a waiver.
    """
    _require(paper, filling)
    words = language(paper.language)
    marks = Marks(reviewed)
    context = {
        "paper": paper, "sheet": fill(filling, words), "law": marks.law, "points": marks.points, "reviewed": reviewed,
    }  # fmt: skip
    content = render(paper.template, context, words, templates=templates)
    if paper.stands_alone:
        refuse_waivers(content, where=f"{paper.title} ({paper.template})")
    return content


def render(template: str, context: dict[str, object], words: Language, *, templates: Path | None = None) -> bytes:
    """Return a rendered template. Raises InputError where it is at fault."""
    environment = _environment(words, templates)
    try:
        style = environment.get_template(STYLE).render()
        page = {"style": Markup(style), "style_digest": _digest(style)}  # noqa: S704 - a file, not a record
        return environment.get_template(template).render(context | page).encode()
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"{template} line {line}" if line else template
        raise InputError(where=where, expected="a template that can be filled", mend=str(error)[:200]) from error


def _require(paper: Paper, filling: Filling) -> None:
    given = {"consent": filling.authorisation, "policy": filling.policy, "report": filling.report}
    flags = {"consent": "--consent FILE", "policy": "--workspace FOLDER", "report": "--case CASE"}
    for need in paper.needs:
        if given[need] is None:
            raise InputError(where=paper.title, expected=f"a {need} to fill it from", mend=f"give {flags[need]}")


def _environment(words: Language, templates: Path | None) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([*([templates] if templates else []), shipped()]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(line=_line, day=partial(_day, words=words))
    return environment


def _finalize(value: object) -> object:
    """Write out what would hide or reorder text; escaping comes after."""
    return _visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _visible(text: str) -> str:
    return "".join(f"[U+{ord(c):04X}]" if _is_hidden(c) else c for c in text)


def _is_hidden(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Cs")


def _line(value: object, width: str = "wide") -> Markup:
    """A value of a record, apart from the text around it; a ruled blank where there is none."""
    if value is None or value == "":
        return Markup('<span class="blank {}"></span>').format(width)
    return Markup("<bdi>{}</bdi>").format(_visible(str(value)))


def _day(value: date | None, words: Language) -> Markup:
    """A day in the words of the paper's language; a ruled blank where there is none."""
    if value is None:
        return Markup('<span class="blank short"></span>')
    return escape(words.day.format(day=value.day, month=words.months[value.month - 1], year=value.year))


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
