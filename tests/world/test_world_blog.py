"""A blog as WordPress serves it: its pages, its feeds, and what it keeps from strangers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from world_reader import Reader, World

from footprint.errors import UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.web.feed import parse_feed
from footprint.web.publicness import closed

pytestmark = pytest.mark.world

HOME = Identifier(kind=IdentifierKind.WEBSITE, value="https://blog.test/")
OWN_FEED = Identifier(kind=IdentifierKind.FEED, value="https://blog.test/author/alma/feed/")
SECRET = ("DRAFT-OF-THE-BLOG", "PRIVATE-TO-THE-BLOG", "PROTECTED-ON-THE-BLOG", "HELD-BACK-COMMENT")


@pytest.fixture
async def posts(blog: World, reader: Reader) -> list[Observation]:
    """What the collector for feeds reads of the author's own feed."""
    return await reader.collect(blog.candidate, OWN_FEED)


async def test_an_authors_feed_holds_the_newest_ten(blog: World, reader: Reader) -> None:
    """WordPress stops at ten, the protected one among them: that an older post is not there says nothing."""
    answer = await reader.get(OWN_FEED.value)
    newest = parse_feed(answer.body, answer.url)

    assert len(newest.entries) == 9
    assert not any("For friends" in entry.text for entry in newest.entries)
    assert not any("Weekly note number 1." in entry.text for entry in newest.entries)
    assert newest.next_url == f"{OWN_FEED.value}?paged=2"


async def test_the_older_pages_of_a_feed_are_read(posts: list[Observation], reader: Reader) -> None:
    """Back to the first post, each once, and no page past the last one is asked for."""
    assert any("Weekly note number 1." in post.text for post in posts)
    assert len({post.url for post in posts}) == len(posts) > 10
    assert reader.urls == [OWN_FEED.value, *(f"{OWN_FEED.value}?paged={n}" for n in range(2, len(reader.urls) + 1))]
    assert reader.missed == []
    assert not any("For friends" in post.text for post in posts)


async def test_an_authors_feed_holds_no_others_words(posts: list[Observation]) -> None:
    """Neither the other author's posts nor the comments under them."""
    assert {post.engagement for post in posts} == {Engagement.ORIGINAL}
    assert not any("Corvin" in post.text or "COMMENT-BY-A-GUEST" in post.text for post in posts)


async def test_a_post_has_its_own_date(posts: list[Observation]) -> None:
    """The day on which it was published, long before it was imported here."""
    (found,) = [post for post in posts if "Fog on the water" in post.text]

    assert found.posted_at == datetime(2023, 5, 6, 9, 0, tzinfo=UTC)
    assert found.url == "https://blog.test/2023/the-sluice-at-dawn/"


async def test_what_is_not_public_is_in_no_observation(blog: World, reader: Reader, posts: list[Observation]) -> None:
    """Drafts and private posts are not listed; a protected one is, and its text is not."""
    page = await reader.collect(blog.candidate, HOME)

    for secret in SECRET:
        assert not any(secret in found.text or secret in found.context for found in (*posts, *page))


async def test_the_front_page_is_read_with_the_feed_it_advertises(blog: World, reader: Reader) -> None:
    """Of the blog's main feed, which has several authors, another's posts are not taken for the candidate's."""
    found = await reader.collect(blog.candidate, HOME)

    assert reader.urls[0] == "https://blog.test/"
    assert reader.urls[1].endswith("/feed/")
    assert found[0].kind is ObservationKind.PROFILE
    for post in found[1:]:
        if "taught me to read a tide table" in post.text:
            assert post.engagement is Engagement.BY_OTHERS


async def test_comments_by_author_are_for_members(blog: World, reader: Reader) -> None:
    """The interface answers 401 to a stranger who asks for one person's comments: a wall, not an absence."""
    exchange = await reader.get("https://blog.test/wp-json/wp/v2/comments?author=2")
    shut = closed(exchange)

    assert exchange.status == 401
    assert shut is not None
    assert shut.reason is UnknownReason.WALL


