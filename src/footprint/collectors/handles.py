"""Is there an account of this name at that site? Found, not found, or unknown with its reason; never a guess.

For names that the candidate disclosed, and only where the consent names the source `handles`. One site is examined so:

 (1) the rule's known account must be found: the rule still holds, and no wall stands before it
 (2) a made-up name must not be found: the site does not show everyone the same page
 (3) only then is the candidate's name told to the site, and its answer read by both sides of the rule

An account found says that the name is taken there, not by whom. Nothing that is found leads to a further question.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol, Self

from pydantic import model_validator

from footprint.collectors.handles_rules import SiteRule
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, IdentifierKind, Provenance, Relation
from footprint.model.evidence import UnknownReason
from footprint.model.plan import PlannedRequest, Request
from footprint.model.record import Id, Line, Record

SOURCE = "handles"
ACCEPT = "text/html, application/xhtml+xml, application/json, text/plain, application/xml, text/xml"
MAX_BYTES = 12_000_000
"""Pages of 10 MB exist, with the rule's words at their end."""

PATIENCE = 5.0
"""Seconds that a site may ask to be left alone before it is asked once more; after longer ones it is not asked."""

KNOWN_TRIED = 2
"""Known accounts that are tried: the first may have closed since the rule was written."""

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

NAMED_ACCOUNTS = frozenset({IdentifierKind.MASTODON, IdentifierKind.MEDIAWIKI, IdentifierKind.GITHUB})
"""Kinds of identifier whose handle is a name that a person chose."""
GIVEN = frozenset({Provenance.DECLARED, Provenance.VOLUNTEERED})

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


class Ask(Protocol):
    """The only way out: the gate gives it. It keeps the pace, and follows no redirect."""

    async def __call__(self, request: Request) -> Answer:
        """Return what the site said. Raises UnreadableError where it said nothing, RefusedError as Fetch does."""
        ...


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
    """Kept records that it follows from: both canaries and the answer."""

    @model_validator(mode="after")
    def _says_why_where_unknown(self) -> Self:
        if (self.reason is None) == (self.presence is Presence.UNKNOWN):
            msg = "an unknown has a reason, and nothing else has one"
            raise ValueError(msg)
        return self


class Likeness(NamedTuple):
    """What an answer looks like, with the name taken out."""

    status: int
    location: str
    title: bytes
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
        if mine is None or its is None or mine._replace(length=0) != its._replace(length=0):
            return False
        return abs(mine.length - its.length) <= LENGTHS_ALIKE * max(mine.length, its.length)


def planned(site: SiteRule, name: str, *, identifier: str, purpose: str) -> PlannedRequest | None:
    """Return the line of the plan that asks a site for a name; None where the site cannot be asked for it."""
    address = site.address(name)
    if address is None or len(address) > 500:
        return None
    return PlannedRequest(
        id=f"{SOURCE}.{purpose}",
        source=SOURCE,
        identifier=identifier,
        template=address,
        at_most=2,  # once more after a short pause that the site asked for
        purpose=f"presence: {purpose}",
        accept=ACCEPT,
        max_bytes=MAX_BYTES,
    )


async def examine(site: SiteRule, names: Mapping[str, str], ask: Ask, *, made_up: str) -> AsyncIterator[Verdict]:
    """Yield one verdict a name. `names` holds the candidate's names by the key of the identifier they come from.

    `made_up` is a name that nobody has. Raises what is not an UnreadableError of `ask`.
    """
    examination = _Examination(site, ask)
    control = await examination.canaries(made_up, next(iter(names)))
    for identifier, name in names.items():
        if isinstance(control, _Doubt):
            outcome: _Outcome | _Doubt = control
        else:
            outcome = await examination.look(name, identifier, control)
        yield examination.verdict(identifier, name, outcome)


class _Doubt(NamedTuple):
    reason: UnknownReason
    rule: str


class _Outcome(NamedTuple):
    presence: Presence
    rule: str


