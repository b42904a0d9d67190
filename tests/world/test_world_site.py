"""A personal site as Jekyll builds it and nginx serves it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from world_reader import Reader, World

from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.web.client import Bounds, Client
from footprint.web.guard import Guard
from footprint.web.html import parse_page
from footprint.web.publicness import closed
from footprint.web.robots import Robots

pytestmark = pytest.mark.world

HOME = Identifier(kind=IdentifierKind.WEBSITE, value="https://alma.test/")
FEED = Identifier(kind=IdentifierKind.FEED, value="https://alma.test/feed.xml")


@pytest.fixture
async def observations(site: World, reader: Reader) -> list[Observation]:
    """Everything that the website's collector reads there."""
    return await reader.collect(site.candidate, HOME)


def post(observations: list[Observation], words: str) -> Observation:
    """Return the one entry of the feed that has these words."""
    (found,) = [
        observation
        for observation in observations
        if words in observation.text and observation.kind is ObservationKind.POST
    ]
    return found


async def test_the_page_and_the_feed_are_all_that_is_asked(observations: list[Observation], reader: Reader) -> None:
    """Two requests: the page that was named and the feed that it advertises."""
    assert reader.urls == ["https://alma.test/", "https://alma.test/feed.xml"]
    assert reader.missed == []


async def test_the_owner_is_read_from_the_card_of_the_page(observations: list[Observation]) -> None:
    """The h-card in the text speaks for the page, not the theme's own card in the footer."""
    profile = observations[0]

    assert profile.kind is ObservationKind.PROFILE
    assert profile.author_name == "Alma Ferrow"
    assert "ferry pilot and amateur lock historian" in profile.text


async def test_the_declared_accounts_are_the_rel_me_links(observations: list[Observation]) -> None:
    """Both accounts of the owner are declared; the friend's, which is linked without rel=me, is not."""
    links = observations[0].links

    assert {"https://social.test/alma", "https://wiki.test/wiki/User:Alma_Ferrow"} <= set(links)
    assert not any("corvin" in link for link in links)


async def test_the_feed_holds_the_newest_ten(observations: list[Observation]) -> None:
    """jekyll-feed stops at ten entries: older posts are not there, and so nobody can say that they do not exist."""
    assert len(observations[1:]) == 10
    assert not any("school play" in found.text for found in observations[1:])


async def test_a_post_has_the_date_of_its_publication(observations: list[Observation]) -> None:
    """The date is the feed's `published`, not the time of the build, and the post counts as not edited."""
    found = post(observations, "Ten years on the water")

    assert found.posted_at == datetime(2025, 4, 2, 9, 0, tzinfo=UTC)
    assert found.posted_at_from == "feed"
    assert found.edited is False
    assert found.url == "https://alma.test/2025/ten-years/"


async def test_a_guest_post_is_by_somebody_else(observations: list[Observation]) -> None:
    """The guest's threat stands on the candidate's site, and is the guest's."""
    guest = post(observations, "deserves a beating")

    assert guest.engagement is Engagement.BY_OTHERS
    assert guest.author_name == "Corvin Ashby"
    assert guest.author_account == ""


async def test_the_other_posts_are_the_owners(observations: list[Observation]) -> None:
    """Nine entries name the owner, and each speaks for the owner's site."""
    own = [found for found in observations[1:] if found.engagement is Engagement.ORIGINAL]

    assert len(own) == 9
    assert {found.author_account for found in own} == {"website:https://alma.test/"}


async def test_the_feed_alone_reads_the_same(site: World, reader: Reader) -> None:
    """The candidate may name the feed itself: the same ten entries, the guest's among them."""
    entries = await reader.collect(site.candidate, FEED)

    assert len(entries) == 10
    assert [found.engagement for found in entries].count(Engagement.BY_OTHERS) == 1


