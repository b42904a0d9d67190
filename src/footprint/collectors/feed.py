"""A feed: the candidate's own, or a newspaper's that may mention them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable

from footprint.collectors.address import literal, scheme_of
from footprint.collectors.answer import malformed, origin, read_page, tried
from footprint.collectors.catalog import manifest
from footprint.collectors.entries import FEED_TYPES, every_entry, is_edited, older_pages, time_source, words_of
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier, Relation
from footprint.model.evidence import Page
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.feed import FeedEntry, parse_feed
from footprint.web.html import ParsedPage

MAX_ARTICLES = 10
"""Articles that are opened of one press feed."""


class Feed(Collector):
    """Reads a feed; of a press feed only the entries that have one of the candidate's names, and their articles."""

    manifest = manifest("feed")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        feed = PlannedRequest(
            id="feed.feed",
            source="feed",
            identifier=identifier.key,
            template=literal(identifier),
            purpose="the feed's newest entries",
            accept=FEED_TYPES,
        )
        if identifier.relation is not Relation.MENTION:
            return (feed, older_pages(feed, identifier))
        article = PlannedRequest(
            id="feed.article",
            source="feed",
            identifier=identifier.key,
            template=f"{scheme_of(identifier)}://{identifier.home}/{{+path}}",
            at_most=MAX_ARTICLES,
            purpose="articles whose title or summary has one of the candidate's names",
        )
        return (feed, article)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        request, second = self.plan(identifier)
        page = await fetch(request.at(request.template))
        if identifier.relation is not Relation.MENTION:
            async for observation in every_entry(page, second, fetch, identifier=identifier, candidate=candidate):
                yield observation
            return
        feed = parse_feed(page.body, page.url, page.charset)
        named = [entry for entry in feed.entries if mentions(f"{entry.title}\n{entry.text}", candidate.names)]
        found = _mentions(named, page, second, language=feed.language, identifier=identifier, fetch=fetch)
        async for observation in found:
            yield observation


def mentions(text: str, names: Iterable[str]) -> bool:
    """Say whether one of the names stands in the text, whole and in any case. It says nothing about who is meant."""
    line = " ".join(text.casefold().split())
    return any(_as_words(name).search(line) for name in names)


async def _mentions(
    entries: Iterable[FeedEntry],
    page: Page,
    planned: PlannedRequest,
    *,
    language: str,
    identifier: Identifier,
    fetch: Fetch,
) -> AsyncIterator[Observation]:
    fault: UnreadableError | None = None
    opened: set[str] = set()
    for entry in entries:
        if not planned.allows(entry.url):
            # An article elsewhere is not in the plan; what the feed itself says of it was read and stands.
            yield _summary(entry, page, identifier).but(language=language)
        elif entry.url not in opened and len(opened) <= MAX_ARTICLES:
            # One more than planned: the gate refuses it, and so the report says that there was more.
            opened.add(entry.url)
            article = await tried(fetch, planned.at(entry.url))
            try:
                if article is not None:
                    yield _article(entry, article, planned, identifier)
            except UnreadableError as error:
                fault = fault or error
    if fault is not None:
        raise fault


def _article(entry: FeedEntry, page: Page, planned: PlannedRequest, identifier: Identifier) -> Observation:
    parsed = read_page(page)
    if not parsed.text:
        raise malformed(page, "no text in the article")
    from_feed = entry.published_at is not None
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.ARTICLE,
        text=_headed(parsed),
        engagement=Engagement.BY_OTHERS,
        # The address that the page calls its own, where it is one of the same host.
        url=parsed.canonical_url if planned.allows(parsed.canonical_url) else page.url,
        native_id=entry.id,
        posted_at=entry.published_at if from_feed else parsed.published_at,
        posted_at_from="feed" if from_feed else parsed.published_from,
        author_name=parsed.author or entry.author,
        language=parsed.language,
        edited=is_edited(entry),
        place="article",
    )


def _headed(parsed: ParsedPage) -> str:
    """Return the article under its title, where the text does not begin with it anyway."""
    first = parsed.text.partition("\n")[0]
    return parsed.text if parsed.title.startswith(first) else f"{parsed.title}\n{parsed.text}".strip()


def _summary(entry: FeedEntry, page: Page, identifier: Identifier) -> Observation:
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.ARTICLE,
        text=words_of(entry),
        engagement=Engagement.BY_OTHERS,
        url=entry.url or page.url,
        native_id=entry.id,
        posted_at=entry.published_at or entry.updated,
        posted_at_from=time_source(entry),
        author_name=entry.author,
        edited=is_edited(entry),
        place=f"entry[{entry.place}]",
    )


def _as_words(name: str) -> re.Pattern[str]:
    """A name as whole words; where its script has no case, and so no spaces to rely on, anywhere."""
    plain = " ".join(name.casefold().split())
    before = r"(?<!\w)" if plain[0].upper() != plain[0] else ""
    after = r"(?!\w)" if plain[-1].upper() != plain[-1] else ""
    return re.compile(before + re.escape(plain) + after)
