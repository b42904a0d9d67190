"""The HTML that Mastodon makes of plain text: paragraphs, mentions, tags and links."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"(?<!\w)@(?P<mention>[a-z_]+)|(?<!\w)#(?P<tag>\w+)|(?P<link>https://[^\s<]+[^\s<.,)])")


@dataclass(frozen=True)
class Markup:
    """What the server knows when it marks text up: its own address and its accounts."""

    base: str
    usernames: frozenset[str]

    def profile_link(self, value: str) -> str:
        """Return a profile field: a link that says `rel=me`, or the text as it is."""
        return _link(value, rel="nofollow noopener me") if value.startswith("https://") else html.escape(value)

    def quote_line(self, address: str) -> str:
        """Return the line that Mastodon 4.5 puts before a quote, for readers that know no quotes."""
        return f'<p class="quote-inline">RE: {_link(address, rel="nofollow noopener")}</p>'

    def of_match(self, match: re.Match[str]) -> str:
        """Return the HTML of one mention, tag or link."""
        name, tag, link = match["mention"], match["tag"], match["link"]
        if link:
            return _link(link, rel="nofollow noopener")
        if tag:
            return f'<a href="{self.base}/tags/{tag.lower()}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
        if name not in self.usernames:
            return match[0]
        address = f"{self.base}/@{name}"
        return f'<span class="h-card" translate="no"><a href="{address}" class="u-url mention">@<span>{name}</span></a></span>'


def to_html(text: str, markup: Markup) -> str:
    """Return the content of a status or the note of an account."""
    paragraphs = [paragraph for paragraph in text.strip().split("\n\n") if paragraph]
    return "".join(f"<p>{_paragraph(paragraph, markup)}</p>" for paragraph in paragraphs)


def mentioned(text: str, markup: Markup) -> tuple[str, ...]:
    """Return the accounts of the server that a text mentions, once each."""
    names = (match["mention"] for match in _MARK.finditer(text))
    return tuple(dict.fromkeys(name for name in names if name in markup.usernames))


def tagged(text: str) -> tuple[str, ...]:
    """Return the tags of a text in lower case, once each."""
    return tuple(dict.fromkeys(match["tag"].lower() for match in _MARK.finditer(text) if match["tag"]))


def _paragraph(text: str, markup: Markup) -> str:
    return "".join(_pieces(text, markup)).replace("\n", "<br />")


def _pieces(text: str, markup: Markup) -> Iterator[str]:
    end = 0
    for match in _MARK.finditer(text):
        yield html.escape(text[end : match.start()], quote=True)
        yield markup.of_match(match)
        end = match.end()
    yield html.escape(text[end:], quote=True)


def _link(address: str, *, rel: str) -> str:
    shown = html.escape(address.removeprefix("https://"))
    href = html.escape(address)
    return (
        f'<a href="{href}" target="_blank" rel="{rel}" translate="no"><span class="invisible">https://</span>'
        f'<span class="">{shown}</span><span class="invisible"></span></a>'
    )
