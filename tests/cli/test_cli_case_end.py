"""`footprint case sealed|unlock|unlocker|worksheet|prune|erase` and `explain`, as a person uses them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from footprint.cli.main import footprint
from footprint.demo.clock import DemoClock
from footprint.store.workspace import Workspace
from screened import over

SECOND = "vetting-manager-2"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a demonstration, and a copy of its report."""
    folder = tmp_path_factory.mktemp("ended")
    words = ["demo", "--workspace", str(folder / "w"), "--out", str(folder / "out")]
    assert CliRunner().invoke(footprint, words, catch_exceptions=False).exit_code == 0
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(made / "w", tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def case_id(made: Path) -> str:
    (folder,) = (made / "w" / "cases").iterdir()
    return folder.name


@pytest.fixture
def item(place: Path, case_id: str, call) -> str:
    (sealed,) = json.loads(call("case", "sealed", case_id, "--workspace", place, "--json").out)
    return sealed["item"]


def claim(place: Path, *more: object) -> tuple[object, ...]:
    key = ("--key", place / f"{SECOND}.key", "--condition", "DPA-SCH1-11", "--document", "APD-1")
    return ("--by", SECOND, *key, "--workspace", place, *more)


def test_sealed_items_are_listed_by_id_and_rule(place: Path, case_id: str, item: str, call) -> None:
    """Never by what they say."""
    said = call("case", "sealed", case_id, "--workspace", place)

    assert said.out.startswith(f"{item}  UK-9-health\n")
    assert "epilepsy" not in said.out


def test_the_second_person_unlocks_an_item(place: Path, case_id: str, item: str, call) -> None:
    """The words come once, with what to do and not to do; the log holds who and why."""
    said = call("case", "unlock", case_id, item, *claim(place))
    as_json = call("case", "unlock", case_id, item, *claim(place, "--json"))
    log = (place / "audit.jsonl").read_text("utf-8")

    assert said.code == 0, said
    assert "epilepsy" in said.out
    assert "sealed as before" in said.out
    assert "epilepsy" in json.loads(as_json.out)["text"]
    assert '"condition":"DPA-SCH1-11"' in log
    assert "epilepsy" not in log
    assert call("audit", "verify", "--workspace", place).code == 0


def test_a_claim_that_does_not_hold_is_exit_3(place: Path, case_id: str, item: str, call) -> None:
    """With the rule, and how to mend it."""
    words = [word for word in claim(place) if word not in ("--document", "APD-1")]
    said = call("case", "unlock", case_id, item, *words)

    assert said.code == 3
    assert "UK-9-policy-document" in said.err
    assert "--document" in said.err


def test_a_file_without_a_key_is_bad_input(place: Path, case_id: str, item: str, call) -> None:
    """Its words are not repeated."""
    (place / f"{SECOND}.key").write_text("a note that is no key")
    said = call("case", "unlock", case_id, item, *claim(place))

    assert said.code == 2
    assert "a note" not in said.err


def test_a_blank_worksheet_asks_and_is_not_an_answer(
    place: Path, case_id: str, item: str, tmp_path: Path, call
) -> None:
    """It reads as TOML, and unfilled it is refused by its first empty field."""
    blank = tmp_path / "sheet.toml"
    blank.write_text(call("case", "worksheet").out)
    said = call("case", "unlock", case_id, item, *claim(place, "--worksheet", blank))
    filled = blank.read_text().replace('= ""', '= "Said."')
    blank.write_text(filled)

    assert said.code == 2
    assert "sheet.toml" in said.err
    assert call("case", "unlock", case_id, item, *claim(place, "--worksheet", blank)).code == 0


def test_a_key_for_a_second_person_is_made_once(tmp_path: Path, call) -> None:
    """The file is theirs alone; the line for footprint.toml is printed; a file that is there is not written over."""
    said = call("case", "unlocker", "head-of-vetting", "--out", tmp_path / "head.key")

    assert said.code == 0
    assert 'head-of-vetting = "age1' in said.out
    assert stat.S_IMODE((tmp_path / "head.key").stat().st_mode) == 0o600
    assert "AGE-SECRET-KEY" not in said.out
    assert call("case", "unlocker", "head-of-vetting", "--out", tmp_path / "head.key").code == 2


def test_conditions_are_listed_with_their_articles(call) -> None:
    """By pack, and as JSON."""
    said = call("policy", "conditions", "uk")
    listed = json.loads(call("policy", "conditions", "--json").out)

    assert "DPA-SCH1-11" in said.out
    assert "EU-ART9-2-B" not in said.out
    assert "confirm with counsel" in said.out
    assert {"DPA-SCH1-11", "EU-ART9-2-B"} <= {entry["id"] for entry in listed}


def test_an_open_case_is_not_pruned(place: Path, case_id: str, call) -> None:
    """Exit code 3, and everything stays."""
    said = call("case", "prune", case_id, "--yes", "--workspace", place)

    assert said.code == 3
    assert "not over" in said.err
    assert list(place.glob("cases/*/*.warc.gz.age"))


def test_a_pruned_case_verifies_and_cannot_be_derived_again(place: Path, case_id: str, call) -> None:
    """What stands behind the findings is still checked against the log; the rest is said to be gone."""
    with Workspace.open(place) as opened:
        content = b"".join(entry.canonical() + b"\n" for entry in over(DemoClock().now()).entries)
        opened.put_document(case_id, "review.jsonl", content)
    said = json.loads(call("case", "prune", case_id, "--yes", "--workspace", place, "--json").out)
    checked = json.loads(call("audit", "verify", "--workspace", place, "--json").out)
    again = call("audit", "reproduce", case_id, "--workspace", place)

    assert said["captures"] == 1
    assert checked["answers"]["hold"] >= 2
    assert checked["answers"]["gone"] > checked["answers"]["hold"]
    assert checked["reports"] == {"hold": 2, "gone": 0}
    assert again.code == 2
    assert "it was destroyed" in again.err


def test_an_answer_that_was_changed_after_pruning_is_caught(place: Path, case_id: str, call) -> None:
    """Pruning excuses what is gone, never what was put in its place."""
    with Workspace.open(place) as opened:
        content = b"".join(entry.canonical() + b"\n" for entry in over(DemoClock().now()).entries)
        opened.put_document(case_id, "review.jsonl", content)
    call("case", "prune", case_id, "--yes", "--workspace", place)
    with sqlite3.connect(place / "footprint.db") as database:
        database.execute("update evidence set record = replace(record, 'https://', 'http://')")
    database.close()

    assert call("audit", "verify", "--workspace", place).code == 5


def test_erasure_takes_everything_and_the_log_verifies(
    made: Path, place: Path, case_id: str, tmp_path: Path, call
) -> None:
    """No byte of a page is in the workspace; a copy that is elsewhere is named; the certificate says what was done."""
    copy = tmp_path / "out" / "report.html"
    with Workspace.open(place) as opened:
        content = opened.get_document(case_id, "report.html")
        opened.hand_out(case_id, copy, content, DemoClock().now())
    copy.rename(tmp_path / "moved.html")
    said = call("case", "erase", case_id, "--because", "request", "--yes", "--workspace", place)
    for name in ("profile.toml", "consent.toml"):  # the person's own files; erasure says that they are left
        (place / name).unlink()
    left = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())

    assert said.code == 0, said
    assert f"look for the copy that was at {copy}" in said.out
    for canary in (b"tulips", b"epilepsy", b"maraquill", b"Mara Quill", b"signal box"):
        assert canary not in left, canary
    assert call("audit", "verify", "--workspace", place).code == 0
    assert "erased" in call("case", "list", "--workspace", place).out
    (certificate,) = (place / "certificates").iterdir()
    assert json.loads(certificate.read_text())["case"] == case_id


