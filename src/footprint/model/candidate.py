"""The candidate, as they described themselves, and the identifiers they gave."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from footprint.model.record import Id, Line, Record


class IdentifierKind(StrEnum):
    """What an identifier points at; each kind is read by the collector of the same name."""

    WEBSITE = "website"
    FEED = "feed"
    MASTODON = "mastodon"
    MEDIAWIKI = "mediawiki"
    GITHUB = "github"


class Provenance(StrEnum):
    """How the controller came to know an identifier. Only what the candidate gave is read."""

    DECLARED = "declared_on_form"
    VOLUNTEERED = "volunteered"
    CONTROLLER = "named_by_controller"
    """A press feed that the policy names; never an account."""


class Relation(StrEnum):
    """Whose place it is."""

    OWN = "own"
    """The candidate's own account or site."""
    MENTION = "mention"
    """A public place that may mention the candidate, such as a newspaper's feed."""


DEFAULT_HOSTS = {IdentifierKind.MEDIAWIKI: "en.wikipedia.org", IdentifierKind.GITHUB: "github.com"}
"""The host that a bare value of a kind means."""

_HOST = re.compile(
    r"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:\d{1,5})?$"
)
_VALUES = {
    IdentifierKind.MASTODON: (
        re.compile(r"^@?[A-Za-z0-9_]([A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?@[^@/\s]+$"),
        "@user@host",
    ),
    IdentifierKind.GITHUB: (
        re.compile(r"^[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?$"),
        "a user name: letters, digits, single hyphens",
    ),
    IdentifierKind.MEDIAWIKI: (
        re.compile(r"^[^/#<>\[\]|{}@:\x00-\x1f\x7f]{1,85}$"),
        "a user name without slash, colon or brackets",
    ),
}


class Identifier(Record):
    """One public place that the candidate, or for the press the policy, named."""

    kind: IdentifierKind
    value: Annotated[Line, Field(max_length=400)]
    """A URL for website and feed; `@user@host` for mastodon; a user name for mediawiki and github."""
    host: Line | None = None
    """The host of a wiki or code host other than the default."""
    provenance: Provenance = Provenance.DECLARED
    relation: Relation = Relation.OWN

    @model_validator(mode="after")
    def _is_well_formed(self) -> Self:
        if self.kind in (IdentifierKind.WEBSITE, IdentifierKind.FEED):
            _require_url(self.value)
        else:
            pattern, expected = _VALUES[self.kind]
            if not pattern.match(self.value):
                msg = f"value must be {expected}"
                raise ValueError(msg)
        if not _HOST.match(self.home):
            msg = "host must be a host name in ASCII, such as wiki.example.org"
            raise ValueError(msg)
        if self.relation is Relation.MENTION and self.kind is not IdentifierKind.FEED:
            msg = "only a feed can have the relation 'mention'"
            raise ValueError(msg)
        if (self.provenance is Provenance.CONTROLLER) != (self.relation is Relation.MENTION):
            msg = "a controller names press feeds only (relation 'mention'); accounts and sites come from the candidate"
            raise ValueError(msg)
        return self

    @property
    def home(self) -> str:
        """The host, with its port where it is not the default, that this identifier lives on."""
        if self.kind in (IdentifierKind.WEBSITE, IdentifierKind.FEED):
            return urlsplit(self.value).netloc.lower()
        if self.kind is IdentifierKind.MASTODON:
            return self.value.rpartition("@")[2].lower()
        return (self.host or DEFAULT_HOSTS[self.kind]).lower()

    @property
    def handle(self) -> str:
        """The user name on that host; for a website or feed the URL."""
        if self.kind is IdentifierKind.MASTODON:
            return self.value.removeprefix("@").rpartition("@")[0]
        return self.value

    @property
    def key(self) -> str:
        """The identifier as the consent's scope lists it: `mastodon:user@host`, `website:https://host/`."""
        if self.kind in (IdentifierKind.WEBSITE, IdentifierKind.FEED):
            return f"{self.kind}:{self.value}"
        return f"{self.kind}:{self.handle}@{self.home}"


class Candidate(Record):
    """The person, as they described themselves (in legal text: data subject, PII principal)."""

    id: Id
    """The controller's reference, not a name."""
    name: Line
    other_names: tuple[Line, ...] = ()
    """Former names, names in other scripts, pen names; only those the candidate gave."""
    born: date
    """Needed to leave out what was posted under 18, and to tell namesakes apart. Shown in no report."""
    places: tuple[Line, ...] = ()
    employers: tuple[Line, ...] = ()
    schools: tuple[Line, ...] = ()
    identifiers: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=50)]

    @model_validator(mode="after")
    def _has_each_identifier_once(self) -> Self:
        keys = [identifier.key for identifier in self.identifiers]
        if len(set(keys)) != len(keys):
            msg = "an identifier is listed twice"
            raise ValueError(msg)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the candidate gave, the first one first."""
        return (self.name, *self.other_names)

    def of_kind(self, kind: str) -> tuple[Identifier, ...]:
        """Return the identifiers of one kind, in the order given."""
        return tuple(identifier for identifier in self.identifiers if identifier.kind == kind)


def _require_url(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("https", "http") or not parts.netloc:
        msg = "value must be a URL that begins with https:// or http://"
        raise ValueError(msg)
    if "@" in parts.netloc or parts.fragment:
        msg = "a URL with a user name, a password or a fragment is not accepted"
        raise ValueError(msg)
