"""Whatever the web answers, a run ends with a report in which nothing is alive, and with a log that says nothing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from footprint.model.report import Report
from footprint.web.client import Exchange
from hostile_web import live_markup, screened

VALUES = (
    *("null", "-1", "1e308", "NaN", "true", "[]", "{}", '""', "9" * 5000, '"' + "A" * 1_000_000 + '"'),
    *("[" * 10_000 + "]" * 10_000, '{"a":' * 10_000 + "1" + "}" * 10_000, r'"\ud800"', r'"\u0000\u0007\u202e"'),
    *('"0000-00-00T00:00:00Z"', '"9999-12-31T23:59:59-14:00"', '"0001-01-01T00:00:00+14:00"', '"-2020-01-01"'),
    *('"javascript:alert(1)"', '"data:text/html,<script>alert(1)</script>"', '"//evil.example/x"', '"http://["'),
    *(f'"https://maraquill.example/{"a" * 5000}"', r'"</blockquote></style><img src=x onerror=alert(1)>"'),
    *(
        r'"\" onmouseover=alert(1) x=\""',
        '"Mara Quill: I will kill you <script>alert(1)</script>"',
        '"' + "(" * 5000 + '"',
    ),
)
"""JSON values that no field expects."""
PIECES = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&#xd800;", "&#0;", "\x00", "\x1b[31m", "\u202e"),
    *(
        "</title>",
        '"><svg onload=x>',
        "<![CDATA[",
        "]]>",
        "<!--",
        "<base href='http://['>",
        "<div>" * 3000,
        "A" * 200_000,
    ),
    *(
        "<meta charset=punycode>",
        "<meta charset='q\x01'>",
        "<meta charset=utf-16>",
        "<a rel=me href='javascript:alert(1)'>",
    ),
    *(
        "<a rel=me href='https://\u2100.example/'>",
        "<time datetime='0001-01-01T00:00:00+14:00'>",
        "<entry>",
        "</entry>",
    ),
    r"""<script type="application/ld+json">{"@type":"Person","name":"\ud800","sameAs":["http://[","\ud800"]}</script>""",
    *(
        "<published>9999-12-31T23:59:59-14:00</published>",
        "<pubDate>Mon, 01 Jan 0001 00:00:00 +1400</pubDate>",
        "<item>",
    ),
    *("<!DOCTYPE x [<!ENTITY a 'b'>]>", "<?xml version='1.0' encoding='utf-7'?>", "Mara Quill of Northgate Transit. "),
)
"""What is put into pages and feeds."""
HEADERS = (
    *(("Location", "http://["), ("Location", "/" + "a" * 5000), ("Location", "javascript:x"), ("Location", "//social.example")),
    *(("Location", "https://[::1"), ("Location", "?" + "\xe9" * 3000), ("Link", "<https://[>; rel=next"), ("Link", "<" * 5000)),
    *(("Retry-After", "9" * 500), ("Retry-After", "Fri, 31 Dec 9999 23:59:59 -1400"), ("Retry-After", ","), ("Retry-After", "Mon,")),
    *(("Content-Type", "text/html; charset=utf-16"), ("Content-Type", "x"), ("X-Robots-Tag", ",:," * 1000)),
)  # fmt: skip


@settings(
    max_examples=10, deadline=None, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
)
@given(st.integers(0, 2**32), st.sampled_from((0.1, 0.3, 1.0)))
def test_a_run_over_any_web_ends_with_a_dead_report(seed: int, share: float) -> None:
    """No answer stops the run, wakes up in the report or reaches the log."""
    chance = Random(seed)

    def change(exchange: Exchange) -> Exchange:
        return _spoilt(exchange, chance) if chance.random() < share else exchange

    with tempfile.TemporaryDirectory() as folder:
        outcome = screened(Path(folder), change)

    assert live_markup(outcome.html) == []
    assert Report.model_validate(json.loads(outcome.json)) == outcome.report
    assert not any(word in outcome.log.lower() for word in (b"http", b"quill", b"alert", b".example"))


def _spoilt(exchange: Exchange, chance: Random) -> Exchange:
    body = chance.choice((_with_bytes, _with_text, _with_text))(exchange.body, chance)
    headers, status = exchange.headers, exchange.status
    if chance.random() < 0.2:
        header = chance.choice(HEADERS)
        headers = (*(each for each in headers if each[0] != header[0]), header)
        status = {"Location": 302, "Retry-After": 429}.get(header[0], status)
    return replace(exchange, body=body, raw_body=body, headers=headers, status=status)


def _with_bytes(body: bytes, chance: Random) -> bytes:
    """Flip some, and cut the end off now and then."""
    spoilt = bytearray(body)
    for _ in range(min(len(spoilt), chance.choice((1, 5, 50)))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt[: chance.choice((len(spoilt), chance.randrange(len(spoilt) + 1)))])


def _with_text(body: bytes, chance: Random) -> bytes:
    text = body.decode("utf-8", "replace")
    spoil: Callable[[str, Random], str] = _with_values if text.lstrip()[:1] in ("{", "[") else _with_pieces
    return spoil(text, chance).encode("utf-8", "surrogatepass")


def _with_values(text: str, chance: Random) -> str:
    """Put a value that no field expects in the place of one or two others, and repeat a row."""
    value = json.loads(text)
    spots = list(_spots(value))
    if not spots:
        return chance.choice(VALUES)
    names = {f"spot-{number}": chance.choice(VALUES) for number in range(chance.choice((1, 2)))}
    for name in names:
        holder, key = chance.choice(spots)
        holder[key] = name
    if isinstance(value, list) and value:
        value += [value[0]] * chance.choice((0, 1, 300))
    spoilt = json.dumps(value)
    for name, new in names.items():
        spoilt = spoilt.replace(f'"{name}"', new)
    return spoilt


def _spots(value):
    """Yield every container of a JSON value with each of its keys."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from _spots(value[key])


def _with_pieces(text: str, chance: Random) -> str:
    for _ in range(chance.choice((1, 3, 6))):
        ends = [place + 1 for place, sign in enumerate(text) if sign == ">"] or [0]
        place = chance.choice((chance.choice(ends), chance.randrange(len(text) + 1)))
        text = text[:place] + chance.choice(PIECES) + text[place:]
    return text
