"""The one gate every connection passes: a resolver that gives no address unless each of them is public, or in a network named beforehand.

It sits in the reactor's own name resolution, so pages, redirects, robots.txt, feeds and mapped addresses (`connect_to`) meet it
alike, odd spellings of a literal too, and the connection goes to the very address that was looked at.
"""

# ruff: noqa: N802, N803 (names of Twisted's)

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Any, Protocol, Self

from twisted.internet import _idna
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from archive.errors import ConfigError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# IANA special-purpose registries (IPv4), multicast and reserved space, and one cloud metadata service that lives in public space.
# Our own list: `is_global` of the standard library says yes to multicast, to site-local and to some of these, by version.
CLOSED_4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; a metadata service at 100.100.100.200
        "127.0.0.0/8",
        "168.63.129.16/32",  # metadata service of a cloud
        "169.254.0.0/16",  # link-local; metadata services at 169.254.169.254
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments; a metadata service at 192.0.0.192
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
OPEN_6 = ipaddress.IPv6Network("2000::/3")  # all global unicast there is; the rest is private, local, multicast or not assigned
CLOSED_6 = tuple(ipaddress.IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
TRANSLATED_6 = ipaddress.IPv6Network("64:ff9b::/96")  # NAT64: the last 32 bits are the IPv4 address that is really reached
MAX_REFUSALS = 1000


class HasSettings(Protocol):
    """What Scrapy hands to a resolver: its process, of which only the settings are read."""

    @property
    def settings(self) -> "Settings": ...


class Settings(Protocol):
    """The one question asked of settings."""

    def getlist(self, name: str) -> list[str]: ...


RESOLVERS = 20  # threads; names are resolved in them, and a slow server of names must not hold up the others


class NameReactor(Protocol):
    """A reactor whose name resolution can be replaced."""

    @property
    def nameResolver(self) -> Any: ...

    def installNameResolver(self, resolver: Any) -> Any: ...


class Receiver(Protocol):
    """Twisted's IResolutionReceiver: hears of the addresses of one answer."""

    def resolutionBegan(self, resolutionInProgress: Any) -> None: ...

    def addressResolved(self, address: IAddress) -> None: ...

    def resolutionComplete(self) -> None: ...


def parse_networks(allow: Iterable[str]) -> tuple[Network, ...]:
    """Give the networks named in `allow` (CIDR, or a single address).

    Raises ConfigError for what is not a network, and for one so wide that it would open everything.

    >>> parse_networks(["127.0.0.0/8"])
    (IPv4Network('127.0.0.0/8'),)
    """
    networks: list[Network] = []
    for text in allow:
        try:
            network = ipaddress.ip_network(text.strip())
        except ValueError as error:
            raise ConfigError(f"network.allow: {text!r} is not a network ({error})", mend='write it as "10.1.0.0/16"') from error
        if network.prefixlen < (8 if network.version == 4 else 7):
            raise ConfigError(f"network.allow: {text} is too wide", mend="name the private networks one by one, /8 or narrower")
        networks.append(network)
    return tuple(networks)


def is_public(address: str, allow: Sequence[Network] = ()) -> bool:
    """Tell whether an address may be reached: public, or inside one of the named networks. False for what is no address.

    >>> is_public("93.184.215.14"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if any(found in network for network in allow if network.version == found.version):
        return True
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in CLOSED_4)
    if found in TRANSLATED_6:
        return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)), allow)
    return found in OPEN_6 and not any(found in network for network in CLOSED_6)


def literal(host: str) -> str | None:
    """Give the address that a host name spells out, in any spelling the C library accepts; None for a name.

    >>> literal("2130706433"), literal("0x7f.1"), literal("[::1]"), literal("example.org")
    ('127.0.0.1', '127.0.0.1', '::1', None)
    """
    text = host.strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        pass
    if not text[:1].isdigit():
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(text))
    except (OSError, UnicodeEncodeError):
        return None


def ascii_name(host: str) -> str | None:
    """Give a host as it is asked for in the DNS; None for what can be no name there.

    Twisted hands names over as text, and `getaddrinfo` encodes text by the rules of 2003: it would go to strasse.de for straße.de.
    A label of more than 63 letters makes it raise where Twisted does not listen, and the fetch would wait for its deadline.

    >>> ascii_name("Straße.de"), ascii_name("Example.ORG"), ascii_name("a" * 64 + ".org"), ascii_name("a..b")
    ('xn--strae-oqa.de', 'example.org', None, None)
    """
    try:
        name = host.lower() if host.isascii() else _idna._idnaBytes(host.lower()).decode("ascii")
        name.encode("idna")
    except UnicodeError:
        return None
    return name


@implementer(IHostnameResolver)
class Guard:
    """Asks the reactor's former resolver and lets its answer through only if every address in it may be reached."""

    def __init__(self, reactor: NameReactor, allow: Iterable[str] = ()) -> None:
        self.reactor = reactor
        self.allow = parse_networks(allow)
        self._asked = reactor.nameResolver
        self._refusals: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: HasSettings, reactor: NameReactor) -> Self:
        """Give a guard with the networks of the setting STET_ALLOW_NETWORKS. Raises ConfigError."""
        return cls(reactor, crawler.settings.getlist("STET_ALLOW_NETWORKS"))

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's resolver."""
        self.reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: Receiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """Resolve as the former resolver does; the receiver gets all addresses, or none when one of them may not be reached."""
        name = ascii_name(hostName)
        if name is None:
            nothing = _NoName(hostName)
            resolutionReceiver.resolutionBegan(nothing)
            resolutionReceiver.resolutionComplete()
            return nothing
        self._refusals.pop(name, None)
        sieve = _Sieve(self, resolutionReceiver, name)
        return self._asked.resolveHostName(sieve, name, portNumber, addressTypes, transportSemantics)

    def refused(self, host: str) -> str | None:
        """Give the address for which this name was last refused, None when it was not."""
        return self._refusals.get(ascii_name(host) or "")

    def refuse(self, host: str, address: str) -> None:
        """Note a refusal, so that the fetch can say why it found no address. The list is bounded."""
        if len(self._refusals) >= MAX_REFUSALS:
            self._refusals.clear()
        self._refusals[host] = address


@implementer(IHostResolution)
class _NoName:
    """The resolution of what is no name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


@implementer(IResolutionReceiver)
class _Sieve:
    """Holds the addresses of one answer back until all are known."""

    def __init__(self, guard: Guard, receiver: Receiver, host: str) -> None:
        self._guard = guard
        self._receiver = receiver
        self._host = host
        self._addresses: list[IAddress] = []
        self._refused: str | None = None

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:
        """Pass on."""
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: IAddress) -> None:
        """Look at one address of the answer."""
        host = str(getattr(address, "host", ""))
        if is_public(host, self._guard.allow):
            self._addresses.append(address)
        else:
            self._refused = self._refused or host

    def resolutionComplete(self) -> None:
        """Hand on the whole answer, or nothing of it."""
        if self._refused is not None:
            self._guard.refuse(self._host, self._refused)
        else:
            for address in self._addresses:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()
