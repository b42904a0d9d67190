"""The commands of a review: through JSON for other front ends, replies, disputes, holds and the outcome."""

from __future__ import annotations

import io
import json
import ssl
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from footprint.cli import options
from footprint.cli.main import footprint
from footprint.demo.clock import START, DemoClock
from footprint.demo.server import DemoWeb
from footprint.review.desk import DOCUMENT
from footprint.store.workspace import Workspace
from review_samples import CASE, Place, counts, dismissed

Call = Callable[..., object]

DECIDED = ("--second", "S-1", "--reasons", "wrenreasons", "--mitigation", "wrenmild", "--alternatives", "wrenother")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a case of three findings."""
    place = Place(tmp_path)
    place.workspace.close()
    return tmp_path / "w"


def events(path: Path, *entered: object) -> Path:
    """A file of decisions, as another front end writes it."""
    listed = [event.model_dump(mode="json", exclude_none=True) for event in entered]
    path.write_text(json.dumps({"events": listed}), encoding="utf-8")
    return path


def kept(folder: Path) -> str:
    """What stands in the document of the review."""
    with Workspace.open(folder) as workspace:
        return workspace.get_document(CASE, DOCUMENT).decode()


def test_two_reviewers_by_json(folder: Path, tmp_path: Path, call: Call) -> None:
    """The second judges unheard, and sees the other's verdicts and the agreement with their own."""
    at = ("--workspace", folder)
    mine = events(tmp_path / "1.json", counts("F01"), dismissed("F02"), dismissed("F03"))
    said = call("review", CASE, *at, "--by", "V-1", "--apply", mine)
    blind = json.loads(call("review", CASE, *at, "--by", "V-2", "--json").out)
    both = json.loads(call("review", CASE, *at, "--by", "V-2", "--apply", mine, "--json").out)

    assert said.out == f"{CASE}: 3 entries; 3 of 3 findings reviewed by V-1.\n"
    assert [item["others"] for item in blind["items"]] == [{}, {}, {}]
    assert both["items"][0]["others"]["V-1"]["reason"] == "It is theirs, and it matters."
    assert [agreement["same"] for agreement in both["agreement"]] == [3, 3, 1]


def test_a_whole_case_without_a_screen(folder: Path, tmp_path: Path, call: Call) -> None:
    """Invitation, reply, dispute, outcome, appeal, hold: each in its turn, and nothing of it in the log but ids."""
    at = ("--workspace", folder)
    mine = events(tmp_path / "1.json", counts("F01"), dismissed("F02"), dismissed("F03"))
    decide = ("case", "outcome", CASE, 1, *at, "--by", "P-1", *DECIDED)
    settle = ("--settle", "D01", "--how", "not-upheld", "--reason", "wrensettled")
    course = [
        (("review", CASE, *at, "--by", "V-1", "--apply", mine), 0, "3 entries"),
        (decide, 2, "not invited"),
        (("case", "reply", CASE, "--invite", *at, "--out", tmp_path / "p"), 0, "Monday 30 November 2026"),
        (decide, 2, "may reply until"),
        (("case", "reply", CASE, "F01", *at, "--words", "wrenreply"), 0, "on F01"),
        (("case", "reply", CASE, *at, "--words", "wrenall", "--last"), 0, "on the whole"),
        (("case", "dispute", CASE, "F02", *at, "--reason", "wrendispute"), 0, "D01: open"),
        (decide, 2, "stand in the way"),
        (("case", "dispute", CASE, *at, *settle), 0, "D01: settled, not-upheld"),
        (decide, 2, "the candidate spoke after the last verdict"),
        (("review", CASE, *at, "--by", "V-1", "--apply", mine), 0, "11 entries"),
        (decide, 0, "outcome 1, note for the file; by P-1, second line S-1"),
        (("case", "dispute", CASE, *at, "--matter", "appeal", "--reason", "wrenappeal"), 0, "D02: open"),
        (("case", "dispute", CASE, *at, "--acknowledge", "D02"), 0, "acknowledged by letter"),
        (("case", "hold", CASE, *at, "--reason", "wrenhold"), 0, "held; it is neither"),
        (("case", "hold", CASE, *at, "--release", "--reason", "wrenhold"), 0, "no longer held"),
        (("audit", "verify", *at), 0, "The chain holds"),
    ]
    for words, code, says in course:
        done = call(*words)
        assert (done.code, says in done.out + done.err) == (code, True), (words, done)

    state = json.loads(call("review", CASE, *at, "--json").out)
    assert (state["outcome"]["level"], state["outcome"]["items"], state["is_held"]) == (1, ["F01"], False)
    assert "wren" not in (folder / "audit.jsonl").read_text(encoding="utf-8")
    assert "wren" in kept(folder)


