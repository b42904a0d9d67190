"""Is there an account of this name at that site? Found, not found, or unknown with its reason; never a guess.

For names that the candidate disclosed, and only where the consent names the source `handles`. One site is examined so:

 (1) the rule's known account must be found: the rule still holds, and no wall stands before it
 (2) a made-up name must not be found: the site does not show everyone the same page
 (3) only then is the candidate's name told to the site, and its answer read by both sides of the rule

(1) and (2) are the canaries. A site that passed them a short time ago need not be asked for them again. An account found
says that the name is taken there, not by whom. Nothing that is found leads to a further question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from footprint.collectors.handles_reading import Answer, Likeness, Reading, read
from footprint.collectors.handles_rules import SiteRule
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, IdentifierKind, Provenance
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.presence import SOURCE, Presence, SiteResult, Verdict

ACCEPT = "text/html, application/xhtml+xml, application/json, text/plain, application/xml, text/xml"
MAX_BYTES = 12_000_000
"""Pages of 10 MB exist, with the rule's words at their end."""

PATIENCE = 5.0
"""Seconds that a site may ask to be left alone before it is asked once more; after longer ones it is not asked."""

KNOWN_TRIED = 2
"""Known accounts that are tried: the first may have closed since the rule was written."""

LONGEST_ADDRESS = 500

GIVEN = frozenset({Provenance.DECLARED, Provenance.VOLUNTEERED})


class Purpose(StrEnum):
    """What a question is for."""

    KNOWN = "known"
    MADE_UP = "made-up"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Probe:
    """One question: is there an account of this name?"""

    site: SiteRule
    name: str
    identifier: str
    """Key of the candidate's identifier that it serves."""
    purpose: Purpose
    url: str

    @property
    def planned(self) -> str:
        """The id of the question, as evidence and audit log give it."""
        return f"{SOURCE}.{self.purpose}"


class Ask(Protocol):
    """The only way out: the gate gives it. It keeps the pace, and follows no redirect."""

    async def __call__(self, probe: Probe) -> Answer:
        """Return what the site said. Raises UnreadableError where it said nothing, RefusedError as Fetch does."""
        ...


class Examined(NamedTuple):
    """What came of one site."""

    verdicts: tuple[Verdict, ...]
    """One a name."""
    control: Reading | None
    """How the made-up name read; None where the canaries did not pass."""


async def examine(
    site: SiteRule, names: Mapping[str, str], ask: Ask, *, made_up: str, passed: Likeness | bool = False
) -> Examined:
    """Return one verdict a name. `names` holds the candidate's names by the key of the identifier they come from.

    `made_up` is a name that nobody has. Where the canaries passed within their time to live, `passed` is what the
    made-up name's answer looked like, or True where it showed a side of the rule. Raises what is not an
    UnreadableError of `ask`.
    """
    examination = _Examination(site, ask)
    control: Reading | _Doubt = _recalled(passed)
    if passed is False:
        control = await examination.canaries(made_up, next(iter(names)))
    verdicts = []
    for identifier, name in names.items():
        outcome: _Outcome | _Doubt = control if isinstance(control, _Doubt) else _Doubt(UnknownReason.CANARY, "CANARY")
        if isinstance(control, Reading):
            outcome = await examination.look(name, identifier, control)
        verdicts.append(examination.verdict(identifier, name, outcome))
    return Examined(tuple(verdicts), control if isinstance(control, Reading) else None)


