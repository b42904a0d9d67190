"""Ctrl-C at a real process: what was read is kept, and --resume goes on."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from footprint.store.cases import Cases, CaseState
from footprint.store.workspace import Workspace


def lasting(folder: Path) -> None:
    """Take the dates out of the examples, so that this test does not end with them."""
    for name, field in (("example-consent.toml", "expires"), ("policy.toml", "review_due")):
        text = (folder / name).read_text(encoding="utf-8")
        later = "2099-01-01T00:00:00Z" if field == "expires" else "2099-01-01"
        (folder / name).write_text(re.sub(rf"{field} = \S+", f"{field} = {later}", text), encoding="utf-8")


def test_ctrl_c_keeps_the_case_and_says_how_to_go_on(tmp_path: Path, call) -> None:
    """A server that never answers is left with Ctrl-C: exit 130, a stopped case, an intact log, and a word on --resume."""
    folder = tmp_path / "w"
    call("init", folder)
    lasting(folder)
    silent = socket.create_server(("127.0.0.1", 0))
    pins = [
        word
        for host in ("maraquill", "social", "wiki", "code", "courier")
        for word in ("--loopback", f"{host}.example=127.0.0.1:{silent.getsockname()[1]}")
    ]
    words = [
        "screen",
        folder / "example-profile.toml",
        "--consent",
        folder / "example-consent.toml",
        "--workspace",
        folder,
    ]
    command = [sys.executable, "-m", "footprint", *map(str, words), *pins]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        silent.settimeout(30)
        connection, _ = silent.accept()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    connection.close()
    silent.close()

    assert process.returncode == 130, err
    assert "--resume" in err
    with Workspace.open(folder) as workspace:
        assert [case.state for case in Cases(workspace.database()).list()] == [CaseState.STOPPED]
    assert call("audit", "verify", "--workspace", folder).code == 0
