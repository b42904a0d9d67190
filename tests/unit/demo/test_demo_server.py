"""The transport of the demonstration web: TLS, hosts, methods, encodings, shutdown."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from footprint.demo.server import DATE, DemoWeb

Ask = Callable[..., Any]
HOSTS = {"code.example", "courier.example", "maraquill.example", "social.example", "wiki.example"}


def test_every_host_leads_to_one_loopback_port(demo_web: DemoWeb) -> None:
    """The map for the guard holds each host of the cast and nothing but 127.0.0.1."""
    addresses = set(demo_web.pinned.values())

    assert set(demo_web.pinned) == HOSTS
    assert len(addresses) == 1
    assert addresses.pop()[0] == "127.0.0.1"


@pytest.mark.parametrize("host", sorted(HOSTS))
def test_the_certificate_holds_for_every_host(hear: Ask, demo_web: DemoWeb, host: str) -> None:
    """A client that trusts the authority of the run, and checks the name, is served."""
    assert hear(demo_web, f"https://{host}/robots.txt").status in (200, 404)


def test_the_certificate_does_not_hold_for_another_host(demo_web: DemoWeb) -> None:
    """A name that is not in the cast fails in the handshake."""
    plain = socket.create_connection(demo_web.pinned["code.example"], timeout=10)

    with plain, pytest.raises(ssl.SSLCertVerificationError):
        demo_web.tls.wrap_socket(plain, server_hostname="elsewhere.example")


def test_a_client_with_other_authorities_does_not_trust_it(capfd: pytest.CaptureFixture[str]) -> None:
    """Without the authority of this run there is no connection, and the server says nothing of it."""
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    with (
        DemoWeb() as web,
        socket.create_connection(web.pinned["code.example"], timeout=10) as plain,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        stranger.wrap_socket(plain, server_hostname="code.example")

    assert web.requests == 0
    assert capfd.readouterr().err == ""


def test_a_host_that_is_not_served_is_misdirected(ask: Ask) -> None:
    """A Host header that names nobody of the cast is 421."""
    assert ask("https://code.example/", host="elsewhere.example").status == 421


def test_a_host_may_carry_its_port_and_any_case(ask: Ask) -> None:
    """`CODE.example:443` is the same host."""
    assert ask("https://code.example/robots.txt", host="CODE.example:443").status == 200


def test_an_address_that_nobody_knows_is_absent(ask: Ask) -> None:
    """What is in no table is 404."""
    assert ask("https://maraquill.example/nowhere").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_reading_is_allowed(ask: Ask, method: str) -> None:
    """Any method that could change something is 405 and names the two that are allowed."""
    heard = ask("https://maraquill.example/", method=method)

    assert heard.status == 405
    assert heard.headers["allow"] == "GET, HEAD"


def test_head_has_the_headers_of_get_and_no_body(ask: Ask) -> None:
    """HEAD differs from GET in the body alone."""
    got, headed = ask("https://courier.example/robots.txt"), ask("https://courier.example/robots.txt", method="HEAD")

    assert headed.headers == got.headers
    assert headed.raw.endswith(b"\r\n\r\n")
    assert len(got.raw) - len(headed.raw) == len(got.body) > 0


def test_every_answer_has_the_fixed_date_and_software(ask: Ask) -> None:
    """Nothing in the head of an answer tells the machine or the hour."""
    headers = ask("https://social.example/api/v1/accounts/lookup?acct=mara").headers

    assert headers["date"] == DATE
    assert headers["server"] == "footprint-demo"


def test_an_answer_is_compressed_only_where_it_was_asked_for(ask: Ask) -> None:
    """With gzip accepted the body is packed, without a time in its head; without it the same body comes plain."""
    url = "https://courier.example/feed.xml"
    packed, plain = ask(url, accept_encoding="gzip"), ask(url)

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body[4:8] == b"\0\0\0\0"
    assert zlib.decompress(packed.body, wbits=31) == plain.body
    assert "content-encoding" not in plain.headers


def test_the_site_is_sent_in_chunks(ask: Ask) -> None:
    """The home page has no length, and its chunks make the page that the table names."""
    heard = ask("https://maraquill.example/", accept_encoding="gzip")

    assert heard.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in heard.headers
    assert gzip.decompress(heard.body).startswith(b"<!doctype html>")


def test_requests_are_counted(hear: Ask) -> None:
    """Each request counts once, also when it is refused; the count stays after the end."""
    with DemoWeb() as web:
        for method in ("GET", "HEAD", "POST"):
            hear(web, "https://code.example/robots.txt", method=method)
        assert web.requests == 3
    assert web.requests == 3


def test_an_open_connection_does_not_hold_up_the_end() -> None:
    """A client that has said nothing is cut off when the web closes, and no thread is left."""
    before = threading.active_count()
    with DemoWeb() as web, socket.create_connection(web.pinned["code.example"], timeout=10) as plain:
        connection = web.tls.wrap_socket(plain, server_hostname="code.example")
        began = time.monotonic()
        web.__exit__(None, None, None)
        assert time.monotonic() - began < 5
        connection.close()

    assert threading.active_count() == before


def test_a_closed_web_pins_nothing() -> None:
    """After the end no host leads to a port that somebody else may hold by then."""
    with DemoWeb() as web:
        pass

    assert web.pinned == {}


def test_another_web_is_served_from_its_own_folder(hear: Ask, tmp_path: Path) -> None:
    """A folder with one host and one line is a web of its own."""
    (tmp_path / "bench.example").mkdir()
    (tmp_path / "bench.example" / "routes.toml").write_text('[[routes]]\npath = "/"\nstatus = 204\nshows = "nothing"\n')

    with DemoWeb(tmp_path) as web:
        heard = hear(web, "https://bench.example/")
        assert list(web.pinned) == ["bench.example"]

    assert (heard.status, heard.body) == (204, b"")
