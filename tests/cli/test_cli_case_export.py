"""`footprint case export`: a folder that a stranger can check, sealed on request, and noted in the log."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pyrage
import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from footprint.cli.main import footprint
from footprint.model.manifest import Manifest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOOLS = ("bash", "sha256sum", "python3", "gzip", "sed", "paste")
FILES = {"README.txt", "SHA256SUMS", "audit.zip", "captures.wacz", "manifest.json", "report.html", "report.json"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a demonstration."""
    folder = tmp_path_factory.mktemp("exported")
    words = ["demo", "--workspace", str(folder / "w"), "--out", str(folder / "out")]
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


@pytest.fixture
def exported(place: Path, case_id: str, tmp_path: Path, call) -> Path:
    """An open export."""
    said = call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "export")
    assert said.code == 0, said.err
    return tmp_path / "export"


def last_event(place: Path) -> dict:
    return json.loads((place / "audit.jsonl").read_bytes().splitlines()[-1])


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_everything_is_there_for_the_owner_alone(exported: Path) -> None:
    """Captures, manifest, report, log lines, sums and a README; 0600 in a folder of 0700."""
    assert {path.name for path in exported.iterdir()} == FILES
    assert exported.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in exported.iterdir()} == {0o600}


def test_the_log_notes_what_left(exported: Path, place: Path, case_id: str) -> None:
    """One event with the digest of every file that was handed out, marked as a demonstration as the case is."""
    event = last_event(place)

    assert (event["action"], event["case"], event["result"]) == ("case.exported", case_id, "open")
    assert event["digests"] == {path.name: sha256(path) for path in exported.iterdir()}
    assert event["counts"]["recipients"] == 0
    assert event["demonstration"] is True
    assert event["ids"] == {"view": "evidence"}


def test_the_workspace_still_verifies(exported: Path, place: Path, call) -> None:
    """The log with its new line is under a signed head, and every answer holds."""
    found = json.loads(call("audit", "verify", "--workspace", place, "--json").out)

    assert found["checkpoints"][-1] == found["size"]
    assert found["answers"]["hold"] > 20


def test_the_manifest_leads_to_every_record(exported: Path) -> None:
    """Each entry with an answer names bytes that are one WARC record of that id, whose body has the digest it gives."""
    manifest = Manifest.model_validate_json((exported / "manifest.json").read_bytes())
    archive = ZipFile(exported / "captures.wacz")
    stored = [(entry, file) for entry in manifest.entries for file in entry.files]

    assert manifest.first_break() is None
    assert len(stored) == len({file.record_id for _, file in stored}) > 20
    for entry, file in stored:
        member = archive.read(file.path)[file.offset : file.offset + file.bytes]
        record = next(iter(ArchiveIterator(BytesIO(member), check_digests="raise")))
        assert hashlib.sha256(member).hexdigest() == file.sha256
        assert record.rec_headers.get_header("WARC-Record-ID") == file.record_id
        if record.rec_type == "response":
            assert hashlib.sha256(record.content_stream().read()).hexdigest() == file.body_sha256
        assert entry.status == int(record.http_headers.get_statuscode())


def test_the_pages_are_what_was_read(exported: Path) -> None:
    """No robots.txt, no redirect, no closed page; each title leads back to the manifest."""
    manifest = Manifest.model_validate_json((exported / "manifest.json").read_bytes())
    pages = [json.loads(line) for line in ZipFile(exported / "captures.wacz").read("pages/pages.jsonl").splitlines()][
        1:
    ]

    assert {page["id"] for page in pages} == {entry.evidence_id for entry in manifest.entries if entry.kind == "page"}
    assert all(page["title"].startswith(page["id"]) for page in pages)
    assert not any(page["url"].endswith("robots.txt") for page in pages)


def test_two_exports_have_the_same_captures(exported: Path, place: Path, case_id: str, tmp_path: Path, call) -> None:
    """What was captured gives the same bytes each time, and the second manifest tells of the first export."""
    call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "again")

    assert sha256(tmp_path / "again" / "captures.wacz") == sha256(exported / "captures.wacz")
    custody = json.loads((tmp_path / "again" / "manifest.json").read_bytes())["about"]["custody"]
    assert custody[-1]["action"] == "case.exported"
    assert custody[-1]["digests"]["manifest.json"] == sha256(exported / "manifest.json")


