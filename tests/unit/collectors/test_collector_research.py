"""Crossref, OpenAlex, ORCID: what stands under the candidate's ORCID iD, and whose statement it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from footprint.model.candidate import Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind


async def test_works_by_who_vouches_for_the_id(gather, answering, told) -> None:
    """An iD that its holder confirmed is the candidate's; one that the publisher typed is what others say."""
    identifier, answers = told("crossref")
    found, error = await gather(identifier, answering(answers))

    assert error is None
    assert [(one.engagement, one.text, one.author_account) for one in found] == [
        (Engagement.ORIGINAL, "Spans & piers\nJournal of Spans\nFenwick College", identifier.key),
        (Engagement.BY_OTHERS, "Typed by the publisher\nJournal of Spans\nFenwick College", ""),
        (Engagement.ORIGINAL, "No date\nJournal of Spans\nFenwick College", identifier.key),
    ]
    assert (found[0].author_name, found[0].url) == ("Ines Marlow", "https://doi.org/10.5555/1")


@pytest.mark.parametrize(
    ("parts", "at", "source"),
    [
        ([2021, 4, 2], datetime(2021, 4, 2, tzinfo=UTC), "api"),
        ([2021, 4], datetime(2021, 4, 1, tzinfo=UTC), "api-month"),
        ([2021], datetime(2021, 1, 1, tzinfo=UTC), "api-year"),
        ([None], None, ""),
        ([2021, 13, 1], None, ""),
        ([99999], None, ""),
    ],
)
async def test_how_precisely_a_date_is_said(gather, answering, told, parts, at, source) -> None:
    """The source of the time tells whether it is a day, a month or a year."""
    identifier, answers = told("crossref")
    url = next(iter(answers))
    works = json.loads(answers[url])
    works["message"]["items"] = [works["message"]["items"][0] | {"issued": {"date-parts": [parts]}}]
    (found,), error = await gather(identifier, answering({url: json.dumps(works).encode()}))

    assert (error, found.posted_at, found.posted_at_from) == (None, at, source)


async def test_a_statistical_author_is_what_others_say(gather, answering, told) -> None:
    """Institutions with their years, the latest first; it is nobody's profile."""
    identifier, answers = told("openalex")
    (found,), error = await gather(identifier, answering(answers))

    assert (error, found.kind, found.engagement) == (None, ObservationKind.ARTICLE, Engagement.BY_OTHERS)
    assert found.text == "Ines Marlow\nHarrowdene Works (2020-2021)\nFenwick College (2016-2018)\n3 works"
    assert (found.author_account, found.native_id) == ("", "A5000000001")


async def test_an_author_without_institutions(gather, answering, told, changed) -> None:
    """A name and a number; an institution without a name says nothing."""
    identifier, answers = told("openalex")
    bare = changed("openalex/author.json", affiliations=[{"institution": {"display_name": None}, "years": [2020]}])
    (found,), _ = await gather(identifier, answering({next(iter(answers)): bare}))

    assert found.text == "Ines Marlow\n3 works"


async def test_a_record_shows_what_its_holder_shows_to_all(gather, answering, told) -> None:
    """Nothing limited, and no e-mail address."""
    identifier, answers = told("orcid")
    (profile,), error = await gather(identifier, answering(answers))

    assert (error, profile.kind, profile.author_name) == (None, ObservationKind.PROFILE, "Ines Marlow")
    assert profile.text == ("Surveys bridges.\nbridges\nSurveyor, Fenwick Bridges (2015-)\nFenwick College (2009-2012)")
    assert profile.links == ("https://ines.example/",)
    assert all(word not in profile.model_dump_json() for word in ("not-read@", "idden"))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ({"credit-name": {"value": "I. M. Oakes"}, "visibility": "public"}, "I. M. Oakes"),
        ({"given-names": {"value": "Ines"}, "visibility": "public"}, "Ines"),
        ({"given-names": {"value": "Ines"}, "visibility": "limited"}, ""),
        (None, ""),
    ],
)
async def test_the_name_as_published(gather, answering, told, name, written) -> None:
    """The published name counts before the given and the family name."""
    identifier, answers = told("orcid")
    url = next(iter(answers))
    record = json.loads(answers[url])
    record["person"] |= {"name": name, "biography": {"content": "hidden", "visibility": "private"}}
    (profile,), _ = await gather(identifier, answering({url: json.dumps(record).encode()}))

    assert (profile.author_name, "hidden" in profile.text) == (written, False)


@pytest.mark.parametrize("source", ["openalex", "orcid"])
async def test_another_persons_record(gather, answering, told, source) -> None:
    """The iD has to lead back to the person."""
    identifier, answers = told(source)
    url, body = next(iter(answers.items()))
    other = body.replace(identifier.value.encode(), b"0000-0001-5000-0007")
    found, error = await gather(identifier, answering({url: other}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)


@pytest.mark.parametrize("source", ["crossref", "openalex", "orcid"])
def test_an_id_with_a_slip_of_the_pen_is_refused(source) -> None:
    """Its last digit is a check digit: one digit wrong would be another person."""
    with pytest.raises(ValueError, match="ORCID iD"):
        Identifier(kind=source, value="0000-0002-1825-0098")
