"""The walls of the house hold: a planted door fails the check."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold a copy of the house against the contracts."""
    code = "import sys; from importlinter.cli import lint_imports_command as c; sys.argv = ['lint-imports', '--no-cache']; c()"
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, check=False, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def test_the_house_as_it_stands_keeps_its_contracts(copy: Path) -> None:
    """Without a planted door every contract is kept."""
    done = linted(copy)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("room", "door"),
    [
        ("collectors/github.py", "import httpx"),
        ("collectors/mastodon.py", "import socket"),
        ("collectors/website.py", "from urllib import request"),
        ("collectors/feed.py", "from footprint.web.client import Client"),
        ("filters/legality.py", "import time"),
        ("model/record.py", "from footprint.web.html import parse_page"),
        ("audit/log.py", "import sqlalchemy"),
        ("report/render.py", "import click"),
        ("store/cases.py", "from footprint.audit.log import AuditLog"),
    ],
)
def test_a_planted_door_fails_the_check(copy: Path, room: str, door: str) -> None:
    """An import that a wall forbids is found."""
    path = copy / "src" / "footprint" / room
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{door}\n", encoding="utf-8")
    done = linted(copy)
    path.write_text(before, encoding="utf-8")

    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout
