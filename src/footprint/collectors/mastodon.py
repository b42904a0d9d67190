"""A Mastodon account: WebFinger (RFC 7033), the account's profile, its newest public statuses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TypeAlias

from footprint.collectors.answer import malformed, origin, read, read_list
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.collectors.mastodon_audience import ACCEPT as ACTIVITY
from footprint.collectors.mastodon_audience import AT_MOST, UNLISTED, Audience, ask_audience, is_of_mastodon
from footprint.collectors.mastodon_shapes import PUBLISHED, ROWS, Account, AccountId, Status
from footprint.collectors.webfinger import ACCEPT, ask_finger
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import MAX_LINKS, html_to_text, links_in

Pages: TypeAlias = list[tuple[Page, tuple[Status, ...]]]

PAGE_SIZE = 40
"""The most that the interface gives at once."""
MAX_PAGES = 5
NOBODY = Audience(frozenset(), 0, None)
"""Where nothing more may be asked."""


class Mastodon(Collector):
    """Reads one account of a server that speaks Mastodon's client interface."""

    manifest = manifest("mastodon")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        host, user = identifier.home, identifier.handle
        finger = PlannedRequest(
            id="mastodon.webfinger",
            source="mastodon",
            identifier=identifier.key,
            template=f"https://{host}/.well-known/webfinger?resource=acct:{user}@{host}",
            purpose="whether the server knows the account",
            accept=ACCEPT,
            max_bytes=200_000,
        )
        account = finger.but(
            id="mastodon.account",
            template=f"https://{host}/api/v1/accounts/lookup?acct={user}",
            purpose="the account's profile and its wishes",
            accept="application/json",
        )
        statuses = account.but(
            id="mastodon.statuses",
            template=f"https://{host}/api/v1/accounts/{{id}}/statuses?limit={PAGE_SIZE}{{+older}}",
            at_most=MAX_PAGES,
            purpose="public statuses",
            max_bytes=4_000_000,
        )
        status = account.but(
            id="mastodon.status",
            template=f"https://{host}/{{+status}}",
            at_most=AT_MOST,
            purpose="to whom a status is addressed, where the server is not Mastodon's own program",
            accept=ACTIVITY,
            max_bytes=500_000,
        )
        return (finger, account, statuses, status)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield the profile, then the public statuses, newest first.

        Raises UnreadableError(OPTED_OUT) with the rule where the account asks not to be indexed; then no status is
        asked for. Where a page of statuses fails, what was read before it is yielded, and then the failure raised. So
        is UnreadableError(OPTED_OUT) in the end, where statuses were left out since they are not for the public.
        """
        finger, lookup, statuses, status = self.plan(identifier)
        await ask_finger(finger, fetch)
        page = await fetch(lookup.at(lookup.template))
        account = read(page, Account)
        if account.username.casefold() != identifier.handle.casefold():
            raise malformed(page, "another account than the one asked for")
        if account.opt_out is not None:
            raise UnreadableError(UnknownReason.OPTED_OUT, account.opt_out)
        yield _profile(account, page, identifier)
        pages, fault = await _read_statuses(account.id, statuses, fetch)
        own = _own(pages, account)
        doubtful = [said for _, _, said in own if not is_of_mastodon(said)]
        audience = await ask_audience(doubtful, status, fetch) if not isinstance(fault, SourceStopped) else NOBODY
        left_out = {said.id for said in doubtful} - audience.public
        for observation in _observations(own, left_out, identifier):
            yield observation
        if (end := _end(fault, audience)) is not None:
            raise end


def _own(pages: Pages, account: Account) -> list[tuple[Page, int, Status]]:
    """Return the account's own statuses that the server calls public, each once, and where they stand."""
    found: dict[str, tuple[Page, int, Status]] = {}
    for page, statuses in pages:
        for place, status in enumerate(statuses):
            if status.visibility == "public" and status.account.id == account.id:
                found.setdefault(status.id, (page, place, status))
    return list(found.values())


