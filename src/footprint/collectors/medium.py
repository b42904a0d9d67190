"""A Medium account, by the feed that Medium offers of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from footprint.collectors.address import escaped
from footprint.collectors.catalog import manifest
from footprint.collectors.hosted_feed import feed_request, own_feed
from footprint.collectors.interface import Collector, Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest
from footprint.web.feed import ParsedFeed

_TITLE = re.compile(r"Stories by (.{1,200}) on Medium")


class Medium(Collector):
    """Reads the ten newest stories of one account."""

    manifest = manifest("medium")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        url = f"https://medium.com/feed/@{escaped(identifier.handle)}"
        return (feed_request(identifier, url, "the account's newest stories"),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return own_feed(request, fetch, identifier=identifier, candidate=candidate, account_name=_account_name)


def _account_name(feed: ParsedFeed) -> str:
    named = _TITLE.fullmatch(feed.title)
    return named[1] if named else ""
