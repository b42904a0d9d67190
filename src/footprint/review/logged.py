"""What the audit log last knew: of a case's report, and of the consent that the case stands on."""

from __future__ import annotations

import json
from pathlib import Path

from footprint.audit.line import raw_lines
from footprint.errors import StoreError
from footprint.model.authorisation import VALID_STATES, ConsentState
from footprint.model.event import Action


def last_line(path: Path, action: Action, mark: str) -> dict[str, dict[str, str]] | None:
    """Return the last line of the log with an action and a mark in it; None where there is none.

    Raises StoreError where the log cannot be read.
    """
    marks = (f'"action":"{action}"'.encode(), mark.encode())
    last = None
    try:
        for raw in raw_lines(path):
            if all(each in raw for each in marks):
                last = raw
        return json.loads(last) if last else None
    except (OSError, ValueError) as error:
        raise StoreError("the audit log could not be read; `footprint audit verify` says what is wrong") from error


def logged_state(path: Path, authorisation: str) -> ConsentState | None:
    """Return the state in which the log last saw a consent; None where it saw no change of it."""
    found = last_line(path, Action.CONSENT_CHANGED, f'"authorisation":"{authorisation}"')
    return ConsentState(found["ids"]["state"]) if found else None


def is_withdrawn(path: Path, authorisation: str) -> bool:
    """Say whether the log last saw a consent in a state in which nothing is judged under it."""
    return logged_state(path, authorisation) not in {None, *VALID_STATES}
