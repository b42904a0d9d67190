"""Whatever happens to a log's bytes before its end fails verification; at its end, only an outside head shows it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from footprint.audit.line import GENESIS, LoggedEvent, parse, raw_line
from footprint.audit.log import AuditLog, read
from footprint.audit.tree import Frontier, Tree, grew, includes, leaf_hash
from footprint.audit.verify import verify
from footprint.audit.walk import PLAIN_LINE
from footprint.errors import VerificationError
from footprint.model.event import Action, AuditEvent
from footprint.model.record import canonical_json
from footprint.model.report import AuditHead

UNHURRIED = settings(deadline=None, max_examples=60)
"""Other jobs on the machine are no fault of the log."""
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda text: text.strip()
)
EVENTS = st.builds(
    AuditEvent,
    at=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    actor=WORDS,
    action=st.sampled_from(Action),
    demonstration=st.booleans(),
    ids=st.dictionaries(WORDS, WORDS, max_size=3),
    counts=st.dictionaries(WORDS, st.integers(-(10**30), 10**30), max_size=3),
    result=st.none() | WORDS,
)


def chain(events: list[AuditEvent]) -> list[bytes]:
    lines: list[bytes] = []
    for seq, event in enumerate(events, start=1):
        prev = hashlib.sha256(lines[-1]).hexdigest() if lines else GENESIS
        lines.append(LoggedEvent(seq=seq, prev=prev, event=event).line())
    return lines


CHAINS = st.lists(EVENTS, min_size=2, max_size=6).map(chain)


def head_of(lines: list[bytes]) -> AuditHead:
    return AuditHead(size=len(lines), sha256=hashlib.sha256(lines[-1]).hexdigest() if lines else GENESIS)


def verified(content: bytes, head: AuditHead | None = None) -> AuditHead:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.jsonl"
        path.write_bytes(content)
        return verify(path, head)


def fails(content: bytes, head: AuditHead | None = None) -> bool:
    try:
        verified(content, head)
    except VerificationError:
        return True
    return False


def joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENTS, max_size=6))
def test_what_is_appended_verifies_and_reads_back(events: list[AuditEvent]) -> None:
    """Any events, appended, form a chain whose every head holds and which reads back as it was."""
    with tempfile.TemporaryDirectory() as folder:
        log = AuditLog(Path(folder) / "audit.jsonl")
        heads = [log.append(event) for event in events]

        assert all(verify(Path(folder) / "audit.jsonl", head) == heads[-1] for head in heads)
        assert [logged.event for logged in (read(Path(folder) / "audit.jsonl") if events else ())] == events


@UNHURRIED
@given(CHAINS, st.data())
def test_flipped_byte_before_the_last_line_fails(lines: list[bytes], data: st.DataObject) -> None:
    """Any one byte changed to any other, newlines included, in any line but the last."""
    content = bytearray(joined(lines))
    at = data.draw(st.integers(0, len(joined(lines[:-1])) - 1))
    content[at] ^= data.draw(st.integers(1, 255))

    assert fails(bytes(content))


@UNHURRIED
@given(CHAINS, st.data())
def test_flipped_byte_in_the_last_line_fails_against_the_head(lines: list[bytes], data: st.DataObject) -> None:
    """In the last line a change that keeps its form passes the chain alone; the outside head catches every one."""
    content = bytearray(joined(lines))
    at = data.draw(st.integers(len(joined(lines[:-1])), len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))

    assert fails(bytes(content), head_of(lines))


@UNHURRIED
@given(CHAINS, st.data())
def test_dropped_line_before_the_last_fails(lines: list[bytes], data: st.DataObject) -> None:
    """Any run of lines taken out before the last one."""
    first = data.draw(st.integers(0, len(lines) - 2))
    after = data.draw(st.integers(first + 1, len(lines) - 1))

    assert fails(joined(lines[:first] + lines[after:]))


@UNHURRIED
@given(CHAINS, st.integers(0, 5))
def test_cut_at_a_line_end_passes_alone_and_fails_against_the_head(lines: list[bytes], left: int) -> None:
    """Honestly: a log cut after a whole line is a good log; only a head kept outside says that there was more."""
    assume(left < len(lines))
    content = joined(lines[:left])

    assert verified(content) == head_of(lines[:left])
    assert fails(content, head_of(lines))


@UNHURRIED
@given(CHAINS, st.data())
def test_cut_inside_a_line_fails(lines: list[bytes], data: st.DataObject) -> None:
    """A cut anywhere but at the end of a line leaves a line without its newline."""
    content = joined(lines)
    cut = data.draw(st.integers(1, len(content) - 1))
    assume(content[cut - 1 : cut] != b"\n")

    assert fails(content[:cut])


@UNHURRIED
@given(CHAINS, st.data())
def test_swapped_lines_fail(lines: list[bytes], data: st.DataObject) -> None:
    """Any order of the lines but the one they were written in."""
    order = data.draw(st.permutations(range(len(lines))))
    assume(order != list(range(len(lines))))

    assert fails(joined([lines[place] for place in order]))


@UNHURRIED
@given(CHAINS, st.data())
def test_repeated_line_fails(lines: list[bytes], data: st.DataObject) -> None:
    """Any line once more, at any place."""
    line = data.draw(st.sampled_from(lines))
    place = data.draw(st.integers(0, len(lines)))

    assert fails(joined([*lines[:place], line, *lines[place:]]))


@UNHURRIED
@given(CHAINS, st.data())
def test_line_put_in_before_the_last_fails(lines: list[bytes], data: st.DataObject) -> None:
    """Any text, or an audit line made to fit the one before it, put in at any place before the last line."""
    place = data.draw(st.integers(0, len(lines) - 1))
    forged = chain([*(LoggedEvent.of(line).event for line in lines[:place]), data.draw(EVENTS)])[-1]
    line = data.draw(st.just(forged) | st.binary(max_size=60))

    assert fails(joined([*lines[:place], line, *lines[place:]]))


@settings(max_examples=60, deadline=None)
@given(CHAINS, st.binary(min_size=1, max_size=300))
def test_anything_that_a_crash_may_leave_is_kept_or_refused(lines: list[bytes], rest: bytes) -> None:
    """Whatever follows the last line, an append sets it aside byte for byte and goes on, or refuses and changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.jsonl"
        path.write_bytes(joined(lines) + rest)
        event = AuditEvent(at=datetime(2026, 11, 20, tzinfo=UTC), actor="op-1", action=Action.REQUEST)
        if b"\n" in rest[:-1]:
            with pytest.raises(VerificationError):
                AuditLog(path).append(event)
            assert path.read_bytes() == joined(lines) + rest
            return
        head = AuditLog(path).append(event)

        assert verify(path, head_of(lines)) == head
        assert (Path(folder) / "audit.jsonl.torn-1").read_bytes() == rest


