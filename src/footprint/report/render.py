"""Turn one `Report` into its HTML file, its JSON file and the JSON Schema of the latter."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date, datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from footprint.model.finding import CATEGORY_TITLES, WithheldReason
from footprint.model.outcome import OUTCOME_TITLES
from footprint.model.report import Report
from footprint.report import excerpt, view, words
from footprint.report.characters import css_string, visible
from footprint.report.chart import coverage_chart
from footprint.report.timeline import timeline

SCHEMA_ID = "https://footprint.invalid/schema/report-1.json"
"""Names the schema; nothing is served there (RFC 2606)."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def render_html(report: Report) -> bytes:
    """Return the report as one HTML file without scripts, which opens offline and prints on A4. Equal reports give equal bytes."""
    environment = _environment()
    style = environment.get_template("style.css").render() + environment.get_template("page.css").render(report=report)
    html = environment.get_template("report.html.j2").render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own file, and strings that css_string has escaped
        style_digest=_digest(style),
        chart=coverage_chart(report.coverage),
        timeline=timeline(report),
        masks=view.masks_by_class(report.findings),
    )
    return html.encode()


def render_json(report: Report) -> bytes:
    """Return the report as JSON with sorted keys, indented by two; its schema is `schema()`."""
    value = report.model_dump(mode="json")
    return (json.dumps(value, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


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
        excerpt=excerpt,
        withheld_reasons=WithheldReason,
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


def _is_address(value: str) -> bool:
    return value.lower().startswith(("https://", "http://"))
