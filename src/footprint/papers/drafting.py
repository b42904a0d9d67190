"""Make a consent record of the answers, and the TOML file that holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from footprint.errors import InputError
from footprint.files import parse_record
from footprint.model.authorisation import Authorisation, ConsentState
from footprint.papers.questions import QUESTIONS, Answers, Grounds

ANSWERS = {"given": ConsentState.GIVEN, "refused": ConsentState.REFUSED}
"""Refusals are recorded as well: without them, silence and a no look the same (LAW 3.1)."""

DECLARATION = ("matter", "statement", "by", "at", "reference")
"""The parts of a declaration that a pack can ask for, in the order in which they are given."""

YES_OR_NO = {"yes": True, "no": False}


def draft(
    answers: Answers,
    grounds: Grounds,
    *,
    identifiers: Sequence[str],
    notice_sha256: str,
    signed_sha256: str | None,
    declarations: Sequence[tuple[str, ...]] = (),
) -> Authorisation:
    """Return the consent that the answers describe.

    Raises InputError with the field at fault, or with the flag of a question that needs an answer.
    """
    for question in QUESTIONS:
        if question.needed and not answers.get(question.name):
            raise InputError(where=question.flag, expected=question.text, mend="answer it, or run at a terminal")
    given = {name: text for name, text in answers.items() if text}
    record = {
        "id": given["id"],
        "subject": grounds.candidate.id,
        "created": grounds.now.isoformat(),
        "language": given["language"],
        "packs": _many(given["packs"]),
        "role": given["role"],
        "stage": given["stage"],
        "impact_assessment": given.get("impact"),
        "controller": _controller(given),
        "notice": _notice(given, notice_sha256),
        "policy": {"id": grounds.policy.id, "version": grounds.policy.version},
        "lawful_basis": [_basis(given)],
        "scope": _scope(given, grounds, identifiers),
        "particulars": _particulars(given),
        "declarations": [dict(zip(DECLARATION, said, strict=True)) for said in declarations],
        "events": _events(given, signed_sha256),
    }
    content = json.dumps(record).encode()
    return parse_record(content, Authorisation, where="the answers", is_json=True)


def to_toml(authorisation: Authorisation) -> bytes:
    """Return the consent file. Its events stand last, so that one can be added without touching the rest."""
    fields = authorisation.model_dump(mode="python", exclude_none=True)
    tables = {key: value for key, value in fields.items() if _is_table(value)}
    lines = [f"{key} = {_value(value)}" for key, value in fields.items() if key not in tables]
    for key, value in tables.items():
        for table in value if isinstance(value, tuple) else (value,):
            lines += ["", f"[[{key}]]" if isinstance(value, tuple) else f"[{key}]"]
            lines += [f"{name} = {_value(entry)}" for name, entry in table.items()]
    return ("\n".join(lines) + "\n").encode()


def _controller(given: Answers) -> dict[str, object]:
    return {
        "id": given["controller_id"],
        "name": given["controller_name"],
        "type": given["controller_type"],
        "contact": given["contact"],
        "data_protection_officer": given.get("officer"),
    }


def _notice(given: Answers, sha256: str) -> dict[str, object]:
    return {
        "id": given["notice_id"],
        "version": given["notice_version"],
        "sha256": sha256,
        "language": given["language"],
        "delivered_at": given["delivered"],
        "acknowledged_at": given["acknowledged"],
        "channel": given["channel"],
        "stand_alone": _one_of(given, "stand_alone", YES_OR_NO),
    }


def _basis(given: Answers) -> dict[str, object]:
    names = ("article", "law", "assessment", "approved_by", "approved_at", "free_choice")
    return {name: given.get(name) for name in names}


def _scope(given: Answers, grounds: Grounds, identifiers: Sequence[str]) -> dict[str, object]:
    return {
        "purpose": given["purpose"],
        "sources": _many(given["sources"]),
        "categories": _many(given["categories"]),
        "window": {"first": given["first"], "last": given["last"]},
        "min_age": _number(given, "min_age"),
        "engagement": list(grounds.role_of(given["role"]).engagement),
        "identifiers": list(identifiers),
        "max_runs": _number(given, "max_runs"),
        "max_visits": _number(given, "max_visits"),
        "expires": given["expires"],
    }


def _particulars(given: Answers) -> dict[str, object] | None:
    names = ("address", "phone", "storage", "retention", "withdrawal", "policy_url")
    found: dict[str, object] = {name: given[name] for name in names if name in given}
    if "recipients" in given:
        found["recipients"] = _many(given["recipients"], ";")
    return found or None


def _events(given: Answers, signed_sha256: str | None) -> list[dict[str, object]]:
    """The request, which is the delivery of the notice, and the candidate's answer."""
    state = _one_of(given, "answer", ANSWERS)
    method = [given["method"]]
    method += [f"sha256:{signed_sha256}"] if signed_sha256 else []
    method += [f"witness {given['witness']}"] if "witness" in given else []
    asked: dict[str, object] = {
        "state": ConsentState.REQUESTED,
        "at": given["delivered"],
        "by": "controller",
        "method": given["channel"],
    }
    answered = {"state": state, "at": given["answered"], "by": "subject", "method": ", ".join(method)}
    return [asked, answered]


def _one_of(given: Answers, name: str, known: Mapping[str, object]) -> object:
    if given[name] not in known:
        raise InputError(where=f"--{name.replace('_', '-')}", expected=" or ".join(known))
    return known[given[name]]


def _number(given: Answers, name: str) -> int:
    if not given[name].isdecimal():
        raise InputError(where=f"--{name.replace('_', '-')}", expected="a whole number")
    return int(given[name])


def _many(text: str, mark: str = ",") -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, tuple) and bool(value) and isinstance(value[0], dict))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return _nested(value)


def _nested(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_pairs(value))} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped and JSON leaves alone.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _pairs(table: dict[object, object]) -> Iterator[str]:
    return (f"{name} = {_value(entry)}" for name, entry in table.items())
