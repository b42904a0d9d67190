"""Keybase: which of the accounts that the candidate named are proved to be of one hand. Nothing is discovered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, malformed, origin, read, tried
from footprint.collectors.asking import ask, is_same_user, other_account, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier, IdentifierKind
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest

INTERFACE = "https://keybase.io/_/api/1.0/user/lookup.json"
SERVICES: dict[tuple[str, str], str] = {
    (IdentifierKind.GITHUB, "github.com"): "github",
    (IdentifierKind.HACKERNEWS, "news.ycombinator.com"): "hackernews",
    (IdentifierKind.REDDIT, "www.reddit.com"): "reddit",
    (IdentifierKind.X, "x.com"): "twitter",
    (IdentifierKind.FACEBOOK, "www.facebook.com"): "facebook",
}
"""Kinds of account that a proof can be looked up by, at their one host, and the name of the parameter."""
MAX_PAIRS = 20


class _Basics(Shape):
    username: str


class _User(Shape):
    basics: _Basics


class _Status(Shape):
    code: int


class _Answer(Shape):
    status: _Status
    them: Annotated[tuple[_User | None, ...], Field(max_length=100)] | _User | None = ()


class Keybase(Collector):
    """Asks, for each account or site that the candidate named, whether the proof of it is the candidate's own.

    The list of all proofs is never asked for: it would show accounts that the candidate did not name.
    """

    manifest = manifest("keybase")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        user = planned(
            "keybase.user",
            identifier,
            f"{INTERFACE}?usernames={identifier.handle}&fields=basics",
            "whether the account is there",
            max_bytes=200_000,
        )
        pair = user.but(
            id="keybase.pair",
            template=f"{INTERFACE}?{{service}}={{name}}&fields=basics",
            at_most=MAX_PAIRS,
            purpose="whose proof an account or a site is that the candidate named",
        )
        return (user, pair)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield one profile without words, whose links are the places that are proved."""
        user, pair = self.plan(identifier)
        page = await ask(user, fetch)
        if not _is_proved(page, identifier):
            raise UnreadableError(UnknownReason.ABSENT, f"{user.id}: missing")
        proved = []
        for place, service, name in _places(candidate):
            url = f"{INTERFACE}?{service}={escaped(name)}&fields=basics"
            answer = await tried(fetch, pair.at(url))
            if answer is not None and _is_proved(answer, identifier):
                proved.append(place.page)
        yield Observation(
            **origin(page, identifier),
            kind=ObservationKind.PROFILE,
            text="",
            engagement=Engagement.ORIGINAL,
            url=identifier.page,
            author_name=identifier.handle,
            author_account=identifier.key,
            links=tuple(proved),
            place="/them/0/basics",
        )


def _places(candidate: Candidate) -> list[tuple[Identifier, str, str]]:
    """Return the candidate's own places that a proof can be looked up by: the place, the service, the name there."""
    found = []
    for place in candidate.identifiers:
        if place.kind == IdentifierKind.WEBSITE:
            found.append((place, "domain", place.home.partition(":")[0]))
        elif (service := SERVICES.get((place.kind, place.home))) is not None:
            found.append((place, service, place.handle))
    return found[:MAX_PAIRS]


def _is_proved(page: Page, identifier: Identifier) -> bool:
    """Say whether the answer is this account and no other."""
    answer = read(page, _Answer)
    if answer.status.code != 0:
        raise malformed(page, "an error that is not foreseen")
    them = answer.them if isinstance(answer.them, tuple) else (answer.them,)
    names = [user.basics.username for user in them if user is not None]
    if page.evidence.planned == "keybase.user" and names and not is_same_user(identifier, *names):
        raise other_account(page)
    return len(names) == 1 and is_same_user(identifier, names[0])
