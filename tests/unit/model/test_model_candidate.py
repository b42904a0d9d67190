"""The candidate and the identifiers they gave."""

from datetime import date

import pytest
from pydantic import ValidationError

from footprint.model.candidate import Candidate, Identifier


@pytest.mark.parametrize(
    ("fields", "key", "home", "handle"),
    [
        (
            {"kind": "website", "value": "https://Mara.example:8443/a"},
            "website:https://Mara.example:8443/a",
            "mara.example:8443",
            "https://Mara.example:8443/a",
        ),
        (
            {"kind": "feed", "value": "http://mara.example/feed"},
            "feed:http://mara.example/feed",
            "mara.example",
            "http://mara.example/feed",
        ),
        (
            {"kind": "mastodon", "value": "@mara@Social.example"},
            "mastodon:mara@social.example",
            "social.example",
            "mara",
        ),
        ({"kind": "mastodon", "value": "m.q@social.example"}, "mastodon:m.q@social.example", "social.example", "m.q"),
        ({"kind": "github", "value": "mara-q"}, "github:mara-q@github.com", "github.com", "mara-q"),
        (
            {"kind": "github", "value": "mara", "host": "Code.example"},
            "github:mara@code.example",
            "code.example",
            "mara",
        ),
        (
            {"kind": "mediawiki", "value": "Mara Quill"},
            "mediawiki:Mara Quill@en.wikipedia.org",
            "en.wikipedia.org",
            "Mara Quill",
        ),
    ],
)
def test_an_identifier_has_one_key(fields: dict[str, str], key: str, home: str, handle: str) -> None:
    """The key names kind, handle and host, with the default host where none is given."""
    identifier = Identifier.model_validate(fields)

    assert (identifier.key, identifier.home, identifier.handle) == (key, home, handle)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "website", "value": "mara.example"}, "https://"),
        ({"kind": "website", "value": "ftp://mara.example/"}, "https://"),
        ({"kind": "website", "value": "https:///path"}, "https://"),
        ({"kind": "website", "value": "https://mara@mara.example/"}, "user name"),
        ({"kind": "website", "value": "https://mara.example/#top"}, "fragment"),
        ({"kind": "website", "value": "https://mara_example/"}, "host name"),
        ({"kind": "website", "value": "https://mára.example/"}, "host name"),
        ({"kind": "feed", "value": "javascript:alert(1)"}, "https://"),
        ({"kind": "mastodon", "value": "mara"}, "@user@host"),
        ({"kind": "mastodon", "value": "@mara/x@social.example"}, "@user@host"),
        ({"kind": "mastodon", "value": "@mara@social_example"}, "host name"),
        ({"kind": "github", "value": "mara/quill"}, "user name"),
        ({"kind": "github", "value": "-mara"}, "user name"),
        ({"kind": "github", "value": "mara", "host": "code.example/evil"}, "host name"),
        ({"kind": "mediawiki", "value": "User:Mara"}, "user name"),
        ({"kind": "mediawiki", "value": "a/b"}, "user name"),
        ({"kind": "mediawiki", "value": "a|b"}, "user name"),
        ({"kind": "mediawiki", "value": "x" * 86}, "user name"),
        ({"kind": "pager", "value": "12"}, "kind"),
        (
            {"kind": "github", "value": "mara", "relation": "mention", "provenance": "named_by_controller"},
            "only a feed",
        ),
        ({"kind": "feed", "value": "https://press.example/feed", "relation": "mention"}, "press feeds only"),
        (
            {"kind": "feed", "value": "https://press.example/feed", "provenance": "named_by_controller"},
            "press feeds only",
        ),
    ],
)
def test_an_identifier_that_is_no_address_is_refused(fields: dict[str, str], why: str) -> None:
    """A handle with a slash, a strange host or an account that the controller found is refused with its reason."""
    with pytest.raises(ValidationError, match=why):
        Identifier.model_validate(fields)


def candidate(*identifiers: dict[str, str]) -> Candidate:
    return Candidate.model_validate(
        {
            "id": "C-17",
            "name": "Mara Quill",
            "other_names": ["Mara Marsh"],
            "born": date(1994, 3, 8),
            "identifiers": identifiers,
        }
    )


def test_an_identifier_stands_once() -> None:
    """Two ways to write one account are one identifier, and listing it twice is a mistake."""
    with pytest.raises(ValidationError, match="listed twice"):
        candidate(
            {"kind": "mastodon", "value": "@mara@social.example"}, {"kind": "mastodon", "value": "mara@social.example"}
        )


def test_a_candidate_names_at_least_one_place() -> None:
    """Without an identifier there is nothing to read, and nothing is guessed."""
    with pytest.raises(ValidationError, match="identifiers"):
        candidate()


def test_a_candidate_has_every_name_they_gave() -> None:
    """The first name is the present one."""
    assert candidate({"kind": "github", "value": "mara"}).names == ("Mara Quill", "Mara Marsh")


def test_identifiers_are_found_by_kind() -> None:
    """Those of one kind come in the order given."""
    found = candidate(
        {"kind": "github", "value": "one"},
        {"kind": "website", "value": "https://a.example/"},
        {"kind": "github", "value": "two"},
    ).of_kind("github")

    assert [identifier.value for identifier in found] == ["one", "two"]


@pytest.mark.parametrize("born", ["2026-02-30", "1994-13-01", "08/03/1994", "yesterday"])
def test_an_impossible_date_of_birth_is_refused(born: str) -> None:
    """A date that the calendar does not have is refused."""
    with pytest.raises(ValidationError, match="born"):
        candidate({"kind": "github", "value": "mara"}).but(born=born)
