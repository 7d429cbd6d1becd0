"""Scrapy's HTTP/1.1 protocol with a tap in it: stands between the parser and the transport, above TLS, and changes no byte.

These classes are private to Scrapy and Twisted; `crawler.wire.check_wire` opens the pool's factory before every crawl and refuses
to start when they are no longer what they were.
"""

# ruff: noqa: N802, N815 (names of Twisted's)

import re
import select
from typing import Any, cast

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred, fail
from twisted.internet.error import ConnectionLost
from twisted.internet.interfaces import IAddress, IHandshakeListener
from twisted.internet.protocol import connectionDone
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web._newclient import STATUS, ParseError, RequestNotSent
from twisted.web._newclient import Request as TxRequest
from twisted.web.http_headers import Headers
from twisted.web.iweb import IResponse
from zope.interface import implementer

from archive.errors import StetError
from archive.model import Tls
from crawler.tap import Fetch, Tap
from crawler.trust import tls_facts

FETCH = "_stet_fetch"  # the Twisted request carries its fetch under this name, through silent retries too
MAX_LINE = 64 * 1024
MAX_HEADERS = 1000  # lines of one head
CLOSE_GRACE = 5.0  # seconds a peer has to answer our goodbye; a TLS peer that never does would hold the socket for good
STATUS_LINE = re.compile(rb"HTTP/\d\.\d [1-9]\d\d(?: |$)")


class HeadTooLarge(Exception):
    """A head has more bytes, more lines or a longer line than allowed."""


class TapParser(_LenientHTTPClientParser):
    """Scrapy's parser, counting what its heads take. It gains its class after it was made, so all it adds has defaults here."""

    MAX_LENGTH = MAX_LINE
    tap: Tap | None = None
    head_limit = 0
    head_bytes = 0
    head_lines = 0

    def statusReceived(self, status: bytes) -> None:
        """Accept an HTTP status line and nothing else: Twisted would read "ICY/1.1 +2_00" as well."""
        if not STATUS_LINE.match(status):
            raise ParseError("not an HTTP status line", status[:200])
        super().statusReceived(status)  # type: ignore[no-untyped-call]

    def lineReceived(self, line: bytes) -> None:
        """Count one line of a head, line end included. Lines end in LF here, so no search for a blank line is needed anywhere."""
        self.head_bytes += len(line) + 1
        self.head_lines += 1
        if self.head_bytes > self.head_limit or self.head_lines > MAX_HEADERS:
            raise HeadTooLarge(f"a head of more than {self.head_limit} bytes or {MAX_HEADERS} lines")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """Refuse a line without end."""
        if self.state == STATUS:
            raise ParseError("not an HTTP status line", line[:200])
        raise HeadTooLarge(f"a header line of more than {MAX_LINE} bytes")

    def allHeadersReceived(self) -> None:
        """Mark where the head ends, before anyone acts on it; take it back when it cannot be followed (unknown coding, two lengths)."""
        assert self.tap is not None
        self.tap.head_complete(self.head_bytes, self.response.code)
        try:
            super().allHeadersReceived()  # type: ignore[no-untyped-call]
        except Exception:
            self.tap.head_unusable()
            raise


