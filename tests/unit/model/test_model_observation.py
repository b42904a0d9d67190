"""Observations and the pages they stand on."""

import re

import pytest
from model_samples import AT

from footprint.model.evidence import Evidence, Page
from footprint.model.observation import Observation, TimeConfidence

OBSERVATION = Observation.model_validate(
    {
        "source": "mastodon",
        "identifier": "mastodon:mara@social.example",
        "kind": "post",
        "text": "Good morning.",
        "engagement": "original",
        "url": "https://social.example/@mara/1",
        "evidence": "E0001",
        "evidence_sha256": "a" * 64,
        "place": "/0",
    }
)


def test_an_observation_is_known_by_where_it_stands() -> None:
    """The id depends on evidence and place, and says nothing about the text."""
    assert re.fullmatch(r"O-[0-9a-f]{10}", OBSERVATION.id)
    assert OBSERVATION.but(text="Other words.").id == OBSERVATION.id
    assert OBSERVATION.but(place="/1").id != OBSERVATION.id
    assert OBSERVATION.but(evidence="E0002").id != OBSERVATION.id


def test_a_page_has_the_address_that_answered() -> None:
    """The page's address is that of its evidence."""
    evidence = Evidence.model_validate(
        {
            "id": "E0001",
            "source": "website",
            "planned": "website.page",
            "url": "https://mara.example/",
            "status": 200,
            "content_type": "text/html",
            "captured_at": AT,
            "sha256": "a" * 64,
            "bytes": 2,
            "warc": "run-1.warc.gz",
            "offset": 0,
            "record_id": "<urn:uuid:1>",
        }
    )

    assert Page(evidence=evidence, body=b"hi").url == "https://mara.example/"


@pytest.mark.parametrize(
    ("source", "confidence"),
    [
        ("api", TimeConfidence.RECORDED),
        ("archive", TimeConfidence.RECORDED),
        ("author", TimeConfidence.CLAIMED),
        ("feed", TimeConfidence.CLAIMED),
        ("json-ld", TimeConfidence.CLAIMED),
        ("api-year", TimeConfidence.ROUGH),
        ("feed-updated", TimeConfidence.ROUGH),
        ("index", TimeConfidence.ROUGH),
        ("", TimeConfidence.UNKNOWN),
        ("x-paperboat", TimeConfidence.UNKNOWN),
    ],
)
def test_a_time_is_as_good_as_where_it_comes_from(source: str, confidence: TimeConfidence) -> None:
    """A service's record, a claim, a rough date; and nothing where nobody knows."""
    assert OBSERVATION.but(posted_at=AT, posted_at_from=source).time_confidence is confidence


def test_without_a_time_there_is_no_confidence() -> None:
    """What a source says of no time does not count."""
    assert OBSERVATION.but(posted_at_from="api").time_confidence is TimeConfidence.UNKNOWN
