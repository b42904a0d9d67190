"""Limits that a source states in the body of an answer."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from footprint.model.stated import StatedLimit
from footprint.web.client import Exchange
from footprint.web.stated import LONGEST, Stated, stated

PAUSE = StatedLimit(at="/backoff")
THROTTLE = StatedLimit(at="/error_name", says=("throttle_violation",), seconds_at="/error_message")
LAG = StatedLimit(at="/error/code", says=("maxlag", "ratelimited"), seconds_at="/error/lag")


def answer(value: object) -> Exchange:
    """Return an answer in JSON."""
    return Exchange(url="https://api.example/", status=200, body=json.dumps(value).encode())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"backoff": 10, "items": []}, Stated(refuses=False, seconds=10.0)),
        ({"backoff": 0}, None),
        ({"backoff": -3}, None),
        ({"backoff": True}, None),
        ({"backoff": "10"}, None),
        ({"backoff": None}, None),
        ({"items": [{"backoff": 10}]}, None),
        ([{"backoff": 10}], None),
        ("backoff", None),
        ({"error_name": "throttle_violation"}, Stated(refuses=True, seconds=None)),
        (
            {"error_name": "throttle_violation", "error_message": "too many requests, more available in 4321 seconds"},
            Stated(refuses=True, seconds=4321.0),
        ),
        ({"error_name": "throttle_violation", "error_message": "502 of them"}, Stated(refuses=True, seconds=None)),
        ({"error_name": "bad_parameter", "error_message": "in 4321 seconds"}, None),
        ({"error_name": ["throttle_violation"]}, None),
        ({"error": {"code": "maxlag", "lag": 7.5}}, Stated(refuses=True, seconds=7.5)),
        ({"error": {"code": "ratelimited"}}, Stated(refuses=True, seconds=None)),
        ({"error": {"code": "missingtitle"}}, None),
        ({"error": "code"}, None),
        ({"parse": {"text": "the error code is maxlag"}}, None),
    ],
)
def test_what_an_answer_states(value: object, expected: Stated | None) -> None:
    """A number of seconds beside a good answer, or a word by which it refuses, at its declared place alone."""
    assert stated(answer(value), (PAUSE, THROTTLE, LAG)) == expected


@pytest.mark.parametrize(
    "body", [b'{"backoff": 10', b"backoff", b'{"backoff": NaN}', b'{"backoff": %s}' % (b"9" * 5000), b"\xff"]
)
def test_what_is_no_answer_in_json_states_nothing(body: bytes) -> None:
    """Nor does what is no number, or one with more digits than are read."""
    assert stated(Exchange(url="https://api.example/", status=200, body=body), (PAUSE,)) is None


@pytest.mark.parametrize("number", [b"1e999", b"9" * 400, b"1e30"])
def test_a_wait_without_an_end_in_sight_is_the_longest(number: bytes) -> None:
    """No number that a server states breaks the run, and none is passed over because it is too large."""
    found = stated(Exchange(url="https://api.example/", status=200, body=b'{"backoff": %s}' % number), (PAUSE,))

    assert found == Stated(refuses=False, seconds=LONGEST)


def test_a_body_that_is_nested_without_end_states_nothing() -> None:
    """It is refused where it is read for its content."""
    body = b'{"backoff": ' + b"[" * 200_000

    assert stated(Exchange(url="https://api.example/", status=200, body=body), (PAUSE,)) is None


def test_without_a_declaration_nothing_is_read() -> None:
    """A source whose manifest names no place is not looked at."""
    assert stated(answer({"backoff": 10}), ()) is None


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"at": "backoff"}, "begins with a slash"),
        ({"at": "/error", "says": ("limit",), "seconds_at": "lag"}, "begins with a slash"),
        ({"at": "/backoff", "seconds_at": "/lag"}, "for an answer that refuses"),
    ],
)
def test_a_declaration_that_does_not_hold(fields: dict[str, object], why: str) -> None:
    """A pointer is a pointer, and a wait belongs to a refusal."""
    with pytest.raises(ValidationError, match=why):
        StatedLimit.model_validate(fields)
