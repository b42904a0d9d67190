"""The whole check of a workspace's log: chain, tree, signed heads, what an auditor holds outside, reports and evidence.

What the log speaks of lies in other rooms: it is asked for through `Holdings`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from footprint.audit.checkpoint import Checkpoint, check_signed, require_held, signed_sizes
from footprint.audit.key import PUBLIC, VERIFIER, PublicKey, public_key
from footprint.audit.line import parse, raw_lines
from footprint.audit.stamp import Stamps, check_stamps
from footprint.audit.verify import require_head
from footprint.audit.walk import Walk, walk
from footprint.errors import VerificationError
from footprint.model.event import Action
from footprint.model.report import AuditHead

ERASED, PRUNED = "case.erased", "case.pruned"
"""After the first everything about a case may be gone; after the second its captures, and nothing else."""


@dataclass(frozen=True)
class Outside:
    """What an auditor holds that was not kept with the log."""

    head: AuditHead | None = None
    checkpoint: bytes | None = None
    """A signed note."""
    key: PublicKey | None = None
    """None: the key that lies beside the log is taken, and whoever can write there can replace it."""
    authorities: bytes | None = None
    """Certificates of the time-stamp authorities that are trusted, in PEM; None: stamps are counted, not checked."""


@dataclass(frozen=True)
class Holdings:
    """Where the things lie that the log holds digests of."""

    document: Callable[[str, str], bytes | None]
    """Returns a file of a case by name; None where it is not there."""
    answers: Callable[[str], Mapping[str, str] | None]
    """Returns, by evidence id, the commitment made again from what was kept of a case; None where the case is not there."""


class Counted(NamedTuple):
    """Things that the log speaks of."""

    hold: int
    """They are there, and are what the log says."""
    gone: int
    """They were erased, and the log says that too."""


class Inspection(NamedTuple):
    """What was found to hold."""

    head: AuditHead
    signed: tuple[Checkpoint, ...]
    """Smallest first."""
    reports: Counted
    answers: Counted
    stamps: Stamps
    unfinished: tuple[str, ...] = ()
    """Cases whose erasure or pruning was begun and never ended."""


def inspect(log: Path, holdings: Holdings, outside: Outside = Outside()) -> Inspection:
    """Check everything that can be checked, and return what holds.

    1. The chain and the tree, from the first line.
    2. Each checkpoint: the key's signature as a note and for SSH, and the root over the lines it covers.
    3. The head and the checkpoint that an auditor holds.
    4. The time stamps over the checkpoints.
    5. The last report of each case, and the answers that were kept, against the digests and commitments in the log.

    Raises VerificationError for the first that does not hold: what it is, and what that shows.
    """
    key = _key(log, outside)
    held = _held(outside.checkpoint, key) if outside.checkpoint is not None and key is not None else None
    sizes = signed_sizes(log)
    marks = (*sizes, *(known.size for known in (outside.head, held) if known is not None))
    walked = walk(log, marks)  # (1)
    signed = check_signed(log, sizes, walked, key) if key else ()  # (2)
    if outside.head is not None:
        require_head(walked, outside.head)  # (3)
    if held is not None:
        require_held(walked, held, "the given checkpoint")
    stamps = check_stamps(log, signed, outside.authorities)  # (4)
    reports, answers, unfinished = _check_kept(log, holdings)  # (5)
    return Inspection(_named(walked, key), signed, reports, answers, stamps, unfinished)


def what_holds(found: Inspection, outside: Outside = Outside()) -> Iterator[str]:
    """Yield what a success proves and what it does not, in plain sentences for the auditor."""
    yield (
        f"The {found.head.size:,} lines form one unbroken chain: none before the last was changed, taken out, put in or "
        "moved, unless whoever did it wrote every later line anew."
    )
    yield from _of_signatures(found, outside)
    covered = max(_sizes_held(outside), default=None)
    if covered is None:
        yield (
            "The log and its checkpoints cannot show a tail that was cut together with the checkpoints over it, and "
            "nothing here binds whoever holds the signing key: compare with a head or checkpoint that was kept outside, "
            "such as the one printed in a report."
        )
    else:
        yield (
            f"Lines 1 to {covered:,} are those that stood when what you hold was taken: nothing there was cut or written "
            f"anew. Of what was cut after line {covered:,}, it says nothing."
        )
    yield (
        f"Reports that are the ones issued: {found.reports.hold}; erased: {found.reports.gone}. "
        f"Answers kept that are the ones received: {found.answers.hold}; erased: {found.answers.gone}."
    )
    if found.unfinished:
        yield (
            f"Erasures and prunings begun and not ended: {', '.join(found.unfinished)}. What is gone there is excused by a "
            "line that says it was begun: run them again, or ask who began them."
        )
    yield from _of_stamps(found.stamps)
    yield "All this proves order and permanence, not that an entry was true when it was written."


def _of_signatures(found: Inspection, outside: Outside) -> Iterator[str]:
    if not found.signed:
        yield "No head of it is signed: whoever can write the file could have cut its end or written it anew."
        return
    last = found.signed[-1].size
    yield (
        f"Signed heads: {len(found.signed)}, the last over lines 1 to {last:,}: without the signing key nobody could "
        f"have written those lines anew. Lines after {last:,}: {found.head.size - last:,}, not yet signed."
    )
    if outside.key is None:
        yield "The public key was taken from beside the log: hold it against one that you were given (--key)."


def _of_stamps(stamps: Stamps) -> Iterator[str]:
    if stamps.hold:
        yield f"Time stamps that hold: {stamps.hold}. Those heads existed at the times that the authorities give."
    if stamps.unchecked:
        yield f"Time stamps not checked: {stamps.unchecked}. Give the authorities' certificates with --tsa-ca."


def _sizes_held(outside: Outside) -> Iterator[int]:
    if outside.head is not None:
        yield outside.head.size
    if outside.checkpoint is not None:
        yield int(outside.checkpoint.split(b"\n")[1])


def _key(log: Path, outside: Outside) -> PublicKey | None:
    """Return the key to check by, None where nothing is signed; that beside the log must be it, in both its forms."""
    is_signed = bool(signed_sizes(log))
    if outside.key is not None and not is_signed:
        raise VerificationError("no signed head lies beside the log: they were taken away, or it was never signed")
    if not is_signed and outside.checkpoint is None:
        return None
    beside = public_key(log)
    if outside.key not in (None, beside):
        raise VerificationError(
            "the public key beside the log is not the one that was given: the log was signed anew with another key, "
            "or it is another log"
        )
    if log.with_name(PUBLIC).read_bytes() != beside.line:
        raise VerificationError(f"{PUBLIC} is not as footprint writes it: it was changed")
    verifier = log.with_name(VERIFIER)
    if verifier.exists() and verifier.read_bytes() != beside.verifier.encode() + b"\n":
        raise VerificationError(f"{VERIFIER} is not the same key as {PUBLIC}: one of them was changed")
    return beside


def _held(note: bytes, key: PublicKey) -> Checkpoint:
    try:
        return Checkpoint.open(note, key)
    except VerificationError as error:
        raise VerificationError(f"the given checkpoint: {error}") from error


def _named(walked: Walk, key: PublicKey | None) -> AuditHead:
    return walked.head.but(origin=key.origin) if key else walked.head


def _check_kept(log: Path, holdings: Holdings) -> tuple[Counted, Counted, tuple[str, ...]]:
    """(5) Hold what lies in the workspace against what the log says of it."""
    answers, ended = _Answers(holdings), _Ended()
    issued: dict[str, tuple[int, Mapping[str, str]]] = {}
    for number, raw in enumerate(raw_lines(log), start=1):
        event = _Event(parse(raw))
        if event.action in (ERASED, PRUNED):
            ended.note(number, event)
        elif event.action == Action.REPORTED:
            issued[event.case] = (number, event.digests)
        elif "answer" in event.digests and event.evidence:
            answers.check(number, event)
    _check_reports(ended.excerpts, ended.erased, holdings)
    reports = _check_reports(issued, ended.erased, holdings)
    return reports, answers.counted(ended.erased | ended.pruned), tuple(sorted(ended.unfinished))


class _Ended:
    """The cases that were erased or pruned, as the log has it."""

    def __init__(self) -> None:
        self.erased: set[str] = set()
        self.pruned: set[str] = set()
        self.unfinished: set[str] = set()
        self.excerpts: dict[str, tuple[int, Mapping[str, str]]] = {}
        """Of a pruned case the digest of what stays: the answers behind its findings."""

    def note(self, number: int, event: _Event) -> None:
        """Take one event into account. One that was begun and cut short excuses what is gone, and is named."""
        (self.erased if event.action == ERASED else self.pruned).add(event.case)
        if event.result == "begun":
            self.unfinished.add(event.case)
        else:
            self.unfinished.discard(event.case)
        if event.action == PRUNED and event.digests:
            self.excerpts[event.case] = (number, event.digests)


class _Answers:
    """The answers that the log speaks of, held against what was kept."""

    def __init__(self, holdings: Holdings) -> None:
        self._kept = lru_cache(maxsize=4)(holdings.answers)
        self._missing: dict[str, list[tuple[int, str]]] = {}
        self._hold = 0

    def check(self, number: int, event: _Event) -> None:
        """Raise VerificationError where an answer that is there is another; note where one is missing."""
        kept = (self._kept(event.case) or {}).get(event.evidence)
        if kept is None:
            self._missing.setdefault(event.case, []).append((number, event.evidence))
        elif kept != event.digests["answer"]:
            raise _not_received(number, event.evidence, event.case)
        else:
            self._hold += 1

    def counted(self, erased: set[str]) -> Counted:
        """Return the counts. Raises VerificationError where one is missing that nobody erased."""
        for case, places in self._missing.items():
            if case not in erased:
                raise _not_received(*places[0], case)
        return Counted(self._hold, sum(map(len, self._missing.values())))


def _not_received(number: int, evidence: str, case: str) -> VerificationError:
    return VerificationError(
        f"line {number} of the audit log: {evidence} of {case} is not the answer that was received: "
        "its record in the WARC file, its row in the database or the case's salt was changed or is gone"
    )


def _check_reports(
    issued: Mapping[str, tuple[int, Mapping[str, str]]], erased: set[str], holdings: Holdings
) -> Counted:
    hold = gone = 0
    for case, (number, digests) in issued.items():
        for name, digest in digests.items():
            content = holdings.document(case, name)
            if content is None and case in erased:
                gone += 1
                continue
            if content is None or hashlib.sha256(content).hexdigest() != digest:
                what = "is missing" if content is None else "is not the file that was issued: it was changed"
                raise VerificationError(f"line {number} of the audit log: {name} of {case} {what}")
            hold += 1
    return Counted(hold, gone)


class _Event:
    """The few fields of a line that this check reads; the chain has vouched for the line."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        digests, ids = fields.get("digests"), fields.get("ids")
        self.action = str(fields.get("action"))
        self.case = str(fields.get("case"))
        self.result = str(fields.get("result"))
        self.digests: dict[str, str] = dict(digests) if isinstance(digests, dict) else {}
        self.evidence = str(ids.get("evidence", "")) if isinstance(ids, dict) else ""