def test_erasure_asks_first(place: Path, case_id: str, monkeypatch: pytest.MonkeyPatch, call) -> None:
    """Without a yes nothing is destroyed."""
    monkeypatch.setattr("click.confirm", lambda *_, **__: (_ for _ in ()).throw(__import__("click").Abort()))
    said = call("case", "erase", case_id, "--because", "request", "--workspace", place)

    assert said.code == 130
    assert list(place.glob("cases/*/report.json.locked"))


def test_an_erasure_is_told_to_programs(place: Path, case_id: str, call) -> None:
    """The certificate's fields, and where it lies."""
    said = json.loads(
        call("case", "erase", case_id, "--because", "retention", "--yes", "--workspace", place, "--json").out
    )

    assert said["ground"] == "retention"
    assert Path(said["certificate"]).is_file()
    assert call("case", "erase", case_id, "--because", "retention", "--yes", "--workspace", place).code == 2


def test_an_item_is_explained_with_its_citations(place: Path, case_id: str, item: str, call) -> None:
    """A finding with what bears on the role; a sealed item without its words, and who may unlock it."""
    finding = call("explain", case_id, "F01", "--workspace", place)
    sealed = call("explain", case_id, item, "--workspace", place)
    as_json = json.loads(call("explain", case_id, "F01", "--workspace", place, "--json").out)

    assert "Does it bear on the role?" in finding.out
    assert "confirm with counsel" in finding.out
    assert "UK-9-health" in sealed.out
    assert "footprint case unlock" in sealed.out
    assert "epilepsy" not in sealed.out
    assert as_json["standing"] == "finding"
    assert call("explain", case_id, "F99", "--workspace", place).code == 2
