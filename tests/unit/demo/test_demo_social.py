"""The Mastodon server of the demonstration: shapes, paging, and what its posts are there to show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from importlib import resources
from typing import Any

import pytest

from footprint.demo.cast import Timeline
from footprint.demo.markup import Markup, mentioned, tagged, to_html
from footprint.files import parse_record

Ask = Callable[..., Any]
HERE = resources.files("footprint.demo") / "web" / "social.example"
BASE = "https://social.example"
MARA = f"{BASE}/api/v1/accounts/109311907455120001/statuses"
KNOWN = Markup(BASE, frozenset({"tomasf"}))


def statuses(ask: Ask, query: str = "?limit=40") -> list[dict[str, Any]]:
    """Return one page of the candidate's statuses."""
    return json.loads(ask(MARA + query).body)


def every_status(ask: Ask) -> list[dict[str, Any]]:
    """Return both pages."""
    first = statuses(ask)
    return first + statuses(ask, f"?limit=40&max_id={first[-1]['id']}")


def text_of(status: dict[str, Any]) -> str:
    """Return the content without tags."""
    return re.sub(r"<[^>]+>", "", status["content"])


def test_webfinger_names_the_account(ask: Ask) -> None:
    """The document of RFC 7033 has the subject that was asked for and links to the profile page."""
    known = json.loads(ask(f"{BASE}/.well-known/webfinger?resource=acct:mara@social.example").body)
    pages = [link["href"] for link in known["links"] if link["rel"].endswith("profile-page")]

    assert known["subject"] == "acct:mara@social.example"
    assert pages == [f"{BASE}/@mara"]


def test_a_webfinger_link_may_have_a_template_instead_of_an_address(ask: Ask) -> None:
    """Not every link has an `href`, as on real servers."""
    known = json.loads(ask(f"{BASE}/.well-known/webfinger?resource=acct:mara@social.example").body)

    assert [sorted(link) for link in known["links"] if "href" not in link] == [["rel", "template"]]


@pytest.mark.parametrize(
    "path",
    [
        "/.well-known/webfinger?resource=acct:nobody@social.example",
        "/.well-known/webfinger",
        "/api/v1/accounts/lookup?acct=nobody",
        "/api/v1/accounts/1/statuses",
        "/api/v1/accounts/lookup/more",
    ],
)
def test_an_account_that_nobody_has_is_absent(ask: Ask, path: str) -> None:
    """Unknown names and ids are 404."""
    assert ask(BASE + path).status == 404


def test_the_account_declares_the_site_and_the_site_was_verified(ask: Ask) -> None:
    """The website stands in a verified field with rel=me."""
    account = json.loads(ask(f"{BASE}/api/v1/accounts/lookup?acct=mara").body)
    (website,) = [field for field in account["fields"] if field["verified_at"]]

    assert 'href="https://maraquill.example/"' in website["value"]
    assert re.search(r'rel="[^"]*\bme\b', website["value"])
    assert (account["noindex"], account["indexable"], account["discoverable"]) == (False, True, True)


def test_the_quiet_account_asks_not_to_be_indexed(ask: Ask) -> None:
    """The second account opts out, although its post would be handed to anyone who asks."""
    account = json.loads(ask(f"{BASE}/api/v1/accounts/lookup?acct=mara_private@social.example").body)

    assert (account["noindex"], account["indexable"], account["discoverable"]) == (True, False, False)
    assert len(json.loads(ask(f"{BASE}/api/v1/accounts/{account['id']}/statuses").body)) == 1


def test_a_full_page_says_where_it_goes_on_and_the_last_one_does_not(ask: Ask) -> None:
    """The Link header of a page of 40 has `next` with `max_id`; the rest has `prev` alone."""
    first = ask(f"{MARA}?limit=40")
    oldest = json.loads(first.body)[-1]["id"]
    following = f'<{MARA}?limit=40&max_id={oldest}>; rel="next"'

    assert following in first.headers["link"]
    assert 'rel="next"' not in ask(f"{MARA}?limit=40&max_id={oldest}").headers["link"]


def test_the_end_of_the_pages_is_an_empty_list_without_links(ask: Ask) -> None:
    """Beyond the oldest status there is nothing, and no way on."""
    beyond = ask(f"{MARA}?limit=40&max_id=1")

    assert json.loads(beyond.body) == []
    assert "link" not in beyond.headers


def test_two_pages_hold_every_status_once_newest_first(ask: Ask) -> None:
    """Paging by `max_id` loses nothing and repeats nothing."""
    posts = parse_record((HERE / "posts.toml").read_bytes(), Timeline, where="posts.toml").posts
    ids = [int(status["id"]) for status in every_status(ask)]

    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) == len([post for post in posts if post.account == "mara"]) > 40


@pytest.mark.parametrize(("query", "count"), [("", 20), ("?limit=5", 5), ("?limit=400", 40), ("?limit=many", 20)])
def test_the_limit_is_kept_between_the_default_and_forty(ask: Ask, query: str, count: int) -> None:
    """Twenty where nothing is said, forty at most."""
    assert len(statuses(ask, query)) == count


