"""Build addresses for plans: what a candidate wrote must stand in a template as itself and as nothing else."""

from __future__ import annotations

from footprint.model.candidate import Identifier

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_URL = _UNRESERVED | frozenset("%:/?#[]@!$&'()*+,;=")


def escaped(value: str) -> str:
    """Return `value` percent-encoded as one component of a URL (RFC 3986 2.1)."""
    return _encoded(value, _UNRESERVED)


def literal(identifier: Identifier) -> str:
    """Return the URL of a website or feed as a template without places: braces and spaces encoded, the host in lower case."""
    rest = identifier.value.partition("://")[2]
    return f"{scheme_of(identifier)}://{identifier.home}{_encoded(rest[len(identifier.home) :], _URL)}"


def scheme_of(identifier: Identifier) -> str:
    """Return the scheme of a website's or feed's URL."""
    return identifier.value.partition("://")[0].lower()


def _encoded(value: str, kept: frozenset[str]) -> str:
    return "".join(
        character if character in kept else "".join(f"%{byte:02X}" for byte in character.encode("utf-8"))
        for character in value
    )
