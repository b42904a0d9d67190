"""A model that may propose, from the command line: the plan names it, and a wrong one ends with what was expected and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from footprint.proposers.load import linear


@pytest.fixture
def place(tmp_path: Path, call) -> Path:
    """A workspace with its examples."""
    assert call("init", tmp_path / "w").code == 0
    return tmp_path / "w"


def plan(place: Path, call, *more: str):  # type: ignore[no-untyped-def]
    words = (place / "example-profile.toml", "--consent", place / "example-consent.toml", "--workspace", place)
    return call("plan", *words, *more)


def switch_on(place: Path, text: str) -> None:
    settings = place / "footprint.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n[proposer]\n{text}\n", encoding="utf-8")


def test_the_plan_names_the_model(place: Path, call) -> None:
    """Before anything is asked it is said that a model may propose, and which; without one, nothing is."""
    before = plan(place, call)
    switch_on(place, 'model = "linear"')
    said, drawn = plan(place, call), json.loads(plan(place, call, "--json").out)

    assert "may propose" not in before.out
    assert f"The model linear (SHA-256 {linear().source.sha256}) may propose" in said.out
    assert drawn["proposer"]["sha256"] == linear().source.sha256


def test_a_model_that_is_not_there_is_bad_input(place: Path, call) -> None:
    """Exit code 2, with the file and what was expected there."""
    switch_on(place, f'model = "mine.onnx"\nsha256 = "{"0" * 64}"\nthreshold = 0.8')
    said = plan(place, call)

    assert said.code == 2
    assert "mine.onnx" in said.err
    assert "expected a file that can be read" in " ".join(said.err.split())


def test_another_file_is_bad_input(place: Path, call) -> None:
    """Exit code 2, with the file, the field, what was expected, and how to mend it."""
    switch_on(place, f'model = "mine.onnx"\nsha256 = "{"0" * 64}"\nthreshold = 0.8')
    (place / "mine.onnx").write_bytes(b"another")
    said = plan(place, call)
    text = " ".join(said.err.split())

    assert said.code == 2
    assert all(part in text for part in ("mine.onnx", "proposer.sha256", f"the file with {'0' * 64}", "put that into"))