def test_an_id_begins_with_the_time(ask: Ask) -> None:
    """The upper bits of an id are the milliseconds of `created_at`."""
    status = statuses(ask, "?limit=1")[0]

    assert status["created_at"] == "2026-11-14T16:20:05.000Z"
    assert int(status["id"]) >> 16 == 1794673205000


def test_a_status_is_of_its_author_and_a_passed_on_one_of_another(ask: Ask) -> None:
    """A reblog has no words of its own; those of the other account stand in `reblog`."""
    passed_on = [status for status in every_status(ask) if status["reblog"]]

    assert len(passed_on) == 2
    for status in passed_on:
        assert (status["account"]["acct"], status["content"]) == ("mara", "")
        assert status["reblog"]["account"]["acct"] != "mara"
        assert status["reblog"]["content"].startswith("<p>")


def test_a_quote_keeps_the_two_voices_apart(ask: Ask) -> None:
    """The quoted status stands in `quote` and is accepted; the candidate's words follow the line that points to it."""
    (status,) = [status for status in every_status(ask) if status["quote"]]
    quoted = status["quote"]["quoted_status"]

    assert status["quote"]["state"] == "accepted"
    assert quoted["account"]["acct"] == "gruffcommuter"
    assert status["content"].startswith('<p class="quote-inline">RE: ')
    assert quoted["url"] in status["content"]
    assert text_of(quoted) not in text_of(status)


def test_a_reply_names_what_it_answers_and_whom_it_mentions(ask: Ask) -> None:
    """The id of the account that is answered is the one that is mentioned."""
    (status,) = [status for status in every_status(ask) if status["in_reply_to_id"]]

    assert [mention["id"] for mention in status["mentions"]] == [status["in_reply_to_account_id"]]


def test_pictures_edits_and_imports_are_told(ask: Ask) -> None:
    """One status has a described picture, one was edited, two were brought over from an older server."""
    found = every_status(ask)

    assert [media["type"] for status in found for media in status["media_attachments"]] == ["image"]
    assert len([status for status in found if status["edited_at"]]) == 1
    assert len([status for status in found if status["application"]["name"] == "Archive import"]) == 2


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-02", "kill whoever ate my sandwich"),
        ("2026-10-21", "should never be hired"),
        ("2026-10-04", "01632 960417"),
        ("2026-09-18", "break his legs"),
        ("2026-09-07", "This is vile"),
        ("2026-08-24", "passenger database"),
        ("2026-08-09", "&quot;I will smash your face in&quot;"),
        ("2026-07-30", "picket line"),
        ("2026-07-11", "diagnosed"),
        ("2026-06-28", "protected disclosure"),
        ("2018-04-20", "knock your teeth out"),
        ("2010-06-11", "kick his head in"),
    ],
)
def test_the_post_that_shows_a_stage_is_there(ask: Ask, day: str, words: str) -> None:
    """Each stage of the line has its post, on its day."""
    (status,) = [status for status in every_status(ask) if status["created_at"].startswith(day)]

    assert words in text_of(status)


def test_the_oldest_post_was_written_at_sixteen(ask: Ask) -> None:
    """On its day the candidate, born on 8 March 1994, was 16."""
    written = date.fromisoformat(every_status(ask)[-1]["created_at"][:10])

    assert date(2010, 3, 8) <= written < date(2011, 3, 8)


def test_what_a_post_shows_is_never_sent(ask: Ask) -> None:
    """The remarks for readers of the list stay in the list."""
    posts = parse_record((HERE / "posts.toml").read_bytes(), Timeline, where="posts.toml").posts
    remarks = [post.shows for post in posts if post.shows]
    sent = json.dumps(every_status(ask))

    assert len(remarks) > 15
    assert [remark for remark in remarks if remark in sent] == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\ntwo\nlines", "<p>one</p><p>two<br />lines</p>"),
        ("a < b & \"c\" 'd'", "<p>a &lt; b &amp; &quot;c&quot; &#x27;d&#x27;</p>"),
        ("@nobody said hello", "<p>@nobody said hello</p>"),
        ("a@tomasf is no mention", "<p>a@tomasf is no mention</p>"),
        ("", ""),
    ],
)
def test_text_becomes_paragraphs_and_is_escaped(text: str, html: str) -> None:
    """Plain text stays what it was, in HTML."""
    assert to_html(text, KNOWN) == html


def test_mentions_tags_and_links_are_marked_up() -> None:
    """A known account, a tag and an address become links; the full stop after an address stays outside."""
    text = "Ask @tomasf about #Leeks on https://maraquill.example/leeks."
    html = to_html(text, KNOWN)

    assert f'<a href="{BASE}/@tomasf" class="u-url mention">@<span>tomasf</span></a>' in html
    assert f'<a href="{BASE}/tags/leeks" class="mention hashtag" rel="tag">#<span>Leeks</span></a>' in html
    assert 'href="https://maraquill.example/leeks"' in html
    assert html.endswith("</a>.</p>")
    assert (mentioned(text, KNOWN), tagged(text)) == (("tomasf",), ("leeks",))
