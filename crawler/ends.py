"""How a fetch ends: what Scrapy, Twisted and OpenSSL raise, as one of our ends and one short stable word."""

from collections.abc import Iterator

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    StopDownload,
)
from service_identity.exceptions import CertificateError, VerificationError
from twisted.internet.defer import CancelledError
from twisted.internet.error import (
    ConnectError,
    ConnectionAborted,
    ConnectionDone,
    ConnectionLost,
    ConnectionRefusedError,
    DNSLookupError,
    TCPTimedOutError,
    TimeoutError,
)
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, RequestNotSent

from archive.errors import StetError
from archive.model import End
from crawler.protocol import HeadTooLarge


class Refusal(StetError):
    """Our own rules forbid this fetch; the sentence is the word that the exchange carries."""


# first match wins; an exception is looked at before its causes
WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (CannotResolveHostError, "dns"),
    (DNSLookupError, "dns"),
    (DownloadConnectionRefusedError, "refused"),
    (ConnectionRefusedError, "refused"),
    (DownloadTimeoutError, "timeout"),
    (TCPTimedOutError, "timeout"),
    (TimeoutError, "timeout"),
    (HeadTooLarge, "limit: headers"),
    (ParseError, "not-http"),
    (KeyError, "not-http"),  # Twisted's parser knows no such transfer coding
    (ConnectionDone, "closed"),
    (ConnectionLost, "reset"),
    (ConnectionAborted, "reset"),
    (RequestNotSent, "reset"),
    (ConnectError, "unreachable"),
    (CancelledError, "cancelled"),
    (DownloadCancelledError, "cancelled"),
    (ValueError, "not-http"),  # two different lengths, a length that is no number; or a host that is no name, see `word`
)


def end_of(error: BaseException) -> End:
    """Give how an answer ended whose head had come, from what was raised instead of a response."""
    match error:
        case DownloadTimeoutError():
            return "time"
        case DownloadCancelledError():
            return "length"
        case StopDownload():
            return "unspecified"
        case ResponseDataLossError():
            return "disconnect"
        case _:
            return "disconnect"


def end_of_flags(flags: list[str]) -> End:
    """Give how an answer ended that Scrapy handed on, from its flags."""
    if "download_stopped" in flags:
        return "unspecified"
    if "dataloss" in flags:
        return "disconnect"
    return "close" if "partial" in flags else "complete"


def word(error: BaseException, *, received: bool) -> str:
    """Give the short word for a fetch without a usable answer: dns, refused, reset, closed, timeout, tls: …, not-http, …

    `received`: some bytes of an answer had come, so that a ValueError speaks of them and not of our own URL.
    """
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, Refusal):
            return cause.what
        if isinstance(cause, (VerificationError, CertificateError)):
            return "tls: wrong name"
        if isinstance(cause, SSL.Error):
            return f"tls: {_openssl_reason(cause)}"
    for cause in causes:
        for kind, name in WORDS:
            if isinstance(cause, kind):
                return "bad url" if kind is ValueError and not received else name
    return type(error).__name__


def _causes(error: BaseException, depth: int = 8) -> Iterator[BaseException]:
    """Walk from an exception to what it wraps: Twisted's lists of failures, and Python's own causes; innermost first."""
    if depth:
        for failure in getattr(error, "reasons", ()):
            if isinstance(failure, Failure) and failure.value is not None:
                yield from _causes(failure.value, depth - 1)
        if error.__cause__ is not None:
            yield from _causes(error.__cause__, depth - 1)
    yield error


def _openssl_reason(error: SSL.Error) -> str:
    """Give OpenSSL's own last reason, in small letters: "certificate verify failed", "wrong version number"."""
    entries = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return str(entries[-1][2]).lower() if entries else "handshake failed"
