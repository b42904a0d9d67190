"""JSON-LD in a page: its top-level nodes, read with care, for people and for dates (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeAlias

from bs4 import BeautifulSoup

from footprint.web.decoding import printable

Node: TypeAlias = Mapping[str, object]
"""One JSON-LD object; its values are only ever read through the functions here."""

MAX_SCRIPTS, MAX_SCRIPT, MAX_NODES = 20, 200_000, 200
"""Scripts read of a page, characters of each, nodes in all."""
ARTICLES = frozenset(
    ("Article", "BlogPosting", "NewsArticle", "SocialMediaPosting", "Report", "OpinionNewsArticle", "Review")
)
"""Types whose date is that of the text."""


def nodes_of(root: BeautifulSoup) -> tuple[Node, ...]:
    """Return the top-level JSON-LD nodes of a page, those of a `@graph` among them; broken scripts are passed over."""
    found: list[Node] = []
    for script in root.find_all("script", type="application/ld+json", limit=MAX_SCRIPTS):
        found.extend(_top(_load(script.get_text())))
    return tuple(found[:MAX_NODES])


def types_of(node: Node) -> frozenset[str]:
    """Return the node's types, without the vocabulary's address."""
    return frozenset(value.rpartition("/")[2] for value in texts_of(node, "@type"))


def text_of(node: Node, key: str) -> str:
    """Return the first text under a key; of an object its `name`. Empty where there is none."""
    return next(iter(texts_of(node, key)), "")


def texts_of(node: Node, key: str) -> tuple[str, ...]:
    """Return every text under a key, at most fifty."""
    values = node.get(key)
    texts: list[str] = []
    for value in values if isinstance(values, list) else [values]:
        text = value.get("name") if isinstance(value, dict) else value
        if isinstance(text, str) and text.strip():
            texts.append(" ".join(printable(text).split())[:2000])
    return tuple(texts[:50])


def children_of(node: Node, key: str) -> Iterator[Node]:
    """Yield the objects under a key, at most fifty."""
    values = node.get(key)
    for value in (values if isinstance(values, list) else [values])[:50]:
        if isinstance(value, dict):
            yield value


def published_at(nodes: tuple[Node, ...]) -> datetime | None:
    """Return `datePublished` of the first article, or of the first node that has one."""
    ordered = sorted(nodes, key=lambda node: ARTICLES.isdisjoint(types_of(node)))
    return next((at for node in ordered if (at := moment(text_of(node, "datePublished"))) is not None), None)


def moment(text: str) -> datetime | None:
    """Return an ISO 8601 date or time in UTC; a time without a zone is taken as UTC, a date as its first moment."""
    try:
        at = datetime.fromisoformat(text.strip())
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _load(text: str) -> object:
    if len(text) > MAX_SCRIPT:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _top(value: object) -> Iterator[Node]:
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            yield node
            yield from children_of(node, "@graph")
