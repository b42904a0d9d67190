"""The entries of a candidate's own feed as observations, and whose words they are."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator, Iterator

from footprint.collectors.address import scheme_of
from footprint.collectors.answer import origin, tried
from footprint.collectors.interface import Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.feed import FeedEntry, ParsedFeed, parse_feed

FEED_TYPES = "application/atom+xml, application/rss+xml, application/xml, text/xml"
"""What a feed may be served as."""
MAX_OLDER = 4
"""Pages of a feed that are asked for after its newest."""


def older_pages(first: PlannedRequest, identifier: Identifier) -> PlannedRequest:
    """Return the request for the pages of a feed before its newest, wherever on the same host the feed says they are."""
    return first.but(
        id=f"{identifier.source}.older",
        template=f"{scheme_of(identifier)}://{identifier.home}/{{+path}}",
        at_most=MAX_OLDER,
        purpose="older entries, where the feed comes in pages",
        accept=FEED_TYPES,
    )


async def every_entry(
    page: Page, older: PlannedRequest, fetch: Fetch, *, identifier: Identifier, candidate: Candidate
) -> AsyncIterator[Observation]:
    """Yield the entries of a feed, from its newest page back, each once.

    Raises UnreadableError(MALFORMED) for a page that is no feed; what was yielded before stands.
    """
    answer: Page | None = page
    asked, seen = {page.url}, set[tuple[str, str]]()
    while answer is not None:
        feed = parse_feed(answer.body, answer.url, answer.charset)
        for entry in own_entries(feed, answer, identifier=identifier, candidate=candidate):
            if (entry.native_id or entry.url, entry.text) not in seen:
                seen.add((entry.native_id or entry.url, entry.text))
                yield entry
        # One more than planned: the gate refuses it, and so the report says that there was more.
        if feed.next_url in asked or not older.allows(feed.next_url) or len(asked) > MAX_OLDER + 1:
            return
        asked.add(feed.next_url)
        answer = await tried(fetch, older.at(feed.next_url))


def own_entries(feed: ParsedFeed, page: Page, *, identifier: Identifier, candidate: Candidate) -> Iterator[Observation]:
    """Yield one observation an entry that has words.

    An entry is the candidate's where it names no author or names the candidate; anybody else on the candidate's site,
    such as a guest author, is somebody else.
    """
    for entry in feed.entries:
        text = words_of(entry)
        if text:
            is_own = not entry.author or is_candidate(entry.author, candidate)
            yield Observation(
                **origin(page, identifier),
                kind=ObservationKind.POST,
                text=text,
                engagement=Engagement.ORIGINAL if is_own else Engagement.BY_OTHERS,
                url=entry.url or page.url,
                native_id=entry.id,
                posted_at=entry.published_at or entry.updated,
                posted_at_from=time_source(entry),
                author_name=entry.author or feed.author,
                author_account=identifier.key if is_own else "",
                language=feed.language,
                edited=is_edited(entry),
                place=f"entry[{entry.place}]",
            )


def words_of(entry: FeedEntry) -> str:
    """Return an entry's title and text; the title once where it is the beginning of the text."""
    title = entry.title.rstrip(".… ")
    if not title or " ".join(entry.text.split()).startswith(title):
        return entry.text
    return f"{entry.title}\n{entry.text}".strip()


def time_source(entry: FeedEntry) -> str:
    """Return where an entry's time comes from: `feed`, or `feed-updated` where it only says when it was last changed."""
    if entry.published_at is not None:
        return "feed"
    return "feed-updated" if entry.updated is not None else ""


def is_edited(entry: FeedEntry) -> bool:
    """Say whether an entry was changed after it was published."""
    return entry.published_at is not None and entry.updated is not None and entry.updated > entry.published_at


def is_candidate(author: str, candidate: Candidate) -> bool:
    """Say whether an author's name is one that the candidate gave, or the user name of one of their accounts."""
    handles = (identifier.handle for identifier in candidate.identifiers)
    return _bare(author) in {_bare(name) for name in (*candidate.names, *handles)}


def _bare(name: str) -> str:
    """Without case, accents, points and the order of words: `Quill, Mara` is `mara quill`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted(plain.replace(",", " ").replace(".", " ").split()))
