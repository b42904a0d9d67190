"""The Mastodon server of the demonstration web: composes the documented shapes from a short list of posts.

Shapes: WebFinger (RFC 7033), and Account, Status, Quote and the Link header of Mastodon 4.5, as on docs.joinmastodon.org.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources.abc import Traversable

from footprint.demo.cast import Account, Cast, Post, ProfileField, Timeline, Words
from footprint.demo.markup import Markup, mentioned, tagged, to_html
from footprint.demo.sites import Answer
from footprint.files import parse_record

API = "/api/v1/accounts/"
MOST = 40
"""Statuses on one page at most, as in Mastodon."""

Json = dict[str, object]


class Social:
    """Answers as a Mastodon server does to a reader who is not signed in."""

    def __init__(self, cast: Cast, timeline: Timeline) -> None:
        self._host = cast.host
        self._base = f"https://{cast.host}"
        self._markup = Markup(self._base, frozenset(account.username for account in cast.accounts))
        self._accounts = {account.username: account for account in cast.accounts}
        self._posts = sorted(timeline.posts, key=lambda post: post.at, reverse=True)

    @classmethod
    def load(cls, folder: Traversable) -> Social:
        """Return the server of a folder. Raises InputError for a file that is not well formed."""
        return cls(
            parse_record((folder / "accounts.toml").read_bytes(), Cast, where=f"{folder.name}/accounts.toml"),
            parse_record((folder / "posts.toml").read_bytes(), Timeline, where=f"{folder.name}/posts.toml"),
        )

    def answer(self, path: str, query: Mapping[str, str]) -> Answer | None:
        """Return the answer to WebFinger, account look-up and an account's statuses; None for other paths."""
        if path == "/.well-known/webfinger":
            return self._webfinger(query.get("resource", ""))
        if path == f"{API}lookup":
            return self._lookup(query.get("acct", ""))
        if path.startswith(API) and path.endswith("/statuses"):
            return self._statuses(path.removeprefix(API).removesuffix("/statuses"), query)
        return None

    def _webfinger(self, resource: str) -> Answer:
        username = resource.removeprefix("acct:").removesuffix(f"@{self._host}")
        if username not in self._accounts:
            return Answer(404, "text/plain; charset=utf-8", b"")
        page, actor = f"{self._base}/@{username}", f"{self._base}/users/{username}"
        links = (
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page},
            {"rel": "self", "type": "application/activity+json", "href": actor},
            {
                "rel": "http://ostatus.org/schema/1.0/subscribe",
                "template": f"{self._base}/authorize_interaction?uri={{uri}}",
            },
        )
        known = {"subject": f"acct:{username}@{self._host}", "aliases": [page, actor], "links": links}
        return _json(known, content_type="application/jrd+json; charset=utf-8")

    def _lookup(self, acct: str) -> Answer:
        account = self._accounts.get(acct.removesuffix(f"@{self._host}"))
        if account is None:
            return _json({"error": "Record not found"}, status=404)
        return _json(self._account(account))

    def _statuses(self, account_id: str, query: Mapping[str, str]) -> Answer:
        account = next((one for one in self._accounts.values() if one.id == account_id), None)
        if account is None:
            return _json({"error": "Record not found"}, status=404)
        limit = min(_number(query, "limit", 20), MOST)
        before = _number(query, "max_id", 2**63)
        posts = [post for post in self._posts if post.account == account.username and _id(post.at) < before]
        page = posts[:limit]
        return _json([self._post(post) for post in page], link=self._link(account, page, limit))

    def _link(self, account: Account, page: list[Post], limit: int) -> str:
        here = f"{self._base}{API}{account.id}/statuses?limit={limit}"
        links = []
        # As Mastodon does: a page that is not full has no next one.
        if len(page) == limit:
            links.append(f'<{here}&max_id={_id(page[-1].at)}>; rel="next"')
        if page:
            links.append(f'<{here}&min_id={_id(page[0].at)}>; rel="prev"')
        return ", ".join(links)

    def _account(self, account: Account) -> Json:
        own = [post.at for post in self._posts if post.account == account.username]
        avatar, header = f"{self._base}/avatars/original/missing.png", f"{self._base}/headers/original/missing.png"
        return {
            "id": account.id,
            "username": account.username,
            "acct": account.username,
            "display_name": account.name,
            "locked": False,
            "bot": False,
            "discoverable": account.discoverable,
            "indexable": account.indexable,
            "group": False,
            "created_at": f"{account.created}T00:00:00.000Z",
            "note": to_html(account.note, self._markup),
            "url": f"{self._base}/@{account.username}",
            "uri": f"{self._base}/users/{account.username}",
            "avatar": avatar,
            "avatar_static": avatar,
            "header": header,
            "header_static": header,
            "followers_count": 0,
            "following_count": 0,
            "statuses_count": len(own),
            "last_status_at": f"{max(own).date()}" if own else None,
            "hide_collections": True,
            "noindex": account.noindex,
            "emojis": [],
            "roles": [],
            "fields": [self._field(field) for field in account.fields],
        }

    def _field(self, field: ProfileField) -> Json:
        return {
            "name": field.name,
            "value": self._markup.profile_link(field.value),
            "verified_at": None if field.verified_at is None else _moment(field.verified_at),
        }

    def _post(self, post: Post) -> Json:
        status = self._status(post.account, post.at, post.text)
        if post.replies_to is not None:
            status["in_reply_to_id"] = str(_id(post.replies_to.at))
            status["in_reply_to_account_id"] = self._accounts[post.replies_to.account].id
        if post.boosts is not None:
            status["reblog"] = self._words(post.boosts)
        if post.quotes is not None:
            quoted = self._words(post.quotes)
            status["quote"] = {"state": "accepted", "quoted_status": quoted}
            status["content"] = self._markup.quote_line(str(quoted["url"])) + str(status["content"])
        if post.picture is not None:
            status["media_attachments"] = [self._picture(post.at, post.picture)]
        status["edited_at"] = None if post.edited_at is None else _moment(post.edited_at)
        status["application"] = {"name": post.application, "website": None}
        return status

    def _words(self, words: Words) -> Json:
        return self._status(words.account, words.at, words.text)

    def _status(self, username: str, at: datetime, text: str) -> Json:
        status_id = str(_id(at))
        return {
            "id": status_id,
            "created_at": _moment(at),
            "in_reply_to_id": None,
            "in_reply_to_account_id": None,
            "sensitive": False,
            "spoiler_text": "",
            "visibility": "public",
            "language": "en",
            "uri": f"{self._base}/users/{username}/statuses/{status_id}",
            "url": f"{self._base}/@{username}/{status_id}",
            "replies_count": 0,
            "reblogs_count": 0,
            "favourites_count": 0,
            "quotes_count": 0,
            "edited_at": None,
            "content": to_html(text, self._markup),
            "reblog": None,
            "account": self._account(self._accounts[username]),
            "media_attachments": [],
            "mentions": [self._mention(name) for name in mentioned(text, self._markup)],
            "tags": [{"name": name, "url": f"{self._base}/tags/{name}"} for name in tagged(text)],
            "emojis": [],
            "card": None,
            "poll": None,
            "quote": None,
        }

    def _mention(self, username: str) -> Json:
        account_id = self._accounts[username].id
        return {"id": account_id, "username": username, "url": f"{self._base}/@{username}", "acct": username}

    def _picture(self, at: datetime, description: str) -> Json:
        address = f"{self._base}/media/{_id(at)}.png"
        return {
            "id": str(_id(at) + 1),
            "type": "image",
            "url": address,
            "preview_url": address,
            "remote_url": None,
            "meta": {},
            "description": description,
            "blurhash": None,
        }


def _id(at: datetime) -> int:
    # Mastodon's ids begin with the milliseconds and end with 16 bits of a sequence.
    return int(at.timestamp() * 1000) << 16


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    value = query.get(name, "")
    return int(value) if value.isdecimal() else default


def _json(
    value: object, *, status: int = 200, content_type: str = "application/json; charset=utf-8", link: str = ""
) -> Answer:
    headers = {
        "Cache-Control": "private, no-store",
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": "299",
        "X-RateLimit-Reset": "2026-11-20T09:05:00.000000Z",
    }
    if link:
        headers["Link"] = link
    body = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    return Answer(status, content_type, body, headers=tuple(headers.items()), gzip=True)
