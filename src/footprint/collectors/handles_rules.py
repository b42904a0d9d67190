"""Rules of presence: what a site answers for an account that is there, and for one that is not.

The format is WhatsMyName's. The rules are the user's own file: none are shipped, and the file may be written by a
stranger. A rule that is not two-sided, that needs more than a plain GET, or whose answer would say something about the
candidate's health, sex life or politics, is left out with the id of the reason.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from footprint.collectors.address import escaped
from footprint.errors import InputError
from footprint.model.record import Line, Record, canonical_json

MAX_FILE_BYTES = 5_000_000
"""WhatsMyName's own file has 230 kB."""
MAX_SITES = 5_000

PLACE = "{account}"
"""Where the name stands in an address."""

_TEXT = Annotated[str, StringConstraints(max_length=1000)]
_STATUS = Annotated[int, Field(ge=100, le=599)]
_NAME_IN_HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[!-~]+")


class SiteRule(BaseModel):
    """One site, in WhatsMyName's words. What the format adds later is passed over."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    name: Line
    uri_check: Annotated[Line, Field(max_length=400)]
    """The address to ask, with `{account}` where the name stands."""
    uri_pretty: Annotated[Line, Field(max_length=400)] | None = None
    """The address for a reader, where it differs."""
    e_code: _STATUS
    """The status of an account that exists."""
    e_string: _TEXT
    """What stands on the page of an account that exists."""
    m_code: _STATUS
    """The status of an account that is missing."""
    m_string: _TEXT
    """What stands on the page of a missing account; may be empty where the status alone says it."""
    known: Annotated[list[Line], Field(min_length=1, max_length=20)]
    """Accounts that exist: the first canaries."""
    cat: Line
    headers: dict[str, str] | None = None
    post_body: str | None = None
    tags: list[_TEXT] | None = None
    """Words under which some files sort a site besides its category."""
    strip_bad_char: Annotated[str, StringConstraints(max_length=50)] | None = None
    """Characters that the site ignores in a name."""
    valid: bool = True

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        for address in (self.uri_check, self.uri_pretty or self.uri_check):
            if not _ADDRESS.fullmatch(address):
                msg = "an address must begin with http:// or https:// and be plain ASCII"
                raise ValueError(msg)
        return self

    @property
    def place(self) -> str:
        """The host that the manners hold for: `example.org` also where each account has a host of its own."""
        netloc = self.uri_check.partition("://")[2].partition("/")[0].partition("?")[0].lower()
        return netloc.replace(PLACE, "").lstrip(".-")

    def address(self, name: str) -> str | None:
        """Return the address to ask for a name, or None where the site could not tell this name from another."""
        if any(character in name for character in self.strip_bad_char or ""):
            return None  # the site drops the character, so its answer would be about another account
        return _filled(self.uri_check, name)

    def page(self, name: str) -> str | None:
        """Return the address for a reader."""
        return _filled(self.uri_pretty or self.uri_check, name)

    def digest(self) -> str:
        """Return the SHA-256 of the rule, in hex: a changed rule is another one."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(canonical_json(self.model_dump(mode="json"))).hexdigest()


class LeftAlone(Record):
    """Which sites are not asked whatever their rules say: `handles_special.toml`."""

    categories: tuple[Line, ...]
    tags: tuple[Line, ...]
    words: tuple[Line, ...]
    link_only: tuple[Line, ...]

    def is_special(self, site: SiteRule) -> bool:
        """Say whether to be found at a site would itself tell of sex life, health, opinions or belief (GDPR Art. 9(1))."""
        tags = {tag.lower() for tag in site.tags or ()}
        if site.cat.lower() in {category.lower() for category in self.categories} or tags & set(self.tags):
            return True
        return self._pattern.search(f"{site.name} {site.place}".lower()) is not None

    def is_link_only(self, site: SiteRule) -> bool:
        """Say whether the terms of a site forbid reading it without a log-in."""
        host = site.place.partition(":")[0]
        return any(host == name or host.endswith(f".{name}") for name in self.link_only)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = (re.escape(word).replace(r"\*", "[a-z]*") for word in self.words)
        return re.compile(rf"(?<![a-z])({'|'.join(words)})(?![a-z])")


