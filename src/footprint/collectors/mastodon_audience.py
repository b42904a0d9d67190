"""To whom a status is addressed, where the server is not Mastodon's own program (ActivityPub sections 3.2 and 5.6).

snac2 and others speak a part of Mastodon's interface and call every status `public` there. The status itself, asked for
by its ActivityPub id, says to whom it is addressed: `to` the public, or only `cc`, which is unlisted. A status is read
where the public is in its `to`. Where that cannot be learnt, it is not read: not to know is no permission.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, NamedTuple

from pydantic import Field

from footprint.collectors.answer import Shape, malformed, read
from footprint.collectors.interface import Fetch
from footprint.collectors.mastodon_shapes import Status
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.plan import PlannedRequest

ACCEPT = "application/activity+json"
AT_MOST = 100
"""Statuses that are asked for one by one; the newest first."""
MAX_FAULTS = 3
"""After so many that cannot be read the others are not asked for: a server that wants signed requests refuses them all."""
UNLISTED = "OPT-MASTODON-UNLISTED"

PUBLIC = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))
"""The three spellings of the public (ActivityPub section 5.6)."""

_OWN = re.compile(r"https://[^/?#]+/(?:ap/)?users/[^/?#]+/statuses/([0-9]+)(?:/activity)?")
"""Ids as Mastodon gives them, and its forks with the same program: by name, or since 4.5 by number."""


class _Addressed(Shape):
    id: str
    to: Annotated[tuple[str, ...], Field(max_length=1000)] | str = ()


class Audience(NamedTuple):
    """What could be learnt."""

    public: frozenset[str]
    """Ids of the statuses that are addressed to the public."""
    unlisted: int
    """Statuses that are not."""
    fault: UnreadableError | None
    """What ended the asking, or the last answer that could not be read."""


def is_of_mastodon(status: Status) -> bool:
    """Say whether a status was made by Mastodon's own program, whose word on the visibility holds."""
    found = _OWN.fullmatch(status.uri)
    return found is not None and found[1] == status.id


async def ask_audience(statuses: Iterable[Status], planned: PlannedRequest, fetch: Fetch) -> Audience:
    """Ask each status to whom it is addressed. It raises nothing but what ends a run."""
    public: set[str] = set()
    unlisted = 0
    faults: list[UnreadableError] = []
    elsewhere = UnreadableError(UnknownReason.OFF_PLAN, "a status with its home on another host, or with none")
    told: UnreadableError | None = None
    for status in statuses:
        if not planned.allows(status.uri):
            told = elsewhere  # such as a boost, where a program gives it the id of what is boosted
            continue
        try:
            if await _is_public(status, planned, fetch):
                public.add(status.id)
            else:
                unlisted += 1
        except UnreadableError as error:
            if error.reason == UnknownReason.ABSENT:
                continue  # gone since: nothing of it is read
            faults.append(error)
            is_over = isinstance(error, SourceStopped) or error.reason == UnknownReason.BUDGET
            if is_over or len(faults) == MAX_FAULTS:
                break
    return Audience(frozenset(public), unlisted, faults[-1] if faults else told)


async def _is_public(status: Status, planned: PlannedRequest, fetch: Fetch) -> bool:
    page = await fetch(planned.at(status.uri))
    addressed = read(page, _Addressed)
    if addressed.id != status.uri:
        raise malformed(page, "another status than the one asked for")
    to = (addressed.to,) if isinstance(addressed.to, str) else addressed.to
    return not PUBLIC.isdisjoint(to)
