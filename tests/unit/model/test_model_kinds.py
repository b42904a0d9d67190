"""Kinds of identifier: what may stand in each, and where a reader finds it."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from footprint.model.candidate import Candidate, Identifier, IdentifierKind, Provenance, Relation
from footprint.model.kinds import KINDS, Spelling, is_kind, kind_of

SOUND = [
    ("bluesky", "mara.example", None, "bluesky:mara.example@bsky.app", "https://bsky.app/profile/mara.example"),
    ("bluesky", "@mara.example", None, "bluesky:mara.example@bsky.app", "https://bsky.app/profile/mara.example"),
    ("lemmy", "@mara@lemmy.example", None, "lemmy:mara@lemmy.example", "https://lemmy.example/u/mara"),
    ("gitlab", "mara.q", "git.example", "gitlab:mara.q@git.example", "https://git.example/mara.q"),
    ("forgejo", "mara", None, "forgejo:mara@codeberg.org", "https://codeberg.org/mara"),
    ("stackexchange", "1234", "boats.example", "stackexchange:1234@boats.example", "https://boats.example/users/1234"),
    ("wikidata", "Q4711", None, "wikidata:Q4711@www.wikidata.org", "https://www.wikidata.org/wiki/Q4711"),
    ("hackernews", "mara_q", None, "hackernews:mara_q@news.ycombinator.com", "https://news.ycombinator.com/user?id=mara_q"),
    ("medium", "@mara", None, "medium:mara@medium.com", "https://medium.com/@mara"),
    ("substack", "mara", None, "substack:mara@substack.com", "https://mara.substack.com"),
    ("orcid", "0000-0002-1825-0097", None, "orcid:0000-0002-1825-0097@orcid.org", "https://orcid.org/0000-0002-1825-0097"),
    ("orcid", "0000-0002-1694-233X", None, "orcid:0000-0002-1694-233X@orcid.org", "https://orcid.org/0000-0002-1694-233X"),
    ("wayback", "https://mara.example/", None, "wayback:https://mara.example/", "https://mara.example/"),
    ("gravatar", "mara@mail.example", None, "gravatar:mara@mail.example@gravatar.com", ""),
    ("linkedin", "mara-quill-1", None, "linkedin:mara-quill-1@www.linkedin.com", "https://www.linkedin.com/in/mara-quill-1"),
    ("x-paperboat", "maraquill", "boats.example", "x-paperboat:maraquill@boats.example", ""),
    ("handles", "maraquill", None, "handles:maraquill", ""),
]  # fmt: skip
UNSOUND = [
    ("bluesky", "mara", None, "a handle, which is a domain name"),
    ("bluesky", "mara.example", "evil.example", "there is only bsky.app"),
    ("gitlab", "mara/x", None, "a user name"),
    ("stackexchange", "0123", None, "the number of a user"),
    ("stackexchange", "\u0661\u0662", None, "the number of a user"),
    ("wikidata", "q4711", None, "an item's number"),
    ("orcid", "0000-0002-1825-0098", None, "whose last digit fits"),
    ("youtube", "@mara", None, "the id of a channel"),
    ("wayback", "mara.example", None, "a URL"),
    ("gravatar", "mara", None, "a mail address"),
    ("x-paperboat", "maraquill", None, "host must be a host name"),
    ("x-paperboat", "mara/../quill", "boats.example", "without slash"),
    ("x-", "mara", "boats.example", "kind must be one of"),
    ("myspace", "mara", None, "the name of a plug-in"),
    ("handles", "maraquill", "boats.example", "the name is looked for at many"),
    ("gdelt", "Mara Quill", None, "its relation is 'mention'"),
]
SEARCH = {"provenance": Provenance.CONTROLLER, "relation": Relation.MENTION}


@pytest.mark.parametrize(("kind", "value", "host", "key", "page"), SOUND)
def test_a_sound_identifier_has_a_key_and_a_page(kind: str, value: str, host: str | None, key: str, page: str) -> None:
    """The key is what the consent lists, the page what a reader opens."""
    identifier = Identifier(kind=kind, value=value, host=host)

    assert (identifier.key, identifier.page, identifier.source) == (key, page, kind)


@pytest.mark.parametrize(("kind", "value", "host", "why"), UNSOUND)
def test_an_unsound_identifier_is_refused_with_the_reason(kind: str, value: str, host: str | None, why: str) -> None:
    """A wrong form, a host that is not the service's, a digit that does not fit, a kind that there is not."""
    with pytest.raises(ValidationError, match=why):
        Identifier(kind=kind, value=value, host=host)


def candidate(*searches: str) -> Candidate:
    """Somebody with searches for some words."""
    return Candidate(
        id="C-1",
        name="Mara Quill",
        other_names=("M. Oakes",),
        born=date(1990, 4, 2),
        places=("Thornmere",),
        employers=("Northgate Transit",),
        identifiers=tuple(Identifier(kind="gdelt", value=words, **SEARCH) for words in searches),
    )


@pytest.mark.parametrize("words", ["Mara Quill", "mara quill", "M. Oakes Thornmere", "Mara Quill Northgate Transit"])
def test_a_search_may_ask_for_the_candidates_own_names_and_places(words: str) -> None:
    """A name the candidate gave, alone or with a place or an employer they gave."""
    assert candidate(words).identifiers[0].is_search


@pytest.mark.parametrize("words", ["Otto Brandl", "Mara Quill arrested", "Thornmere", "Mara"])
def test_a_search_for_anything_else_is_refused(words: str) -> None:
    """A search for other words would be about somebody else, or fish for something."""
    with pytest.raises(ValidationError, match="a search is for one of the candidate's names"):
        candidate(words)


def test_a_search_has_no_page() -> None:
    """Nobody lives at a search."""
    assert candidate("Mara Quill").identifiers[0].page == ""


def test_the_table_and_the_kinds_of_a_profile_are_one_list() -> None:
    """Every kind that a profile may name has its row."""
    assert set(KINDS) == {str(kind) for kind in IdentifierKind}


def test_a_plug_ins_kind_is_a_name_at_a_host() -> None:
    """It can be no search, and no kind of ours."""
    assert kind_of("x-paperboat").spelling is Spelling.NAME
    assert not any(name.startswith("x-") for name in KINDS)
    assert not is_kind("x-Paper Boat")


def test_there_is_no_other_kind() -> None:
    """Asking for one is a fault of the caller."""
    with pytest.raises(KeyError):
        kind_of("myspace")


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.is_fixed])
def test_a_fixed_host_is_given(kind) -> None:
    """What has only one host names it."""
    assert kind.host
