"""Every paper can be made, filled and blank; none runs a script, and none holds what it must not."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from papers_samples import AUTHORISATION, CANDIDATE, FULL, under, with_event

from footprint.errors import InputError
from footprint.papers.catalogue import Paper, paper, papers, shipped
from footprint.papers.form import render_form
from footprint.papers.notice import waivers_in, words_of
from footprint.papers.sheet import Filling

EVERY = [(place, entry) for entry in papers() for place in entry.jurisdictions]
NAMES = [f"{place}-{entry.kind}" for place, entry in EVERY]


@pytest.mark.parametrize(("place", "entry"), EVERY, ids=NAMES)
def test_every_paper_can_be_filled(place: str, entry: Paper) -> None:
    """Filled from all records, a paper names its language, has one title and no rest of a template."""
    text = render_form(paper(place, entry.kind), FULL).decode()

    assert f'<html lang="{entry.language}">' in text
    assert text.count("<h1>") == 1
    assert "{{" not in text
    assert "{%" not in text
    assert not re.search(r"[>(]None[<),.]", text)


@pytest.mark.parametrize(("place", "entry"), EVERY, ids=NAMES)
def test_no_paper_can_run_or_fetch_anything(place: str, entry: Paper) -> None:
    """The policy forbids all but the one style whose digest it names; there is no script and no address to load."""
    text = render_form(paper(place, entry.kind), FULL).decode()
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text
    assert not re.search(r"<script|<link|<img|<iframe|\son\w+=|\sstyle=|url\(|@import", text, re.IGNORECASE)
    assert "size: A4" in style


@pytest.mark.parametrize(("place", "entry"), [pair for pair in EVERY if not pair[1].needs])
def test_a_paper_without_records_is_a_form_to_fill_in(place: str, entry: Paper) -> None:
    """What no record says is a ruled blank, never an invented word."""
    text = render_form(paper(place, entry.kind), Filling()).decode()

    assert '<span class="blank' in text
    assert "Thornshire" not in text


@pytest.mark.parametrize(("place", "entry"), [pair for pair in EVERY if pair[1].needs])
def test_a_paper_that_needs_a_record_says_so(place: str, entry: Paper) -> None:
    """Without its record the paper is not made, and the flag that gives it is named."""
    with pytest.raises(InputError) as refused:
        render_form(paper(place, entry.kind), Filling())

    assert "--" in refused.value.mend


@pytest.mark.parametrize(("place", "entry"), EVERY, ids=NAMES)
def test_points_of_law_are_marked_until_counsel_has_read_them(place: str, entry: Paper) -> None:
    """With the reference of a review the daggers and the sheet for counsel go, and the rest stays."""
    draft = render_form(paper(place, entry.kind), FULL).decode()
    final = render_form(paper(place, entry.kind), FULL, reviewed="LEGAL-12").decode()

    assert "†" not in final
    assert "not part of the paper" not in final
    assert ("not part of the paper" in draft) == (draft != final)


def test_the_notice_made_again_from_the_consent_is_the_same() -> None:
    """Neither the digest of the notice nor the times and events of the consent stand in it."""
    recorded = AUTHORISATION.but(
        notice=AUTHORISATION.notice.but(sha256="b" * 64, delivered_at=None, acknowledged_at=None),
        events=AUTHORISATION.events[:1],
    )
    notice = paper("uk-police", "notice")

    assert render_form(notice, FULL) == render_form(notice, FULL.but(authorisation=recorded))


def test_hostile_text_stays_text() -> None:
    """A name that is markup is shown as it is written, and what would reorder the line is written out."""
    candidate = CANDIDATE.but(name='<b onclick="x()">Mara</b> \u202etxe')
    text = render_form(paper("uk", "notice"), FULL.but(candidate=candidate)).decode()

    assert "<b onclick" not in text
    assert "&lt;b onclick" in text
    assert "\u202e" not in text
    assert "[U+202E]" in text


@pytest.mark.parametrize(
    ("packs", "articles", "words"),
    [
        (("uk",), ("UK GDPR 6(1)(a)",), "So we erase it"),
        (("uk",), ("UK GDPR 6(1)(f)",), "treat your withdrawal as an objection"),
        (("us",), ("FCRA 604(b)",), "No report is made"),
    ],
)
def test_the_acknowledgement_says_what_follows(packs: tuple[str, ...], articles: tuple[str, ...], words: str) -> None:
    """The candidate is told what happens to what was read, by the basis on record."""
    filling = Filling(authorisation=under(*packs, articles=articles))

    assert words in render_form(paper("uk", "withdrawal"), filling).decode()


def test_the_acknowledgement_gives_the_time_of_the_withdrawal() -> None:
    """The time is that of the event."""
    text = render_form(paper("uk", "withdrawal"), Filling(authorisation=with_event("ConsentWithdrawn"))).decode()

    assert "15 November 2026" in text


def test_the_supplement_lists_what_was_asked() -> None:
    """Every source and every address of the report stands in it (GDPR Art. 14(2)(f))."""
    text = render_form(paper("uk-police", "supplement"), FULL).decode()

    assert "https://maraquill.example/about" in text
    assert "publicly accessible" in text
    assert "robots: 1" in text


def test_the_disclosure_of_the_united_states_stands_alone() -> None:
    """Ours holds no release or waiver."""
    text = render_form(paper("us", "disclosure"), FULL, reviewed="L").decode()

    assert waivers_in(words_of(text.encode(), where="d")) == ()


@pytest.mark.parametrize("words", ["I release the company.", "I wai<i>ve</i> it.", "hold it harmless"])
def test_a_disclosure_with_a_waiver_is_refused(words: str, tmp_path: Path) -> None:
    """A controller's own template that adds a release or a waiver makes no disclosure."""
    own = tmp_path / "us"
    own.mkdir()
    base = (shipped() / "us" / "disclosure.html.j2").read_text(encoding="utf-8")
    (own / "disclosure.html.j2").write_text(base.replace("</dl>", f"</dl><p>{words}</p>"), encoding="utf-8")

    with pytest.raises(InputError) as refused:
        render_form(paper("us", "disclosure"), FULL, templates=tmp_path)

    assert "stands alone" in refused.value.expected