@pytest.mark.parametrize(
    ("path", "author", "published"),
    [
        ("2024/keeper/", "Corvin Ashby", datetime(2024, 6, 20, 12, 0, tzinfo=UTC)),
        ("2011/school-play/", "Alma Ferrow", datetime(2011, 2, 1, 17, 0, tzinfo=UTC)),
    ],
)
async def test_a_post_page_says_who_wrote_it_and_when(
    site: World, reader: Reader, path: str, author: str, published: datetime
) -> None:
    """The JSON-LD that jekyll-seo-tag writes names the author and the date of each post."""
    answer = await reader.get(f"https://alma.test/{path}")
    page = parse_page(answer.body, answer.url, answer.charset)

    assert page.author == author
    assert page.published_at == published
    assert "Subscribe" not in page.text


@pytest.mark.parametrize(
    ("path", "reason", "rule"),
    [
        ("members/", UnknownReason.WALL, "WALL-STATUS"),
        ("crew/", UnknownReason.WALL, "WALL-LOGIN-FORM"),
        ("quiet/", UnknownReason.OPTED_OUT, "OPT-ROBOTS-META"),
        ("gone/", UnknownReason.ABSENT, "ABSENT-STATUS"),
        ("never-there/", UnknownReason.ABSENT, "ABSENT-STATUS"),
    ],
)
async def test_a_closed_page_says_why(site: World, reader: Reader, path: str, reason: UnknownReason, rule: str) -> None:
    """A password, a log-in form, a robots meta tag and a missing page are told apart."""
    assert closed(await reader.get(f"https://alma.test/{path}")) == (reason, rule)


@pytest.mark.parametrize("path", ["", "about/", "2024/keeper/", "feed.xml"])
async def test_an_open_page_is_open(site: World, reader: Reader, path: str) -> None:
    """Ordinary pages of the same site are not taken for closed ones."""
    assert closed(await reader.get(f"https://alma.test/{path}")) is None


async def test_a_redirect_is_shown_and_not_followed(site: World, reader: Reader) -> None:
    """The answer names where it leads; going there is the gate's to decide."""
    answer = await reader.get("https://alma.test/away/")

    assert answer.status == 302
    assert answer.redirect == "https://wiki.test/wiki/Main_Page"


async def test_robots_txt_closes_the_drafts_alone(site: World, reader: Reader) -> None:
    """The site's own rules hold for the drafts and for nothing else."""
    answer = await reader.get("https://alma.test/robots.txt")
    robots = Robots.of(answer.status, answer.body)

    assert not robots.allows("https://alma.test/drafts/")
    assert robots.allows("https://alma.test/")
    assert robots.allows("https://alma.test/feed.xml")


async def test_a_page_that_decodes_to_too_much_is_left(site: World, reader: Reader) -> None:
    """Four million bytes come as four thousand on the wire; the bound is on what they become."""
    with pytest.raises(UnreadableError) as caught:
        await reader.get("https://alma.test/big/")

    assert caught.value.reason == UnknownReason.OVERSIZE


async def test_a_page_that_comes_by_drops_is_left(site: World) -> None:
    """The limit is on the whole exchange: a server that sends a few characters a second is not waited for."""
    client = Client(
        guard=Guard(pinned=site.pinned), user_agent="footprint-world-tests", tls=site.tls, bounds=Bounds(seconds=1.0)
    )
    with pytest.raises(UnreadableError) as caught:
        await client.get("https://alma.test/slow/", accept="text/html", max_bytes=1_000_000)
    await client.aclose()

    assert caught.value.reason == UnknownReason.TIMEOUT


async def test_a_certificate_that_nobody_vouches_for_is_refused(site: World) -> None:
    """Without the authority of the tests the same server gets no request."""
    client = Client(guard=Guard(pinned=site.pinned), user_agent="footprint-world-tests")
    before = site.asked()
    with pytest.raises(UnreadableError) as caught:
        await client.get("https://alma.test/", accept="text/html", max_bytes=1_000_000)
    await client.aclose()

    assert caught.value.reason == UnknownReason.TRANSPORT
    assert site.asked() == before
