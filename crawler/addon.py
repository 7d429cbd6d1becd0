"""Plugs the house into Scrapy: one add-on, so that `scrapy crawl`, a night and a test all run the same wiring."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.settings import Settings

from crawler.manners import LEAST_DELAY
from crawler.settings import scrapy_settings
from crawler.wire import check_wire


class Stet:
    """Scrapy add-on. The rules of the crawl stand in the setting STET_RULES (crawler.rules.Rules)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def update_settings(self, settings: Settings) -> None:
        """Set what the house decides; refuse to crawl when the Scrapy internals under the capture have moved."""
        check_wire()
        for name, value in scrapy_settings(settings["STET_RULES"]).items():
            settings.set(name, value, "addon")
        own = getattr(getattr(self.crawler.spidercls, "source", None), "delay", None)
        delay = getattr(self.crawler, "stet_delay", own)  # that of the neighbours, where one of them asks for more
        if delay is not None:  # a card asks for more than the house's habit, never for less
            settings.set("DOWNLOAD_DELAY", max(delay, settings["STET_RULES"].polite.delay, LEAST_DELAY), "addon")
