"""Whom we believe over TLS, and what a connection said of itself: roots, name check, version, cipher, certificate chain."""

# ruff: noqa: N802 (names of Twisted's)

from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL
from twisted.internet._sslverify import IOpenSSLTrustRoot
from twisted.internet.ssl import optionsForClientTLS, platformTrust
from twisted.web.client import HostnameCachingHTTPSPolicy
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from archive.errors import ConfigError
from archive.model import Tls

CACHED_HOSTS = 64  # reading the system's roots takes some 4 ms of CPU per context, so one is made per host, not per connection


class Policy(Protocol):
    """Twisted's IPolicyForHTTPS: knows how a connection to a host is to be secured."""

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any: ...


@implementer(IOpenSSLTrustRoot)
class Roots:
    """The system's roots, and those of one PEM file beside them."""

    def __init__(self, ca_file: Path | None = None) -> None:
        """Raises ConfigError when the file holds no certificate, now rather than at the first fetch of the night."""
        self._system = platformTrust()
        self._ca_file = ca_file
        if ca_file is not None:
            try:
                SSL.Context(SSL.TLS_CLIENT_METHOD).load_verify_locations(str(ca_file))
            except SSL.Error as error:
                raise ConfigError(
                    f"network.ca_file: no certificates can be read from {ca_file}", mend="name a file of PEM certificates"
                ) from error

    def _addCACertsToContext(self, context: SSL.Context) -> None:
        self._system._addCACertsToContext(context)
        if self._ca_file is not None:
            context.load_verify_locations(str(self._ca_file))


@implementer(IPolicyForHTTPS)
class Verified:
    """Connections whose chain leads to our roots and whose certificate carries the name that was asked for; all others fail."""

    def __init__(self, roots: Roots) -> None:
        self._roots = roots

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """Give the maker of connections for one host."""
        roots: Any = self._roots
        return optionsForClientTLS(hostname.decode("ascii"), trustRoot=roots, extraCertificateOptions={"fixBrokenPeers": True})


def policy(ca_file: Path | None) -> Policy:
    """Give the policy of a crawl that verifies: system roots, and those of `ca_file` where one is named."""
    return cached(Verified(Roots(ca_file)))


def cached(inner: Any) -> Policy:
    """Keep one context per host, so that its roots are read once."""
    return HostnameCachingHTTPSPolicy(inner, cacheSize=CACHED_HOSTS)


def tls_facts(connection: SSL.Connection, *, verified: bool) -> Tls:
    """Give what one connection, its handshake done, says of itself; the chain as the server sent it, leaf first."""
    name = connection.get_servername()
    alpn = connection.get_alpn_proto_negotiated()
    chain = connection.get_peer_cert_chain(as_cryptography=True) or []
    return Tls(
        version=connection.get_protocol_version_name(),
        cipher=connection.get_cipher_name() or "",
        sni=name.decode("ascii", "backslashreplace") if name else None,
        alpn=alpn.decode("ascii", "backslashreplace") if alpn else None,
        chain=tuple(certificate.public_bytes(Encoding.DER) for certificate in chain),
        verified=verified,
    )
