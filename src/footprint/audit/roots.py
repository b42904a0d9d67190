"""The roots of the tree over a log's file: in this process, or for a long log in a second one beside the walk along its chain.

Chain and tree need nothing of one another, and hashing the one costs about as much as the other. Only the standard
library and the tree are loaded here, so that the second process is at work at once.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from footprint.audit.tree import Frontier

LONG = 16_000_000
"""Bytes of a log from which a second process is worth its start."""

_MARKS = 10_000
"""Marks that fit a command line everywhere."""

_BLOCK = 1 << 16


def roots_of(path: Path, end: int, marks: Collection[int]) -> dict[int, str]:
    """Return the roots, in hex, at each mark that the log reaches and at its last line; only the first `end` bytes count.

    Raises OSError where it cannot be read.
    """
    tree = Frontier()
    roots: dict[int, str] = {}
    ahead = sorted((mark for mark in marks if mark >= 0), reverse=True)
    for leaves in _leaves(path, end):
        start = tree.size
        while ahead and ahead[-1] <= start + len(leaves):
            mark = ahead.pop()
            tree.extend(leaves[tree.size - start : mark - start])
            roots[mark] = tree.root().hex()
        tree.extend(leaves[tree.size - start :])
    roots[tree.size] = tree.root().hex()
    return roots


@contextmanager
def roots_beside(path: Path, end: int, marks: Collection[int]) -> Iterator[Callable[[], dict[int, str]]]:
    """Begin to hash the tree, beside whatever is done until the roots are asked for; let go of it when left."""
    if end < LONG or len(marks) > _MARKS:
        yield lambda: roots_of(path, end, marks)
        return
    # Without -P a module of our name in the folder we happen to stand in would be run.
    command = [sys.executable, "-P", "-c", f"import {__name__} as roots; roots.main()"]
    words = (str(path), str(end), *map(str, marks))
    with subprocess.Popen([*command, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603

        def answer() -> dict[int, str]:
            told = process.communicate()[0]
            # Whatever became of the other process, this one can do it too.
            return _parsed(told) if process.returncode == 0 else roots_of(path, end, marks)

        try:
            yield answer
        finally:
            process.kill()


def main() -> None:
    """Be the second process: path, end and marks are arguments; sizes and roots go to standard output."""
    path, end, *marks = sys.argv[1:]
    for size, root in roots_of(Path(path), int(end), tuple(map(int, marks))).items():
        sys.stdout.write(f"{size} {root}\n")


def _leaves(path: Path, end: int) -> Iterator[list[bytes]]:
    with path.open("rb", buffering=0) as file:
        rest = b""
        while block := file.read(min(end, _BLOCK)):
            end -= len(block)
            *lines, rest = (rest + block).split(b"\n")
            yield [sha256(b"\0" + line).digest() for line in lines]


def _parsed(told: bytes) -> dict[int, str]:
    return {int(size): root for size, root in (line.split() for line in told.decode().splitlines())}
