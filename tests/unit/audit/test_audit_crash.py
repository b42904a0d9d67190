"""The log against real processes: killed at random moments, and two at once."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from footprint.audit.log import AuditLog, read
from footprint.audit.verify import verify
from footprint.model.event import Action, AuditEvent
from footprint.model.report import AuditHead

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PROCESSES = multiprocessing.get_context("fork")


def append_for_ever(path: Path, acknowledge: Connection, worker: int) -> None:
    number = 0
    while True:
        number += 1
        event = AuditEvent(
            at=AT,
            actor=f"op-{worker}",
            action=Action.REQUEST,
            counts={"n": number},
            result="x" * (37 * number % 400 + 1),
        )
        head = AuditLog(path).append(event)
        acknowledge.send((head.size, head.sha256))


def append_some(path: Path, worker: int, count: int) -> None:
    for number in range(1, count + 1):
        AuditLog(path).append(AuditEvent(at=AT, actor=f"op-{worker}", action=Action.REQUEST, counts={"n": number}))


def killed_while_appending(path: Path, worker: int, seconds: float) -> list[AuditHead]:
    """Let a process append until it is killed; return the heads that it was told stand."""
    receive, send = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=append_for_ever, args=(path, send, worker))
    process.start()
    send.close()
    heads = [AuditHead(size=size, sha256=digest) for size, digest in [receive.recv()]]  # it is at work
    time.sleep(seconds)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(10)
    while True:
        try:
            size, digest = receive.recv()
        except (EOFError, OSError):
            break
        heads.append(AuditHead(size=size, sha256=digest))
    receive.close()
    process.close()
    return heads


def test_kill_at_a_random_moment_loses_no_acknowledged_line(tmp_path: Path) -> None:
    """After each of 20 kills every head that was given out is still on the chain, and the log goes on."""
    path = tmp_path / "audit.jsonl"
    moments = random.Random(20261120)
    for worker in range(20):
        heads = killed_while_appending(path, worker, moments.uniform(0.0, 0.03))
        # Half of the time, as if the kill had come in the middle of the write.
        if worker % 2:
            whole = path.read_bytes()
            last = whole.rstrip(b"\n").rfind(b"\n") + 1
            with path.open("ab") as file:
                file.write(whole[last : moments.randrange(last + 1, len(whole))])
        after = AuditLog(path).append(AuditEvent(at=AT, actor="op-after", action=Action.CASE_RESUMED))

        assert verify(path, heads[0]) == after
        assert verify(path, heads[-1]) == after
    recovered = [logged for logged in read(path) if logged.event.action is Action.LOG_RECOVERED]

    assert len(recovered) >= 10
    assert len(recovered) == len(list(tmp_path.glob("*.torn-*")))


def test_two_processes_append_at_once_without_a_break(tmp_path: Path) -> None:
    """Both write 150 lines into one log: every line is there once, each writer's in its order, in one chain."""
    path = tmp_path / "audit.jsonl"
    processes = [PROCESSES.Process(target=append_some, args=(path, worker, 150)) for worker in (1, 2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    order = [(logged.event.actor, logged.event.counts["n"]) for logged in read(path)]

    assert [process.exitcode for process in processes] == [0, 0]
    assert verify(path).size == 300
    assert [n for actor, n in order if actor == "op-1"] == list(range(1, 151))
    assert [n for actor, n in order if actor == "op-2"] == list(range(1, 151))
