"""The shapes of GitHub's REST interface that are read: users, repositories, events. No e-mail address is among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import Field

from footprint.collectors.answer import Shape
from footprint.model.record import Moment

ROWS = 100
"""What was asked for at once, which is the most that is given."""
MAX_COMMITS = 100

WRITINGS = {
    "IssuesEvent": ("issue", ""),
    "PullRequestEvent": ("pull_request", ""),
    "DiscussionEvent": ("discussion", ""),
    "ReleaseEvent": ("release", ""),
    "IssueCommentEvent": ("comment", "issue"),
    "CommitCommentEvent": ("comment", ""),
    "PullRequestReviewCommentEvent": ("comment", "pull_request"),
    "PullRequestReviewEvent": ("review", "pull_request"),
}
"""Event type, where its words stand in the payload, and where what they answer stands. A star (WatchEvent) is a like,
a fork has no words: such types are not read."""
REPLIES = frozenset(("comment", "review"))
FRESH = frozenset((None, "opened", "created", "published", "submitted"))
"""Actions with which words appear; at a `closed` the same words would be read again with the wrong time."""


class Login(Shape):
    """Whoever did something."""

    login: str


class User(Login):
    """A public profile."""

    id: int
    html_url: str
    type: str
    name: str | None
    company: str | None
    blog: str | None
    location: str | None
    bio: str | None
    suspended_at: Moment | None = None


class Repository(Shape):
    """A public repository."""

    id: int
    name: str
    html_url: str
    description: str | None
    fork: bool
    private: bool
    owner: Login
    created_at: Moment | None = None
    topics: Annotated[tuple[str, ...], Field(max_length=100)] = ()


class Writing(Shape):
    """A comment, an issue, a review: whatever has words."""

    title: str | None = None
    name: str | None = None
    body: str | None = None
    html_url: str | None = None
    user: Login | None = None
    author: Login | None = None

    @property
    def words(self) -> str:
        """Title and body."""
        return "\n".join(filter(None, (self.title or self.name, self.body)))

    def is_by(self, login: str) -> bool:
        """Say whether it was written by an account; where it does not say by whom, by the one that acted."""
        writer = self.user or self.author
        return writer is None or writer.login == login


class CommitAuthor(Shape):
    """Who wrote a commit, by name. The address that stands beside it is not read."""

    name: str


class Commit(Shape):
    """One commit of a push. Since October 2025 github.com leaves them out; Enterprise Servers may list them."""

    sha: str
    message: str
    author: CommitAuthor


class Payload(Shape):
    """The part of an event that differs by its type."""

    action: str | None = None
    issue: Writing | None = None
    pull_request: Writing | None = None
    discussion: Writing | None = None
    release: Writing | None = None
    comment: Writing | None = None
    review: Writing | None = None
    commits: Annotated[tuple[Commit, ...], Field(max_length=MAX_COMMITS)] = ()

    def writing(self, field: str) -> Writing | None:
        """Return what stands under a field, as `WRITINGS` names it."""
        found = getattr(self, field, None)
        return found if isinstance(found, Writing) else None


class Place(Shape):
    """The repository in which something happened."""

    name: str


class Statement(NamedTuple):
    """Words of one event."""

    text: str
    place: str
    """JSON pointer from the event."""
    url: str = ""
    native_id: str = ""
    context: str = ""
    is_reply: bool = False


class Event(Shape):
    """One public event."""

    id: str
    type: str
    actor: Login
    repo: Place
    payload: Payload
    public: bool
    created_at: Moment

    def statements(self, authors: frozenset[str]) -> Iterator[Statement]:
        """Yield the actor's words. Of a push, the commits whose author has one of the names `authors`."""
        if self.type == "PushEvent":
            yield from self._commits(authors)
            return
        field, parent = WRITINGS.get(self.type, ("", ""))
        writing = self.payload.writing(field) if field else None
        if writing is None or self.payload.action not in FRESH or not writing.is_by(self.actor.login):
            return
        answered = self.payload.writing(parent) if parent else None
        if writing.words:
            yield Statement(
                text=writing.words,
                place=f"/payload/{field}/body",
                url=writing.html_url or "",
                context=answered.words if answered is not None else "",
                is_reply=field in REPLIES,
            )

    def _commits(self, authors: frozenset[str]) -> Iterator[Statement]:
        # A push may carry other people's commits; their words are theirs.
        for place, commit in enumerate(self.payload.commits):
            if commit.author.name in authors and commit.message.strip():
                yield Statement(
                    text=commit.message.strip(), place=f"/payload/commits/{place}/message", native_id=commit.sha
                )
