"""What the papers and the exports of a consent need besides what a run needs: address, recipients, retention, withdrawal."""

from __future__ import annotations

from footprint.model.record import Line, Record


class Particulars(Record):
    """Details for the candidate's papers; a field that is silent is printed as a blank, or exported as not available."""

    address: Line | None = None
    """Postal address of the controller (GDPR Art. 13(1)(a) and 14(1)(a))."""
    phone: Line | None = None
    recipients: tuple[Line, ...] = ()
    """Who besides the controller receives the report: organisations or kinds of them, never a person's name."""
    storage: Line | None = None
    """Where what is read is kept."""
    retention: Line | None = None
    """How long it is kept, and from which moment."""
    withdrawal: Line | None = None
    """How to withdraw; the controller's contact where it is silent."""
    policy_url: Line | None = None
    """Where the published policy can be read."""
