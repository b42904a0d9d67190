"""The shapes of Mastodon's interface that are read: Account, Status and Quote entities, and WebFinger's JRD (RFC 7033)."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from footprint.collectors.answer import Shape
from footprint.model.record import Moment
from footprint.web.html import html_to_text

ROWS = 200
"""More than this in one answer is not what was asked for (40 were)."""
PUBLISHED = frozenset(("public", "unlisted"))
"""Visibilities that anybody may read; of the candidate's own only `public` is read, of others both may be context."""

AccountId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,100}$")]
"""An id goes into an address, so it may be nothing but letters, digits, _ and -."""

OPT_OUTS = (
    ("noindex", True, "OPT-MASTODON-NOINDEX"),
    ("discoverable", False, "OPT-MASTODON-DISCOVERABLE"),
    ("indexable", False, "OPT-MASTODON-INDEXABLE"),
    ("locked", True, "OPT-MASTODON-LOCKED"),
    ("suspended", True, "OPT-MASTODON-SUSPENDED"),
    ("memorial", True, "OPT-MASTODON-MEMORIAL"),
)
"""Flag of an account, the value that asks to be left alone, and the rule that obeys it."""


class FingerLink(Shape):
    """One link of a JRD; `href` is optional (RFC 7033 4.4.4.3), some carry a `template` in its place."""

    rel: str
    href: str | None = None


class Finger(Shape):
    """A WebFinger answer."""

    subject: str | None = None
    links: Annotated[tuple[FingerLink, ...], Field(max_length=ROWS)] = ()


class ProfileField(Shape):
    """A name and a value of the profile's table; the value is HTML."""

    name: str
    value: str
    verified_at: str | None = None


class Author(Shape):
    """The account of a status, as far as it is needed."""

    id: AccountId
    username: str
    acct: str
    """With the host for a remote account; snac gives the host for a local one too, so nothing is read from it."""
    display_name: str


class Account(Author):
    """The account looked up."""

    url: str
    note: str
    locked: bool
    discoverable: bool | None = None
    noindex: bool | None = None
    indexable: bool | None = None
    suspended: bool | None = None
    memorial: bool | None = None
    fields: Annotated[tuple[ProfileField, ...], Field(max_length=100)] = ()

    @property
    def opt_out(self) -> str | None:
        """The rule of the first flag that asks not to be read; None where there is none."""
        return next((rule for flag, value, rule in OPT_OUTS if getattr(self, flag) is value), None)


class Words(Shape):
    """What a status says, without what it passes on."""

    content: str
    visibility: str
    spoiler_text: str = ""

    @cached_property
    def words(self) -> str:
        """The content warning and the content in plain text."""
        return "\n".join(filter(None, (self.spoiler_text.strip(), html_to_text(self.content))))


class Quote(Shape):
    """A quote and whether it may be shown. The quoted author can refuse or take back the permission."""

    state: str = ""
    quoted_status: Words | None = None

    @property
    def words(self) -> str:
        """The quoted words; empty unless the quote is accepted: unknown states count as unauthorised, as documented."""
        quoted = self.quoted_status
        if quoted is None or self.state != "accepted" or quoted.visibility not in PUBLISHED:
            return ""
        return quoted.words


class Status(Words):
    """One status."""

    id: AccountId
    uri: str
    url: str | None
    created_at: Moment
    account: Author
    in_reply_to_id: str | None
    reblog: Words | None
    language: str | None = None
    edited_at: Moment | None = None
    quote: Quote | None = None
