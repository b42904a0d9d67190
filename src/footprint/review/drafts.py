"""Half-filled forms of one reviewer: kept as a document of the case, so that a broken connection costs nobody their words."""

from __future__ import annotations

import hashlib

from footprint.files import parse_record
from footprint.model.record import Record, canonical_json
from footprint.store.workspace import Workspace


class Drafts(Record):
    """What a reviewer has typed and not entered yet: by form (`F03`, `outcome`), the text of each field."""

    forms: dict[str, dict[str, str]] = {}

    def of(self, form: str) -> dict[str, str]:
        """Return the fields of a form; empty where nothing was typed."""
        return dict(self.forms.get(form, {}))

    def having(self, form: str, fields: dict[str, str]) -> Drafts:
        """Return the drafts with one form as it is now; without it, where nothing stands in its fields."""
        rest = {name: kept for name, kept in self.forms.items() if name != form}
        return Drafts(forms={**rest, form: fields} if any(fields.values()) else rest)


def read_drafts(workspace: Workspace, case_id: str, by: str) -> Drafts:
    """Return a reviewer's drafts; empty where there are none."""
    name = _name(by)
    if name not in workspace.documents(case_id):
        return Drafts()
    return parse_record(workspace.get_document(case_id, name), Drafts, where=name, is_json=True)


def keep_drafts(workspace: Workspace, case_id: str, by: str, drafts: Drafts) -> None:
    """Keep a reviewer's drafts in place of the last ones."""
    workspace.put_document(case_id, _name(by), canonical_json(drafts.model_dump(mode="json")))


def _name(by: str) -> str:
    # An id may hold a colon, and the name of a document may not.
    return f"draft-{hashlib.sha256(by.encode()).hexdigest()[:16]}.json"
