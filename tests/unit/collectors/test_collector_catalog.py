"""The catalogue, the manifests, and the walls around the collectors."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

import footprint.collectors
from footprint.collectors.catalog import COLLECTORS, LINK_ONLY, SWEEPS, collector, manifest
from footprint.collectors.interface import Collector, Manifest
from footprint.contract.wall import leads_outside
from footprint.errors import InputError
from footprint.model.candidate import Identifier, IdentifierKind, Provenance, Relation
from footprint.model.kinds import Spelling, kind_of

FOLDER = Path(footprint.collectors.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
LOADERS = {
    "catalog": ("importlib", "importlib.metadata", "importlib.resources", "pathlib"),
    "handles": ("importlib.resources",),
    "handles_rules": ("importlib.resources",),
}
"""Modules that are no collectors, and what they read the package's own files with."""
ALL = (*COLLECTORS, *SWEEPS, *LINK_ONLY)


@pytest.mark.parametrize("source", ALL)
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


@pytest.mark.parametrize("source", COLLECTORS)
def test_the_canaries_of_a_source_are_well_formed(source: str) -> None:
    """A known account, and one that nobody has chosen, are identifiers of its kind; a plan can be made for each."""
    canary = manifest(source).canary
    kind = kind_of(source)
    for named in (*canary.known, canary.made_up) if canary is not None else ():
        host = named.host or kind.host or "instance.example.org"
        is_search = kind.spelling is Spelling.QUERY
        identifier = Identifier(
            kind=source,
            value=named.value.replace("{token}", "0a1b2c3d4e5f"),
            host=None if kind.spelling is Spelling.ADDRESS else host,
            provenance=Provenance.CONTROLLER if is_search else Provenance.DECLARED,
            relation=Relation.MENTION if is_search else Relation.OWN,
        )
        assert collector(source).plan(identifier)


@pytest.mark.parametrize("source", COLLECTORS)
def test_a_key_goes_to_hosts_that_the_plan_names(source: str) -> None:
    """A declared host that is never asked would be a slip of the pen."""
    key = manifest(source).key
    if key is None or not key.hosts:
        return
    assert set(key.hosts) <= {request.host for request in collector(source).plan(example(source))}


def example(source: str) -> Identifier:
    """A well-formed identifier of a source: its first canary."""
    canary = manifest(source).canary
    assert canary is not None
    is_search = kind_of(source).spelling is Spelling.QUERY
    return Identifier(
        kind=source,
        value=canary.known[0].value,
        host=canary.known[0].host,
        provenance=Provenance.CONTROLLER if is_search else Provenance.DECLARED,
        relation=Relation.MENTION if is_search else Relation.OWN,
    )


def test_every_kind_of_identifier_is_a_source() -> None:
    """No identifier that a profile may name is without a manifest that says whether and how it is read."""
    assert set(ALL) == {str(kind) for kind in IdentifierKind}


def test_every_manifest_in_the_folder_is_in_the_catalogue() -> None:
    """A manifest that nobody can ask for would be a promise that is not kept."""
    shipped = {path.stem for path in FOLDER.glob("*.toml") if "interface =" in path.read_text("utf-8")}

    assert shipped == set(ALL)


GITHUB = tomllib.loads((FOLDER / "github.toml").read_text("utf-8"))
KEY = {"sent": "header", "name": "Authorization", "obtained": "https://example.org/keys"}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"access": "ask"}, "access_reason says why"),
        ({"access_reason": "None."}, "access_reason says why"),
        ({"terms": {**GITHUB["terms"], "commercial_use": "unknown"}}, "is not open"),
        ({"access": "key", "access_reason": "A contract.", "key": None}, "needs its key"),
        ({"access": "key", "access_reason": "A contract.", "key": {**KEY, "is_optional": True}}, "needs its key"),
        ({"key": {**KEY, "name": None}}, "has its name there"),
        ({"key": {**KEY, "sent": "basic"}}, "has its name there"),
        ({"key": {**KEY, "sent": "query", "scheme": "Bearer"}}, "a scheme stands in a header only"),
        ({"key": {**KEY, "name": "Cookie"}}, "never a session"),
        ({"canary": None}, "needs canaries"),
        ({"canary": {"known": [{"value": "octocat"}], "made_up": {"value": "nobody"}}}, "needs {token}"),
        ({"consumes": ["gitlab"]}, "the kind of the same name"),
    ],
)
def test_a_manifest_that_does_not_hold_is_refused(changes: dict[str, object], why: str) -> None:
    """What it leaves out, and what it says twice."""
    with pytest.raises(ValidationError, match=why):
        Manifest.model_validate({**GITHUB, **changes})


@pytest.mark.parametrize("asked", [manifest, collector])
def test_an_unknown_source_is_refused(asked: object) -> None:
    """A source that nobody reads is bad input, whatever is asked of it."""
    assert callable(asked)
    with pytest.raises(InputError, match="one of website"):
        asked("../secrets")


def test_a_collector_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue hands out collectors only."""
    monkeypatch.setitem(COLLECTORS, "mastodon", "MAX_PAGES")
    monkeypatch.setattr("footprint.collectors.mastodon.MAX_PAGES", dict)

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
    """A collector has no way out but the fetch it is given. The readers of manifests and rules load files of the package."""
    allowed = {f"import {name}" for name in LOADERS.get(path.stem, ())}

    assert set(leads_outside(path)) <= allowed


def test_the_check_of_imports_sees_planted_ones(tmp_path: Path) -> None:
    """The test above would fail for a planted import, at any depth, and for a call that opens a door."""
    planted = tmp_path / "planted.py"
    planted.write_text(
        "import re\nfrom . import near\nfrom footprint.model import record\ndef f():\n    import httpx\n"
        "    from os import path\n    from footprint.web.client import Client\n    return open('x'), eval('1'), f()\n"
    )

    assert leads_outside(planted) == (
        "import httpx",
        "import os",
        "import footprint.web.client",
        "open()",
        "eval()",
    )
