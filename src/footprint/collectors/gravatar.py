"""A Gravatar profile, by the e-mail address that the candidate gave; only its digest is told."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.answer import Shape, origin, read
from footprint.collectors.asking import ask, lines, other_account, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import MAX_LINKS, typed_address


class _Account(Shape):
    url: str
    is_hidden: bool = False


class _Profile(Shape):
    hash: str
    display_name: str = ""
    profile_url: str
    location: str = ""
    description: str = ""
    job_title: str = ""
    company: str = ""
    verified_accounts: Annotated[tuple[_Account, ...], Field(max_length=MAX_LINKS)] = ()


class Gravatar(Collector):
    """Reads one profile. The digest of an address is not anonymous: who knows the address can reckon it."""

    manifest = manifest("gravatar")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        url = f"https://api.gravatar.com/v3/profiles/{_digest(identifier)}"
        return (planned("gravatar.profile", identifier, url, "the public profile"),)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        page = await ask(request, fetch)
        profile = read(page, _Profile)
        if profile.hash != _digest(identifier):
            raise other_account(page)
        shown = (typed_address(account.url) for account in profile.verified_accounts if not account.is_hidden)
        yield Observation(
            **origin(page, identifier),
            kind=ObservationKind.PROFILE,
            text=lines(profile.description, profile.job_title, profile.company, profile.location),
            engagement=Engagement.ORIGINAL,
            url=profile.profile_url,
            author_name=profile.display_name,
            author_account=identifier.key,
            links=tuple(address for address in shown if address is not None),
            place="/description",
        )


def _digest(identifier: Identifier) -> str:
    return hashlib.sha256(identifier.handle.strip().lower().encode()).hexdigest()
