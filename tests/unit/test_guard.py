"""The guard: which addresses may be reached, and that an answer with one bad address gives none."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.address import IPv4Address, IPv6Address

from archive.errors import ConfigError
from crawler.guard import Guard, is_public, literal, parse_networks

PUBLIC = ["93.184.215.14", "1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255", "2606:4700::1111", "2a00:1450::1"]
PUBLIC += ["::ffff:8.8.8.8", "64:ff9b::808:808"]
CLOSED = {
    "this network": ["0.0.0.0", "0.1.2.3", "::"],
    "loopback": ["127.0.0.1", "127.255.255.254", "::1"],
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fc00::1"],
    "carrier-grade NAT": ["100.64.0.1", "100.127.255.255"],
    "link-local": ["169.254.0.1", "fe80::1", "fe80::1%eth0"],
    "metadata": ["169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"],
    "multicast": ["224.0.0.1", "239.1.2.3", "ff02::1", "ff0e::1"],
    "reserved": ["240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "203.0.113.9", "198.51.100.7", "2001:db8::1", "3fff::1"],
    "mapped": ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:127.0.0.1"],
    "translated": ["64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "fec0::1"],
    "no address": ["", "localhost", "1.2.3", "1.2.3.4.5", "0x7f000001", "[::1]"],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_reached(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", [address for addresses in CLOSED.values() for address in addresses])
def test_addresses_that_are_not_public_may_not(address: str) -> None:
    assert not is_public(address)


def test_a_named_network_opens_itself_and_nothing_beside() -> None:
    allow = parse_networks(["127.0.0.0/8", "fd00:1::/32", "192.168.7.7"])
    assert all(is_public(address, allow) for address in ("127.0.0.1", "::ffff:127.9.9.9", "fd00:1::5", "192.168.7.7", "1.1.1.1"))
    assert not any(is_public(address, allow) for address in ("10.0.0.1", "192.168.7.8", "fd00:2::1", "::1", "169.254.169.254"))


@pytest.mark.parametrize("text", ["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.1/8", "localhost", "", "*", "127.0.0.0/40"])
def test_everything_cannot_be_named(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_networks([text])
    assert caught.value.mend


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("[::ffff:7f00:1]", "::ffff:127.0.0.1"),
        ("::1", "::1"),
        ("fe80::1%lo", "fe80::1"),
        ("example.org", None),
        ("1.example", None),
        ("١٢٧.0.0.1", None),
        ("", None),
    ],
)
def test_a_literal_is_known_in_any_spelling(host: str, address: str | None) -> None:
    import ipaddress

    found = literal(host)
    assert found == address or (found is not None and ipaddress.ip_address(found) == ipaddress.ip_address(address or ""))


@given(st.ip_addresses(v=4))
def test_an_address_is_as_open_mapped_or_translated_as_it_is_bare(address: Any) -> None:
    bare = is_public(str(address))
    assert is_public(f"::ffff:{address}") == bare
    assert is_public(f"64:ff9b::{address}") == bare


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_never_public(address: Any) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified:
        mapped = getattr(address, "ipv4_mapped", None)
        assert not is_public(str(address)) or (mapped is not None and is_public(str(mapped)))


@dataclass
class Reactor:
    """A reactor's name resolution: answers with the addresses it was given."""

    addresses: list[str]
    asked: list[tuple[str, int]] = field(default_factory=list)
    installed: Any = None

    @property
    def nameResolver(self) -> Any:  # noqa: N802 (Twisted's names, here and below)
        return self.installed or self

    def installNameResolver(self, resolver: Any) -> Any:  # noqa: N802
        self.installed = resolver

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, types: Any = None, transport: str = "TCP") -> str:  # noqa: N802
        self.asked.append((host, port))
        receiver.resolutionBegan(self)
        for address in self.addresses:
            receiver.addressResolved((IPv6Address if ":" in address else IPv4Address)("TCP", address, port))
        receiver.resolutionComplete()
        return "resolution"


class Heard:
    """Notes what a resolver says."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.began = self.complete = 0

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
        self.began += 1

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete += 1


def ask(reactor: Reactor, *allow: str, host: str = "a.test") -> tuple[Guard, Heard]:
    guard, heard = Guard(reactor, allow), Heard()
    guard.install_on_reactor()
    assert reactor.nameResolver.resolveHostName(heard, host, 443) == "resolution"
    assert (heard.began, heard.complete) == (1, 1)
    return guard, heard


def test_a_public_answer_passes_whole_and_in_order() -> None:
    guard, heard = ask(Reactor(["93.184.215.14", "2606:4700::1111"]))
    assert heard.addresses == ["93.184.215.14", "2606:4700::1111"]
    assert guard.refused("a.test") is None


@pytest.mark.parametrize("at", [0, 1, 2])
def test_one_address_inside_spoils_the_answer(at: int) -> None:
    """A name that answers both outside and inside would let the connection slip to the second."""
    addresses = ["93.184.215.14", "1.1.1.1"]
    addresses.insert(at, "10.0.0.7")
    guard, heard = ask(Reactor(addresses))
    assert heard.addresses == []
    assert guard.refused("a.test") == "10.0.0.7"
    assert guard.refused("b.test") is None


def test_a_refusal_is_forgotten_when_the_name_is_asked_again() -> None:
    reactor = Reactor(["10.0.0.7"])
    guard, _ = ask(reactor)
    reactor.addresses = ["1.1.1.1"]
    heard = Heard()
    guard.resolveHostName(heard, "a.test")
    assert (guard.refused("a.test"), heard.addresses) == (None, ["1.1.1.1"])


@pytest.mark.parametrize("host", ["a" * 64 + ".test", "a..test", ".test", "\u2028.test", "a" * 300])
def test_what_is_no_name_is_answered_at_once_with_nothing(host: str) -> None:
    """The system's resolver would raise on these where Twisted does not listen, and the fetch would wait for its deadline."""
    reactor = Reactor(["1.1.1.1"])
    guard, heard = Guard(reactor), Heard()
    guard.resolveHostName(heard, host)
    assert (heard.began, heard.complete, heard.addresses, reactor.asked) == (1, 1, [], [])


def test_an_international_name_is_asked_for_as_the_address_had_it() -> None:
    """The rules of 2003 would lead from straße.de to strasse.de: another site."""
    reactor = Reactor(["10.0.0.1"])
    guard = Guard(reactor)
    guard.resolveHostName(Heard(), "straße.de", 443)
    assert reactor.asked == [("xn--strae-oqa.de", 443)]
    assert guard.refused("xn--strae-oqa.de") == guard.refused("straße.de") == "10.0.0.1"


def test_named_networks_pass_the_guard() -> None:
    _, heard = ask(Reactor(["127.0.0.1"]), "127.0.0.0/8")
    assert heard.addresses == ["127.0.0.1"]


def test_refusals_do_not_grow_without_end() -> None:
    guard = Guard(Reactor([]), ())
    for number in range(5000):
        guard.refuse(f"{number}.test", "10.0.0.1")
    assert guard.refused("4999.test") == "10.0.0.1"
    assert len(guard._refusals) <= 1000
