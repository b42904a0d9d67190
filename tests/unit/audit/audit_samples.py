"""A small signed log with two cases, two checkpoints, reports and answers, for the tests that attack one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from footprint.audit.checkpoint import checkpoint
from footprint.audit.inspection import Holdings, Outside, inspect
from footprint.audit.key import SigningKey, signing_key
from footprint.audit.line import GENESIS, LoggedEvent
from footprint.audit.log import AuditLog
from footprint.model.event import Action, AuditEvent

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SEED = "5a" * 32
REPORTS = {("CASE-1", "report.json"): b'{"case":"CASE-1"}', ("CASE-2", "report.json"): b'{"case":"CASE-2"}'}
ANSWERS = {"CASE-1": {"E0001": "a1" * 32, "E0002": "a2" * 32}, "CASE-2": {"E0001": "b1" * 32}}


def token(size: int) -> str:
    return SEED[: 2 * size]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def event(action: Action = Action.REQUEST, case: str | None = None, **fields: object) -> AuditEvent:
    return AuditEvent.model_validate({"at": AT, "actor": "op-1", "action": action, "case": case, **fields})


def events_of(case: str) -> list[AuditEvent]:
    """Everything that one case writes."""
    report = REPORTS[case, "report.json"]
    return [
        event(Action.CASE_OPENED, case),
        *(event(case=case, ids={"evidence": id_}, digests={"answer": made}) for id_, made in ANSWERS[case].items()),
        event(case=case, digests={"answer": "c0" * 32}, result="unknown:timeout"),
        event(Action.REPORTED, case, digests={"report.json": sha(report)}),
        event(Action.CASE_DONE, case),
    ]


def chained(events: Iterable[AuditEvent]) -> list[bytes]:
    """The raw lines of a good log."""
    lines: list[bytes] = []
    for seq, happened in enumerate(events, start=1):
        lines.append(LoggedEvent(seq=seq, prev=sha(lines[-1]) if lines else GENESIS, event=happened).line())
    return lines


def rechained(lines: Iterable[bytes]) -> list[bytes]:
    """The same events as a log that was rebuilt."""
    return chained(LoggedEvent.of(line).event for line in lines)


def lines_of(log: Path) -> list[bytes]:
    return log.read_bytes().splitlines()


def write(log: Path, lines: Iterable[bytes]) -> None:
    log.write_bytes(b"".join(line + b"\n" for line in lines))


def signed_log(folder: Path) -> Path:
    """A log of two cases, signed at the end of each."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "audit.jsonl"
    for case in ANSWERS:
        for happened in events_of(case):
            AuditLog(log).append(happened)
        checkpoint(log, key_of(log))
    return log


def key_of(log: Path) -> SigningKey:
    return signing_key(log, token)


def holdings(**changes: object) -> Holdings:
    """What the two cases keep."""
    kept = {"document": lambda case, name: REPORTS.get((case, name)), "answers": ANSWERS.get, **changes}
    return Holdings(**kept)  # type: ignore[arg-type]


def holds(log: Path, outside: Outside = Outside(), kept: Holdings | None = None) -> None:  # noqa: B008
    """Check everything; raise VerificationError for what does not hold."""
    inspect(log, kept or holdings(), outside)
