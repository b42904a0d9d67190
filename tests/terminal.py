"""A program on a pseudo-terminal of 80 by 24: what stands on its screen, and keys to press.

The screen is drawn from what the program writes: cursor moves, erasures and letters; colours are passed over.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
import time
from typing import Self

from rich.cells import cell_len

ROWS, COLUMNS = 24, 80

GUARD = 60.0
"""Seconds after which a terminal that does not answer counts as hung."""

_PIECE = re.compile(
    r"\x1b\[(?P<private>[<=>?]?)(?P<numbers>[\d;]*)[ -/]*(?P<final>[@-~])"
    r"|\x1b[PX^_\]][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[ -/]*[0-~]"
    r"|(?P<control>[\x00-\x1f])"
    r"|(?P<text>[^\x00-\x1f]+)"
)


class Picture:
    """The screen as letters in cells."""

    def __init__(self) -> None:
        self.cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self.row = self.column = 0

    def draw(self, written: str) -> Self:
        """Draw what a program wrote."""
        for piece in _PIECE.finditer(written):
            if piece["text"]:
                self._write(piece["text"])
            elif piece["control"]:
                self._control(piece["control"])
            elif piece["final"] and not piece["private"]:
                self._command(piece["final"], [int(n or 0) for n in piece["numbers"].split(";")])
        return self

    def __str__(self) -> str:
        return "\n".join("".join(row).rstrip() for row in self.cells)

    def _write(self, text: str) -> None:
        for letter in text:
            width = cell_len(letter)
            if self.column + width <= COLUMNS and width:
                self.cells[self.row][self.column] = letter
                self.cells[self.row][self.column + 1 : self.column + width] = [""] * (width - 1)
            self.column += width

    def _control(self, control: str) -> None:
        if control == "\r":
            self.column = 0
        elif control == "\n":
            self.row = min(self.row + 1, ROWS - 1)

    def _command(self, final: str, numbers: list[int]) -> None:
        if final in "Hf":
            self.row = min(max(numbers[0], 1), ROWS) - 1
            self.column = max(numbers[1] if len(numbers) > 1 else 1, 1) - 1
        elif final == "J":
            self.cells = [[" "] * COLUMNS for _ in range(ROWS)]
        elif final == "K":
            self.cells[self.row][self.column :] = [" "] * (COLUMNS - self.column)


class Terminal:
    """`footprint WORDS` on a pseudo-terminal."""

    def __init__(self, *words: object) -> None:
        self._own, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": str(ROWS)}
        command = [sys.executable, "-m", "footprint", *map(str, words)]
        self.process = subprocess.Popen(
            command, stdin=its, stdout=its, stderr=its, env=environment, start_new_session=True
        )
        os.close(its)
        self._raw = bytearray()
        self._drawn = (0, "")
        """How much was drawn, and what came of it."""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(GUARD)
        self._reader.join(GUARD)
        os.close(self._own)

    def _read(self) -> None:
        while True:
            try:
                read = os.read(self._own, 65536)
            except OSError:  # the other end is closed
                return
            if not read:
                return
            self._raw += read

    @property
    def screen(self) -> str:
        """What stands on the screen now."""
        raw = bytes(self._raw)
        if len(raw) != self._drawn[0]:
            self._drawn = len(raw), str(Picture().draw(raw.decode("utf-8", "replace")))
        return self._drawn[1]

    def wait_for(self, words: str) -> None:
        """Wait until words stand on the screen."""
        ends = time.monotonic() + GUARD
        while words not in self.screen:
            assert time.monotonic() < ends, f"{words!r} is not on the screen:\n{self.screen}"
            assert self.process.poll() is None, f"the program ended:\n{self.screen}"
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Press keys, or type words."""
        os.write(self._own, "".join(keys).encode())

    def leave(self) -> str:
        """Press the key that leaves, and return everything the command wrote."""
        self.press("q")
        assert self.process.wait(GUARD) == 0
        self._reader.join(GUARD)
        return bytes(self._raw).decode("utf-8", "replace")