class _Examination:
    """The questions to one site, one after the other."""

    def __init__(self, site: SiteRule, ask: Ask) -> None:
        self._site = site
        self._ask = ask
        self._canaries: list[str] = []
        self._seen: list[str] = []

    async def canaries(self, made_up: str, identifier: str) -> Reading | _Doubt:
        """(1) and (2): return how the made-up name reads, or why no verdict can be given."""
        doubt = _Doubt(UnknownReason.MALFORMED, "CANARY-KNOWN")
        for known in self._site.known[:KNOWN_TRIED]:
            found = await self._put(known, identifier, "known")
            if isinstance(found, Reading) and found.fault is None and found.exists and not found.missing:
                break
            doubt = _doubt(found, "CANARY-KNOWN")
            if doubt.reason is not UnknownReason.MALFORMED:
                return doubt  # a wall or no answer: another name would meet the same
        else:
            return doubt
        control = await self._put(made_up, identifier, "made-up")
        if isinstance(control, _Doubt) or control.fault is not None or control.exists:
            return _doubt(control, "CANARY-MADE-UP")
        self._canaries = self._seen
        return control

    async def look(self, name: str, identifier: str, control: Reading) -> _Outcome | _Doubt:
        """(3) Ask for the candidate's name, and read the answer by both sides of the rule."""
        self._seen = []
        found = await self._put(name, identifier, "account")
        if isinstance(found, _Doubt) or found.fault is not None or (found.exists and found.missing):
            return _doubt(found, "HANDLE-NEITHER")
        if found.exists:
            return _Outcome(Presence.FOUND, "HANDLE-FOUND")
        if found.missing:
            return _Outcome(Presence.NOT_FOUND, "HANDLE-MISSING")
        # The site no longer says "missing" as the rule expects, but it says of this name what it says of the made-up one.
        if control.is_plain and found.resembles(control):
            return _Outcome(Presence.NOT_FOUND, "HANDLE-LIKE-MADE-UP")
        return _doubt(found, "HANDLE-NEITHER")

    def verdict(self, identifier: str, name: str, outcome: _Outcome | _Doubt) -> Verdict:
        is_found = isinstance(outcome, _Outcome) and outcome.presence is Presence.FOUND
        seen = self._seen if isinstance(outcome, _Doubt) or not self._canaries else [*self._canaries, *self._seen]
        return Verdict(
            site=self._site.name,
            category=self._site.cat,
            identifier=identifier,
            presence=outcome.presence if isinstance(outcome, _Outcome) else Presence.UNKNOWN,
            reason=outcome.reason if isinstance(outcome, _Doubt) else None,
            rule=outcome.rule,
            page=(self._site.page(name) or "") if is_found else "",
            evidence=tuple(seen),
        )

    async def _put(self, name: str, identifier: str, purpose: str) -> Reading | _Doubt:
        line = planned(self._site, name, identifier=identifier, purpose=purpose)
        if line is None:
            return _Doubt(UnknownReason.OFF_PLAN, "HANDLE-NAME")
        request = line.at(line.template)
        try:
            answer = await self._once(request)
            if _is_limited(answer) and 0 < answer.wait <= PATIENCE:
                answer = await self._once(request)
        except UnreadableError as error:
            return _Doubt(UnknownReason(error.reason), "HANDLE-NO-ANSWER")
        return read(self._site, name, answer)

    async def _once(self, request: Request) -> Answer:
        answer = await self._ask(request)
        if answer.evidence:
            self._seen.append(answer.evidence)
        return answer


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


def _doubt(found: Reading | _Doubt, rule: str) -> _Doubt:
    if isinstance(found, _Doubt):
        return found
    if found.fault is not None:
        return _Doubt(found.fault.reason, found.fault.rule)
    return _Doubt(UnknownReason.MALFORMED, rule)


def _is_limited(answer: Answer) -> bool:
    return answer.shut is not None and answer.shut.reason is UnknownReason.RATE_LIMITED


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
    length = len(answer.body) - len(plain) * answer.body.lower().count(plain)
    return Likeness(answer.status, answer.location.lower().replace(name.lower(), "*"), title, length)


def disclosed_names(candidate: Candidate) -> dict[str, str]:
    """Return the names that may be looked for: the user names of accounts that the candidate gave, each once.

    By the key of the first identifier that has it. Nothing that was found anywhere is ever added.
    """
    names: dict[str, str] = {}
    for identifier in candidate.identifiers:
        is_given = identifier.provenance in GIVEN and identifier.relation is Relation.OWN
        if identifier.kind in NAMED_ACCOUNTS and is_given and identifier.handle not in names.values():
            names[identifier.key] = identifier.handle
    return names
