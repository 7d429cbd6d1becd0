"""Keeps what no spider will hand on: seeds, robots.txt, redirect hops, error pages, failed fetches.

It stands next to the downloader, below every other middleware, so that nothing above can alter or swallow an exchange.
A 2xx answer to an article is the one thing it lets pass: the Deposit keeps that, after it is read.
"""

from typing import Self, cast

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import load_object

from archive.facts import JSON
from archive.model import WHOLE, Exchange, Role
from archive.visit import cut_short, visit_facts
from crawler.shift import Watch, watch_of
from crawler.verdicts import SAME_PAGE
from spiders.cited import CITED_BY, RECEIVED, SPONSOR, TOO_MANY_BYTES
from spiders.services import AGAIN, ASKED, ENDING, EXCHANGES, ROLE, ROOT, VIA

REDIRECTS = (301, 302, 303, 307, 308)


def role_of(request: Request) -> Role:
    """What this request is for: robots.txt is asked by Scrapy itself and says nothing."""
    return cast("Role", request.meta.get(ROLE) or ("robots" if request.meta.get("dont_obey_robotstxt") else "seed"))


def request_facts(watch: Watch, kind: str, request: Request, role: Role, reason: str | None = None) -> dict[str, JSON]:
    """What a metadata record says of a request: who asked for which address, and how it came there."""
    facts = visit_facts(
        kind,
        role=role,
        source=request.meta.get(SPONSOR) or watch.sponsors.get(urlparse_cached(request).netloc, watch.source.id),
        night=watch.night,
        url=request.url,
        asked=request.meta.get(ASKED),
        hops=request.meta.get("redirect_urls", ()),
        via=request.meta.get(VIA),
        reason=reason,
    )
    citers = request.meta.get(CITED_BY)
    return {**facts, "cited_by": list(citers)} if citers else facts


def give_up(watch: Watch, request: Request, reason: str) -> None:
    """Count a cited address that a rule of the site or of ours keeps from being asked, and leave one record that it was tried."""
    if watch.closing is None:
        return
    role = role_of(request)
    facts = request_facts(watch, "failed", request, role, reason) | {"url": request.meta.get(ASKED, request.url)}
    watch.closing.count(role, reason, 0)
    watch.write_facts(facts, url=str(facts["url"]))


class Witness:
    """Downloader middleware that writes every exchange which is not an article's good answer, and counts requests."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.retry_times = crawler.settings.getint("RETRY_TIMES")
        self.retry_exceptions = tuple(load_object(kind) for kind in crawler.settings.getlist("RETRY_EXCEPTIONS"))
        self.retry_codes = {int(code) for code in crawler.settings.getlist("RETRY_HTTP_CODES")}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        witness = cls(crawler)
        crawler.signals.connect(witness.passed_over, signal=signals.request_dropped)
        return witness

    def passed_over(self, request: Request) -> None:
        """Count an article whose redirect leads where another one led tonight: Scrapy asks for a page once, and tells nobody."""
        if role_of(request) == "article" and request.meta.get("redirect_urls"):
            watch_of(self.crawler).tally.dropped[SAME_PAGE] += 1

    async def process_response(self, request: Request, response: Response) -> Response:
        """Keep the answer, unless it is the article itself."""
        watch = watch_of(self.crawler)
        watch.tally.asked += 1
        exchanges: list[Exchange] = request.meta.get(EXCHANGES, [])
        role = role_of(request)
        if not exchanges or (role == "article" and 200 <= response.status < 300):
            return response
        if response.status in REDIRECTS and response.headers.get("Location"):
            role = "hop"
        self._keep(watch, request, exchanges[-1], role, response)
        request.meta[RECEIVED] = len(exchanges[-1].response)
        if self._is_last(request, response.status) and role != "hop":
            self._count(watch, role, response.status, request)
        watch.progress(watch.tally)
        exchanges.clear()  # written: megabytes that nobody needs would wait in meta for the garbage collector
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Keep what can be said of a fetch that gave no answer."""
        exchanges: list[Exchange] = request.meta.get(EXCHANGES, [])
        if not exchanges or isinstance(exception, IgnoreRequest):  # nobody was asked: what stands there is of an earlier attempt or hop
            return
        watch = watch_of(self.crawler)
        watch.tally.asked += 1
        exchange = exchanges[-1]
        reason = exchange.error or cut_short(exchange.end)
        if exchange.end == "length" and role_of(request) == "requisite":
            reason = TOO_MANY_BYTES
        if exchange.response:
            self._keep(watch, request, exchange, role_of(request), None)
        else:
            facts = request_facts(watch, "failed", request, role_of(request)) | {"reason": reason}
            watch.write_facts(facts, url=request.url, exchange=exchange)
        request.meta[RECEIVED] = len(exchange.response)
        if not isinstance(exception, self.retry_exceptions) or self._is_last(request, None):
            self._count(watch, role_of(request), reason, request)
        exchanges.clear()

    def _is_last(self, request: Request, status: int | None) -> bool:
        """Whether Scrapy's retry middleware will leave it at this answer."""
        if status is not None and status not in self.retry_codes:
            return True
        return bool(request.meta.get("dont_retry")) or request.meta.get("retry_times", 0) >= self.retry_times

    def _count(self, watch: Watch, role: Role, ended: int | str, request: Request) -> None:
        good = ended == 304 or (isinstance(ended, int) and 200 <= ended < 300)
        match role:
            case "seed" if request.meta.get(ENDING) and ended in (404, 410):
                pass  # the page behind the last one: that is how feeds and listings end
            case "seed":
                watch.tally.seed_ended(request.meta.get(ROOT, ""), ended, good=good)
            case "article" if good and request.meta.get(AGAIN):
                watch.tally.unchanged += 1
            case "article":
                watch.tally.failed[str(ended)] += 1
            case "cited" | "requisite" if watch.closing is not None:
                watch.closing.count(role, ended, request.meta.get(RECEIVED, 0))
            case "robots" if isinstance(ended, str):
                watch.frontier.note(f"no answer for robots.txt: {ended}")

    def _keep(self, watch: Watch, request: Request, exchange: Exchange, role: Role, response: Response | None) -> None:
        """Write the exchange as a capture; a seed whose body we hold already becomes a revisit."""
        facts = request_facts(watch, "page", request, role)
        asked_again = role != "article" or request.meta.get(AGAIN)
        earlier = watch.known.get(request.url) if role in ("seed", "robots", "article") and asked_again else None
        capture = earlier.capture if earlier is not None and earlier.outcome == "kept" else None
        if response is not None and response.status != 304 and exchange.end not in WHOLE:
            capture = None

        def write() -> None:
            kept = watch.writer.write_page(exchange, facts, refers_to=capture)
            if kept.record_type == "revisit" and role != "article":  # an article that is what it was is counted as unchanged
                watch.tally.revisits += 1

        watch.written(write)
