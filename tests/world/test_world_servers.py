"""The servers themselves: each has a session of its own, and is ended whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.world

WORLD = Path(__file__).parent

STARTED = """
. ./common.sh
start_server probe 1 bash -c 'sleep 300 & echo $! >"$0"; wait' "$1"
for _ in $(seq 100); do [ -s "$1" ] && break; sleep 0.1; done
read -r leader _ <"$RUN/probe.pid"
group_lives "$leader" && echo "lives $leader $(cat "$1")"
stop_server probe
group_lives "$leader" || echo ended
"""


@pytest.mark.usefixtures("_alone")
def test_a_server_is_ended_with_its_workers(tmp_path: Path) -> None:
    """PHP's workers outlive a parent that was killed, and would answer the next tests: the whole session is ended."""
    done = subprocess.run(
        ["bash", "-c", STARTED, "probe", str(tmp_path / "worker")],
        cwd=WORLD,
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    (lives, ended) = done.stdout.splitlines()
    worker = int(lives.split()[-1])

    assert lives.startswith("lives")
    assert ended == "ended"
    assert not _runs(worker)


def _runs(pid: int) -> bool:
    """Say whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
