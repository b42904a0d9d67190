"""What the hosts of the demonstration web answer, address by address."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from importlib import resources
from typing import Any
from urllib.parse import quote

import pytest

from footprint.demo.server import DemoWeb
from footprint.demo.sites import RouteTable
from footprint.files import parse_record

Ask = Callable[..., Any]
WEB = resources.files("footprint.demo") / "web"
ATOM = "{http://www.w3.org/2005/Atom}"
WIKI = "https://wiki.example/w/api.php?format=json&formatversion=2"

PLANNED = [
    ("https://maraquill.example/robots.txt", 200, "text/plain; charset=utf-8"),
    ("https://maraquill.example/", 200, "text/html; charset=utf-8"),
    ("https://maraquill.example/feed.xml", 200, "application/atom+xml; charset=utf-8"),
    (
        "https://social.example/.well-known/webfinger?resource=acct:mara@social.example",
        200,
        "application/jrd+json; charset=utf-8",
    ),
    ("https://social.example/api/v1/accounts/lookup?acct=mara", 200, "application/json; charset=utf-8"),
    ("https://social.example/api/v1/accounts/lookup?acct=mara_private", 200, "application/json; charset=utf-8"),
    (
        "https://social.example/api/v1/accounts/109311907455120001/statuses?limit=40",
        200,
        "application/json; charset=utf-8",
    ),
    (f"{WIKI}&action=query&list=users&ususers=Mara%20Quill", 200, "application/json; charset=utf-8"),
    (f"{WIKI}&action=parse&page=User:Mara_Quill&prop=text%7Clinks%7Crevid", 200, "application/json; charset=utf-8"),
    (f"{WIKI}&action=query&list=usercontribs&ucuser=Mara+Quill&uclimit=50", 200, "application/json; charset=utf-8"),
    ("https://code.example/api/v3/users/maraquill", 200, "application/json; charset=utf-8"),
    (
        "https://code.example/api/v3/users/maraquill/repos?per_page=100&sort=updated",
        200,
        "application/json; charset=utf-8",
    ),
    (
        "https://code.example/api/v3/users/maraquill/events/public?per_page=100",
        200,
        "application/json; charset=utf-8",
    ),
    ("https://courier.example/robots.txt", 200, "text/plain; charset=utf-8"),
    ("https://courier.example/feed.xml", 200, "application/rss+xml; charset=utf-8"),
    ("https://courier.example/2026/09/29/timetable-meeting", 200, "text/html; charset=utf-8"),
    ("https://courier.example/2026/08/21/harvest-loaf", 200, "text/html; charset=utf-8"),
    ("https://courier.example/2026/06/12/quiz-night", 200, "text/html; charset=utf-8"),
    ("https://courier.example/2026/03/04/depot-gate", 410, "text/html; charset=utf-8"),
    ("https://courier.example/2026/02/18/night-shift", 200, "text/html; charset=utf-8"),
    ("https://courier.example/2026/01/09/letters", 302, "text/html; charset=utf-8"),
    ("https://courier.example/2025/11/27/partner-portrait", 302, "text/html; charset=utf-8"),
]


@pytest.mark.parametrize(("url", "status", "content_type"), PLANNED, ids=[str(n) for n in range(len(PLANNED))])
def test_every_address_that_a_run_asks_answers(ask: Ask, url: str, status: int, content_type: str) -> None:
    """Each address has the documented status and type."""
    heard = ask(url)

    assert (heard.status, heard.headers["content-type"]) == (status, content_type)


def test_two_servers_send_the_same_bytes(hear: Ask) -> None:
    """Every answer, head and compressed body together, is the same from a second server."""
    with DemoWeb() as one, DemoWeb() as other:
        for url, _, _ in PLANNED:
            assert hear(one, url, accept_encoding="gzip").raw == hear(other, url, accept_encoding="gzip").raw


def test_the_site_names_its_feed_its_account_and_its_owner(ask: Ask) -> None:
    """The home page has the feed link, rel=me, an h-card and a JSON-LD Person."""
    page = ask("https://maraquill.example/").body.decode()
    person = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])

    assert '<link rel="me" href="https://social.example/@mara">' in page
    assert 'type="application/atom+xml" title="Mara Quill" href="/feed.xml"' in page
    assert 'class="h-card"' in page
    assert (person["@type"], person["worksFor"]["name"]) == ("Person", "Northgate Transit")


def test_the_feed_of_the_site_holds_one_post_by_somebody_else(ask: Ask) -> None:
    """Six entries, one of which names another author."""
    feed = ET.fromstring(ask("https://maraquill.example/feed.xml").body)
    entries = feed.findall(f"{ATOM}entry")

    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Mara Quill"
    assert len(entries) == 6
    assert [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries].count("Tomas Ferrier") == 1


def test_contributions_go_on_where_the_first_page_says(ask: Ask) -> None:
    """Asking with the first page's `uccontinue` gives the rest, and the rest says nothing of more."""
    contributions = f"{WIKI}&action=query&list=usercontribs&ucuser=Mara%20Quill&uclimit=50"
    first = json.loads(ask(contributions).body)
    rest = json.loads(ask(f"{contributions}&uccontinue={quote(first['continue']['uccontinue'])}").body)
    edits = [edit["revid"] for page in (first, rest) for edit in page["query"]["usercontribs"]]

    assert edits == sorted(edits, reverse=True)
    assert len(set(edits)) == len(edits) == 9
    assert "continue" not in rest


