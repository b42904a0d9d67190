"""Read a notice as the candidate reads it: its visible words, its digest, and words that must not stand in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from footprint.errors import InputError
from footprint.model.authorisation import Authorisation

WAIVERS = (
    ("release", r"releas(?:e|es|ed|ing)"),
    ("waiver", r"waiv(?:e|es|ed|er|ers|ing)"),
    ("hold harmless", r"h(?:o|e)ld(?:s|ing)?\s+(?:\w+\s+){0,6}?harmless"),
    ("indemnity", r"indemni(?:fy|fies|fied|ty|ties|fication)"),
    ("discharge", r"discharg(?:e|es|ed|ing)\s+(?:\w+\s+){0,8}?(?:claims?|liabilit\w+)"),
    ("exclusion of liability", r"(?:not|no)\s+(?:be\s+)?(?:held\s+)?liab(?:le|ility)"),
    ("surrender of a right", r"(?:give|giving|given|gave)\s+up\s+(?:\w+\s+){0,4}?(?:rights?|claims?)"),
    ("promise not to sue", r"(?:covenant|agree|promise)\s+not\s+to\s+sue"),
)
"""What a stand-alone disclosure must not hold besides the disclosure (FCRA s.604(b)(2)(A); LAW FCRA-1681b-1)."""

_WAIVER = re.compile("|".join(rf"(?P<w{n}>\b{pattern}\b)" for n, (_, pattern) in enumerate(WAIVERS)))
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_DASHED = re.compile(r"(?<=\w)[-\u2010\u2011]\s*\n\s*(?=\w)")
_SILENT = frozenset({"script", "style", "template"})
_MARKUP = re.compile(r"<[a-z!/]|&#?\w+;", re.IGNORECASE)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong"}
    | {"sub", "sup", "u", "wbr"}
)


class Waiver(NamedTuple):
    """A release or a waiver found in a notice."""

    kind: str
    words: str


class _Visible(HTMLParser):
    """Collect the text of a page; markup inside a word does not part it, a block does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def words_of(content: bytes, *, where: str) -> str:
    """Return the text of a notice, in plain text or HTML, as it is read: without markup and unseen characters.

    Raises InputError for anything that is not text in UTF-8, such as a PDF: its words cannot be looked at here.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(where=where, expected="text or HTML in UTF-8", mend="export the notice as HTML") from error
    if content.startswith(b"%PDF-") or "\x00" in text:
        raise InputError(where=where, expected="text or HTML in UTF-8", mend="export the notice as HTML")
    if _MARKUP.search(text):
        reader = _Visible()
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    return _DASHED.sub("", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))


def waivers_in(text: str) -> tuple[Waiver, ...]:
    """Return every release or waiver that stands in a text, in order; words may be parted by spaces and lines."""
    return tuple(_found(re.sub(r"\s+", " ", text.casefold())))


def refuse_waivers(content: bytes, *, where: str) -> None:
    """Raise InputError where a notice that must stand alone holds a release or a waiver."""
    found = waivers_in(words_of(content, where=where))
    if found:
        raise InputError(
            where=where,
            field=", ".join(dict.fromkeys(f"{waiver.kind} (\u201c{waiver.words}\u201d)" for waiver in found)),
            expected="a disclosure that stands alone, without a release or a waiver",
            mend="take the words out, and put nothing in their place (FCRA s.604(b)(2)(A); confirm with counsel)",
        )


def digest(content: bytes) -> str:
    """Return the SHA-256 of a notice's bytes, in hex, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


def require_match(content: bytes, authorisation: Authorisation, *, where: str) -> None:
    """Raise InputError where a file is not the notice whose digest the consent records."""
    found = digest(content)
    if found != authorisation.notice.sha256:
        raise InputError(
            where=where,
            field="notice.sha256",
            expected=f"the notice of {authorisation.id}, SHA-256 {authorisation.notice.sha256}",
            mend=f"this file has {found}; give the very bytes that were shown, or record a new consent",
        )


def _found(text: str) -> Iterator[Waiver]:
    for match in _WAIVER.finditer(text):
        number = int((match.lastgroup or "w0")[1:])
        yield Waiver(WAIVERS[number][0], match[0][:80])
