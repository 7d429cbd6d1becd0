"""The sign of life: one POST when a night starts and one when it ends, for a watchdog that rings when none comes.

The addresses are those of healthchecks.io and its kin: `URL/start`, `URL` and `URL/fail`, the first lines of the report as body.
Whoever knows the address can still the watchdog: it stands in a file of its own, and in no message, log or traceback.
"""

import http.client
import ssl
import urllib.error
import urllib.request
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from archive.errors import NotTold
from archive.visit import SOFTWARE
from crawler.rules import Network

Event = Literal["start", "success", "fail"]

TIMEOUT = 5.0  # seconds without a byte, for each try
TRIES = 2
MOST = 10_000  # bytes of a body
_ENDINGS: dict[Event, str] = {"start": "/start", "success": "", "fail": "/fail"}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A secret is told to the one address it belongs to, and to none that an answer names."""

    def redirect_request(self, *_: object) -> None:
        return None


def ping(url_file: Path, event: Event, body: str, *, network: Network) -> None:
    """Tell the watchdog. Raises NotTold with the reason and without the address."""
    request = urllib.request.Request(  # noqa: S310 (the scheme is looked at where the address is made)
        address(url_file, event),
        data=body.encode("utf-8", "replace")[:MOST],
        headers={"User-Agent": SOFTWARE.replace(" ", "/"), "Content-Type": "text/plain; charset=utf-8"},
        method="POST",
    )
    opener = _opener(network)
    for tries_left in reversed(range(TRIES)):
        try:
            with opener.open(request, timeout=TIMEOUT):
                return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < 500 or not tries_left:
                raise NotTold(f"ping: the answer was {error.code}", mend="compare the address in ping.url_file") from None
        except OSError as error:  # URLError is one
            if not tries_left:
                raise NotTold(f"ping: {_reason(error)}") from None
        except (http.client.HTTPException, ValueError):
            raise NotTold("ping: the address or its answer is not HTTP", mend="compare the address in ping.url_file") from None


def address(url_file: Path, event: Event) -> str:
    """The address for an event, from the first line of the file that says something. Raises NotTold."""
    found = secrets(url_file, key="ping.url_file")
    try:
        parts = urlsplit(found[0]) if found else None
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotTold(f"ping.url_file: {url_file} holds no http or https address", mend="write the address into it, on a line of its own")
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + _ENDINGS[event] or "/", parts.query, ""))


def secrets(path: Path, *, key: str) -> list[str]:
    """The lines of a file of secrets; empty ones and those behind `#` do not count. Raises NotTold naming key and file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NotTold(
            f"{key}: {path}: {(error.strerror or 'cannot be read').lower()}", mend="make the file readable for this user"
        ) from None
    except UnicodeDecodeError:
        raise NotTold(f"{key}: {path} is not UTF-8", mend="save the file as UTF-8") from None
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]


def _opener(network: Network) -> urllib.request.OpenerDirector:
    """HTTP and HTTPS by the proxy and roots of the crawl; no file:, no ftp:, no proxy out of the environment. Raises NotTold."""
    trust = ssl.create_default_context()
    if network.ca_file:
        try:
            trust.load_verify_locations(network.ca_file)
        except OSError:  # an SSLError is one
            raise NotTold(f"ping: {network.ca_file} holds no certificates", mend="look at network.ca_file") from None
    proxies = {"http": network.proxy, "https": network.proxy} if network.proxy else {}
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=trust),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _NoRedirect(),
    ):
        opener.add_handler(handler)
    return opener


def _reason(error: OSError) -> str:
    """Why no answer came, in words that hold no address."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    if isinstance(cause, ssl.SSLError):
        return f"the certificate or the handshake is not right ({cause.reason or type(cause).__name__})"
    said = cause.strerror if isinstance(cause, OSError) else None
    return (said or type(cause).__name__).lower()
