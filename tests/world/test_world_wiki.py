"""MediaWiki, as Debian packages it, with accounts and edits that were imported with their dates."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from world_reader import Reader, World

from footprint.collectors.catalog import collector
from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind

pytestmark = pytest.mark.world

API = "https://wiki.test/w/api.php?format=json&formatversion=2"


def account(name: str) -> Identifier:
    """Return the identifier of an account on this wiki."""
    return Identifier(kind=IdentifierKind.MEDIAWIKI, value=name, host="wiki.test")


@pytest.fixture
async def observations(wiki: World, reader: Reader) -> list[Observation]:
    """Everything that the collector reads of Alma Ferrow."""
    return await reader.collect(wiki.candidate, account("Alma Ferrow"))


def edits(observations: list[Observation]) -> list[Observation]:
    """Return the contributions, in the order they came."""
    return [found for found in observations if found.kind is ObservationKind.CONTRIBUTION]


async def answered(reader: Reader, query: str) -> dict[str, object]:
    """Return what the wiki's interface answers."""
    answer = json.loads((await reader.get(f"{API}&{query}")).body)
    assert isinstance(answer, dict)
    return answer


async def test_every_contribution_comes_through(observations: list[Observation], reader: Reader) -> None:
    """130 edits are listed and one has a hidden summary: 129 come, in three pages of at most fifty."""
    assert len(edits(observations)) == 129
    assert [url.partition("list=")[2].partition("&")[0] for url in reader.urls].count("usercontribs") == 3
    assert len(reader.urls) == 5
    assert reader.missed == []


async def test_the_wiki_lists_the_edits_that_were_collected(
    observations: list[Observation], wiki: World, reader: Reader
) -> None:
    """What the collector gives is what the wiki lists in one long answer, and no edit comes twice."""
    answer = await answered(reader, "action=query&list=usercontribs&ucuser=Alma+Ferrow&uclimit=500&ucprop=ids|comment")
    listed = {str(edit["revid"]) for edit in answer["query"]["usercontribs"] if "comment" in edit}
    collected = [found.native_id for found in edits(observations)]

    assert set(collected) == listed
    assert len(collected) == len(set(collected))


async def test_the_dates_are_those_of_the_edits(observations: list[Observation]) -> None:
    """Six years of edits keep their dates, the newest first, though the account was registered at the import."""
    dates = [found.posted_at for found in edits(observations)]

    assert dates == sorted(dates, key=lambda at: at or datetime.max.replace(tzinfo=UTC), reverse=True)
    assert dates[0] == datetime(2025, 3, 22, 6, 30, tzinfo=UTC)
    assert dates[-1] == datetime(2019, 6, 1, 8, 0, tzinfo=UTC)


async def test_a_summary_is_text_and_not_markup(observations: list[Observation]) -> None:
    """A summary comes as it was typed: angle brackets and ampersands are the editor's own."""
    (found,) = [edit for edit in edits(observations) if "undid edits" in edit.text]

    assert found.text.startswith("undid edits by 198.51.100.23: <b>vandalism</b> & worse")
    assert found.posted_at == datetime(2020, 2, 1, 0, 10, tzinfo=UTC)


async def test_the_user_page_speaks_for_its_owner(observations: list[Observation]) -> None:
    """The newest text of the user page is the profile, dated by its last edit, with the links that it declares."""
    (profile,) = [found for found in observations if found.kind is ObservationKind.PROFILE]

    assert "I pilot a ferry and write about locks." in profile.text
    assert "Port Hollow" not in profile.text
    assert "[edit]" not in profile.text
    assert "NewPP" not in profile.text
    assert profile.links == ("https://alma.test/", "https://social.test/alma")
    assert profile.posted_at == datetime(2023, 2, 3, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "ought to be drowned",  # another's words on her talk page
        "older than that, you fool",  # another's summary on a page that she began
        "death to all lock keepers",  # an anonymous summary on the same page
        "Timetables, mostly",  # the user page of a friend whom she links to
        "SUMMARY-THAT-WAS-HIDDEN",
        "AUTHOR-WAS-HIDDEN",
        "PAGE-WAS-DELETED",
    ],
)
async def test_what_is_not_hers_or_not_shown_does_not_come(observations: list[Observation], words: str) -> None:
    """Others' words on the same pages, and what the wiki hides or deleted, are in no observation."""
    assert not any(words in f"{found.text}\n{found.context}" for found in observations)


async def test_everything_is_hers(observations: list[Observation]) -> None:
    """Each observation names her account and is her own word."""
    assert {found.author_account for found in observations} == {"mediawiki:Alma Ferrow@wiki.test"}
    assert {found.engagement for found in observations} == {Engagement.ORIGINAL}


async def test_a_missing_account_is_absent(wiki: World, reader: Reader) -> None:
    """The wiki answers 200; only the list of users says that nobody has this name, and nothing more is asked."""
    with pytest.raises(UnreadableError) as caught:
        await reader.collect(wiki.candidate, account("Nobody There"))

    assert caught.value.reason == UnknownReason.ABSENT
    assert len(reader.urls) == 1


async def test_edits_of_nobody_look_like_no_edits(wiki: World, reader: Reader) -> None:
    """The list of contributions is empty for a missing account as for an idle one: it cannot tell them apart."""
    query = "action=query&list=usercontribs&ucuser="

    assert await answered(reader, f"{query}Nobody+There") == await answered(reader, f"{query}Idle+Reader")


async def test_an_idle_account_is_there_and_says_nothing(wiki: World, reader: Reader) -> None:
    """An account without a page and without an edit gives no observation and no failure."""
    assert await reader.collect(wiki.candidate, account("Idle Reader")) == []
    assert reader.missed == []


async def test_an_account_without_a_page_is_read_all_the_same(wiki: World, reader: Reader) -> None:
    """A user page that was never made is no failure; three pages of edits come, and that there are more is said."""
    found: list[Observation] = []
    with pytest.raises(UnreadableError, match="budget"):
        async for observation in collector("mediawiki").collect(wiki.candidate, account("Tilde Marrow"), reader):
            found.append(observation)  # noqa: PERF401 - what came before the end counts

    assert len(edits(found)) == len(found) == 150
    assert found[0].text == "bridge 260\nBridge 260"


async def test_a_name_with_signs_of_a_query_is_asked_as_a_name(wiki: World, reader: Reader) -> None:
    """Ampersand, plus and spaces in a name reach the wiki as a name; an empty summary leaves the title alone."""
    found = await reader.collect(wiki.candidate, account("Ned & Fenn + Co"))

    assert [edit.text for edit in found] == ["Odd names", "first & foremost\nOdd names"]


@pytest.mark.parametrize("spelling", ["alma Ferrow", "Alma_Ferrow"])
async def test_the_wikis_own_spelling_is_found(wiki: World, reader: Reader, spelling: str) -> None:
    """The wiki takes a small first letter and an underscore for the same name, and so does the collector."""
    found = await reader.collect(wiki.candidate, account(spelling))

    assert len(edits(found)) == 129
    assert {edit.author_name for edit in found} == {"Alma Ferrow"}
