"""The few tags of a page that speak of the page itself, found without a tree: most pages are read for nothing else.

A tree of a page of ten megabytes takes a hundred, and a second; what passes by is forgotten at once here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import NamedTuple

from lxml import etree

from footprint.web.decoding import clean


class PassedTag(NamedTuple):
    """A tag that came by."""

    name: str
    attributes: Mapping[str, str]
    """By their names in lower case; of two of one name the first."""
    pieces: list[str]
    """The text that stands directly in it, in pieces."""

    def attribute(self, name: str) -> str:
        """Return an attribute's value; empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """The text that stands directly in it."""
        return "".join(self.pieces)


class _Sieve:
    """What the parser calls at each tag."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._found: list[PassedTag] = []
        self._open: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._open = None
        if name in self._names:
            self._open = []
            self._found.append(PassedTag(name, dict(attributes), self._open))

    def end(self, name: str) -> None:
        self._open = None

    def data(self, text: str) -> None:
        if self._open is not None:
            self._open.append(text)

    def close(self) -> tuple[PassedTag, ...]:
        return tuple(self._found)


def tags_of(markup: str, names: Collection[str]) -> tuple[PassedTag, ...]:
    """Return the tags of these names in a whole page, however long, in order."""
    # A word with a control character in it is another word, to a browser as well: it must not become whole here.
    text = clean(markup, instead="\ufffd")
    if not text:
        return ()
    sieve = _Sieve(names)
    parser = etree.HTMLParser(target=sieve, recover=True, huge_tree=True)
    parser.feed(text)
    with suppress(etree.ParseError):  # nothing in it was a tag; what came by until then counts
        parser.close()
    return sieve.close()
