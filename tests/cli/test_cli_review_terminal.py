"""The review at a real terminal of 80 by 24: a case reviewed by two people, one of them killed in mid-sentence; nothing is lost."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from footprint.cli.main import footprint
from footprint.model.review import CaseReview
from footprint.review.desk import read_review
from footprint.store.workspace import Workspace
from terminal import GUARD, Terminal

RIGHT, TAB, ENTER_IT = "\x1b[C", "\t", "\x13"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace in which the demonstration was run."""
    words = ["demo", "--workspace", str(tmp_path / "w"), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(footprint, words, catch_exceptions=False).exit_code == 0
    return tmp_path / "w"


def entered(folder: Path, case: str) -> CaseReview:
    with Workspace.open(folder) as workspace:
        return read_review(workspace, case)


def not_theirs(terminal: Terminal, reason: str) -> None:
    """Say no to the finding that is shown, with a reason."""
    terminal.press("v")
    terminal.wait_for("▸ Is it the candidate's?")
    terminal.press(RIGHT, RIGHT, TAB)
    terminal.wait_for("▸ Why?")
    terminal.press(reason)
    terminal.wait_for(reason)
    terminal.press(ENTER_IT)


def until_killed(folder: Path, case: str) -> None:
    """Review three findings, begin a sentence on the fourth, and die of kill -9."""
    with Terminal("review", case, "--workspace", folder, "--by", "V-1") as first:
        first.wait_for("0 of 8 reviewed")
        review_rest(first, 0, 3)
        first.press("v")
        first.wait_for("▸ Is it the candidate's?")
        first.press(RIGHT, RIGHT, TAB)
        first.wait_for("▸ Why?")
        first.press("Wrenhalf a sentence")
        first.wait_for("Wrenhalf a sentence")
        time.sleep(1.5)  # longer than the pause after which what was typed is kept
        first.process.send_signal(signal.SIGKILL)
        first.process.wait(GUARD)


def review_rest(terminal: Terminal, done: int, last: int) -> None:
    """Say no to each finding up to the last, and see that it is counted."""
    for number in range(done + 1, last + 1):
        not_theirs(terminal, f"Wrenreason {number}00")
        terminal.wait_for(f"{number} of 8 reviewed")


def unlock(folder: Path, case: str, call: Callable[..., Any]) -> None:
    """Read on the screen which command unlocks the sealed statement, and run it as the second person."""
    with Terminal("review", case, "--workspace", folder, "--by", "V-2") as terminal:
        terminal.wait_for("8 of 8 reviewed")
        terminal.press("s")
        terminal.wait_for("footprint case unlock")
        (item,) = re.findall(r"\bO-[0-9a-f]{10}\b", terminal.screen.partition("footprint case unlock")[0])
        assert "epilepsy" not in terminal.screen
        terminal.press("q")
        terminal.wait_for("? help")
        terminal.leave()
    second = ("--by", "vetting-manager-2", "--key", folder / "vetting-manager-2.key")
    condition = ("--condition", "DPA-SCH1-11", "--document", "APD-1", "--workspace", folder)
    assert "epilepsy" in call("case", "unlock", case, item, *second, *condition).out


def decide(folder: Path, case: str) -> None:
    """Set the outcome, no concern."""
    with Terminal("review", case, "--workspace", folder, "--by", "P-1") as terminal:
        terminal.wait_for("0 of 8 reviewed")
        terminal.press("w")
        terminal.wait_for("▸ The outcome")
        terminal.press(RIGHT)
        questions = ("▸ Why this", "▸ What speaks", "▸ Which other", "▸ Second line")
        for asked, words in zip(questions, ("Wrenreasons", "Wrenmild", "Wrenlevels", "S-9"), strict=True):
            terminal.press(TAB)
            terminal.wait_for(asked)
            terminal.press(words)
            terminal.wait_for(words)
        terminal.press(ENTER_IT)
        terminal.wait_for("of 8 reviewed")
        terminal.leave()


def test_a_case_is_reviewed_by_two_people_and_one_is_killed(folder: Path, call: Callable[..., Any]) -> None:
    """Eight findings, two reviewers, one unlock, kill -9 in mid-sentence, an outcome: every verdict is there once."""
    (case,) = (path.name for path in (folder / "cases").iterdir())
    until_killed(folder, case)
    assert [e.event.item for e in entered(folder, case).entries] == ["F01", "F02", "F03"]

    with Terminal("review", case, "--workspace", folder, "--by", "V-1") as again:
        again.wait_for("3 of 8 reviewed")
        again.press("v")
        again.wait_for("Wrenhalf a sentence")
        again.press(ENTER_IT)
        again.wait_for("4 of 8 reviewed")
        review_rest(again, 4, 8)
        assert "8 of 8 findings reviewed by V-1" in again.leave()
    with Terminal("review", case, "--workspace", folder, "--by", "V-2") as second:
        second.wait_for("0 of 8 reviewed")
        review_rest(second, 0, 8)
        second.leave()
    unlock(folder, case, call)
    decide(folder, case)

    review = entered(folder, case)
    assert [(e.by, e.event.item) for e in review.entries if e.event.kind == "review"] == [
        (who, f"F{number:02d}") for who in ("V-1", "V-2") for number in range(1, 9)
    ]
    assert review.entries[3].event.reason == "Wrenhalf a sentence"
    assert review.outcome is not None
    assert (review.outcome.second, review.outcome.reviewers, review.outcome.items) == ("S-9", ("V-1", "V-2"), ())
    log = (folder / "audit.jsonl").read_text(encoding="utf-8")
    assert [log.count(f'"entry":"R{number:04d}"') for number in range(1, 18)] == [1] * 17
    assert "Wren" not in log
    assert call("audit", "verify", "--workspace", folder).code == 0


def test_the_original_is_shown_from_what_was_kept(folder: Path) -> None:
    """Uncovered and unmasked, the words of the page are on the screen, and who looked is in the log."""
    (case,) = (path.name for path in (folder / "cases").iterdir())
    with Terminal("review", case, "--workspace", folder, "--by", "V-1") as terminal:
        terminal.wait_for("Press u to")
        assert "sandwich" not in terminal.screen
        terminal.press("u")
        terminal.wait_for("sandwich")
        terminal.press("o")
        terminal.wait_for("The words, unmasked")
        terminal.leave()
    log = (folder / "audit.jsonl").read_text(encoding="utf-8")

    assert '"read":"original"' in log
    assert "sandwich" not in log
