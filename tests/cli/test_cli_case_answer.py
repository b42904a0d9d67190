"""`footprint case answer`: from the candidate's copy to the next edition of the report, by hand and by file."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from footprint.admission import Desk, Order
from footprint.audit.log import read
from footprint.model.event import Action
from footprint.store.workspace import Workspace
from screened import screened

Call = Callable[..., object]

CASE = "CASE-20261120-c4b05b"
"""The demonstration's tokens are counted, so its case is always this one."""
QUIZ = "O-4aeaa30b96"
"""An article in which only the name fits."""
MEETING = "O-f1d082b919"
"""Behind F03, of tier B."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which `footprint demo` was run."""
    from click.testing import CliRunner

    from footprint.cli.main import footprint

    folder = tmp_path_factory.mktemp("demo")
    done = CliRunner().invoke(
        footprint, ["demo", "--workspace", str(folder / "w"), "--out", str(folder / "out")], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return folder / "w"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(made, tmp_path / "w"))


def document(folder: Path, name: str) -> bytes:
    with Workspace.open(folder) as workspace:
        return workspace.get_document(CASE, name)


def issues(folder: Path) -> int:
    """How often the log says that a report was issued."""
    return sum(logged.event.action is Action.REPORTED for logged in read(folder / "audit.jsonl"))


def test_the_way_from_the_copy_to_the_next_edition(folder: Path, tmp_path: Path, call: Call) -> None:
    """The copy prints the codes, the answer goes in, the report follows, and everybody's copy says what was answered."""
    at = ("--workspace", folder)
    out = tmp_path / "out"
    call("report", CASE, "--for", "candidate", *at, "--out", out)
    copy = (out / CASE / "candidate.html").read_text(encoding="utf-8")
    done = call("case", "answer", CASE, "F03", "not-mine", *at, "--received", "2026-11-20", "--channel", "e-mail")
    claimed = call("case", "answer", CASE, QUIZ, "mine", *at)
    call("report", CASE, "--for", "candidate", *at, "--out", out)
    answered = (out / CASE / "candidate.html").read_text(encoding="utf-8")

    assert QUIZ in copy
    assert "quiz-night" in copy
    assert (done.code, claimed.code) == (0, 0)
    assert "Recorded: F03 not-mine; received Friday 20 November 2026." in done.out
    assert "Edition 2 of the report is issued" in done.out
    assert "No longer in it: F03." in done.out
    assert f"Next: footprint review {CASE}" in done.out
    assert "No finding came and none went" in claimed.out
    assert "F03: no. We got it on 20 November 2026." in answered
    assert f"{QUIZ}: yes." in answered
    assert "<dt>Edition</dt><dd>3, " in answered


async def test_what_is_claimed_is_named_for_the_reviewer(desk: Desk, order: Order, call: Call) -> None:
    """A profile without places and employers leaves of an article only the name; claimed, it is the next finding."""
    text = order.profile.read_text(encoding="utf-8")
    left = [line for line in text.splitlines() if not line.startswith(("places", "employers"))]
    order.profile.write_text("\n".join(left), encoding="utf-8")
    report = await screened(desk, order)
    at = ("--workspace", desk.workspace.folder)
    done = await asyncio.to_thread(call, "case", "answer", report.case, MEETING, "mine", *at)
    view = json.loads(call("report", report.case, "--for", "vetting", *at, "--json").out)
    (found,) = [finding for finding in view["findings"] if finding["observation"] == MEETING]

    assert done.code == 0, done
    assert f"New, for a person to review: {found['id']}." in done.out
    assert found["attribution"]["tier"] == "A"
    assert view["answers"][0]["tool_tier"] == "C"
    assert json.loads(call("report", report.case, "--for", "recruiter", *at, "--json").out)["findings"] == []


def test_log_and_report_hold_afterwards(folder: Path, call: Call) -> None:
    """`audit verify` is content, `audit reproduce` derives every edition, and `explain` tells both sides."""
    at = ("--workspace", folder)
    call("case", "answer", CASE, "F03", "not-mine", *at)
    call("case", "answer", CASE, QUIZ, "mine", *at)
    told = call("explain", CASE, "F03", *at)

    assert call("audit", "verify", *at).code == 0
    assert call("audit", "reproduce", CASE, *at).code == 0
    assert "F03" not in [finding["id"] for finding in json.loads(document(folder, "report.json"))["findings"]]
    assert "The tool alone: tier B: The same name, and beside it" in told.out
    assert re.search(r"The candidate, \d{4}-\d\d-\d\d, entry R0001: it is not theirs\. Now tier C\.", told.out)
    assert "Northgate" not in told.out


