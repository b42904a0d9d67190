"""A member of Paperboat: what they say of themselves, and the voyages they logged."""

from __future__ import annotations

from collections.abc import AsyncIterator

from footprint.collectors.address import escaped
from footprint.collectors.answer import Shape, malformed, origin, read, read_list, tried
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.model.record import Moment

ROWS = 50
PRIVATE = "OPT-PAPERBOAT-PRIVATE"


class Member(Shape):
    """What the service documents of a member. A field that is missing makes the answer malformed."""

    name: str
    about: str = ""
    private: bool = False


class Voyage(Shape):
    """One entry of the log."""

    id: int
    text: str
    sailed_at: Moment
    address: str


class Paperboat(Collector):
    """Reads one member."""

    manifest = manifest("x-paperboat")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        member = PlannedRequest(
            id="x-paperboat.member",
            source="x-paperboat",
            identifier=identifier.key,
            template=f"https://{identifier.home}/api/members/{escaped(identifier.handle)}",
            purpose="the member's page",
            accept="application/json",
            max_bytes=200_000,
        )
        voyages = member.but(
            id="x-paperboat.voyages", template=f"{member.template}/voyages?limit={ROWS}", purpose="the newest voyages"
        )
        return (member, voyages)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        member_request, voyages_request = self.plan(identifier)
        page = await fetch(member_request.at(member_request.template))
        member = read(page, Member)
        if member.name.casefold() != identifier.handle.casefold():
            raise malformed(page, "another member than the one asked for")
        if member.private:
            raise UnreadableError(UnknownReason.OPTED_OUT, PRIVATE)
        yield _profile(member, page, identifier)
        log = await tried(fetch, voyages_request.at(voyages_request.template))
        if log is None:
            return  # the gate has noted why
        for place, voyage in enumerate(read_list(log, Voyage, at_most=ROWS)):
            yield Observation(
                **origin(log, identifier),
                kind=ObservationKind.POST,
                text=voyage.text,
                engagement=Engagement.ORIGINAL,
                url=voyage.address,
                native_id=str(voyage.id),
                posted_at=voyage.sailed_at,
                posted_at_from="api",
                author_name=member.name,
                author_account=identifier.key,
                place=f"/{place}/text",
            )


def _profile(member: Member, page: Page, identifier: Identifier) -> Observation:
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=member.about,
        engagement=Engagement.ORIGINAL,
        url=f"https://{identifier.home}/{escaped(member.name)}",
        author_name=member.name,
        author_account=identifier.key,
        place="/about",
    )
