"""The whole line over a web that means harm: every run ends, one bad page costs its source at most, and nothing gets out."""

from __future__ import annotations

import json
import logging
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from answers import answering
from footprint.admission import Desk, Order
from footprint.collectors.interface import Fetch
from footprint.collectors.website import Website
from footprint.demo.server import DemoWeb
from footprint.files import read_record
from footprint.filters.context import LEXICON, Surroundings
from footprint.filters.masking import CLASSES, mask
from footprint.filters.match import matches
from footprint.filters.people import find_names
from footprint.filters.reading import Reading
from footprint.ledger import Ledger
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Observation
from footprint.model.report import Report
from footprint.policies.load import lexicons
from footprint.screening import Outlook, screen
from footprint.web.client import Exchange
from footprint.web.feed import MAX_BASE
from footprint.web.guard import MAX_URL, Guard
from footprint.web.publicness import closed
from hostile_web import Change, Outcome, live_markup, screened

FRONT = "https://maraquill.example/"
FEED = "https://maraquill.example/feed.xml"
STATUSES = "/statuses?limit=40"
NUMBER_OF_SOURCES = 6
"""Identifiers that the demonstration's candidate named."""


def says(where: str, old: str, new: str) -> Change:
    """Put other words into the answers of one address."""

    def change(exchange: Exchange) -> Exchange:
        if not exchange.url.endswith(where):
            return exchange
        assert old in exchange.body.decode(), "the demonstration's page has changed"
        return with_body(exchange, exchange.body.decode().replace(old, new, 1).encode("utf-8", "surrogatepass"))

    return change


def answers(where: str, body: str | bytes, **headers: str) -> Change:
    """Answer one address with something else."""
    content = body.encode() if isinstance(body, str) else body

    def change(exchange: Exchange) -> Exchange:
        if not exchange.url.endswith(where):
            return exchange
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        kept = tuple(header for header in exchange.headers if header[0] not in dict(named))
        return replace(with_body(exchange, content), headers=(*kept, *named))

    return change


def with_body(exchange: Exchange, body: bytes) -> Exchange:
    return replace(exchange, body=body, raw_body=body)


def redirects(where: str, target: str) -> Change:
    """Send one address elsewhere."""

    def change(exchange: Exchange) -> Exchange:
        moved = replace(with_body(exchange, b""), status=301, headers=(("Location", target),))
        return moved if exchange.url == where else exchange

    return change


def holds(outcome: Outcome) -> None:
    """Whatever was read: nothing in the report does anything, it reads back, and the log holds no word and no address."""
    assert live_markup(outcome.html) == []
    assert Report.model_validate(json.loads(outcome.json)) == outcome.report
    for word in (b"http:", b"https:", b"maraquill", b"quill", b"alert", b".example"):
        assert word not in outcome.log.lower(), word


DEEP = '{"a":' * 10_000 + "1" + "}" * 10_000
LONG = "a" * 5000
ATTRIBUTES = " ".join(f"a{number}='x'" for number in range(5000))
MALFORMED = {
    "a redirect longer than any address": ("website", redirects(FRONT, f"/{LONG}")),
    "a feed with half a character": ("website", says(FEED, "<title>", "<title>&#xd800;</b>")),
    "a feed with thousands of attributes": (
        "website",
        says(FEED, "<entry>", f"<entry {ATTRIBUTES}>"),
    ),
    "a feed that moves its base on and on": (
        "website",
        says(FEED, "<entry>", f'<entry xml:base="{"a" * (MAX_BASE // 100)}/">' * 101),
    ),
    "JSON nested without end": ("mastodon", answers(STATUSES, f"[{DEEP}]")),
    "a list nested without end": ("github", answers("/users/maraquill", "[" * 10_000)),
    "half a character in JSON": ("mastodon", says(STATUSES, '"content":"', '"content":"\\ud800')),
    "not a number": ("github", says("/users/maraquill", '"id": ', '"id": NaN, "n": ')),
    "a number of 5,000 digits": ("github", says("/users/maraquill", '"id": ', f'"id": {"9" * 5000}, "n": ')),
    "a text of a megabyte": ("github", says("/users/maraquill", '"bio": "', f'"bio": "{"a" * 1_000_000}')),
    "the first day of the calendar": (
        "mastodon",
        says(STATUSES, '"created_at":"', '"created_at":"0001-01-01T00:00:00+14:00", "x": "'),
    ),
    "the last day of the calendar": (
        "mastodon",
        says(STATUSES, '"created_at":"', '"created_at":"9999-12-31T23:59:59-14:00", "x": "'),
    ),
    "a date of 1e308": ("mastodon", says(STATUSES, '"created_at":"', '"created_at":1e308, "x": "')),
    "null for a list": ("github", answers("/events/public?per_page=100", "null")),
    "an id that leaves its place in the address": ("mastodon", says("/lookup?acct=mara", '"id":"', '"id":"../../x?')),
    "the same status for ever": ("mastodon", answers(STATUSES, b"[" + b"{}," * 300 + b"{}]")),
}
"""The source that is hit, and what its server does."""


