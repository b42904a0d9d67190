"""Every error this package raises on purpose, in one tree.

FootprintError
├── InputError          a file, field or flag is not what was expected        exit 2
├── RefusedError        the authorisation does not allow this run or request  exit 3
├── VerificationError   a log, digest or signature does not hold              exit 5
├── StoreError          the workspace could not be read or written            exit 1
└── CollectorError      one source could not be read; the run goes on
    ├── UnreadableError one request gave no page: becomes an Unknown
    └── SourceStopped   nothing more is to be asked of this source

No message holds a name, a handle or page text: messages travel to logs.
"""

from __future__ import annotations


class FootprintError(Exception):
    """The root: anything that footprint itself reports."""


class InputError(FootprintError):
    """A file, a field or a flag is not what was expected."""

    def __init__(self, *, where: str, field: str = "", expected: str, mend: str = "") -> None:
        self.where = where
        """The file or flag at fault."""
        self.field = field
        """The path of the field inside the file, `scope.window.from`; empty when the whole file is at fault."""
        self.expected = expected
        """What was expected there."""
        self.mend = mend
        """How to put it right, one sentence."""
        super().__init__(": ".join(part for part in (where, field, f"expected {expected}", mend) if part))


class RefusedError(FootprintError):
    """The authorisation does not allow it; nothing may be fetched."""

    def __init__(self, *, rule: str, reason: str, mend: str) -> None:
        self.rule = rule
        """The id of the rule that refused, as in the packs: `UK-13`."""
        self.reason = reason
        """One sentence that says what is missing."""
        self.mend = mend
        """One sentence that says how to put it right."""
        super().__init__(f"refused by {rule}: {reason}")


class VerificationError(FootprintError):
    """A log line, a digest or a signature does not hold."""


class StoreError(FootprintError):
    """The workspace could not be read or written."""


class CollectorError(FootprintError):
    """One source could not be read; the run notes it and goes on."""


class UnreadableError(CollectorError):
    """One request gave no page that may be used."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        """A value of `footprint.model.evidence.UnknownReason`."""
        self.detail = detail
        """A status, a limit or a rule id; never page text."""
        self.noted = False
        """True once the gate has counted it as an Unknown."""
        super().__init__(f"{reason}: {detail}" if detail else reason)


PAGE_FAULTS = (ValueError, OverflowError, RecursionError)
"""What a value on a page can raise where a collector did not foresee it: a text that no field takes (pydantic's error is
a ValueError), a date beyond the calendar, a nesting without end. One such page costs its source, never the run. A name
that is missing, a wrong type or a lost key is a fault of ours, whatever the page said, and stops the run."""


class SourceStopped(UnreadableError):
    """Nothing more is to be asked of this source in this run."""
