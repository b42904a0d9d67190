"""Wikidata: what an item says of its person, as the words of others."""

from __future__ import annotations

import copy
import json

import pytest

from footprint.attribution.matcher import attribute
from footprint.model.attribution import Tier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind


@pytest.fixture
def item(told):
    """The item with its claims changed."""
    identifier, answers = told("wikidata")
    url = next(iter(answers))
    answer = json.loads(answers[url])

    def of(**claims: object) -> bytes:
        changed = copy.deepcopy(answer)
        changed["entities"]["Q99"]["claims"] |= claims
        return json.dumps(changed).encode()

    return identifier, url, of


async def test_what_others_wrote_down(gather, answering, item) -> None:
    """Label, description, birth and site; not the religion, nor what is known to be wrong."""
    identifier, url, of = item
    (told_of,), error = await gather(identifier, answering({url: of()}))

    assert (error, told_of.kind, told_of.engagement) == (None, ObservationKind.ARTICLE, Engagement.BY_OTHERS)
    assert told_of.text == "Ines Marlow, born 2 April 1990\nsurveyor of bridges"
    assert (told_of.links, told_of.author_account) == (("https://ines.example/",), "")
    assert "Q1" not in told_of.model_dump_json().replace(identifier.key, "")


async def test_a_namesake_is_told_apart_by_the_year_of_birth(gather, answering, item, ines) -> None:
    """Attribution reads the year beside the name."""
    identifier, url, of = item
    other = [
        {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"time": "+1950-01-01T00:00:00Z", "precision": 9}}}}
    ]
    same, _ = await gather(identifier, answering({url: of(P856=[])}))
    namesake, _ = await gather(identifier, answering({url: of(P569=other)}))

    (undetermined,) = attribute(same, ines, profiles=())
    (someone_else,) = attribute(namesake, ines, profiles=())
    assert (undetermined.tier, someone_else.tier) == (Tier.C, Tier.NONE)


@pytest.mark.parametrize(
    ("time", "precision", "born"),
    [
        ("+1990-00-00T00:00:00Z", 9, ", born 1990"),
        ("+1990-04-00T00:00:00Z", 10, ", born 1990"),
        ("+1990-13-01T00:00:00Z", 11, ", born 1990"),
        ("+1990-00-00T00:00:00Z", 8, ""),
        ("-0100-01-01T00:00:00Z", 9, ""),
    ],
)
async def test_how_precisely_a_birth_is_said(gather, answering, item, time, precision, born) -> None:
    """A year is said as a year, and a decade not at all."""
    identifier, url, of = item
    claim = {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"time": time, "precision": precision}}}}
    (found,), _ = await gather(identifier, answering({url: of(P569=[claim])}))

    assert found.text == f"Ines Marlow{born}\nsurveyor of bridges"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"entities": {"Q99": {"id": "Q99", "missing": ""}}}', UnknownReason.ABSENT),
        (b'{"error": {"code": "no-such-entity"}}', UnknownReason.ABSENT),
        (b'{"error": {"code": "internal_api_error"}}', UnknownReason.MALFORMED),
        (b'{"entities": {"Q98": {"id": "Q98"}}}', UnknownReason.MALFORMED),
    ],
)
async def test_an_item_that_is_not_there(gather, answering, item, body, reason) -> None:
    """Errors come with the status 200."""
    identifier, url, _ = item
    found, error = await gather(identifier, answering({url: body}))

    assert (found, error.reason) == ([], reason)


async def test_an_item_about_something_else(gather, answering, item) -> None:
    """A bridge of that name is no person."""
    identifier, url, of = item
    bridge = [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q12280"}}}}]
    found, error = await gather(identifier, answering({url: of(P31=bridge)}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)
