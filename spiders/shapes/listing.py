"""Sites that show their news on listing pages only."""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import ClassVar

from scrapy import Request
from scrapy.http import Response

from spiders.discover import Found, read_listing
from spiders.discover.found import day_of
from spiders.shapes.base import SEED, Addresses, Seed, SourceSpider, content_type_of, seeds_in

MOST_LINKS = 2000  # articles on one page


class ListingSpider(SourceSpider):
    """Asks each listing page, follows the links that are articles, and walks on to older pages down to the depth limit."""

    listing: ClassVar[Addresses] = ()

    @classmethod
    def addresses(cls) -> dict[str, tuple[str, ...]]:
        """The card's seeds by shape."""
        return {"listing": tuple(cls.listing), **super().addresses()}

    def seeds(self) -> Iterator[Request]:
        """One request for each first page, then those of the other shapes."""
        for seed in seeds_in(self.listing):
            self._met.add(seed.url)
            yield self.ask_seed(seed, self.parse_listing)
        yield from super().seeds()

    async def parse_listing(self, response: Response) -> AsyncIterator[Request]:
        """Requests for the articles of a page, and for the page after it."""
        body = self.seed_body(response)
        if body is None:
            for request in self.once_more(response):
                yield request
            return
        found = await self.read(response.meta[SEED], self.listed(body, response))
        for request in self.articles(found, response.meta[SEED], "listing"):
            yield request
        for request in self.older(found, response.meta[SEED]):
            yield request

    def listed(self, body: bytes, response: Response) -> Awaitable[Found]:
        """What the readers find on the page."""
        bounds, content_type = self.bounds(self.frontier.limits.feed, MOST_LINKS), content_type_of(response)
        return self.readers.run(read_listing, body, response.url, bounds, self.site, self.article_url, self.selectors, content_type)

    def older(self, found: Found, seed: Seed) -> Iterator[Request]:
        """The next page, unless it is too deep, was seen, or this one already lies wholly before the days asked for."""
        url, since = found.next_page, self.frontier.since
        if url is None or url in self._met:
            return
        days = [day for entry in found.entries if (day := day_of(entry.published))]
        if since and days and max(days) < since:
            return
        if seed.level + 1 >= self.frontier.limits.depth:
            if since:
                self.frontier.note(f"limit: listing depth {seed.url}")
            return
        self._met.add(url)
        yield self.ask_seed(seed.below(url), self.parse_listing)
