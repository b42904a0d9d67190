"""The bytes in hand, the kept record of them, and what could not be read."""

from __future__ import annotations

from enum import StrEnum

from footprint.model.record import Id, Line, Moment, Record, Sha256


class UnknownReason(StrEnum):
    """Why something could not be checked. The list is closed: coverage is counted from it."""

    ROBOTS = "robots"
    """The site's robots.txt asks not to read this address (RFC 9309)."""
    WALL = "wall"
    """401, 402, 403, 451, 999, a log-in form, a paywall or a challenge: not public."""
    OPTED_OUT = "opted_out"
    """The account or the page asks not to be indexed or archived."""
    ABSENT = "absent"
    """404 or 410: whether it was deleted, moved or never there cannot be told."""
    OFF_PLAN = "off_plan"
    """The address is not in the plan, so it was not asked."""
    OFF_HOST = "off_host"
    """The answer led to a host that the plan does not name."""
    ADDRESS = "address"
    """The host name leads to a private, local or reserved network address."""
    RATE_LIMITED = "rate_limited"
    """429, or the source's own limit is used up."""
    SERVER_ERROR = "server_error"
    """5xx."""
    TIMEOUT = "timeout"
    TRANSPORT = "transport"
    """No connection, a broken one, or a certificate that does not hold."""
    OVERSIZE = "oversize"
    """More bytes than the plan allows."""
    CANARY = "canary"
    """The site did not tell an account that exists from a made-up one, so that it cannot be believed on any other."""
    MALFORMED = "malformed"
    """The answer is not of the kind or shape that the source documents."""
    INTERRUPTED = "interrupted"
    """The run was stopped while the answer was awaited."""
    BUDGET = "budget"
    """The visits, or the number of requests planned, are used up."""


class Evidence(Record):
    """The kept record of one answer: where, when, what came back, and where its bytes lie."""

    id: Id
    """`E0007`: counted within the case."""
    source: Id
    planned: Id
    """The planned request that it answers; `robots` for a robots.txt."""
    url: str
    status: int
    content_type: str
    captured_at: Moment
    sha256: Sha256
    """Of the body as decoded (after gzip), so that a reader can compute it from the replayed page."""
    bytes: int
    """Length of the decoded body."""
    warc: Line
    """Name of the WARC file in the case's folder."""
    offset: int
    """Byte offset of the response record in that file."""
    record_id: Line
    """WARC-Record-ID of the response record."""
    truncated: bool = False
    is_page: bool = True
    """False for a redirect, and for a closed page whose body was not kept: there is nothing to read again."""


class Page(Record):
    """The bytes in hand, with their evidence."""

    evidence: Evidence
    body: bytes
    charset: str | None = None
    """As the Content-Type header says; None where it is silent."""
    links: tuple[tuple[str, str], ...] = ()
    """Of the Link header: (relation, absolute URL)."""

    @property
    def url(self) -> str:
        """The address that answered."""
        return self.evidence.url


class Unknown(Record):
    """Something that could not be checked."""

    source: Id
    planned: Id
    url: str
    """Empty where no request was made."""
    reason: UnknownReason
    detail: str = ""
    """A status, a limit or a rule id."""
    at: Moment
