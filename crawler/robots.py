"""robots.txt, obeyed: a server that cannot answer for it (5xx, unreachable, cut short) is not visited tonight.

RFC 9309 section 2.3.1: 4xx means no rules, 5xx and unreachable mean complete disallow. Scrapy's own middleware crawls on.
"""

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from archive.digest import sha256_hex
from archive.errors import StetError
from archive.model import CITED_ROLES
from crawler.ends import word
from crawler.manners import slow_down
from crawler.neighbours import Said
from crawler.shift import watch_of
from crawler.unpack import UNDECODABLE
from crawler.verdicts import NOT_TONIGHT
from crawler.witness import give_up, role_of
from spiders.cited import SPONSOR
from spiders.services import ROOT

NOTHING = b"User-agent: *\nDisallow: /\n"
LIMIT = 500 * 1024  # bytes that are read of it, as the RFC allows (section 2.5)


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware with our reading of failures, and with refusals counted by name."""

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host. Of the requests that wait for them, Scrapy hands all but two None, which would permit."""
        watch, netloc = watch_of(self.crawler), urlparse_cached(request).netloc
        if sponsor := request.meta.get(SPONSOR):
            watch.sponsors.setdefault(netloc, sponsor)
        said = watch.heard.rules.get(netloc)
        if said is not None and netloc not in self._parsers:
            self._obey(netloc, said)
        handed = await super().robot_parser(request)
        settled = self._parsers[netloc]
        return settled if isinstance(settled, RobotParser) else handed

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        said = self._said(response)
        await super()._parse_robots(response.replace(body=said.body, status=200), netloc, request)
        watch_of(self.crawler).heard.rules[netloc] = said
        self._took(netloc, said)

    def _said(self, response: Response) -> Said:
        """The rules of an answer. Those of one that says nothing usable refuse everything, for tonight."""
        if response.status >= 500 or response.status == 429:
            return Said(NOTHING, f"robots.txt answered {response.status}: {NOT_TONIGHT}")
        if response.status >= 400:
            return Said(b"")
        if not response.status < 300 or {"dataloss", UNDECODABLE} & set(response.flags):
            return Said(NOTHING, f"robots.txt cannot be read whole: {NOT_TONIGHT}")
        return Said(response.body[:LIMIT])

    def _obey(self, netloc: str, said: Said) -> None:
        """Take over what another source of this night was told by the same host."""
        self._parsers[netloc] = build_from_crawler(self._parserimpl, self.crawler, said.body)
        self._took(netloc, said)

    def _took(self, netloc: str, said: Said) -> None:
        """Tell the report, and whoever looks for sitemaps; wait as long as the host asks for."""
        watch = watch_of(self.crawler)
        if said.note:
            watch.frontier.note(said.note)
        else:
            self._heard(netloc, said.body)
            watch.frontier.robots[netloc] = said.body
        parser = self._parsers[netloc]
        delay = parser.crawl_delay(self._default_useragent) if isinstance(parser, RobotParser) else None
        if delay:
            host = netloc.rpartition("@")[2].partition(":")[0]
            watch.heard.waits[host] = slow_down(self.crawler, host, delay)

    def _heard(self, netloc: str, said: bytes) -> None:
        """Note what the site itself says, to tell tonight or later that it changed."""
        watch_of(self.crawler).tally.obey(netloc, sha256_hex(said)[:16])

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, StetError):
            watch_of(self.crawler).stop(exc)
        why = str(exc) if isinstance(exc, IgnoreRequest) and str(exc) else word(exc, received=False)
        said = Said(NOTHING, f"robots.txt unreachable ({why}): {NOT_TONIGHT}")
        watch_of(self.crawler).frontier.note(str(said.note))
        if not isinstance(exc, IgnoreRequest):  # turned away by ourselves: that says nothing of the host
            watch_of(self.crawler).heard.rules[netloc] = said
        waiting = self._parsers[netloc]
        refuse_all: RobotParser = build_from_crawler(self._parserimpl, self.crawler, NOTHING)
        self._parsers[netloc] = refuse_all
        waiting.callback(refuse_all)  # type: ignore[union-attr]

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what the rules refuse; count it."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as refusal:
            watch = watch_of(self.crawler)
            said = watch.heard.rules.get(urlparse_cached(request).netloc)
            watch.tally.dropped["robots"] += 1
            watch.tally.seed_closed(request.meta.get(ROOT, ""))
            if role_of(request) in CITED_ROLES:
                give_up(watch, request, "robots")
            if said is not None and said.note:  # it forbids nothing: it could not be had
                raise IgnoreRequest(said.note) from refusal
            raise
