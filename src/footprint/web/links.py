"""Addresses as pages write them, made absolute and safe to compare."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

MAX_URL = 2000
"""Longer addresses carry data rather than lead somewhere."""


def absolute(base: str, href: str) -> str | None:
    """Return `href` as an absolute http or https URL without its fragment, the host in lower case.

    Returns None for another scheme, a user name in the address, a control character, or what is no address at all.
    """
    try:
        parts = urlsplit(urljoin(base, href.strip()))
    except ValueError:  # an unclosed bracket in the host, a port that is no number
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        return None
    url = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path.replace(" ", "%20"), parts.query, ""))
    if len(url) > MAX_URL or any(character.isspace() or ord(character) < 32 for character in url):
        return None
    return url


def host_of(url: str) -> str:
    """Return the host of an absolute URL, with its port where there is one, in lower case."""
    return urlsplit(url).netloc.lower()


def is_same_place(one: str, other: str) -> bool:
    """Say whether two addresses differ in nothing but the scheme or a trailing slash."""
    return _bare(one) == _bare(other)


def root_of(url: str) -> str:
    """Return the front page of the site that an absolute URL belongs to."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.lower(), "/", "", ""))


def _bare(url: str) -> str:
    return url.partition("://")[2].rstrip("/")