def test_line_of_a_chain_is_json_that_any_tool_reads() -> None:
    """A line parses with a stock JSON reader and carries its place."""
    event = AuditEvent(at=datetime(2026, 11, 20, tzinfo=UTC), actor="op-1", action=Action.PLANNED)

    assert json.loads(chain([event])[0])["seq"] == 1


LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=40).map(lambda lines: [leaf_hash(line) for line in lines])


@UNHURRIED
@given(LEAVES, st.data())
def test_every_leaf_is_proven_and_a_flipped_proof_is_not(leaves: list[bytes], data: st.DataObject) -> None:
    """In a tree of any size each leaf's proof holds; with one bit of leaf, root or proof flipped it does not."""
    tree = Tree(leaves)
    index = data.draw(st.integers(0, len(leaves) - 1))
    parts = [leaves[index], tree.root(), *tree.inclusion(index)]
    flipped = list(parts)
    place = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped[place] = (int.from_bytes(parts[place]) ^ 1 << bit).to_bytes(32)

    assert includes(parts[0], index, size=len(leaves), root=parts[1], proof=parts[2:])
    assert not includes(flipped[0], index, size=len(leaves), root=flipped[1], proof=flipped[2:])


@UNHURRIED
@given(LEAVES, st.data())
def test_growth_is_proven_and_a_rewrite_is_not(leaves: list[bytes], data: st.DataObject) -> None:
    """Any earlier size is shown to be of the same log; a log with one earlier leaf changed has no proof from it."""
    tree = Tree(leaves)
    old = data.draw(st.integers(1, len(leaves)))
    changed = list(leaves)
    changed[data.draw(st.integers(0, old - 1))] = leaf_hash(b"another line")
    other = Tree(changed)

    assert grew(old, tree.root(old), size=len(leaves), root=tree.root(), proof=tree.consistency(old))
    assert not grew(old, tree.root(old), size=len(leaves), root=other.root(), proof=other.consistency(old))


@UNHURRIED
@given(LEAVES, st.data())
def test_frontier_and_tree_agree_however_the_leaves_come(leaves: list[bytes], data: st.DataObject) -> None:
    """Cut into any pieces, the leaves give the root of the whole tree."""
    cut = data.draw(st.integers(0, len(leaves)))
    frontier = Frontier()
    frontier.extend(leaves[:cut])

    assert frontier.root() == Tree(leaves).root(cut)
    frontier.extend(leaves[cut:])
    assert frontier.root() == Tree(leaves).root()


@UNHURRIED
@given(CHAINS, st.data())
def test_plain_form_is_taken_only_by_what_the_reader_takes(lines: list[bytes], data: st.DataObject) -> None:
    """Whatever the expression for plain lines accepts is one JSON object with that prev and seq: quicker, not laxer."""
    content = bytearray(joined(lines))
    for _ in range(data.draw(st.integers(0, 2))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(32, 126))
    for found in PLAIN_LINE.finditer(bytes(content)):
        line = found[0][:-1]
        if line.isascii() and b"\\" not in line and not any(byte < 32 for byte in line):
            fields = parse(line)

            assert (str(fields["prev"]).encode(), str(fields["seq"]).encode()) == found.groups()


KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(EVENTS, st.dictionaries(KEYS, WORDS, max_size=5), st.lists(WORDS, max_size=3))
def test_line_is_written_as_canonical_json(event: AuditEvent, ids: dict[str, str], more: list[str]) -> None:
    """Whatever texts, keys, numbers and times an event holds, its line is the sorted, compact JSON of its fields."""
    happened = event.but(ids=ids, digests=dict.fromkeys(more, GENESIS))

    assert raw_line(happened, 7, GENESIS) == canonical_json(
        {**happened.model_dump(mode="json"), "seq": 7, "prev": GENESIS}
    )