def test_a_sealed_export_opens_with_the_key_alone(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """Each file but the README is sealed to every recipient; what comes out is what the sums say."""
    keys = [pyrage.x25519.Identity.generate() for _ in range(2)]
    to = [word for key in keys for word in ("--to", str(key.to_public()))]
    said = call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "sealed", *to)
    names = {path.name for path in (tmp_path / "sealed").iterdir()}

    assert said.code == 0, said.err
    assert names == {name if name == "README.txt" else f"{name}.age" for name in FILES}
    opened = {
        name.removesuffix(".age"): pyrage.decrypt((tmp_path / "sealed" / name).read_bytes(), [keys[1]])
        for name in names - {"README.txt"}
    }
    sums = dict(reversed(line.split("  ")) for line in opened["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(opened[name]).hexdigest() for name in FILES - {"README.txt", "SHA256SUMS"}}
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt((tmp_path / "sealed" / "manifest.json.age").read_bytes(), [pyrage.x25519.Identity.generate()])
    event = last_event(place)
    assert (event["result"], event["counts"]["recipients"]) == ("sealed", 2)
    assert event["digests"]["manifest.json.age"] == sha256(tmp_path / "sealed" / "manifest.json.age")
    assert event["digests"]["manifest.json"] == sums["manifest.json"]


def test_nothing_of_a_sealed_export_lies_open(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """Neither the candidate's name nor a word of a page is in any file of the folder, or left beside it."""
    key = pyrage.x25519.Identity.generate().to_public()
    call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "x" / "sealed", "--to", key)

    assert [path.name for path in (tmp_path / "x").iterdir()] == ["sealed"]
    for path in (tmp_path / "x" / "sealed").iterdir():
        assert b"Quill" not in path.read_bytes()
        assert b"maraquill" not in path.read_bytes()


def test_what_is_said_to_a_person(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """What left, with digests; that it is not sealed; whom it is not for; what comes next."""
    said = call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "export")

    assert "25 answers (19 pages), 1 requests without one" in said.out
    assert f"{sha256(tmp_path / 'export' / 'manifest.json')}  manifest.json" in said.out
    assert "Not sealed" in said.out
    assert "withheld from decision-makers" in said.out
    assert "Next: " in said.out
    assert "Quill" not in said.out + said.err


def test_what_is_said_to_a_program(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """The same as JSON."""
    key = pyrage.x25519.Identity.generate().to_public()
    said = call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "e", "--to", key, "--json")
    found = json.loads(said.out)

    assert (found["case"], found["folder"], found["recipients"]) == (case_id, str(tmp_path / "e"), 1)
    assert found["digests"] == {path.name: sha256(path) for path in (tmp_path / "e").iterdir()}
    assert (found["answers"], found["pages"], found["failures"]) == (25, 19, 1)
    assert (
        "Sealed to 1 key"
        in call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "f", "--to", key).out
    )


@pytest.mark.parametrize(
    "words",
    [
        ("CASE-none", "--out", "new"),
        ("{case}", "--out", "full"),
        ("{case}", "--out", "file"),
        ("{case}", "--out", "new", "--to", "age1nothing"),
        ("{case}", "--out", "new", "--to", "AGE-SECRET-KEY-1QQQ"),
        ("{case}",),
    ],
)
def test_a_wrong_order_hands_out_nothing(
    words: tuple[str, ...], place: Path, case_id: str, tmp_path: Path, call
) -> None:
    """An unknown case, a folder in use, a key that is none: exit code 2, no event, no file, and no secret key repeated."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").touch()
    (tmp_path / "file").touch()
    before = (place / "audit.jsonl").read_bytes()
    filled = [str(tmp_path / word) if word in {"new", "full", "file"} else word.format(case=case_id) for word in words]
    said = call("case", "export", *filled, "--workspace", place)

    assert said.code == 2
    assert (place / "audit.jsonl").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full", "w"]
    assert "SECRET-KEY-1QQQ" not in said.err


def test_an_empty_folder_may_be_named(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """A folder that is there and empty gives way."""
    (tmp_path / "empty").mkdir()

    assert call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "empty").code == 0
    assert {path.name for path in (tmp_path / "empty").iterdir()} == FILES


def test_a_broken_log_is_not_handed_out(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """Where the chain does not hold: exit code 5, and no folder."""
    log = place / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"case.opened"', b'"case.resumed"', 1))

    assert call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "export").code == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["w"]


def test_a_folder_that_cannot_be_made_is_named(place: Path, case_id: str, tmp_path: Path, call) -> None:
    """A place where nothing can be written is a clear error, exit code 1."""
    (tmp_path / "file").touch()
    said = call("case", "export", case_id, "--workspace", place, "--out", tmp_path / "file" / "export")

    assert (said.code, "could not be made" in said.err) == (1, True)


def run_page(folder: Path) -> list[subprocess.CompletedProcess[str]]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return [
        subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for block in BLOCKS.findall((ROOT / "docs" / "evidence.md").read_text("utf-8"))
    ]


def test_the_commands_of_the_page_work_as_written(exported: Path) -> None:
    """Every command of docs/evidence.md that is marked `bash` runs, in order, in the folder of an export, and ends well."""
    assert not [tool for tool in TOOLS if shutil.which(tool) is None]
    done = run_page(exported)

    assert len(done) == 6
    for block in done:
        assert block.returncode == 0, f"{block.args[-1]}\n{block.stdout}\n{block.stderr}"


@pytest.mark.parametrize(
    ("name", "old", "new", "failing"),
    [
        ("captures.wacz", b'"status": 200', b'"status": 201', {0, 1}),
        ("manifest.json", b'"status": 200', b'"status": 201', {0, 3}),
        ("report.json", b'"findings"', b'"Findings"', {0, 5}),
        ("audit.zip", b'"result":"200"', b'"result":"201"', {0, 4}),
    ],
)
def test_the_commands_of_the_page_find_a_change(
    name: str, old: bytes, new: bytes, failing: set[int], exported: Path
) -> None:
    """The page's own checks are no show: one changed word, and the check of that part fails, as does that of the sums."""
    content = (exported / name).read_bytes()
    assert old in content
    (exported / name).write_bytes(content.replace(old, new, 1))
    done = run_page(exported)

    assert failing <= {number for number, block in enumerate(done) if block.returncode}
