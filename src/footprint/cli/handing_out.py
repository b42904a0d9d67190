"""What leaves the house: a reader's files, written for the owner alone, and their digests in the audit log."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from footprint.admission import Desk
from footprint.casefile import CaseFile
from footprint.model.event import Action
from footprint.model.report import Report
from footprint.report.views import Reader


def hand_out(desk: Desk, kept: Report, reader: Reader, files: Mapping[str, bytes], out: Path) -> None:
    """Note the digests of a reader's files, then write them into a folder of the case, where erasure can fetch them back."""
    note(desk, kept, reader, Action.CASE_EXPORTED, files)
    for name, content in files.items():
        # Whole, and for the owner alone, as in the workspace (LAW UK-32).
        desk.workspace.hand_out(kept.case, out / kept.case / name, content, desk.clock.now())


def note(desk: Desk, kept: Report, reader: Reader, action: Action, files: Mapping[str, bytes]) -> None:
    """Write down who was shown what, the view and the digests and no word of it, and sign the log's head over it."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    case = CaseFile(desk, desk.cases.get(kept.case))
    case.note(action, ids={"view": str(reader)}, digests=digests)
    case.seal()
