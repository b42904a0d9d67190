"""Plain events, short logs and a disk that is full, for the tests of the log itself."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from footprint.audit.log import AuditLog
from footprint.model.event import Action, AuditEvent

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def happening(number: int = 1, **fields: object) -> AuditEvent:
    return AuditEvent.model_validate(
        {"at": AT, "actor": "op-1", "action": Action.REQUEST, "counts": {"number": number}, **fields}
    )


def log_of(path: Path, lines: int) -> AuditLog:
    log = AuditLog(path)
    for number in range(1, lines + 1):
        log.append(happening(number))
    return log


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """Let the system refuse to write any file beyond `size` bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
