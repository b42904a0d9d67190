"""DEV: a profile and the announcements of articles."""

from __future__ import annotations

from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind


async def test_a_profile_and_its_articles(gather, answering, told) -> None:
    """What was taken back and what is the works' own is passed over."""
    identifier, answers = told("devto")
    (profile, *said), error = await gather(identifier, answering(answers))

    assert (error, profile.kind, profile.text) == (None, ObservationKind.PROFILE, "Measures things.\nHarrowdene")
    assert profile.links == ("https://ines.example", "https://github.com/inesm")
    assert [(one.engagement, one.text, one.edited) for one in said] == [
        (Engagement.ORIGINAL, "Spans as data\nAbout spans as data.\nbridges, data", True)
    ]
    assert (said[0].language, said[0].url) == ("en", "https://dev.to/inesm/a-1")


async def test_somebody_else(gather, answering, told, changed) -> None:
    """Another account than the one asked for is a fault, and nothing else is asked."""
    identifier, answers = told("devto")
    url = next(iter(answers))
    web = answering(answers | {url: changed("devto/user.json", username="other")})
    found, error = await gather(identifier, web)

    assert (found, error.reason, web.urls) == ([], UnknownReason.MALFORMED, [url])
