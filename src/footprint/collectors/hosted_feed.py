"""The feed that a platform offers of one account: its entries, and whose words they are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from footprint.collectors.asking import ask, other_account, planned
from footprint.collectors.entries import FEED_TYPES, own_entries
from footprint.collectors.interface import Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.observation import Engagement, Observation
from footprint.model.plan import PlannedRequest
from footprint.web.feed import ParsedFeed, parse_feed


def feed_request(identifier: Identifier, url: str, purpose: str) -> PlannedRequest:
    """Return the one request for a feed."""
    return planned(f"{identifier.source}.feed", identifier, url, purpose, accept=FEED_TYPES)


async def own_feed(
    request: PlannedRequest,
    fetch: Fetch,
    *,
    identifier: Identifier,
    candidate: Candidate,
    account_name: Callable[[ParsedFeed], str],
    names_account: bool = True,
) -> AsyncIterator[Observation]:
    """Yield the entries. One that bears the account's own name is the account's, whatever name the candidate gave.

    Raises what `fetch` raises, and UnreadableError(MALFORMED) for what is no feed, or where the platform's feeds name
    their account, for that of another one.
    """
    page = await ask(request, fetch)
    feed = parse_feed(page.body, page.url, page.charset)
    if names_account and identifier.handle.casefold() not in feed.link.casefold():
        raise other_account(page)
    name = account_name(feed)
    for entry in own_entries(feed, page, identifier=identifier, candidate=candidate):
        is_own = name and entry.author_name == name
        yield entry.but(engagement=Engagement.ORIGINAL, author_account=identifier.key) if is_own else entry