@pytest.mark.parametrize("case", MALFORMED)
def test_a_bad_page_costs_its_source_and_no_more(case: str, tmp_path: Path) -> None:
    """The page counts as malformed, the other sources are read as ever, and the report is made."""
    source, change = MALFORMED[case]
    outcome = screened(tmp_path, change)

    holds(outcome)
    assert outcome.source(source).unknown[UnknownReason.MALFORMED] == 1
    assert len(outcome.report.coverage) == NUMBER_OF_SOURCES
    assert all(each.observations for each in outcome.report.coverage if each.source in {"mediawiki", "feed"})


HARMLESS = {
    "a charset with a control character": says(FRONT, '<meta charset="utf-8">', '<meta charset="q\x01">'),
    "a charset that takes hours": says(FRONT, '<meta charset="utf-8">', '<meta charset="punycode">'),
    "half a character in JSON-LD": says(
        FRONT, '"Dispatcher"', '"Dispatcher \\ud800", "sameAs": ["\\udfff", "http://["]'
    ),
    "the ends of the calendar": says(
        FRONT, "<body>", '<body><time class="dt-published" datetime="9999-12-31T23:59:59-14:00">'
    ),
    "cards in cards": says(FRONT, "<body>", "<body>" + '<div class="h-card">' * 5_000),
    "addresses that are none": says(
        FRONT, "<body>", '<body><a rel="me" href="javascript:alert(1)">x</a><a rel="me" href="http://[">y</a>'
    ),
    "a log-in redirect to no host": redirects(FRONT, "https://[::1"),
    "a wait until the end of time": lambda exchange: replace(
        exchange, headers=(*exchange.headers, ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "9" * 500))
    ),
    "a wait that ended before time began": lambda exchange: replace(
        exchange,
        headers=(
            *exchange.headers,
            ("RateLimit-Remaining", "0"),
            ("RateLimit-Reset", "Mon, 01 Jan 0001 00:00:00 +1400"),
        ),
    ),
}


@pytest.mark.parametrize("case", HARMLESS)
def test_an_odd_page_is_read_for_what_it_is_worth(case: str, tmp_path: Path) -> None:
    """Odd values are passed over, and the run goes on."""
    outcome = screened(tmp_path, HARMLESS[case])

    holds(outcome)
    assert len(outcome.report.coverage) == NUMBER_OF_SOURCES
    assert UnknownReason.TRANSPORT not in outcome.report.unknowns


MARKUP = (
    '</blockquote></style></title><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">'
)


def test_page_text_stays_text_in_the_report(tmp_path: Path) -> None:
    """Markup in a statement, a name, a warning and an address is shown as letters and does nothing."""

    def change(exchange: Exchange) -> Exchange:
        if not exchange.url.endswith(STATUSES):
            return exchange
        rows = json.loads(exchange.body)
        for row in rows:
            row["spoiler_text"] = MARKUP
            row["url"] = f"javascript:alert(1)//{MARKUP}"
            row["account"]["display_name"] = f"\u202e{MARKUP}"
        return with_body(exchange, json.dumps(rows).encode())

    outcome = screened(tmp_path, change)

    holds(outcome)
    assert any("javascript:" in finding.url for finding in outcome.report.findings)
    assert b"&lt;script&gt;alert(1)" in outcome.html
    assert "\u202e" not in outcome.html.decode()


