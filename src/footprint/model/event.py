"""One line of the audit log: who did what, when, to which ids. No personal data."""

from __future__ import annotations

from enum import StrEnum

from footprint.model.record import Id, Line, Moment, Record, Sha256


class Action(StrEnum):
    """What can happen. The list is closed."""

    CASE_REFUSED = "case.refused"
    CASE_OPENED = "case.opened"
    CASE_RESUMED = "case.resumed"
    CASE_RECOVERED = "case.recovered"
    """A killed run had left records without events: they were entered, and the requests of which nothing is left counted."""
    PLANNED = "stage.planned"
    REQUEST = "request"
    """Something was asked of a public place, and this came of it."""
    REQUEST_WITHHELD = "request.withheld"
    """Something was not asked: a rule of the gate stood before it."""
    SWEPT = "stage.swept"
    """Sites were asked whether an account of a name is there."""
    COLLECTED = "stage.collected"
    ATTRIBUTED = "stage.attributed"
    LEGALITY = "stage.legality"
    RELEVANCE = "stage.relevance"
    MASKED = "stage.masked"
    REPORTED = "report.issued"
    CASE_STOPPED = "case.stopped"
    CASE_DONE = "case.done"
    CASE_REPRODUCED = "case.reproduced"
    """Its report was derived again from what was kept, and compared."""
    CASE_READ = "case.read"
    """Somebody looked into what a case holds: which document, or which item, stands in its ids."""
    CASE_EXPORTED = "case.exported"
    """What a case holds was handed out in a file."""
    CASE_UNLOCKED = "case.unlocked"
    """A second person read a sealed item, under a condition of the law."""
    CASE_REVIEWED = "case.reviewed"
    """A person confirmed, rejected or re-labelled what the tool said of one item."""
    CASE_OUTCOME = "case.outcome"
    """A named person set the outcome, with reasons."""
    CASE_REPLIED = "case.replied"
    """The candidate was invited to reply, or replied."""
    CASE_DISPUTED = "case.disputed"
    """The candidate disputed an item, or a dispute was settled."""
    CASE_HELD = "case.held"
    """Erasure was put off, or let go on: a claim, a complaint, a court's order."""
    CASE_PRUNED = "case.pruned"
    """The key to the captured pages was destroyed, and the pages with it."""
    CASE_ERASED = "case.erased"
    """Everything about the case was destroyed but its lines in this log."""
    SOURCE_SWITCHED = "source.switched"
    """A source that is off by default was turned on, with a recorded reason, or off again."""
    SOURCE_CHECKED = "source.checked"
    """A source was asked for its canaries: an account that is known to exist, and one that is not."""
    CONSENT_CHANGED = "consent.changed"
    AUDIT_EXPORTED = "audit.exported"
    """The lines of one case were written out, with their proofs, for a stranger."""
    STAMPED = "checkpoint.stamped"
    """A time-stamp authority was asked for a stamp over a signed head: whether one came that holds is its result."""
    LOG_RECOVERED = "log.recovered"
    """A torn last line was set aside."""


class AuditEvent(Record):
    """What is written; the log adds `seq` and `prev`."""

    at: Moment
    actor: Line
    """An operator id, or `footprint`; never a name."""
    action: Action
    case: Id | None = None
    demonstration: bool = False
    ids: dict[str, Line] = {}
    """`authorisation`, `evidence`, `source`, `planned` and the like."""
    counts: dict[str, int] = {}
    rules: tuple[Id, ...] = ()
    digests: dict[str, Sha256] = {}
    """SHA-256 of files and packs; salted commitments of what could be guessed."""
    result: Line | None = None
    """`200`, `unknown:robots`, `refused`."""
