"""Walk a log from its first line: the chain, the tree, and the heads at given sizes, a block of lines at a time.

Most lines have the plain form that one expression can judge, many at a time; whatever has not goes through the JSON
reader, line by line. The expression passes over control characters inside texts, which JSON forbids: whoever hashes the
tree looks for them, and where one stands anywhere, every line goes through the reader. Both ways ask the same of a line,
so the quick one is only that: quicker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from footprint.audit.fault import bad_line, is_number, not_linked, not_whole
from footprint.audit.line import GENESIS, MAX_LINE_BYTES, LoggedEvent, end_of, parse, raw_blocks
from footprint.audit.roots import Hashed, roots_beside
from footprint.errors import VerificationError
from footprint.model.event import AuditEvent
from footprint.model.report import AuditHead

_TEXT = rb'"[^"]*+"'
_MAP = rb"\{(?:%b:%%b(?:,%b:%%b)*+)?+\}" % (_TEXT, _TEXT)
_NUMBER = rb"-?(?:0|[1-9][0-9]*+)"
_FORMS = {
    "action": _TEXT,
    "actor": _TEXT,
    "at": _TEXT,
    "counts": _MAP % (_NUMBER, _NUMBER),
    "demonstration": rb"(?:true|false)",
    "digests": _MAP % (_TEXT, _TEXT),
    "ids": _MAP % (_TEXT, _TEXT),
    "prev": rb'"([^"]{64})"',  # it is compared with a digest, so what it is made of need not be asked
    "rules": rb"\[(?:%b(?:,%b)*+)?+\]" % (_TEXT, _TEXT),
    "seq": rb"([1-9][0-9]*+)",
}
PLAIN_LINE = re.compile(
    rb"^\{%b\}\n"
    % b",".join(
        b'"%b":%b' % (name.encode(), _FORMS.get(name, rb"(?:%b|null)" % _TEXT))
        for name in sorted({*AuditEvent.model_fields, "prev", "seq"})
    ),
    re.MULTILINE,
)
"""A line as `LoggedEvent.line` writes it, where its texts have no escapes; it gives the line's prev and seq."""


class Walk(NamedTuple):
    """A log whose chain holds."""

    head: AuditHead
    """Of all of it, with the root of the tree."""
    marks: dict[int, AuditHead]
    """The heads at the sizes that were asked for, as far as the log reaches."""


def walk(path: Path, marks: Collection[int] = ()) -> Walk:
    """Return the head of a log whose chain holds, and its heads at some earlier sizes.

    1. Each line is whole, at most 64 KiB, one JSON object in UTF-8.
    2. Its `seq` is its number and its `prev` the SHA-256 of the line before.
    3. The last line, which no later one vouches for, is an audit event in its canonical form.

    One block of lines at a time is in memory. Raises VerificationError with the number of the first bad line, what is
    wrong with it and what that shows.
    """
    try:
        end = end_of(path)
        with roots_beside(path, end, marks) as hashed:
            return _walked(path, end, marks, hashed)
    except OSError as error:
        raise VerificationError(f"the audit log could not be read, so nothing is proven: {error.strerror}") from error


def _walked(path: Path, end: int, marks: Collection[int], hashed: Callable[[], Hashed]) -> Walk:
    walker = _Walker(marks)
    try:
        walker.take_all(path, end)
    except VerificationError:
        if not hashed().has_controls:
            raise
    if hashed().has_controls:
        # Whatever was found, a line before it may be to blame.
        walker = _Walker(marks, is_quick=False)
        walker.take_all(path, end)
    return walker.walked(hashed().roots)


class _Walker:
    """What is known of a chain up to the line that was reached."""

    def __init__(self, marks: Collection[int], *, is_quick: bool = True) -> None:
        self._is_quick = is_quick
        self._marks = {0: GENESIS} if 0 in marks else {}
        self._ahead = sorted({mark for mark in marks if mark > 0}, reverse=True)
        self._size = 0
        self._digest = GENESIS
        self._last = b""

    def walked(self, roots: Mapping[int, str]) -> Walk:
        """Return what was found, with the roots of the tree over the same lines."""
        heads = {
            size: AuditHead(size=size, sha256=digest, root=roots[size])
            for size, digest in (*self._marks.items(), (self._size, self._digest))
        }
        return Walk(heads[self._size], {size: heads[size] for size in self._marks})

    def take_all(self, path: Path, end: int) -> None:
        """Judge the lines of a log, up to where it ended at some moment."""
        with closing(raw_blocks(path, end)) as blocks:
            for block in blocks:
                self._take(block, blocks)
        self._end()  # (3)

    def _take(self, block: bytes, following: Iterator[bytes]) -> None:
        lines = block.split(b"\n")
        torn = lines.pop()
        digests = [sha256(line).hexdigest() for line in lines]
        if lines and not self._are_plain(block, lines, digests):
            self._judge(lines, digests, following)  # (1) (2)
        if torn:
            raise not_whole(self._size + len(lines) + 1, len(torn))
        while self._ahead and self._ahead[-1] <= self._size + len(lines):
            mark = self._ahead.pop()
            self._marks[mark] = digests[mark - self._size - 1]
        self._size += len(lines)
        self._digest, self._last = digests[-1], lines[-1]

    def _end(self) -> None:
        """(3) Judge the last line more strictly."""
        if self._size == 0:
            return
        try:
            LoggedEvent.of(self._last)
        except ValueError:
            # Without its cause: that would quote the line.
            what = "it is not an audit event in its canonical form"
            raise bad_line(self._size, what, "the last line was changed") from None

    def _are_plain(self, block: bytes, lines: Sequence[bytes], digests: Sequence[str]) -> bool:
        """Say whether all the lines have the plain form and follow one another; False is no verdict."""
        is_legible = self._is_quick and block.isascii() and b"\\" not in block
        if not is_legible or max(map(len, lines)) > MAX_LINE_BYTES:
            return False
        places = PLAIN_LINE.findall(block)
        numbers = range(self._size + 1, self._size + len(lines) + 1)
        return (
            len(places) == len(lines)
            and b"".join(prev for prev, _ in places).decode() == "".join((self._digest, *digests[:-1]))
            and b",".join(seq for _, seq in places).decode() == ",".join(map(str, numbers))
        )

    def _judge(self, lines: Sequence[bytes], digests: Sequence[str], following: Iterator[bytes]) -> None:
        """Raise what is wrong with the first bad line, if one is."""
        before = self._digest
        for place, (line, digest) in enumerate(zip(lines, digests, strict=True)):
            number = self._size + place + 1
            if len(line) > MAX_LINE_BYTES:
                raise not_whole(number, len(line))
            fields = _fields(number, line)
            if fields.get("prev") != before or not is_number(fields.get("seq"), number):
                after = (*lines[place + 1 : place + 2], *next(following, b"").split(b"\n")[:1])
                raise not_linked(number, line, fields, before, next((raw for raw in after if raw), None))
            before = digest


def _fields(number: int, line: bytes) -> dict[str, object]:
    try:
        return parse(line)
    except ValueError:
        # Without its cause: that would quote the line.
        raise bad_line(number, "it is not one JSON object in UTF-8", "it was damaged or put in from outside") from None
