"""The shapes of Bluesky's interface that are read: the lexicons `app.bsky.actor.defs` and `app.bsky.feed.defs`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from footprint.collectors.answer import Shape
from footprint.model.record import Moment

ROWS = 100
"""What was asked for at once, which is the most that is given."""
SIGNED_IN_ONLY = "!no-unauthenticated"
"""The label by which an account asks to be shown to signed-in people only (`com.atproto.label.defs`)."""
HIDDEN = frozenset((SIGNED_IN_ONLY, "!hide", "!takedown"))
"""Labels under which a post of anybody is not shown to the public."""

Labels = Annotated[tuple["Label", ...], Field(max_length=ROWS)]


class Label(Shape):
    """What an account says of itself, or a moderation service of an account or a post."""

    src: str
    val: str
    neg: bool = False


class Actor(Shape):
    """An account, in brief."""

    did: str
    handle: str = ""
    """Left out where the account blocks or is blocked (`blockedAuthor`)."""
    display_name: Annotated[str, Field(alias="displayName")] = ""
    labels: Labels = ()

    @property
    def is_closed(self) -> bool:
        """True where the account asks not to be shown without a log-in."""
        return any(label.val == SIGNED_IN_ONLY and not label.neg for label in self.labels)


class Profile(Actor):
    """An account with what it says of itself."""

    description: str = ""
    website: str = ""
    pronouns: str = ""


class Profiles(Shape):
    """The answer about accounts; who is not there, or was taken down, is left out."""

    profiles: Annotated[tuple[Profile, ...], Field(max_length=1)]


class Words(Shape):
    """The record of a post. Other kinds of record have no `text`."""

    text: str = ""
    created_at: Annotated[Moment | str, Field(alias="createdAt", union_mode="left_to_right")] = ""
    """As the author's own program says, so it may say anything."""
    langs: Annotated[tuple[str, ...], Field(max_length=ROWS)] = ()


class Quoted(Shape):
    """An embedded record; one that was deleted or blocked has no author."""

    author: Actor | None = None
    value: Words | None = None
    labels: Labels = ()
    record: Quoted | None = None
    """Where pictures stand beside a quotation, the quoted record is one level deeper (`recordWithMedia`)."""

    @property
    def words(self) -> str | None:
        """The quoted words; empty where they are not to be shown, None where nothing of a person is quoted."""
        if self.value is None or self.author is None:
            return self.record.words if self.record is not None else None
        return "" if is_hidden(self.author, self.labels) else self.value.text


class Embed(Shape):
    """What hangs below a post: pictures, a link, or a quoted record."""

    record: Quoted | None = None


class Post(Shape):
    """A post with its author. A parent that was deleted or blocked has neither author nor record."""

    uri: str
    author: Actor | None = None
    record: Words | None = None
    embed: Embed | None = None
    indexed_at: Annotated[Moment | None, Field(alias="indexedAt")] = None
    labels: Labels = ()

    @property
    def words(self) -> str:
        """What it says; empty where it is gone or not to be shown."""
        if self.record is None or self.author is None or is_hidden(self.author, self.labels):
            return ""
        return self.record.text

    @property
    def posted_at(self) -> datetime | None:
        """The earlier of the author's time and the service's, as the service itself sorts."""
        own = self.record.created_at if self.record is not None else ""
        times = [at for at in (own, self.indexed_at) if isinstance(at, datetime)]
        return min(times, default=None)


class Reply(Shape):
    """What a post answers."""

    parent: Post


class Reason(Shape):
    """Why a post stands in a feed though it may be another's."""

    kind: Annotated[str, Field(alias="$type")]
    """`app.bsky.feed.defs#reasonRepost`, or that it is pinned."""
    by: Actor | None = None
    indexed_at: Annotated[Moment | None, Field(alias="indexedAt")] = None


class Item(Shape):
    """One entry of an account's feed."""

    post: Post
    reply: Reply | None = None
    reason: Reason | None = None


class AuthorFeed(Shape):
    """A page of an account's feed."""

    feed: Annotated[tuple[Item, ...], Field(max_length=ROWS)]
    cursor: str = ""


def is_hidden(author: Actor, labels: tuple[Label, ...]) -> bool:
    """Say whether a post is not to be shown: its author or its labels ask so."""
    return author.is_closed or any(label.val in HIDDEN and not label.neg for label in labels)
