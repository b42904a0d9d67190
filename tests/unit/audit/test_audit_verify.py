"""Verification: which line is named, what is said about it, and what a success does not prove."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from footprint.audit.inspection import Counted, Inspection, what_holds
from footprint.audit.line import GENESIS, MAX_LINE_BYTES, LoggedEvent
from footprint.audit.log import AuditLog
from footprint.audit.stamp import Stamps
from footprint.audit.verify import verify, what_it_proves
from footprint.errors import VerificationError
from footprint.model.event import Action, AuditEvent
from footprint.model.record import canonical_json
from footprint.model.report import AuditHead

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Lines = list[bytes]


def chain(lines: int, *, actor: str = "op-secret") -> Lines:
    """Give the raw lines of a good log, without their newlines."""
    made: Lines = []
    for seq in range(1, lines + 1):
        event = AuditEvent(at=AT, actor=actor, action=Action.REQUEST, counts={"number": seq})
        made.append(LoggedEvent(seq=seq, prev=digest(made[-1]) if made else GENESIS, event=event).line())
    return made


def digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def kept(folder: Path, lines: Lines) -> Path:
    path = folder / "audit.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def with_fields(line: bytes, **fields: object) -> bytes:
    return canonical_json({**json.loads(line), **fields})


def replaced(number: int, change: Callable[[bytes], bytes]) -> Callable[[Lines], Lines]:
    return lambda lines: [*lines[: number - 1], change(lines[number - 1]), *lines[number:]]


def actor_changed(line: bytes) -> bytes:
    return line.replace(b"op-secret", b"op-sacred")


@pytest.mark.parametrize("size", [1, 2, 9])
def test_good_log_gives_its_head(tmp_path: Path, size: int) -> None:
    """A log that nobody touched verifies to its number of lines and the digest of the last."""
    lines = chain(size)

    assert verify(kept(tmp_path, lines)) == AuditHead(size=size, sha256=digest(lines[-1]))


def test_empty_log_holds(tmp_path: Path) -> None:
    """A log without lines is whole: a new workspace has one."""
    assert verify(kept(tmp_path, [])) == AuditHead(size=0, sha256=GENESIS)


ATTACKS: list[tuple[str, Callable[[Lines], Lines], int, str]] = [
    ("edit the first", replaced(1, actor_changed), 1, "was changed after line 2 was written"),
    ("edit one in the middle", replaced(3, actor_changed), 3, "was changed after line 4 was written"),
    ("edit the last but one", replaced(5, actor_changed), 5, "was changed after line 6 was written"),
    ("edit the first one's prev", replaced(1, lambda line: with_fields(line, prev="1" * 64)), 1, "begun anew"),
    ("edit a prev", replaced(3, lambda line: with_fields(line, prev="1" * 64)), 3, "neither the line before nor"),
    ("put in a line's place another", replaced(3, lambda _: chain(3, actor="op-2")[2]), 3, "neither the line before"),
    ("edit a seq", replaced(3, lambda line: with_fields(line, seq=4)), 3, "its seq is not the number"),
    ("make a seq a truth", replaced(1, lambda line: with_fields(line, seq=True)), 1, "its seq is not the number"),
    ("make a seq a fraction", replaced(2, lambda line: with_fields(line, seq=2.0)), 2, "its seq is not the number"),
    ("make a seq a text", replaced(2, lambda line: with_fields(line, seq="2")), 2, "its seq is not the number"),
    ("drop the first", lambda lines: lines[1:], 1, "taken out, put in, repeated or moved"),
    ("drop one in the middle", lambda lines: lines[:2] + lines[3:], 3, "taken out, put in, repeated or moved"),
    ("swap two", lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], 3, "taken out, put in"),
    ("reverse", lambda lines: lines[::-1], 1, "taken out, put in"),
    ("repeat one", lambda lines: [*lines[:3], lines[2], *lines[3:]], 4, "taken out, put in"),
    ("repeat the last", lambda lines: [*lines, lines[-1]], 7, "taken out, put in"),
    ("put in one of another log", lambda lines: [*lines[:2], chain(4, actor="op-2")[3], *lines[2:]], 3, "taken out"),
    ("put in an empty line", lambda lines: [*lines[:2], b"", *lines[2:]], 3, "not one JSON object"),
    ("put in a list", lambda lines: [*lines[:2], b"[]", *lines[2:]], 3, "not one JSON object"),
    ("put in a bare object", lambda lines: [*lines[:2], b"{}", *lines[2:]], 3, "taken out, put in"),
    ("nest too deep", lambda lines: [*lines[:2], b'{"a":' * 9000, *lines[2:]], 3, "not one JSON object"),
    ("spoil the JSON", replaced(3, lambda line: line[:-1]), 3, "not one JSON object"),
    ("spoil the next line's JSON and this prev", lambda lines: [
        lines[0], with_fields(lines[1], prev="1" * 64), b"?", *lines[3:]], 2, "neither the line before nor"),
    ("spoil the UTF-8", replaced(3, lambda line: line.replace(b"op-secret", b"op-\xff")), 3, "in UTF-8"),
    ("write it in UTF-16", replaced(3, lambda line: line.decode().encode("utf-16-le")), 3, "in UTF-8"),
    ("put a mark before it", replaced(1, lambda line: b"\xef\xbb\xbf" + line), 1, "not one JSON object"),
    ("add a line over the limit", lambda lines: [*lines, b'{"a":"' + b"x" * MAX_LINE_BYTES + b'"}'], 7, "longer than 65,536"),
    ("make one over-long", replaced(2, lambda line: line + b" " * MAX_LINE_BYTES), 2, "longer than 65,536"),
    ("end the last with a return", replaced(6, lambda line: line + b"\r"), 6, "canonical form"),
    ("space out the last", replaced(6, lambda line: line.replace(b":", b": ")), 6, "canonical form"),
    ("give the last a new field", replaced(6, lambda line: with_fields(line, more=1)), 6, "canonical form"),
    ("give the last a field twice", replaced(6, lambda line: line[:-1] + b',"seq":6}'), 6, "canonical form"),
    ("give the last a wrong action", replaced(6, lambda line: with_fields(line, action="guess")), 6, "canonical form"),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "number", "told"), [row[1:] for row in ATTACKS], ids=[row[0] for row in ATTACKS])
def test_attack_is_caught_and_its_first_line_named(
    tmp_path: Path, attack: Callable[[Lines], Lines], number: int, told: str
) -> None:
    """Whatever is done to a line before the end, verification names that line and says what it shows."""
    with pytest.raises(VerificationError, match=told) as caught:
        verify(kept(tmp_path, attack(chain(6))))

    assert str(caught.value).startswith(f"line {number} of the audit log: ")
    assert str(caught.value).endswith(f"lines 1 to {number - 1} hold") == (number > 1)


@pytest.mark.parametrize("attack", [row[1] for row in ATTACKS], ids=[row[0] for row in ATTACKS])
def test_error_quotes_nothing_of_the_log(tmp_path: Path, attack: Callable[[Lines], Lines]) -> None:
    """The message and the chain of causes hold numbers and digests only."""
    with pytest.raises(VerificationError) as caught:
        verify(kept(tmp_path, attack(chain(6))))

    assert "op-" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_missing_newline_at_the_end_is_named(tmp_path: Path) -> None:
    """A last line without its newline is not whole, even where all its JSON is there."""
    path = kept(tmp_path, chain(3))
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(VerificationError, match=r"^line 3 of the audit log: it has no newline .*lines 1 to 2 hold$"):
        verify(path)


def test_changed_line_before_the_last_may_also_be_a_changed_prev(tmp_path: Path) -> None:
    """Where no third line decides which of two was changed, the earlier is named and the other mentioned."""
    lines = chain(3)
    lines[2] = with_fields(lines[2], prev="1" * 64)
    with pytest.raises(VerificationError, match=r"^line 2 .*, or the prev of that line was"):
        verify(kept(tmp_path, lines))


def test_log_that_is_gone_proves_nothing(tmp_path: Path) -> None:
    """A missing log fails verification: a workspace has one from its first moment."""
    with pytest.raises(VerificationError, match="so nothing is proven: No such file"):
        verify(tmp_path / "audit.jsonl")


def test_chain_alone_misses_a_cut_tail_and_an_outside_head_catches_it(tmp_path: Path) -> None:
    """After a cut at a line's end the rest verifies; only the head printed in a report shows that more was there."""
    lines = chain(6)
    path = kept(tmp_path, lines[:4])

    assert verify(path).size == 4
    with pytest.raises(
        VerificationError, match="ends at line 4, the given head is of line 6: the end of the log was cut"
    ):
        verify(path, AuditHead(size=6, sha256=digest(lines[-1])))


