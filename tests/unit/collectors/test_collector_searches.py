"""Searches for the candidate's name: what they bring up is by others, and a name alone is never more than undetermined."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from footprint.attribution.matcher import attribute
from footprint.collectors.catalog import collector
from footprint.collectors.search_results import bears_name, moment_in
from footprint.model.attribution import Tier
from footprint.model.observation import Engagement, ObservationKind

SEARCHES = ("gdelt", "brave", "searxng", "companies-house", "gazette", "opensanctions")


@pytest.mark.parametrize("source", SEARCHES)
async def test_what_others_say_of_somebody_of_that_name(gather, answering, told, ines, source) -> None:
    """No account speaks, no link is anybody's own, and no name makes it more than undetermined."""
    identifier, answers = told(source)
    found, error = await gather(identifier, answering(answers))

    assert error is None
    assert found
    assert {one.engagement for one in found} == {Engagement.BY_OTHERS}
    assert {one.kind for one in found} == {ObservationKind.ARTICLE}
    assert {(one.author_account, one.links) for one in found} == {("", ())}
    assert {given.tier for given in attribute(found, ines, profiles=())} <= {Tier.C, Tier.NONE}


@pytest.mark.parametrize("source", SEARCHES)
def test_one_request_for_the_words_as_they_are(told, source) -> None:
    """The words stand escaped in one address, and nothing that is found is opened."""
    identifier, _ = told(source)
    (request,) = collector(source).plan(identifier)

    assert request.is_exact
    assert "Ines%20Marlow" in request.template
    assert all(word not in request.template.lower() for word in ("key=", "token=", "apikey"))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("gdelt", ["Surveyor Ines Marlow measures the old span", "Ines Marlow again"]),
        ("brave", ["Ines Marlow & the old span\nInes Marlow of Fenwick Bridges measured it."]),
        ("searxng", ["The old span\nInes Marlow of Fenwick Bridges measured it."]),
        (
            "companies-house",
            [
                "Ines MARLOW, born 1950\nHarrowdene\nAppointments: 1",
                "Ines Mary MARLOW, born 1990\nHarrowdene\nAppointments: 2",
            ],
        ),
        ("gazette", ["Ines Marlow\nBankruptcy order. Birth details: 7 May 1950."]),
        ("opensanctions", ["Ines Marlow, born 1950\nxx\nrole.pep\nxx_invented", "I. M.\nxx_invented"]),
    ],
)
async def test_only_what_shows_the_name(gather, answering, told, source, words) -> None:
    """A town of that name, a works, somebody of a like name are guesses of the index."""
    identifier, answers = told(source)
    found, _ = await gather(identifier, answering(answers))

    assert [one.text for one in found] == words


async def test_a_language_that_is_named_becomes_its_tag(gather, answering, told) -> None:
    """GDELT writes it in English; where it does not, or the language is not in the table, nothing is said."""
    identifier, answers = told("gdelt")
    found, _ = await gather(identifier, answering(answers))

    assert [one.language for one in found] == ["en", ""]


@pytest.mark.parametrize(
    ("source", "at", "at_from"),
    [
        ("gdelt", [datetime(2026, 8, 19, 1, tzinfo=UTC), None], ["index", ""]),
        ("brave", [datetime(2026, 3, 2, tzinfo=UTC)], ["index"]),
        ("searxng", [datetime(2026, 3, 2, 10, tzinfo=UTC)], ["index"]),
        ("companies-house", [None, None], ["", ""]),
        ("gazette", [datetime(2026, 3, 2, tzinfo=UTC)], ["api"]),
    ],
)
async def test_the_time_and_where_it_comes_from(gather, answering, told, source, at, at_from) -> None:
    """When an index saw a page is not when somebody wrote it, and is called so."""
    identifier, answers = told(source)
    found, _ = await gather(identifier, answering(answers))

    assert ([one.posted_at for one in found], [one.posted_at_from for one in found]) == (at, at_from)


async def test_a_namesake_in_a_register_is_told_apart(gather, answering, told, ines) -> None:
    """The year of birth beside the name is a contradiction."""
    identifier, answers = told("companies-house")
    (older, same), _ = await gather(identifier, answering(answers))
    given = [attribution.tier for attribution in attribute([older, same], ines, profiles=())]

    assert given[0] is Tier.NONE
    assert "Not Read Street" not in older.model_dump_json()
    assert older.url.endswith("/officers/aB_1-x/appointments")


async def test_a_link_that_is_no_officers_is_a_fault(gather, answering, told) -> None:
    """It goes into an address that a person may open."""
    identifier, answers = told("companies-house")
    url, body = next(iter(answers.items()))
    found, error = await gather(identifier, answering({url: body.replace(b"/officers/aB_1-x", b"//evil.example")}))

    assert (found, error.reason) == ([], "malformed")


async def test_one_notice_stands_alone(gather, answering, told, assets) -> None:
    """Where XML was made into JSON, a single entry is no list; a date that is none is left out."""
    identifier, answers = told("gazette")
    (notice,), error = await gather(identifier, answering({next(iter(answers)): assets / "gazette/one.json"}))

    assert (error, notice.text, notice.posted_at) == (None, "MARLOW, Ines", None)


async def test_engines_that_were_silent_are_told(gather, answering, told, changed) -> None:
    """What was found stands, and the answer counts as no whole one: silence of an engine is not the web's."""
    identifier, answers = told("searxng")
    some = changed("searxng/results.json", unresponsive_engines=[["dead", "timeout"], ["walled", "CAPTCHA"]])
    found, error = await gather(identifier, answering({next(iter(answers)): some}))

    assert (len(found), error.reason) == (1, "server_error")
    assert error.detail == "searxng.results: 2 engines did not answer"


async def test_words_of_two_names_make_no_name(gather, answering, told, changed, ines) -> None:
    """An entry under several names bears one of them whole, or none."""
    identifier, answers = told("opensanctions")
    entity = {
        "id": "NK-d",
        "caption": "X",
        "schema": "Person",
        "properties": {"name": ["Ines Brand"], "alias": ["Otto Marlow"]},
    }
    found, error = await gather(
        identifier, answering({next(iter(answers)): changed("opensanctions/results.json", results=[entity])})
    )

    assert (found, error) == ([], None)


async def test_a_search_without_a_hit_is_nothing(gather, answering, told, assets) -> None:
    """No observation and no error, in each form in which the services say so."""
    for source in SEARCHES:
        identifier, answers = told(source)
        missing = json.loads((assets / source / "missing.json").read_text("utf-8"))
        assert await gather(identifier, answering({next(iter(answers)): json.dumps(missing).encode()})) == ([], None)


@pytest.mark.parametrize(
    ("text", "names", "bears"),
    [
        ("MARLOW, Inés", ("Ines Marlow",), True),
        ("Ines Mary MARLOW", ("Ines Marlow",), True),
        ("Ines Marlowe", ("Ines Marlow",), False),
        ("Marlow", ("Ines Marlow",), False),
        ("I M Oakes", ("Ines Marlow", "I. M. Oakes"), True),
        ("anything", ("7",), False),
        ("", ("Ines Marlow",), False),
    ],
)
def test_a_name_stands_in_a_text_word_by_word(text, names, bears) -> None:
    """In any order, case and accents, and with other words between."""
    assert bears_name(text, names) is bears


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T10:00:00+02:00", datetime(2026, 3, 2, 8, tzinfo=UTC)),
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_moment_in_a_text(text, moment) -> None:
    """Without a zone it is taken as UTC; what is beyond the calendar is none."""
    assert moment_in(text) == moment
