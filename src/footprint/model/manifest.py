"""The manifest of a case's evidence: one entry for each answer, and for each that did not come, chained by hashes.

The fields are those that practice asks for of every captured item (LAW 6.2: Berkeley Protocol, ACPO principle 3). What is
not held is named in `not_recorded`, and never made up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from footprint.model.attribution import Tier
from footprint.model.observation import Engagement
from footprint.model.record import Id, Line, Moment, Record, Sha256, canonical_json
from footprint.model.report import AuditHead

ZEROS = "0" * 64


class EntryKind(StrEnum):
    """What became of one request."""

    PAGE = "page"
    """An answer that was read."""
    REDIRECT = "redirect"
    CLOSED = "closed"
    """An answer that is not public or not there; its body was not kept."""
    ROBOTS = "robots"
    """A robots.txt."""
    FAILED = "failed"
    """It was asked, and no answer came."""
    NOT_ASKED = "not_asked"
    """A rule of the gate stood before it."""


class Basis(Record):
    """What allowed it, by id and digest, so that an entry stands by itself."""

    case_id: Id
    authorisation_id: Id
    authorisation_sha256: Sha256 | None
    """Of the consent record as the report names it; None where no report was issued."""
    policy_id: Id
    policy_version: Line
    policy_sha256: Sha256
    ruleset_sha256: Sha256
    """Over the versions and digests of every pack, policy and lexicon, in canonical form."""


class CollectorVersion(Record):
    """Which reader asked."""

    name: Id
    version: Line


class Redirect(Record):
    """One step on the way to an answer."""

    evidence_id: Id
    url: str
    status: int


class RobotsCheck(Record):
    """What the site's robots.txt said of this address."""

    url: str = ""
    evidence_id: Id | None = None
    sha256: Sha256 | None = None
    decision: Line
    """`allowed`, `disallowed`, `not read`, or why it does not apply."""


class StoredRecord(Record):
    """Where an answer lies."""

    role: Line = "warc"
    path: Line
    """In the WACZ file of the export."""
    record_id: Line
    offset: int
    bytes: int
    """Of the record: one gzip member."""
    sha256: Sha256
    """Of these bytes."""
    payload_digest: str
    """Of the body as it was sent, as the record's own header gives it."""
    body_sha256: Sha256 | None = None
    """Of the body as decoded; None where none came."""
    body_bytes: int | None = None
    body_in: str = ""
    """The record that holds the body, where an equal one came before."""


class Custody(Record):
    """One line of the audit log that speaks of it."""

    seq: int
    at: Moment
    actor: Line
    action: Line
    result: Line | None = None
    digests: dict[str, Sha256] = {}


class Redaction(Record):
    """A stretch that is masked in the working copy, in characters of the original."""

    what: Id
    start: int
    length: int


class WorkingCopy(Record):
    """What the decision-maker sees."""

    sha256: Sha256
    """Of the masked text, in UTF-8."""
    redactions: tuple[Redaction, ...] = ()
    rules: tuple[Id, ...] = ()
    """The rules that asked for a mask."""


class ItemAttribution(Record):
    """Why it is held to be the candidate's: names of features only, for their values are in the report."""

    tier: Tier
    evidence: tuple[Id, ...] = ()
    contradictions: tuple[Id, ...] = ()


class Item(Record):
    """A finding that was read on the page."""

    finding_id: Id
    observation_id: Id
    url: str
    posted_at: Moment
    posted_at_source: str
    engagement_type: Engagement
    attribution: ItemAttribution
    working_copy: WorkingCopy


class ManifestEntry(Record):
    """One request and what came of it. What does not apply is null or empty."""

    number: Annotated[int, Field(ge=1)]
    kind: EntryKind
    evidence_id: Id | None = None
    """None where no answer was kept."""
    basis: Basis
    requested_url: str
    """The address that was asked first."""
    final_url: str | None = None
    """The address that gave this answer."""
    redirects: tuple[Redirect, ...] = ()
    canonical_url: str = ""
    """As the page itself names it."""
    language: str = ""
    """As the page itself names it."""
    platform: Id
    """The source."""
    planned: Id
    purpose: str = ""
    consent_clause: str = ""
    policy_clause: str = ""
    collector: CollectorVersion
    tool_version: str
    """As the WARC file names it; empty where nothing was asked."""
    user_agent: str = ""
    method: str = ""
    status: int | None = None
    response_headers: tuple[tuple[str, str], ...] = ()
    content_type: str = ""
    bytes: int | None = None
    """Of the body as decoded."""
    is_truncated: bool = False
    server_ip: str = ""
    http_date: str = ""
    robots: RobotsCheck | None = None
    captured_at_utc: Moment
    operator_id: Line
    visit_budget: int | None = None
    files: tuple[StoredRecord, ...] = ()
    reason: str = ""
    """Why there is no page, from the closed list of Unknowns; with its detail."""
    items: tuple[Item, ...] = ()
    custody: tuple[Custody, ...] = ()
    prev_entry_hash: Sha256 = ZEROS
    """`entry_hash` of the entry before; of the first, the SHA-256 of `about`."""
    entry_hash: Sha256 = ZEROS
    """SHA-256 of the canonical JSON of this entry without this field."""

    def made_hash(self) -> str:
        """Return the hash that this entry has to bear."""
        fields = self.model_dump(mode="json", exclude={"entry_hash"})
        return hashlib.sha256(canonical_json(fields)).hexdigest()


class CaptureFile(Record):
    """One WARC file of the case, as the WACZ file holds it."""

    role: Line = "warc"
    path: Line
    bytes: int
    sha256: Sha256
    torn_bytes: int = 0
    """What a crash tore off at its end: in the case, not in the export."""


class NotRecorded(Record):
    """A field that practice asks for and that is not held."""

    field: Line
    reason: Line


class ManifestAbout(Record):
    """What holds for every entry."""

    schema_version: Line = "footprint/manifest@1"
    basis: Basis
    demonstration: bool
    run: int
    state: Line
    opened_at: Moment
    closed_at: Moment | None
    generated_at: Moment
    generated_by: Line
    """The id of the operator."""
    captures: tuple[CaptureFile, ...]
    custody: tuple[Custody, ...]
    """Lines of the audit log about the case as a whole."""
    audit_head: AuditHead
    """Of the log when the manifest was made."""
    not_recorded: tuple[NotRecorded, ...]


class Manifest(Record):
    """The whole."""

    about: ManifestAbout
    entries: tuple[ManifestEntry, ...] = ()

    def first_break(self) -> int | None:
        """Return the number of the first entry that does not hold; None where the chain does."""
        before = self.about.digest()
        for number, entry in enumerate(self.entries, 1):
            if (entry.number, entry.prev_entry_hash, entry.entry_hash) != (number, before, entry.made_hash()):
                return number
            before = entry.entry_hash
        return None


def chained(about: ManifestAbout, entries: Iterable[ManifestEntry]) -> Manifest:
    """Return the manifest with its entries numbered and chained in their order."""
    before, made = about.digest(), []
    for number, entry in enumerate(entries, 1):
        linked = entry.but(number=number, prev_entry_hash=before)
        before = linked.made_hash()
        made.append(linked.but(entry_hash=before))
    return Manifest(about=about, entries=tuple(made))
