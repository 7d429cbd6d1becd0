"""A card that raises costs its own source and no page: the fault is named in the report, and the page in hand is kept unread."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.errors import StetError
from archive.model import Exchange
from crawler.shift import Watch, watch_of
from crawler.witness import request_facts
from spiders.services import EXCHANGES, ROLE

SAID = 200  # characters of an error that a report carries


class Faults:
    """Spider middleware that hears what a spider's own code raises, in its start and in its callbacks."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass on what the spider asks for first; name what it raises instead."""
        try:
            async for item_or_request in start:
                yield item_or_request
        except Exception as error:
            watch_of(self.crawler).tally.seeds_failed[f"the card raised {_words(error)}"] += 1
            raise

    def process_spider_exception(self, response: Response, exception: Exception) -> None:
        """Name what a callback raised; keep an article that now nobody hands on. Scrapy logs the trace and goes on."""
        watch = watch_of(self.crawler)
        watch.frontier.note(f"the card raised {_words(exception)}")
        request = response.request
        if request is not None and request.meta.get(ROLE) == "article" and request.meta.get(EXCHANGES):
            self._keep(watch, request, request.meta[EXCHANGES][-1], _words(exception))
        elif request is not None and request.meta.get(ROLE) == "seed":
            watch.tally.seeds_failed[f"the card raised {_words(exception)}"] += 1

    def _keep(self, watch: Watch, request: Request, exchange: Exchange, words: str) -> None:
        facts = request_facts(watch, "page", request, "article")
        try:
            watch.writer.write_page(exchange, facts | {"article": None, "text_missing": f"the card raised {words}"})
            watch.tally.keep(None)
        except StetError as error:
            watch.stop(error)


def _words(error: BaseException) -> str:
    """An error in a few words, for a report."""
    return f"{type(error).__name__}: {error}"[:SAID]
