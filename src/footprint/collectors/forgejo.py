"""A Forgejo or Gitea account, such as one at Codeberg: its public profile and its public repositories."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, origin, read, read_list
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

ROWS = 50
"""The most that a server gives at once by its own default."""
LIMITED = "OPT-FORGEJO-VISIBILITY"
CLOSED = "OPT-FORGEJO-PROHIBITED"


class _Owner(Shape):
    login: str


class _User(_Owner):
    id: int
    full_name: str = ""
    html_url: str = ""
    location: str = ""
    pronouns: str = ""
    website: str = ""
    description: str = ""
    visibility: str = "public"
    """`limited` shows the account to signed-in people only, `private` to nobody."""
    prohibit_login: bool = False


class _Repository(Shape):
    id: int
    owner: _Owner
    name: str
    description: str
    html_url: str
    private: bool
    internal: bool = False
    fork: bool
    mirror: bool = False
    """A copy of somebody else's repository that is kept up to date."""
    created_at: Moment | None = None
    topics: tuple[str, ...] | None = ()


class Forgejo(Collector):
    """Reads one account of a server of this family. No e-mail address, no activity, no stars are read."""

    manifest = manifest("forgejo")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        user = f"https://{identifier.home}/api/v1/users/{escaped(identifier.handle)}"
        return (
            planned("forgejo.user", identifier, user, "the public profile"),
            planned(
                "forgejo.repositories",
                identifier,
                f"{user}/repos?limit={ROWS}",
                "descriptions of public repositories",
                max_bytes=4_000_000,
            ),
        )

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        """Yield the profile, then the repositories.

        Raises UnreadableError(OPTED_OUT) where the account is shown to signed-in people only, or was closed.
        """
        first, repositories = self.plan(identifier)
        page = await ask(first, fetch)
        user = read(page, _User)
        if not is_same_user(identifier, user.login):
            raise other_account(page)
        if user.visibility != "public" or user.prohibit_login:
            raise UnreadableError(UnknownReason.OPTED_OUT, CLOSED if user.prohibit_login else LIMITED)
        yield _profile(user, page, identifier)
        async for observation in each(
            fetch, [(repositories, partial(_repositories, user=user, identifier=identifier))]
        ):
            yield observation


def _profile(user: _User, page: Page, identifier: Identifier) -> Observation:
    home = typed_address(user.website)
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=lines(user.description, user.pronouns, user.location),
        engagement=Engagement.ORIGINAL,
        url=user.html_url or identifier.page,
        native_id=str(user.id),
        author_name=user.full_name or user.login,
        author_account=identifier.key,
        links=(home,) if home is not None else (),
        place="/description",
    )


def _repositories(page: Page, *, user: _User, identifier: Identifier) -> Iterator[Observation]:
    for place, repository in enumerate(read_list(page, _Repository, at_most=ROWS)):
        if repository.private or repository.internal or not is_same_user(identifier, repository.owner.login):
            continue
        yield own_work(
            page,
            identifier,
            lines(repository.name, repository.description, ", ".join(repository.topics or ())),
            is_others=repository.fork or repository.mirror,
            url=repository.html_url,
            native_id=str(repository.id),
            posted_at=repository.created_at,
            author_name=user.full_name or user.login,
            place=f"/{place}/description",
        )
