"""The candidate, as they described themselves, and the identifiers they gave."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from footprint.model.kinds import KINDS, PLUGIN_PREFIX, Kind, Spelling, is_kind, kind_of
from footprint.model.record import Id, Line, Record


class IdentifierKind(StrEnum):
    """What an identifier points at; each kind is read by the collector of the same name, or by none."""

    WEBSITE = "website"
    FEED = "feed"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"
    LEMMY = "lemmy"
    MEDIAWIKI = "mediawiki"
    WIKIDATA = "wikidata"
    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"
    STACKEXCHANGE = "stackexchange"
    HACKERNEWS = "hackernews"
    DEVTO = "devto"
    MEDIUM = "medium"
    SUBSTACK = "substack"
    YOUTUBE = "youtube"
    KEYBASE = "keybase"
    CROSSREF = "crossref"
    OPENALEX = "openalex"
    ORCID = "orcid"
    WAYBACK = "wayback"
    COMMONCRAWL = "commoncrawl"
    GDELT = "gdelt"
    COMPANIES_HOUSE = "companies-house"
    GAZETTE = "gazette"
    OPENSANCTIONS = "opensanctions"
    SEARXNG = "searxng"
    BRAVE = "brave"
    GRAVATAR = "gravatar"
    HANDLES = "handles"
    """A user name that the candidate gave to be looked for at many sites."""
    REDDIT = "reddit"
    X = "x"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    LINKEDIN = "linkedin"
    TIKTOK = "tiktok"


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


DEFAULT_HOSTS = {kind: KINDS[kind].host or "" for kind in IdentifierKind}
"""The host that a bare value of a kind means; empty where there is none."""

_HOST = re.compile(
    r"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:\d{1,5})?$"
)


def _known_kind(kind: object) -> object:
    if not isinstance(kind, str) or not is_kind(kind):
        msg = f"kind must be one of {', '.join(KINDS)}, or {PLUGIN_PREFIX} and the name of a plug-in"
        raise ValueError(msg)
    return kind


PluginKind = Annotated[str, StringConstraints(pattern=r"^x-[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=50)]
"""The kind of a source that a plug-in reads."""
KindName = Annotated[IdentifierKind | PluginKind, BeforeValidator(_known_kind)]
"""One of our kinds, or a plug-in's."""


class Identifier(Record):
    """One public place that the candidate, or for the press the policy, named."""

    kind: KindName
    value: Annotated[Line, Field(max_length=400)]
    """What `footprint.model.kinds` says of its kind: a URL, `@user@host`, a user name, a number, words to search for."""
    host: Line | None = None
    """The host of a wiki, a code host or an instance other than the default."""
    provenance: Provenance = Provenance.DECLARED
    relation: Relation = Relation.OWN

    @model_validator(mode="after")
    def _is_well_formed(self) -> Self:
        kind = self._form
        if kind.spelling is Spelling.URL:
            _require_url(self.value)
        elif not kind.accepts(self.value):
            msg = f"value must be {kind.expected}"
            raise ValueError(msg)
        if kind.is_fixed and (self.host or self.home).lower() != self.home:
            msg = f"host must be left out: there is only {self.home}"
            raise ValueError(msg)
        if kind.spelling is Spelling.BARE:
            self._require_no_host()
        elif not _HOST.match(self.home):
            msg = "host must be a host name in ASCII, such as wiki.example.org"
            raise ValueError(msg)
        self._require_relation(kind)
        return self

    def _require_no_host(self) -> None:
        if self.host is not None:
            msg = "host must be left out: the name is looked for at many"
            raise ValueError(msg)

    def _require_relation(self, kind: Kind) -> None:
        is_search = kind.spelling is Spelling.QUERY
        is_mention = self.relation is Relation.MENTION
        if is_mention and self.kind != IdentifierKind.FEED and not is_search:
            msg = "only a feed can have the relation 'mention', or a search"
            raise ValueError(msg)
        if is_search and not is_mention:
            msg = "a search is no place of the candidate's: its relation is 'mention'"
            raise ValueError(msg)
        if (self.provenance is Provenance.CONTROLLER) != is_mention:
            msg = "a controller names press feeds only, and searches (relation 'mention'); accounts and sites come from the candidate"
            raise ValueError(msg)

    @property
    def _form(self) -> Kind:
        return kind_of(self.kind)

    @property
    def source(self) -> str:
        """The source that reads it: the name of its kind."""
        return str(self.kind)

    @property
    def home(self) -> str:
        """The host, with its port where it is not the default, that this identifier lives on."""
        form = self._form
        if form.spelling is Spelling.URL:
            return urlsplit(self.value).netloc.lower()
        if form.spelling is Spelling.ADDRESS:
            return self.value.rpartition("@")[2].lower()
        return (form.host if form.is_fixed and form.host else self.host or form.host or "").lower()

    @property
    def handle(self) -> str:
        """The user name on that host; for a website or feed the URL, for a search its words."""
        form = self._form
        if form.spelling is Spelling.ADDRESS:
            return self.value.removeprefix("@").rpartition("@")[0]
        return self.value.removeprefix("@") if form.spelling is Spelling.NAME else self.value

    @property
    def key(self) -> str:
        """The identifier as the consent's scope lists it: `mastodon:user@host`, `website:https://host/`."""
        if self._form.spelling in (Spelling.URL, Spelling.BARE):
            return f"{self.kind}:{self.value}"
        return f"{self.kind}:{self.handle}@{self.home}"

    @property
    def is_search(self) -> bool:
        """True where it is words to search for, and no place."""
        return self._form.spelling is Spelling.QUERY

    @property
    def page(self) -> str:
        """The address where a reader finds it; empty where it has none."""
        pages = self._form.pages
        return pages[0].format(handle=self.handle, home=self.home) if pages else ""


class Stay(Record):
    """Where the candidate lived, and when, as they gave it."""

    place: Line
    first: date
    last: date | None = None
    """None where they live there still."""


EmailHash = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{32}|[0-9a-f]{64})$")]
"""MD5 or SHA-256 of an e-mail address in lower case, as services of pictures write it. Never the address."""


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
    email_hashes: tuple[EmailHash, ...] = ()
    languages: tuple[Line, ...] = ()
    """Tags (BCP 47) of the languages they write in."""
    stays: tuple[Stay, ...] = ()
    """For telling namesakes apart by place and time."""
    identifiers: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=50)]

    @model_validator(mode="after")
    def _has_each_identifier_once(self) -> Self:
        keys = [identifier.key for identifier in self.identifiers]
        if len(set(keys)) != len(keys):
            msg = "an identifier is listed twice"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _searches_for_themselves_only(self) -> Self:
        """A search for anything else would be a search for somebody else."""
        asked = {f"{name} {word}".casefold() for name in self.names for word in self._circumstances}
        asked |= {name.casefold() for name in self.names}
        if any(search.handle.casefold() not in asked for search in self.identifiers if search.is_search):
            msg = (
                "a search is for one of the candidate's names, alone or with a place, an employer or a school they gave"
            )
            raise ValueError(msg)
        return self

    @property
    def _circumstances(self) -> tuple[str, ...]:
        return (*self.places, *self.employers, *self.schools)

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
