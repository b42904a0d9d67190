"""What many tests stand on: a workspace with the demonstration's files and clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answers import DEMO
from footprint.admission import Desk, Order
from footprint.audit.log import AuditLog, read
from footprint.cli.demo import counted_token
from footprint.demo.clock import DemoClock
from footprint.model.event import AuditEvent
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace

# No test may write into the keyring of whoever runs it; the programs that tests start inherit this.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

TOOLS = ("ssh-keygen", "openssl")
"""Programs that others wrote, with which some tests check what we write. A machine without them runs the other tests."""
LACKING = [tool for tool in TOOLS if shutil.which(tool) is None]
WITH_TOOLS = ["audit_attacks", "audit_signing", "audit_stamp"]
collect_ignore = [*(f"unit/audit/test_{name}.py" for name in WITH_TOOLS), "cli/test_cli_audit.py"] if LACKING else []


def pytest_report_header() -> str:
    """Say what was left out, so that it is not taken for checked."""
    return (
        f"left out, for want of {', '.join(LACKING)}: {', '.join(collect_ignore)}"
        if LACKING
        else "stock tools: all here"
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A new workspace with the demonstration's settings and policy."""
    settings, policy = (DEMO.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    with Workspace.create(tmp_path / "workspace", settings, policy, salt=bytes(32)) as made:
        yield made


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    """A desk in that workspace, with the demonstration's clock and counted tokens."""
    return Desk(
        workspace=workspace,
        log=AuditLog(workspace.audit_path),
        cases=Cases(workspace.database()),
        clock=DemoClock(),
        token=counted_token(),
        demonstration=True,
    )


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """The demonstration's profile and consent, copied to where a test may change them."""
    for name in ("profile.toml", "consent.toml"):
        (tmp_path / name).write_bytes(DEMO.joinpath(name).read_bytes())
    return Order(profile=tmp_path / "profile.toml", consent=tmp_path / "consent.toml")


@pytest.fixture
def events(desk: Desk) -> Callable[[], list[AuditEvent]]:
    """What the audit log holds."""
    return lambda: [logged.event for logged in read(desk.workspace.audit_path)]
