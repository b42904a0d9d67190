"""What collectors of documented interfaces share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from footprint.collectors.asking import LAST_SECOND, each, is_same_user, lines, moment_of, planned
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Identifier
from footprint.model.evidence import UnknownReason

INES = Identifier(kind="github", value="InesM")
FIRST, SECOND = (planned(f"github.{name}", INES, f"https://api.example/{name}", name) for name in ("first", "second"))


@pytest.mark.parametrize(
    ("seconds", "moment"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (LAST_SECOND, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (LAST_SECOND + 1, None),
        (-1, None),
        (None, None),
    ],
)
def test_a_moment_in_seconds(seconds, moment) -> None:
    """What lies beyond the calendar is no moment."""
    assert moment_of(seconds) == moment


def test_lines_of_what_says_something() -> None:
    """Empty parts leave no empty line."""
    assert lines("a ", None, "", "  ", "b") == "a\nb"


@pytest.mark.parametrize(
    ("found", "same"), [(("inesm",), True), (("other", "INESM"), True), (("ines",), False), ((), False)]
)
def test_user_names_are_without_case(found, same) -> None:
    """One of the names in the answer has to be the one asked for."""
    assert is_same_user(INES, *found) is same


async def test_a_page_that_is_malformed_does_not_hold_up_the_next(answering) -> None:
    """The first fault is raised at the end; a page that is missing is no fault."""
    read = []

    def reader(page):
        read.append(page.url)
        raise UnreadableError(UnknownReason.MALFORMED, page.url)
        yield

    with pytest.raises(UnreadableError, match="first"):
        async for _ in each(
            answering({FIRST.template: b"", SECOND.template: b""}), [(FIRST, reader), (SECOND, reader)]
        ):
            pass
    assert read == [FIRST.template, SECOND.template]
    assert [one async for one in each(answering({}), [(FIRST, reader)])] == []


async def test_a_stop_is_a_stop(answering) -> None:
    """The next page is not asked for."""
    web = answering({FIRST.template: SourceStopped(UnknownReason.RATE_LIMITED, "60 an hour")})

    with pytest.raises(SourceStopped):
        async for _ in each(web, [(FIRST, lambda _: iter(())), (SECOND, lambda _: iter(()))]):
            pass
    assert web.urls == [FIRST.template]
