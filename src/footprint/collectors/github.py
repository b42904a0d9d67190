"""A GitHub account: its profile, its repositories' descriptions, and what it wrote in public lately (REST API)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeAlias

from footprint.collectors.answer import malformed, origin, read, read_list, tried
from footprint.collectors.catalog import manifest
from footprint.collectors.github_shapes import ROWS, Event, Repository, Statement, User
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import DEFAULT_HOSTS, Candidate, Identifier, IdentifierKind
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import typed_address

Reader: TypeAlias = Callable[[Page, User, Candidate, Identifier], Iterator[Observation]]
SUSPENDED = "OPT-GITHUB-SUSPENDED"


class GitHub(Collector):
    """Reads one account of GitHub or of a GitHub Enterprise Server. No e-mail address is ever read."""

    manifest = manifest("github")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        user = f"{_interface(identifier)}/users/{identifier.handle}"
        profile = PlannedRequest(
            id="github.profile",
            source="github",
            identifier=identifier.key,
            template=user,
            purpose="the public profile",
            accept="application/vnd.github+json",
        )
        repositories = profile.but(
            id="github.repositories",
            template=f"{user}/repos?per_page=100&sort=updated",
            purpose="descriptions of public repositories",
            max_bytes=5_000_000,
        )
        events = repositories.but(
            id="github.events",
            template=f"{user}/events/public?per_page=100",
            purpose="public comments, issues and commit messages",
        )
        return (profile, repositories, events)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield the profile, the repositories, the events; one that is malformed does not hold up the others."""
        profile, repositories, events = self.plan(identifier)
        page = await fetch(profile.at(profile.template))
        user = _user(page, identifier)
        yield _profile(user, page, identifier)
        fault: UnreadableError | None = None
        readers: tuple[tuple[PlannedRequest, Reader], ...] = ((repositories, _repositories), (events, _events))
        for planned, reader in readers:
            answer = await tried(fetch, planned.at(planned.template))
            try:
                for observation in reader(answer, user, candidate, identifier) if answer is not None else ():
                    yield observation
            except UnreadableError as error:
                fault = fault or error
        if fault is not None:
            raise fault


def _interface(identifier: Identifier) -> str:
    if identifier.home == DEFAULT_HOSTS[IdentifierKind.GITHUB]:
        return "https://api.github.com"
    return f"https://{identifier.home}/api/v3"


def _user(page: Page, identifier: Identifier) -> User:
    user = read(page, User)
    if user.login.casefold() != identifier.handle.casefold():
        raise malformed(page, "another account than the one asked for")
    if user.type != "User":
        raise malformed(page, "not the account of a person")
    if user.suspended_at is not None:
        raise UnreadableError(UnknownReason.OPTED_OUT, SUSPENDED)
    return user


def _profile(user: User, page: Page, identifier: Identifier) -> Observation:
    home = typed_address(user.blog or "")
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text="\n".join(filter(None, (user.bio, user.company, user.location))),
        engagement=Engagement.ORIGINAL,
        url=user.html_url,
        native_id=str(user.id),
        author_name=user.name or user.login,
        author_account=identifier.key,
        links=(home,) if home is not None else (),
        place="/bio",
    )


def _repositories(page: Page, user: User, candidate: Candidate, identifier: Identifier) -> Iterator[Observation]:
    for place, repository in enumerate(read_list(page, Repository, at_most=ROWS)):
        if repository.private or repository.owner.login != user.login:
            continue
        words = "\n".join(filter(None, (repository.name, repository.description, ", ".join(repository.topics))))
        yield Observation(
            **origin(page, identifier),
            kind=ObservationKind.REPOSITORY,
            # The name and description of a fork are those of the repository it was made from.
            text="" if repository.fork else words,
            context=words if repository.fork else "",
            engagement=Engagement.REPOST if repository.fork else Engagement.ORIGINAL,
            url=repository.html_url,
            native_id=str(repository.id),
            posted_at=repository.created_at,
            posted_at_from="api" if repository.created_at is not None else "",
            author_name=user.name or user.login,
            author_account=identifier.key,
            place=f"/{place}/description",
        )


def _events(page: Page, user: User, candidate: Candidate, identifier: Identifier) -> Iterator[Observation]:
    authors = frozenset((*candidate.names, user.login, user.name or user.login))
    for place, event in enumerate(read_list(page, Event, at_most=ROWS)):
        if event.public and event.actor.login == user.login:
            for statement in event.statements(authors):
                yield _contribution(statement, event, user, page=page, identifier=identifier, place=f"/{place}")


def _contribution(
    statement: Statement, event: Event, user: User, *, page: Page, identifier: Identifier, place: str
) -> Observation:
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.CONTRIBUTION,
        text=statement.text,
        context=statement.context,
        engagement=Engagement.REPLY if statement.is_reply else Engagement.ORIGINAL,
        url=statement.url or f"https://{identifier.home}/{event.repo.name}",
        native_id=statement.native_id or event.id,
        posted_at=event.created_at,
        posted_at_from="api",
        author_name=user.name or user.login,
        author_account=identifier.key,
        place=f"{place}{statement.place}",
    )