@lru_cache(maxsize=1)
def left_alone() -> LeftAlone:
    """Return which sites are not asked, as the data beside this module says."""
    text = files("footprint.collectors").joinpath("handles_special.toml").read_text("utf-8")
    return LeftAlone.model_validate(tomllib.loads(text))


class Rejected(NamedTuple):
    """A site of the file that is not asked."""

    site: str
    """Its name, or its number in the file where it has no usable one."""
    rule: str
    """The id of the reason: `HANDLES-CATEGORY`."""


class RuleBook(Record):
    """The sites that may be asked, and those that were left out."""

    sites: tuple[SiteRule, ...]
    rejected: tuple[Rejected, ...]
    sha256: str
    """Of the file, so that a result says which rules it follows from."""


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    sites: Annotated[list[object], Field(max_length=MAX_SITES)]


def read_rules(content: bytes, *, where: str, special: bool = False) -> RuleBook:
    """Return the rules that a file in WhatsMyName's format holds. A faulty or unfit site is left out, with its reason.

    `special` lets the special categories in. Raises InputError where the whole is not such a file.
    """
    if len(content) > MAX_FILE_BYTES:
        raise InputError(where=where, expected=f"a file of at most {MAX_FILE_BYTES:,} bytes")
    try:
        found = _File.model_validate_json(content)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise InputError(where=where, field=place, expected="site rules in WhatsMyName's format") from None
    sites, rejected = [], []
    for number, value in enumerate(found.sites):
        try:
            site = SiteRule.model_validate(value)
        except ValidationError:
            rejected.append(Rejected(f"site {number}", "HANDLES-SHAPE"))
            continue
        rule = unfit(site, special=special)
        if rule is None:
            sites.append(site)
        else:
            rejected.append(Rejected(site.name, rule))
    names = Counter(site.name for site in sites)
    rejected += [Rejected(name, "HANDLES-TWICE") for name, count in names.items() if count > 1]
    return RuleBook(
        sites=tuple(site for site in sites if names[site.name] == 1),
        rejected=tuple(rejected),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def unfit(site: SiteRule, *, special: bool = False) -> str | None:
    """Return the id of the reason why a site is not asked, or None."""
    tests = (
        ("HANDLES-INVALID", not site.valid),
        ("HANDLES-CATEGORY", not special and left_alone().is_special(site)),
        ("HANDLES-LINK-ONLY", left_alone().is_link_only(site)),
        ("HANDLES-POST", site.post_body is not None),
        ("HANDLES-HEADERS", bool(site.headers)),
        ("HANDLES-ADDRESS", site.uri_check.count(PLACE) != 1 or _place_of_name(site.uri_check) is None),
        ("HANDLES-ONE-SIDED", not is_two_sided(site)),
    )
    return next((rule for rule, holds in tests if holds), None)


def is_two_sided(site: SiteRule) -> bool:
    """Say whether a rule can tell a missing account from an existing one, by what it says of both."""
    if not site.e_string:
        return False
    if site.m_code != site.e_code:
        return True
    return bool(site.m_string) and site.e_string not in site.m_string and site.m_string not in site.e_string


def _place_of_name(address: str) -> str | None:
    """Return where the name stands: `host`, as a whole label, or `path`; None for elsewhere in the address."""
    rest = address.partition("://")[2]
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if PLACE not in host:
        return None if "#" in rest.partition(PLACE)[0] else "path"
    return "host" if host.startswith(f"{PLACE}.") and host.count(".") > 1 else None


def _filled(address: str, name: str) -> str | None:
    where = _place_of_name(address)
    if where == "host" and not _NAME_IN_HOST.fullmatch(name):
        return None
    if not name or name in {".", ".."}:
        return None
    before, _, after = address.partition(PLACE)
    # A brace left in an address would be a place in the plan's template.
    return _plain(before) + escaped(name) + _plain(after)


def _plain(part: str) -> str:
    return part.replace("{", "%7B").replace("}", "%7D")
