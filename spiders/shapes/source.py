"""The spider that every card inherits: all three shapes, and a way to ask the site itself where its card knows none that answers."""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from spiders.discover import Found
from spiders.discover.robots import robots_sitemaps
from spiders.services import Shape
from spiders.shapes.base import SEED
from spiders.shapes.feed import FeedSpider
from spiders.shapes.listing import ListingSpider
from spiders.shapes.seed import Seed
from spiders.shapes.sitemap import SitemapSpider

MOST_NAMED = 20  # feeds and sitemaps that are taken from the site's own word in a night


class SourceSpider(FeedSpider, SitemapSpider, ListingSpider):
    """A card gives the seeds it knows: `feeds`, `sitemaps`, `archives`, `listing`.

    Where it gives neither feed nor sitemap, or those it gives have failed for a week, the site is asked: `Sitemap:` lines of robots.txt,
    and `<link rel="alternate">` on the home page and the listings. What answers is used and recorded, and `stet sources --gaps` proposes
    it as a line for the card.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._named: set[str] = set()  # by the site itself, tonight

    def seeds(self) -> Iterator[Request]:
        """The card's seeds; then the home page, where the site itself is to be asked and no listing does it already."""
        yield from super().seeds()
        if self.asks_the_site() and self.source.home not in self._pages:
            home = self.source.home
            self.frontier.seed(home, "listing", found_on=home)
            yield self.ask_seed(Seed(url=home, shape="listing", root=home), self.parse_home)

    def asks_the_site(self) -> bool:
        """Whether no feed and no sitemap of the card is known to answer."""
        return all(self.frontier.ails(url) for url in (*self.feeds, *self.sitemaps))

    async def parse_home(self, response: Response) -> AsyncIterator[Request]:
        """Seeds that the home page and robots.txt name; its links are left to the listings of the card."""
        body = self.seed_body(response)
        if body is None:
            for request in self.once_more(response):
                yield request
            return
        seed = response.meta[SEED]
        found = await self.read(seed, self.listed(body, response), body)
        async for request in self.named_here(found, seed):
            yield request
        for request in self.heard(seed):
            yield request

    async def named_here(self, found: Found, seed: Seed) -> AsyncIterator[Request]:
        """Requests for feeds and sitemaps that a first page and the robots.txt of its host name, each once a night."""
        if seed.level or not self.asks_the_site():
            return
        at = urlsplit(seed.url)
        for url in self.unmet([one.url for one in found.alternates]):
            yield self.ask_feed(self.met_on(seed.url, url, "feed"))
        robots = f"{at.scheme}://{at.netloc}/robots.txt"
        said = self.frontier.robots_of(at.netloc)
        named = await self.readers.run(robots_sitemaps, said, robots, self.bounds(len(said)), self.site) if said else ()
        for url in self.unmet(named):
            yield self.ask_sitemap(self.met_on(robots, url, "sitemap"))

    def unmet(self, urls: Sequence[str]) -> list[str]:
        """Those that the card does not name and no page has named tonight; they count as met from now on."""
        fresh = [url for url in dict.fromkeys(urls) if url not in self._named and url not in self.feeds and url not in self._maps]
        taken = fresh[: max(0, MOST_NAMED - len(self._named))]
        self._named.update(taken)
        self._maps.update(taken)
        return taken

    def met_on(self, page: str, url: str, shape: Shape) -> Seed:
        """A seed that the site names itself, counted with the place where it does."""
        self.frontier.seed(url, shape, found_on=page)
        return Seed(url=url, shape=shape, root=url, via=page)
