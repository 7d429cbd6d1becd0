"""The rounds of a night: every spider once, several at a time, then what the articles cite; until the window closes or a signal comes."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from typing import Any, cast

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerRunner, Crawler

from archive.errors import StetError
from crawler.addon import Stet
from crawler.closing import Closing, waits
from crawler.guard import RESOLVERS, Guard
from crawler.loop import run_to_the_end
from crawler.manners import send_home
from crawler.neighbours import neighbourhoods
from crawler.shift import Shift, watch_of
from spiders.cited import CitedSpider
from spiders.discover import Site
from spiders.services import INTERRUPTED, OVERDUE, WINDOW_CLOSED
from spiders.shapes import SourceSpider
from spiders.site import site_of

log = logging.getLogger(__name__)


class Rounds:
    """One visit to each source. What each gave stands in the shift's tallies; `caught` is the signal that ended it early."""

    def __init__(self, shift: Shift, spiders: Sequence[type[SourceSpider]], *, window: float | None = None) -> None:
        self.shift = shift
        self.spiders = spiders
        self.window = window  # seconds
        self.caught: int | None = None
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []  # held, or the loop may forget them

    def run(self) -> None:
        """Visit them all. Returns when the last spider is done; a spider that cannot start costs its own source only.

        Who was visited longest ago comes first: a source that the window cut off last night does not fall behind again.
        """
        self.spiders = sorted(self.spiders, key=lambda spider: self.shift.last_visit(spider.name))
        run_to_the_end(self._visit_all)

    async def _visit_all(self, loop: asyncio.AbstractEventLoop) -> None:
        self._stand_guard()
        self._runner = AsyncCrawlerRunner({"ADDONS": {Stet: 0}, "STET_RULES": self.shift.rules, "LOG_ENABLED": False})
        room = asyncio.Semaphore(self.shift.rules.polite.total)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._on_signal, loop, number)
        watchman = loop.call_later(self.window, self._stop, loop, WINDOW_CLOSED) if self.window else None
        await asyncio.gather(*(self._visit_neighbours(spiders, room) for spiders in neighbourhoods(self.spiders)))
        await self._close(room)
        if watchman:
            watchman.cancel()

    async def _visit_neighbours(self, spiders: Sequence[type[SourceSpider]], room: asyncio.Semaphore) -> None:
        """Sources that share a host, one after another, with the pause between them that lies between two requests of one."""
        habit = self.shift.rules.polite.delay
        asked = [habit if spider.source.delay is None else spider.source.delay for spider in spiders]
        for number, spider in enumerate(spiders):
            if number:
                await self._pause(spiders)
            try:
                await self._visit(spider, room, delay=max(asked))
            except Exception as error:
                self._note_failure(spider, error)

    async def _pause(self, spiders: Sequence[type[SourceSpider]]) -> None:
        """The longest wait that these sources or their hosts ask for between two requests."""
        if self._stopping or self.shift.broken is not None:
            return
        domains = {domain for spider in spiders for domain in site_of(spider.source.home, spider.hosts).domains}
        site = Site(domains=tuple(domains))
        asked = [seconds for host, seconds in self.shift.heard.waits.items() if site.owns(f"https://{host}/")]
        await asyncio.sleep(max([self.shift.rules.polite.delay, *asked, *(spider.source.delay or 0 for spider in spiders)]))

    async def _close(self, room: asyncio.Semaphore) -> None:
        """The closing round: what the articles of these sources cite and are shown with, asked by one crawler for all."""
        sources = {spider.source.id for spider in self.spiders if spider.source.keeps_cited}
        if not sources or self._stopping or self.shift.broken is not None:
            return
        try:
            asks = self.shift.closing_round(sources)
            if asks:
                await self._pause(self.spiders)
                slots = waits(asks, self.spiders, self.shift.rules.polite.delay)
                spider = type("Closing", (CitedSpider,), {"custom_settings": {"DOWNLOAD_SLOTS": slots}})
                await self._visit(spider, room, cited=asks.cited, chains=asks.chains)
        except Exception as error:  # it costs what is cited, and no source and no night
            log.exception("the closing round broke off")
            self.shift.closing = self.shift.closing or Closing()
            self.shift.closing.notes[f"broke off: {type(error).__name__}: {str(error)[:200]}"] += 1

    def _stand_guard(self) -> None:
        """Every name is resolved by the guard. Scrapy's own processes install it from the settings; a runner does not."""
        from twisted.internet import reactor as installed

        reactor = cast("Any", installed)
        Guard(reactor, self.shift.rules.network.allow).install_on_reactor()
        reactor.getThreadPool().adjustPoolsize(maxthreads=RESOLVERS)

    async def _visit(self, spider: type[Spider], room: asyncio.Semaphore, *, delay: float | None = None, **given: object) -> None:
        async with room:
            if self._stopping or self.shift.broken is not None:
                return
            crawler = self._runner.create_crawler(spider)
            crawler.stet_shift = self.shift  # type: ignore[attr-defined]
            crawler.stet_delay = delay  # type: ignore[attr-defined]
            alarm = asyncio.get_running_loop().call_later(self.shift.rules.limits.source_seconds, self._overdue, crawler)
            try:
                await self._runner.crawl(crawler, **given)
            finally:
                alarm.cancel()

    def _overdue(self, crawler: Crawler) -> None:
        """A source that takes more than its share of the night ends with the record in hand; the others go on."""
        if not crawler.crawling:
            return
        watch_of(crawler).frontier.note(OVERDUE)
        send_home(crawler, OVERDUE)
        self._tasks.append(asyncio.get_running_loop().create_task(crawler.stop_async()))

    def _on_signal(self, loop: asyncio.AbstractEventLoop, number: int) -> None:
        self.caught = number
        self._stop(loop, INTERRUPTED)

    def _stop(self, loop: asyncio.AbstractEventLoop, why: str) -> None:
        """Let each spider finish the record in hand, and start no other."""
        self._stopping = True
        if self.shift.closing is not None:
            self.shift.closing.notes[why] += 1
        for crawler in self._runner.crawlers:
            if crawler.crawling:
                send_home(crawler, why)
                if crawler.spider is not None and crawler.spider.name in self.shift.tallies:
                    self.shift.tallies[crawler.spider.name].notes[why] += 1
        self._tasks.append(loop.create_task(self._runner.stop()))

    def _note_failure(self, spider: type[SourceSpider], outcome: BaseException) -> None:
        tally = self.shift.tallies.setdefault(spider.name, self.shift.tally(spider.source))
        tally.seeds_failed[f"spider: {type(outcome).__name__}: {str(outcome)[:200]}"] += 1
        if isinstance(outcome, StetError) and self.shift.broken is None:
            self.shift.broken = outcome
