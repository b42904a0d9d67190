"""A Hacker News account: what it says of itself, and its newest stories, polls and comments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.answer import Shape, origin, read, tried
from footprint.collectors.asking import ask, lines, moment_of, other_account, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import html_to_text, links_in

INTERFACE = "https://hacker-news.firebaseio.com/v0"
SITE = "https://news.ycombinator.com"
MAX_ITEMS = 40
"""Items that are opened: each is a request of its own."""


ItemNumber = Annotated[int, Field(ge=1, le=10**12)]
"""It goes into an address."""


class _User(Shape):
    id: str
    """Case counts in it."""
    about: str = ""
    submitted: Annotated[tuple[ItemNumber, ...], Field(max_length=1_000_000)] = ()


class _Item(Shape):
    id: int
    type: str = ""
    by: str = ""
    """Left out of a deleted item."""
    time: int | None = None
    title: str = ""
    text: str = ""
    deleted: bool = False
    dead: bool = False
    """Taken down by moderators or readers; shown to signed-in people at most."""


class HackerNews(Collector):
    """Reads one account and the items that it lists as its newest."""

    manifest = manifest("hackernews")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        user = planned(
            "hackernews.user",
            identifier,
            f"{INTERFACE}/user/{identifier.handle}.json",
            "what the account says of itself, and the numbers of its items",
        )
        item = user.but(
            id="hackernews.item",
            template=f"{INTERFACE}/item/{{id}}.json",
            purpose="stories, polls and comments",
            at_most=MAX_ITEMS,
            max_bytes=500_000,
        )
        return (user, item)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield the profile, then the items, newest first; one that cannot be read does not hold up the others."""
        first, item = self.plan(identifier)
        page = await ask(first, fetch)
        if _is_nothing(page):
            raise UnreadableError(UnknownReason.ABSENT, f"{first.id}: missing")
        user = read(page, _User)
        if user.id != identifier.handle:
            raise other_account(page)
        yield _profile(user, page, identifier)
        # One more than planned: the gate refuses it, and so the report says that there was more.
        for number in sorted(user.submitted, reverse=True)[: MAX_ITEMS + 1]:
            answer = await tried(fetch, item.at(item.template.replace("{id}", str(number))))
            if answer is not None and not _is_nothing(answer):
                observation = _observation(read(answer, _Item), user, page=answer, identifier=identifier)
                if observation is not None:
                    yield observation


def _is_nothing(page: Page) -> bool:
    """Say whether the answer is `null`: what there is not is said so, with the status 200."""
    return page.body.strip() == b"null"


def _profile(user: _User, page: Page, identifier: Identifier) -> Observation:
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=html_to_text(user.about),
        engagement=Engagement.ORIGINAL,
        url=f"{SITE}/user?id={user.id}",
        native_id=user.id,
        author_name=user.id,
        author_account=identifier.key,
        links=tuple(link.url for link in links_in(user.about, SITE)),
        place="/about",
    )


def _observation(item: _Item, user: _User, *, page: Page, identifier: Identifier) -> Observation | None:
    if item.deleted or item.dead or item.by != user.id:
        return None
    at = moment_of(item.time)
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.POST,
        text=lines(html_to_text(item.title), html_to_text(item.text)),
        engagement=Engagement.REPLY if item.type == "comment" else Engagement.ORIGINAL,
        url=f"{SITE}/item?id={item.id}",
        native_id=str(item.id),
        posted_at=at,
        posted_at_from="api" if at is not None else "",
        author_name=user.id,
        author_account=identifier.key,
        place="/text",
    )
