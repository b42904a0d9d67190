"""One GET within bounds: what is sent and what comes back."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib

import pytest

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.client import Bounds, Client, Exchange, default_tls
from footprint.web.guard import Guard
from footprint.web.wire import Wire

URL = "http://page.example/a?b=c"
HTML = b"Content-Type: text/html; charset=UTF-8\r\n"


def answer(body: bytes = b"<p>hello</p>", *headers: bytes, status: bytes = b"200 OK", kind: bytes = HTML) -> bytes:
    """Return an answer with its length stated."""
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"HTTP/1.1 %s\r\n%s%sContent-Length: %d\r\n\r\n%s" % (status, kind, lines, len(body), body)


def _say(*parts: bytes):
    async def say(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return say


async def get(client, url: str = URL, *, accept: str = "text/html", max_bytes: int = 100_000) -> Exchange:
    """Ask for a page as the gate does."""
    return await client.get(url, accept=accept, max_bytes=max_bytes)


async def failure(client, **options) -> UnreadableError:
    """Return the error that asking for a page raises."""
    with pytest.raises(UnreadableError) as raised:
        await get(client, **options)
    return raised.value


async def test_a_page_comes_back_with_everything_that_was_said(loopback) -> None:
    """An exchange holds status, headers as received, body, address and version."""
    client = await loopback.answering(answer(b"caf\xc3\xa9", b"X-Odd-Case: 1", b"X-Odd-Case: 2"))

    page = await get(client, URL + "#part")

    assert (page.status, page.reason, page.http_version) == (200, "OK", "HTTP/1.1")
    assert (page.url, page.address, page.body) == (URL, "127.0.0.1", b"caf\xc3\xa9")
    assert ("X-Odd-Case", "2") in page.headers
    assert (page.header("x-odd-case"), page.content_type, page.charset) == ("1, 2", "text/html", "utf-8")
    assert not page.truncated


async def test_the_request_says_who_asks_and_nothing_more(loopback) -> None:
    """A request holds the name of the host, the agent, the types wanted and gzip: no cookie, no referrer, no body."""
    client = await loopback.answering(answer())

    page = await get(client)

    lines = loopback.requests[0].decode().strip().split("\r\n")
    assert lines[0] == "GET /a?b=c HTTP/1.1"
    assert sorted(lines[1:]) == [
        "Accept-Encoding: gzip",
        "Accept: text/html",
        "Host: page.example",
        "User-Agent: footprint/0.1 (+https://page.example)",
    ]
    assert [": ".join(header) for header in page.request_headers] == lines[1:]


async def test_a_cookie_is_not_sent_back(loopback) -> None:
    """A cookie that a server sets is kept as a header and never sent."""
    client = await loopback.answering(answer(b"", b"Set-Cookie: session=1; Path=/"))

    await get(client)
    page = await get(client)

    assert page.header("set-cookie") == "session=1; Path=/"
    assert not any(b"cookie" in request.lower() for request in loopback.requests)


async def test_a_redirect_is_told_and_not_followed(loopback) -> None:
    """A 3xx comes back as it is, with the absolute address it leads to, after one request."""
    client = await loopback.answering(answer(b"moved", b"Location: /new#part", status=b"301 Moved"))

    page = await get(client)

    assert (page.status, page.redirect) == (301, "http://page.example/new")
    assert len(loopback.requests) == 1


async def test_a_proxy_of_the_environment_is_not_used(loopback, monkeypatch) -> None:
    """Proxy variables change nothing: a proxy would resolve names behind the guard's back."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    client = await loopback.answering(answer())

    assert (await get(client)).status == 200


async def test_tls_is_asked_for_the_name_and_not_for_the_address(loopback) -> None:
    """The certificate must be for the host's name, although the connection goes to the literal address."""
    right = loopback.client(await loopback.serve(_say(answer()), name="page.example"))
    wrong = loopback.client(await loopback.serve(_say(answer()), name="other.example"))
    stranger = loopback.client(await loopback.serve(_say(answer()), name="page.example"), trusting=False)

    assert (await get(right, "https://page.example/")).status == 200
    for client in (wrong, stranger):
        error = await failure(client, url="https://page.example/")
        assert (error.reason, error.detail) == (UnknownReason.TRANSPORT, "TLS")
    assert len(loopback.requests) == 1


async def test_a_second_request_uses_the_open_connection(loopback) -> None:
    """A connection is kept between pages of one host, and the counts start again with each request."""

    async def twice(writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"x" * 700))
        await asyncio.sleep(0.05)
        writer.write(answer(b"y" * 700))

    client = loopback.client(await loopback.serve(twice), bounds=Bounds(seconds=5, header_bytes=400, wire_bytes=800))

    first = await get(client)
    second = await get(client)

    assert (first.body[:1], second.body[:1], loopback.connections) == (b"x", b"y", 1)


@pytest.mark.parametrize(
    ("url", "rule"),
    [("http://127.0.0.1/", "loopback"), ("http://page.example:8080/", "port"), ("ftp://a.b/", "scheme")],
)
async def test_a_refused_address_is_not_connected_to(loopback, url: str, rule: str) -> None:
    """The guard speaks before any connection is made."""
    client = await loopback.answering(answer())

    error = await failure(client, url=url)

    assert (error.reason, error.detail, loopback.connections) == (UnknownReason.ADDRESS, rule, 0)


