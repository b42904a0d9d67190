"""The catalogue, the manifests, and the walls around the collectors."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import footprint.collectors
from footprint.collectors.catalog import COLLECTORS, collector, manifest
from footprint.collectors.interface import Collector, Manifest
from footprint.errors import InputError
from footprint.model.candidate import IdentifierKind

FOLDER = Path(footprint.collectors.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
OURS = ("footprint.model.", "footprint.errors", "footprint.collectors.", "footprint.web.html", "footprint.web.feed")
FORBIDDEN = frozenset(
    ("os", "socket", "ssl", "http", "urllib", "asyncio", "subprocess", "httpx", "bs4", "lxml", "requests", "logging")
)


@pytest.mark.parametrize("source", COLLECTORS)
def test_a_manifest_validates_and_names_its_collector(source: str) -> None:
    """Each manifest is valid, has the id of its file and reads the kind of the same name."""
    found = manifest(source)

    assert isinstance(found, Manifest)
    assert (found.id, found.consumes) == (source, (IdentifierKind(source),))
    assert found.documentation.startswith("https://")


@pytest.mark.parametrize("source", COLLECTORS)
def test_a_collector_is_made_by_its_id(source: str) -> None:
    """The catalogue makes the collector, and it carries its manifest."""
    made = collector(source)

    assert isinstance(made, Collector)
    assert made.manifest == manifest(source)


def test_every_kind_of_identifier_has_a_collector() -> None:
    """No identifier that a profile may name is without a reader."""
    assert set(COLLECTORS) == {str(kind) for kind in IdentifierKind}


def test_every_manifest_in_the_folder_is_in_the_catalogue() -> None:
    """A manifest that nobody can ask for would be a promise that is not kept."""
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(COLLECTORS)


@pytest.mark.parametrize("asked", [manifest, collector])
def test_an_unknown_source_is_refused(asked: object) -> None:
    """A source that nobody reads is bad input, whatever is asked of it."""
    assert callable(asked)
    with pytest.raises(InputError, match="one of website"):
        asked("../secrets")


def test_a_collector_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue hands out collectors only."""
    monkeypatch.setitem(COLLECTORS, "mastodon", "Finger")

    with pytest.raises(TypeError, match="is not a collector"):
        collector("mastodon")


def test_a_manifest_is_read_without_its_collector() -> None:
    """`footprint sources` needs no HTML parser."""
    script = (
        "import sys; from footprint.collectors.catalog import manifest; manifest('mastodon');"
        "print('footprint.collectors.mastodon' in sys.modules, 'trafilatura' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("path", MODULES, ids=[path.stem for path in MODULES])
def test_a_collector_imports_nothing_that_leads_outside(path: Path) -> None:
    """A collector has no way out but the fetch it is given."""
    for name in imported(ast.parse(path.read_text("utf-8"))):
        assert name.partition(".")[0] not in FORBIDDEN
        assert not name.startswith("footprint") or name.startswith(OURS)


def test_the_check_of_imports_sees_a_planted_one() -> None:
    """The test above would fail for a planted import."""
    assert "httpx" in set(imported(ast.parse("def f():\n    import httpx")))


def imported(tree: ast.AST) -> list[str]:
    """Every module that a file imports, at any depth."""
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    from_ = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return plain + from_