def test_no_log_of_any_library_holds_page_text(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What the parsers have to say about a page is not written anywhere, however low the level."""
    caplog.set_level(logging.DEBUG)
    screened(tmp_path, says("/timetable-meeting", "<body>", "<body>Zanzaberry <p><time datetime='Zanzaberry'>"))
    screened_empty = tmp_path / "empty"
    screened_empty.mkdir()
    screened(screened_empty, answers("/timetable-meeting", "<p></p>Zanzaberry<!-- Zanzaberry"))

    assert "Zanzaberry" not in caplog.text
    assert "discarding" not in caplog.text


def test_a_wall_in_another_encoding_is_a_wall() -> None:
    """Walls are looked for in the text that would be read, not in the bytes: UTF-16 hides no log-in form."""
    form = "<form><input type=password></form>".encode("utf-16-le")
    answer = answering(form, kind="text/html; charset=utf-16le")

    assert closed(replace(answer, url=FRONT)) is not None


def test_an_address_is_as_long_as_one_that_may_be_asked() -> None:
    """A redirect to more than 4,000 characters leads nowhere."""
    near, far = (
        replace(answering(status=301, Location=f"/{'a' * length}"), url=FRONT).redirect
        for length in (MAX_URL - len(FRONT), MAX_URL - len(FRONT) + 1)
    )

    assert (near is not None, far) == (True, None)


class _Broken(Website):
    """Asks for its page, and then does what a test wants."""

    error: Exception = ValueError("what the page said")
    asks = True

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (page, *_) = self.plan(identifier)
        if self.asks:
            await fetch(page.at(page.template))
        raise self.error
        yield


@pytest.mark.parametrize("error", [ValueError("secret"), OverflowError("secret"), RecursionError("secret")])
def test_what_a_collector_did_not_foresee_costs_its_source(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page counts as malformed; the kind of error is noted and not its words."""
    collector = _Broken()
    collector.error = error
    monkeypatch.setattr("footprint.screening.collector", lambda kind: collector)
    outcome = screened(tmp_path, lambda exchange: exchange)

    assert outcome.source("website").unknown == {UnknownReason.MALFORMED: 1}
    assert b"secret" not in outcome.json + outcome.log


@pytest.mark.parametrize(("error", "asks"), [(KeyError("ours"), True), (ValueError("ours"), False)])
def test_a_fault_of_ours_is_not_blamed_on_a_page(
    error: Exception, asks: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A programming error, or an error before any page was read, stops the run and is seen."""
    collector = _Broken()
    collector.error, collector.asks = error, asks
    monkeypatch.setattr("footprint.screening.collector", lambda kind: collector)

    with pytest.raises(ExceptionGroup) as raised:
        screened(tmp_path, lambda exchange: exchange)
    assert raised.group_contains(type(error), match="ours")


def test_a_fault_of_the_gate_is_not_blamed_on_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the account of the run cannot be kept, the run stops: nothing may be asked that is not written down."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("no row")

    monkeypatch.setattr(Ledger, "keep", fail)

    with pytest.raises(ExceptionGroup) as raised:
        screened(tmp_path, lambda exchange: exchange)
    assert raised.group_contains(RuntimeError, match="the gate failed")


LENGTH = 100_000
SLOW = {
    "one letter": "a" * LENGTH,
    "one long name": "A" + "a" * LENGTH + "1",
    "one long name, underscored": "A" + "a" * LENGTH + "_",
    "one long word that begins as a term": "haha" + "a" * LENGTH,
    "brackets": "(" * LENGTH,
    "spaces": " " * LENGTH,
    "exclamation marks": "I will kill you " + "!" * LENGTH + "x",
    "low quotation marks": "\u201e" * LENGTH,
    "angle quotation marks": "\u00ab" * LENGTH,
    "apostrophes": "'a " * (LENGTH // 3),
    "initials": "A. " * (LENGTH // 3),
    "titles": "Mr " * (LENGTH // 3),
    "addresses": "@a-" * (LENGTH // 3),
    "mail addresses": "a@a-" * (LENGTH // 4),
    "disguised words": "a1" * (LENGTH // 2) + "\u00e9",
    "combining marks": "a" + "\u0301" * LENGTH,
    "the same words": "i will " * (LENGTH // 7),
}


@pytest.mark.parametrize("case", SLOW)
def test_a_long_text_is_judged_in_time(case: str, order: Order) -> None:
    """No text of 100,000 characters makes a filter search in squares: each takes seconds at most, not hours."""
    text = SLOW[case]
    known = {lexicon.id: lexicon for lexicon in lexicons()}
    started = time.process_time()
    reading = Reading(text)
    for lexicon in known.values():
        matches(reading, lexicon)
    Surroundings(reading, known[LEXICON])
    list(find_names(reading.cased))
    mask(text, candidate=read_record(order.profile, Candidate), classes=CLASSES, lexicons=known)

    assert time.process_time() - started < 40


async def test_a_bomb_is_stopped_at_the_gate(tmp_path: Path, desk: Desk, order: Order) -> None:
    """A megabyte of gzip that unfolds to a gigabyte costs less than 60 MB, and the run goes on."""
    site = tmp_path / "web" / "maraquill.example"
    site.mkdir(parents=True)
    (site / "bomb.gz").write_bytes(_bomb())
    route = '[[routes]]\npath = "/"\nfile = "bomb.gz"\nheaders = { Content-Encoding = "gzip" }\nshows = "a bomb"\n'
    (site / "routes.toml").write_text(route, encoding="utf-8")

    async def nowhere(host: str, port: int) -> tuple[str, ...]:
        raise OSError

    with DemoWeb(tmp_path / "web") as web:
        outlook = Outlook(guard=Guard(pinned=web.pinned, resolve=nowhere), tls=web.tls)
        tracemalloc.start()
        try:
            steps = [step async for step in screen(order, desk, outlook)]
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    report = steps[-1]
    assert isinstance(report, Report)
    assert report.coverage[0].unknown == {UnknownReason.OVERSIZE: 1}
    assert peak < 60_000_000


def _bomb() -> bytes:
    """One gibibyte of zeros: a block of a mebibyte that refers to nothing before it, a thousand times over."""
    packer = zlib.compressobj(wbits=31)
    zeros = bytes(1 << 20)
    first = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + (packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)) * 1023
