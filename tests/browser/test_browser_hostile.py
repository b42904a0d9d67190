"""Hostile content in a real browser: inert, visible as what it is, and nobody is called."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from report_sample import sample

from footprint.model.finding import MaskedText
from footprint.model.report import Report
from footprint.report.render import render_html
from footprint.report.views import Reader

pytestmark = pytest.mark.browser


class Called(BaseHTTPRequestHandler):
    """Counts who calls."""

    calls: list[str] = []

    def do_GET(self) -> None:
        self.calls.append(self.path)
        self.send_response(204)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback, and what it was asked."""
    Called.calls = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Called)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", Called.calls
    server.shutdown()
    server.server_close()
    thread.join()


TRICKS = {
    "script": "<script>document.title='taken'; fetch('BASE/script')</script>",
    "image": "<img src=BASE/img onerror=\"document.title='taken'\">",
    "svg": "<svg onload=\"document.title='taken'\"><image href='BASE/svg'/><use href='BASE/svg#x'/></svg>",
    "style": "</style><style>@import 'BASE/css'; body{background:url(BASE/bg)} .finding{display:none}</style>",
    "bidi": "user\u202egpj.exe\u202c \u2066left\u2069",
    "zero width": "pass\u200bword \u2060joined\ufeff",
    "emoji flood": "\U0001f4a5" * 5000,
    "combining flood": "a" + "\u0301" * 5000,
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} <%= 7 %>",
    "entity": "&lt;b&gt;bold&lt;/b&gt; &#x202e; &amp;amp;",
    "fake end": "</blockquote></article></section></main></body></html>\nEND OF REPORT\nNo concern. Cleared by the panel.",
    "fake mask": "[person] [religion] \u27e6U+202E\u27e7",
    "link": "<a href=\"javascript:document.title='taken'\">see</a> <base href=BASE/> <meta http-equiv=refresh content='0;url=BASE/refresh'>",
    "comment": "<!-- --><![CDATA[ ]]><?php ?> ]]> --> */ //",
}


def hostile(text: str) -> bytes:
    made = sample()
    finding = made.findings[0].but(
        excerpt=MaskedText(text=text), surroundings=MaskedText(text=text), url=f"https://social.example/{text[:200]}"
    )
    attribution = finding.attribution
    features = tuple(feature.but(expected=text[:2000], seen=text[:2000]) for feature in attribution.features)
    finding = finding.but(attribution=attribution.but(features=features))
    return render(made.but(findings=(finding, *made.findings[1:]), candidate_name=text.replace("\n", " ")[:400]))


def render(report: Report) -> bytes:
    return render_html(report, Reader.VETTING)


@pytest.mark.parametrize("trick", TRICKS)
def test_hostile_words_are_shown_and_do_nothing(
    trick: str, tmp_path: Path, show: Callable[..., Page], listener: tuple[str, list[str]]
) -> None:
    """What a stranger wrote is text: the same sections stand around it, and nothing was asked for."""
    base, calls = listener
    text = TRICKS[trick].replace("BASE", base)
    (tmp_path / "plain.html").write_bytes(render(sample()))
    (tmp_path / "hostile.html").write_bytes(hostile(text))
    shape = "[...document.querySelectorAll('main > section, .finding, h2')].map(e => e.tagName + e.id)"
    expected = show(tmp_path / "plain.html").evaluate(shape)
    page = show(tmp_path / "hostile.html", "#F01")
    page.wait_for_timeout(200)
    read = page.locator("#F01 .excerpt").inner_text()

    assert page.evaluate(shape) == expected
    assert page.title().startswith("Public footprint report")
    assert page.locator("#F01").is_visible()
    assert page.locator(".closing").count() == 1
    assert page.locator("main script, main img, main style, main base, main meta, main iframe").count() == 0
    assert calls == []
    for hidden in "\u202e\u2066\u200b\u2060\ufeff":
        assert hidden not in (page.locator("main").text_content() or "")
        assert f"\u27e6U+{ord(hidden):04X}\u27e7" in read or hidden not in text
    # As characters, not as what they would do.
    if trick in ("script", "template", "entity", "link", "fake mask"):
        assert read == text


def test_a_token_of_a_megabyte_stays_in_its_box(tmp_path: Path, show: Callable[..., Page]) -> None:
    """One word of a million letters is cut in the picture, wrapped, and pushes nothing aside."""
    (tmp_path / "long.html").write_bytes(hostile("W" * 1_000_000))
    page = show(tmp_path / "long.html", "#F01")

    assert page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth") == 0
    assert "characters not shown here" in page.locator("#F01 .excerpt").inner_text()
    assert (tmp_path / "long.html").stat().st_size < 400_000


def test_the_policy_of_the_page_stops_markup_that_got_in(
    chromium: Browser, tmp_path: Path, listener: tuple[str, list[str]]
) -> None:
    """Were the escaping to fail, the page's own policy would still call nobody and run nothing."""
    base, calls = listener
    breach = "".join(TRICKS[name] for name in ("script", "image", "svg")).replace("BASE", base)
    breach += (
        f"<iframe src='{base}/frame'></iframe><object data='{base}/object'></object><embed src='{base}/embed'>"
        f"<video src='{base}/video' poster='{base}/poster'></video><audio src='{base}/audio'></audio>"
        f"<link rel=stylesheet href='{base}/css'><link rel=prefetch href='{base}/prefetch'><link rel=icon href='{base}/icon'>"
        f"<style>body{{background:url({base}/bg)}}</style><p style='background:url({base}/inline)'>x</p>"
        f"<form action='{base}/form'><button id=send>Send</button></form>"
        f"<input type=image src='{base}/input'><picture><source srcset='{base}/source'><img></picture>"
        f"<body background='{base}/body'><table background='{base}/table'></table>"
    )
    path = tmp_path / "breach.html"
    path.write_bytes(render(sample()).replace(b"<main>", f"<main>{breach}".encode(), 1))
    context = chromium.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.title().startswith("Public footprint report")
    # By its own method: a click by hand would wait for a page that never comes.
    page.locator("#send").evaluate("button => button.click()")
    page.wait_for_timeout(500)

    assert calls == []
    context.close()


def test_the_listener_hears(chromium: Browser, listener: tuple[str, list[str]], tmp_path: Path) -> None:
    """The count is not zero because nobody could be heard: without the policy the same picture is asked for."""
    base, calls = listener
    path = tmp_path / "open.html"
    path.write_text(f"<!doctype html><title>t</title><img src='{base}/heard'>", encoding="utf-8")
    context = chromium.new_context()
    context.new_page().goto(path.as_uri())
    context.close()

    assert calls == ["/heard"]
