"""Whose words are whose: what an account says is its holder's, whoever is registered; what others say is theirs."""

from __future__ import annotations

from datetime import date

import pytest

from footprint.attribution.matcher import attribute
from footprint.collectors.catalog import COLLECTORS, collector
from footprint.model.attribution import Tier
from footprint.model.candidate import Candidate
from footprint.model.kinds import Spelling, kind_of
from footprint.model.observation import Engagement, ObservationKind

SEARCHES = {source for source in COLLECTORS if kind_of(source).spelling is Spelling.QUERY}
BY_OTHERS = SEARCHES | {"wikidata", "openalex"}
"""Sources of which nothing is the candidate's own."""
BY_NAME = SEARCHES | {"substack"}
"""Those where the name decides: a search, and a publication that may have several authors."""
SITES = {"website", "feed", "mastodon", "mediawiki", "github"}
"""Those whose own tests say so already."""
OWN = sorted(set(COLLECTORS) - BY_OTHERS - SITES)


@pytest.fixture
def observed(answering, told):
    """What a source gives of somebody who declared the account that its fixtures are about."""

    async def of(source: str):
        identifier, answers = told(source)
        # A name that no fixture has, where the name decides nothing: whoever it is, they declared the account.
        name = "Ines Marlow" if source in BY_NAME else "Nora Vane"
        stranger = Candidate(id="C-9", name=name, born=date(1990, 4, 2), identifiers=(identifier,))
        web = answering(answers)
        found = [one async for one in collector(source).collect(stranger, identifier, _starred(web, answers))]
        profiles = [one for one in found if one.kind is ObservationKind.PROFILE]
        return list(zip(found, attribute(found, stranger, profiles=profiles), strict=True))

    return of


def _starred(web, answers):
    """Answer also where a fixture lists the beginning of an address."""
    for url in [url for url in answers if url.endswith("*")]:
        web.answers = _Beginnings(url[:-1], answers[url])
    return web


class _Beginnings(dict):
    def __init__(self, start: str, body: bytes) -> None:
        super().__init__()
        self.start, self.body = start, body

    def get(self, url, default):
        return self.body if url.startswith(self.start) else default


@pytest.mark.parametrize("source", OWN)
async def test_a_declared_accounts_own_words_are_the_candidates(observed, source) -> None:
    """The account that speaks is the one that was declared: tier A, whatever name it bears."""
    pairs = await observed(source)
    own = [given for one, given in pairs if one.engagement is not Engagement.BY_OTHERS]

    assert own
    assert {given.tier for given in own} == {Tier.A}


@pytest.mark.parametrize("source", sorted(BY_OTHERS))
async def test_what_others_say_is_never_the_candidates_own(observed, source) -> None:
    """No account speaks there, and it is never tier A."""
    pairs = await observed(source)

    assert pairs
    assert {one.engagement for one, _ in pairs} == {Engagement.BY_OTHERS}
    assert not any(given.tier is Tier.A or one.author_account for one, given in pairs)


@pytest.mark.parametrize("source", sorted(set(COLLECTORS) - SITES))
async def test_what_is_read_says_where_it_stands(observed, source) -> None:
    """An address for a reader, a place on the page, one id each, and a word for the source of every time."""
    found = [one for one, _ in await observed(source)]

    assert all(one.url.startswith(("https://", "http://")) for one in found)
    assert len({one.id for one in found}) == len(found)
    assert all((one.posted_at is None) == (one.posted_at_from == "") for one in found)
