"""Is there an account of a name at a site: the sites that will be asked, what each was found to say, and the counts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from footprint.model.evidence import UnknownReason
from footprint.model.record import Id, Line, Moment, Record, Sha256

SOURCE = "handles"
"""The source that presence is asked under, in consent, role pack and policy."""


class Presence(StrEnum):
    """The three answers there are."""

    FOUND = "found"
    NOT_FOUND = "not found"
    UNKNOWN = "unknown"


class Verdict(Record):
    """Whether there is an account of one name at one site."""

    site: Line
    category: Line
    identifier: Line
    """Key of the candidate's identifier whose name was looked for."""
    presence: Presence
    reason: UnknownReason | None = None
    """Why it is unknown; None for the other two."""
    rule: Id
    """The id of the rule that decided: `HANDLE-FOUND`, `CANARY-KNOWN`."""
    page: str = ""
    """Address of the account for a reader; empty unless found."""
    evidence: tuple[str, ...] = ()
    """Kept records that it follows from: both canaries, where they were asked in this run, and the answer."""

    @model_validator(mode="after")
    def _says_why_where_unknown(self) -> Self:
        if (self.reason is None) == (self.presence is Presence.UNKNOWN):
            msg = "an unknown has a reason, and nothing else has one"
            raise ValueError(msg)
        return self


class SiteResult(Record):
    """The verdicts on one finished site."""

    site: Line
    place: Line
    """The host that was asked."""
    canaries: Moment | None = None
    """When its canaries last passed; None where they did not, and then every verdict is unknown."""
    verdicts: tuple[Verdict, ...]


class Basis(Record):
    """What results follow from; results of another basis are not taken up."""

    rules: Sha256
    """Of the file of rules."""
    names: Sha256
    """Of the names, by identifier."""


class PresenceBook(Record):
    """The results of a sweep, as a case keeps them: for a run that goes on, and for who derives the report again."""

    basis: Basis
    results: tuple[SiteResult, ...] = ()


class CanaryPass(Record):
    """A site told its known account from a made-up name: what the made-up name's answer looked like, and when."""

    rule: Sha256
    """Of the site's rule; a changed rule has not passed."""
    at: Moment
    is_plain: bool
    """True where the answer for the made-up name showed neither side of the rule."""
    mark: str = ""
    """Digest of that answer's status, redirect and title, with the name taken out; empty unless plain."""
    length: Annotated[int, Field(ge=0)] = 0


class SweepSite(Record):
    """One site of the plan."""

    name: Line
    category: Line
    address: Line
    """The address that is asked, with `{account}` where the name stands."""


class Sweep(Record):
    """The part of a plan that asks many sites for the candidate's names."""

    rules: Sha256
    """Of the file of rules."""
    sites: tuple[SweepSite, ...]
    left_out: dict[Id, int] = {}
    """Sites of the file that are not asked, by the id of the reason."""
    identifiers: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Keys of the names that are looked for."""
    at_most: int
    """Requests at most, with canaries and robots.txt."""
    consent_clause: Line
    policy_clause: Line


class PresenceCounts(Record):
    """What came of looking for one name: counts, and no site."""

    rules: Sha256
    sites: int
    found: int
    not_found: int
