"""What holds for every address and for every text that claims to be a URL."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx  # noqa: F401 - loaded here, so that no example pays for it
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.web.guard import REFUSED_NETWORKS, Guard, refused

V4 = st.ip_addresses(v=4)
NOT_PUBLIC = [network for _, network in REFUSED_NETWORKS]


def nat64(inner: IPv4Address) -> IPv6Address:
    """Return an IPv4 address under the well-known prefix (RFC 6052)."""
    return IPv6Address(int(IPv6Address("64:ff9b::")) + int(inner))


def six_to_four(inner: IPv4Address) -> IPv6Address:
    """Return the 6to4 network of an IPv4 address (RFC 3056)."""
    return IPv6Address((0x2002 << 112) + (int(inner) << 80) + 1)


def isatap(inner: IPv4Address) -> IPv6Address:
    """Return an ISATAP address in a public network (RFC 5214)."""
    return IPv6Address((0x26062800 << 96) + (0x5EFE << 32) + int(inner))


@given(V4, st.sampled_from([nat64, six_to_four, isatap]))
def test_an_address_inside_an_address_is_judged_as_itself(inner: IPv4Address, carry) -> None:
    """What IPv6 carries is refused exactly where the carried address is, by the same rule."""
    assert refused(str(carry(inner))) == refused(str(inner))


@given(V4, st.sampled_from(["::ffff:", "::"]))
def test_a_mapped_or_compatible_address_is_always_refused(inner: IPv4Address, prefix: str) -> None:
    """No public server is reached by these forms; they only hide another address."""
    assert refused(prefix + str(inner)) is not None


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_what_passes_is_global(address: IPv4Address | IPv6Address) -> None:
    """The standard library's own judgement agrees with every address that passes."""
    if refused(str(address)) is None:
        assert address.is_global
        assert not address.is_multicast


@given(st.data(), st.sampled_from(NOT_PUBLIC))
def test_no_address_of_a_refused_network_passes(data: st.DataObject, network) -> None:
    """Every address of every special-purpose network is refused, not only those in the tables of examples."""
    address = data.draw(st.ip_addresses(network=network))

    assert refused(str(address)) is not None


@given(st.integers(0, 0xFFFFFFFF), st.sampled_from(["{}", "0x{:x}", "0{:o}", "0X{:X}"]))
def test_an_address_written_as_one_number_is_refused(number: int, form: str) -> None:
    """Decimal, hexadecimal and octal forms are refused whatever they would mean."""
    with pytest.raises(UnreadableError, match=r"^address: (number|url)$"):
        Guard().check(f"http://{form.format(number)}/")


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://user@", "http://["]))
def test_a_url_is_passed_or_refused_and_nothing_else(text: str, prefix: str) -> None:
    """Whatever the text, the answer is silence or one of our refusals with a short word for the rule."""
    try:
        Guard().check(prefix + text)
    except UnreadableError as error:
        assert error.reason == UnknownReason.ADDRESS
        assert error.detail.replace("-", "").isalpha()


@given(st.lists(V4, min_size=1, max_size=5), V4.filter(lambda address: refused(str(address)) is not None), st.data())
async def test_one_refused_answer_spoils_the_rest(
    good: list[IPv4Address], bad: IPv4Address, data: st.DataObject
) -> None:
    """Wherever the refused address stands among the answers, the name is refused."""
    answers = [str(address) for address in good]
    answers.insert(data.draw(st.integers(0, len(answers))), str(bad))

    async def resolve(host: str, port: int) -> list[str]:
        return answers

    with pytest.raises(UnreadableError):
        await Guard(resolve=resolve).judge("page.example", 443)


def test_the_networks_are_those_of_the_registries() -> None:
    """The well-known private networks of RFC 1918, 6598, 3927 and 4193 are in the table."""
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7"):
        assert ip_network(text) in NOT_PUBLIC
    assert not any(ip_address("93.184.215.14") in network for network in NOT_PUBLIC if network.version == 4)
