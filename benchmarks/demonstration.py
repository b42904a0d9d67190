"""A desk and an order for the demonstration's candidate, in a folder that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from footprint.admission import Desk, Order
from footprint.audit.log import AuditLog
from footprint.cli.demo import counted_token
from footprint.demo.clock import DemoClock
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace

DEMO = files("footprint.demo")


@contextmanager
def desk_in(folder: Path) -> Iterator[tuple[Desk, Order]]:
    """Make a workspace in a new folder, with the profile and the consent beside it."""
    folder.mkdir(exist_ok=True)
    for name in ("profile.toml", "consent.toml"):
        (folder / name).write_bytes(DEMO.joinpath(name).read_bytes())
    settings, policy = (DEMO.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    with Workspace.create(folder / "workspace", settings, policy) as workspace:
        log = AuditLog(workspace.audit_path)
        desk = Desk(workspace, log, Cases(workspace.database()), DemoClock(), counted_token(), demonstration=True)
        yield desk, Order(profile=folder / "profile.toml", consent=folder / "consent.toml")
