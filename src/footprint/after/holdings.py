"""What lies in a workspace, for the check of its log: reports as they are, and each answer's commitment made again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from io import BytesIO

from footprint.after.erasing import EVIDENCE
from footprint.audit.inspection import Holdings
from footprint.errors import InputError, StoreError
from footprint.model.evidence import Evidence
from footprint.store.cases import Cases
from footprint.store.evidence import EvidenceStore
from footprint.store.vault import KeyKind
from footprint.store.workspace import Workspace
from footprint.web.excerpt import answers as answers_in
from footprint.web.recorder import read


def holdings_of(workspace: Workspace) -> Holdings:
    """Return where the things lie that the log holds digests of."""

    def document(case_id: str, name: str) -> bytes | None:
        if name not in workspace.documents(case_id) or workspace.vault().is_destroyed(case_id, KeyKind.CASE):
            return None
        try:
            return workspace.get_document(case_id, name)
        except StoreError:
            return b""  # it is there, and no longer what was locked

    def answers(case_id: str) -> Mapping[str, str] | None:
        try:
            salt = bytes.fromhex(Cases(workspace.database()).get(case_id).salt)
        except InputError:
            return None
        if workspace.captures(case_id):
            workspace.vault()  # without the key nothing can be said of them: its own error says so
        stays = _stays(workspace, case_id)
        bodies = (
            (kept, _body(workspace, case_id, kept, stays))
            for kept in EvidenceStore(workspace.database(), case_id).all()
        )
        return {kept.id: _commitment(salt, kept.url, body) for kept, body in bodies if body is not None}

    return Holdings(document, answers)


def _body(workspace: Workspace, case_id: str, kept: Evidence, stays: Mapping[str, bytes]) -> bytes | None:
    """Return the body of an answer; None where it was pruned, or its file is gone."""
    try:
        with workspace.open_capture(case_id, kept.warc) as file:
            return read(file, kept.offset).body
    except (InputError, StoreError):
        return stays.get(kept.record_id)


def _stays(workspace: Workspace, case_id: str) -> Mapping[str, bytes]:
    """Return, by record id, the answers that stay when a case is pruned: those behind its findings."""
    if EVIDENCE not in workspace.documents(case_id) or workspace.vault().is_destroyed(case_id, KeyKind.CASE):
        return {}
    stays = BytesIO(workspace.get_document(case_id, EVIDENCE))
    return {answer.record_id: answer.body for answer in answers_in(stays)}


def _commitment(salt: bytes, url: str, body: bytes) -> str:
    """Return what the log holds of an answer: HMAC-SHA256 under the case's salt, in hex."""
    return hmac.new(salt, f"{url}\n{hashlib.sha256(body).hexdigest()}".encode(), hashlib.sha256).hexdigest()