async def test_gzip_is_decoded_and_kept_as_sent(loopback) -> None:
    """A gzip body is there twice: the bytes on the wire and the decoded page. Two members are one; padding is none."""
    sent = gzip.compress(b"<p>one</p>", mtime=0) + gzip.compress(b"<p>two</p>", mtime=0) + bytes(9)
    client = await loopback.answering(answer(sent, b"Content-Encoding: GZIP"))

    page = await get(client)

    assert (page.raw_body, page.body) == (sent, b"<p>one</p><p>two</p>")


async def test_a_gzip_bomb_is_stopped_with_little_memory(loopback) -> None:
    """A hundred kilobytes that unfold to a hundred megabytes are refused, and memory stays near the limit."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    client = await loopback.answering(answer(bomb, b"Content-Encoding: gzip"))

    tracemalloc.start()
    error = await failure(client, max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (error.reason, error.detail) == (UnknownReason.OVERSIZE, "over 1000000 bytes")
    assert len(bomb) < 600_000
    assert peak < 8_000_000


async def test_a_port_where_nobody_listens_is_a_transport_failure(loopback) -> None:
    """A refused connection is no page."""
    place = await loopback.serve(_say())
    await loopback.close()

    error = await failure(loopback.client(place))

    assert (error.reason, error.detail) == (UnknownReason.TRANSPORT, "connect")


async def test_a_body_of_exactly_the_limit_is_read(loopback) -> None:
    """The limit is the last length that passes."""
    client = await loopback.answering(answer(b"x" * 1000))

    assert len((await get(client, max_bytes=1000)).body) == 1000


async def test_a_body_that_ends_with_the_connection_is_read(loopback) -> None:
    """An HTTP/1.0 answer states no length; its end is the connection's."""
    client = await loopback.answering(b"HTTP/1.0 200 OK\r\n" + HTML + b"\r\n<p>", b"old</p>")

    page = await get(client)

    assert (page.http_version, page.body) == ("HTTP/1.0", b"<p>old</p>")


@pytest.mark.parametrize("coding", [b"identity", b"gzip"])
async def test_the_body_of_an_error_is_cut_and_said_to_be(loopback, coding: bytes) -> None:
    """Of an error status 64 KiB are read, enough to recognise a wall; the exchange says that there was more."""
    body = b"<p>no</p>" * 50_000
    sent = gzip.compress(body) if coding == b"gzip" else body
    client = await loopback.answering(answer(sent, b"Content-Encoding: " + coding, status=b"404 Not Found"))

    page = await get(client)

    assert (page.status, len(page.body), page.truncated) == (404, 65536, True)


async def test_an_error_of_another_type_keeps_its_status(loopback) -> None:
    """An API that answers an error with HTML is still understood; one that answers with a picture is not read."""
    html = await loopback.answering(answer(b"<p>gone</p>", status=b"410 Gone"))
    picture = await loopback.answering(answer(b"GIF89a", status=b"404 No", kind=b"Content-Type: image/gif\r\n"))

    told = await get(html, accept="application/json")
    shown = await get(picture, accept="application/json")

    assert (told.status, told.body) == (410, b"<p>gone</p>")
    assert (shown.status, shown.body, shown.truncated) == (404, b"", True)


async def test_an_answer_without_content_needs_no_type(loopback) -> None:
    """204 has no body and so no type."""
    client = await loopback.answering(b"HTTP/1.1 204 No Content\r\n\r\n")

    assert (await get(client)).body == b""


def test_one_tls_context_serves_every_client() -> None:
    """The context is made once and asks for certificates."""
    assert default_tls() is default_tls()
    assert default_tls().check_hostname


async def test_the_connection_goes_to_the_one_literal_that_was_judged(monkeypatch) -> None:
    """The name is looked up once, and the backend below is given the address, never the name."""
    connected: list[tuple[str, int]] = []
    looked_up: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["93.184.215.14"] if len(looked_up) == 1 else ["127.0.0.1"]

    async def connect(wire: Wire, port: int, **rest: object) -> None:
        connected.append((wire.address, port))
        raise UnreadableError(UnknownReason.TRANSPORT, "connect")

    monkeypatch.setattr("footprint.web.transport.connect", connect)
    client = Client(guard=Guard(resolve=resolve), user_agent="footprint")

    first = await failure(client, url="https://page.example/")
    second = await failure(client, url="https://page.example/")

    assert (first.detail, second.detail) == ("connect", "loopback")
    assert (connected, looked_up) == ([("93.184.215.14", 443)], ["page.example", "page.example"])


async def test_a_machine_that_does_not_answer_is_a_timeout(monkeypatch) -> None:
    """The operating system's own patience can end before ours."""

    async def connect(*_: object, **rest: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.create_connection", connect)
    client = Client(guard=Guard(pinned={"page.example": ("127.0.0.1", 9)}), user_agent="footprint")

    error = await failure(client)

    assert (error.reason, error.detail) == (UnknownReason.TIMEOUT, "connect")
