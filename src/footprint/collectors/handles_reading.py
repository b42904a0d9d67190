"""What one answer of a site says of a name, by both sides of the site's rule, and what outweighs a sign of a wall."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import NamedTuple

from footprint.collectors.handles_rules import SiteRule
from footprint.model.evidence import UnknownReason

CHALLENGES = (
    b"/cdn-cgi/challenge-platform/",
    b"challenge-error-text",
    b"challenge-form",
    b"Checking your browser",
    b"AwsWafIntegration",
    b"px-captcha",
    b"captcha-delivery.com",
    b"_Incapsula_Resource",
    b"/.within.website/x/cmd/anubis/",
    b"g-recaptcha",
    b"h-captcha",
)
"""Marks that bot walls leave in pages they serve as 200. They count only where the rule's own words are not there:
some of them stand on open pages as well."""

NEUTRAL = frozenset({"ABSENT-STATUS", "STATUS-OTHER", "REDIRECT-NOWHERE"})
"""Statuses that no page is read from elsewhere, and that a rule may state here as the answer for a missing account."""

OVERRULED = frozenset({"WALL-STATUS", "WALL-LOGIN-FORM", "SERVER-STATUS"})
"""Signs of a wall that words which only the rule's own page has outweigh: the header of many open pages holds a log-in
form, and some sites say "no such account" with 401. A challenge, a log-in redirect or a paywall is never outweighed."""

_TITLE = re.compile(rb"<title[^>]*>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)
TITLE_WITHIN = 64 * 1024
LENGTHS_ALIKE = 0.02
"""Share by which two pages that say the same of two names may differ in length, beside the names."""


class Shut(NamedTuple):
    """Why the door says that an answer may not be used, as `web.publicness` does."""

    reason: UnknownReason
    rule: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said, as the door hands it in: also a 404 or a redirect, which nobody followed."""

    status: int
    body: bytes = b""
    charset: str | None = None
    location: str = ""
    shut: Shut | None = None
    wait: float = 0.0
    """Seconds that the site asks to be left alone."""
    evidence: str = ""
    """Id of the kept record; empty where nothing is kept."""


class Likeness(NamedTuple):
    """What an answer looks like, with the name taken out. No text of the page stands in it."""

    mark: str
    """Digest of the status, where it leads and the title."""
    length: int


class Reading(NamedTuple):
    """What one answer says by one rule."""

    exists: bool
    missing: bool
    fault: Shut | None
    """Why the answer may not be used; None where it may."""
    likeness: Likeness | None
    """What it looks like, where it shows neither side."""

    @property
    def is_plain(self) -> bool:
        """True where it shows neither side of the rule, and no wall."""
        return not self.exists and not self.missing and self.fault is None

    def resembles(self, other: Reading) -> bool:
        """Say whether two answers are of one page but for the name."""
        mine, its = self.likeness, other.likeness
        if mine is None or its is None or mine.mark != its.mark:
            return False
        return abs(mine.length - its.length) <= LENGTHS_ALIKE * max(mine.length, its.length)


def read(site: SiteRule, name: str, answer: Answer) -> Reading:
    """Return what an answer says of a name by both sides of a site's rule."""
    exists = answer.status == site.e_code and _holds(answer, site.e_string)
    missing = answer.status == site.m_code and (not site.m_string or _holds(answer, site.m_string))
    # What only a rule's own page says outweighs a doubtful sign of a wall; a status alone outweighs nothing.
    worded = exists or (missing and bool(site.m_string))
    return Reading(
        exists=exists,
        missing=missing,
        fault=_fault(answer, exists=exists, worded=worded),
        likeness=None if exists or missing else _likeness(name, answer),
    )


def _fault(answer: Answer, *, exists: bool, worded: bool) -> Shut | None:
    shut = answer.shut
    if shut is not None and shut.rule not in NEUTRAL:
        is_wish = shut.reason is UnknownReason.OPTED_OUT
        # That a page about nobody asks not to be indexed is nobody's wish.
        if (is_wish and exists) or (not is_wish and not (worded and shut.rule in OVERRULED)):
            return shut
    if not worded and any(mark in answer.body for mark in CHALLENGES):
        return Shut(UnknownReason.WALL, "WALL-CHALLENGE-PAGE")
    return None


def _holds(answer: Answer, text: str) -> bool:
    """Say whether a page holds a text, without decoding the page: it may be long, and faulty."""
    if text.encode() in answer.body:
        return True
    if text.isascii() or answer.charset is None:
        return False
    try:
        return text.encode(answer.charset) in answer.body
    except (LookupError, UnicodeEncodeError):
        return False


def _likeness(name: str, answer: Answer) -> Likeness:
    found = _TITLE.search(answer.body, 0, TITLE_WITHIN)
    plain = name.encode().lower()
    title = b" ".join((found[1] if found else b"").lower().replace(plain, b"*").split())
    location = answer.location.lower().replace(name.lower(), "*")
    mark = hashlib.sha256(f"{answer.status}\n{location}\n".encode() + title).hexdigest()
    return Likeness(mark, len(answer.body) - len(plain) * answer.body.lower().count(plain))
