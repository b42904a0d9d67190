"""What the sites of the demonstration web answer: a table of routes a host, and the files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field

from footprint.files import parse_record
from footprint.model.record import Line, Record


@dataclass(frozen=True)
class Answer:
    """What a site says, before it is put on the wire."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    gzip: bool = False
    """Compressed on the wire where the client asks for it."""
    chunked: bool = False
    """Sent in chunks, without a length (RFC 9112 section 7.1)."""


class Replies(Protocol):
    """One way in which a site answers."""

    def answer(self, path: str, query: Mapping[str, str]) -> Answer | None:
        """Return the answer to a decoded path and query; None where this is not for it."""
        ...


class Route(Record):
    """One line of a site's table."""

    path: Annotated[str, Field(pattern="^/")]
    query: dict[str, str] = {}
    """Parameters that must be there with these values; others may be there too."""
    file: Line | None = None
    """File beside the table that is sent; nothing is sent where there is none."""
    type: Line = "text/html; charset=utf-8"
    status: Annotated[int, Field(ge=200, le=599)] = 200
    headers: dict[Line, Line] = {}
    gzip: bool = False
    chunked: bool = False
    shows: Line
    """What a reader of the demonstration sees by it. Never sent."""

    def matches(self, path: str, query: Mapping[str, str]) -> bool:
        """Say whether this line answers; MediaWiki reads `_` as a space, and so do all the tables."""
        if path != self.path:
            return False
        return all(query.get(name, "").replace("_", " ") == value for name, value in self.query.items())


class RouteTable(Record):
    """`routes.toml` of a site: the first line that matches answers."""

    headers: dict[Line, Line] = {}
    """Sent with every answer of the site."""
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]


class Files:
    """Answers from a table and the files beside it."""

    def __init__(self, table: RouteTable, bodies: Mapping[str, bytes]) -> None:
        self._table = table
        self._bodies = bodies

    @classmethod
    def load(cls, folder: Traversable) -> Files:
        """Return the site of a folder. Raises InputError for a table that is not well formed."""
        where = f"{folder.name}/routes.toml"
        table = parse_record((folder / "routes.toml").read_bytes(), RouteTable, where=where)
        names = {route.file for route in table.routes if route.file is not None}
        return cls(table, {name: (folder / name).read_bytes() for name in names})

    def answer(self, path: str, query: Mapping[str, str]) -> Answer | None:
        """Return what the first matching line says."""
        route = next((route for route in self._table.routes if route.matches(path, query)), None)
        if route is None:
            return None
        return Answer(
            status=route.status,
            content_type=route.type,
            body=self._bodies[route.file] if route.file is not None else b"",
            headers=(*self._table.headers.items(), *route.headers.items()),
            gzip=route.gzip,
            chunked=route.chunked,
        )


def built_in() -> Traversable:
    """Return the folder of the sites that ship with the package."""
    return resources.files("footprint.demo") / "web"


def reply(sites: Mapping[str, tuple[Replies, ...]], host: str, target: str) -> Answer:
    """Return what `host` answers to a request target.

    A host that is not served here is 421 (RFC 9110 section 15.5.20), an address that nobody knows 404.
    """
    if host not in sites:
        return Answer(421, "text/plain; charset=utf-8", b"This server does not speak for that host.\n")
    parts = urlsplit(target)
    path, query = unquote(parts.path), dict(parse_qsl(parts.query, keep_blank_values=True))
    answers = (site.answer(path, query) for site in sites[host])
    missing = Answer(404, "text/html; charset=utf-8", b"<!doctype html><title>Not found</title><h1>Not found</h1>\n")
    return next((answer for answer in answers if answer is not None), missing)
