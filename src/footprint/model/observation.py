"""One statement at one place in one page."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from pydantic import ConfigDict

from footprint.model.record import Id, Line, Moment, Record, Sha256


class Engagement(StrEnum):
    """How the candidate relates to the text. A like is not a statement."""

    ORIGINAL = "original"
    REPLY = "reply"
    QUOTE = "quote"
    """A repost with the candidate's own comment."""
    REPOST = "repost"
    """Another's words passed on without comment."""
    LIKE = "like"
    BY_OTHERS = "by_others"
    """Written by someone else, about the candidate or on the candidate's site."""


class ObservationKind(StrEnum):
    """What was seen."""

    PROFILE = "profile"
    """A bio or an account's own description."""
    POST = "post"
    ARTICLE = "article"
    CONTRIBUTION = "contribution"
    """An edit to a wiki, an event on a code host."""
    REPOSITORY = "repository"
    PRESENCE = "presence"
    """That an account of this name is there; nothing of what stands on it."""


class TimeConfidence(StrEnum):
    """How far the time of a statement can be relied on."""

    RECORDED = "recorded"
    """The service's own record of when it was made or captured."""
    CLAIMED = "claimed"
    """What the author's page, feed or program says; nobody checks it, and it can be dated back."""
    ROUGH = "rough"
    """A month, a year, or the time of something else: of the last change, or of being seen by an index."""
    UNKNOWN = "unknown"
    """No time is given, or from where is not known."""


TIME_CONFIDENCE = {
    "api": TimeConfidence.RECORDED,
    "archive": TimeConfidence.RECORDED,
    "author": TimeConfidence.CLAIMED,
    "feed": TimeConfidence.CLAIMED,
    "json-ld": TimeConfidence.CLAIMED,
    "meta": TimeConfidence.CLAIMED,
    "time": TimeConfidence.CLAIMED,
    "api-month": TimeConfidence.ROUGH,
    "api-year": TimeConfidence.ROUGH,
    "feed-updated": TimeConfidence.ROUGH,
    "index": TimeConfidence.ROUGH,
}
"""By where a time comes from."""


class Observation(Record):
    """One statement on one page that may concern the candidate."""

    # What stands behind here may rely on text that can be encoded, hashed and searched in time: a text under a limit is
    # also checked to be Unicode, so that half a surrogate pair from a page ends here.
    model_config = ConfigDict(str_max_length=1_000_000)

    source: Id
    identifier: Line
    """The key of the identifier that led here."""
    kind: ObservationKind
    text: str
    """The statement in plain text: for a quote, the candidate's own words only."""
    context: str = ""
    """The words of others that it answers, quotes or passes on; plain text."""
    engagement: Engagement
    url: str
    """Address of the item for a reader; the page's own where it has none."""
    native_id: str = ""
    posted_at: Moment | None = None
    posted_at_from: str = ""
    """Where the time comes from, as `TIME_CONFIDENCE` lists it: `api`, `feed`, `json-ld`; empty where there is none."""
    author_name: str = ""
    """The display name at the place, as written there."""
    author_account: str = ""
    """Key of the account that speaks, in the form of `Identifier.key`; empty where the place names none."""
    links: tuple[str, ...] = ()
    """Addresses that the author's own profile declares as theirs (rel=me, verified fields, home page)."""
    language: str = ""
    edited: bool = False
    evidence: Id
    evidence_sha256: Sha256
    place: Line
    """Where on the page: a JSON pointer (RFC 6901), an entry number or a CSS path."""

    @property
    def time_confidence(self) -> TimeConfidence:
        """How far `posted_at` can be relied on, by where it comes from."""
        source = self.posted_at_from if self.posted_at is not None else ""
        return TIME_CONFIDENCE.get(source, TimeConfidence.UNKNOWN)

    @property
    def id(self) -> str:
        """The observation's id, from where it stands: `O-` and ten hex digits. Says nothing about its content."""
        return "O-" + hashlib.sha256(f"{self.evidence}\n{self.place}".encode()).hexdigest()[:10]
