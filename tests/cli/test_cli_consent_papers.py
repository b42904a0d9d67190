"""`footprint consent form` and `check-notice`: papers that are written, and those that are refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from footprint.papers.catalogue import shipped


@pytest.fixture
def place(tmp_path: Path, call) -> Path:
    call("init", tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def consent(place: Path) -> Path:
    return place / "example-consent.toml"


def test_a_notice_is_written_and_its_digest_printed(place: Path, consent: Path, tmp_path: Path, call) -> None:
    """The file, its title and the SHA-256 that goes into the consent."""
    out = tmp_path / "n.html"
    said = call("consent", "form", "uk-police", "notice", "--consent", consent, "--workspace", place, "--out", out)

    assert said.code == 0, said
    assert f"SHA-256 {hashlib.sha256(out.read_bytes()).hexdigest()}" in said.out
    assert "--reviewed" in said.out
    assert "Thornshire Constabulary" in out.read_text(encoding="utf-8")


def test_a_reviewed_notice_is_no_draft(consent: Path, tmp_path: Path, call) -> None:
    """With the reference of a review nothing is marked any more."""
    said = call(
        "consent", "form", "uk", "notice", "--consent", consent, "--reviewed", "L-1", "--out", tmp_path / "n.html"
    )

    assert "Draft" not in said.out


def test_a_blank_form_needs_no_workspace(tmp_path: Path, call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a workspace a form is made with blanks."""
    monkeypatch.chdir(tmp_path)

    assert call("consent", "form", "fr", "notice", "--out", tmp_path / "n.html").code == 0


def test_a_workspace_that_was_named_must_be_there(tmp_path: Path, call) -> None:
    """A mistyped workspace is not taken for none."""
    said = call("consent", "form", "uk", "notice", "--workspace", tmp_path / "nowhere", "--out", tmp_path / "n.html")

    assert said.code == 2


def test_an_unknown_form_and_an_unknown_case_are_explained(place: Path, tmp_path: Path, call) -> None:
    """What there is, and where to look, is named."""
    out = tmp_path / "n.html"

    assert "known: " in call("consent", "form", "uk", "poem", "--out", out).err
    assert (
        "case list"
        in call("consent", "form", "uk", "supplement", "--case", "CASE-9", "--workspace", place, "--out", out).err
    )


def test_a_supplement_comes_from_the_report_of_a_case(tmp_path: Path, call) -> None:
    """After the demonstration's run the supplement lists the places that were asked."""
    call("demo", "--workspace", tmp_path / "w", "--out", tmp_path / "out")
    (case,) = (path.name for path in (tmp_path / "w" / "cases").iterdir())
    out = tmp_path / "s.html"
    said = call(
        "consent", "form", "uk-police", "supplement", "--case", case, "--workspace", tmp_path / "w", "--out", out
    )

    assert said.code == 0, said
    text = out.read_text(encoding="utf-8")
    assert "https://maraquill.example/" in text
    assert case in text


def test_a_disclosure_with_a_waiver_is_refused(tmp_path: Path, call) -> None:
    """Neither a template nor a finished file with a release passes; nothing is written."""
    own = tmp_path / "own" / "us"
    own.mkdir(parents=True)
    base = (shipped() / "us" / "disclosure.html.j2").read_text(encoding="utf-8")
    (own / "disclosure.html.j2").write_text(base.replace("</dl>", "</dl><p>I release you.</p>"), encoding="utf-8")
    out = tmp_path / "d.html"
    said = call("consent", "form", "us", "disclosure", "--templates", own.parent, "--out", out)

    assert said.code == 2
    assert "release" in said.err
    assert not out.exists()


@pytest.mark.parametrize(("text", "code"), [("A report may be obtained.", 0), ("I waive all claims.", 2)])
def test_a_notice_can_be_checked_for_waivers(text: str, code: int, tmp_path: Path, call) -> None:
    """`check-notice` ends with 2 where a waiver stands, and says that a person must still read the rest."""
    path = tmp_path / "d.txt"
    path.write_text(text, encoding="utf-8")
    said = call("consent", "check-notice", path)

    assert said.code == code
    assert ("person" in said.out) == (code == 0)