def test_chain_alone_misses_a_log_written_anew_and_an_outside_head_catches_it(tmp_path: Path) -> None:
    """Who can write the file can write a whole new chain; the head kept elsewhere does not fit it."""
    path = kept(tmp_path, chain(6, actor="op-2"))

    assert verify(path).size == 6
    with pytest.raises(VerificationError, match=r"^line 4 of the audit log: .* the given head says"):
        verify(path, AuditHead(size=4, sha256=digest(chain(4)[-1])))


def test_changed_last_line_is_missed_by_the_chain_alone(tmp_path: Path) -> None:
    """No later line vouches for the last one: a change that keeps its form shows only against a head."""
    lines = chain(3)
    path = kept(tmp_path, [*lines[:2], actor_changed(lines[2])])

    assert verify(path).size == 3
    with pytest.raises(VerificationError, match=r"^line 3 of the audit log"):
        verify(path, AuditHead(size=3, sha256=digest(lines[2])))


@pytest.mark.parametrize("size", [0, 1, 3, 6])
def test_every_earlier_head_is_on_the_chain(tmp_path: Path, size: int) -> None:
    """A head printed at any time before holds as long as the log only grew."""
    lines = chain(6)
    head = AuditHead(size=size, sha256=digest(lines[size - 1]) if size else GENESIS)

    assert verify(kept(tmp_path, lines), head).size == 6


