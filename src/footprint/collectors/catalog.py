"""The sources there are. A manifest is read without importing its collector, and a plug-in's code only to read with it."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from footprint.collectors.interface import Collector, Manifest
from footprint.errors import InputError
from footprint.model.kinds import PLUGIN_PREFIX, is_kind

COLLECTORS = {
    "website": "Website",
    "feed": "Feed",
    "mastodon": "Mastodon",
    "mediawiki": "MediaWiki",
    "github": "GitHub",
    "bluesky": "Bluesky",
    "lemmy": "Lemmy",
    "gitlab": "GitLab",
    "forgejo": "Forgejo",
    "stackexchange": "StackExchange",
    "hackernews": "HackerNews",
    "devto": "Devto",
    "wikidata": "Wikidata",
    "medium": "Medium",
    "substack": "Substack",
    "youtube": "YouTube",
    "keybase": "Keybase",
    "crossref": "Crossref",
    "openalex": "OpenAlex",
    "orcid": "Orcid",
    "wayback": "Wayback",
    "commoncrawl": "CommonCrawl",
    "gdelt": "Gdelt",
    "companies-house": "CompaniesHouse",
    "gazette": "Gazette",
    "opensanctions": "OpenSanctions",
    "searxng": "SearXNG",
    "brave": "Brave",
    "gravatar": "Gravatar",
}
"""Id of a source, and the name of its class in the module of the same name (a hyphen is `_` there). The order is that of
`footprint sources list`."""

SWEEPS = ("handles",)
"""Sources that are no collector: their sites come from a file of the user's, and `footprint.sweep.presence` asks them."""

LINK_ONLY = ("reddit", "x", "facebook", "instagram", "linkedin", "tiktok")
"""Sources that are never read: a profile may name an account there, and a person may open it."""

GROUP = "footprint.collectors"
"""The entry-point group of plug-ins. The name is the id of the source, `x-` first, the value `module:Class`."""


def sources() -> tuple[str, ...]:
    """Return the id of every source: ours, then the plug-ins that are installed, by name."""
    return (*COLLECTORS, *SWEEPS, *LINK_ONLY, *sorted(plugins()))


def readers() -> tuple[str, ...]:
    """Return the id of every source that a collector reads: ours, then the plug-ins that are installed."""
    return (*COLLECTORS, *sorted(plugins()))


def plugins() -> dict[str, EntryPoint]:
    """Return the plug-ins that are installed, by id; one that could be taken for a source of ours is passed over."""
    found = entry_points(group=GROUP)
    return {entry.name: entry for entry in found if entry.name.startswith(PLUGIN_PREFIX) and is_kind(entry.name)}


def manifest(source: str) -> Manifest:
    """Return what a source is. Raises InputError for a source that there is not, or whose manifest does not hold."""
    if source in COLLECTORS or source in SWEEPS or source in LINK_ONLY:
        return _shipped(source)
    return _of_plugin(source, _plugin(source))


def collector(source: str) -> Collector:
    """Return the collector that reads a source; of a plug-in this runs its code.

    Raises InputError for a source that no collector reads.
    """
    if source in COLLECTORS:
        module, name = f"footprint.collectors.{source.replace('-', '_')}", COLLECTORS[source]
    else:
        entry = _plugin(source)
        module, name = entry.module, entry.attr
    made = getattr(import_module(module), name)()
    if not isinstance(made, Collector):
        raise TypeError(f"{name} is not a collector")
    return made


def _plugin(source: str) -> EntryPoint:
    found = plugins().get(source)
    if found is None:
        raise InputError(where="source", expected="one of " + ", ".join(readers()))
    return found


@lru_cache(maxsize=256)
def _shipped(source: str) -> Manifest:
    text = files("footprint.collectors").joinpath(f"{source}.toml").read_text("utf-8")
    return Manifest.model_validate(tomllib.loads(text))


def _of_plugin(source: str, entry: EntryPoint) -> Manifest:
    """Read the file `SOURCE.toml` beside a plug-in's module, where its distribution put it. Nothing of it is imported."""
    path = plugin_folder(entry) / f"{source}.toml"
    try:
        found = Manifest.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise InputError(where=source, expected=f"a manifest {path.name} beside the plug-in's module") from error
    except (ValueError, ValidationError) as error:
        raise InputError(where=f"{source}: {path.name}", expected="a manifest", mend=_first_line(error)) from error
    if found.id != source or found.consumes != (source,):
        raise InputError(where=f"{source}: {path.name}", field="id", expected=f"{source}, as its entry point says")
    return found


def plugin_folder(entry: EntryPoint) -> Path:
    """Return the folder in which a plug-in's module lies."""
    package = entry.module.rpartition(".")[0].replace(".", "/")
    assert entry.dist is not None  # noqa: S101 - entry points that were found installed have theirs
    return Path(str(entry.dist.locate_file(package)))


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
    return str(error)[:200]
