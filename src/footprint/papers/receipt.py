"""The receipt: what was agreed, in plain words, for the candidate to keep and to check with tools that are not ours."""

from __future__ import annotations

import hashlib
import shlex
from datetime import datetime

from footprint.model.authorisation import VALID_STATES, Authorisation, ConsentState
from footprint.papers.catalogue import language
from footprint.papers.form import render
from footprint.papers.sheet import Filling, fill

TEMPLATE = "common/receipt.html.j2"

STATES = {
    ConsentState.REQUESTED: "We asked you",
    ConsentState.DEFERRED: "You put the decision off",
    ConsentState.GIVEN: "You agreed",
    ConsentState.RENEWED: "You agreed again",
    ConsentState.REFUSED: "You said no",
    ConsentState.WITHDRAWN: "You withdrew your agreement",
    ConsentState.REVOKED: "We, or an authority, ended it",
    ConsentState.EXPIRED: "It ran out",
    ConsentState.INVALIDATED: "A court or an authority declared it invalid",
    ConsentState.UNKNOWN: "Not known",
}
"""Each state, said to the candidate."""


def render_receipt(authorisation: Authorisation, *, record: bytes, name: str, at: datetime) -> bytes:
    """Return the receipt of a consent as one HTML file without scripts.

    `record` holds the bytes of the consent file and `name` what it is called: the receipt shows how to check them.
    """
    words = language("en")
    state = authorisation.state_at(at)
    context = {
        "sheet": fill(Filling(authorisation=authorisation), words),
        "consent": authorisation,
        "events": tuple((event, STATES[event.state]) for event in authorisation.events if event.at <= at),
        "state": STATES[state],
        "is_valid": state in VALID_STATES and at < authorisation.scope.expires,
        "at": at,
        "record_sha256": hashlib.sha256(record).hexdigest(),
        "record_bytes": len(record),
        "record_name": shlex.quote(name),
        # A JSON file is written anew with every event: only TOML keeps its beginning byte for byte.
        "grows": not name.lower().endswith(".json"),
        "title": "Receipt for your agreement",
        "lang": "en-GB",
    }
    return render(TEMPLATE, context, words)
