"""The PDF: tagged, with the view's JSON inside, the same twice; a clear word where WeasyPrint is not there."""

from __future__ import annotations

import re
import sys
import zlib

import pytest

from footprint.errors import InputError
from footprint.model.report import Report
from footprint.report.pdf import render_pdf
from footprint.report.render import page, render_view
from footprint.report.views import Reader, see


def streams(pdf: bytes) -> list[bytes]:
    """Return every stream of a PDF, inflated where it is deflated."""
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            found.append(raw)
    return found


def test_without_the_extra_the_word_is_clear(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    """It names the extra and what to type."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(InputError, match="pip install 'footprint\\[pdf\\]'") as raised:
        render_pdf(b"<html>", b"{}", name="report.json", at=report.generated_at)
    assert raised.value.where == "--pdf"


@pytest.fixture(scope="module")
def made(report: Report) -> tuple[bytes, bytes]:
    """The recruiter's PDF, which is short, made twice."""
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    view = see(report, Reader.RECRUITER)
    html, data = page(report, view), render_view(view)
    first, second = (render_pdf(html, data, name="recruiter.json", at=report.generated_at) for _ in range(2))
    return first, second


def test_the_same_view_gives_the_same_bytes(made: tuple[bytes, bytes]) -> None:
    """Identifier, times and fonts are no accident."""
    assert made[0] == made[1]


def test_it_claims_both_standards_and_is_tagged(made: tuple[bytes, bytes]) -> None:
    """PDF/A-3a and PDF/UA-1 in the metadata, marked content, a language, a title."""
    pdf = made[0]
    metadata = next(stream for stream in streams(pdf) if b"xmpmeta" in stream)

    assert b'pdfaid:part="3"' in metadata or b"<pdfaid:part>3" in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang (en-GB)", b"/OutputIntents"):
        assert part in pdf or any(part in stream for stream in streams(pdf))


def test_the_views_json_is_attached(made: tuple[bytes, bytes], report: Report) -> None:
    """Whoever has the PDF has the same view for programs."""
    assert render_view(see(report, Reader.RECRUITER)) in streams(made[0])
    assert b"/AFRelationship /Data" in made[0] or any(b"/AFRelationship /Data" in part for part in streams(made[0]))


def test_nothing_is_fetched_for_it(report: Report) -> None:
    """A page that asks for something outside gets nothing, and the PDF is made without it."""
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    html = b"<html lang=en><title>t</title><img src='file:///etc/hostname' alt=x><p>Here.</p></html>"

    assert render_pdf(html, b"{}", name="x.json", at=report.generated_at).startswith(b"%PDF-1.7")
