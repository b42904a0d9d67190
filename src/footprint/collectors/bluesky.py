"""A Bluesky account: its profile and its newest posts, as the public interface gives them without a log-in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime

from footprint.collectors.address import escaped
from footprint.collectors.answer import origin, read
from footprint.collectors.asking import ask, is_same_user, lines, other_account, planned, series
from footprint.collectors.bluesky_shapes import ROWS, AuthorFeed, Item, Profile, Profiles
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import typed_address

INTERFACE = "https://public.api.bsky.app/xrpc"
REPOST = "app.bsky.feed.defs#reasonRepost"
CLOSED = "OPT-BLUESKY-NO-UNAUTHENTICATED"
MAX_PAGES = 2


class Bluesky(Collector):
    """Reads one account of the AT Protocol through Bluesky's public interface."""

    manifest = manifest("bluesky")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        actor = escaped(identifier.handle)
        return (
            planned(
                "bluesky.profile",
                identifier,
                # `getProfile` answers 400 for whatever it cannot show; `getProfiles` leaves out who is not there.
                f"{INTERFACE}/app.bsky.actor.getProfiles?actors={actor}",
                "the account's profile and its wishes",
            ),
            planned(
                "bluesky.feed",
                identifier,
                f"{INTERFACE}/app.bsky.feed.getAuthorFeed?actor={actor}&filter=posts_with_replies&limit={ROWS}{{+cursor}}",
                "public posts, replies and reposts",
                max_bytes=4_000_000,
            ).but(at_most=MAX_PAGES),
        )

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield the profile, then the posts, newest first.

        Raises UnreadableError(OPTED_OUT) where the account asks to be shown to signed-in people only; then no post is
        asked for.
        """
        first, feed = self.plan(identifier)
        page = await ask(first, fetch)
        profile = _only(page, identifier)
        yield _profile(profile, page, identifier)
        start = feed.template.removesuffix("{+cursor}")
        async for found, answer in series(feed, fetch, start, AuthorFeed, _following):
            for observation in _posts(answer, profile, page=found, identifier=identifier):
                yield observation


def _only(page: Page, identifier: Identifier) -> Profile:
    profiles = read(page, Profiles).profiles
    if not profiles:
        raise UnreadableError(UnknownReason.ABSENT, f"{page.evidence.planned}: missing")
    (profile,) = profiles
    if not is_same_user(identifier, profile.handle, profile.did):
        raise other_account(page)
    if profile.is_closed:
        raise UnreadableError(UnknownReason.OPTED_OUT, CLOSED)
    return profile


def _following(answer: AuthorFeed) -> str:
    return f"&cursor={escaped(answer.cursor[:200])}" if answer.cursor and answer.feed else ""


def _profile(profile: Profile, page: Page, identifier: Identifier) -> Observation:
    site = typed_address(profile.website)
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=lines(profile.description, profile.pronouns),
        engagement=Engagement.ORIGINAL,
        url=f"https://bsky.app/profile/{profile.handle}",
        native_id=profile.did,
        author_name=profile.display_name or profile.handle,
        author_account=identifier.key,
        links=(site,) if site is not None else (),
        place="/profiles/0/description",
    )


def _posts(answer: AuthorFeed, profile: Profile, *, page: Page, identifier: Identifier) -> Iterator[Observation]:
    for place, item in enumerate(answer.feed):
        observation = _post(item, profile, page=page, identifier=identifier, place=f"/feed/{place}/post/record/text")
        if observation is not None:
            yield observation


def _post(item: Item, profile: Profile, *, page: Page, identifier: Identifier, place: str) -> Observation | None:
    engagement, text, context = _engagement(item, profile)
    if not text and not context:
        # Somebody else's post, one that is not to be shown, or a picture without a word.
        return None
    is_repost = item.reason is not None and engagement is Engagement.REPOST
    at = item.reason.indexed_at if item.reason is not None and is_repost else item.post.posted_at
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.POST,
        text=text,
        context=context,
        engagement=engagement,
        url=_address(item.post.uri),
        native_id=item.post.uri,
        posted_at=at,
        posted_at_from=_time_source(item, at, is_repost=is_repost),
        author_name=profile.display_name or profile.handle,
        author_account=identifier.key,
        language=item.post.record.langs[0][:35] if item.post.record is not None and item.post.record.langs else "",
        place=place,
    )


def _time_source(item: Item, at: datetime | None, *, is_repost: bool) -> str:
    """Return where a time comes from: a post's own is its author's claim, unless the service saw it earlier than that.

    The service repeats a claim of the past as its own, so that the two being equal says nothing.
    """
    if at is None:
        return ""
    claimed = item.post.record.created_at if item.post.record is not None and not is_repost else None
    return "author" if at == claimed else "api"


def _engagement(item: Item, profile: Profile) -> tuple[Engagement, str, str]:
    """Return how the account relates to the words, its own words, and those of others."""
    post = item.post
    if item.reason is not None and item.reason.kind == REPOST:
        is_own = item.reason.by is not None and item.reason.by.did == profile.did
        return Engagement.REPOST, "", post.words if is_own else ""
    if post.author is None or post.author.did != profile.did:
        return Engagement.BY_OTHERS, "", ""
    quoted = post.embed.record.words if post.embed is not None and post.embed.record is not None else None
    if quoted is not None:
        # A quotation without a word of one's own passes on, as a repost does.
        return Engagement.QUOTE if post.words else Engagement.REPOST, post.words, quoted
    if item.reply is not None:
        return Engagement.REPLY, post.words, item.reply.parent.words if post.words else ""
    return Engagement.ORIGINAL, post.words, ""


def _address(uri: str) -> str:
    """Return the page of a post: `at://DID/app.bsky.feed.post/KEY` stands at bsky.app under the DID and the key."""
    author, _, rest = uri.removeprefix("at://").partition("/")
    return f"https://bsky.app/profile/{author}/post/{rest.rpartition('/')[2]}"
