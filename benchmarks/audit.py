"""The audit log against its floors, taken in turns: verifying against plain SHA-256 over the same lines, appending against a
bare append with fsync to the same disk. `python -m benchmarks.audit [--lines N]`.

Verifying is the chain, the form of every line, and the RFC 6962 tree. It runs in a process of its own, so that the peak
memory is its own; the second process that hashes the tree of a long log counts too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from footprint.audit.line import GENESIS, LoggedEvent
from footprint.audit.log import AuditLog
from footprint.audit.verify import verify
from footprint.model.event import Action, AuditEvent

APPENDS = 300


def event(number: int) -> AuditEvent:
    """Return an event of the commonest kind, a request, of the size it has in a screening."""
    digest = sha256(str(number).encode()).hexdigest()
    return AuditEvent(
        at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        actor="vetting-officer-7",
        action=Action.REQUEST,
        case="CASE-20261120-c4b05b",
        ids={
            "evidence": "E0007",
            "planned": "mastodon.statuses",
            "record": f"<urn:uuid:{digest[:8]}-f2ed-51a8-8cda-cbc10f0927f7>",
            "source": "mastodon",
        },
        counts={"bytes": number},
        digests={"answer": digest},
        result="200",
    )


def write_log(path: Path, lines: int) -> None:
    """Write a good log without waiting for the disk, so that a million lines take a minute."""
    prev = GENESIS
    with path.open("wb") as file:
        for number in range(1, lines + 1):
            line = LoggedEvent(seq=number, prev=prev, event=event(number)).line()
            prev = sha256(line).hexdigest()
            file.write(line + b"\n")


def hash_lines(path: Path) -> None:
    """Do what any check must at least do: read each line and hash it."""
    with path.open("rb") as file:
        for line in file:
            sha256(line).hexdigest()


def seconds(task: Callable[[], object]) -> float:
    """Return the wall time of a task."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def bare_append(path: Path, line: bytes) -> None:
    """Append and wait for the disk; nothing else."""
    with path.open("ab", buffering=0) as file:
        file.write(line)
        os.fsync(file.fileno())


def measure_appends(folder: Path) -> dict[str, float]:
    """Return the rate of appends and its ratio to bare ones, in turns on the same disk."""
    log, bare = AuditLog(folder / "appended.jsonl"), folder / "bare.jsonl"
    line = LoggedEvent(seq=1, prev=GENESIS, event=event(1)).line() + b"\n"
    ours, floor = [], []
    for number in range(APPENDS):
        made = event(number)
        ours.append(seconds(lambda made=made: log.append(made)))  # type: ignore[misc]  # bound at once
        floor.append(seconds(lambda: bare_append(bare, line)))
    return {
        "append_per_s": round(1 / statistics.median(ours)),
        "append_ratio_to_fsync": round(statistics.median(ours) / statistics.median(floor), 2),
    }


def measure_verifying(path: Path, lines: int) -> dict[str, float]:
    """Return the rate of verifying, its ratio to plain hashing, and the peak memory. For the process of its own."""
    ours, floor = [], []
    for _ in range(5 if lines <= 300_000 else 3):
        floor.append(seconds(lambda: hash_lines(path)))
        ours.append(seconds(lambda: verify(path)))
    return {
        "verify_per_s": round(lines / statistics.median(ours)),
        "verify_ratio_to_sha256": round(statistics.median(ours) / statistics.median(floor), 2),
        "peak_rss_mb": round(sum(map(peak, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))) / 1024, 1),
    }


def peak(who: int) -> int:
    """Return the most memory, in KiB, that this process or one of its children has had."""
    return resource.getrusage(who).ru_maxrss


def measure(lines: int = 200_000) -> dict[str, object]:
    """Print a table and return the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "audit.jsonl")
        write_log(path, lines)
        command = [sys.executable, "-m", "benchmarks.audit", "--lines", str(lines), "--walk", str(path)]
        walked = subprocess.run(command, check=True, capture_output=True, text=True)
        figures = {"lines": lines, **measure_appends(Path(scratch)), **json.loads(walked.stdout)}
    for name, value in figures.items():
        print(f"{name:<24} {value:>12,}")
    print(json.dumps({"audit": figures}))
    return figures


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=200_000)
    options.add_argument("--walk", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.walk:
        print(json.dumps(measure_verifying(chosen.walk, chosen.lines)))
    else:
        measure(chosen.lines)
