"""Keybase: pairs of accounts that the candidate named, confirmed; nothing discovered."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from footprint.collectors.keybase import INTERFACE, Keybase
from footprint.errors import CollectorError, UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, ObservationKind

OWN, OTHERS = "keybase/user.json", "keybase/pair-of-others.json"


def asked(service: str, name: str) -> str:
    """The address by which a proof is looked up."""
    return f"{INTERFACE}?{service}={name}&fields=basics"


@pytest.fixture
def confirm(ines: Candidate, answering) -> Callable:
    """Run the collector for somebody with accounts at several places."""

    async def run(answers: dict, *more: Identifier):
        account = Identifier(kind="keybase", value="inesm")
        candidate = ines.but(
            identifiers=(
                account,
                Identifier(kind="website", value="https://ines.example/"),
                Identifier(kind="github", value="inesm"),
                Identifier(kind="github", value="inesm", host="code.example"),
                Identifier(kind="hackernews", value="InesM"),
                Identifier(kind="mastodon", value="@ines@social.example"),
                *more,
            )
        )
        web, found = answering(answers), []
        try:
            async for observation in Keybase().collect(candidate, account, web):
                found.append(observation)  # noqa: PERF401 - what came before an error counts
        except CollectorError as error:
            return web, found, error
        return web, found, None

    return run


async def test_only_what_the_candidate_named_is_asked_for(confirm, assets) -> None:
    """One question a place that a proof can be looked up by, and none for the list of all proofs."""
    web, (profile,), error = await confirm(
        {
            asked("usernames", "inesm"): assets / OWN,
            asked("domain", "ines.example"): assets / OWN,
            asked("github", "inesm"): assets / OTHERS,
            asked("hackernews", "InesM"): UnreadableError(UnknownReason.TIMEOUT),
        }
    )

    assert error is None
    assert web.urls == [
        asked("usernames", "inesm"),
        asked("domain", "ines.example"),
        asked("github", "inesm"),
        asked("hackernews", "InesM"),
    ]
    assert (profile.kind, profile.text, profile.engagement) == (ObservationKind.PROFILE, "", Engagement.ORIGINAL)
    assert profile.links == ("https://ines.example/",)
    assert profile.author_account == "keybase:inesm@keybase.io"


async def test_an_account_beside_which_there_is_nothing_to_confirm(confirm, assets) -> None:
    """It is there, and that is all."""
    _, (profile,), error = await confirm({asked("usernames", "inesm"): assets / OWN})

    assert (error, profile.links) == (None, ())


async def test_a_proof_that_several_hold_confirms_nothing(confirm, assets) -> None:
    """Two people's proofs of one account: whose it is cannot be told."""
    one = json.loads((assets / OWN).read_text("utf-8"))
    other = json.loads((assets / OTHERS).read_text("utf-8"))
    both = json.dumps(one | {"them": one["them"] + other["them"]}).encode()
    _, (profile,), _ = await confirm({asked("usernames", "inesm"): assets / OWN, asked("github", "inesm"): both})

    assert profile.links == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"status": {"code": 0}, "them": [null]}', UnknownReason.ABSENT),
        (b'{"status": {"code": 0}, "them": null}', UnknownReason.ABSENT),
        (b'{"status": {"code": 0}, "them": {"basics": {"username": "other"}}}', UnknownReason.MALFORMED),
        (b'{"status": {"code": 205}, "them": []}', UnknownReason.MALFORMED),
    ],
)
async def test_no_account_or_another(confirm, body, reason) -> None:
    """Nothing more is asked."""
    web, found, error = await confirm({asked("usernames", "inesm"): body})

    assert (found, error.reason, len(web.asked)) == ([], reason, 1)
