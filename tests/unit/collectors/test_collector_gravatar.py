"""Gravatar: a profile by the digest of an address."""

from __future__ import annotations

import hashlib

from footprint.collectors.gravatar import Gravatar
from footprint.model.candidate import Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import ObservationKind


def test_the_address_itself_is_never_sent() -> None:
    """Only its digest, in lower case, as the service documents."""
    (request,) = Gravatar().plan(Identifier(kind="gravatar", value="Ines@Mail.example"))

    assert (
        request.template == f"https://api.gravatar.com/v3/profiles/{hashlib.sha256(b'ines@mail.example').hexdigest()}"
    )
    assert "@" not in request.template


async def test_a_profile_and_the_accounts_it_shows(gather, answering, told) -> None:
    """A hidden account stays hidden."""
    identifier, answers = told("gravatar")
    (profile,), error = await gather(identifier, answering(answers))

    assert (error, profile.kind) == (None, ObservationKind.PROFILE)
    assert profile.text == "Surveys bridges.\nSurveyor\nFenwick Bridges\nHarrowdene"
    assert profile.links == ("https://github.com/inesm",)
    assert "hidden.example" not in profile.model_dump_json()


async def test_the_profile_of_another_address(gather, answering, told, changed) -> None:
    """The digest has to be the one that was asked for."""
    identifier, answers = told("gravatar")
    other = changed("gravatar/profile.json", hash="0" * 64)
    found, error = await gather(identifier, answering({next(iter(answers)): other}))

    assert (found, error.reason) == ([], UnknownReason.MALFORMED)
