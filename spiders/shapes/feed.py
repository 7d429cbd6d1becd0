"""Sites that offer feeds: RSS, Atom, JSON."""

from collections.abc import AsyncIterator, Iterator
from typing import ClassVar

from scrapy import Request
from scrapy.http import Response

from spiders.discover import Found, read_feed
from spiders.discover.found import day_of
from spiders.shapes.base import SEED, BaseSpider, content_type_of
from spiders.shapes.seed import Addresses, Seed, given

MOST_ENTRIES = 5000  # of one feed; what news sites offer has ten to a few hundred
MOST_PAGES = 1000  # of one feed, in a crawl that reaches back


class FeedSpider(BaseSpider):
    """Asks each feed and follows its entries. A feed's entries are articles by its own word: `article_url` is not asked.

    Older pages of a feed are asked in a crawl that reaches back, and in a night in which nothing on the page before was known:
    then more was published since the last visit than one page holds.
    """

    feeds: ClassVar[Addresses] = ()

    @classmethod
    def addresses(cls) -> dict[str, tuple[str, ...]]:
        """The card's seeds by shape."""
        return given(feeds=cls.feeds) | super().addresses()

    def seeds(self) -> Iterator[Request]:
        """One request for each feed, then those of the other shapes."""
        yield from self.card_seeds(self.feeds, "feed", self.ask_feed)
        yield from super().seeds()

    def ask_feed(self, seed: Seed) -> Request:
        """The request for a feed, or a page of one."""
        return self.ask_seed(seed, self.parse_feed, size=self.frontier.limits.feed)

    async def parse_feed(self, response: Response) -> AsyncIterator[Request]:
        """Requests for the articles a feed names, and for its older page."""
        body = self.seed_body(response)
        if body is None:
            for request in self.once_more(response):
                yield request
            return
        seed, bounds = response.meta[SEED], self.bounds(self.frontier.limits.feed, MOST_ENTRIES)
        reading = self.readers.run(read_feed, body, response.url, bounds, self.site, content_type_of(response))
        found = await self.read(seed, reading, body)
        await self.consider(found, seed)
        older = self.page_after(seed, found.next_page)
        if older is not None and self.goes_on(found, seed):
            yield self.ask_feed(older)
        for request in self.heard(seed):
            yield request

    def goes_on(self, found: Found, seed: Seed) -> bool:
        """Whether the older page of a feed can hold something that is wanted: in a night, if no earlier night dealt with any of this one.

        Not if all of it is new: another seed may have named some of it tonight, or the sieve let it go.
        """
        since = self.frontier.since
        if not found.entries or self.frontier.full or self.repeats(found, seed):
            return False
        if since is None:
            overflowed = self.frontier.met(seed.root) and not any(
                self.frontier.settled(self.reshape(entry.url), None) for entry in found.entries
            )
            return overflowed and seed.level + 1 < self.frontier.limits.depth
        days = [day for entry in found.entries if (day := day_of(entry.published or entry.modified))]
        return seed.level + 1 < MOST_PAGES and not (days and max(days) < since)
