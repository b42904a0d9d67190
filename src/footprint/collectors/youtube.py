"""A YouTube channel, by the feed that YouTube offers of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from footprint.collectors.catalog import manifest
from footprint.collectors.hosted_feed import feed_request, own_feed
from footprint.collectors.interface import Collector, Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest
from footprint.web.feed import ParsedFeed


class YouTube(Collector):
    """Reads titles and descriptions of the 15 newest videos of one channel; no video, no comment."""

    manifest = manifest("youtube")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        url = f"https://www.youtube.com/feeds/videos.xml?channel_id={identifier.handle}"
        return (feed_request(identifier, url, "titles and descriptions of the newest videos"),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return own_feed(request, fetch, identifier=identifier, candidate=candidate, account_name=_account_name)


def _account_name(feed: ParsedFeed) -> str:
    return feed.author