@pytest.mark.parametrize("head", [AuditHead(size=0, sha256="1" * 64), AuditHead(size=-1, sha256=GENESIS)])
def test_head_that_no_log_can_have_is_on_no_chain(tmp_path: Path, head: AuditHead) -> None:
    """An empty head with a digest, or a negative one, is not believed."""
    with pytest.raises(VerificationError, match="the head is of another log"):
        verify(kept(tmp_path, chain(2)), head)


def test_success_says_what_it_does_not_prove() -> None:
    """Without an outside head the limit is named; with one, what is proven is, and from where it is not."""
    verified = AuditHead(size=1200, sha256=GENESIS)
    alone = what_it_proves(verified)
    against = what_it_proves(verified, AuditHead(size=1000, sha256=GENESIS))

    assert "1,200 lines form one unbroken chain" in alone
    assert "cannot show a cut tail" in alone
    assert "Lines 1 to 1,000 are those that stood" in against
    assert "cannot show a cut tail" not in against
    assert all("not that an entry was true" in told for told in (alone, against))


def test_memory_does_not_grow_with_the_log(tmp_path: Path) -> None:
    """A log of some megabytes is walked in a fraction of one."""
    path = kept(tmp_path, chain(8_000))
    tracemalloc.start()
    try:
        verify(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert path.stat().st_size > 1_500_000
    assert peak < 700_000


def test_line_without_end_is_not_read_whole(tmp_path: Path) -> None:
    """A file of one endless line is refused after 64 KiB of it."""
    path = tmp_path / "audit.jsonl"
    path.write_bytes(b"x" * 8_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(VerificationError, match="line 1 of the audit log: it is longer"):
            verify(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 1_000_000


def test_log_that_grows_while_it_is_verified_is_verified_as_it_stood(tmp_path: Path) -> None:
    """What another process appends meanwhile is neither a fault nor waited for."""
    path = kept(tmp_path, chain(2))
    before = verify(path)
    AuditLog(path).append(AuditEvent(at=AT, actor="op-1", action=Action.REQUEST))

    assert verify(path, before).size == 3


def test_an_erasure_that_was_begun_and_not_ended_is_named() -> None:
    """What is gone there is excused by a line that anybody who can write the log could have put there."""
    found = Inspection(
        head=AuditHead(size=2, sha256="0" * 64),
        signed=(),
        reports=Counted(0, 0),
        answers=Counted(0, 1),
        stamps=Stamps(0, 0),
        unfinished=("CASE-7",),
    )
    named = [sentence for sentence in what_holds(found) if "CASE-7" in sentence]

    assert len(named) == 1
    assert "begun and not ended" in named[0]
    assert not any("begun" in sentence for sentence in what_holds(found._replace(unfinished=())))
