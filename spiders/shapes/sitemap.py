"""Sites that offer sitemaps, and indexes of sitemaps."""

from collections.abc import AsyncIterator, Iterator
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from spiders.discover import Child, Found, read_sitemap
from spiders.discover.found import day_of, moment_of
from spiders.shapes.base import SEED, BaseSpider
from spiders.shapes.seed import Addresses, Seed, given

NIGHTLY_CHILDREN = 12  # of an index, in a night without `since`: a year of monthly files
MOST_CHILDREN = 500
NIGHTLY_SITEMAPS = 60  # of a source, at every depth together: indexes may name indexes without end
MOST_SITEMAPS = 1500


class SitemapSpider(BaseSpider):
    """Asks each sitemap and follows the addresses that match `article_url`; of an index, the children that can hold something new.

    `archives` reach back for years: they are asked only when a crawl names the day it wants to begin with.
    """

    sitemaps: ClassVar[Addresses] = ()
    archives: ClassVar[Addresses] = ()

    @classmethod
    def addresses(cls) -> dict[str, tuple[str, ...]]:
        """The card's seeds by shape."""
        return given(sitemaps=cls.sitemaps, archives=cls.archives) | super().addresses()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._maps: set[str] = set()

    def seeds(self) -> Iterator[Request]:
        """One request for each sitemap, then those of the other shapes."""
        for addresses in (self.sitemaps, self.archives if self.frontier.since else ()):
            yield from self.card_seeds(addresses, "sitemap", self._first_sitemap)
        yield from super().seeds()

    def _first_sitemap(self, seed: Seed) -> Request:
        self._maps.add(seed.url)
        return self.ask_sitemap(seed)

    def ask_sitemap(self, seed: Seed) -> Request:
        """The request for a sitemap or an index of them."""
        return self.ask_seed(seed, self.parse_sitemap, size=self.frontier.limits.sitemap)

    async def parse_sitemap(self, response: Response) -> AsyncIterator[Request]:
        """Requests for children and for articles."""
        body = self.seed_body(response)
        if body is None:
            for request in self.once_more(response):
                yield request
            return
        seed = response.meta[SEED]
        async for request in self.explore(body, response.url, seed):
            yield request
        for request in self.heard(seed):
            yield request

    async def explore(self, body: bytes, base_url: str, seed: Seed) -> AsyncIterator[Request]:
        """Offer the articles, ask the sitemaps that one names. Children that did not change are read from the archive."""
        bounds = self.bounds(self.frontier.limits.sitemap)
        found = await self.read(seed, self.readers.run(read_sitemap, body, base_url, bounds, self.site, self.article_url), body)
        await self.consider(found, seed)
        if found.entries and seed.template and not self.repeats(found, seed):
            for request in self.next_number(seed):
                yield request
        children = self.children(found, seed)
        for rank, child in enumerate(children):
            if self.frontier.since and self.frontier.full:
                self.frontier.note(f"limit: {len(children) - rank} older child sitemaps wait for another night {seed.url}")
                break
            held = self.frontier.archived_body(child.url) if rank and self.unchanged(child) else None
            if held is None:
                yield self.ask_sitemap(seed.below(child.url))
            else:
                async for request in self.explore(held, child.url, seed.below(child.url)):
                    yield request

    def next_number(self, seed: Seed) -> Iterator[Request]:
        """The next of the sitemaps that a card numbers; the first one that is missing or empty ends them."""
        page = self.page_after(seed)
        most = NIGHTLY_SITEMAPS if self.frontier.since is None else MOST_SITEMAPS
        if page is None or page.url in self._maps:
            return
        if len(self._maps) >= most:
            self.frontier.note("limit: sitemaps of one source")
            return
        self._maps.add(page.url)
        yield self.ask_sitemap(page)

    def children(self, found: Found, seed: Seed) -> list[Child]:
        """The child sitemaps that can hold something of the days asked for, newest first, bounded in number and nesting."""
        if found.children and seed.level >= self.frontier.limits.depth:
            self.frontier.note(f"limit: sitemap nesting {seed.url}")
            return []
        since = self.frontier.since
        unmet = {child.url: child for child in found.children if child.url not in self._maps}
        newest_first = sorted(unmet.values(), key=lambda child: moment_of(child.modified), reverse=True)
        wanted = [child for child in newest_first if since is None or (day_of(child.modified) or since) >= since]
        most = NIGHTLY_CHILDREN if since is None else MOST_CHILDREN
        if len(wanted) > most:
            self.frontier.note(f"limit: {len(wanted) - most} older child sitemaps not read {seed.url}")
        left = max(0, (NIGHTLY_SITEMAPS if since is None else MOST_SITEMAPS) - len(self._maps))
        if len(wanted[:most]) > left:
            self.frontier.note("limit: sitemaps of one source")
        taken = wanted[: min(most, left)]
        self._maps.update(child.url for child in taken)
        return taken

    def unchanged(self, child: Child) -> bool:
        """Whether the index itself says that a child is as old as our copy of it.

        The newest child is asked all the same: some indexes never change a day.
        """
        held = self.frontier.validators(child.url).get("If-Modified-Since")
        if held is None or day_of(child.modified) is None:
            return False
        try:
            return moment_of(child.modified) <= parsedate_to_datetime(held)
        except (TypeError, ValueError):
            return False
