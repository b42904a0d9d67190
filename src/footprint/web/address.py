"""A URL in the parts that a request needs: as httpx reads it, and at once where it is as plain as nearly every URL is."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}

_SEGMENT = r"/(?:(?!\.)(?:[A-Za-z0-9._~@!$&()*+,;=:-]|%[0-9A-Fa-f]{2})+)?"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_PLAIN = re.compile(
    rf"(https?)://((?:{_LABEL}\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?|(?:{_OCTET}\.){{3}}{_OCTET})(?::([1-9][0-9]{{0,4}}))?((?:{_SEGMENT})*)"
    r"(\?(?:[A-Za-z0-9._~@!$&()*+,;=:/?-]|%[0-9A-Fa-f]{2})*)?"
)
"""What httpx would leave as it is: no letter to encode, no dot segment, no capital in the host."""


class Address(NamedTuple):
    """A URL without its fragment."""

    scheme: str
    host: str
    """In ASCII; an IPv6 address without its brackets."""
    port: int | None
    """None for the scheme's own."""
    target: str
    """Path and query, as they go over the wire."""

    @property
    def netloc(self) -> str:
        """Host and port, as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def place(self) -> tuple[str, int]:
        """Host and port to connect to."""
        return self.host, PORTS[self.scheme] if self.port is None else self.port

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def parse(url: str) -> Address:
    """Return a URL in its parts. Raises ValueError for what is no URL, and for one with a user name or a password."""
    found = _plain(url)
    if found is not None:
        return found
    import httpx  # a heavy library; most URLs do without

    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from None
    if parsed.userinfo:
        msg = "user-info"
        raise ValueError(msg)
    return Address(parsed.scheme, parsed.raw_host.decode("ascii"), parsed.port, parsed.raw_path.decode("ascii"))


def join(base: str, reference: str) -> str:
    """Return a reference as an absolute URL without its fragment. Raises ValueError where it is no URL."""
    whole = reference.startswith(("http://", "https://"))
    if whole or (reference.startswith("/") and not reference.startswith("//")):
        plain = _plain(reference if whole else _root(base) + reference)
        if plain is not None:
            return str(plain)
    import httpx

    try:
        return str(httpx.URL(base).join(reference).copy_with(fragment=None))
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from None


def _root(base: str) -> str:
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}"


def _plain(url: str) -> Address | None:
    found = _PLAIN.fullmatch(url)
    if found is None:
        return None
    scheme, host, port, path, query = found.groups()
    if port is not None and (int(port) > 65535 or int(port) == PORTS[scheme]):
        return None  # httpx decides
    if query == "?" or "--" in host:
        return None
    return Address(scheme, host, int(port) if port else None, (path or "/") + (query or ""))
