"""`footprint report`: four views of one case, each noted in the log."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

import pytest

from footprint.audit.log import read
from footprint.model.event import Action, AuditEvent
from footprint.report.views import Reader

SAMPLE = Path(__file__).parent.parent.parent / "reports" / "sample"
PROOFS = re.compile(r" *<li><strong>The proofs themselves.*?</details></li>\n", re.DOTALL)
FILES = {"vetting": "report", "recruiter": "recruiter", "candidate": "candidate", "auditor": "auditor"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `footprint demo` was run."""
    from click.testing import CliRunner

    from footprint.cli.main import footprint

    folder = tmp_path_factory.mktemp("demo")
    done = CliRunner().invoke(
        footprint, ["demo", "--workspace", str(folder / "w"), "--out", str(folder / "out")], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def case_id(made: Path) -> str:
    (folder,) = (made / "out").iterdir()
    return folder.name


def last(made: Path) -> AuditEvent:
    *_, logged = read(made / "w" / "audit.jsonl")
    return logged.event


@pytest.mark.parametrize("reader", list(Reader))
def test_each_reader_gets_files_whose_digests_stand_in_the_log(
    reader: Reader, made: Path, case_id: str, tmp_path: Path, call
) -> None:
    """HTML and JSON, for the owner alone, noted as handed out to that view."""
    said = call("report", case_id, "--for", reader, "--workspace", made / "w", "--out", tmp_path)
    event = last(made)

    assert said.code == 0
    assert (event.action, event.ids["view"], event.demonstration) == (Action.CASE_EXPORTED, reader, True)
    assert {path.name for path in (tmp_path / case_id).iterdir()} == {f"{FILES[reader]}.html", f"{FILES[reader]}.json"}
    for path in (tmp_path / case_id).iterdir():
        assert event.digests[path.name] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("reader", list(Reader))
def test_the_sample_holds_every_view(reader: Reader, made: Path, case_id: str, tmp_path: Path, call) -> None:
    """`reports/sample` has the demonstration's views, byte for byte; `make golden` rewrites them."""
    call("report", case_id, "--for", reader, "--workspace", made / "w", "--out", tmp_path)
    name = f"{FILES[reader]}.html"
    html = (tmp_path / case_id / name).read_text(encoding="utf-8")
    # The proofs stand under the head that is signed when the view is made, at that time.
    sample = (SAMPLE / name).read_text(encoding="utf-8")

    assert ("The proofs themselves" in html) == (reader is Reader.AUDITOR)
    assert PROOFS.sub("", html) == PROOFS.sub("", sample)


@pytest.mark.parametrize("reader", list(Reader))
def test_a_view_can_be_printed_for_programs(reader: Reader, made: Path, case_id: str, call) -> None:
    """`--json` prints the view, writes no file, and is noted as read."""
    said = call("report", case_id, "--for", reader, "--json", "--workspace", made / "w")
    event = last(made)

    assert json.loads(said.out)["view"] == reader
    assert (event.action, event.ids["view"]) == (Action.CASE_READ, reader)
    assert list(event.digests.values()) == [hashlib.sha256(said.out.encode()).hexdigest()]


def test_what_the_line_hands_out_is_the_officers_view(made: Path, case_id: str, tmp_path: Path, call) -> None:
    """The whole record stays in the case: no commitment of a withheld item leaves with `screen` or `demo`."""
    out = json.loads((made / "out" / case_id / "report.json").read_text(encoding="utf-8"))
    call("report", case_id, "--workspace", made / "w", "--out", tmp_path)

    assert out["view"] == "vetting"
    assert "withheld" not in out
    assert (tmp_path / case_id / "report.json").read_bytes() == (made / "out" / case_id / "report.json").read_bytes()


def test_a_line_can_be_held_back_from_the_candidate(made: Path, case_id: str, call) -> None:
    """After a harm test a finding is left out, counted, with one of the closed reasons."""
    words = ("report", case_id, "--for", "candidate", "--json", "--workspace", made / "w")
    whole, cut = (json.loads(call(*words, *more).out) for more in ((), ("--hold-back", "F02=other-person")))

    assert len(cut["findings"]) == len(whole["findings"]) - 1
    assert list(cut["held_back"].values()) == [1]


@pytest.mark.parametrize("text", ["F02", "F02=because I say so", "F02=", "=crime", "F99=crime"])
def test_a_harm_test_needs_a_finding_and_a_reason(text: str, made: Path, case_id: str, tmp_path: Path, call) -> None:
    """Anything else is bad input, and nothing is written."""
    words = ("report", case_id, "--for", "candidate", "--hold-back", text, "--workspace", made / "w", "--out", tmp_path)

    assert call(*words).code == 2
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_a_pdf_is_bad_input(
    made: Path, case_id: str, tmp_path: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named, the exit code is 2, and nothing is written."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    said = call("report", case_id, "--for", "recruiter", "--pdf", "--workspace", made / "w", "--out", tmp_path)

    assert said.code == 2
    assert "footprint[pdf]" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_is_written_beside_the_page(made: Path, case_id: str, tmp_path: Path, call) -> None:
    """With the extra, `--pdf` adds a third file, whose digest is noted too."""
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    said = call("report", case_id, "--for", "recruiter", "--pdf", "--workspace", made / "w", "--out", tmp_path)
    content = (tmp_path / case_id / "recruiter.pdf").read_bytes()

    assert said.code == 0, said.err
    assert content.startswith(b"%PDF-1.7")
    assert last(made).digests["recruiter.pdf"] == hashlib.sha256(content).hexdigest()


def test_no_name_or_word_reaches_the_log(made: Path, case_id: str, call) -> None:
    """Views are noted by id and digest only."""
    call("report", case_id, "--for", "candidate", "--json", "--workspace", made / "w")

    assert b"Quill" not in (made / "w" / "audit.jsonl").read_bytes()


def test_the_log_holds_after_everything_was_handed_out(made: Path, call) -> None:
    """Views do not break the chain, and the issued report is still the one in the case."""
    said = call("audit", "verify", "--workspace", made / "w")

    assert said.code == 0, said.err
