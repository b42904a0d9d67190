"""The operator's key goes over the wire, to its own hosts alone, and into nothing that is kept."""

from __future__ import annotations

import base64
import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from footprint.contract.server import Asked, Given, Loopback
from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.client import Client
from footprint.web.credential import LEFT_OUT, NOTE, Credential
from footprint.web.guard import Guard
from footprint.web.recorder import Recorder

KEY = "k3y/of+the=operator"
QUOTED = "k3y%2Fof%2Bthe%3Doperator"
BASIC = base64.b64encode(f"{KEY}:".encode()).decode()
HOST = "api.example"
URL = f"https://{HOST}/search?q=a%20b"
HEADER = Credential(KEY, frozenset({HOST}), "header", "X-Subscription-Token")
BEARER = Credential(KEY, frozenset({HOST}), "header", "Authorization", "Bearer")
USER = Credential(KEY, frozenset({HOST}), "basic")
QUERY = Credential(KEY, frozenset({HOST}), "query", "api_key")

SENT = [
    (HEADER, "/search?q=a%20b", "x-subscription-token", KEY),
    (BEARER, "/search?q=a%20b", "authorization", f"Bearer {KEY}"),
    (USER, "/search?q=a%20b", "authorization", f"Basic {BASIC}"),
    (QUERY, f"/search?q=a%20b&api_key={QUOTED}", "authorization", ""),
]
KEPT = [
    (HEADER, ("X-Subscription-Token", LEFT_OUT)),
    (BEARER, ("Authorization", f"Bearer {LEFT_OUT}")),
    (USER, ("Authorization", f"Basic {LEFT_OUT}")),
    (QUERY, (NOTE, "query parameter api_key")),
]
IDS = ["header", "bearer", "basic", "query"]


HELLO = Given(body=b"<p>hello</p>")


async def asked(credential: Credential, url: str = URL, given: Given = HELLO):
    """Ask once, and return what the server saw and what came back."""
    async with Loopback((HOST, "other.example"), lambda _: given) as web:
        client = Client(guard=Guard(pinned=web.pinned), user_agent="footprint", tls=web.tls)
        try:
            exchange = await client.with_key(credential).get(url, accept="text/html", max_bytes=10_000)
        finally:
            await client.aclose()
        return web.asked[0], exchange


@pytest.mark.parametrize(("credential", "target", "header", "value"), SENT, ids=IDS)
async def test_the_key_is_sent_as_its_manifest_says(credential, target, header, value) -> None:
    """In a header, as a user name, or in the query behind what stands there."""
    seen, _ = await asked(credential)

    assert isinstance(seen, Asked)
    assert (seen.target, seen.header(header)) == (target, value)


@pytest.mark.parametrize(("credential", "line"), KEPT, ids=IDS)
async def test_nothing_that_is_kept_holds_the_key(credential, line, tmp_path: Path) -> None:
    """Not the exchange, and not one record of the WARC file; both say that something was left out."""
    _, exchange = await asked(credential)
    recorder = Recorder(tmp_path, "C", software="s", robots_policy="r", user_agent="u")
    recorder.keep(exchange, at=datetime(2026, 11, 20, tzinfo=UTC))
    kept = gzip.decompress((tmp_path / "C.warc.gz").read_bytes()).decode()

    assert line in exchange.request_headers
    assert exchange.url == URL
    assert ": ".join(line) in kept
    assert not any(form in text for form in (KEY, QUOTED, BASIC) for text in (kept, repr(exchange)))


@pytest.mark.parametrize("credential", [BEARER, QUERY], ids=["bearer", "query"])
async def test_another_host_does_not_get_it(credential) -> None:
    """A page or a redirect that leads elsewhere is asked for without the key."""
    seen, exchange = await asked(credential, "https://other.example/search?q=a")

    assert (seen.target, seen.header("authorization")) == ("/search?q=a", "")
    assert len(exchange.request_headers) == 4


@pytest.mark.parametrize("url", ["http://api.example/", "https://api.example:8443/", "https://api.example.evil.test/"])
def test_it_goes_over_tls_to_the_declared_host_and_port_alone(url: str) -> None:
    """Not in the clear, not to another port, not to a name that begins like it."""
    assert not BEARER.fits(Guard(pinned={"api.example:8443": ("127.0.0.1", 1)}).parse(url))


def test_a_query_that_is_empty_gets_no_stray_sign() -> None:
    """The parameter stands alone."""
    assert str(QUERY.address(Guard().parse("https://api.example/x"))) == f"https://api.example/x?api_key={QUOTED}"


@pytest.mark.parametrize(
    ("credential", "given"),
    [
        (BEARER, Given(body=f"<p>{KEY}</p>".encode())),
        (USER, Given(body=f"<p>{BASIC}</p>".encode())),
        (QUERY, Given(302, headers=(("Location", f"/next?api_key={QUOTED}"),))),
        (HEADER, Given(404, "application/octet-stream", headers=(("X-Echo", KEY),))),
    ],
    ids=["body", "basic", "redirect", "error page"],
)
async def test_an_answer_that_repeats_the_key_is_not_kept(credential, given) -> None:
    """It is an error before anybody can write it down, and the error does not say the key."""
    with pytest.raises(UnreadableError, match="repeats the operator's key") as raised:
        await asked(credential, given=given)

    assert raised.value.reason == UnknownReason.MALFORMED
    assert KEY not in str(raised.value)


def test_a_key_that_is_printed_is_not_shown() -> None:
    """A traceback of it is harmless."""
    assert KEY not in repr(BEARER)