def test_an_invitation_that_was_handed_over_is_kept(folder: Path, tmp_path: Path, call: Call) -> None:
    """The paper lies in the case, its digest in the entry, and it lists every finding, masked."""
    out = tmp_path / "paper.html"
    call("case", "reply", CASE, "--invite", "--workspace", folder, "--out", out, "--until", "2026-12-24")
    with Workspace.open(folder) as workspace:
        assert workspace.get_document(CASE, "invitation.html") == out.read_bytes()
    page = out.read_text(encoding="utf-8")

    assert all(f"{item}:" in page for item in ("F01", "F02", "F03"))
    assert '"until":"2026-12-24T23:59:59Z"' in kept(folder)


def test_the_us_letter_starts_its_wait(tmp_path: Path, call: Call) -> None:
    """Where the law knows a wait, the letter before an adverse decision names it and starts it, in business days."""
    Place(tmp_path, packs=("us",)).workspace.close()
    at = ("--workspace", tmp_path / "w")
    letter = ("case", "reply", CASE, "--invite", "--adverse", *at, "--out", tmp_path / "letter.html")
    short = call(*letter, "--until", "2026-11-24")
    was_written = (tmp_path / "letter.html").exists()
    done = call(*letter)

    assert not was_written
    assert (short.code, "the whole wait" in short.err) == (2, True)
    assert (done.code, "FCRA-1681b-3" in done.out, "Friday 27 November 2026" in done.out) == (0, True, True)
    assert "27 November 2026" in (tmp_path / "letter.html").read_text(encoding="utf-8")
    assert '"wait":"FCRA-1681b-3"' in kept(tmp_path / "w")


def test_a_wait_outside_its_law_is_refused(folder: Path, tmp_path: Path, call: Call) -> None:
    """There is no pre-adverse letter under UK law."""
    done = call("case", "reply", CASE, "--invite", "--adverse", "--workspace", folder, "--out", tmp_path / "p")

    assert done.code == 2
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("review", CASE),
        ("review", "CASE-none", "--json"),
        ("review", CASE, "--apply", "nothing.json"),
        ("case", "reply", CASE),
        ("case", "reply", CASE, "--words", "@nothing.txt"),
        ("case", "reply", CASE, "--words", "w", "--received", "yesterday"),
        ("case", "reply", CASE, "--words", "w", "--received", "2026-11-20T08:00:00"),
        ("case", "reply", CASE, "F09", "--words", "w"),
        ("case", "dispute", CASE, "F01"),
        ("case", "dispute", CASE, "--settle", "D01", "--reason", "r"),
        ("case", "hold", CASE, "--reason", ""),
        ("case", "outcome", CASE, "6", *DECIDED),
        ("case", "outcome", CASE, "0", *DECIDED),
        ("case", "outcome", CASE, "0", "--second", "S-1"),
    ],
)
def test_what_cannot_be_entered_is_bad_input(words: tuple[str, ...], folder: Path, call: Call) -> None:
    """Exit code 2, a sentence that says why, and nothing entered."""
    done = call(*words, "--workspace", folder)

    assert done.code == 2, done
    assert done.err
    with Workspace.open(folder) as workspace:
        assert DOCUMENT not in workspace.documents(CASE)