def _end(fault: UnreadableError | None, audience: Audience) -> UnreadableError | None:
    """Return what the reading ends with. A fault that the gate has noted need not be told again."""
    faults = [error for error in (fault, audience.fault) if error is not None]
    untold = [error for error in faults if isinstance(error, SourceStopped) or not error.noted]
    if audience.unlisted and not untold:
        return UnreadableError(UnknownReason.OPTED_OUT, f"{UNLISTED}: {audience.unlisted}")
    return next(iter(untold or faults), None)


async def _read_statuses(
    account: AccountId, planned: PlannedRequest, fetch: Fetch
) -> tuple[Pages, UnreadableError | None]:
    """Return the pages that could be read, and what ended the reading before its end."""
    start = planned.template.replace("{id}", account).removesuffix("{+older}")
    url, seen = start, set[str]()
    pages: Pages = []
    # One more than planned: the gate refuses it, and so the report says that there was more.
    for _ in range(MAX_PAGES + 1):
        try:
            page = await fetch(planned.at(url))
            found = read_list(page, Status, at_most=ROWS)
        except UnreadableError as error:
            return pages, error
        pages.append((page, found))
        fresh = {status.id for status in found} - seen
        if not fresh or not _has_more(page, len(found)):
            break
        seen |= fresh
        url = f"{start}&max_id={found[-1].id}"
    return pages, None


def _has_more(page: Page, count: int) -> bool:
    # Mastodon says so in the Link header; a server without one has more where the page is full.
    return any(relation == "next" for relation, _ in page.links) if page.links else count >= PAGE_SIZE


def _profile(account: Account, page: Page, identifier: Identifier) -> Observation:
    fields = [f"{field.name}: {html_to_text(field.value)}" for field in account.fields]
    declared = [
        link.url
        for field in account.fields
        for link in links_in(field.value, page.url)
        if field.verified_at is not None or "me" in link.rel
    ]
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text="\n".join(filter(None, (html_to_text(account.note), *fields))),
        engagement=Engagement.ORIGINAL,
        url=account.url,
        native_id=account.id,
        author_name=account.display_name or account.username,
        author_account=identifier.key,
        links=tuple(dict.fromkeys(declared))[:MAX_LINKS],
        place="/note",
    )


def _observations(
    own: list[tuple[Page, int, Status]], left_out: set[str], identifier: Identifier
) -> Iterator[Observation]:
    read = [(page, place, status) for page, place, status in own if status.id not in left_out]
    # A reply's parent may stand in the same answers. What is not read as a statement is not read as context either.
    known = {status.id: status.words for _, _, status in read}
    for page, place, status in read:
        yield _observation(status, page, identifier, known=known, place=f"/{place}")


def _observation(
    status: Status, page: Page, identifier: Identifier, *, known: dict[str, str], place: str
) -> Observation:
    engagement, text, context = _engagement(status, known)
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.POST,
        text=text,
        context=context,
        engagement=engagement,
        url=status.url or status.uri,
        native_id=status.id,
        posted_at=status.created_at,
        posted_at_from="api",
        author_name=status.account.display_name or status.account.username,
        author_account=identifier.key,
        language=status.language or "",
        edited=status.edited_at is not None,
        place=f"{place}/content",
    )


def _engagement(status: Status, known: dict[str, str]) -> tuple[Engagement, str, str]:
    """Return how the candidate relates to the words, their own words, and those of others."""
    if status.reblog is not None:
        is_public = status.reblog.visibility in PUBLISHED
        return Engagement.REPOST, "", status.reblog.words if is_public else ""
    if status.quote is not None:
        # A quotation without a word of one's own passes on, as a boost does.
        quoted = Engagement.QUOTE if status.words else Engagement.REPOST
        return quoted, status.words, status.quote.words
    if status.in_reply_to_id is not None:
        return Engagement.REPLY, status.words, known.get(status.in_reply_to_id, "")
    return Engagement.ORIGINAL, status.words, ""