class TappedTransport:
    """The transport as a request sees it while it writes itself: every byte is noted and passed on."""

    def __init__(self, transport: Any, tap: Tap) -> None:
        self._transport = transport
        self._tap = tap

    def write(self, data: bytes) -> None:
        """Note and pass on."""
        self._tap.wrote(data)
        self._transport.write(data)

    def writeSequence(self, parts: list[bytes]) -> None:
        """Note and pass on."""
        self._tap.wrote_all(parts)
        self._transport.writeSequence(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


@implementer(IHandshakeListener)
class TapProtocol(_LenientHTTP11ClientProtocol):
    """One connection, many exchanges: each reported to the tap of the fetch it belongs to."""

    _tap: Tap | None = None
    _served = 0
    _verified = False
    _tls: Tls | None = None
    _grace: Any = None  # Twisted's delayed call

    def request(self, request: TxRequest) -> "Deferred[IResponse]":
        """Send a request through a fresh tap. A connection on which something waits unread is not used: that belongs to nobody."""
        fetch = cast("Fetch", getattr(request, FETCH))
        transport = cast("Any", self.transport)
        if self._served and not _is_quiet(transport):
            transport.abortConnection()
            return fail(RequestNotSent())
        tap = fetch.open_tap(reused=self._served > 0, secure=hasattr(transport, "getPeerCertificate"))
        peer = transport.getPeer()
        tap.peer = (str(peer.host), int(peer.port))
        tap.tls = self._tls
        self._served += 1
        self._verified = fetch.verified
        self._tap = tap
        # the class's own writeTo: Twisted asks the same request again after a silent retry, and wrappers must not nest
        request.writeTo = lambda to: TxRequest.writeTo(request, TappedTransport(to, tap))  # type: ignore[method-assign]
        answer = super().request(request)
        parser = self._parser
        assert parser is not None
        parser.__class__ = TapParser
        parser.tap, parser.head_limit = tap, fetch.head_limit  # type: ignore[attr-defined]
        return answer

    def handshakeCompleted(self) -> None:
        """Note what the TLS layer says, once per connection; the chain is that of this connection and no other."""
        self._tls = tls_facts(cast("Any", self.transport).getHandle(), verified=self._verified)
        if self._tap is not None:
            self._tap.tls = self._tls
            self._tap.handshake_done()

    def dataReceived(self, data: bytes) -> None:
        """Note what came, then let it be read. What comes when nobody has asked ends the connection."""
        tap = self._tap
        if tap is None:
            cast("Any", self.transport).abortConnection()
            return
        tap.received(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if tap.over_limit():
            tap.ended("length")
            cast("Any", self.transport).abortConnection()

    def _finishResponse_WAITING(self, rest: bytes) -> None:
        """Mark the end of the answer. After surplus bytes the connection is closed, or later ones would be read as the next answer."""
        tap = self._tap
        if tap is not None:
            if rest and self._currentRequest is not None:
                self._currentRequest.persistent = False
            if self._parser is not None:
                tap.ended("complete", len(rest))
            else:  # the connection went; without a length that was the end
                tap.ended("disconnect" if tap.lost_hard else "close")
            self._tap = None
        super()._finishResponse_WAITING(rest)

    _finishResponse_TRANSMITTING = _finishResponse_WAITING  # an alias made at class creation in the parent, so in ours too

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """Note whether the connection was closed or broke. Over TLS a missing goodbye is so common that it counts as closed."""
        if self._grace is not None and self._grace.active():
            self._grace.cancel()
        if self._tap is not None:
            self._tap.lost_hard = bool(reason.check(ConnectionLost)) and not self._tap.secure
        super().connectionLost(reason)  # type: ignore[no-untyped-call]
        self._tap = None

    def _giveUp(self, reason: Failure) -> None:
        """Close, and see to it that the socket does go. An answer still open is one that we could not read on: its framing broke."""
        from twisted.internet import reactor

        if self._tap is not None:
            self._tap.ended("unspecified")
        super()._giveUp(reason)  # type: ignore[no-untyped-call]
        if self._grace is None:
            self._grace = cast("Any", reactor).callLater(CLOSE_GRACE, cast("Any", self.transport).abortConnection)


class TapFactory(_LenientHTTP11ClientFactory):
    """Builds tapped protocols for the pool."""

    def buildProtocol(self, addr: IAddress | None) -> TapProtocol:
        """Give a fresh protocol."""
        return TapProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


def _is_quiet(transport: Any) -> bool:
    """Tell whether an idle connection has nothing to read: neither late bytes of an earlier answer nor a goodbye."""
    socket = getattr(transport, "transport", transport).getHandle()  # below the TLS layer there is the plain transport
    poll = select.poll()
    poll.register(socket, select.POLLIN | getattr(select, "POLLRDHUP", 0))
    return not poll.poll(0)


def check_tap() -> None:
    """Ask and answer once over a protocol of the factory, in memory. Raises StetError unless every byte was noted and none changed."""
    mend = 'install "scrapy>=2.19,<2.20", or adapt crawler/protocol.py to the new Scrapy'
    idle: list[TapProtocol] = []
    sent = b"HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-OdD: 1\r\n\r\nok"
    fetch = Fetch(url="http://canary.invalid/", body_limit=100, head_limit=1000, verified=False)
    request = TxRequest(b"GET", b"/", Headers({b"Host": [b"canary.invalid"]}), None, persistent=True)
    setattr(request, FETCH, fetch)
    transport = StringTransport()
    try:
        protocol = TapFactory(idle.append, "canary").buildProtocol(None)  # type: ignore[no-untyped-call]
        protocol.makeConnection(transport)  # type: ignore[no-untyped-call]
        protocol.request(request).addErrback(lambda failure: failure.raiseException())
        for at in range(len(sent)):
            protocol.dataReceived(sent[at : at + 1])
    except Exception as error:
        raise StetError(f"the tap no longer fits Scrapy and Twisted ({error!r}); nothing was fetched", mend=mend) from error
    exchange = fetch.exchange("complete", None)
    if (b"".join(exchange.interim) + exchange.response, exchange.request) != (sent, transport.value()) or idle != [protocol]:
        raise StetError("the tap no longer sees what the wire carries; nothing was fetched", mend=mend)