async def test_comments_under_one_post_are_open_and_mix_people(blog: World, reader: Reader) -> None:
    """Whoever wants somebody's comments would have to walk the posts, and read everybody's: no collector does."""
    (post, *_) = json.loads((await reader.get("https://blog.test/wp-json/wp/v2/comments")).body)
    exchange = await reader.get(f"https://blog.test/wp-json/wp/v2/comments?post={post['post']}")

    assert exchange.status == 200
    assert {comment["post"] for comment in json.loads(exchange.body)} == {post["post"]}
    assert b"HELD-BACK-COMMENT" not in exchange.body


async def test_how_many_posts_there_are_is_in_the_headers(blog: World, reader: Reader) -> None:
    """`X-WP-Total` and `X-WP-TotalPages` count the public posts: more than the ten of the feed."""
    exchange = await reader.get("https://blog.test/wp-json/wp/v2/posts?per_page=5")
    total, pages = int(exchange.header("x-wp-total") or 0), int(exchange.header("x-wp-totalpages") or 0)

    assert len(json.loads(exchange.body)) == 5
    assert total > 10
    assert pages == -(-total // 5)


async def test_drafts_and_private_posts_are_not_listed(blog: World, reader: Reader) -> None:
    """Nor are drafts handed out to somebody who asks for them by name."""
    listed = await reader.get("https://blog.test/wp-json/wp/v2/posts?per_page=100")
    drafts = await reader.get("https://blog.test/wp-json/wp/v2/posts?status=draft")

    assert all(post["status"] == "publish" for post in json.loads(listed.body))
    assert not any(words.encode() in listed.body for words in SECRET)
    assert drafts.status in (400, 401)


async def test_a_page_past_the_end_is_400(blog: World, reader: Reader) -> None:
    """Not 404 and not an empty list: what lies beyond the last page is an error of the one who asks."""
    exchange = await reader.get("https://blog.test/wp-json/wp/v2/posts?page=99")

    assert exchange.status == 400
    assert json.loads(exchange.body)["code"] == "rest_post_invalid_page_number"


async def test_a_protected_post_is_listed_without_its_text(blog: World, reader: Reader) -> None:
    """`protected` is said beside an empty text: it is not public, though its title is."""
    exchange = await reader.get("https://blog.test/wp-json/wp/v2/posts?slug=for-friends")
    (post,) = json.loads(exchange.body)

    assert post["content"] == {"rendered": "", "protected": True}
    assert SECRET[2].encode() not in exchange.body


async def test_an_authors_number_leads_to_the_name_of_the_account(blog: World, reader: Reader) -> None:
    """`?author=2` redirects to the log-in name: nobody asks for it, and a redirect is a request of its own."""
    exchange = await reader.get("https://blog.test/?author=2")

    assert exchange.status in (301, 302)
    assert exchange.redirect == "https://blog.test/author/alma/"


async def test_a_feed_of_comments_is_nobodys_own(blog: World, reader: Reader) -> None:
    """It mixes people; the entries name who wrote them, so that they can be told apart."""
    exchange = await reader.get("https://blog.test/comments/feed/")
    feed = parse_feed(exchange.body, exchange.url)

    assert {"Corvin Tate", "Alma Ferrow"} <= {entry.author for entry in feed.entries}
    assert all("HELD-BACK-COMMENT" not in entry.text for entry in feed.entries)


async def test_the_feed_of_nobody_is_an_empty_one(blog: World, reader: Reader) -> None:
    """200 and no entry, as for an author who has not written yet: it yields nothing, and says nothing about anybody."""
    nobody = Identifier(kind=IdentifierKind.FEED, value="https://blog.test/author/nobody/feed/")
    found = await reader.collect(blog.candidate, nobody)

    assert [observation for observation in found if observation.kind is ObservationKind.POST] == []


async def test_the_page_of_nobody_is_absent(blog: World, reader: Reader) -> None:
    """The author's page, though, is 404."""
    nobody = Identifier(kind=IdentifierKind.WEBSITE, value="https://blog.test/author/nobody/")
    with pytest.raises(UnreadableError) as error:
        await reader.collect(blog.candidate, nobody)

    assert error.value.reason == UnknownReason.ABSENT
