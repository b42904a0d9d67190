"""Turn one `Report` into the HTML and the JSON of a view, and into the JSON of the whole with its schema."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pydantic_core import to_jsonable_python

from footprint.model.finding import CATEGORY_TITLES
from footprint.model.outcome import OUTCOME_TITLES
from footprint.model.report import Report
from footprint.report import excerpt, view, words
from footprint.report.characters import css_string, visible
from footprint.report.chart import coverage_chart
from footprint.report.source_map import source_map
from footprint.report.timeline import timeline
from footprint.report.views import Added, Reader, View, see

SCHEMA_ID = "https://footprint.invalid/schema/report-1.json"
"""Names the schema; nothing is served there (RFC 2606)."""

TITLES = {
    Reader.VETTING: "Public footprint report",
    Reader.RECRUITER: "Outcome of a public footprint check",
    Reader.CANDIDATE: "Your copy of the check",
    Reader.AUDITOR: "Audit file of a public footprint check",
}
"""What each reader's file is called."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def render_html(report: Report, reader: Reader = Reader.VETTING, added: Added | None = None) -> bytes:
    """Return one reader's view as an HTML file without scripts, which opens offline and prints on A4.

    Equal reports give equal bytes. Raises InputError as `views.see` does.
    """
    return page(report, see(report, reader, added))


def page(report: Report, view: View) -> bytes:
    """Return a view as HTML. The template gets the view's value; of the report only the pictures are made here."""
    environment = _environment()
    style = environment.get_template("style.css").render() + environment.get_template("page.css").render(
        report=view.value, title=TITLES[view.reader]
    )
    html = environment.get_template("report.html.j2").render(
        report=view.value,
        reader=view.reader,
        title=TITLES[view.reader],
        style=Markup(style),  # noqa: S704 - our own file, and strings that css_string has escaped
        style_digest=_digest(style),
        **_pictures(report, view),
    )
    return html.encode()


def _pictures(report: Report, view: View) -> dict[str, object]:
    """Return what is drawn for a reader: each picture shows only fields that the table gives them."""
    shown = report.but(findings=view.findings)
    drawn: dict[str, object] = {"chart": coverage_chart(report.coverage, is_named=view.sees("coverage.identifier"))}
    if view.sees("posts_by_month"):
        drawn["timeline"] = timeline(shown)
    if view.sees("search_log.url") and view.sees("coverage.identifier"):
        drawn["map"] = source_map(shown)
    if view.sees("findings.excerpt.text"):
        is_marked = view.sees("findings.relevances.decision.spans")
        texts: dict[str, object] = {
            finding.id: (
                excerpt.excerpt(finding) if is_marked else excerpt.pieces(finding.excerpt),
                excerpt.pieces(finding.surroundings),
            )
            for finding in view.findings
        }
        if view.sees("suggestions.excerpt.text"):
            texts |= {suggestion.id: excerpt.suggested(suggestion) for suggestion in view.suggestions}
        drawn["drawn"] = texts
    return drawn


def render_view(view: View) -> bytes:
    """Return a view as JSON with sorted keys, indented by two: what leaves the house instead of the whole record."""
    return _json(view.value)


def render_json(report: Report) -> bytes:
    """Return the whole record as JSON with sorted keys, indented by two; its schema is `schema()`. It stays in the case."""
    return _json(report)


def _json(value: object) -> bytes:
    plain = to_jsonable_python(value)
    return (json.dumps(plain, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of report.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **Report.model_json_schema(mode="serialization"),
        "title": "A footprint report",
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("footprint", "report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        view=view,
        words=words,
        category_titles=CATEGORY_TITLES,
        outcome_titles=OUTCOME_TITLES,
    )
    environment.filters.update(
        css_string=_css_string,
        day=_day,
        moment=_moment,
        stamp=_stamp,
        number=_number,
        of=_of,
        named=_named,
        sentence=_sentence,
        by_item=_by_item,
    )
    environment.tests.update(address=_is_address, unconfirmed=view.is_unconfirmed)
    return environment


def _finalize(value: object) -> object:
    """Make every string that a template prints safe to look at; escaping comes after."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _css_string(text: str) -> Markup:
    return Markup(css_string(text))  # noqa: S704 - nothing in it is left that HTML or CSS could read as its own


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def _moment(value: datetime) -> str:
    return f"{_day(value)}, {value:%H:%M} UTC"


def _stamp(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}Z"


def _number(value: int) -> str:
    return f"{value:,}"


def _of(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _named(code: str) -> str:
    """A code such as `same-employer` as words."""
    return code.replace("-", " ").replace("_", " ").capitalize()


def _sentence(text: str) -> str:
    """One of our own reasons as a sentence: a capital, a curly apostrophe, a full stop."""
    text = text[:1].upper() + text[1:].replace("'", "\u2019")
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _by_item(entries: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """What people entered, filed under the finding that it is about."""
    filed: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        filed.setdefault(entry["item"], []).append(entry)
    return filed


def _is_address(value: str) -> bool:
    return value.lower().startswith(("https://", "http://"))
