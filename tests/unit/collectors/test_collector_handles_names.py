"""Which names are looked for, and what an account that is there says of whose it is."""

from __future__ import annotations

import pytest

from footprint.collectors.handles import disclosed_names, observed
from footprint.model.candidate import Candidate
from footprint.model.presence import Presence, SiteResult, Verdict


def candidate_with(*identifiers: dict[str, str]) -> Candidate:
    fields = {"id": "C-1", "name": "Mara Quill", "born": "1990-01-01", "identifiers": list(identifiers)}
    return Candidate.model_validate(fields)


NAME = {"kind": "handles", "value": "Maraquill"}


@pytest.mark.parametrize(
    ("account", "place", "key"),
    [
        pytest.param({}, "quillhouse.example", "handles:Maraquill@quillhouse.example", id="the name alone"),
        pytest.param(
            {"kind": "github", "value": "maraquill", "host": "code.example"},
            "www.code.example",
            "github:maraquill@code.example",
            id="declared for that site",
        ),
        pytest.param(
            {"kind": "github", "value": "maraquill", "host": "code.example"},
            "quillhouse.example",
            "handles:Maraquill@quillhouse.example",
            id="declared for another site",
        ),
        pytest.param(
            {"kind": "github", "value": "quillmara", "host": "code.example"},
            "code.example",
            "handles:Maraquill@code.example",
            id="another name declared there",
        ),
    ],
)
def test_an_account_is_a_declared_one_only_at_its_own_site(account: dict[str, str], place: str, key: str) -> None:
    """The observation names a declared account where name and site are that account's, and has no word of the page."""
    verdict = Verdict(
        site="Q",
        category="hobby",
        identifier="handles:Maraquill",
        presence=Presence.FOUND,
        rule="HANDLE-FOUND",
        evidence=("E0001",),
    )
    result = SiteResult(site="Q", place=place, verdicts=(verdict,))
    candidate = candidate_with(NAME, *([account] if account else []))

    seen = observed(result, verdict, candidate, sha256="0" * 64)

    assert (seen.author_account, seen.text, seen.evidence) == (key, "", "E0001")


def test_only_names_that_were_given_for_it_are_looked_for() -> None:
    """A name counts that was given to be looked for; the user name of an account was given for that account alone."""
    candidate = candidate_with(
        {"kind": "handles", "value": "maraquill"},
        {"kind": "handles", "value": "quillmara", "provenance": "volunteered"},
        {"kind": "github", "value": "quill-at-work", "host": "code.example"},
        {"kind": "website", "value": "https://maraquill.example/"},
    )

    assert disclosed_names(candidate) == {"handles:maraquill": "maraquill", "handles:quillmara": "quillmara"}
