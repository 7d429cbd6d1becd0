"""The alarm for the day Scrapy or Twisted change: one clear failure before anything is fetched, never a crawl that keeps nothing."""

import subprocess
import sys

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.spiders import Spider
from twisted.internet.defer import Deferred
from twisted.internet.testing import StringTransport
from twisted.web._newclient import Request as TxRequest
from twisted.web.http_headers import Headers

from crawler.protocol import FETCH, TapFactory, TapProtocol
from crawler.rules import Rules
from crawler.tap import Fetch
from crawler.wire import check_wire, wire_settings
from tests.checkout import ROOT


def python(program: str) -> str:
    """What a program says before it ends; it runs alone, for it breaks the libraries on purpose."""
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False)
    return ended.stdout + ended.stderr


def test_the_tap_fits_the_installed_scrapy() -> None:
    check_wire()


@pytest.mark.parametrize(
    "name",
    [
        "_LenientHTTP11ClientFactory",
        "_LenientHTTP11ClientProtocol",
        "_LenientHTTPClientParser",
        "_ScrapyAgent",
        "HTTP11DownloadHandler",
    ],
)
def test_a_class_that_moved_is_one_clear_error_with_a_mend(name: str) -> None:
    said = python(
        "import scrapy.core.downloader.handlers.http11 as home\n"
        f"del home.{name}\n"
        "from archive.errors import StetError\n"
        "try:\n    import crawler.wire\n"
        "except StetError as error:\n    print('refused:', error.what, '| mend:', error.mend)\n"
    )
    assert said.startswith("refused: ")
    assert name in said
    assert "scrapy>=2.19,<2.20" in said


@pytest.mark.parametrize(
    "change",
    [
        "home.HTTP11ClientProtocol.dataReceived = lambda self, data: None",
        "home.HTTP11ClientProtocol.request = lambda self, request: None",
        "home.Request.writeTo = lambda self, transport: transport.write(b'GET / HTTP/1.1') or home.succeed(None)",
        "home.HTTPClientParser.lineReceived = lambda self, line: None\n"
        "import scrapy.core.downloader.handlers.http11 as h\nh._LenientHTTPClientParser.lineReceived = lambda self, line: None",
        "home.HTTP11ClientProtocol._finishResponse_WAITING = None",
    ],
)
def test_a_protocol_that_works_otherwise_is_refused_before_the_crawl(change: str) -> None:
    said = python(
        "import twisted.web._newclient as home\nfrom crawler.wire import check_wire\nfrom archive.errors import StetError\n"
        f"{change}\n"
        "try:\n    check_wire()\n    print('passed')\n"
        "except StetError as error:\n    print('refused:', error.what, '| mend:', error.mend)\n"
    )
    if "writeTo" in change:  # another request is as good as any, as long as it is seen
        assert said.strip() == "passed"
    else:
        assert said.startswith("refused: "), said
        assert "scrapy>=2.19,<2.20" in said


def test_check_wire_leaves_the_choice_of_reactor_open() -> None:
    said = python("import sys\nfrom crawler.wire import check_wire\ncheck_wire()\nprint('twisted.internet.reactor' in sys.modules)")
    assert said.strip() == "False"


def test_without_a_guard_nothing_is_fetched() -> None:
    said = python(
        "import asyncio, scrapy\nfrom scrapy.crawler import AsyncCrawlerProcess\nfrom crawler.rules import Rules\n"
        "from crawler.wire import wire_settings\n"
        "class Asking(scrapy.Spider):\n"
        "    name = 'asking'\n"
        "    async def start(self):\n"
        "        yield scrapy.Request('http://127.0.0.1:9/', errback=lambda f: print('failed:', f.value.what), callback=print)\n"
        "settings = wire_settings(Rules()) | {'LOG_ENABLED': False, 'TELNETCONSOLE_ENABLED': False, 'RETRY_ENABLED': False}\n"
        "settings['TWISTED_DNS_RESOLVER'] = 'scrapy.resolver.CachingHostnameResolver'\n"
        "process = AsyncCrawlerProcess(settings)\nprocess.crawl(Asking)\nprocess.start()\n"
    )
    assert "failed: no guard stands in the name resolution; nothing was fetched" in said


def test_the_defaults_that_would_spoil_the_record_are_changed() -> None:
    """Read from a crawler, after Scrapy has laid its own defaults below."""
    settings = Crawler(Spider, Settings(wire_settings(Rules()))).settings
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert not settings.getbool("DOWNLOAD_FAIL_ON_DATALOSS")
    assert settings.getint("DOWNLOAD_MAXSIZE") == 16 * 1024 * 1024
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == 60.0
    assert not settings.getbool("COOKIES_ENABLED")
    assert not settings.getbool("HTTPPROXY_ENABLED")
    assert not settings.getbool("DNSCACHE_ENABLED")
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler is not None} == {"http", "https"}


class Slow:
    """A body that never gets all written."""

    length = 10

    def startProducing(self, consumer: object) -> "Deferred[None]":  # noqa: N802
        consumer.write(b"12345")  # type: ignore[attr-defined]
        return Deferred()

    def stopProducing(self) -> None:  # noqa: N802
        """Nothing to stop."""


def test_an_answer_before_the_request_is_all_sent_has_its_end() -> None:
    """Twisted ends it by another method than usual, an alias made when its class was made."""
    protocol = TapFactory(lambda _: None, "test").buildProtocol(None)
    assert isinstance(protocol, TapProtocol)
    transport = StringTransport()
    transport.abortConnection = lambda: None
    protocol.makeConnection(transport)
    fetch = Fetch(url="http://a.test/", body_limit=0, head_limit=1000, verified=False)
    request = TxRequest(b"POST", b"/", Headers({b"Host": [b"a.test"]}), Slow(), persistent=True)
    setattr(request, FETCH, fetch)
    protocol.request(request)
    answer = b"HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\n\r\nno"
    protocol.dataReceived(answer + b"surplus")
    if protocol._grace is not None:
        protocol._grace.cancel()
    exchange = fetch.exchange("disconnect", None)
    assert (exchange.end, exchange.response, exchange.surplus) == ("complete", answer, 7)
    assert exchange.request == transport.value()
    assert exchange.request.endswith(b"\r\n\r\n12345")
