"""The Wayback Machine and Common Crawl: when a page was captured, and no capture opened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from footprint.collectors.captures import moments
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind


async def test_when_a_page_was_captured(gather, answering, told) -> None:
    """First and last; what stood on the page is not read."""
    identifier, answers = told("wayback")
    web = answering(answers)
    (found,), error = await gather(identifier, web)

    assert (error, found.kind, found.engagement) == (None, ObservationKind.PRESENCE, Engagement.ORIGINAL)
    assert (found.text, found.context) == ("", "3 captures at the Internet Archive from 2019-03-04 to 2026-01-01.")
    assert (found.posted_at, found.posted_at_from) == (datetime(2026, 1, 1, tzinfo=UTC), "archive")
    assert found.author_account == "wayback:https://ines.example/"
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"[]", UnknownReason.ABSENT),
        (b'[["timestamp", "statuscode"]]', UnknownReason.ABSENT),
        (b'[["timestamp", "statuscode"], ["2026", "200"]]', UnknownReason.ABSENT),
        (b'[["timestamp", "statuscode"], ["20260101000000"]]', UnknownReason.MALFORMED),
        (b'[["urlkey", "timestamp"]]', UnknownReason.MALFORMED),
        (b'{"error": "x"}', UnknownReason.MALFORMED),
        (b"captured", UnknownReason.MALFORMED),
    ],
)
async def test_no_capture_or_no_table(gather, answering, told, body, reason) -> None:
    """An empty list is what the index says where it has none."""
    identifier, answers = told("wayback")
    found, error = await gather(identifier, answering({next(iter(answers)): body}))

    assert (found, error.reason) == ([], reason)


async def test_the_newest_crawl_is_asked(gather, answering, told) -> None:
    """A revisit record has no status and is a capture; an answer of 404 is none."""
    identifier, answers = told("commoncrawl")
    web = answering(answers)
    (found,), error = await gather(identifier, web)

    assert error is None
    assert found.context == "2 captures at Common Crawl (CC-MAIN-2026-43) from 2026-10-11 to 2026-10-15."
    assert web.urls[1].startswith("https://index.commoncrawl.org/CC-MAIN-2026-43-index?url=https%3A%2F%2Fines.example")


@pytest.mark.parametrize(
    ("crawls", "captures", "reason"),
    [
        (b"[]", None, UnknownReason.MALFORMED),
        (b'[{"id": "../../elsewhere"}]', None, UnknownReason.MALFORMED),
        (None, b"", UnknownReason.ABSENT),
        (None, b'{"timestamp": "20261011120000", "status": "404"}\n', UnknownReason.ABSENT),
        (None, b'{"timestamp": 7}\n', UnknownReason.MALFORMED),
        (None, b'{"timestamp": "20261011120000"}\n' * 101, UnknownReason.MALFORMED),
    ],
)
async def test_no_crawl_or_no_capture(gather, answering, told, crawls, captures, reason) -> None:
    """The id of a crawl goes into an address, so it may be nothing but an id."""
    identifier, answers = told("commoncrawl")
    first, second = answers
    web = answering({first: crawls or answers[first], second: answers[second] if captures is None else captures})
    found, error = await gather(identifier, web)

    assert (found, error.reason) == ([], reason)


def test_what_is_no_moment_is_passed_over() -> None:
    """Fourteen digits that are a time, and nothing else."""
    assert moments(["20261399000000", "2026", "2026010100000x", "20260101000000"]) == (
        datetime(2026, 1, 1, tzinfo=UTC),
    )
