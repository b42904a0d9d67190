"""Ask for one page, once, within bounds: one GET, no cookies, no body, no redirect followed, one wall-clock limit.

What comes back is an Exchange: the bytes as sent and the bytes as decoded, with every header as received, so that the
recorder can keep it and anyone can read it again.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from copy import copy
from dataclasses import dataclass, replace
from functools import cache, cached_property

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.address import Address, join
from footprint.web.body import BodyReader
from footprint.web.credential import Credential
from footprint.web.guard import MAX_URL, Guard
from footprint.web.transport import GuardedTransport, Reply

Headers = tuple[tuple[str, str], ...]

ERROR_BYTES = 64 * 1024
"""How much is read of an answer that is not a page: enough to recognise a wall."""

LARGE_BYTES = 1_000_000
LARGE_AT_ONCE = 4
"""Pages over a million bytes that are read at one time: many sites are asked side by side, and each page is held whole."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""RFC 9110 section 15.4; the others do not name one place to go to."""

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[a-zA-Z*-]+\s*=\s*(?:\"[^\"]*\"|[^\s\",;]*))*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))", re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([a-z0-9._:-]{1,40})", re.IGNORECASE)
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one exchange may cost."""

    seconds: float = 20.0
    """For the whole exchange, from the look-up of the name to the last byte."""
    header_bytes: int = 64 * 1024
    wire_bytes: int = 10_000_000
    """Of the body as sent, with its framing."""


@dataclass(frozen=True)
class Exchange:
    """One request and its answer."""

    url: str
    """As it was asked on the wire, without a fragment."""
    status: int
    reason: str = ""
    request_headers: Headers = ()
    headers: Headers = ()
    """As received, in their order and spelling; bytes outside ASCII read as Latin-1."""
    raw_body: bytes = b""
    """As sent, perhaps gzip; chunk framing is gone."""
    body: bytes = b""
    """Decoded."""
    address: str = ""
    """The address that answered."""
    http_version: str = "HTTP/1.1"
    truncated: bool = False
    """True where less than the whole body was read."""

    def header_lines(self, name: str) -> tuple[str, ...]:
        """Return the value of every header of this name."""
        return self._by_name.get(name.lower(), ())

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        """The values of each header: an answer is asked for a dozen of them, one after the other."""
        found: dict[str, tuple[str, ...]] = {}
        for name, value in self.headers:
            key = name.lower()
            found[key] = (*found.get(key, ()), value)
        return found

    def header(self, name: str) -> str | None:
        """Return the values of a header, joined as RFC 9110 section 5.3 says; None where there is none."""
        return ", ".join(self.header_lines(name)) or None

    @cached_property
    def content_type(self) -> str:
        """The media type in lower case, without parameters; empty where there is none or it is no media type."""
        value = next(iter(self.header_lines("content-type")), "").partition(";")[0].strip().lower()
        return value if _TYPE.fullmatch(value) else ""

    @cached_property
    def charset(self) -> str | None:
        """The charset that the Content-Type header states, in lower case."""
        found = _CHARSET.search(next(iter(self.header_lines("content-type")), ""))
        return found[1].lower() if found else None

    @property
    def link_header(self) -> tuple[tuple[str, str], ...]:
        """Each relation of the Link header (RFC 8288) with its absolute URL."""
        links = []
        for target, parameters in _LINK.findall(self.header("link") or ""):
            found = _REL.search(parameters)
            address = absolute(self.url, target)
            if found and address is not None:
                links += [(relation.lower(), address) for relation in (found[1] or found[2]).split()]
        return tuple(links)

    @property
    def redirect(self) -> str | None:
        """The absolute URL that a redirect leads to; None where the answer is none, or leads nowhere."""
        location = next(iter(self.header_lines("location")), None)
        return absolute(self.url, location) if self.status in REDIRECTS and location else None


class Client:
    """Asks for pages. One for a run: it keeps connections open between requests to one host."""

    def __init__(
        self, *, guard: Guard, user_agent: str, tls: ssl.SSLContext | None = None, bounds: Bounds = Bounds()
    ) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._bounds = bounds
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._credential: Credential | None = None
        self._transport = GuardedTransport(
            guard, lambda: tls or default_tls(), head=bounds.header_bytes, whole=bounds.wire_bytes
        )

    def with_key(self, credential: Credential) -> Client:
        """Return this client, over the same connections, with the operator's key for the hosts that it is declared for."""
        keyed = copy(self)
        keyed._credential = credential
        return keyed

    async def get(self, url: str, *, accept: str, max_bytes: int, error_bytes: int = ERROR_BYTES) -> Exchange:
        """Make one GET and return what came back, whatever its status.

        A page is read to `max_bytes` decoded bytes; any other status to `error_bytes`. Raises UnreadableError: ADDRESS,
        TIMEOUT, TRANSPORT, OVERSIZE, or MALFORMED for a page of a type that `accept` does not name.
        """
        parsed = self._guard.parse(url)
        try:
            async with asyncio.timeout(self._bounds.seconds):
                return await self._exchange(parsed, accept, max_bytes, error_bytes)
        except TimeoutError:
            raise UnreadableError(UnknownReason.TIMEOUT, f"{self._bounds.seconds:g} s") from None

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    def _headers(self, url: Address, accept: str) -> Headers:
        return (
            ("Host", url.netloc),
            ("User-Agent", self._user_agent),
            ("Accept", accept),
            ("Accept-Encoding", "gzip"),
        )

    async def _exchange(self, url: Address, accept: str, max_bytes: int, error_bytes: int) -> Exchange:
        key = self._credential if self._credential is not None and self._credential.fits(url) else None
        headers = self._headers(url, accept)
        wire = url if key is None else key.address(url)
        sent = headers if key is None else (*headers, *key.headers())
        reply = await self._transport.get(wire, [(name.encode(), value.encode()) for name, value in sent])
        try:
            # What is kept, from here on, is the request without the key.
            head = _head(url, headers if key is None else (*headers, *key.kept()), reply)
            _check_echo(key, head.headers, b"")
            if not 200 <= head.status < 600:
                raise UnreadableError(UnknownReason.MALFORMED, "status")
            is_page = head.status < 300
            if not accepts(accept, head.content_type) and head.status != 204:
                if is_page:
                    kind = head.content_type or "missing"
                    raise UnreadableError(UnknownReason.MALFORMED, f"content type {kind}")
                if not accepts("text/html, text/plain, application/json", head.content_type):
                    return replace(head, truncated=True)
            reader = BodyReader(
                head.header("content-encoding") or "", limit=max_bytes if is_page else error_bytes, cuts=not is_page
            )
            await self._read(reply, reader)
            _check_echo(key, (), reader.body)
            return replace(head, raw_body=reader.raw, body=reader.body, truncated=reader.is_cut)
        finally:
            await reply.aclose()

    async def _read(self, reply: Reply, reader: BodyReader) -> None:
        is_large = False
        try:
            async for chunk in reply.chunks():
                if not reader.feed(chunk):
                    return
                if not is_large and reader.size > LARGE_BYTES:
                    is_large = await self._large.acquire()  # the sender waits meanwhile
            reader.finish()
        finally:
            if is_large:
                self._large.release()


def _check_echo(key: Credential | None, headers: Headers, body: bytes) -> None:
    """Refuse an answer that repeats the operator's key: it would stand in the evidence."""
    if key is not None and key.is_repeated(headers, body):
        raise UnreadableError(UnknownReason.MALFORMED, "the answer repeats the operator's key")


def accepts(accept: str, content_type: str) -> bool:
    """Say whether an Accept header names a media type.

    One JSON type stands for every JSON type: a server answers `application/vnd.github+json` with `application/json`.
    """
    ranges = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    if "*/*" in ranges:
        return True
    family = content_type.partition("/")[0]
    is_named = content_type in ranges or f"{family}/*" in ranges
    return bool(content_type) and (is_named or (_is_json(content_type) and any(map(_is_json, ranges))))


def absolute(base: str, reference: str) -> str | None:
    """Return a reference as an absolute URL without its fragment; None where it is no URL, or longer than any we ask for."""
    try:
        url = join(base, reference.strip())
    except ValueError:
        return None
    return url if len(url) <= MAX_URL else None


@cache
def default_tls() -> ssl.SSLContext:
    """Return the one TLS context of the process: building one takes 40 ms. It reads nothing from the environment."""
    import httpx  # a heavy library, for what is asked over TLS

    return httpx.create_ssl_context(trust_env=False)


def _is_json(media_type: str) -> bool:
    return media_type == "application/json" or media_type.endswith("+json")


def _head(url: Address, asked: Headers, reply: Reply) -> Exchange:
    return Exchange(
        url=str(url),
        status=reply.status,
        reason=reply.reason.decode("latin-1"),
        request_headers=asked,
        headers=_text(reply.headers),
        address=reply.address,
        http_version=reply.http_version.decode("latin-1"),
    )


def _text(headers: list[tuple[bytes, bytes]]) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)
