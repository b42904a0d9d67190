"""An account on one site of the Stack Exchange network, by its number: profile, posts, comments."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.answer import Shape, origin, read
from footprint.collectors.asking import ask, lines, moment_of, other_account, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import html_to_text, typed_address

INTERFACE = "https://api.stackexchange.com/2.3/users"
ROWS = 100
"""The most that the interface gives at once."""


class _Wrapper(Shape):
    """What stands around every answer."""

    has_more: bool
    quota_remaining: int = 1


class _Owner(Shape):
    user_id: int = 0
    """Left out for an account that was deleted."""


class _User(_Owner):
    display_name: str
    user_type: str
    link: str
    location: str | None = None
    website_url: str | None = None


class _Users(_Wrapper):
    items: Annotated[tuple[_User, ...], Field(max_length=1)]


class _Said(Shape):
    """What a post and a comment have in common. Without `withbody` there would be no body."""

    owner: _Owner
    creation_date: int
    body: str


class _Post(_Said):
    post_id: int
    post_type: str = ""
    link: str
    title: str | None = None
    last_edit_date: int | None = None


class _Comment(_Said):
    comment_id: int
    post_id: int
    edited: bool = False


class _Posts(_Wrapper):
    items: Annotated[tuple[_Post, ...], Field(max_length=ROWS)]


class _Comments(_Wrapper):
    items: Annotated[tuple[_Comment, ...], Field(max_length=ROWS)]


class StackExchange(Collector):
    """Reads one account of one site. The number identifies it; nobody is searched for by name."""

    manifest = manifest("stackexchange")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        user, site = f"{INTERFACE}/{identifier.handle}", identifier.home
        newest = f"?site={site}&order=desc&sort=creation&pagesize={ROWS}&filter=withbody"
        profile = planned("stackexchange.user", identifier, f"{user}?site={site}", "the public profile")
        posts = profile.but(
            id="stackexchange.posts",
            template=f"{user}/posts{newest}",
            purpose="questions and answers",
            max_bytes=6_000_000,
        )
        return (
            profile,
            posts,
            posts.but(id="stackexchange.comments", template=f"{user}/comments{newest}", purpose="comments"),
        )

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield the profile, the posts, the comments.

        Raises SourceStopped where the day's quota is used up, and there is more to ask. The pause that an answer may
        ask for is kept by the gate.
        """
        first, second, third = self.plan(identifier)
        page = await ask(first, fetch)
        users = read(page, _Users)
        user = _user(users, page, identifier)
        yield _profile(user, page, identifier)
        _check_quota(users)
        page = await ask(second, fetch)
        posts = read(page, _Posts)
        for place, post in enumerate(posts.items):
            if post.owner.user_id == user.user_id:
                yield _post(post, user, page=page, identifier=identifier, place=f"/items/{place}/body")
        _check_quota(posts)
        page = await ask(third, fetch)
        for observation in _comments(page, user, identifier):
            yield observation


def _check_quota(answer: _Wrapper) -> None:
    """Stop where nothing is left of the day's quota: the next answer would be a refusal."""
    if answer.quota_remaining <= 0:
        raise SourceStopped(UnknownReason.RATE_LIMITED, "quota")


def _user(users: _Users, page: Page, identifier: Identifier) -> _User:
    if not users.items or users.items[0].user_type == "does_not_exist":
        raise UnreadableError(UnknownReason.ABSENT, f"{page.evidence.planned}: missing")
    (user,) = users.items
    if str(user.user_id) != identifier.handle:
        raise other_account(page)
    return user


def _profile(user: _User, page: Page, identifier: Identifier) -> Observation:
    home = typed_address(user.website_url or "")
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=lines(html_to_text(user.location or "")),
        engagement=Engagement.ORIGINAL,
        url=user.link,
        native_id=str(user.user_id),
        author_name=html_to_text(user.display_name),
        author_account=identifier.key,
        links=(home,) if home is not None else (),
        place="/items/0",
    )


def _post(post: _Post, user: _User, *, page: Page, identifier: Identifier, place: str) -> Observation:
    at = moment_of(post.creation_date)
    title = html_to_text(post.title or "")
    is_answer = post.post_type == "answer"
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.POST,
        # An answer bears the title of the question, which is somebody else's.
        text=lines(None if is_answer else title, html_to_text(post.body)),
        context=title if is_answer else "",
        engagement=Engagement.REPLY if is_answer else Engagement.ORIGINAL,
        url=post.link,
        native_id=str(post.post_id),
        posted_at=at,
        posted_at_from="api" if at is not None else "",
        author_name=html_to_text(user.display_name),
        author_account=identifier.key,
        edited=post.last_edit_date is not None,
        place=place,
    )


def _comments(page: Page, user: _User, identifier: Identifier) -> Iterator[Observation]:
    for place, comment in enumerate(read(page, _Comments).items):
        at = moment_of(comment.creation_date)
        if comment.owner.user_id == user.user_id:
            yield Observation(
                **origin(page, identifier),
                kind=ObservationKind.POST,
                text=html_to_text(comment.body),
                engagement=Engagement.REPLY,
                url=f"https://{identifier.home}/posts/comments/{comment.comment_id}",
                native_id=str(comment.comment_id),
                posted_at=at,
                posted_at_from="api" if at is not None else "",
                author_name=html_to_text(user.display_name),
                author_account=identifier.key,
                edited=comment.edited,
                place=f"/items/{place}/body",
            )
