"""Sites that show their news on listing pages."""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from spiders.discover import Found, read_listing
from spiders.discover.found import day_of
from spiders.shapes.base import SEED, BaseSpider, content_type_of
from spiders.shapes.seed import Addresses, Seed, given

MOST_LINKS = 2000  # articles on one page
MOST_PAGES = 2000  # of one listing, in a crawl that reaches back


class ListingSpider(BaseSpider):
    """Asks each listing page, follows the links that are articles, and walks on to older pages: in a night down to the depth limit."""

    listing: ClassVar[Addresses] = ()

    @classmethod
    def addresses(cls) -> dict[str, tuple[str, ...]]:
        """The card's seeds by shape."""
        return given(listing=cls.listing) | super().addresses()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: set[str] = set()

    def seeds(self) -> Iterator[Request]:
        """One request for each first page, then those of the other shapes."""
        yield from self.card_seeds(self.listing, "listing", self._first_page)
        yield from super().seeds()

    def _first_page(self, seed: Seed) -> Request:
        self._pages.add(seed.url)
        return self.ask_seed(seed, self.parse_listing)

    async def parse_listing(self, response: Response) -> AsyncIterator[Request]:
        """Requests for the articles of a page, and for the page after it."""
        body = self.seed_body(response)
        if body is None:
            for request in self.once_more(response):
                yield request
            return
        seed = response.meta[SEED]
        found = await self.read(seed, self.listed(body, response), body)
        await self.consider(found, seed)
        for request in self.older(found, seed):
            yield request
        async for request in self.named_here(found, seed):
            yield request
        for request in self.heard(seed):
            yield request

    async def named_here(self, found: Found, seed: Seed) -> AsyncIterator[Request]:
        """Requests for other seeds that the page itself names; none, unless the site is to be asked for them."""
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def listed(self, body: bytes, response: Response) -> Awaitable[Found]:
        """What the readers find on the page."""
        bounds, content_type = self.bounds(self.frontier.limits.feed, MOST_LINKS), content_type_of(response)
        return self.readers.run(read_listing, body, response.url, bounds, self.site, self.article_url, self.selectors, content_type)

    def older(self, found: Found, seed: Seed) -> Iterator[Request]:
        """The next page, unless it is too deep, was seen, or this one already lies wholly before the days asked for."""
        page, since = self.page_after(seed, found.next_page), self.frontier.since
        if page is None or page.url in self._pages or not (found.entries or seed.template is None) or self.repeats(found, seed):
            return
        days = [day for entry in found.entries if (day := day_of(entry.published))]
        if since and days and max(days) < since:
            return
        if page.level >= (MOST_PAGES if since else self.frontier.limits.depth):
            if since:
                self.frontier.note(f"limit: pages of one listing {seed.root}")
            return
        if since and self.frontier.full:
            self.frontier.note(f"limit: older pages wait for another night {seed.root}")
            return
        self._pages.add(page.url)
        yield self.ask_seed(page, self.parse_listing)
