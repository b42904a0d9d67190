"""An ORCID record: what its holder says of themselves to everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from footprint.collectors.answer import Shape, origin, read
from footprint.collectors.asking import ask, lines, other_account, planned
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Collector, Fetch
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import MAX_LINKS, typed_address

V = TypeVar("V")


class _Held(Shape, Generic[V]):
    """A value in its own object, as ORCID writes nearly all of them."""

    value: V


class _Shown(Shape):
    visibility: str = "public"
    """The public interface gives `public` only; anything else would be a fault of theirs, and is passed over."""

    @property
    def is_public(self) -> bool:
        return self.visibility.lower() == "public"


class _Name(_Shown):
    given: Annotated[_Held[str] | None, Field(alias="given-names")] = None
    family: Annotated[_Held[str] | None, Field(alias="family-name")] = None
    credit: Annotated[_Held[str] | None, Field(alias="credit-name")] = None

    @property
    def written(self) -> str:
        """The name as published, or the given and the family name."""
        parts = (self.credit,) if self.credit is not None else (self.given, self.family)
        return " ".join(part.value for part in parts if part is not None) if self.is_public else ""


class _Biography(_Shown):
    content: str | None = None


class _Keyword(_Shown):
    content: str = ""


class _Keywords(Shape):
    keyword: Annotated[tuple[_Keyword, ...], Field(max_length=1000)] = ()


class _Url(_Shown):
    url: _Held[str] | None = None


class _Urls(Shape):
    urls: Annotated[tuple[_Url, ...], Field(alias="researcher-url", max_length=1000)] = ()


class _Person(Shape):
    name: _Name | None = None
    biography: _Biography | None = None
    keywords: _Keywords = _Keywords()
    urls: Annotated[_Urls, Field(alias="researcher-urls")] = _Urls()


class _Organization(Shape):
    name: str = ""


class _Date(Shape):
    year: _Held[str] | None = None


class _Affiliation(_Shown):
    role: Annotated[str | None, Field(alias="role-title")] = None
    organization: _Organization
    start: Annotated[_Date | None, Field(alias="start-date")] = None
    end: Annotated[_Date | None, Field(alias="end-date")] = None

    @property
    def line(self) -> str:
        """`Engineer, Fenwick Bridges (2015-)`."""
        first, last = (
            date.year.value if date is not None and date.year is not None else "" for date in (self.start, self.end)
        )
        span = f" ({first}-{last})" if first or last else ""
        return ", ".join(filter(None, (self.role, self.organization.name))) + span


class _Summary(Shape):
    employment: Annotated[_Affiliation | None, Field(alias="employment-summary")] = None
    education: Annotated[_Affiliation | None, Field(alias="education-summary")] = None


class _Group(Shape):
    summaries: Annotated[tuple[_Summary, ...], Field(max_length=1000)] = ()


class _Section(Shape):
    groups: Annotated[tuple[_Group, ...], Field(alias="affiliation-group", max_length=1000)] = ()


class _Activities(Shape):
    employments: _Section = _Section()
    educations: _Section = _Section()


class _Id(Shape):
    path: str


class _Record(Shape):
    orcid: Annotated[_Id, Field(alias="orcid-identifier")]
    person: _Person
    activities: Annotated[_Activities, Field(alias="activities-summary")] = _Activities()


class Orcid(Collector):
    """Reads one record: biography, keywords, employments, educations and web addresses that are public; no e-mail."""

    manifest = manifest("orcid")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        url = f"https://pub.orcid.org/v3.0/{identifier.handle}/record"
        return (planned("orcid.record", identifier, url, "the public record", max_bytes=8_000_000),)

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        (request,) = self.plan(identifier)
        page = await ask(request, fetch)
        record = read(page, _Record)
        if record.orcid.path != identifier.handle:
            raise other_account(page)
        yield _profile(record, page, identifier)


def _profile(record: _Record, page: Page, identifier: Identifier) -> Observation:
    person = record.person
    biography = person.biography
    keywords = ", ".join(word.content for word in person.keywords.keyword if word.is_public and word.content)
    typed = (url.url.value for url in person.urls.urls if url.is_public and url.url is not None)
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text=lines(
            biography.content if biography is not None and biography.is_public else None,
            keywords,
            *_affiliations(record.activities),
        ),
        engagement=Engagement.ORIGINAL,
        url=identifier.page,
        native_id=record.orcid.path,
        author_name=person.name.written if person.name is not None else "",
        author_account=identifier.key,
        links=tuple(address for address in map(typed_address, typed) if address is not None)[:MAX_LINKS],
        place="/person",
    )


def _affiliations(activities: _Activities) -> Iterator[str]:
    for section in (activities.employments, activities.educations):
        for summary in (summary for group in section.groups for summary in group.summaries):
            stated = summary.employment or summary.education
            if stated is not None and stated.is_public:
                yield stated.line
