"""The roots of the tree over a log's file: in this process, or for a long log in a second one beside the walk along its chain.

Chain and tree need nothing of one another, and the one costs about as much as the other; so whoever hashes the tree also
looks for control characters. Only the standard library and the tree are loaded here, so that the second process is at
work at once.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from footprint.audit.tree import Frontier

LONG = 16_000_000
"""Bytes of a log from which a second process is worth its start."""

_MARKS = 10_000
"""Marks that fit a command line everywhere."""

_BLOCK = 1 << 16

_LEAVES = 1_000
"""Leaves that the tree takes in at once: fewer cost more calls, more cost memory."""

_CONTROLS = tuple(bytes((code,)) for code in (*range(32), 127) if code != 10)
"""What no text of a line holds as it is; the newline ends the line."""


class Hashed(NamedTuple):
    """What was found besides the chain."""

    roots: dict[int, str]
    """In hex, by size: at each mark that the log reaches and at its last line."""
    has_controls: bool
    """Control characters stand in it, which no footprint writes."""


def roots_of(path: Path, end: int, marks: Collection[int]) -> Hashed:
    """Return the roots at each mark and at the last line, and whether there are control characters; of the first `end` bytes.

    Raises OSError where it cannot be read.
    """
    tree = Frontier()
    found = Hashed({}, has_controls=False)
    ahead = sorted((mark for mark in marks if mark >= 0), reverse=True)
    for leaves, has_controls in _leaves(path, end):
        start = tree.size
        while ahead and ahead[-1] <= start + len(leaves):
            mark = ahead.pop()
            tree.extend(leaves[tree.size - start : mark - start])
            found.roots[mark] = tree.root().hex()
        tree.extend(leaves[tree.size - start :])
        found = found._replace(has_controls=found.has_controls or has_controls)
    found.roots[tree.size] = tree.root().hex()
    return found


@contextmanager
def roots_beside(path: Path, end: int, marks: Collection[int]) -> Iterator[Callable[[], Hashed]]:
    """Begin to hash the tree, beside whatever is done until the answer is asked for; let go of it when left."""
    if end < LONG or len(marks) > _MARKS:
        yield cache(lambda: roots_of(path, end, marks))
        return
    # Without -P a module of our name in the folder we happen to stand in would be run.
    command = [sys.executable, "-P", "-c", f"import {__name__} as roots; roots.main()"]
    words = (str(path), str(end), *map(str, marks))
    with subprocess.Popen([*command, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603

        @cache
        def answer() -> Hashed:
            told = process.communicate()[0]
            # Whatever became of the other process, this one can do it too.
            return _parsed(told) if process.returncode == 0 else roots_of(path, end, marks)

        try:
            yield answer
        finally:
            process.kill()


def main() -> None:
    """Be the second process: path, end and marks are arguments; controls, then sizes and roots go to standard output."""
    path, end, *marks = sys.argv[1:]
    found = roots_of(Path(path), int(end), tuple(map(int, marks)))
    sys.stdout.write(f"{found.has_controls:d}\n")
    for size, root in found.roots.items():
        sys.stdout.write(f"{size} {root}\n")


def _leaves(path: Path, end: int) -> Iterator[tuple[list[bytes], bool]]:
    """Yield the hashes of the next lines, and whether there are control characters near them."""
    with path.open("rb", buffering=0) as file:
        rest = b""
        leaves: list[bytes] = []
        has_controls = False
        # A line that is longer than any is for the walk to name; no root is asked for then.
        while len(rest) <= _BLOCK and (block := file.read(min(end, _BLOCK))):
            end -= len(block)
            has_controls = has_controls or any(control in block for control in _CONTROLS)
            *lines, rest = (rest + block).split(b"\n")
            leaves += [sha256(b"\0" + line).digest() for line in lines]
            if len(leaves) >= _LEAVES:
                yield leaves, has_controls
                leaves = []
        yield leaves, has_controls


def _parsed(told: bytes) -> Hashed:
    has_controls, *lines = told.decode().splitlines()
    return Hashed({int(size): root for size, root in map(str.split, lines)}, has_controls=has_controls == "1")
