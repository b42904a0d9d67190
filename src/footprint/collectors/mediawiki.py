"""A wiki account: whether it is there, its user page, and the summaries of its newest edits (MediaWiki action API)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, malformed, origin, read, tried
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.model.record import Moment
from footprint.web.html import html_to_text, links_in

MAX_PAGES, PAGE_SIZE, ROWS = 3, 50, 500
NO_PAGE = "missingtitle"

ERRORS = {
    "readapidenied": UnknownReason.WALL,
    "permissiondenied": UnknownReason.WALL,
    "readonly": UnknownReason.SERVER_ERROR,
    "internal_api_error": UnknownReason.SERVER_ERROR,
}
"""Errors of the interface, which come with status 200, and what they mean here. The gate reads those that are limits."""


class _Error(Shape):
    code: str


class _Answer(Shape):
    error: _Error | None = None


class _User(Shape):
    name: str
    userid: int | None = None
    missing: bool = False
    invalid: bool = False


class _Users(Shape):
    users: Annotated[tuple[_User, ...], Field(min_length=1, max_length=1)]


class _UserAnswer(_Answer):
    query: _Users | None = None


class _Parse(Shape):
    title: str
    text: Annotated[str, Field(max_length=2_000_000)]
    """HTML of a whole page: as long as the answer may be."""
    revid: int | None = None


class _PageAnswer(_Answer):
    parse: _Parse | None = None


class _Edit(Shape):
    user: str = ""
    revid: int
    title: str
    timestamp: Moment
    comment: str | None = None
    commenthidden: bool = False
    suppressed: bool = False
    userhidden: bool = False


class _Edits(Shape):
    usercontribs: Annotated[tuple[_Edit, ...], Field(max_length=ROWS)]


class _Continue(Shape):
    uccontinue: str


class _EditsAnswer(_Answer):
    query: _Edits | None = None
    more: Annotated[_Continue | None, Field(alias="continue")] = None


A = TypeVar("A", bound=_Answer)


class MediaWiki(Collector):
    """Reads one account of a wiki."""

    manifest = manifest("mediawiki")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        name = escaped(identifier.handle)
        user = PlannedRequest(
            id="mediawiki.user",
            source="mediawiki",
            identifier=identifier.key,
            template=_query(
                identifier, f"action=query&list=users&ususers={name}&usprop=registration%7Ceditcount%7Cblockinfo"
            ),
            purpose="whether the account is there",
            accept="application/json",
        )
        page = user.but(
            id="mediawiki.userpage",
            template=_query(identifier, f"action=parse&page=User%3A{name}&prop=text%7Clinks%7Crevid"),
            purpose="the user page",
        )
        properties = "ids%7Ctitle%7Ctimestamp%7Ccomment%7Cflags"
        edits = user.but(
            id="mediawiki.contributions",
            template=_query(
                identifier,
                f"action=query&list=usercontribs&ucuser={name}&uclimit={PAGE_SIZE}&ucprop={properties}",
            )
            + "{+continue}",
            at_most=MAX_PAGES,
            purpose="summaries of the newest edits",
        )
        return (user, page, edits)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield the edits, newest first, and then the user page.

        Raises UnreadableError(ABSENT) where the wiki says that there is no such account: its list of edits would be
        empty for an account that is not there as for one that never wrote.
        """
        user, userpage, edits = self.plan(identifier)
        name = _name(await fetch(user.at(user.template)))
        page = await tried(fetch, userpage.at(userpage.template))
        about = _read_page(page) if page is not None else None
        own: dict[int, datetime] = {}
        fault: UnreadableError | None = None
        try:
            async for answer, found in _pages(edits, fetch):
                for place, edit in enumerate(found):
                    if edit.user == name and not (edit.userhidden or edit.suppressed or edit.commenthidden):
                        own[edit.revid] = edit.timestamp
                        yield _edit(edit, answer, identifier, place)
        except UnreadableError as error:
            fault = error
        if page is not None and about is not None:
            yield _profile(about, page, identifier, name=name, at=own.get(about.revid or 0))
        if fault is not None:
            raise fault


def _query(identifier: Identifier, parameters: str) -> str:
    return f"https://{identifier.home}/w/api.php?{parameters}&format=json&formatversion=2"


def _answer(page: Page, kind: type[A]) -> A:
    answer = read(page, kind)
    if answer.error is not None and answer.error.code != NO_PAGE:
        reason = ERRORS.get(answer.error.code)
        if reason is None:
            raise malformed(page, "an error that is not foreseen")
        raise UnreadableError(reason, f"{page.evidence.planned}: {answer.error.code}")
    return answer


def _name(page: Page) -> str:
    """Return the account's name as the wiki writes it."""
    query = _answer(page, _UserAnswer).query
    if query is None:
        raise malformed(page, "no query in the answer")
    (user,) = query.users
    if user.missing or user.invalid:
        raise UnreadableError(UnknownReason.ABSENT, f"{page.evidence.planned}: missing")
    if user.userid is None:
        raise malformed(page, "an account without an id")
    return user.name


def _read_page(page: Page) -> _Parse | None:
    """Return the user page, or None where the account has none."""
    answer = _answer(page, _PageAnswer)
    if answer.error is None and answer.parse is None:
        raise malformed(page, "no parse in the answer")
    return answer.parse


async def _pages(planned: PlannedRequest, fetch: Fetch) -> AsyncIterator[tuple[Page, tuple[_Edit, ...]]]:
    start = planned.template.removesuffix("{+continue}")
    url = start
    # One more than planned: the gate refuses it, and so the report says that there was more.
    for _ in range(MAX_PAGES + 1):
        page = await fetch(planned.at(url))
        answer = _answer(page, _EditsAnswer)
        if answer.query is None:
            raise malformed(page, "no query in the answer")
        yield page, answer.query.usercontribs
        if answer.more is None or not answer.query.usercontribs:
            return
        url = f"{start}&uccontinue={escaped(answer.more.uccontinue[:200])}"


def _edit(edit: _Edit, page: Page, identifier: Identifier, place: int) -> Observation:
    if edit.comment is None:
        raise malformed(page, "an edit without a summary")
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.CONTRIBUTION,
        text="\n".join(filter(None, (edit.comment.strip(), edit.title))),
        engagement=Engagement.ORIGINAL,
        url=f"https://{identifier.home}/w/index.php?diff={edit.revid}",
        native_id=str(edit.revid),
        posted_at=edit.timestamp,
        posted_at_from="api",
        author_name=edit.user,
        author_account=identifier.key,
        place=f"/query/usercontribs/{place}/comment",
    )


def _profile(about: _Parse, page: Page, identifier: Identifier, *, name: str, at: datetime | None) -> Observation:
    base = f"https://{identifier.home}/"
    links = (link.url for link in links_in(about.text, base) if not link.url.startswith(base))
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=html_to_text(about.text),
        engagement=Engagement.ORIGINAL,
        url=f"https://{identifier.home}/w/index.php?title={escaped(about.title)}",
        native_id=str(about.revid or ""),
        # The page's own answer has no time. The account's list of edits has, where the account made the last one.
        posted_at=at,
        posted_at_from="api" if at is not None else "",
        author_name=name,
        author_account=identifier.key,
        links=tuple(dict.fromkeys(links)),
        place="/parse/text",
    )
