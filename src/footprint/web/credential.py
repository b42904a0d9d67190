"""The operator's own key to a documented interface, put on at the last moment and taken out of everything that is kept.

A collector plans addresses without it and never sees it. It goes to the hosts that it was declared for, over TLS alone,
and an answer that repeats it is not kept.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from footprint.web.address import Address

LEFT_OUT = "[the operator's key, left out of this record]"
NOTE = "X-Footprint-Left-Out"
"""A line of the kept request, and not of the one that was sent: it says that a parameter of the query is missing there."""

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Credential:
    """A key, and where it may go."""

    secret: str = field(repr=False)
    hosts: frozenset[str]
    """As in a URL, in lower case, with the port where it is not the default."""
    sent: Literal["header", "basic", "query"]
    name: str | None = None
    """Of the header or the parameter."""
    scheme: str | None = None
    """The word before it in the header."""

    def fits(self, url: Address) -> bool:
        """Say whether the key may go with a request to this address."""
        return url.scheme == "https" and url.netloc.lower() in self.hosts

    def address(self, url: Address) -> Address:
        """Return the address as it goes over the wire."""
        if self.sent != "query":
            return url
        path, _, query = url.target.partition("?")
        return url._replace(target=f"{path}?{query}{'&' if query else ''}{self.name}={quote(self.secret, safe='')}")

    def headers(self) -> Headers:
        """Return the header as it goes over the wire; none where the key stands in the query."""
        name, value = self._line()
        return ((name, value),) if self.sent != "query" else ()

    def kept(self) -> Headers:
        """Return what the kept request says of it."""
        name, _ = self._line()
        if self.sent == "query":
            return ((NOTE, f"query parameter {self.name}"),)
        return ((name, f"{self._word()} {LEFT_OUT}".strip()),)

    def is_repeated(self, headers: Headers, body: bytes) -> bool:
        """Say whether an answer holds the key, in one of the forms in which it was sent."""
        forms = {self.secret, quote(self.secret, safe=""), self._line()[1].rpartition(" ")[2]}
        text = "\n".join(value for _, value in headers)
        return any(form in text or form.encode() in body for form in forms)

    def _word(self) -> str:
        return "Basic" if self.sent == "basic" else self.scheme or ""

    def _line(self) -> tuple[str, str]:
        if self.sent == "basic":
            # RFC 7617: the key is the user name, and there is no password.
            return "Authorization", f"Basic {base64.b64encode(f'{self.secret}:'.encode()).decode()}"
        return self.name or "", f"{self._word()} {self.secret}".strip()
