"""What is planned, and which address is what was planned."""

import pytest
from pydantic import ValidationError

from footprint.model.plan import Plan, PlanEntry, PlannedRequest

STATUSES = "https://social.example/api/v1/accounts/{id}/statuses?limit=40"
PAGED = STATUSES + "&max_id={max_id}"
FEED = "https://mara.example/{+path}"


def planned(template: str) -> PlannedRequest:
    return PlannedRequest(
        id="mastodon.statuses",
        source="mastodon",
        identifier="mastodon:mara@social.example",
        template=template,
        purpose="statuses",
    )


@pytest.mark.parametrize(
    ("template", "url", "is_allowed"),
    [
        ("https://mara.example/", "https://mara.example/", True),
        ("https://mara.example/", "https://mara.example/more", False),
        ("https://mara.example/a.b", "https://mara.example/aXb", False),
        ("https://mara.example/", "http://mara.example/", False),
        (STATUSES, "https://social.example/api/v1/accounts/1099/statuses?limit=40", True),
        (STATUSES, "https://social.example/api/v1/accounts/1/2/statuses?limit=40", False),
        (STATUSES, "https://social.example/api/v1/accounts//statuses?limit=40", False),
        (STATUSES, "https://social.example/api/v1/accounts/1?x=/statuses?limit=40", False),
        (STATUSES, "https://evil.example/api/v1/accounts/1/statuses?limit=40", False),
        (PAGED, "https://social.example/api/v1/accounts/1/statuses?limit=40&max_id=77", True),
        (PAGED, "https://social.example/api/v1/accounts/1/statuses?limit=40&max_id=77&x=1", False),
        (FEED, "https://mara.example/blog/feed.xml?x=1", True),
        (FEED, "https://mara.example/", True),
        (FEED, "https://mara.example/#top", False),
        (FEED, "https://mara.example/a b", False),
        (FEED, "https://mara.example.evil.example/feed", False),
        (FEED, "https://mara.example/" + "a" * 3979, True),
        (FEED, "https://mara.example/" + "a" * 3980, False),
    ],
)
def test_an_address_is_what_was_planned_or_not(template: str, url: str, is_allowed: bool) -> None:
    """A placeholder stands for one value, `{+path}` for any path and query on the same host, and nothing else varies."""
    assert planned(template).allows(url) is is_allowed


@pytest.mark.parametrize(("template", "is_exact"), [("https://mara.example/", True), (STATUSES, False), (FEED, False)])
def test_a_template_without_placeholders_is_exact(template: str, is_exact: bool) -> None:
    """What has no placeholder is known before the run."""
    assert planned(template).is_exact is is_exact


def test_a_request_keeps_what_it_was_planned_as() -> None:
    """A concrete request carries its plan."""
    request = planned(FEED).at("https://mara.example/feed")

    assert (request.planned, request.url) == (planned(FEED), "https://mara.example/feed")


def test_a_request_needs_an_address() -> None:
    """An empty address is refused."""
    with pytest.raises(ValidationError, match="url"):
        planned(FEED).at("")


def test_a_plan_lists_each_host_once() -> None:
    """Hosts are sorted, in lower case, with a port where there is one."""
    templates = ("https://b.example/", "https://A.example:8443/x", "https://b.example/y")
    entries = tuple(PlanEntry(request=planned(url), consent_clause="C", policy_clause="P") for url in templates)

    assert Plan(entries=entries).hosts == ("a.example:8443", "b.example")
