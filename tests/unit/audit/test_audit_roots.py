"""The tree of a long log is hashed in a second process: with the same roots, and whatever becomes of it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from audit_samples import chained, event, lines_of, sha, write

from footprint.audit import roots
from footprint.audit.roots import Hashed, main, roots_beside, roots_of
from footprint.audit.tree import Tree, leaf_hash
from footprint.audit.walk import walk
from footprint.errors import VerificationError

MARKS = (0, 1, 7, 199, 200, 500, -1)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log over more than one block."""
    path = tmp_path / "audit.jsonl"
    write(path, chained(event(counts={"n": number}) for number in range(400)))
    return path


def expected(log: Path) -> dict[int, str]:
    tree = Tree(map(leaf_hash, lines_of(log)))
    return {size: tree.root(size).hex() for size in (0, 1, 7, 199, 200, 400)}


def test_roots_are_those_of_the_tree(log: Path) -> None:
    """At each mark that the log reaches, and at its end."""
    assert log.stat().st_size > 1 << 16
    assert roots_of(log, log.stat().st_size, MARKS) == Hashed(expected(log), has_controls=False)


def test_second_process_gives_the_same_roots(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that counts as long is hashed beside the walk, and comes out the same."""
    before = walk(log, MARKS)
    monkeypatch.setattr(roots, "LONG", 1)

    assert walk(log, MARKS) == before
    assert {size: head.root for size, head in before.marks.items()} == {
        size: root for size, root in expected(log).items() if size != 400 and size != 500
    }


def test_second_process_that_fails_is_done_without(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it ends without an answer, the roots are hashed here."""
    monkeypatch.setattr(roots, "LONG", 1)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with roots_beside(log, log.stat().st_size, MARKS) as hashed:
        assert hashed() == Hashed(expected(log), has_controls=False)


def test_more_marks_than_a_command_line_takes_are_hashed_here(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand checkpoints and more need no second process to be checked."""
    monkeypatch.setattr(roots, "LONG", 1)
    with roots_beside(log, log.stat().st_size, range(10_001)) as hashed:
        assert len(hashed().roots) == 401


def test_broken_chain_is_named_while_the_second_process_is_at_work(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found on the way ends both."""
    lines = lines_of(log)
    write(log, [*lines[:200], *lines[201:]])
    monkeypatch.setattr(roots, "LONG", 1)
    with pytest.raises(VerificationError, match="line 201"):
        walk(log)


def test_second_process_takes_marks_and_tells_sizes_and_roots(
    log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Arguments and standard output are all it needs; whether there are control characters comes first."""
    monkeypatch.setattr(sys, "argv", ["roots", str(log), str(log.stat().st_size), *map(str, MARKS)])
    main()
    controls, *lines = capsys.readouterr().out.splitlines()

    assert controls == "0"
    assert dict(line.split() for line in lines) == {str(size): root for size, root in expected(log).items()}


CONTROLS = [code for code in (*range(32), 127) if code != 10]


def with_byte(log: Path, number: int, code: int) -> Path:
    """Put one byte into the text of a line, and chain the lines after it anew."""
    lines = lines_of(log)
    lines[number - 1] = lines[number - 1].replace(b'"op-1"', b'"op%b1"' % bytes((code,)))
    for place in range(number, len(lines)):
        lines[place] = re.sub(rb'"prev":"[^"]*"', b'"prev":"%b"' % sha(lines[place - 1]).encode(), lines[place])
    write(log, lines)
    return log


@pytest.mark.parametrize("code", CONTROLS)
def test_control_character_anywhere_is_seen(log: Path, code: int) -> None:
    """Each of them, and nothing else that a text may hold."""
    size = with_byte(log, 300, code).stat().st_size

    assert roots_of(log, size, ()).has_controls


@pytest.mark.parametrize("code", [code for code in range(256) if code not in {*CONTROLS, 10}])
def test_nothing_else_counts_as_a_control_character(tmp_path: Path, code: int) -> None:
    """Every other byte, those of UTF-8 among them, is for the walk to judge."""
    path = tmp_path / "audit.jsonl"
    path.write_bytes(bytes((code,)) * 90 + b"\n")

    assert not roots_of(path, 91, ()).has_controls


@pytest.mark.parametrize("long", [1, 1 << 40])
@pytest.mark.parametrize("code", [0, 9, 13, 31])
def test_control_character_in_a_text_is_no_json(
    log: Path, code: int, long: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that holds one as it is, is named, though all its links hold; in a log of any length."""
    monkeypatch.setattr(roots, "LONG", long)
    with pytest.raises(VerificationError, match=r"^line 300 of the audit log: it is not one JSON object"):
        walk(with_byte(log, 300, code))


def test_first_bad_line_is_named_where_a_later_one_was_found_first(log: Path) -> None:
    """The quick look comes upon the missing line 390 first; the control character in line 20 is the first fault."""
    lines = lines_of(with_byte(log, 20, 7))
    write(log, [*lines[:389], *lines[390:]])
    with pytest.raises(VerificationError, match=r"^line 20 of the audit log: it is not one JSON object"):
        walk(log)


def test_delete_is_a_character_that_json_allows(log: Path) -> None:
    """Whatever the quick look stops at, the JSON reader decides."""
    assert walk(with_byte(log, 300, 127)).head.size == 400
