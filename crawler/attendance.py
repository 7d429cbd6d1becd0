"""Opens the watch over a source when its spider begins, hands the spider what it needs, and closes the file when it is done."""

import logging
from functools import partial
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from archive.clock import to14, utc_now
from archive.errors import StetError
from archive.visit import visit_facts
from crawler.rules import Rules
from crawler.shift import Shift, Watch, watch_of
from crawler.sieve import sift
from pipelines.challenge import answers_instead
from spiders.cited import CitedSpider, Errand

log = logging.getLogger(__name__)


class Attendance:
    """Scrapy extension: opens the Watch of a spider, hands it its services, and closes it when the spider is done."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.own: Shift | None = None  # a shift of our own when started by `scrapy crawl`, outside any night
        crawler.signals.connect(self.opened, signal=signals.spider_opened)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def opened(self, spider: Spider) -> None:
        """Begin: the spider gets its readers and its frontier."""
        shift: Shift | None = getattr(self.crawler, "stet_shift", None)
        if shift is None:
            rules: Rules = self.crawler.settings["STET_RULES"]
            shift = self.own = Shift(rules=rules, night=to14(utc_now())).__enter__()
        night = shift

        def stop(error: StetError) -> None:
            self._stop(night, error)

        closes = isinstance(spider, CitedSpider)
        watch = shift.closing_watch(stop) if closes else shift.watch(spider.source, stop)  # type: ignore[attr-defined]
        watch.frontier.sifter = partial(sift, watch)
        watch.frontier.doubter = lambda body: watch.readers.run(answers_instead, body)
        watch.tally.selectors = frozenset(getattr(spider, "selectors", ()))
        self.crawler.stet_watch = watch  # type: ignore[attr-defined]
        spider.readers = watch.readers  # type: ignore[attr-defined]
        spider.frontier = watch.frontier  # type: ignore[attr-defined]
        if isinstance(spider, CitedSpider):
            spider.forgo = lambda errand, reason: forgo(watch, errand, reason)

    def _stop(self, shift: Shift, error: StetError) -> None:
        if shift.broken is None:
            shift.broken = error
            log.error("%s. %s", error.what, error.mend)
        watch_of(self.crawler).frontier.closed = True
        if self.crawler.crawling:
            from scrapy.utils.defer import _schedule_coro

            _schedule_coro(self.crawler.stop_async())

    def closed(self, spider: Spider) -> None:
        """End: the file is sealed; what the source gave stands in its tally."""
        watch: Watch = watch_of(self.crawler)
        try:
            watch.writer.seal()
        except StetError as error:
            watch.stop(error)
        shift: Shift | None = getattr(self.crawler, "stet_shift", self.own)
        if shift is not None:
            shift.bytes_written += watch.writer.bytes_written
        if self.own is not None:
            self.own.__exit__()


def forgo(watch: Watch, errand: Errand, reason: str) -> None:
    """One metadata record of an address that a rule lets go, so that no later night asks for it."""
    facts = visit_facts(
        "dropped", role=errand.role, source=errand.source, night=watch.night, url=errand.url, via=errand.cited_by[0], reason=reason
    )
    watch.write_facts({**facts, "cited_by": list(errand.cited_by)}, url=errand.url)
    if watch.closing:
        watch.closing.left[reason] += 1
