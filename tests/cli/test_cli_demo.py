"""The demonstration, and what can be done with a workspace after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from footprint.store.workspace import Workspace

SAMPLE = Path(__file__).resolve().parents[2] / "reports" / "sample"


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
    assert "audit verify" in done.output
    return folder


@pytest.fixture
def case_id(made: Path) -> str:
    (folder,) = (made / "out").iterdir()
    return folder.name


@pytest.mark.parametrize("name", ["report.html", "report.json"])
def test_the_sample_is_what_the_demonstration_makes(name: str, made: Path, case_id: str) -> None:
    """`reports/sample` holds the demonstration's report, byte for byte; `make golden` rewrites it."""
    assert (made / "out" / case_id / name).read_bytes() == (SAMPLE / name).read_bytes()


def test_the_reports_json_follows_its_schema(made: Path, case_id: str, call) -> None:
    """The whole record, which stays in the case, validates against the published schema."""
    schema = json.loads(call("schema", "report").out)
    Draft202012Validator.check_schema(schema)
    with Workspace.open(made / "w") as workspace:
        report = json.loads(workspace.get_document(case_id, "report.json"))

    assert list(Draft202012Validator(schema).iter_errors(report)) == []


def test_the_demonstration_is_made_anew(made: Path, call) -> None:
    """A second run replaces the first one's workspace and gives the same report."""
    before = (made / "w" / "audit.jsonl").read_bytes()
    said = call("demo", "--workspace", made / "w", "--out", made / "out", "--json")

    assert said.code == 0
    assert json.loads(said.out)["demonstration"] is True
    assert (made / "w" / "audit.jsonl").read_bytes() == before


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path, call) -> None:
    """The demonstration never removes what it did not make."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    said = call("demo", "--workspace", tmp_path, "--out", tmp_path / "out")

    assert said.code == 2
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_the_log_verifies(made: Path, call) -> None:
    """`audit verify` says that the chain holds, and what that does not prove."""
    said = call("audit", "verify", "--workspace", made / "w")

    assert said.code == 0
    assert "The chain holds" in said.out


def test_the_head_that_the_report_prints_is_on_the_chain(made: Path, case_id: str, call) -> None:
    """An auditor can hold the printed head against the log."""
    head = json.loads((made / "out" / case_id / "report.json").read_text(encoding="utf-8"))["audit_head"]
    said = call("audit", "verify", "--workspace", made / "w", "--head", f"{head['size']}:{head['sha256']}", "--json")

    assert said.code == 0
    assert json.loads(said.out)["size"] > head["size"]


def test_a_wrong_head_fails(made: Path, call) -> None:
    """A head that is not on the chain is exit code 5."""
    assert call("audit", "verify", "--workspace", made / "w", "--head", f"3:{'0' * 64}").code == 5


def test_a_head_that_is_none_is_bad_input(made: Path, call) -> None:
    """The head has one form."""
    assert call("audit", "verify", "--workspace", made / "w", "--head", "3:zz").code == 2


def test_a_changed_line_is_named(made: Path, tmp_path: Path, call) -> None:
    """A changed line fails with exit code 5, and is named."""
    import shutil

    copy = tmp_path / "w"
    shutil.copytree(made / "w", copy)
    lines = (copy / "audit.jsonl").read_bytes().split(b"\n")
    lines[4] = lines[4].replace(b'"result":"200"', b'"result":"404"')
    (copy / "audit.jsonl").write_bytes(b"\n".join(lines))
    said = call("audit", "verify", "--workspace", copy)

    assert said.code == 5
    assert "line 5" in said.err or "line 6" in said.err


def test_the_log_reads_well(made: Path, case_id: str, call) -> None:
    """`audit show` prints a line an event, marked as a demonstration, and can be narrowed to a case."""
    said = call("audit", "show", "--workspace", made / "w", "--case", case_id)

    assert said.out.count("\n") == len((made / "w" / "audit.jsonl").read_bytes().splitlines())
    assert said.out.splitlines()[0].endswith("[demonstration web]")
    assert call("audit", "show", "--workspace", made / "w", "--case", "CASE-none").out == ""
    assert len(json.loads(call("audit", "show", "--workspace", made / "w", "--json").out)) > 20


def test_cases_are_listed_and_shown(made: Path, case_id: str, call) -> None:
    """A case shows its state and its files, and never its salt."""
    assert case_id in call("case", "list", "--workspace", made / "w").out
    shown = call("case", "show", case_id, "--workspace", made / "w").out
    assert "report.html" in shown
    listed = json.loads(call("case", "list", "--workspace", made / "w", "--json").out)

    assert listed[0]["state"] == "done"
    assert (
        "salt"
        not in shown + json.dumps(listed) + call("case", "show", case_id, "--workspace", made / "w", "--json").out
    )


def test_an_unknown_case_is_bad_input(made: Path, call) -> None:
    """A case that does not exist is explained, and nothing is made for it."""
    before = sorted((made / "w").rglob("*"))

    assert call("case", "show", "CASE-none", "--workspace", made / "w").code == 2
    assert call("report", "CASE-none", "--workspace", made / "w").code == 2
    assert sorted((made / "w").rglob("*")) == before


def test_a_report_can_be_written_again(made: Path, case_id: str, tmp_path: Path, call) -> None:
    """`report` gives the same bytes from what was kept."""
    said = call("report", case_id, "--workspace", made / "w", "--out", tmp_path)

    assert said.code == 0
    for name in ("report.html", "report.json"):
        assert (tmp_path / case_id / name).read_bytes() == (made / "out" / case_id / name).read_bytes()


def test_only_the_owner_can_read_a_workspace(made: Path) -> None:
    """UK-32: nothing in a workspace can be read by others."""
    open_to_others = [path for path in (made / "w").rglob("*") if path.stat().st_mode & 0o077]

    assert open_to_others == []


def test_only_the_owner_can_read_the_copies(made: Path, case_id: str) -> None:
    """UK-32: a report that is put elsewhere is as private as in the workspace."""
    assert {path.stat().st_mode & 0o077 for path in (made / "out" / case_id).iterdir()} == {0}


def test_the_report_can_be_derived_again(made: Path, case_id: str, tmp_path: Path, call) -> None:
    """`audit reproduce` derives the report from what was kept, and names a difference with exit code 5."""
    import shutil

    copy = tmp_path / "w"
    shutil.copytree(made / "w", copy)
    said = call("audit", "reproduce", case_id, "--workspace", copy)
    assert said.code == 0, said
    assert "byte for byte" in said.out

    with Workspace.open(copy) as opened:
        report = opened.get_document(case_id, "report.html")
        opened.put_document(case_id, "report.html", report.replace(b"Mara Quill", b"Mara Quilt", 1))
    said = call("audit", "reproduce", case_id, "--workspace", copy, "--json")
    assert said.code == 5
    assert "report.html: its bytes" in said.err
