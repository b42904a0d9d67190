"""Plug-ins are found by their entry points, and what they are is read from a file, never by running them."""

from __future__ import annotations

from pathlib import Path

import pytest

from footprint.collectors.catalog import collector, manifest, plugins, sources
from footprint.errors import InputError

EXAMPLE = Path(__file__).parents[3] / "examples" / "footprint-collector-example" / "src" / "footprint_paperboat"
MANIFEST = (EXAMPLE / "x-paperboat.toml").read_text("utf-8")


@pytest.fixture
def plug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a package on the path: its entry points, its manifest, and a module that must not be imported."""

    def put(manifest: str | None, *, entries: str = "x-paperboat = boats.collector:Paperboat") -> None:
        about, module = tmp_path / "boats-1.0.dist-info", tmp_path / "boats"
        about.mkdir()
        module.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: boats\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[footprint.collectors]\n{entries}\n")
        (module / "collector.py").write_text("raise RuntimeError('run')\n")
        if manifest is not None:
            (module / "x-paperboat.toml").write_text(manifest)
        monkeypatch.syspath_prepend(str(tmp_path))

    return put


def test_a_manifest_is_read_without_running_the_plug_in(plug) -> None:
    """What is off can be listed and shown."""
    plug(MANIFEST)

    assert manifest("x-paperboat").title == "Paperboat, a log of model boats"
    assert sources()[-1] == "x-paperboat"
    assert manifest("x-paperboat").is_off_at_first


def test_to_read_with_it_its_code_is_run(plug) -> None:
    """And only then."""
    plug(MANIFEST)

    with pytest.raises(RuntimeError, match="run"):
        collector("x-paperboat")


@pytest.mark.parametrize("name", ["github", "paperboat", "x-Boat", "x_paperboat", "handles", "linkedin"])
def test_a_plug_in_cannot_pass_for_a_source_of_ours(plug, name: str) -> None:
    """A name without the prefix, or not of its form, is passed over."""
    plug(MANIFEST, entries=f"{name} = boats.collector:Paperboat")

    assert plugins() == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "x-paperboat.toml beside the plug-in's module"),
        ("id = ", "x-paperboat.toml"),
        (MANIFEST.replace('access = "open"', 'access = "free"'), "access"),
        (MANIFEST.replace("x-paperboat", "x-steamboat"), "x-paperboat, as its entry point says"),
        (MANIFEST.replace('"x-paperboat"', '"github"'), "x-paperboat, as its entry point says"),
        ("\x00", "x-paperboat.toml"),
    ],
    ids=["none", "no TOML", "not valid", "another id", "ours", "bytes"],
)
def test_a_manifest_that_does_not_hold_is_refused(plug, text: str | None, why: str) -> None:
    """With the file, and what was expected there."""
    plug(text)

    with pytest.raises(InputError, match=why):
        manifest("x-paperboat")
