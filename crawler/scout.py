"""Spiders for a glance: one reads a single article, one looks at a site that has no card yet. They keep what they saw in their `sight`."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.errors import BadInput, StetError
from archive.model import Exchange, Hints, Source
from archive.visit import CHALLENGE
from crawler.shift import watch_of
from pipelines.challenge import answers_instead
from pipelines.staircase import Reading, read_and_label
from spiders.discover import Entry, Found, read_feed, read_listing, read_sitemap
from spiders.discover.found import Bounds, Site, moment_of
from spiders.discover.patterns import patterns_for
from spiders.discover.portrait import Portrait, portrait
from spiders.discover.robots import robots_sitemaps
from spiders.services import ASKED, EXCHANGES, ROLE, SIZE, VIA
from spiders.shapes import SourceSpider
from spiders.shapes.base import ANSWERS, content_type_of
from spiders.site import site_of

MOST_FEEDS = 6  # asked of those that a page names
MOST_SITEMAPS = 4  # asked of those that robots.txt names
MOST_TRIES = 3  # articles asked for until one can be read
ENOUGH_LINKS = 5  # articles on a front page, from which on it is a listing


@dataclass(slots=True, kw_only=True)
class Sight:
    """What a scout brings home."""

    home: str = ""  # where the front page lives, after redirects
    front: Portrait = field(default_factory=Portrait)
    feeds: dict[str, Found] = field(default_factory=dict)
    sitemaps: dict[str, Found] = field(default_factory=dict)
    listing: Found | None = None
    article: str | None = None  # address of the article that was read
    reading: Reading | None = None
    answer: bytes = b""  # the article as it came over the wire
    read_at: datetime | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        """Every article that a seed names, newest first."""
        seeds = [*self.feeds.values(), *self.sitemaps.values(), *([self.listing] if self.listing else [])]
        named = {entry.url: entry for found in seeds for entry in found.entries}
        return sorted(named.values(), key=lambda entry: moment_of(entry.published or entry.modified), reverse=True)


class Scout(SourceSpider):
    """Asks one address after the other; the next one depends on what the last one said."""

    start_url: ClassVar[str]
    sight: ClassVar[Sight]

    @classmethod
    def addresses(cls) -> dict[str, tuple[str, ...]]:
        """Where the visit begins, for those who judge its manners."""
        return {"listing": (cls.start_url,)}

    async def start(self) -> AsyncIterator[Any]:
        """Look; nothing is handed on."""
        try:
            await self.look()
        except StetError as error:
            self.sight.problems.append(error.what)
        for request in self.seeds():  # none: whatever is asked was asked above
            yield request

    async def look(self) -> None:
        """What this scout is for."""
        raise BadInput("a scout that looks for nothing", mend="this is a bug of ours: please report it")

    async def ask(self, url: str, *, role: str = "seed", size: int | None = None) -> Response | None:
        """The answer; None where there is none, or not a good one: then the reason is among the problems."""
        meta: dict[str, Any] = {ROLE: role, ASKED: url, VIA: None, "handle_httpstatus_list": ANSWERS}
        if size is not None:
            meta[SIZE] = size
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(Request(url, meta=meta, dont_filter=True))
        except IgnoreRequest as error:
            self.sight.problems.append(f"{url}: {error or 'robots.txt does not allow it'}")
            return None
        except Exception as error:  # whatever the network does; the crawler has its name
            self.sight.problems.append(f"{url}: {type(error).__name__}")
            return None
        if 200 <= response.status < 300:
            return response
        self.sight.problems.append(f"{url}: {response.status}")
        return None

    async def read_article(self, url: str, hints: Hints, selectors: Mapping[str, tuple[str, ...]]) -> bool:
        """Ask for an article and read it as a night would. Whether it has a text."""
        response = await self.ask(url, role="article")
        if response is None:
            return False
        limit = watch_of(self.crawler).decoded_limit
        exchange: Exchange = response.meta[EXCHANGES][-1]
        try:
            reading = await self.readers.run(
                read_and_label, exchange.response, response.url, hints, dict(selectors), exchange.started_at, limit
            )
        except BadInput as error:
            reading = Reading(article=None, labels=None, missing=error.what)
        self.sight.article, self.sight.reading, self.sight.read_at = response.url, reading, exchange.started_at
        self.sight.answer = exchange.response
        if reading.missing:
            self.sight.problems.append(f"{url}: {reading.missing}")
        return reading.article is not None


class ArticleScout(Scout):
    """Reads one article with the selectors of a card."""

    async def look(self) -> None:
        """Ask, read, keep."""
        await self.read_article(self.start_url, Hints(), self.selectors)


class SiteScout(Scout):
    """Looks at a site that has no card: its front page, the seeds it names itself, one article."""

    async def look(self) -> None:
        """Front page, robots.txt, feeds, sitemaps, then an article; each only if what came before allows it."""
        home = await self.ask(self.start_url)
        if home is None or await self._is_wall(home):
            return
        site = site_of(home.url)
        self.sight.home = home.url
        feed = await self._found(read_feed, home, site)
        if feed.entries:  # we were handed the address of a feed: the site around it has a front page, too
            self.sight.feeds[home.url] = feed
            self.sight.home = urljoin(home.url, "/")
            front = await self.ask(self.sight.home)
            if front is None:
                return
            home = front
        self.sight.front = await self.readers.run(portrait, home.body, home.url, self._bounds(), site, content_type_of(home))
        await self._seeds(site)
        if not self.sight.feeds and not self.sight.sitemaps:
            self.sight.listing = await self._listing(home, site)
        for entry in self.sight.entries[:MOST_TRIES]:
            if await self.read_article(entry.url, Hints(title=entry.title, published=entry.published, content=entry.content), {}):
                break

    async def _seeds(self, site: Site) -> None:
        for url in self.sight.front.feeds[:MOST_FEEDS]:
            response = None if url in self.sight.feeds else await self.ask(url, size=self.frontier.limits.feed)
            if response is not None and (found := await self._found(read_feed, response, site)).entries:
                self.sight.feeds[url] = found
        said = self.frontier.robots_of(urlsplit(self.sight.home).netloc)
        robots = urljoin(self.sight.home, "/robots.txt")
        named = await self.readers.run(robots_sitemaps, said, robots, self._bounds(), site) if said else ()
        for url in named[:MOST_SITEMAPS]:
            found = await self._sitemap(url, site)
            if found.entries or found.children:
                self.sight.sitemaps[url] = found
        if not self.sight.entries:
            for index in list(self.sight.sitemaps.values())[:1]:
                newest = max(index.children, key=lambda child: moment_of(child.modified), default=None)
                if newest is not None:
                    child = await self._sitemap(newest.url, site)
                    first = next(iter(self.sight.sitemaps))
                    self.sight.sitemaps[first] = Found(entries=child.entries, children=index.children)

    async def _listing(self, home: Response, site: Site) -> Found | None:
        """The front page as a listing: links that look like articles, or those of the commonest form that tells one; None: too few."""
        found = await self._found(read_listing, home, site)
        if len(found.entries) < ENOUGH_LINKS:
            every = await self._found(read_listing, home, site, ("",))
            forms = patterns_for([entry.url for entry in every.entries])[:1]
            found = Found(entries=tuple(entry for entry in every.entries if any(re.search(form, entry.url) for form in forms)))
        return found if len(found.entries) >= ENOUGH_LINKS else None

    async def _sitemap(self, url: str, site: Site) -> Found:
        response = await self.ask(url, size=self.frontier.limits.sitemap)
        return Found() if response is None else await self._found(read_sitemap, response, site)

    async def _found(self, reader: Any, response: Response, site: Site, *more: Any) -> Found:
        """What a reader of seeds gives; a problem is told, unless it is that the front page is no feed."""
        extra = (content_type_of(response),) if reader is read_feed else more
        try:
            found: Found = await self.readers.run(reader, response.body, response.url, self._bounds(), site, *extra)
        except BadInput as error:
            found = Found(problem=error.what)
        if found.problem and response.url != self.sight.home:
            self.sight.problems.append(f"{response.url}: {found.problem}")
        return found

    async def _is_wall(self, response: Response) -> bool:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values]
        said = await self.readers.run(answers_instead, response.body, headers)
        if said is None or not said.startswith(CHALLENGE):
            return False
        self.sight.problems.append(f"{response.url}: {said}")
        return True

    def _bounds(self) -> Bounds:
        limits = self.frontier.limits
        return Bounds(size=limits.sitemap, entries=5000, url_length=limits.url_length)


def scout_for(url: str, scout: type[Scout], *, name: str = "new_source", source: Source | None = None, **facts: Any) -> type[Scout]:
    """A spider class for one glance, with an empty sight of its own."""
    told = source or Source(title=name, kind="news", home=url, languages=())
    members = {"name": name, "source": told, "start_url": url, "sight": Sight(), "__doc__": scout.__doc__, "__module__": __name__, **facts}
    return type(scout.__name__, (scout,), members)
