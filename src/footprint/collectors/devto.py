"""An account of DEV, or of another Forem: its profile and the announcements of its articles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Annotated

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, origin, read, read_list
from footprint.collectors.asking import ask, each, is_same_user, lines, other_account, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.model.record import Moment
from footprint.web.html import typed_address

ACCEPT = "application/vnd.forem.api-v1+json, application/json"
ROWS = 100


class _Author(Shape):
    username: str
    name: str = ""


class _User(_Author):
    id: int
    summary: str | None = None
    location: str | None = None
    website_url: str | None = None
    github_username: str | None = None
    """Given by GitHub when the two accounts were joined, not typed."""


class _Article(Shape):
    id: int
    title: str
    description: str
    tag_list: tuple[str, ...]
    url: str
    published_timestamp: Annotated[Moment | str, Field(union_mode="left_to_right")]
    """Empty for what is no longer published."""
    edited_at: str | None = None
    language: str | None = None
    user: _Author


class Devto(Collector):
    """Reads one account. Of an article its title, its description and its tags are read, not the text."""

    manifest = manifest("devto")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        interface, name = f"https://{identifier.home}/api", escaped(identifier.handle)
        return (
            planned(
                "devto.user",
                identifier,
                f"{interface}/users/by_username?url={name}",
                "the public profile",
                accept=ACCEPT,
            ),
            planned(
                "devto.articles",
                identifier,
                f"{interface}/articles?username={name}&per_page={ROWS}",
                "titles and descriptions of published articles",
                accept=ACCEPT,
            ),
        )

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        first, articles = self.plan(identifier)
        page = await ask(first, fetch)
        user = read(page, _User)
        if not is_same_user(identifier, user.username):
            raise other_account(page)
        yield _profile(user, page, identifier)
        async for observation in each(fetch, [(articles, partial(_articles, user=user, identifier=identifier))]):
            yield observation


def _profile(user: _User, page: Page, identifier: Identifier) -> Observation:
    typed = (user.website_url or "", f"github.com/{user.github_username}" if user.github_username else "")
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=lines(user.summary, user.location),
        engagement=Engagement.ORIGINAL,
        url=identifier.page,
        native_id=str(user.id),
        author_name=user.name or user.username,
        author_account=identifier.key,
        links=tuple(address for address in map(typed_address, typed) if address is not None),
        place="/summary",
    )


def _articles(page: Page, *, user: _User, identifier: Identifier) -> Iterator[Observation]:
    for place, article in enumerate(read_list(page, _Article, at_most=ROWS)):
        at = article.published_timestamp
        if isinstance(at, str) or not is_same_user(identifier, article.user.username):
            continue
        yield Observation(
            **origin(page, identifier),
            kind=ObservationKind.POST,
            text=lines(article.title, article.description, ", ".join(article.tag_list)),
            engagement=Engagement.ORIGINAL,
            url=article.url,
            native_id=str(article.id),
            posted_at=at,
            posted_at_from="api",
            author_name=user.name or user.username,
            author_account=identifier.key,
            language=article.language or "",
            edited=article.edited_at is not None,
            place=f"/{place}/description",
        )
