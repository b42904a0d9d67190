"""Accounts of every kind: who speaks there, and which links lead to them."""

from __future__ import annotations

import pytest
from attribution_samples import ARTICLE, CANDIDATE, POST

from footprint.attribution.features import Material, declared_account, links_back
from footprint.model.candidate import Candidate, Identifier

PLACES = [
    ("bluesky", "mara.example", None, "https://bsky.app/profile/mara.example"),
    ("lemmy", "@mara@lemmy.example", None, "https://lemmy.example/u/mara"),
    ("gitlab", "maraq", "git.example", "https://git.example/maraq"),
    ("stackexchange", "1234", "boats.example", "https://boats.example/users/1234"),
    ("hackernews", "mara_q", None, "https://news.ycombinator.com/user?id=mara_q"),
    ("orcid", "0000-0002-1825-0097", None, "https://orcid.org/0000-0002-1825-0097"),
    ("linkedin", "mara-quill", None, "https://www.linkedin.com/in/mara-quill/"),
    ("x", "maraq", None, "https://x.com/maraq"),
]


def with_place(kind: str, value: str, host: str | None) -> tuple[Candidate, Identifier]:
    """The candidate with one more place."""
    place = Identifier(kind=kind, value=value, host=host)
    return CANDIDATE.but(identifiers=(*CANDIDATE.identifiers, place)), place


@pytest.mark.parametrize(("kind", "value", "host", "address"), PLACES, ids=[place[0] for place in PLACES])
def test_a_link_to_a_declared_account_of_any_kind_leads_back(kind, value, host, address) -> None:
    """As the service writes the address; a kind that is never read counts as a declared place all the same."""
    candidate, _ = with_place(kind, value, host)
    linking = ARTICLE.but(links=(address,))

    assert links_back(Material(linking, candidate, [])) is not None
    assert links_back(Material(linking, CANDIDATE, [])) is None


def test_the_account_of_a_source_with_a_hyphen_is_known_again() -> None:
    """A plug-in's kind has one."""
    candidate, place = with_place("x-paperboat", "MaraQuill", "boats.example")
    post = POST.but(source="x-paperboat", identifier=place.key, author_account="x-paperboat:maraquill@boats.example")

    assert declared_account(Material(post, candidate, [])) is not None
    assert declared_account(Material(post, CANDIDATE, [])) is None
