"""The tree of a long log is hashed in a second process: with the same roots, and whatever becomes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from audit_samples import chained, event, lines_of, write

from footprint.audit import roots
from footprint.audit.roots import main, roots_beside, roots_of
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
    assert roots_of(log, log.stat().st_size, MARKS) == expected(log)


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
        assert hashed() == expected(log)


def test_more_marks_than_a_command_line_takes_are_hashed_here(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand checkpoints and more need no second process to be checked."""
    monkeypatch.setattr(roots, "LONG", 1)
    with roots_beside(log, log.stat().st_size, range(10_001)) as hashed:
        assert len(hashed()) == 401


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
    """Arguments and standard output are all it needs."""
    monkeypatch.setattr(sys, "argv", ["roots", str(log), str(log.stat().st_size), *map(str, MARKS)])
    main()

    assert dict(line.split() for line in capsys.readouterr().out.splitlines()) == {
        str(size): root for size, root in expected(log).items()
    }
