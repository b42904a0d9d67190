"""The collectors there are. A manifest is read without importing its collector."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import import_module
from importlib.resources import files

from footprint.collectors.interface import Collector, Manifest
from footprint.errors import InputError

COLLECTORS = {
    "website": "Website",
    "feed": "Feed",
    "mastodon": "Mastodon",
    "mediawiki": "MediaWiki",
    "github": "GitHub",
}
"""Id of a source, and the name of its class in the module of the same name. The order is that of a run."""


def manifest(source: str) -> Manifest:
    """Return what a source is. Raises InputError for a source that no collector reads."""
    return _manifest(_known(source))


def collector(source: str) -> Collector:
    """Return the collector that reads a source. Raises InputError for a source that no collector reads."""
    made = getattr(import_module(f"footprint.collectors.{_known(source)}"), COLLECTORS[source])()
    if not isinstance(made, Collector):
        raise TypeError(f"{COLLECTORS[source]} is not a collector")
    return made


def _known(source: str) -> str:
    if source not in COLLECTORS:
        raise InputError(where="source", expected="one of " + ", ".join(COLLECTORS))
    return source


@lru_cache(maxsize=len(COLLECTORS))
def _manifest(source: str) -> Manifest:
    text = files("footprint.collectors").joinpath(f"{source}.toml").read_text("utf-8")
    return Manifest.model_validate(tomllib.loads(text))
