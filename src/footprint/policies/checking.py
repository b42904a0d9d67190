"""Check one file of law or policy, whatever kind it is, and point at the line where it is wrong."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import NamedTuple

from footprint.errors import InputError
from footprint.files import parse_record, read_bytes
from footprint.model.lexicon import Lexicon
from footprint.model.policy import JurisdictionPack, OrganisationPolicy, RolePack
from footprint.policies.checks import check_composition, check_necessity
from footprint.policies.lines import line_of, line_of_fault, repeated_ids
from footprint.policies.load import available, checked, jurisdiction, jurisdiction_beside, organisation, resolve

Kind = type[JurisdictionPack] | type[RolePack] | type[OrganisationPolicy] | type[Lexicon]
Found = JurisdictionPack | RolePack | OrganisationPolicy | Lexicon

SIGNS: tuple[tuple[Kind, frozenset[str]], ...] = (
    (OrganisationPolicy, frozenset({"clauses", "review_due", "approver", "owner", "effective"})),
    (RolePack, frozenset({"categories", "window_years", "engagement"})),
    (Lexicon, frozenset({"groups", "rules"})),
    (JurisdictionPack, frozenset({"authorisation", "legality", "includes", "masks", "marking", "duties"})),
)
"""A file is of the kind of which it has most fields; of two, the first."""


class Checked(NamedTuple):
    """A file that is well formed."""

    kind: str
    record: Found


KINDS = {JurisdictionPack: "jurisdiction", RolePack: "role", OrganisationPolicy: "policy", Lexicon: "lexicon"}
"""What each kind is called."""


def check_file(path: Path) -> Checked:
    """Return the kind of a file and what it holds.

    Raises InputError with the file, the line, the field and what was expected there.
    """
    content = read_bytes(path)
    text = content.decode("utf-8", "replace")
    is_json = path.suffix.lower() == ".json"
    kind = _kind(text, is_json=is_json)
    try:
        record = _parsed(path, content, kind, is_json=is_json)
    except InputError as error:
        raise _with_line(error, path, "" if is_json else text) from error
    return Checked(KINDS[kind], record)


def _parsed(path: Path, content: bytes, kind: Kind, *, is_json: bool) -> Found:
    if kind is OrganisationPolicy:
        return organisation(path)
    if kind is RolePack:
        role = parse_record(content, RolePack, where=str(path), is_json=is_json)
        check_necessity(role)
        return role
    if kind is Lexicon:
        return parse_record(content, Lexicon, where=str(path), is_json=is_json)
    pack = checked(parse_record(content, JurisdictionPack, where=str(path), is_json=is_json))
    _check_with_included(pack, path)
    return pack


def _check_with_included(pack: JurisdictionPack, path: Path) -> None:
    try:
        check_composition(with_included(pack, path))
    except InputError as error:
        # A contradiction between two included packs is at fault here where they are included.
        own = error.where in (str(path), f"jurisdiction pack {pack.id}")
        field = error.field if own else "includes"
        raise InputError(where=str(path), field=field, expected=error.expected, mend=error.mend) from error


def with_included(pack: JurisdictionPack, path: Path) -> tuple[JurisdictionPack, ...]:
    """Return the packs that a pack in a file includes, from beside the file or as they ship, and itself last.

    Raises InputError where one does not exist, or where they include each other in a circle.
    """

    def find(id: str) -> JurisdictionPack:
        if id == pack.id:
            return pack
        # What ships is taken as it ships, also where its file lies beside this one, as in the package itself.
        return jurisdiction(id) if id in available().jurisdictions else jurisdiction_beside(id, path.parent.parent)

    try:
        return resolve((pack.id,), find)
    except InputError as error:
        raise InputError(where=str(path), field="includes", expected=error.expected, mend=error.mend) from error


def _kind(text: str, *, is_json: bool) -> Kind:
    """Return the kind that a file's top fields speak for; a file that cannot be read is taken for a jurisdiction."""
    try:
        value: object = json.loads(text) if is_json else tomllib.loads(text)
    except (ValueError, RecursionError):
        return JurisdictionPack
    fields = set(value) if isinstance(value, dict) else set()
    found = max(SIGNS, key=lambda sign: len(sign[1] & fields))
    return found[0] if found[1] & fields else JurisdictionPack


def _with_line(error: InputError, path: Path, text: str) -> InputError:
    line, field = None, error.field
    repeated = repeated_ids(text) if "used twice" in error.expected else None
    if repeated is not None:
        field, line = repeated[0], repeated[1]
    elif error.field and text:
        line = line_of(text, error.field)
    else:
        line = line_of_fault(error.mend)
    where = f"{path}, line {line}" if line else str(path)
    return InputError(where=where, field=field, expected=error.expected, mend=error.mend)