def test_another_question_to_the_wiki_is_an_error_of_its_api(ask: Ask) -> None:
    """What is not answered comes back as MediaWiki does it: 200, and an error in body and head."""
    heard = ask(f"{WIKI}&action=query&list=usercontribs&ucuser=Somebody")

    assert heard.status == 200
    assert heard.headers["mediawiki-api-error"] == json.loads(heard.body)["error"]["code"]


def test_the_code_host_has_the_shape_of_an_enterprise_server(ask: Ask) -> None:
    """Profile, repositories and events carry the documented fields, and the limits stand in the head."""
    base = "https://code.example/api/v3/users/maraquill"
    profile, repositories, events = (ask(base + end) for end in ("", "/repos", "/events/public"))

    assert {"login", "name", "company", "blog", "location", "created_at"} <= json.loads(profile.body).keys()
    assert {one["full_name"].split("/")[0] for one in json.loads(repositories.body)} == {"maraquill"}
    assert {event["actor"]["login"] for event in json.loads(events.body)} == {"maraquill"}
    assert events.headers["x-ratelimit-remaining"].isdecimal()


def test_the_newspaper_names_the_candidate_in_eight_of_twelve_items(ask: Ask) -> None:
    """The feed has items with the name and items without, each with an address of its own host."""
    items = ET.fromstring(ask("https://courier.example/feed.xml").body).findall("channel/item")
    named = [item for item in items if "Mara Quill" in f"{item.findtext('title')} {item.findtext('description')}"]

    assert (len(named), len(items)) == (8, 12)
    assert all(str(item.findtext("link")).startswith("https://courier.example/") for item in items)


def test_the_page_that_robots_refuses_would_answer(ask: Ask) -> None:
    """Only the wish in robots.txt stands before the archive: a reader that ignored it would see the page."""
    robots = ask("https://courier.example/robots.txt").body.decode()

    assert "Disallow: /archive/" in robots
    assert ask("https://courier.example/archive/2022/05/14/cross-country").status == 200


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/2026/01/09/letters", "https://courier.example/login?next=%2F2026%2F01%2F09%2Fletters"),
        ("/2025/11/27/partner-portrait", "https://thornmere-today.example/people/mara-quill"),
    ],
    ids=["login", "off-host"],
)
def test_two_articles_lead_elsewhere(ask: Ask, path: str, place: str) -> None:
    """One item leads to the log-in, one to a host that nobody planned."""
    assert ask(f"https://courier.example{path}").headers["location"] == place


@pytest.mark.parametrize(("path", "free"), [("/2026/02/18/night-shift", False), ("/2026/06/12/quiz-night", True)])
def test_only_the_article_for_subscribers_says_so(ask: Ask, path: str, free: bool) -> None:
    """The wall is in the JSON-LD of the page; free articles say that they are free."""
    page = ask(f"https://courier.example{path}").body.decode()
    (article,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

    assert json.loads(article)["isAccessibleForFree"] is free


def test_what_a_line_shows_is_never_sent(ask: Ask) -> None:
    """The remarks for readers of the tables stay in the tables."""
    remarks = [
        route.shows
        for host in sorted(WEB.iterdir(), key=lambda host: host.name)
        if host.is_dir()
        for route in parse_record((host / "routes.toml").read_bytes(), RouteTable, where=host.name).routes
    ]
    sent = b"".join(ask(url).raw for url, _, _ in PLANNED).decode()

    assert len(remarks) > 20
    assert [remark for remark in remarks if remark in sent] == []


def test_every_host_of_the_cast_stands_in_the_readme(demo_web: DemoWeb) -> None:
    """A reader of the folder finds each host explained."""
    readme = (WEB / "README.md").read_text("utf-8")

    assert [host for host in demo_web.pinned if host not in readme] == []


def test_addresses_and_numbers_are_of_the_kinds_kept_for_examples() -> None:
    """Mail addresses end in a reserved domain, telephone numbers come from the range for drama."""
    texts = [file.read_text("utf-8") for host in WEB.iterdir() if host.is_dir() for file in host.iterdir()]
    mails = {mail for text in texts for mail in re.findall(r"[\w.]+@[\w.]+\.\w+", text)}
    phones = {phone for text in texts for phone in re.findall(r"\b0\d{4} \d{6}\b", text)}

    assert mails
    assert {mail for mail in mails if not mail.endswith((".example", "example.org"))} == set()
    assert phones
    assert {phone for phone in phones if not phone.startswith("01632 960")} == set()
