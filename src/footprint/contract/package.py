"""Hold the collectors of an installed plug-in package to the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.metadata import EntryPoint
from typing import NamedTuple

from footprint.clock import Clock
from footprint.collectors.catalog import collector, manifest, plugin_folder, plugins
from footprint.contract.cases import cases_of, run
from footprint.contract.fixtures import Fixtures
from footprint.contract.wall import leads_outside
from footprint.errors import InputError
from footprint.sources.trial import Room

FOLDER = "fixtures"
"""Beside the plug-in's module: one folder of answers a source."""


class Held(NamedTuple):
    """One line of the contract, and what does not hold of it."""

    source: str
    case: str
    problems: tuple[str, ...]


async def hold(package: str, clock: Clock) -> AsyncIterator[Held]:
    """Yield every line of the contract for every collector of an installed package.

    Raises InputError where the package is not installed, names no collector, or lacks its manifest or its answers.
    """
    entries = _entries(package)
    with Room(clock) as room:
        for entry in entries:
            folder = plugin_folder(entry)
            manifest(entry.name)  # raises where it does not hold
            fixtures = Fixtures(folder / FOLDER / entry.name)
            for path in sorted(folder.rglob("*.py")):
                yield Held(entry.name, f"the wall: {path.name}", leads_outside(path))
            reader = collector(entry.name)
            for case in cases_of(reader):
                ran = await run(reader, fixtures, case, room=room, clock=clock)
                yield Held(entry.name, case, ran.problems)


def _entries(package: str) -> list[EntryPoint]:
    wanted = _plain(package)
    found = [entry for entry in plugins().values() if entry.dist is not None and _plain(entry.dist.name) == wanted]
    if not found:
        raise InputError(
            where=package,
            expected="an installed package with an entry point in the group footprint.collectors, whose name begins with x-",
        )
    return sorted(found, key=lambda entry: entry.name)


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
