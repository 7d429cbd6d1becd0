"""The download handler that keeps each exchange as it was on the wire, and the Scrapy settings it needs.

Every fetch, finished or failed, appends one Exchange to `request.meta["stet_exchanges"]` and sends the signal `exchange_made`.
No private header ties an answer to its request: each request gets its own view of the connection pool, which marks what goes through it,
so there is nothing that could leak to a server.
"""

# ruff: noqa: N802 (names of Twisted's)

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.web.client import Agent
from twisted.web.iweb import IResponse

from archive.errors import ConfigError, StetError
from archive.model import End, Exchange
from crawler.connect_to import ConnectTo, MappedEndpoints, parse_connect_to, target
from crawler.guard import RESOLVERS, Guard, is_public, literal, parse_networks
from crawler.rules import Rules
from crawler.tap import Fetch
from crawler.trust import Roots, cached, policy
from spiders.services import EXCHANGES

try:
    from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
    from scrapy.utils._download_handlers import wrap_twisted_exceptions

    from crawler.ends import Refusal, end_of, end_of_flags, word
    from crawler.protocol import FETCH, TapFactory, check_tap
except ImportError as error:
    raise StetError(
        f"the classes that carry bytes have moved inside Scrapy or Twisted ({error}); nothing was fetched",
        mend='install "scrapy>=2.19,<2.20", or adapt crawler/protocol.py to the new Scrapy',
    ) from error

__all__ = ["EXCHANGES", "ConnectTo", "StetDownloadHandler", "check_wire", "exchange_made", "parse_connect_to", "wire_settings"]

exchange_made = object()  # signal: request, exchange, spider


class StetDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler over tapped connections, with our trust, our addresses and one total deadline."""

    def __init__(self, crawler: Crawler) -> None:
        """Raises ConfigError when STET_CA_FILE or STET_CONNECT_TO cannot be used."""
        super().__init__(crawler)
        settings = crawler.settings
        self._pool._factory = TapFactory
        self._verified = settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
        ca_file = settings.get("STET_CA_FILE")
        self._contextFactory: Any = policy(Path(ca_file) if ca_file else None) if self._verified else cached(self._contextFactory)
        self._table = tuple(parse_connect_to(rule) for rule in settings.getlist("STET_CONNECT_TO"))
        self._head_limit = settings.getint("STET_MAX_HEADERS", 256 * 1024)
        self._deadline = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._proxy = str(settings.get("STET_PROXY") or "")

    async def download_request(self, request: Request) -> Response:
        """Fetch, and append what happened on the wire; then answer or raise as Scrapy's own handler does.

        Raises DownloadCancelledError over the size limit, DownloadTimeoutError past the deadline, Refusal when our own rules forbid it.
        """
        if self._proxy:
            request.meta.setdefault("proxy", self._proxy)
        fetch = Fetch(
            url=urldefrag(request.url)[0],  # what is asked; Scrapy's response is named the same
            body_limit=int(request.meta.get("download_maxsize", self._default_maxsize)),
            head_limit=self._head_limit,
            verified=self._verified,
            proxied=bool(request.meta.get("proxy")),
        )
        try:
            response = await self._ask(request, fetch)
        except Exception as error:
            self._keep(request, fetch, end_of(error), self._why(error, request, fetch))
            raise
        self._keep(request, fetch, end_of_flags(response.flags), None)
        return response

    async def _ask(self, request: Request, fetch: Fetch) -> Response:
        """Send the request through an agent that knows its fetch."""
        check_may_ask(request, _guard())
        agent = StetAgent(
            fetch=fetch,
            table=self._table,
            contextFactory=self._contextFactory,
            connectTimeout=self._deadline,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=False,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            response = await maybe_deferred_to_future(agent.download_request(request))
        if fetch.tap is None:
            raise StetError(f"{request.url} came over a connection without a tap", mend="run `stet doctor`: Scrapy's classes have changed")
        if fetch.tap.end == "length":
            raise DownloadCancelledError(f"{request.url} sent more than {fetch.body_limit} bytes")
        return response

    def _why(self, error: Exception, request: Request, fetch: Fetch) -> str:
        """Give the short word for a failure; a name that the guard refused is not a name that does not exist."""
        tap = fetch.tap
        why = word(error, received=tap is not None and tap.size > 0)
        if why in ("closed", "reset", "timeout") and tap is not None and tap.is_strange():
            return "not-http"
        if why == "dns" and not fetch.proxied:
            parts = urlsplit(request.url)
            host = parts.hostname or ""
            mapped = target(self._table, host, parts.port or (443 if parts.scheme == "https" else 80))
            refused = _guard().refused(mapped[0] if mapped else host)
            if refused is not None:
                return f"guard: {refused} is not public"
        return why

    def _keep(self, request: Request, fetch: Fetch, end: End, why: str | None) -> None:
        """Append the exchange where spiders find it, and tell whoever listens."""
        exchange = fetch.exchange(end, why)
        exchanges: list[Exchange] = request.meta.setdefault(EXCHANGES, [])
        exchanges.append(exchange)
        self._crawler.signals.send_catch_log(exchange_made, request=request, exchange=exchange, spider=self._crawler.spider)


class StetAgent(_ScrapyAgent):
    """Scrapy's agent for one request, going to mapped addresses and through a pool that knows the fetch."""

    def __init__(self, *, fetch: Fetch, table: Sequence[ConnectTo], **rest: Any) -> None:
        super().__init__(**rest)
        self._fetch = fetch
        self._table = table

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        agent = cast("Any", super()._get_agent(request, timeout))
        if self._table:
            agent._endpointFactory = MappedEndpoints(agent._endpointFactory, self._table, self._contextFactory)
        agent._pool = MarkingPool(agent._pool, self._fetch)
        return cast("Agent", agent)


