"""Load the model that a workspace names, or the one that an issued report names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from footprint.errors import InputError
from footprint.filters.coefficients import parsed
from footprint.filters.proposing import Proposer
from footprint.model.suggestion import LINEAR, ProposerSettings, SuggestionSource
from footprint.proposers.linear import Linear

TABLE = "linear.tsv"
SETTINGS = "footprint.toml"

Open = Callable[[ProposerSettings, Path], Proposer]


def proposer_of(settings: ProposerSettings | None, folder: Path) -> Proposer | None:
    """Return the model that a workspace's settings name; None where they name none.

    Raises InputError where the file is not there, is not the one that was pinned, or cannot be run.
    """
    if settings is None:
        return None
    if settings.is_own:
        # Here, so that nothing else of footprint ever loads the runtime.
        from footprint.proposers.onnx_model import open_model

        return open_model(settings, folder)
    shipped = linear()
    if settings.threshold is None or settings.threshold <= shipped.source.threshold:
        return shipped
    return Linear(shipped.table, shipped.source.but(threshold=settings.threshold))


def proposer_again(source: SuggestionSource | None, settings: ProposerSettings | None, folder: Path) -> Proposer | None:
    """Return the model that an issued report names, to derive its suggestions again.

    Raises InputError where it is not here any more.
    """
    if source is None:
        return None
    wanted = settings if source.kind != LINEAR else ProposerSettings(model=LINEAR, threshold=max(0.5, source.threshold))
    found = proposer_of(wanted, folder)
    if found is None or found.source != source:
        raise InputError(
            where=SETTINGS,
            field="proposer",
            expected=f"the model that the report names, {source.name} with the SHA-256 {source.sha256}",
            mend="put it back as it was, or use the version of footprint that it shipped with",
        )
    return found


@lru_cache(maxsize=1)
def linear() -> Linear:
    """Return the table that ships. Raises InputError where it is damaged."""
    content = files("footprint.proposers").joinpath(TABLE).read_bytes()
    table = parsed(content.decode(), where=TABLE)
    source = SuggestionSource(
        name=table.name,
        kind=LINEAR,
        version=table.version,
        sha256=hashlib.sha256(content).hexdigest(),
        threshold=table.threshold,
    )
    return Linear(table, source)
