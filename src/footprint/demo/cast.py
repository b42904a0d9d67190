"""The accounts and posts of the demonstration's Mastodon server, in the short form of its TOML files."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from footprint.model.record import Line, Moment, Record, Sentence


class ProfileField(Record):
    """One line of an account's table of links."""

    name: Line
    value: Line
    verified_at: Moment | None = None


class Account(Record):
    """An account of the server, in short form."""

    id: Line
    username: Line
    name: Line
    note: str = ""
    created: date
    fields: tuple[ProfileField, ...] = ()
    noindex: bool = False
    discoverable: bool = True
    indexable: bool = True


class Words(Record):
    """What another account said: quoted, or passed on."""

    account: Line
    at: Moment
    text: Sentence


class Post(Record):
    """One post, in short form."""

    account: Line = "mara"
    at: Moment
    text: str = ""
    """Plain text; an empty line begins a paragraph, `@name` mentions, `#word` tags. Empty where a post is passed on."""
    replies_to: Words | None = None
    quotes: Words | None = None
    boosts: Words | None = None
    picture: Line | None = None
    """Description of an attached picture."""
    edited_at: Moment | None = None
    application: Line = "Web"
    shows: Line | None = None
    """What a reader of the demonstration sees by it. Never sent."""


class Cast(Record):
    """`accounts.toml`."""

    host: Line
    accounts: Annotated[tuple[Account, ...], Field(min_length=1)]


class Timeline(Record):
    """`posts.toml`, in any order."""

    posts: tuple[Post, ...]
