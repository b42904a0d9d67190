"""What each kind of identifier looks like: what stands in its value, whether it has a host, where a reader finds it.

The spellings are those of the services' own documentation, as the manifests name it. A table row is all that a new kind
needs here.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

PLUGIN_PREFIX = "x-"
"""How the kind of a source that a plug-in reads begins; no kind of ours does."""
_PLUGIN = re.compile(r"x-[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Spelling(StrEnum):
    """What the value of an identifier is."""

    URL = "url"
    """An address of the candidate's own: it says its host itself."""
    ADDRESS = "address"
    """`@user@host`."""
    NAME = "name"
    """A name or a number at a host: the kind's own, or another where `host` may name one."""
    BARE = "bare"
    """A user name without a host: a name that is looked for at many sites."""
    QUERY = "query"
    """Words to search for: one of the candidate's names, alone or with a place, an employer or a school they gave."""


class Kind(NamedTuple):
    """One kind of identifier."""

    spelling: Spelling
    expected: str = ""
    """What a value must be, in words."""
    pattern: re.Pattern[str] = re.compile(r".{1,400}")
    host: str | None = None
    """The host that a bare value means; None where the identifier must say it."""
    is_fixed: bool = False
    """True where there is no other host than this one."""
    pages: tuple[str, ...] = ()
    """Addresses under which such an account is linked to, the first one for a reader."""
    is_chosen: bool = False
    """True where the value is a user name that a person chose, so that it may be theirs elsewhere too."""
    has_check_digit: bool = False

    def accepts(self, value: str) -> bool:
        """Say whether a value is spelt as this kind is."""
        return self.pattern.fullmatch(value) is not None and (not self.has_check_digit or _is_sound(value))


def kind_of(name: str) -> Kind:
    """Return the kind of a name; every plug-in's kind is a name at a host. Raises KeyError where there is none."""
    return _OF_PLUGINS if _PLUGIN.fullmatch(name) else KINDS[name]


def is_kind(name: str) -> bool:
    """Say whether there is a kind of this name."""
    return name in KINDS or _PLUGIN.fullmatch(name) is not None


def _is_sound(value: str) -> bool:
    """Say False for an ORCID iD with a slip of the pen, which would be another person's (ISO 7064 MOD 11-2)."""
    total = 0
    for digit in value.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == value[-1]


def _account(
    pattern: str, expected: str, host: str, *pages: str, is_fixed: bool = True, is_chosen: bool = True
) -> Kind:
    return Kind(Spelling.NAME, expected, re.compile(pattern), host, is_fixed, pages, is_chosen)


def _researcher(*pages: str) -> Kind:
    spelt = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")
    words = "an ORCID iD with its hyphens, whose last digit fits"
    return Kind(Spelling.NAME, words, spelt, "orcid.org", True, pages, has_check_digit=True)


def _search(host: str | None) -> Kind:
    return Kind(Spelling.QUERY, "words to search for", re.compile(r"[^\x00-\x1f\x7f\"]{2,200}"), host, host is not None)


_SITE = Kind(Spelling.URL, pages=("{handle}",))
_FEDERATED = r"@?[A-Za-z0-9_]([A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?@[^@/\s]+"
_CODE_USER = r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,253}[A-Za-z0-9_-])?"
_OF_PLUGINS = Kind(
    Spelling.NAME, "a name without slash or brackets", re.compile(r"[^/#<>\[\]|{}\x00-\x1f\x7f]{1,100}"), is_chosen=True
)

