"""Call the command line as a person would, in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from footprint.cli.main import main
from footprint.demo.clock import DemoClock


class Said(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Call it from a folder of the test: what a command writes where it is called, `reports`, is not to lie in the checkout."""
    monkeypatch.chdir(tmp_path_factory.mktemp("called"))


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run `footprint WORDS`."""

    def run(*words: object) -> Said:
        # The examples are dated: a test must not begin to fail when they expire.
        monkeypatch.setattr("footprint.cli.options.SystemClock", DemoClock)
        monkeypatch.setattr(sys, "argv", ["footprint", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as leave:
            code = int(leave.code or 0)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run