def _recalled(passed: Likeness | bool) -> Reading:
    likeness = None if isinstance(passed, bool) else passed
    return Reading(exists=False, missing=likeness is None, fault=None, likeness=likeness)


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
        doubt = _Doubt(UnknownReason.CANARY, "CANARY-KNOWN")
        for known in self._site.known[:KNOWN_TRIED]:
            found = await self._put(known, identifier, Purpose.KNOWN)
            if isinstance(found, Reading) and found.fault is None and found.exists and not found.missing:
                break
            doubt = _doubt(found, UnknownReason.CANARY, "CANARY-KNOWN")
            if doubt.reason is not UnknownReason.CANARY:
                return doubt  # a wall or no answer: another name would meet the same
        else:
            return doubt
        control = await self._put(made_up, identifier, Purpose.MADE_UP)
        if isinstance(control, _Doubt) or control.fault is not None or control.exists:
            return _doubt(control, UnknownReason.CANARY, "CANARY-MADE-UP")
        self._canaries, self._seen = self._seen, []
        return control

    async def look(self, name: str, identifier: str, control: Reading) -> _Outcome | _Doubt:
        """(3) Ask for the candidate's name, and read the answer by both sides of the rule."""
        self._seen = []
        found = await self._put(name, identifier, Purpose.ACCOUNT)
        if isinstance(found, _Doubt) or found.fault is not None or (found.exists and found.missing):
            return _doubt(found, UnknownReason.MALFORMED, "HANDLE-NEITHER")
        if found.exists:
            return _Outcome(Presence.FOUND, "HANDLE-FOUND")
        if found.missing:
            return _Outcome(Presence.NOT_FOUND, "HANDLE-MISSING")
        # The site no longer says "missing" as the rule expects, but it says of this name what it says of the made-up one.
        if control.is_plain and found.resembles(control):
            return _Outcome(Presence.NOT_FOUND, "HANDLE-LIKE-MADE-UP")
        return _doubt(found, UnknownReason.MALFORMED, "HANDLE-NEITHER")

    def verdict(self, identifier: str, name: str, outcome: _Outcome | _Doubt) -> Verdict:
        is_found = isinstance(outcome, _Outcome) and outcome.presence is Presence.FOUND
        return Verdict(
            site=self._site.name,
            category=self._site.cat,
            identifier=identifier,
            presence=outcome.presence if isinstance(outcome, _Outcome) else Presence.UNKNOWN,
            reason=outcome.reason if isinstance(outcome, _Doubt) else None,
            rule=outcome.rule,
            page=(self._site.page(name) or "") if is_found else "",
            evidence=(*self._canaries, *self._seen),
        )

    async def _put(self, name: str, identifier: str, purpose: Purpose) -> Reading | _Doubt:
        address = self._site.address(name)
        if address is None or len(address) > LONGEST_ADDRESS:
            return _Doubt(UnknownReason.OFF_PLAN, "HANDLE-NAME")
        probe = Probe(self._site, name, identifier, purpose, address)
        try:
            answer = await self._once(probe)
            if _is_limited(answer) and 0 < answer.wait <= PATIENCE:
                answer = await self._once(probe)
        except UnreadableError as error:
            return _Doubt(UnknownReason(error.reason), "HANDLE-NO-ANSWER")
        return read(self._site, name, answer)

    async def _once(self, probe: Probe) -> Answer:
        answer = await self._ask(probe)
        if answer.evidence:
            self._seen.append(answer.evidence)
        return answer


def _doubt(found: Reading | _Doubt, reason: UnknownReason, rule: str) -> _Doubt:
    if isinstance(found, _Doubt):
        return found
    if found.fault is not None:
        return _Doubt(found.fault.reason, found.fault.rule)
    return _Doubt(reason, rule)


def _is_limited(answer: Answer) -> bool:
    return answer.shut is not None and answer.shut.reason is UnknownReason.RATE_LIMITED


def disclosed_names(candidate: Candidate) -> dict[str, str]:
    """Return the names that may be looked for: those that the candidate gave for it, by the key of their identifier.

    Nothing that was found anywhere is ever added, and no name of an account that was given for that account alone.
    """
    given = (identifier for identifier in candidate.of_kind(IdentifierKind.HANDLES) if identifier.provenance in GIVEN)
    return {identifier.key: identifier.handle for identifier in given}


def observed(result: SiteResult, verdict: Verdict, candidate: Candidate, *, sha256: str) -> Observation:
    """Return the observation that an account of a name is there: no word of its page.

    Its account is one that the candidate declared only where the site is that account's own home.
    """
    name = disclosed_names(candidate)[verdict.identifier]
    homes = (identifier for identifier in candidate.identifiers if identifier.handle.lower() == name.lower())
    declared = next((identifier.key for identifier in homes if _bare(identifier.home) == _bare(result.place)), None)
    return Observation(
        source=SOURCE,
        identifier=verdict.identifier,
        kind=ObservationKind.PRESENCE,
        text="",
        engagement=Engagement.ORIGINAL,
        url=verdict.page,
        author_account=declared or f"{SOURCE}:{name}@{result.place}",
        evidence=verdict.evidence[-1],
        evidence_sha256=sha256,
        place="presence",
    )


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
