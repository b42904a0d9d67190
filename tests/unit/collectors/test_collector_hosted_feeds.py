"""Medium, Substack, YouTube: the feeds that platforms offer, and whose words their entries are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement


async def test_stories_that_bear_the_accounts_name_are_the_accounts(gather, answering, told) -> None:
    """A pen name is as good as the candidate's: the account is theirs. A guest is a guest."""
    identifier, answers = told("medium")
    found, error = await gather(identifier, answering(answers))

    assert error is None
    assert [(one.engagement, one.author_name, one.author_account) for one in found] == [
        (Engagement.ORIGINAL, "Night Surveyor", "medium:inesm@medium.com"),
        (Engagement.BY_OTHERS, "Otto Brand", ""),
    ]
    assert found[0].text == "A span as data\nForty metres, not fourteen."
    assert (found[0].posted_at, found[0].posted_at_from) == (datetime(2026, 3, 2, 10, tzinfo=UTC), "feed")


async def test_a_feed_whose_title_names_nobody(gather, answering, told) -> None:
    """Without the account's name only the candidate's own names and user names count."""
    identifier, answers = told("medium")
    url, body = next(iter(answers.items()))
    found, _ = await gather(identifier, answering({url: body.replace(b"Stories by Night Surveyor on Medium", b"x")}))

    assert [one.engagement for one in found] == [Engagement.BY_OTHERS, Engagement.BY_OTHERS]


async def test_posts_of_a_publication(gather, answering, told) -> None:
    """The candidate's are theirs, a guest's are not."""
    identifier, answers = told("substack")
    found, error = await gather(identifier, answering(answers))

    assert (error, [one.engagement for one in found]) == (None, [Engagement.ORIGINAL, Engagement.BY_OTHERS])
    assert found[0].language == "en"


async def test_videos_of_a_channel(gather, answering, told) -> None:
    """Title, description, and that it was changed later."""
    identifier, answers = told("youtube")
    (video,), error = await gather(identifier, answering(answers))

    assert (error, video.engagement, video.edited) == (None, Engagement.ORIGINAL, True)
    assert video.text == "Measuring the old span\nForty metres, not fourteen."
    assert video.url == "https://www.youtube.com/watch?v=aaaaaaaaaaa"


@pytest.mark.parametrize(
    ("source", "own", "other"),
    [
        ("medium", b"https://medium.com/@inesm?source", b"https://medium.com/@otto?source"),
        ("youtube", b"https://www.youtube.com/channel/UCines", b"https://www.youtube.com/channel/UCotto"),
    ],
)
async def test_the_feed_of_somebody_else(gather, answering, told, source, own, other) -> None:
    """A feed that says it is another's is a fault."""
    identifier, answers = told(source)
    url, body = next(iter(answers.items()))
    found, error = await gather(identifier, answering({url: body.replace(own, other)}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)
