"""The index finds the record of an address: the key of the address, the time, and where the bytes lie."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from capture_samples import keep_some

from footprint.web.captured import captured
from footprint.web.cdxj import cdxj_line, url_key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Page.example/", "example,page)/"),
        ("http://page.example", "example,page)/"),
        ("https://www3.page.example:443/a/", "example,page)/a"),
        ("https://page.example:8443/a/?b=2&a=1", "example,page:8443)/a?a=1&b=2"),
        ("http://page.example:443/", "example,page:443)/"),
        ("https://page.example/A%20b?x=%C3%A9&C=D", "example,page)/a%20b?c=d&x=%c3%a9"),
        ("https://page.example/?a%7Cb", "example,page)/?a|b"),
        ("https://page.example/robots.txt?", "example,page)/robots.txt"),
        ("https://page.example/a//b/./../c", "example,page)/a/c"),
        ("https://page.example/../../c", "example,page)/c"),
        ("https://page.example/%2541", "example,page)/a"),
        ("https://page.example/?a=1&a=0&b", "example,page)/?a=0&a=1&b"),
        (
            "https://page.example/.well-known/webfinger?resource=acct:U@h",
            "example,page)/.well-known/webfinger?resource=acct:u@h",
        ),
        ("http://127.0.0.1/x", "1,0,0,127)/x"),
    ],
)
def test_the_key_of_an_address(url: str, key: str) -> None:
    """The host is turned round, and what players take for equal is made equal."""
    assert url_key(url) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://page.example/a", "https://page.example/b"),
        ("https://page.example/?a", "https://page.example/?a="),
        ("https://page.example/", "https://page.example:8443/"),
        ("https://wwwpage.example/", "https://page.example/"),
        ("https://page.example/a%2520b", "https://page.example/a%2b"),
    ],
)
def test_different_addresses_have_different_keys(one: str, other: str) -> None:
    """What is not the same page is not found in its place."""
    assert url_key(one) != url_key(other)


def test_a_line_says_where_the_record_lies(tmp_path: Path) -> None:
    """Key, time to the second, and a JSON object with every property that CDXJ asks for."""
    keep_some(tmp_path)
    with (tmp_path / "run-1.warc.gz").open("rb") as file:
        records = [record for record in captured(file) if record.kind in {"response", "revisit"}]
    key, at, about = cdxj_line(records[2], "run-1.warc.gz").split(" ", 2)

    assert (key, at) == ("example,page)/b?a=2&z=1", "20261120090002")
    assert json.loads(about) == {
        "url": "https://page.example/B?z=1&a=2",
        "mime": "text/html",
        "status": 200,
        "digest": records[2].digest,
        "length": records[2].length,
        "offset": records[2].offset,
        "filename": "run-1.warc.gz",
        "recordDigest": f"sha256:{records[2].sha256}",
    }


def test_a_revisit_is_marked_and_names_the_body_it_stands_for(tmp_path: Path) -> None:
    """Its type is `warc/revisit`, and its digest is that of the record that holds the body."""
    keep_some(tmp_path)
    with (tmp_path / "run-1.warc.gz").open("rb") as file:
        lines = [json.loads(cdxj_line(record, "x").split(" ", 2)[2]) for record in captured(file) if record.status]

    assert [line["mime"] for line in lines] == ["text/html", "warc/revisit", *["text/html"] * 3]
    assert lines[0]["digest"] == lines[1]["digest"]


def test_an_answer_without_a_type_says_so(tmp_path: Path) -> None:
    """Nothing is guessed where the server said nothing."""
    keep_some(tmp_path)
    with (tmp_path / "run-1.warc.gz").open("rb") as file:
        about = next(captured(file))

    assert json.loads(cdxj_line(about, "x").split(" ", 2)[2])["mime"] == "unk"
