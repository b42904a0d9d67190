"""Who a page says it belongs to: h-cards (microformats2) and JSON-LD Person nodes, and which of them is the page's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bs4 import BeautifulSoup, Tag

from footprint.model.record import Record
from footprint.web.links import absolute, is_same_place, root_of
from footprint.web.markup import attribute, text_of, tokens
from footprint.web.structured import Node, children_of, texts_of, types_of
from footprint.web.structured import text_of as value_of

MAX_CARDS = 50
MAX_INSIDE = 500
"""Nodes of one card that are looked at: cards nested in cards would be read over and over."""

_WEB = frozenset(("WebSite", "WebPage", "ProfilePage", "AboutPage"))
_NOT_A_NAME = frozenset("{}<>=@|\\")


class Card(Record):
    """What a page says of one person. Never a postal address, a telephone number or an e-mail address."""

    name: str = ""
    url: str = ""
    note: str = ""
    """What they say of themselves."""
    title: str = ""
    org: str = ""
    locality: str = ""
    same_as: tuple[str, ...] = ()
    """Absolute addresses declared to be the same person."""


def cards_of(root: BeautifulSoup, nodes: tuple[Node, ...], base: str) -> tuple[Card, ...]:
    """Return every card of a page: h-cards in the order of the page, then JSON-LD persons."""
    found = [_h_card(element, base) for element in root.find_all(class_="h-card", limit=MAX_CARDS)]
    found.extend(_person(person, page, base) for person, page in _persons(nodes))
    return tuple(card for card in found if card.name or card.url)[:MAX_CARDS]


def owner_among(cards: tuple[Card, ...], page: str, rel_me: tuple[str, ...]) -> Card | None:
    """Return the card of the page's owner, or None where the page does not say.

    After the representative h-card rules of microformats2: a card whose address is the page, its site's front page,
    or a rel=me link of the page; else the only person that the page names.
    """
    places = (page, root_of(page), *rel_me)
    own = [card for card in cards if card.url and any(is_same_place(card.url, place) for place in places)]
    named = {card.name.casefold() for card in (own or cards) if card.name}
    if len(named) > 1 or not (own or named):
        return None
    # A card of the same name without an address adds to the one that has it.
    more = (card for card in cards if not card.url and card.name.casefold() in named)
    return _merged((*own, *more) if own else cards)


def _merged(cards: tuple[Card, ...]) -> Card:
    """One person may have an h-card and a JSON-LD node; what the first leaves empty, the next fills."""
    values = {
        field: next((getattr(card, field) for card in cards if getattr(card, field)), "")
        for field in ("name", "url", "note", "title", "org", "locality")
    }
    return Card(**values, same_as=tuple(dict.fromkeys(url for card in cards for url in card.same_as)))


def _h_card(element: Tag, base: str) -> Card:
    inside = [node for node in islice(element.descendants, MAX_INSIDE) if isinstance(node, Tag)]
    name = _first(inside, "p-name")
    addresses = [_address(found, base) for found in islice(_marked(inside, "u-url"), 20)]
    implied = _address(element, base)
    if not name and (implied or element.find(True) is None):
        # The implied name of microformats2: a bare link or span is itself the name.
        name = text_of(element, limit=200)
    urls = tuple(url for url in (*addresses, implied) if url)
    return Card(
        name=_plausible(name),
        url=urls[0] if urls else "",
        note=_first(inside, "p-note"),
        title=_first(inside, "p-job-title"),
        org=_first(inside, "p-org"),
        locality=_first(inside, "p-locality"),
        same_as=tuple(dict.fromkeys(urls[1:])),
    )


def _first(inside: list[Tag], name: str) -> str:
    found = next(_marked(inside, name), None)
    return attribute(found, "value") or text_of(found, limit=2000) if found is not None else ""


def _marked(inside: list[Tag], name: str) -> Iterator[Tag]:
    """Yield the elements of a card that have a class."""
    return (element for element in inside if name in tokens(element, "class"))


def _address(element: Tag, base: str) -> str:
    href = attribute(element, "href") or attribute(element, "value")
    return (absolute(base, href) if href else None) or ""


def _persons(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, Node | None]]:
    for node in nodes:
        if "Person" in types_of(node):
            yield node, None
            continue
        is_page = not _WEB.isdisjoint(types_of(node))
        for key in ("mainEntity", "author", "about"):
            for child in children_of(node, key):
                if "Person" in types_of(child):
                    yield child, node if is_page else None


def _person(node: Node, page: Node | None, base: str) -> Card:
    declared = [*texts_of(node, "sameAs"), *(texts_of(page, "sameAs") if page else ())]
    addresses = (absolute(base, url) for url in declared)
    place = next((value_of(child, "addressLocality") for child in children_of(node, "address")), "")
    return Card(
        name=_plausible(value_of(node, "name")),
        url=absolute(base, value_of(node, "url")) or "" if value_of(node, "url") else "",
        note=value_of(node, "description"),
        title=value_of(node, "jobTitle"),
        org=value_of(node, "worksFor") or value_of(node, "affiliation"),
        locality=place or value_of(node, "homeLocation"),
        same_as=tuple(dict.fromkeys(url for url in addresses if url)),
    )


def _plausible(name: str) -> str:
    """A theme may print its whole author record, e-mail address and all, where the name should stand."""
    return "" if len(name) > 100 or not _NOT_A_NAME.isdisjoint(name) else name
