"""What `footprint doctor` says of the audit log: its key, its signed heads, its time stamps."""

from __future__ import annotations

from footprint.audit.checkpoint import signed_sizes
from footprint.audit.key import KEY, check_key
from footprint.audit.log import AuditLog
from footprint.audit.stamp import stamps_beside
from footprint.errors import FootprintError
from footprint.store.workspace import Workspace

Check = tuple[str, bool, str]


def audit_checks(workspace: Workspace) -> list[Check]:
    """Return each check's name, whether it works, and what to say."""
    return [_key(workspace), _heads(workspace)]


def _key(workspace: Workspace) -> Check:
    name = "audit key"
    try:
        key = check_key(workspace.audit_path)
    except FootprintError as error:
        return name, False, str(error)
    if key is None:
        return name, True, "made when the first case ends"
    return name, True, f"{KEY} is yours alone and signs as {key.origin}"


def _heads(workspace: Workspace) -> Check:
    name, log = "signed heads", workspace.audit_path
    try:
        sizes, lines = signed_sizes(log), AuditLog(log).head().size
    except FootprintError as error:
        return name, False, f"{error}; run `footprint audit verify`"
    last = max(sizes, default=0)
    if last > lines:
        said = f"line {last:,} was signed, and the log ends at line {lines:,}: its end was cut off"
        return name, False, f"{said}; run `footprint audit verify`"
    heads = f"{len(sizes)}, the last over {last:,} of {lines:,} lines" if sizes else f"none yet, over {lines:,} lines"
    named = len(workspace.settings.stamps.authorities)
    authorities = f"{named} authorities named" if named else "no authority named, so none is asked"
    return name, True, f"{heads}; {stamps_beside(log)} time stamps, {authorities}"
