"""Rules of presence: a file that a stranger may have written."""

from __future__ import annotations

import json

import pytest

from footprint.collectors.handles_rules import MAX_FILE_BYTES, RuleBook, SiteRule, left_alone, read_rules
from footprint.errors import InputError

PLAIN = {
    "name": "Quillhouse",
    "uri_check": "https://quillhouse.example/u/{account}",
    "e_code": 200,
    "e_string": "member-card",
    "m_code": 404,
    "m_string": "",
    "known": ["inkwell"],
    "cat": "hobby",
}


def rule(**changes: object) -> SiteRule:
    return SiteRule.model_validate(PLAIN | changes)


def book(*sites: object, special: bool = False) -> RuleBook:
    return read_rules(json.dumps({"sites": sites}).encode(), where="rules.json", special=special)


def test_a_two_sided_rule_is_taken() -> None:
    """A plain rule is taken, and the book names the digest of its file."""
    found = book(PLAIN)

    assert [site.name for site in found.sites] == ["Quillhouse"]
    assert found.rejected == ()
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"post_body": "{}"}, "HANDLES-POST", id="a body is never sent"),
        pytest.param({"headers": {"Cookie": "a=b"}}, "HANDLES-HEADERS", id="no header of a stranger's is sent"),
        pytest.param({"valid": False}, "HANDLES-INVALID", id="marked as broken"),
        pytest.param({"uri_check": "https://quillhouse.example/"}, "HANDLES-ADDRESS", id="no place for the name"),
        pytest.param({"uri_check": "https://q.example/{account}/{account}"}, "HANDLES-ADDRESS", id="two places"),
        pytest.param({"uri_check": "https://q.example/#{account}"}, "HANDLES-ADDRESS", id="the name is not sent"),
        pytest.param({"uri_check": "https://q{account}.example/"}, "HANDLES-ADDRESS", id="part of a label"),
        pytest.param({"uri_check": "https://{account}.example/"}, "HANDLES-ADDRESS", id="a whole domain of anyone"),
        pytest.param({"uri_check": "https://u:{account}@q.example/"}, "HANDLES-ADDRESS", id="a password"),
        pytest.param({"e_string": ""}, "HANDLES-ONE-SIDED", id="says nothing of who exists"),
        pytest.param({"m_code": 200}, "HANDLES-ONE-SIDED", id="says nothing of who is missing"),
        pytest.param({"m_code": 200, "m_string": "no member-card"}, "HANDLES-ONE-SIDED", id="one word in the other"),
        pytest.param({"e_code": "200"}, "HANDLES-SHAPE", id="a number in quotes"),
        pytest.param({"e_code": 9}, "HANDLES-SHAPE", id="no status"),
        pytest.param({"known": []}, "HANDLES-SHAPE", id="no canary"),
        pytest.param({"e_string": "x" * 1001}, "HANDLES-SHAPE", id="a long text"),
        pytest.param({"name": "a\nb"}, "HANDLES-SHAPE", id="two lines"),
        pytest.param({"uri_check": "file:///etc/{account}"}, "HANDLES-SHAPE", id="another scheme"),
        pytest.param({"uri_check": "https://q.example/ {account}"}, "HANDLES-SHAPE", id="a space"),
        pytest.param({"uri_pretty": "javascript:alert(1)"}, "HANDLES-SHAPE", id="a script for the reader"),
    ],
)
def test_an_unfit_rule_is_left_out_with_its_reason(changes: dict[str, object], reason: str) -> None:
    """A rule that cannot be followed by a plain GET on both sides is left out, and the others stay."""
    found = book(PLAIN | {"name": "Other"}, PLAIN | changes)

    assert [site.name for site in found.sites] == ["Other"]
    assert [each.rule for each in found.rejected] == [reason]


@pytest.mark.parametrize("category", left_alone().categories)
def test_special_categories_are_out_unless_let_in(category: str) -> None:
    """A site whose membership alone tells of health, sex life or opinions is asked only where that was let in."""
    site = PLAIN | {"cat": category}

    assert [each.rule for each in book(site).rejected] == ["HANDLES-CATEGORY"]
    assert len(book(site, special=True).sites) == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x00\xff", id="no text"),
        pytest.param(b"[]", id="another shape"),
        pytest.param(b'{"sites": {}}', id="no list"),
        pytest.param(b'{"sites": ' + b"[" * 100_000, id="deep"),
        pytest.param(json.dumps({"sites": [PLAIN] * 5001}).encode(), id="too many"),
        pytest.param(b" " * (MAX_FILE_BYTES + 1), id="too long"),
    ],
)
def test_a_file_that_is_no_rules_is_refused(content: bytes) -> None:
    """A file of another kind, too long or too deep is bad input; nothing of it is quoted."""
    with pytest.raises(InputError, match=r"rules\.json"):
        read_rules(content, where="rules.json")


def test_sites_of_one_name_are_all_left_out() -> None:
    """Two rules under one name cannot be told apart in a result, so neither is followed."""
    found = book(PLAIN, PLAIN | {"cat": "tech"})

    assert found.sites == ()
    assert [each.rule for each in found.rejected] == ["HANDLES-TWICE"]


def test_what_is_no_site_at_all_is_left_out() -> None:
    """A list may hold anything; what is no rule is counted by its number."""
    found = book(None, 7, "site", [], PLAIN)

    assert [each.site for each in found.rejected] == ["site 0", "site 1", "site 2", "site 3"]
    assert len(found.sites) == 1


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("inkwell", "https://quillhouse.example/u/inkwell"),
        ("ink well", "https://quillhouse.example/u/ink%20well"),
        ("../admin?x=1#y", "https://quillhouse.example/u/..%2Fadmin%3Fx%3D1%23y"),
        ("a{b}", "https://quillhouse.example/u/a%7Bb%7D"),
        ("tintenfaß", "https://quillhouse.example/u/tintenfa%C3%9F"),
        ("..", None),
        ("", None),
    ],
)
def test_a_name_stands_in_the_address_as_itself(name: str, address: str | None) -> None:
    """A name is one component of the address, whatever stands in it; where that cannot be, nothing is asked."""
    assert rule().address(name) == address


@pytest.mark.parametrize(("name", "is_asked"), [("inkwell", True), ("ink.well", False), ("ink@evil.example/", False)])
def test_a_name_in_the_host_is_one_label(name: str, is_asked: bool) -> None:
    """Where each account has a host of its own, only a name that is a host label is asked for."""
    site = rule(uri_check="https://{account}.quillhouse.example/", uri_pretty="https://quillhouse.example/@{account}")

    assert (site.address(name) is not None) is is_asked
    assert site.place == "quillhouse.example"


def test_a_site_that_drops_a_character_is_not_asked_for_a_name_that_has_it() -> None:
    """Where a site reads `a.b` as `ab`, its answer would be about another account."""
    site = rule(strip_bad_char=".")

    assert site.address("inkwell") is not None
    assert site.address("ink.well") is None


def test_braces_of_the_rule_are_no_places_of_the_plan() -> None:
    """A brace in a rule's address stays a brace: the plan allows that one address."""
    site = rule(uri_check='https://q.example/api?v={"x":1}&u={account}', uri_pretty="https://q.example/{account}")

    assert site.address("inkwell") == 'https://q.example/api?v=%7B"x":1%7D&u=inkwell'
    assert site.page("inkwell") == "https://q.example/inkwell"
