"""The article half of a spider: a card's facts, and the way of one article from the seed that names it to the page handed on."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Literal, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.model import Hints, Page, Source
from spiders.discover import Entry, Found
from spiders.discover.found import day_of, days_in_path, moment_of
from spiders.discover.variants import plain_address
from spiders.services import AGAIN, ASKED, EXCHANGES, HINTS, ROLE, VIA, Candidate, Frontier, Readers
from spiders.shapes.seed import Seed
from spiders.site import site_of

ROOM = 64  # articles handed to Scrapy at a time; the others wait as a line in the frontier, not as a request in memory
AGAIN_ANSWERS = [304]  # shown to an article that is asked again, beside 2xx


class ArticleSpider(scrapy.Spider):
    """A card without seeds. `readers` and `frontier` are set by the crawler before `start`."""

    source: ClassVar[Source]
    hosts: ClassVar[tuple[str, ...]] = ()  # domains beside the home's own that this source speaks for
    article_url: ClassVar[tuple[str, ...]] = ()  # patterns an address must match when it comes from a sitemap or a listing
    selectors: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # where the readers find things; see docs/sources.md
    sieve: ClassVar[Literal["title"] | None] = None  # "title": what title and feed text show to be off topic is not asked for

    readers: Readers
    frontier: Frontier

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "source" in cls.__dict__ and isinstance(getattr(cls, "name", None), str):
            cls.source = replace(cls.source, id=cls.name)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site_of(self.source.home, self.hosts)
        self._waited_for: set[str] = set()  # seeds that have not answered: articles wait for them, to come newest first
        self._patience: asyncio.TimerHandle | None = None  # until the next seed has to answer
        self._page_before: dict[str, int] = {}  # what the last page of a seed named, as a hash
        self._out = 0  # articles that were asked for and are not done with
        self._taken = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.leave_off, signal=signals.spider_closed)
        for ending in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.item_ended, signal=ending)
        return spider

    # -- for cards to override ------------------------------------------------------------------------------------------

    def reshape(self, url: str) -> str:
        """The address to ask in place of the one a seed names; the same, unless a site needs otherwise."""
        return url

    def key_of(self, url: str) -> str:
        """What tells two articles apart within a night; the address, unless a site gives one article several."""
        return url

    async def consider(self, found: Found, seed: Seed) -> int:
        """Offer what a seed names to the frontier, and count it. How many articles nothing knew of before."""
        fresh: Sequence[Candidate] = [
            self.candidate(url, entry, seed)
            for entry in found.entries
            if not self.frontier.settled(url := self.reshape(entry.url), entry.modified) and self.in_question(entry)
        ]
        if self.sieve == "title" and fresh:
            fresh = await self.frontier.sift(fresh)
        new = sum([self.frontier.offer(one) for one in fresh])
        newest = max(filter(None, (entry.published or entry.modified for entry in found.entries)), key=moment_of, default=None)
        self.frontier.gave(seed.root, entries=len(found.entries), new=new, newest=newest, why=found.problem or found.barren)
        return new

    def repeats(self, found: Found, seed: Seed) -> bool:
        """Whether a page names just what the page before it did: some sites answer every number with their last page, or their first."""
        urls = hash(tuple(entry.url for entry in found.entries))
        before, self._page_before[seed.root] = self._page_before.get(seed.root), urls
        return seed.level > 0 and urls == before

    def wait_for(self, url: str) -> None:
        """Let the articles wait for this seed too; not for ever, if it is one that never answers."""
        self._waited_for.add(url)
        self.leave_off()
        self._patience = asyncio.get_running_loop().call_later(self.frontier.patience, self.go_on)

    def leave_off(self) -> None:
        """Stop the clock that runs while a seed is waited for."""
        if self._patience is not None:
            self._patience.cancel()

    def heard(self, seed: Seed) -> Iterator[Request]:
        """A seed has said all, and the seeds it names are asked: requests for articles, unless another is waited for."""
        self._waited_for.discard(seed.url)
        if self._waited_for:
            self.wait_for(next(iter(self._waited_for)))
        yield from self.next_articles()

    def go_on(self) -> None:
        """No seed has answered for long: the articles that are known need not wait for those that keep silent."""
        self._waited_for.clear()
        self.crawl_next(self.next_articles())

    def crawl_next(self, requests: Iterable[Request]) -> bool:
        """Hand requests to Scrapy from outside a callback. Whether there were any."""
        asked = list(requests)
        for request in asked:
            self.crawler.engine.crawl(request)
        return bool(asked)

    def in_question(self, entry: Entry) -> bool:
        """Whether an entry lies in the days asked for, as far as the seed or a dated path says. A last change bounds it from below only."""
        since, until = self.frontier.since, self.frontier.until
        if since is None and until is None:
            return True
        day = day_of(entry.published)
        first, last = (day, day) if day else days_in_path(entry.url) or (None, day_of(entry.modified))
        return not ((since and last and last < since) or (until and first and first > until))

    def candidate(self, url: str, entry: Entry, seed: Seed) -> Candidate:
        """An entry as the frontier takes it."""
        hints = Hints(
            title=entry.title,
            published=entry.published,
            published_from=seed.shape if entry.published else None,
            modified=entry.modified if seed.shape == "sitemap" else None,
            language=seed.language or entry.language,
            author=entry.author,
            summary=entry.summary,
            content=entry.content,
        )
        moment = moment_of(entry.published or entry.modified)
        return Candidate(url=url, key=self.key_of(url), hints=hints, via=seed.url, moment=moment, modified=entry.modified)

    def next_articles(self) -> Iterator[Request]:
        """Requests for the newest articles that wait, as many as there is room for; none while a seed has not answered."""
        while not self._waited_for and self._out < ROOM and (candidate := self.frontier.take()):
            self._out += 1
            self._taken += 1
            yield self.ask_article(candidate, self._taken)

    def ask_article(self, candidate: Candidate, rank: int) -> Request:
        """The request for one article, with what the seeds said of it; of a page that is held already, under the conditions it gave."""
        meta: dict[str, Any] = {ROLE: "article", ASKED: candidate.url, VIA: candidate.via, HINTS: candidate.hints}
        if candidate.conditions:
            meta |= {AGAIN: True, "handle_httpstatus_list": AGAIN_ANSWERS}
        return Request(
            candidate.url,
            callback=self.parse_article,
            errback=self.article_failed,
            headers=dict(candidate.conditions),
            meta=meta,
            priority=-rank,
        )

    def parse_article(self, response: Response) -> Iterator[Page | Request]:
        """The page, for a 2xx answer. Every other answer is kept by the crawler, next to the wire: then the article after it.

        A page is out until it is read and written: who asked for the next one before would pile up answers that a kill loses.
        """
        meta = response.meta
        if not 200 <= response.status < 300:
            yield from self.ended()
            return
        yield Page(
            source=self.source,
            url=response.url,
            asked=meta[ASKED],
            exchange=meta[EXCHANGES][-1],
            hops=tuple(meta.get("redirect_urls", ())),
            via=meta[VIA],
            hints=meta[HINTS],
            selectors=self.selectors,
            plain=plain if (plain := plain_address(response.url)) != response.url else None,
            domains=self.site.domains,
        )

    def article_failed(self, failure: Failure) -> Iterator[Request]:
        """The article after it: the crawler has counted and kept what there was."""
        self.logger.debug("no page: %s %s", type(failure.value).__name__, failure.request.url)  # type: ignore[attr-defined]
        yield from self.ended()

    def ended(self) -> Iterator[Request]:
        """One article is done with, written or not: requests for those that take its place."""
        self._out -= 1
        self.frontier.done()
        yield from self.next_articles()

    def item_ended(self) -> None:
        """Scrapy's word that a page was written, left out, or lost."""
        self.crawl_next(self.ended())

    def further(self) -> Iterator[Request]:
        """What is asked when nothing else is."""
        return self.next_articles()

    def wait_no_longer(self) -> None:
        """Count from nothing: no seed is waited for, no article is out."""
        self._waited_for.clear()
        self._out = 0

    def idle(self) -> None:
        """Scrapy holds nothing more of us. Whatever was lost count of (a filtered duplicate, a card that raised), what waits goes on."""
        self.wait_no_longer()
        if self.crawl_next(self.further()):
            raise DontCloseSpider
