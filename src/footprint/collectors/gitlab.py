"""A GitLab account: its public profile and its public projects, on gitlab.com or another server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Annotated

from pydantic import Field

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, origin, read, read_list, tried
from footprint.collectors.asking import ask, each, is_same_user, lines, other_account, own_work, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.model.record import Moment
from footprint.web.html import typed_address

ROWS = 100
BLOCKED = "OPT-GITLAB-STATE"


class _Found(Shape):
    """A row of the list of users, as anybody sees it."""

    id: Annotated[int, Field(ge=1, le=10**12)]
    """It goes into an address."""
    username: str
    name: str
    state: str
    """`active`; `blocked`, `deactivated`, `banned` and others are not to be shown."""
    web_url: str


class _User(_Found):
    """One user, as anybody sees them. Which fields are shown is the server's choice."""

    bio: str | None = None
    location: str | None = None
    organization: str | None = None
    job_title: str | None = None
    website_url: str | None = None


class _Namespace(Shape):
    path: str


class _ForkOf(Shape):
    id: int


class _Project(Shape):
    id: int
    name: str
    description: str | None
    web_url: str
    created_at: Moment | None = None
    visibility: str = "public"
    """Left out of the answer to somebody who is not logged in; all of these are public."""
    namespace: _Namespace
    forked_from_project: _ForkOf | None = None
    topics: tuple[str, ...] = ()


class GitLab(Collector):
    """Reads one account of a GitLab server. No e-mail address, no activity, no other network's handle is read."""

    manifest = manifest("gitlab")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        users = f"https://{identifier.home}/api/v4/users"
        name = escaped(identifier.handle)
        return (
            planned("gitlab.user", identifier, f"{users}?username={name}", "whether the server knows the account"),
            planned("gitlab.profile", identifier, f"{users}/{{id}}", "the public profile"),
            planned(
                "gitlab.projects",
                identifier,
                f"{users}/{name}/projects?per_page={ROWS}&order_by=last_activity_at",
                "descriptions of public projects",
                max_bytes=4_000_000,
            ),
        )

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        first, second, third = self.plan(identifier)
        page = await ask(first, fetch)
        found = _found(page, identifier)
        answer = await tried(fetch, second.at(second.template.replace("{id}", str(found.id))))
        # Many servers show the full profile to signed-in people only; the row of the list is the profile then.
        yield _profile(found, page, identifier) if answer is None else _full_profile(found, answer, identifier)
        async for observation in each(fetch, [(third, partial(_projects, user=found, identifier=identifier))]):
            yield observation


def _found(page: Page, identifier: Identifier) -> _Found:
    rows = read_list(page, _Found, at_most=ROWS)
    if not rows:
        raise UnreadableError(UnknownReason.ABSENT, f"{page.evidence.planned}: missing")
    user = next((row for row in rows if is_same_user(identifier, row.username)), None)
    if user is None:
        raise other_account(page)
    if user.state != "active":
        raise UnreadableError(UnknownReason.OPTED_OUT, BLOCKED)
    return user


def _full_profile(found: _Found, page: Page, identifier: Identifier) -> Observation:
    user = read(page, _User)
    if user.id != found.id:
        raise other_account(page)
    home = typed_address(user.website_url or "")
    return _profile(found, page, identifier).but(
        text=lines(user.bio, user.job_title, user.organization, user.location),
        links=(home,) if home is not None else (),
        place="/bio",
    )


def _profile(user: _Found, page: Page, identifier: Identifier) -> Observation:
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text="",
        engagement=Engagement.ORIGINAL,
        url=user.web_url,
        native_id=str(user.id),
        author_name=user.name,
        author_account=identifier.key,
        place="/0",
    )


def _projects(page: Page, *, user: _Found, identifier: Identifier) -> Iterator[Observation]:
    for place, project in enumerate(read_list(page, _Project, at_most=ROWS)):
        if project.visibility == "public" and is_same_user(identifier, project.namespace.path):
            yield own_work(
                page,
                identifier,
                lines(project.name, project.description, ", ".join(project.topics)),
                is_others=project.forked_from_project is not None,
                url=project.web_url,
                native_id=str(project.id),
                posted_at=project.created_at,
                author_name=user.name,
                place=f"/{place}/description",
            )
