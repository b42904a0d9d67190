"""The forms of a review as tables: each field with its question, and how the answers become a record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from footprint.files import parse_record
from footprint.model.described import meanings
from footprint.model.finding import CATEGORY_TITLES
from footprint.model.outcome import OUTCOME_TITLES, Outcome
from footprint.model.record import Record
from footprint.model.review import AttributionVerdict, OutcomeDecision, RelevanceVerdict, Review
from footprint.model.worksheet import Answer, BeliefWorksheet, ContextChecklist, Proportionality, WorksheetKind

SHEETS: dict[WorksheetKind, type[Record]] = {
    WorksheetKind.BELIEF: BeliefWorksheet,
    WorksheetKind.CONTEXT: ContextChecklist,
    WorksheetKind.PROPORTIONALITY: Proportionality,
}

SHEET_TITLES = {
    WorksheetKind.BELIEF: "Worksheet: protected belief (which belief it is, is not asked)",
    WorksheetKind.CONTEXT: "Worksheet: what else the words may be",
    WorksheetKind.PROPORTIONALITY: "Worksheet: is it worth weighing?",
}

TITLES = {
    "alternatives": "Other explanations that were weighed",
    "is_sarcasm": "Sarcasm?",
    "is_lyrics": "Lyrics, a title, a line of a film, a running joke?",
    "is_quotation": "Somebody else's words, quoted, reported or answered?",
    "is_translation": "Does the meaning hang on a translation?",
}
"""Questions that are shorter on the screen than in the record."""


class Field(NamedTuple):
    """One question of a form."""

    name: str
    """`reason`, or `belief.is_belief` for a field of a worksheet."""
    question: str
    answers: tuple[tuple[str, str], ...] = ()
    """Code and words of each answer; empty for a text."""
    lines: int = 3


VERDICT = (
    Field(
        "attribution",
        "Is it the candidate's?",
        (
            (AttributionVerdict.CONFIRM, "yes"),
            (AttributionVerdict.REJECT, "no"),
            (AttributionVerdict.UNSURE, "not sure"),
        ),
    ),
    Field(
        "relevance",
        "Does it bear on the role?",
        (
            (RelevanceVerdict.UPHOLD, "yes"),
            (RelevanceVerdict.REJECT, "no"),
            (RelevanceVerdict.OTHER, "as something else"),
        ),
    ),
    Field("category", "As what?", tuple((c, t) for c, t in CATEGORY_TITLES.items())),
    Field(
        "grade",
        "What would it support, alone?",
        tuple((str(int(o)), t) for o, t in OUTCOME_TITLES.items()),
    ),
    Field("reason", "Why? For a yes as for a no."),
)

OUTCOME = (
    Field("level", "The outcome", tuple((str(int(o)), t) for o, t in OUTCOME_TITLES.items())),
    Field("reasons", "Why this outcome?"),
    Field("mitigation", "What speaks for the candidate, and what was made of it?"),
    Field("alternatives", "Which other outcomes were weighed, and why not those?"),
    Field("second", "Second line: the id of a person who neither decides nor reviewed", lines=1),
)


def sheet_fields(kind: WorksheetKind) -> tuple[Field, ...]:
    """Return the questions of a worksheet, as its record words them."""
    answers = tuple((str(answer), str(answer)) for answer in Answer)
    told = meanings(SHEETS[kind])
    return tuple(
        Field(
            f"{kind}.{name}",
            TITLES.get(name, told.get(name, name).partition("\n")[0]),
            answers if about.annotation is Answer else (),
            2,
        )
        for name, about in SHEETS[kind].model_fields.items()
    )


def asked(values: dict[str, str], sheets: Callable[[Outcome | None], Iterable[WorksheetKind]]) -> tuple[str, ...]:
    """Return the questions and worksheets of a verdict that are asked, given the answers so far."""
    if values["attribution"] != AttributionVerdict.CONFIRM:
        return ("attribution", "reason")
    if values["relevance"] not in (RelevanceVerdict.UPHOLD, RelevanceVerdict.OTHER):
        return ("attribution", "relevance", "reason")
    grade = Outcome(int(values["grade"])) if values["grade"] else None
    other = ("category",) if values["relevance"] == RelevanceVerdict.OTHER else ()
    return ("attribution", "relevance", *other, "grade", "reason", *map(str, sheets(grade)))


def review_of(item: str, fields: dict[str, str]) -> Review:
    """Return the verdict that a form holds. Raises InputError with what is missing."""
    return parse_record(_json({**fields, "item": item}), Review, where=f"your verdict on {item}", is_json=True)


def outcome_of(fields: dict[str, str]) -> OutcomeDecision:
    """Return the outcome that a form holds. Raises InputError with what is missing."""
    return parse_record(_json(fields), OutcomeDecision, where="the outcome", is_json=True)


def _json(fields: dict[str, str]) -> bytes:
    record: dict[str, object] = {}
    for name, text in fields.items():
        if not text.strip():
            continue
        value = int(text) if name in ("grade", "level") else text.strip()
        sheet, _, field = name.rpartition(".")
        if sheet:
            inner = record.setdefault(sheet, {})
            if isinstance(inner, dict):
                inner[field] = value
        else:
            record[name] = value
    return json.dumps(record).encode()


def fields_of(review: Review) -> dict[str, str]:
    """Return a form filled in with a verdict, so that it can be changed into a new one."""
    record = review.model_dump(mode="json", exclude={"kind", "item", "observation"}, exclude_none=True)
    filled: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            filled.update({f"{name}.{field}": str(answer) for field, answer in value.items()})
        else:
            filled[name] = str(value)
    return filled