KINDS: dict[str, Kind] = {
    "website": _SITE,
    "feed": _SITE,
    "mastodon": Kind(
        Spelling.ADDRESS,
        "@user@host",
        re.compile(_FEDERATED),
        pages=("https://{home}/@{handle}", "https://{home}/users/{handle}"),
        is_chosen=True,
    ),
    "bluesky": _account(
        r"@?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}|did:(plc:[a-z2-7]{24}|web:[A-Za-z0-9.-]{1,200})",
        "a handle, which is a domain name, or a DID",
        "bsky.app",
        "https://bsky.app/profile/{handle}",
    ),
    "lemmy": Kind(
        Spelling.ADDRESS, "@user@host", re.compile(_FEDERATED), pages=("https://{home}/u/{handle}",), is_chosen=True
    ),
    "mediawiki": _account(
        r"[^/#<>\[\]|{}@:\x00-\x1f\x7f]{1,85}",
        "a user name without slash, colon or brackets",
        "en.wikipedia.org",
        "https://{home}/wiki/User:{handle}",
        is_fixed=False,
    ),
    "wikidata": _account(
        r"Q[1-9][0-9]{0,11}",
        "an item's number: Q and digits",
        "www.wikidata.org",
        "https://{home}/wiki/{handle}",
        is_chosen=False,
    ),
    "github": _account(
        r"[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?",
        "a user name: letters, digits, single hyphens",
        "github.com",
        "https://{home}/{handle}",
        is_fixed=False,
    ),
    "gitlab": _account(
        _CODE_USER, "a user name: letters, digits and _.-", "gitlab.com", "https://{home}/{handle}", is_fixed=False
    ),
    "forgejo": _account(
        _CODE_USER, "a user name: letters, digits and _.-", "codeberg.org", "https://{home}/{handle}", is_fixed=False
    ),
    "stackexchange": _account(
        r"-1|[1-9][0-9]{0,11}",
        "the number of a user; the site is the host",
        "stackoverflow.com",
        "https://{home}/users/{handle}",
        is_fixed=False,
        is_chosen=False,
    ),
    "hackernews": _account(
        r"[A-Za-z0-9_-]{2,15}",
        "a user name: 2 to 15 letters, digits and _-",
        "news.ycombinator.com",
        "https://{home}/user?id={handle}",
    ),
    "devto": _account(
        r"@?[A-Za-z0-9_]{1,60}",
        "a user name: letters, digits and _",
        "dev.to",
        "https://{home}/{handle}",
        is_fixed=False,
    ),
    "medium": _account(
        r"@?[A-Za-z0-9._-]{1,60}",
        "a user name, @name",
        "medium.com",
        "https://{home}/@{handle}",
        "https://{handle}.{home}",
    ),
    "substack": _account(
        r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?",
        "the name of a publication, as it stands before .substack.com",
        "substack.com",
        "https://{handle}.{home}",
        "https://{home}/@{handle}",
    ),
    "youtube": _account(
        r"UC[A-Za-z0-9_-]{22}",
        "the id of a channel: UC and 22 characters",
        "www.youtube.com",
        "https://{home}/channel/{handle}",
        is_chosen=False,
    ),
    "keybase": _account(
        r"[A-Za-z0-9_]{2,16}", "a user name: 2 to 16 letters, digits and _", "keybase.io", "https://{home}/{handle}"
    ),
    "crossref": _researcher(),
    "openalex": _researcher(),
    "orcid": _researcher("https://{home}/{handle}"),
    "wayback": _SITE,
    "commoncrawl": _SITE,
    "gdelt": _search("api.gdeltproject.org"),
    "companies-house": _search("find-and-update.company-information.service.gov.uk"),
    "gazette": _search("www.thegazette.co.uk"),
    "opensanctions": _search(None),
    "searxng": _search(None),
    "brave": _search("search.brave.com"),
    "gravatar": _account(
        r"[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z0-9-]{2,63}",
        "a mail address that the candidate gave",
        "gravatar.com",
        is_chosen=False,
    ),
    "handles": Kind(
        Spelling.BARE,
        "a user name without space, slash, bracket, colon or @",
        re.compile(r"[^\s/?#@:<>\\{}\x00-\x1f\x7f]{1,100}"),
    ),
    "reddit": _account(
        r"[A-Za-z0-9_-]{3,20}",
        "a user name: 3 to 20 letters, digits and _-",
        "www.reddit.com",
        "https://{home}/user/{handle}",
    ),
    "x": _account(r"@?[A-Za-z0-9_]{1,15}", "a user name: letters, digits and _", "x.com", "https://{home}/{handle}"),
    "facebook": _account(
        r"[A-Za-z0-9.]{1,100}", "a user name or number", "www.facebook.com", "https://{home}/{handle}"
    ),
    "instagram": _account(
        r"@?[A-Za-z0-9._]{1,30}", "a user name: letters, digits and ._", "www.instagram.com", "https://{home}/{handle}"
    ),
    "linkedin": _account(
        r"[^\s/?#<>@:]{3,100}",
        "the name in the profile's address, after /in/",
        "www.linkedin.com",
        "https://{home}/in/{handle}",
    ),
    "tiktok": _account(
        r"@?[A-Za-z0-9._]{2,24}", "a user name: letters, digits and ._", "www.tiktok.com", "https://{home}/@{handle}"
    ),
}
"""By the name that stands in a profile, which is that of the source. The order is that of the published schema."""
