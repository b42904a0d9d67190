"""WebFinger (RFC 7033): ask a host whether it knows an account before anything else is asked of it."""

from __future__ import annotations

from footprint.collectors.answer import read
from footprint.collectors.asking import ask
from footprint.collectors.interface import Fetch
from footprint.collectors.mastodon_shapes import Finger
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.plan import PlannedRequest

ACCEPT = "application/jrd+json, application/json"


async def ask_finger(planned: PlannedRequest, fetch: Fetch) -> None:
    """Ask whether the host knows the account: one that does not is asked nothing more.

    Raises what `fetch` raises, and UnreadableError(ABSENT) where there is no such account. A server without WebFinger
    may still have it.
    """
    try:
        read(await ask(planned, fetch), Finger)
    except SourceStopped:
        raise
    except UnreadableError as error:
        if error.reason in (UnknownReason.ABSENT, UnknownReason.MALFORMED):
            raise
