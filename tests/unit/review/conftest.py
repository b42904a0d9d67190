"""A workspace with a case under review."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from review_samples import Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A workspace that holds the invented case."""
    made = Place(tmp_path)
    yield made
    made.workspace.close()