def test_who_sees_what_of_an_answer(folder: Path, call: Call) -> None:
    """The recruiter nothing, the officer and the auditor ids and tiers; an address stands in the candidate's copy alone."""
    at = ("--workspace", folder)
    call("case", "answer", CASE, "F03", "not-mine", *at)
    call("case", "answer", CASE, QUIZ, "unsure", *at)
    views = {
        reader: json.loads(call("report", CASE, "--for", reader, *at, "--json").out)
        for reader in ("vetting", "recruiter", "candidate", "auditor")
    }

    assert "answers" not in views["recruiter"]
    assert [view["answers"][0]["item"] for name, view in views.items() if name != "recruiter"] == ["F03"] * 3
    assert "observation" not in views["candidate"]["answers"][0]
    assert "commitment" in views["auditor"]["answers"][0]
    assert [said["item"] for said in views["candidate"]["review"]["answers"]] == ["F03", QUIZ]
    assert "quiz-night" not in json.dumps(views["recruiter"]) + json.dumps(views["vetting"]["answers"])


@pytest.mark.parametrize("form", ["toml", "json"])
def test_several_answers_from_a_file(form: str, folder: Path, tmp_path: Path, call: Call) -> None:
    """As the candidate's copy describes it: one edition for all of them, and how it came in."""
    lines = f'case = "{CASE}"\nchannel = "portal"\n[answers]\nF03 = "not-mine"\n{QUIZ} = "mine"\nF01 = "unsure"\n'
    answers = {"F03": "not-mine", QUIZ: "mine", "F01": "unsure"}
    sheet = tmp_path / f"answers.{form}"
    sheet.write_text(lines if form == "toml" else json.dumps({"case": CASE, "channel": "portal", "answers": answers}))
    done = call("case", "answer", CASE, "--file", sheet, "--by", "V-1", "--workspace", folder, "--json")
    said = json.loads(done.out)

    assert (said["case"], said["edition"], said["is_new"], said["added"], said["gone"]) == (CASE, 2, True, [], ["F03"])
    assert [(entry["item"], entry["answer"]) for entry in said["entered"]] == list(answers.items())
    assert [entry["entry"] for entry in said["entered"]] == ["R0001", "R0002", "R0003"]
    assert document(folder, "review.jsonl").count(b'"channel":"portal"') == 3
    assert issues(folder) == 2


def test_i_do_not_know_changes_nothing(folder: Path, call: Call) -> None:
    """It is recorded, and the report stays byte for byte."""
    before = document(folder, "report.json")
    done = call("case", "answer", CASE, "F01", "unsure", "--workspace", folder)

    assert done.code == 0
    assert "The report stays as it is, edition 1." in done.out
    assert document(folder, "report.json") == before
    assert issues(folder) == 1


SHEETS = {
    "empty": f'case = "{CASE}"\n[answers]\n',
    "other-case": 'case = "CASE-other"\n[answers]\nF01 = "mine"\n',
    "no-case": '[answers]\nF01 = "mine"\n',
    "unknown-item": f'case = "{CASE}"\n[answers]\nF01 = "mine"\nF99 = "mine"\n',
    "no-answer": f'case = "{CASE}"\n[answers]\nF01 = "perhaps"\n',
    "two-answers": f'case = "{CASE}"\n[answers]\nF03 = "mine"\n{MEETING} = "not-mine"\n',
    "twice": f'case = "{CASE}"\n[answers]\nF03 = "mine"\nF03 = "not-mine"\n',
    "no-toml": "F01: mine",
}