@pytest.mark.parametrize("content", [b"wrenfile", b"\xef\xbb\xbfwrenfile\n", b"\xff\xfe", b" "])
def test_words_come_from_a_file(content: bytes, folder: Path, tmp_path: Path, call: Call) -> None:
    """UTF-8 text, with or without its mark; anything else is refused."""
    path = tmp_path / "words.txt"
    path.write_bytes(content)
    done = call("case", "reply", CASE, "--workspace", folder, "--words", f"@{path}", "--received", "2026-11-19")

    assert done.code == (0 if b"wren" in content else 2)
    if done.code == 0:
        assert '"words":"wrenfile"' in kept(folder)
        assert '"received":"2026-11-19T00:00:00Z"' in kept(folder)


def test_words_come_from_standard_input(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads them, for decisions as for words."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"wrenstdin")))
    assert call("case", "reply", CASE, "--workspace", folder, "--words", "-").code == 0
    decisions = json.dumps({"events": [{"kind": "hold", "reason": "A claim."}]}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(decisions)))
    assert call("review", CASE, "--workspace", folder, "--apply", "-").code == 0

    assert "wrenstdin" in kept(folder)
    assert '"kind":"hold"' in kept(folder)


class Screen:
    """Stands in for the full screen: opened and left at once, or broken."""

    fault: Exception | None = None

    def __init__(self, desk: object) -> None:
        self.desk = desk

    def run(self) -> None:
        """Open and leave."""


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [(None, 0, "0 of 3 findings reviewed by V-1. All of it is kept."), (ValueError("wrenfault"), 1, "Internal error")],
)
def test_a_terminal_opens_the_screen(
    fault: Exception | None, code: int, says: str, folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what ends it, where it is a fault of our own, is told without its words."""
    monkeypatch.setattr("footprint.cli.review_screen.ReviewScreen", Screen)
    monkeypatch.setattr(Screen, "fault", fault)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = call("review", CASE, "--workspace", folder, "--by", "V-1")

    assert (done.code, says in done.out + done.err) == (code, True)
    assert "wren" not in done.out + done.err


def test_decline_is_not_an_outcome(folder: Path, tmp_path: Path, call: Call) -> None:
    """There is no level, verdict or word by which the tool turns anybody down."""
    path = tmp_path / "decline.json"
    path.write_text(json.dumps({"events": [{"kind": "outcome", "level": "decline"}]}), encoding="utf-8")

    assert call("review", CASE, "--workspace", folder, "--apply", path).code == 2
    assert "not an outcome of this tool" in " ".join(call("case", "outcome", "--help").out.split())


def test_a_statement_is_looked_at_again(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """`case recheck` says what became of it; exit code 4 where that could not be told, 3 where the consent does not allow it."""
    place = tmp_path / "w"
    CliRunner().invoke(footprint, ["demo", "--workspace", str(place), "--out", str(tmp_path / "out")])
    (case,) = (path.name for path in (place / "cases").iterdir())
    with DemoWeb() as web:
        (tmp_path / "ca.pem").write_text(
            ssl.DER_cert_to_PEM_cert(web.tls.get_ca_certs(binary_form=True)[0]), encoding="ascii"
        )
        address = ":".join(map(str, web.pinned["social.example"]))
        pins = ["--loopback", f"social.example={address}", "--loopback-ca", str(tmp_path / "ca.pem")]
        words = [
            "case",
            "recheck",
            case,
            "F01",
            "--consent",
            str(place / "consent.toml"),
            "--workspace",
            str(place),
            *pins,
        ]
        early = call(*words)  # the clock of a run that is only beginning: it was set back
        clock = DemoClock(START + timedelta(hours=1))
        monkeypatch.setattr(options, "SystemClock", lambda: clock)
        said = [CliRunner().invoke(footprint, words) for _ in range(2)]

    assert early.code == 3
    assert [(done.exit_code, done.stdout) for done in said] == [
        (0, "F01: still there, as it was read (200).\n"),
        (4, "F01: could not be told (unknown:budget).\n"),
    ]
