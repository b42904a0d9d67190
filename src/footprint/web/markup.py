"""HTML bytes to a bounded tree, and a tree to plain text. Everything else about HTML stands on these two."""

from __future__ import annotations

import warnings
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag
from bs4.exceptions import ParserRejectedMarkup

from footprint.web.decoding import clean

MAX_TAGS = 30_000
"""Opening brackets that are read of one page; what follows is cut off."""
MAX_TEXT = 100_000
"""Characters of text that are kept of one page or fragment."""

SILENT = frozenset(
    ("script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object", "form", "button", "select")
)
"""Elements whose content is not text for a reader."""
FRAME = frozenset(("nav", "header", "footer", "aside"))
"""Elements that frame a page and are not its text."""
BLOCKS = frozenset(
    ("address", "article", "body", "br", "details", "dd", "div", "dl", "dt", "figcaption", "figure", "hr")
)
BLOCKS |= FRAME | {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "li", "main", "ol", "p", "pre", "section"}
BLOCKS |= {"summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
"""Elements that stand on lines of their own."""
HIDDEN_CLASSES = frozenset(("mw-editsection", "quote-inline"))
"""Made by the software, not written by the author: MediaWiki's edit links, Mastodon's fallback link of a quote."""


def parse(markup: str) -> BeautifulSoup:
    """Return the tree of a page or a fragment; an empty one where there is nothing in it."""
    return _tree(_cut(markup))


def _tree(markup: str) -> BeautifulSoup:
    text = clean(markup)
    with warnings.catch_warnings():
        # Advice for programmers on input that looks like XML or a file name; here every input is a stranger's.
        warnings.simplefilter("ignore")
        try:
            return BeautifulSoup(text, "lxml")
        except (ParserRejectedMarkup, AssertionError):
            return BeautifulSoup("", "lxml")


def text_of(
    root: Tag,
    *,
    without: frozenset[str] = frozenset(),
    without_classes: frozenset[str] = frozenset(),
    limit: int = MAX_TEXT,
) -> str:
    """Return the text a reader sees, one line a block; lines of a quotation begin with `> `.

    `without` and `without_classes` name further elements to leave out. At most `limit` characters.
    """
    silent, hidden = SILENT | without, HIDDEN_CLASSES | without_classes
    lines = _Lines()
    # A stack of our own, because a hostile page is nested deeper than Python's.
    waiting: list[PageElement | _End] = [root]
    while waiting and lines.length <= limit:
        node = waiting.pop()
        if isinstance(node, _End):
            lines.end(-node.quoted)
        elif isinstance(node, Tag) and _is_shown(node, silent, hidden):
            if node.name in BLOCKS:
                quoted = int(node.name == "blockquote")
                lines.end(quoted)
                waiting.append(_End(quoted))
            waiting.extend(reversed(node.contents))
        elif type(node) in (NavigableString, CData):
            lines.add(str(node))
    lines.end(0)
    return "\n".join(lines.done)[:limit].strip()


def attribute(tag: Tag | None, name: str) -> str:
    """Return an attribute's value without the space around it; empty where there is none."""
    value = tag.get(name) if tag is not None else None
    return (value if isinstance(value, str) else " ".join(value or ())).strip()


def tokens(tag: Tag, name: str) -> frozenset[str]:
    """Return the words of an attribute such as `rel`, in lower case."""
    return frozenset(attribute(tag, name).lower().split())


class _End(NamedTuple):
    """The end of a block on the stack."""

    quoted: int


class _Lines:
    """Lines in the making."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.length = 0
        self._current: list[str] = []
        self._depth = 0

    def add(self, text: str) -> None:
        self._current.append(text)
        self.length += len(text)

    def end(self, deeper: int) -> None:
        line = " ".join("".join(self._current).split())
        if line:
            self.done.append("> " * min(self._depth, 5) + line)
        self._current.clear()
        self._depth += deeper


def _is_shown(tag: Tag, silent: frozenset[str], hidden: frozenset[str]) -> bool:
    return tag.name not in silent and not tag.has_attr("hidden") and hidden.isdisjoint(tokens(tag, "class"))


def _cut(markup: str) -> str:
    if markup.count("<") <= MAX_TAGS:
        return markup
    return "<".join(markup.split("<", MAX_TAGS)[:MAX_TAGS])