def test_a_controllers_name_that_is_a_release_is_refused_too() -> None:
    """It is the text as it is read that is looked at, not the template."""
    consent = AUTHORISATION.but(controller=AUTHORISATION.controller.but(name="Release & Waiver Ltd"))

    with pytest.raises(InputError):
        render_form(paper("us", "disclosure"), FULL.but(authorisation=consent))


@pytest.mark.parametrize(
    "text", ["{{ sheet.nothing }}", "{% if %}", "{{ sheet.__class__.__mro__ }}", "{% extends 'x' %}"]
)
def test_a_template_at_fault_is_explained(text: str, tmp_path: Path) -> None:
    """A typing error, a missing file or a reach into the program is bad input, not a crash."""
    (tmp_path / "uk").mkdir()
    (tmp_path / "uk" / "notice.html.j2").write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as refused:
        render_form(paper("uk", "notice"), FULL, templates=tmp_path)

    assert "uk/notice.html.j2" in refused.value.where


def test_a_police_force_gets_no_legitimate_interests() -> None:
    """A public authority cannot rely on them for its own tasks, so there is no such paper for it (LAW UK-6.1f)."""
    with pytest.raises(InputError):
        paper("uk-police", "lia")


@pytest.mark.parametrize(("place", "kind"), [("atlantis", "notice"), ("uk", "ransom-note"), ("../uk", "notice")])
def test_an_unknown_paper_is_explained(place: str, kind: str) -> None:
    """Those that there are are named."""
    with pytest.raises(InputError) as refused:
        paper(place, kind)

    assert refused.value.mend.startswith("known")


def test_a_place_without_papers_has_those_of_its_country() -> None:
    """California has the papers of the United States."""
    assert paper("us-ca", "disclosure") == paper("us", "disclosure")


def test_every_template_is_listed_or_used() -> None:
    """No template lies about that no paper and no other template uses."""
    used = {entry.template for entry in papers()} | {"common/receipt.html.j2", "common/paper.css"}
    files = [path for path in shipped().rglob("*.*") if path.suffix in (".j2", ".css")]
    for path in files:
        used |= set(re.findall(r"""(?:extends|import) ["']([^"']+)["']""", path.read_text(encoding="utf-8")))

    assert {path.relative_to(shipped()).as_posix() for path in files} == used
