"""Which network addresses may be asked: public ones, on two ports, by an ordinary name, judged once and then kept.

A URL comes from a candidate or from a page, so it may be written to reach what only this machine can reach (server-side
request forgery). The guard judges the URL, resolves its name once, judges every address of the answer, and gives back
the one literal to connect to, so that a second look-up cannot lead elsewhere.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.address import PORTS, Address, parse

Literal = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives every address of a host name, as literals; raises OSError where the name has none."""

MAX_URL = 4000
MAX_HOST = 253
"""RFC 1035 section 2.3.4, without the last dot."""

SPECIAL_NAMES = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "onion", "arpa")
"""Names that never lead to the public web: RFC 6761, 6762, 7686, 8375; ICANN keeps `internal` for private use."""

REFUSED_NETWORKS: tuple[tuple[str, IPv4Network | IPv6Network], ...] = tuple(
    (rule, ip_network(network))
    for rule, networks in (
        # A cloud machine's own credentials; one of them stands in public address space.
        ("metadata", "169.254.169.254/32 100.100.100.200/32 168.63.129.16/32 192.0.0.192/32 fd00:ec2::254/128"),
        ("unspecified", "0.0.0.0/8 ::/128"),
        ("loopback", "127.0.0.0/8 ::1/128"),
        ("private", "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10"),
        ("link-local", "169.254.0.0/16 fe80::/10"),
        ("shared", "100.64.0.0/10"),
        ("multicast", "224.0.0.0/4 ff00::/8"),
        ("reserved", "192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.175.48.0/24"),
        ("reserved", "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4"),
        ("reserved", "64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001:db8::/32 2620:4f:8000::/48"),
        ("reserved", "3fff::/20 5f00::/16"),
    )
    for network in networks.split()
)
"""The IANA special-purpose address registries (RFC 6890) and the metadata services, the narrower names first."""

GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
TEREDO = IPv6Network("2001::/32")
V4_COMPATIBLE = IPv6Network("::/96")
ISATAP_MARKS = (0x00005EFE, 0x02005EFE)
"""Third quarter of an ISATAP address (RFC 5214 section 6.1); the fourth is the IPv4 address."""

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


async def system_resolve(host: str, port: int) -> tuple[str, ...]:
    """Return every address that the system's resolver gives, in its order. Raises OSError where there is none."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return tuple(str(sockaddr[0]) for *_, sockaddr in found)


class Guard:
    """Judges URLs and addresses. Every refusal is UnreadableError(ADDRESS) with one word for the rule."""

    def __init__(
        self, *, pinned: Mapping[str, tuple[str, int]] | None = None, resolve: Resolver = system_resolve
    ) -> None:
        """Take the host names that lead to this machine: for the demonstration web and for tests alone.

        Raises ValueError where a pinned address is not a loopback address.
        """
        self._pinned = {name.lower(): place for name, place in (pinned or {}).items()}
        self._resolve = resolve
        if not all(ip_address(address).is_loopback for address, _ in self._pinned.values()):
            msg = "a host can be pinned to a loopback address only"
            raise ValueError(msg)

    @property
    def is_pinned(self) -> bool:
        """True where some names lead to this machine: the run is a demonstration or a test, and must say so."""
        return bool(self._pinned)

    def check(self, url: str) -> None:
        """Refuse a URL that could mislead: another scheme, user-info, another port, an unusual host."""
        self.parse(url)

    def parse(self, url: str) -> Address:
        """Return a URL in its parts. Refuses what `check` refuses."""
        if len(url) > MAX_URL or not url.isprintable() or "\\" in url:
            raise _refusal("url")
        scheme, _, rest = url.partition("://")
        if "@" in re.split("[/?#]", rest, maxsplit=1)[0] and scheme.lower() in PORTS:
            raise _refusal("user-info")
        try:
            parsed = parse(url)
        except ValueError:  # among them a name that IDNA does not know
            raise _refusal("url") from None
        if parsed.scheme not in PORTS:
            raise _refusal("scheme")
        self._check_place(*parsed.place)
        return parsed

    async def judge(self, host: str, port: int) -> tuple[str, int]:
        """Return the literal address and port to connect to.

        The name is resolved once, and one refused address among its answers refuses it whole. Raises
        UnreadableError(ADDRESS), or UnreadableError(TRANSPORT) where the name does not resolve.
        """
        host = host.lower()
        self._check_place(host, port)
        if (place := self._place(host, port)) is not None:
            return place
        addresses = (host,) if _literal(host) else await self._addresses(host, port)
        for address in addresses:
            if (rule := refused(address)) is not None:
                raise _refusal(rule)
        return addresses[0], port

    def _check_place(self, host: str, port: int) -> None:
        if self._place(host, port) is not None:
            return
        if port not in PORTS.values():
            raise _refusal("port")
        rule = refused(host) if _literal(host) else _unusual(host)
        if rule is not None:
            raise _refusal(rule)

    def _place(self, host: str, port: int) -> tuple[str, int] | None:
        exact = self._pinned.get(f"{host}:{port}")
        if exact is not None or port not in PORTS.values():
            return exact
        return self._pinned.get(host)

    async def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        try:
            addresses = tuple(await self._resolve(host, port))
        except (OSError, UnicodeError):
            raise UnreadableError(UnknownReason.TRANSPORT, "name not resolved") from None
        if not addresses:
            raise UnreadableError(UnknownReason.TRANSPORT, "name not resolved")
        return addresses


def refused(address: str) -> str | None:
    """Return the word of the rule that refuses an address literal, or None where it is public.

    An IPv4 address inside an IPv6 address is judged as itself: mapped, compatible, 6to4, NAT64, Teredo, ISATAP.
    """
    parsed = _literal(address)
    if parsed is None or "%" in address:
        return "address"
    for inner in (parsed, *_carried(parsed)):
        for rule, network in REFUSED_NETWORKS:
            if inner.version == network.version and inner in network:
                return rule
    # Teredo stands in a refused network above; what else IPv6 holds is public in one block and under NAT64 alone.
    if isinstance(parsed, IPv6Address) and parsed not in GLOBAL_UNICAST and parsed not in NAT64:
        return "reserved"
    return None


def _carried(address: Literal) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses that an IPv6 address carries."""
    if isinstance(address, IPv4Address):
        return ()
    number = int(address)
    last = IPv4Address(number & 0xFFFFFFFF)
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    is_isatap = (number >> 32) & 0xFFFFFFFF in ISATAP_MARKS
    if address in NAT64 or address in V4_COMPATIBLE or is_isatap:
        found.append(last)
    return tuple(inner for inner in found if inner is not None)


def _literal(host: str) -> Literal | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _unusual(host: str) -> str | None:
    """Return the word of the rule that refuses a host name, or None for an ordinary one."""
    labels = host.split(".")
    if len(host) > MAX_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return "host"
    # Some resolvers read 2130706433, 0x7f.1 and 127.1 as addresses; no top-level domain is a number (WHATWG URL 3.5).
    if _NUMBER.fullmatch(labels[-1]):
        return "number"
    if len(labels) == 1 or any(host == name or host.endswith(f".{name}") for name in SPECIAL_NAMES):
        return "special-name"
    return None


def _refusal(rule: str) -> UnreadableError:
    return UnreadableError(UnknownReason.ADDRESS, rule)
