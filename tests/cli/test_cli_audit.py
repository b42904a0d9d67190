"""`footprint audit` over the demonstration's workspace, and the commands of docs/verify.md as they stand there."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from footprint.cli.main import footprint

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash", "sha256sum", "ssh-keygen", "openssl", "base64", "od", "sed", "grep")
BLOCKS = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
sys.path.append(str(ROOT / "tests" / "unit" / "audit"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a demonstration; the reports that were handed out lie in it, as docs/verify.md has it."""
    folder = tmp_path_factory.mktemp("audited")
    words = ["demo", "--workspace", str(folder / "w"), "--out", str(folder / "w" / "reports")]
    assert CliRunner().invoke(footprint, words, catch_exceptions=False).exit_code == 0
    return folder / "w"


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(made, tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def case_id(made: Path) -> str:
    (folder,) = (made / "cases").iterdir()
    return folder.name


def flip(path: Path, place: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[place or len(content) // 2] ^= 1
    path.write_bytes(content)


def note_of(place: Path) -> Path:
    return max((place / "checkpoints").glob("*.note"), key=lambda note: int(note.stem))


def test_everything_of_a_demonstration_holds(made: Path, call) -> None:
    """Chain, tree, the head signed at the end of the case, both report files and every answer."""
    said = call("audit", "verify", "--workspace", made)
    found = json.loads(call("audit", "verify", "--workspace", made, "--json").out)

    assert said.code == 0
    assert "Signed heads: 2, the last over lines 1 to" in said.out
    assert found["checkpoints"][-1] == found["size"]
    assert found["reports"] == {"hold": 2, "gone": 0}
    assert found["answers"]["hold"] > 20
    assert found["origin"] in note_of(made).read_text("utf-8")


def test_the_report_prints_a_root_that_is_in_the_tree(made: Path, case_id: str) -> None:
    """The head in report.json has the name of the log and the root of the tree at that size."""
    from footprint.audit.walk import walk

    head = json.loads((made / "reports" / case_id / "report.json").read_text("utf-8"))["audit_head"]

    assert walk(made / "audit.jsonl", (head["size"],)).marks[head["size"]].root == head["root"]
    assert head["origin"] == note_of(made).read_text("utf-8").splitlines()[0]


@pytest.mark.parametrize("name", ["report.json", "report.html"])
def test_a_changed_report_is_named(name: str, place: Path, case_id: str, call) -> None:
    """One byte of a report's file, and verification fails with its name."""
    flip(place / "cases" / case_id / f"{name}.locked")
    said = call("audit", "verify", "--workspace", place)

    assert said.code == 5
    assert f"{name} of {case_id} is not the file that was issued" in said.err


def test_a_missing_report_is_named(place: Path, case_id: str, call) -> None:
    """A report that nobody erased must be there."""
    (place / "cases" / case_id / "report.html.locked").unlink()
    said = call("audit", "verify", "--workspace", place)

    assert (said.code, "report.html" in said.err, "is missing" in said.err) == (5, True, True)


def test_a_changed_record_is_caught(place: Path, call) -> None:
    """One byte in the middle of the WARC file, and the answer in it is not the one that was received."""
    (warc,) = place.glob("cases/*/*.warc.gz.age")
    flip(warc)

    assert call("audit", "verify", "--workspace", place).code == 5


def test_a_missing_recording_is_named(place: Path, call) -> None:
    """Without the WARC file the answers that the log speaks of are gone."""
    (warc,) = place.glob("cases/*/*.warc.gz.age")
    warc.unlink()
    said = call("audit", "verify", "--workspace", place)

    assert said.code == 5
    assert "E0001" in said.err


def test_a_changed_row_is_caught(place: Path, call) -> None:
    """An address changed in the database no longer fits the commitment in the log."""
    with sqlite3.connect(place / "footprint.db") as database:
        database.execute("update evidence set record = replace(record, 'https://', 'http://') where id = 'E0002'")
    database.close()
    said = call("audit", "verify", "--workspace", place)

    assert said.code == 5
    assert "E0002" in said.err


def test_the_key_and_checkpoint_that_an_auditor_holds_are_used(made: Path, place: Path, tmp_path: Path, call) -> None:
    """With what was held outside the log verifies; against another log's key it does not."""
    held = ("--key", made / "audit.pub", "--checkpoint", note_of(made))
    other = tmp_path / "other.pub"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "other")], check=True)

    assert call("audit", "verify", "--workspace", place, *held).code == 0
    assert call("audit", "verify", "--workspace", place, "--key", other).code == 5


def test_a_cut_log_is_caught_by_its_checkpoint(place: Path, call) -> None:
    """Without its last line the log no longer reaches the head that was signed."""
    lines = (place / "audit.jsonl").read_bytes().splitlines(keepends=True)
    (place / "audit.jsonl").write_bytes(b"".join(lines[:-1]))
    said = call("audit", "verify", "--workspace", place)

    assert said.code == 5
    assert f"ends at line {len(lines) - 1}, checkpoint {len(lines)}" in said.err