@pytest.mark.parametrize(
    "words",
    [
        *(("--file", name) for name in SHEETS),
        ("--file", "nothing.toml"),
        ("F01", "mine", "--file", "empty"),
        ("F01",),
        ("F01", "yes"),
        ("F99", "mine"),
        ("O-0000000000", "mine"),
        ("O-756befd290", "mine"),
        ("F01", "mine", "--received", "2031-01-01"),
        ("F01", "mine", "--received", "yesterday"),
        ("F01", "mine", "--consent", "nothing.toml"),
    ],
    ids="-".join,
)
def test_what_cannot_be_entered_is_bad_input(
    words: tuple[str, ...], folder: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, a sentence that says what was expected, and nothing written; a sealed item is not asked about."""
    for name, text in SHEETS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    log = (folder / "audit.jsonl").read_bytes()
    done = call("case", "answer", CASE, *words, "--workspace", folder)

    assert done.code == 2, done
    assert "expected" in done.err or "Invalid value" in done.err
    assert (folder / "audit.jsonl").read_bytes() == log
    with Workspace.open(folder) as workspace:
        assert "review.jsonl" not in workspace.documents(CASE)


@pytest.mark.parametrize("as_json", [True, False])
def test_after_a_withdrawal_the_answer_is_recorded_and_nothing_judged(as_json: bool, folder: Path, call: Call) -> None:
    """Exit code 3; what was entered is said first."""
    at = ("--workspace", folder)
    assert call("consent", "withdraw", folder / "consent.toml", "--method", "letter", *at).code == 0
    done = call("case", "answer", CASE, "F03", "not-mine", *at, *(("--json",) if as_json else ()))

    assert done.code == 3
    assert "Refused (UK-7-answer)" in done.err
    assert "The answer is recorded" in done.err
    assert document(folder, "review.jsonl").count(b'"kind":"answer"') == 1
    assert issues(folder) == 1
    if as_json:
        assert json.loads(done.out)["refused"] == "UK-7-answer"
        assert json.loads(done.out)["entered"][0]["entry"] == "R0001"
    else:
        assert "Recorded: F03 not-mine" in done.out


def test_on_a_changed_report_no_edition_is_built(folder: Path, call: Call) -> None:
    """Exit code 5; the answer is recorded, and a program is told so."""
    with Workspace.open(folder) as workspace:
        changed = workspace.get_document(CASE, "report.json").replace(b'"not_relevant": ', b'"not_relevant": 1')
        workspace.put_document(CASE, "report.json", changed)
    done = call("case", "answer", CASE, "F03", "not-mine", "--workspace", folder, "--json")

    assert done.code == 5
    assert (json.loads(done.out)["refused"], json.loads(done.out)["entered"][0]["entry"]) == ("unsound", "R0001")
    assert "was made by footprint" in done.err
    assert issues(folder) == 1


def test_answers_of_another_front_end_are_worked_in_by_the_command(folder: Path, tmp_path: Path, call: Call) -> None:
    """`review --apply` enters them; until they are worked in no outcome is possible, and the command without an item does it."""
    at = ("--workspace", folder)
    event = {"kind": "answer", "item": "F03", "answer": "not-mine", "received": "2026-11-20T09:00:00Z"}
    sheet = tmp_path / "events.json"
    sheet.write_text(json.dumps({"events": [event]}), encoding="utf-8")
    assert call("review", CASE, *at, "--apply", sheet).code == 0
    before = json.loads(call("review", CASE, *at, "--json").out)
    done = call("case", "answer", CASE, *at)
    after = json.loads(call("review", CASE, *at, "--json").out)
    again = call("case", "answer", CASE, *at)

    assert "answer" in [obstacle["code"] for obstacle in before["obstacles"]]
    assert (
        next(item for item in before["items"] if item["finding"]["id"] == "F03")["answers"][0]["answer"] == "not-mine"
    )
    assert (done.code, "No longer in it: F03." in done.out) == (0, True)
    assert "answer" not in [obstacle["code"] for obstacle in after["obstacles"]]
    assert "F03" not in [item["finding"]["id"] for item in after["items"]]
    assert (again.code, "edition 2" in again.out, issues(folder)) == (0, True, 2)


def test_an_outcome_that_was_set_before_is_named(folder: Path, call: Call, tmp_path: Path) -> None:
    """A person looks at it again; no program changes it."""
    at = ("--workspace", folder)
    verdicts = [
        {"kind": "review", "item": f"F{number:02d}", "attribution": "reject", "reason": "Not theirs."}
        for number in range(1, 9)
    ]
    sheet = tmp_path / "events.json"
    sheet.write_text(json.dumps({"events": verdicts}), encoding="utf-8")
    call("review", CASE, *at, "--apply", sheet, "--by", "V-1")
    texts = ("--reasons", "r", "--mitigation", "m", "--alternatives", "a")
    assert call("case", "outcome", CASE, 0, *at, "--by", "P-1", "--second", "S-1", *texts).code == 0
    done = call("case", "answer", CASE, "F03", "not-mine", *at)

    assert "The outcome was set before this edition" in done.out


DYING = """
import os, signal, sys
from importlib import import_module
module, owner, name, count = sys.argv[1:5]
target = getattr(import_module(module), owner)
original, calls = getattr(target, name), []
def watched(*words, **named):
    calls.append(1)
    if len(calls) == int(count):
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*words, **named)
setattr(target, name, watched)
sys.argv = ["footprint", *sys.argv[5:]]
from footprint.cli.main import main
main()
"""
WRITING = ("footprint.store.workspace", "Workspace", "put_document")
LOGGING = ("footprint.audit.log", "AuditLog", "append")


@pytest.mark.parametrize(
    ("door", "count", "entered"),
    [(WRITING, 1, 0), (LOGGING, 1, 1), (WRITING, 2, 1), (WRITING, 3, 1), (LOGGING, 2, 1)],
    ids=["before the entry", "before its event", "before the report", "between its files", "before its event again"],
)
def test_killed_anywhere_the_next_call_makes_it_good(
    door: tuple[str, str, str], count: int, entered: int, folder: Path, call: Call
) -> None:
    """An entry is in the document before its event, a report before its own; nothing is lost and nothing twice."""
    words = ("case", "answer", CASE, "F03", "not-mine", "--workspace", str(folder))
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    dead = subprocess.run(
        [sys.executable, "-c", DYING, *door, str(count), *words], check=False, capture_output=True, env=environment,
        timeout=300,
    )  # fmt: skip
    assert dead.returncode == -signal.SIGKILL
    if not entered:
        assert call(*words).code == 0
    healed = call("case", "answer", CASE, "--workspace", folder)
    kinds = [logged.event.ids.get("kind") for logged in read(folder / "audit.jsonl")]

    assert healed.code == 0
    assert (kinds.count("answer"), issues(folder)) == (1, 2)
    assert json.loads(document(folder, "report.json"))["editions"][0]["number"] == 2
    assert call("audit", "verify", "--workspace", folder).code == 0
    assert call("audit", "reproduce", CASE, "--workspace", folder).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("F01", "mine", "--channel", "a\x1bb"),
        ("F01", "mine", "--channel", "c" * 3000),
        ("F01", "mine", "--by", "Two Words"),
        ("F01", "mine", "--received", "0001-01-01"),
        ("F01", "mine", "--received", "2026-11-01"),
    ],
    ids=["control", "long", "name", "year-1", "before-the-case"],
)
def test_what_no_entry_can_hold_is_bad_input(words: tuple[str, ...], folder: Path, call: Call) -> None:
    """A sentence on which option is at fault, without repeating what was typed; nothing is written."""
    log = (folder / "audit.jsonl").read_bytes()
    done = call("case", "answer", CASE, *words, "--workspace", folder)

    assert done.code == 2, done
    assert words[2].removeprefix("--") in done.err
    assert words[3] not in done.err
    assert (folder / "audit.jsonl").read_bytes() == log


def test_of_a_hostile_file_no_word_is_repeated(folder: Path, tmp_path: Path, call: Call) -> None:
    """A key that is no id is left out of the place; one that is an id is named."""
    sheet = tmp_path / "a.json"
    sheet.write_text(json.dumps({"case": CASE, "answers": {"F01\x1b[2Jnaughty Mara Name": "mine"}}), encoding="utf-8")
    done = call("case", "answer", CASE, "--file", sheet, "--workspace", folder)

    assert done.code == 2
    assert "such as F01" in done.err
    assert "naughty" not in done.err


def test_of_an_erased_case_it_is_said_that_it_was(folder: Path, call: Call) -> None:
    """Not that a file cannot be read."""
    at = ("--workspace", folder)
    assert call("case", "erase", CASE, "--because", "request", *at, "--yes").code == 0
    done = call("case", "answer", CASE, "F01", "mine", *at)

    assert done.code == 2
    assert "it was erased" in done.err


def test_after_a_withdrawal_a_younger_verdict_lets_the_outcome_be_set(folder: Path, tmp_path: Path, call: Call) -> None:
    """Nothing works the answer in any more, so the reviewer takes it into account, and then the case can be ended."""
    at = ("--workspace", folder)
    verdicts = [
        {"kind": "review", "item": f"F{number:02d}", "attribution": "reject", "reason": "Not theirs."}
        for number in range(1, 9)
    ]
    sheet = tmp_path / "events.json"
    sheet.write_text(json.dumps({"events": verdicts}), encoding="utf-8")
    call("review", CASE, *at, "--apply", sheet, "--by", "V-1")
    texts = ("--reasons", "r", "--mitigation", "m", "--alternatives", "a")
    assert call("consent", "withdraw", folder / "consent.toml", "--method", "letter", *at).code == 0
    assert call("case", "answer", CASE, "F03", "not-mine", *at).code == 3
    waits = call("case", "outcome", CASE, 0, *at, "--by", "P-1", "--second", "S-1", *texts)
    sheet.write_text(json.dumps({"events": verdicts[2:3]}), encoding="utf-8")
    call("review", CASE, *at, "--apply", sheet, "--by", "V-1")
    done = call("case", "outcome", CASE, 0, *at, "--by", "P-1", "--second", "S-1", *texts)

    assert waits.code == 2
    assert "the candidate spoke after the last verdict" in waits.err
    assert done.code == 0, done
