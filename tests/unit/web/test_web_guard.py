"""Only public addresses on the two web ports, by ordinary names, are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.guard import Guard, refused, system_resolve

PUBLIC = "93.184.215.14"


def resolving(*answers: Sequence[str]):
    """Return a resolver that gives the answers one look-up after the other, and a list of what was looked up."""
    left = list(answers)
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return left.pop(0)

    return resolve, asked


HOSTILE_URLS = [
    ("file:///etc/passwd", "scheme"),
    ("unix:///run/docker.sock", "scheme"),
    ("http+unix://%2Frun%2Fdocker.sock/info", "scheme"),
    ("ftp://page.example/", "scheme"),
    ("gopher://page.example:70/", "scheme"),
    ("//page.example/", "scheme"),
    ("page.example", "scheme"),
    ("http://user:secret@page.example/", "user-info"),
    ("http://user@page.example/", "user-info"),
    ("http://@page.example/", "user-info"),
    ("http://page.example\\@127.0.0.1/", "url"),
    ("http://page.example/\r\nHost: other.example", "url"),
    ("http://page.example/" + "a" * 4000, "url"),
    ("http://pa\u00adge.example/", "url"),
    ("http://\uff11\uff12\uff17.0.0.1/", "url"),
    ("http://page.example:22/", "port"),
    ("http://page.example:0/", "port"),
    ("https://page.example:8443/", "port"),
    ("http://page.example:70000/", "port"),
    ("http://localhost/", "special-name"),
    ("http://site.localhost/", "special-name"),
    ("http://intranet/", "special-name"),
    ("http://printer.local/", "special-name"),
    ("http://metadata.google.internal/", "special-name"),
    ("http://hidden.onion/", "special-name"),
    ("http://page.example./", "host"),
    ("http://page..example/", "host"),
    ("http://-page.example/", "host"),
    ("http://pa%67e.example/", "host"),
    ("http://page.example%00.other.example/", "host"),
    ("http:///nowhere", "host"),
    ("http://" + "a" * 64 + ".example/", "host"),
    ("http://2130706433/", "number"),
    ("http://0x7f000001/", "number"),
    ("http://0x7f.1/", "number"),
    ("http://127.1/", "number"),
    ("http://017700000001/", "number"),
    ("http://0177.0.0.1/", "url"),
    ("http://127.0.0.1/", "loopback"),
    ("http://127\u30020\u30020\u30021/", "loopback"),
    ("http://[::1]/", "loopback"),
    ("http://[::ffff:127.0.0.1]/", "loopback"),
    ("http://[::ffff:a9fe:a9fe]/", "metadata"),
    ("http://[64:ff9b::7f00:1]/", "loopback"),
    ("http://[2002:7f00:1::]/", "loopback"),
    ("http://[fe80::1%25eth0]/", "address"),
    ("http://169.254.169.254/latest/meta-data/", "metadata"),
    ("http://0.0.0.0/", "unspecified"),
    ("http://10.0.0.1/", "private"),
    ("http://100.64.0.1/", "shared"),
    ("http://224.0.0.1/", "multicast"),
]


@pytest.mark.parametrize(("url", "rule"), HOSTILE_URLS)
def test_a_hostile_url_is_refused_by_a_named_rule(url: str, rule: str) -> None:
    """A URL that could lead to this machine or its network is refused before anything is resolved."""
    with pytest.raises(UnreadableError) as refusal:
        Guard().check(url)

    assert (refusal.value.reason, refusal.value.detail) == (UnknownReason.ADDRESS, rule)


@pytest.mark.parametrize(
    "url",
    [
        "http://page.example",
        "https://page.example/",
        "http://page.example:80/",
        "https://page.example:443/a/../b?q=1@2#part",
        "HTTPS://PAGE.EXAMPLE/",
        "https://b\u00fccher.example/\u00fc",
        "https://a_b.sub-domain.example/~name/page%20one",
        "https://7.example/",
        f"http://{PUBLIC}/",
        "http://[2606:2800:220:1::1]/",
    ],
)
def test_an_ordinary_url_passes(url: str) -> None:
    """An http or https URL with a public host and a web port is not refused."""
    assert Guard().check(url) is None


REFUSED = [
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("::1", "loopback"),
    ("0.0.0.0", "unspecified"),
    ("::", "unspecified"),
    ("10.1.2.3", "private"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.168.1.1", "private"),
    ("fc00::1", "private"),
    ("fdff::1", "private"),
    ("fec0::1", "private"),
    ("169.254.1.1", "link-local"),
    ("fe80::1", "link-local"),
    ("169.254.169.254", "metadata"),
    ("168.63.129.16", "metadata"),
    ("100.100.100.200", "metadata"),
    ("fd00:ec2::254", "metadata"),
    ("100.64.0.1", "shared"),
    ("100.127.255.255", "shared"),
    ("224.0.0.251", "multicast"),
    ("239.255.255.250", "multicast"),
    ("ff02::1", "multicast"),
    ("192.0.2.1", "reserved"),
    ("198.18.0.1", "reserved"),
    ("203.0.113.9", "reserved"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    ("2001:db8::1", "reserved"),
    ("100::1", "reserved"),
    ("4000::1", "reserved"),
    ("::ffff:10.0.0.1", "private"),
    ("::ffff:8.8.8.8", "reserved"),
    ("::10.0.0.1", "private"),
    ("2002:a00:1::1", "private"),
    ("2002:a9fe:a9fe::", "metadata"),
    ("64:ff9b::a00:1", "private"),
    ("64:ff9b:1::8.8.8.8", "reserved"),
    ("2001:0:808:808::f7f7:f7f7", "reserved"),
    ("2606:2800::5efe:a00:1", "private"),
    ("fe80::1%eth0", "address"),
    ("127.1", "address"),
    ("page.example", "address"),
]


@pytest.mark.parametrize(("address", "rule"), REFUSED)
def test_an_address_that_is_not_public_is_refused(address: str, rule: str) -> None:
    """Every special-purpose network is refused, and so is every way to carry one inside IPv6."""
    assert refused(address) == rule


@pytest.mark.parametrize(
    "address",
    [
        PUBLIC,
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "223.255.255.1",
        "2606:2800:220:1::1",
        "2002:808:808::1",
        "64:ff9b::808:808",
    ],
)
def test_a_public_address_passes(address: str) -> None:
    """The neighbours of the special-purpose networks are public, and so is NAT64 of a public address."""
    assert refused(address) is None


async def test_the_judged_literal_is_what_comes_back() -> None:
    """A public name gives the first address of its one look-up."""
    resolve, asked = resolving([PUBLIC, "2606:2800:220:1::1"])

    assert await Guard(resolve=resolve).judge("Page.Example", 443) == (PUBLIC, 443)
    assert asked == ["page.example"]


async def test_one_private_answer_refuses_the_name_whole() -> None:
    """A name with a public and a private address is refused, whichever comes first."""
    resolve, _ = resolving([PUBLIC, "10.0.0.1"])

    with pytest.raises(UnreadableError, match="address: private"):
        await Guard(resolve=resolve).judge("page.example", 80)


async def test_a_name_that_changes_its_answer_is_caught_at_its_second_look_up() -> None:
    """DNS rebinding: each connection is judged by the look-up that it uses, so the private answer is refused."""
    resolve, asked = resolving([PUBLIC], ["127.0.0.1"])
    guard = Guard(resolve=resolve)

    assert await guard.judge("page.example", 80) == (PUBLIC, 80)
    with pytest.raises(UnreadableError, match="address: loopback"):
        await guard.judge("page.example", 80)
    assert asked == ["page.example", "page.example"]


async def test_a_literal_is_judged_without_a_look_up() -> None:
    """An address literal needs no resolver."""
    resolve, asked = resolving()
    guard = Guard(resolve=resolve)

    assert await guard.judge(PUBLIC, 80) == (PUBLIC, 80)
    with pytest.raises(UnreadableError, match="address: loopback"):
        await guard.judge("::1", 80)
    assert asked == []


@pytest.mark.parametrize(("host", "port", "rule"), [("page.example", 22, "port"), ("localhost", 80, "special-name")])
async def test_the_judge_repeats_the_checks_of_the_url(host: str, port: int, rule: str) -> None:
    """Whoever connects without checking the URL first is refused all the same."""
    resolve, asked = resolving([PUBLIC])

    with pytest.raises(UnreadableError, match=f"address: {rule}"):
        await Guard(resolve=resolve).judge(host, port)
    assert asked == []


async def test_a_name_without_an_address_is_a_transport_failure() -> None:
    """A name that does not resolve, or resolves to nothing, is no address refusal."""

    async def failing(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    empty, _ = resolving([])
    for resolve in (failing, empty):
        with pytest.raises(UnreadableError) as failure:
            await Guard(resolve=resolve).judge("page.example", 80)
        assert (failure.value.reason, failure.value.detail) == (UnknownReason.TRANSPORT, "name not resolved")


async def test_a_pinned_host_leads_to_its_place_and_no_further() -> None:
    """A pin without a port holds for the two web ports, a pin with a port for that port."""
    guard = Guard(pinned={"page.example": ("127.0.0.1", 4001), "Wiki.Example:8080": ("127.0.0.1", 4002)})

    assert await guard.judge("page.example", 443) == ("127.0.0.1", 4001)
    assert await guard.judge("wiki.example", 8080) == ("127.0.0.1", 4002)
    guard.check("http://wiki.example:8080/w/api.php")
    for host, port in (("page.example", 8080), ("wiki.example", 8081)):
        with pytest.raises(UnreadableError, match="address: port"):
            await guard.judge(host, port)


def test_a_pinned_host_does_not_open_other_doors() -> None:
    """User-info and other schemes are refused for a pinned host too."""
    guard = Guard(pinned={"page.example": ("127.0.0.1", 4001)})

    for url in ("http://a:b@page.example/", "ftp://page.example/"):
        with pytest.raises(UnreadableError):
            guard.check(url)


def test_only_loopback_can_be_pinned() -> None:
    """A pin to another machine is a mistake of the program."""
    with pytest.raises(ValueError, match="loopback"):
        Guard(pinned={"page.example": ("10.0.0.1", 80)})


def test_a_guard_says_whether_it_has_pins() -> None:
    """A run with pins is a demonstration and must say so."""
    assert Guard(pinned={"page.example": ("127.0.0.1", 80)}).is_pinned
    assert not Guard().is_pinned


async def test_the_system_resolver_gives_literals() -> None:
    """The default resolver gives addresses as text."""
    found = await asyncio.wait_for(system_resolve("127.0.0.1", 80), 5)

    assert found == ("127.0.0.1",)