def test_an_export_verifies_and_names_no_other_case(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """A case's lines leave with their proofs; that they left is itself an event, signed."""
    said = call("audit", "export", case_id, "--workspace", place, "--out", tmp_path / "export")
    checked = call("audit", "verify-export", tmp_path / "export", "--json")
    lines = (tmp_path / "export" / "lines.jsonl").read_bytes().splitlines()

    assert said.code == 0, said.err
    assert json.loads(lines[-1])["action"] == "audit.exported"
    assert json.loads(checked.out)["lines"] == len(lines)
    assert {json.loads(line)["case"] for line in lines} == {case_id}
    assert "hold it against one" in call("audit", "verify-export", tmp_path / "export").out
    key = ("--key", place / "audit.pub", "--checkpoint", note_of_size(place, len(lines) - 1))
    assert call("audit", "verify-export", tmp_path / "export", *key).code == 0
    assert call("audit", "verify", "--workspace", place).code == 0


def note_of_size(place: Path, size: int) -> Path:
    return place / "checkpoints" / f"{size}.note"


def test_a_changed_export_fails(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """A line changed on its way is exit code 5."""
    call("audit", "export", case_id, "--workspace", place, "--out", tmp_path / "export")
    flip(tmp_path / "export" / "lines.jsonl", 20)

    assert call("audit", "verify-export", tmp_path / "export").code == 5


def test_an_export_needs_a_case_and_an_empty_folder(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """Nothing is noted for an export that cannot be."""
    before = (place / "audit.jsonl").read_bytes()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()

    assert call("audit", "export", "CASE-none", "--workspace", place, "--out", tmp_path / "new").code == 2
    assert call("audit", "export", case_id, "--workspace", place, "--out", tmp_path / "full").code == 2
    assert (place / "audit.jsonl").read_bytes() == before


def stamped(place: Path, folder: Path, call) -> Path:
    """Have the last checkpoint stamped by an authority of our own, and return its certificates."""
    from audit_authority import answered
    from audit_authority import made as authority

    folder.mkdir()
    assert call("audit", "stamp", "--workspace", place, "--request", folder / "made.tsq").code == 0
    (folder / "made.tsr").write_bytes(answered(authority(folder), (folder / "made.tsq").read_bytes()))
    kept = ("--token", folder / "made.tsr", "--tsa-ca", folder / "ca.pem")
    assert call("audit", "stamp", "--workspace", place, *kept).code == 0
    return folder / "ca.pem"


def test_a_stamp_is_asked_for_kept_and_checked(place: Path, tmp_path: Path, call) -> None:
    """A request goes out as a file, the answer comes in as one; a changed answer fails."""
    authorities = stamped(place, tmp_path / "tsa", call)
    said = call("audit", "verify", "--workspace", place, "--tsa-ca", authorities)
    (stamp,) = (place / "checkpoints").glob("*.tsr")

    assert "Time stamps that hold: 1" in said.out
    assert "Time stamps not checked: 1" in call("audit", "verify", "--workspace", place).out
    flip(stamp)
    assert call("audit", "verify", "--workspace", place, "--tsa-ca", authorities).code == 5
    assert call("audit", "stamp", "--workspace", place, "--token", stamp).code == 2


def test_the_commands_of_the_page_work_as_written(place: Path, tmp_path: Path, call) -> None:
    """Every fenced command of docs/verify.md runs, in order, in a copy of a workspace, and ends well."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    assert not lacking, f"docs/verify.md needs {', '.join(lacking)}: apt install openssh-client openssl coreutils"
    authorities = stamped(place, tmp_path / "tsa", call)
    (place / "check").mkdir()
    shutil.copyfile(authorities, place / "check" / "authorities.pem")
    blocks = BLOCKS.findall((ROOT / "docs" / "verify.md").read_text("utf-8"))
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    assert len(blocks) >= 11
    for block in blocks:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block],
            cwd=place,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize(
    "heading", ["The chain", "The root of the tree", "The report", "The signature of a checkpoint"]
)
def test_the_commands_of_the_page_fail_on_a_changed_workspace(heading: str, place: Path) -> None:
    """The page's own checks catch a change: they are no show."""
    (place / "check").mkdir()
    shutil.copyfile(place / "audit.pub", place / "check" / "the-key-you-were-given.pub")
    flip(place / "audit.jsonl", 30)
    flip(note_of(place), 40)
    flip(*place.glob("reports/*/report.json"))
    section = (ROOT / "docs" / "verify.md").read_text("utf-8").partition(f"### {heading}\n")[2].partition("\n##")[0]
    for block in BLOCKS.findall(section):
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=place, capture_output=True, check=False)

        assert done.returncode != 0, block
