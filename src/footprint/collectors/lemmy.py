"""A Lemmy account: its bio, its newest posts and comments, as its own server gives them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from pydantic import Field

from footprint.collectors.answer import Shape, origin, read
from footprint.collectors.asking import ask, is_same_user, lines, other_account, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.collectors.webfinger import ACCEPT, ask_finger
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.model.record import Moment

PAGE_SIZE = 50
"""The most that the interface gives at once."""
MAX_PAGES = 3
DELETED = "OPT-LEMMY-DELETED"


class _Person(Shape):
    id: int
    name: str
    display_name: str | None = None
    bio: str | None = None
    actor_id: str
    deleted: bool


class _PersonView(Shape):
    person: _Person


class _Community(Shape):
    removed: bool
    deleted: bool
    hidden: bool = False
    visibility: str = "Public"
    """`LocalOnly` and `Private` communities are not the public's."""

    @property
    def is_open(self) -> bool:
        return not (self.removed or self.deleted or self.hidden) and self.visibility.lower() == "public"


class _Entry(Shape):
    """What a post and a comment have in common."""

    id: int
    ap_id: str
    creator_id: int
    published: Moment
    updated: Moment | None = None
    removed: bool
    """Taken down by a moderator."""
    deleted: bool
    """Taken down by its author."""

    @property
    def is_shown(self) -> bool:
        return not (self.removed or self.deleted)


class _Post(_Entry):
    name: str
    body: str | None = None


class _Comment(_Entry):
    content: str
    path: str
    """`0.PARENT.OWN`: the ids from the post down."""


class _PostView(Shape):
    post: _Post
    community: _Community


class _CommentView(Shape):
    comment: _Comment
    post: _Post
    community: _Community


class _Details(Shape):
    person_view: _PersonView
    posts: Annotated[tuple[_PostView, ...], Field(max_length=PAGE_SIZE)]
    comments: Annotated[tuple[_CommentView, ...], Field(max_length=PAGE_SIZE)]


class Lemmy(Collector):
    """Reads one account on its home server. What was deleted or removed, and closed communities, are passed over."""

    manifest = manifest("lemmy")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        user = f"https://{identifier.home}/api/v3/user?username={identifier.handle}&sort=New&limit={PAGE_SIZE}"
        finger = planned(
            "lemmy.webfinger",
            identifier,
            f"https://{identifier.home}/.well-known/webfinger?resource=acct:{identifier.handle}@{identifier.home}",
            "whether the server knows the account",
            accept=ACCEPT,
            max_bytes=200_000,
        )
        first = planned(
            "lemmy.person", identifier, user, "the account's bio, newest posts and comments", max_bytes=4_000_000
        )
        older = first.but(
            id="lemmy.older",
            template=f"{user}&page={{page}}",
            at_most=MAX_PAGES - 1,
            purpose="older posts and comments",
        )
        return (finger, first, older)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield the profile, then posts and comments, newest first.

        Raises UnreadableError(OPTED_OUT) where the account was deleted by its owner.
        """
        finger, first, older = self.plan(identifier)
        # The interface says of an account that is not there what it says of any bad question: 400.
        await ask_finger(finger, fetch)
        page = await ask(first, fetch)
        details = read(page, _Details)
        person = details.person_view.person
        if not is_same_user(identifier, person.name):
            raise other_account(page)
        if person.deleted:
            raise UnreadableError(UnknownReason.OPTED_OUT, DELETED)
        yield _profile(person, page, identifier)
        number = 1
        while True:
            for observation in _entries(details, person, page=page, identifier=identifier):
                yield observation
            # A page is full where either list is: they are paged together.
            number += 1
            if max(len(details.posts), len(details.comments)) < PAGE_SIZE or number > MAX_PAGES + 1:
                return
            page = await fetch(older.at(older.template.replace("{page}", str(number))))
            details = read(page, _Details)


def _profile(person: _Person, page: Page, identifier: Identifier) -> Observation:
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=lines(person.bio),
        engagement=Engagement.ORIGINAL,
        url=person.actor_id,
        native_id=str(person.id),
        author_name=person.display_name or person.name,
        author_account=identifier.key,
        place="/person_view/person/bio",
    )


def _entries(details: _Details, person: _Person, *, page: Page, identifier: Identifier) -> Iterator[Observation]:
    for place, post in enumerate(details.posts):
        if post.community.is_open:
            words = lines(post.post.name, post.post.body)
            yield from _entry(post.post, words, person, page=page, identifier=identifier, place=f"/posts/{place}/post")
    for place, comment in enumerate(details.comments):
        if comment.community.is_open:
            answered = _answered(comment)
            for said in _entry(
                comment.comment,
                comment.comment.content,
                person,
                page=page,
                identifier=identifier,
                place=f"/comments/{place}/comment",
            ):
                yield said.but(engagement=Engagement.REPLY, context=answered)


def _answered(view: _CommentView) -> str:
    """Return the post that a comment answers; the words of a comment above it are not in the answer."""
    is_direct = view.comment.path.count(".") == 1
    return lines(view.post.name, view.post.body) if is_direct and view.post.is_shown else ""


def _entry(
    entry: _Entry, words: str, person: _Person, *, page: Page, identifier: Identifier, place: str
) -> Iterator[Observation]:
    if entry.is_shown and entry.creator_id == person.id and words.strip():
        yield Observation(
            **origin(page, identifier),
            kind=ObservationKind.POST,
            text=words,
            engagement=Engagement.ORIGINAL,
            url=entry.ap_id,
            native_id=str(entry.id),
            posted_at=entry.published,
            posted_at_from="api",
            author_name=person.display_name or person.name,
            author_account=identifier.key,
            edited=entry.updated is not None,
            place=place,
        )
