"""Other addresses under the same name, as curl's --connect-to: the connection goes elsewhere; Host, SNI and the name check stay."""

# ruff: noqa: N802, N815 (names of Twisted's)

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from twisted.internet.endpoints import wrapClientTLS
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from archive.errors import ConfigError
from crawler.guard import is_public, literal, parse_networks
from crawler.rules import Network
from crawler.trust import Policy

FORM = "HOST:PORT:ADDR:PORT, an IPv6 address in brackets, any part may be empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectTo:
    """One rule: what is asked of (host, port) goes to (address, to_port). None stands for any, and for unchanged."""

    host: str | None
    port: int | None
    address: str | None
    to_port: int | None

    def matches(self, host: str, port: int) -> bool:
        """Tell whether this rule speaks of that host (without case, as names have none) and port."""
        return (self.host is None or self.host == host.lower()) and (self.port is None or self.port == port)


def parse_connect_to(text: str) -> ConnectTo:
    """Read one rule. Raises ConfigError when it has not the form HOST:PORT:ADDR:PORT.

    >>> parse_connect_to("example.org:443:[::1]:8443")
    ConnectTo(host='example.org', port=443, address='::1', to_port=8443)
    """
    parts = _split(text)
    if len(parts) != 4:
        raise ConfigError(f"network.connect_to: {text!r} has not four parts", mend=f"write {FORM}")
    host, port, address, to_port = parts
    return ConnectTo(host=host.lower() or None, port=_port(port, text), address=address or None, to_port=_port(to_port, text))


def target(table: Sequence[ConnectTo], host: str, port: int) -> tuple[str, int] | None:
    """Give the address and port to connect to instead; None when no rule speaks of it. The first rule that does wins."""
    for rule in table:
        if rule.matches(host, port):
            return rule.address or host, rule.to_port or port
    return None


def inside(url: str, network: Network) -> bool:
    """Whether an address leads, as far as can be told without asking anybody, into one of the networks of `network.allow`."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    mapped = target([parse_connect_to(rule) for rule in network.connect_to], host, port)
    address = address_of(mapped[0] if mapped else host)
    return address is not None and not is_public(address) and is_public(address, parse_networks(network.allow))


def address_of(host: str) -> str | None:
    """The address that a host is without asking anybody: its own, if it is written as one, or that of this machine."""
    return literal("127.0.0.1" if host == "localhost" else host)


def _split(text: str) -> list[str]:
    """Give the parts between colons; brackets hold an IPv6 address together and are taken off."""
    parts = [""]
    bracketed = False
    for char in text.strip():
        match char:
            case "[" | "]":
                bracketed = char == "["
            case ":" if not bracketed:
                parts.append("")
            case _:
                parts[-1] += char
    return parts


def _port(text: str, whole: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 65536:
        raise ConfigError(f"network.connect_to: {text!r} in {whole!r} is no port", mend=f"write {FORM}")
    return int(text)


class EndpointFactory(Protocol):
    """The agent's own maker of endpoints, with the two facts that Scrapy's agents read from it."""

    _connectTimeout: float | None
    _bindAddress: object

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint: ...


@implementer(IAgentEndpointFactory)
class MappedEndpoints:
    """Makes the endpoints of one agent: the usual ones, and mapped ones wrapped in TLS for the *original* name."""

    def __init__(self, usual: EndpointFactory, table: Iterable[ConnectTo], policy: Policy) -> None:
        self._usual = usual
        self._table = tuple(table)
        self._policy = policy
        self._connectTimeout = usual._connectTimeout
        self._bindAddress = usual._bindAddress

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        """Give the endpoint for a URI. The plain one is asked of the usual factory, so that timeouts and bindings are its own."""
        mapped = target(self._table, uri.host.decode("ascii"), uri.port)
        if mapped is None:
            return self._usual.endpointForURI(uri)
        host, port = mapped[0].encode("idna"), mapped[1]
        endpoint = self._usual.endpointForURI(URI(b"http", host, host, port, b"/", b"", b"", b""))
        if uri.scheme != b"https":
            return endpoint
        return wrapClientTLS(self._policy.creatorForNetloc(uri.host, uri.port), endpoint)
