"""Sites that offer RSS or Atom feeds."""

from collections.abc import AsyncIterator, Iterator
from typing import ClassVar

from scrapy import Request
from scrapy.http import Response

from spiders.discover import read_feed
from spiders.shapes.base import SEED, Addresses, SourceSpider, content_type_of, seeds_in

MOST_ENTRIES = 5000  # of one feed; what news sites offer has ten to a few hundred


class FeedSpider(SourceSpider):
    """Asks each feed and follows its entries. A feed's entries are articles by its own word: `article_url` is not asked."""

    feeds: ClassVar[Addresses] = ()

    @classmethod
    def addresses(cls) -> dict[str, tuple[str, ...]]:
        """The card's seeds by shape."""
        return {"feeds": tuple(cls.feeds), **super().addresses()}

    def seeds(self) -> Iterator[Request]:
        """One request for each feed, then those of the other shapes."""
        for seed in seeds_in(self.feeds):
            yield self.ask_seed(seed, self.parse_feed, size=self.frontier.limits.feed)
        yield from super().seeds()

    async def parse_feed(self, response: Response) -> AsyncIterator[Request]:
        """Requests for the articles a feed names."""
        body = self.seed_body(response)
        if body is None:
            for request in self.once_more(response):
                yield request
            return
        seed, bounds = response.meta[SEED], self.bounds(self.frontier.limits.feed, MOST_ENTRIES)
        found = await self.read(seed, self.readers.run(read_feed, body, response.url, bounds, self.site, content_type_of(response)))
        for request in self.articles(found, seed, "feed"):
            yield request
