"""The attack matrix: who can do what to a signed log, and what of it is caught. The table in docs/verify.md is this one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from audit_samples import (
    ANSWERS,
    REPORTS,
    chained,
    event,
    holdings,
    holds,
    key_of,
    lines_of,
    rechained,
    sha,
    signed_log,
)
from audit_samples import write as write_lines

from footprint.audit.checkpoint import checkpoint
from footprint.audit.inspection import Outside
from footprint.audit.key import KEY, PUBLIC, VERIFIER, SigningKey, signing_key
from footprint.audit.log import AuditLog
from footprint.audit.stamp import keep_stamp, request_stamp
from footprint.audit.verify import verify
from footprint.errors import VerificationError
from footprint.model.event import Action

DOCS = Path(__file__).resolve().parents[3] / "docs" / "verify.md"
COLUMNS = ("chain alone", "no key", "has the key", "head held")


@dataclass
class Scene:
    """A log under attack, and what the attacker left of its reports and answers."""

    log: Path
    reports: dict[tuple[str, str], bytes] = field(default_factory=lambda: dict(REPORTS))
    answers: dict[str, dict[str, str]] = field(
        default_factory=lambda: {case: dict(ids) for case, ids in ANSWERS.items()}
    )
    seal: Callable[[], None] = lambda: None
    """Sign the log anew, where the attacker can."""

    @property
    def notes(self) -> Path:
        return self.log.with_name("checkpoints")

    def put(self, lines: list[bytes]) -> None:
        write_lines(self.log, lines)


def edited(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[2].replace(b'"actor":"op-1"', b'"actor":"op-2"'), *lines[3:]]


def edit(scene: Scene) -> None:
    scene.put(edited(lines_of(scene.log)))


def delete(scene: Scene) -> None:
    lines = lines_of(scene.log)
    scene.put([*lines[:2], *lines[3:]])


def swap(scene: Scene) -> None:
    lines = lines_of(scene.log)
    scene.put([*lines[:2], lines[3], lines[2], *lines[4:]])


def insert(scene: Scene) -> None:
    lines = lines_of(scene.log)
    scene.put([*lines[:2], chained([event()])[0], *lines[2:]])


def truncate(scene: Scene) -> None:
    scene.put(lines_of(scene.log)[:-1])
    scene.seal()


def edit_and_rebuild(scene: Scene) -> None:
    scene.put(rechained(edited(lines_of(scene.log))))
    scene.seal()


def delete_and_rebuild(scene: Scene) -> None:
    lines = lines_of(scene.log)
    scene.put(rechained([*lines[:2], *lines[3:]]))
    scene.seal()


def write_anew(scene: Scene) -> None:
    scene.put(chained(event(counts={"n": number}) for number in range(len(lines_of(scene.log)))))
    scene.seal()


def roll_back(scene: Scene) -> None:
    """Cut the second case, and take away the checkpoint over it: what is left is as it once was."""
    size = len(lines_of(scene.log)) // 2 + 1
    scene.put(lines_of(scene.log)[:size])
    for path in scene.notes.glob("*"):
        if not path.name.startswith(f"{size}."):
            path.unlink()


def take_away_heads(scene: Scene) -> None:
    shutil.rmtree(scene.notes)


def sign_by_own_key(scene: Scene) -> None:
    scene.put(rechained(edited(lines_of(scene.log))))
    for name in (KEY, PUBLIC, VERIFIER):
        scene.log.with_name(name).unlink()
    shutil.rmtree(scene.notes)
    checkpoint(scene.log, signing_key(scene.log, lambda size: "66" * size))


def change_report(scene: Scene) -> None:
    scene.reports["CASE-1", "report.json"] = b'{"case":"CASE-3"}'


def change_report_and_rebuild(scene: Scene) -> None:
    change_report(scene)
    before, after = (sha(reports["CASE-1", "report.json"]).encode() for reports in (REPORTS, scene.reports))
    scene.put(rechained(line.replace(before, after) for line in lines_of(scene.log)))
    scene.seal()


def change_answer(scene: Scene) -> None:
    scene.answers["CASE-2"]["E0001"] = "00" * 32


def change_checkpoint(scene: Scene) -> None:
    flip(sorted(scene.notes.glob("*.note"))[0])


def change_stamp(scene: Scene) -> None:
    (stamp,) = scene.notes.glob("*.tsr")
    flip(stamp)


def lie(scene: Scene) -> None:
    AuditLog(scene.log).append(event(Action.CONSENT_CHANGED, "CASE-2"))
    scene.seal()


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


ATTACKS: dict[str, Callable[[Scene], None]] = {
    "edit a line": edit,
    "delete a line": delete,
    "swap two lines": swap,
    "insert a line": insert,
    "truncate the end": truncate,
    "edit a line and rebuild the chain": edit_and_rebuild,
    "delete a line and rebuild the chain": delete_and_rebuild,
    "write a whole new log": write_anew,
    "roll back to an older signed head": roll_back,
    "take away all signed heads": take_away_heads,
    "sign everything with a key of one's own": sign_by_own_key,
    "change a byte of a report": change_report,
    "change a report, its digest in the log, and rebuild the chain": change_report_and_rebuild,
    "change an answer that was kept": change_answer,
    "change a byte of a checkpoint": change_checkpoint,
    "change a byte of a time stamp": change_stamp,
    "write a false entry at the time": lie,
}


def published() -> dict[str, list[str]]:
    """The table of the page, by attack."""
    rows = [line.strip("| \n").split(" | ") for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| ")]
    return {name: outcomes for name, *outcomes in rows if name in ATTACKS}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from audit_authority import made

    return made(tmp_path_factory.mktemp("authority"))


def scene_in(folder: Path, column: str, authority: Path) -> Scene:
    """Set up what one column says."""
    from audit_authority import answered

    log = signed_log(folder)
    certificates = (authority / "ca.pem").read_bytes()
    size = len(lines_of(log))
    keep_stamp(log, size, answered(authority, request_stamp(log, size)), certificates)
    key = key_of(log)
    if column == "chain alone":
        shutil.rmtree(log.with_name("checkpoints"))
        for name in (KEY, PUBLIC, VERIFIER):
            log.with_name(name).unlink()
    scene = Scene(log)
    if column in ("has the key", "head held"):
        scene.seal = lambda: sealed_again(log, key)
    return scene


def sealed_again(log: Path, key: SigningKey) -> None:
    shutil.rmtree(log.with_name("checkpoints"))
    checkpoint(log, key)


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_has_the_outcome_that_the_page_says(name: str, tmp_path: Path, authority: Path) -> None:
    """Each attack, with each kind of attacker and auditor, is caught or missed as the table in docs/verify.md has it."""
    outcomes = []
    for column, expected in zip(COLUMNS, published()[name], strict=True):
        if expected == "-":
            outcomes.append("-")
            continue
        scene = scene_in(tmp_path / column, column, authority)
        key = None if column == "chain alone" else key_of(scene.log).public
        head = verify(scene.log) if column == "head held" else None
        outside = Outside(head=head, key=key, authorities=(authority / "ca.pem").read_bytes())
        holds(scene.log, outside)
        ATTACKS[name](scene)
        outcomes.append(outcome(scene, outside))

    assert outcomes == published()[name]


def outcome(scene: Scene, outside: Outside) -> str:
    kept = holdings(document=lambda case, name: scene.reports.get((case, name)), answers=scene.answers.get)
    try:
        holds(scene.log, outside, kept)
    except VerificationError:
        return "caught"
    return "missed"


def test_every_attack_stands_on_the_page() -> None:
    """The page lists these attacks and no others."""
    assert list(published()) == list(ATTACKS)


def test_head_from_before_catches_a_rewrite_and_not_a_later_cut(tmp_path: Path) -> None:
    """An older head that was held covers what stood then, whoever has the key, and says nothing of what came after."""
    log = signed_log(tmp_path)
    key = key_of(log)
    older = Outside(
        checkpoint=sorted(log.with_name("checkpoints").glob("*.note"), key=lambda p: int(p.stem))[0].read_bytes()
    )
    lines = lines_of(log)

    write_lines(log, lines[:-1])
    sealed_again(log, key)
    holds(log, older)
    write_lines(log, rechained(edited(lines)))
    sealed_again(log, key)
    with pytest.raises(VerificationError, match="the given checkpoint signed"):
        holds(log, older)


def test_openssl_is_here() -> None:
    """The time-stamp authority of these tests is openssl's own."""
    assert subprocess.run(["openssl", "version"], check=True, capture_output=True).stdout