class MarkingPool:
    """The connection pool as one request sees it: what is asked through it carries the fetch."""

    def __init__(self, pool: Any, fetch: Fetch) -> None:
        self._pool = pool
        self._fetch = fetch
        self.persistent: bool = pool.persistent

    def getConnection(self, key: Hashable, endpoint: IStreamClientEndpoint) -> "Deferred[MarkedConnection]":
        """Give a connection of the pool, marked."""
        found: Deferred[Any] = self._pool.getConnection(key, endpoint)
        return found.addCallback(MarkedConnection, self._fetch)


class MarkedConnection:
    """A connection (or Twisted's retrying wrapper around one) that writes the fetch on the request, where a silent retry finds it."""

    def __init__(self, connection: Any, fetch: Fetch) -> None:
        self._connection = connection
        self._fetch = fetch

    def request(self, request: Any) -> "Deferred[IResponse]":
        """Send."""
        setattr(request, FETCH, self._fetch)
        return cast("Deferred[IResponse]", self._connection.request(request))


def _guard() -> Guard:
    """Give the guard that stands in the reactor's name resolution. Raises StetError when none does: then nothing may be fetched."""
    from twisted.internet import reactor

    guard = cast("Any", reactor).nameResolver
    if not isinstance(guard, Guard):
        raise StetError("no guard stands in the name resolution; nothing was fetched", mend="start crawls with wire_settings(rules)")
    return guard


def check_may_ask(request: Request, guard: Guard) -> None:
    """Raise Refusal for a proxy with credentials, and for literal addresses that a proxy would be asked to reach past the guard."""
    proxy = request.meta.get("proxy")
    if not proxy:
        return
    if "@" in proxy or b"Proxy-Authorization" in request.headers:
        raise Refusal("proxy: credentials are never sent")
    for url in (request.url, proxy if "//" in proxy else f"http://{proxy}"):
        address = literal(urlsplit(url).hostname or "")
        if address is not None and not is_public(address, guard.allow):
            raise Refusal(f"guard: {address} is not public")


def check_wire() -> None:
    """Send one request through a protocol of the pool's factory, in memory, and compare every byte. Called before every crawl.

    Raises StetError when the private classes of Scrapy or Twisted are no longer what they were: no exchange could be kept then.
    """
    check_tap()
    for owner, name in ((_ScrapyAgent, "_get_agent"), (_ScrapyAgent, "download_request"), (HTTP11DownloadHandler, "download_request")):
        if not callable(getattr(owner, name, None)):
            raise StetError(f"Scrapy's {owner.__name__} has no {name} any more", mend='install "scrapy>=2.19,<2.20"')


def wire_settings(rules: Rules) -> dict[str, Any]:
    """Give the Scrapy settings of this part: handlers, resolver, trust, sizes, deadline, addresses.

    Not among them: `Accept-Encoding: gzip, deflate` in DEFAULT_REQUEST_HEADERS (Scrapy would add br and zstd). Raises ConfigError.
    """
    network = rules.network
    if "@" in network.proxy:
        raise ConfigError("network.proxy: a proxy URL with credentials is refused", mend="let the proxy know this machine by its address")
    for rule in network.connect_to:
        parse_connect_to(rule)
    parse_networks(network.allow)
    Roots(network.ca_file)
    return {
        "DOWNLOAD_HANDLERS": {
            "http": StetDownloadHandler,
            "https": StetDownloadHandler,
            "file": None,
            "ftp": None,
            "s3": None,
            "data": None,
        },
        "TWISTED_REACTOR_ENABLED": True,
        "TWISTED_DNS_RESOLVER": Guard,
        "DNSCACHE_ENABLED": False,
        "REACTOR_THREADPOOL_MAXSIZE": RESOLVERS,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # we judge how an answer ended
        "DOWNLOAD_MAXSIZE": rules.limits.body,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": rules.limits.seconds,
        "HTTPPROXY_ENABLED": False,  # it would obey http_proxy of the environment, with credentials
        "COOKIES_ENABLED": False,
        "STET_MAX_HEADERS": rules.limits.headers,
        "STET_CONNECT_TO": tuple(network.connect_to),
        "STET_CA_FILE": str(network.ca_file) if network.ca_file else None,
        "STET_ALLOW_NETWORKS": tuple(network.allow),
        "STET_PROXY": network.proxy,
    }
