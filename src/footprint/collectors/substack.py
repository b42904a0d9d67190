"""A Substack publication, by the feed that it offers."""

from __future__ import annotations

from collections.abc import AsyncIterator

from footprint.collectors.catalog import manifest
from footprint.collectors.hosted_feed import feed_request, own_feed
from footprint.collectors.interface import Collector, Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.observation import Observation
from footprint.model.plan import PlannedRequest
from footprint.web.feed import ParsedFeed


class Substack(Collector):
    """Reads the newest posts of one publication. A publication may have several authors: only the candidate's are theirs."""

    manifest = manifest("substack")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        url = f"https://{identifier.handle.lower()}.substack.com/feed"
        return (feed_request(identifier, url, "the publication's newest posts"),)

    def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        return own_feed(
            request, fetch, identifier=identifier, candidate=candidate, account_name=_account_name, names_account=False
        )


def _account_name(feed: ParsedFeed) -> str:
    # The publication's title is no person's name, and any of its authors may be a guest.
    return ""
