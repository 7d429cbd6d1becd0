"""What all shapes share: a card's facts, asking seeds politely, asking for articles once, handing pages on."""

import re
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import scrapy
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.errors import BadInput
from archive.model import Hints, Page, Source
from spiders.discover import Bounds, Entry, Found
from spiders.discover.found import day_of, moment_of
from spiders.services import ASKED, EXCHANGES, HINTS, ROLE, VIA, Frontier, Readers
from spiders.site import site_of

Addresses = Sequence[str] | Mapping[str, str]  # seeds; as a mapping: each with the language it speaks
Basis = Literal["feed", "sitemap", "listing"]
SEEDS_FIRST = 1_000_000  # Scrapy's queues are last in, first out: ranks keep the newest article in front
ANSWERS = [304, *range(400, 600)]  # shown to seeds beside 2xx; redirects stay with Scrapy's middleware
SEED = "stet_seed"
AGAIN = "stet_again"
SIZE = "download_maxsize"  # Scrapy's word: bytes of this one answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One address that names articles: with the language it speaks, where the card says so, and what named it."""

    url: str
    language: str | None = None
    level: int = 0  # seeds above this one: earlier pages of a listing, indexes above a sitemap
    via: str | None = None

    def below(self, url: str) -> "Seed":
        """A seed that this one names."""
        return Seed(url=url, language=self.language, level=self.level + 1, via=self.url)


class SourceSpider(scrapy.Spider):
    """A card without seeds. Shapes add theirs by overriding `seeds` and calling `super().seeds()`, so that a card may have several.

    `readers` and `frontier` are set by the crawler before `start`.
    """

    source: ClassVar[Source]
    hosts: ClassVar[tuple[str, ...]] = ()  # domains beside the home's own that this source speaks for
    article_url: ClassVar[tuple[str, ...]] = ()  # patterns an address must match when it comes from a sitemap or a listing
    selectors: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # where the readers find things; XPath when it begins with / ./ or (
    sieve: ClassVar[str | None] = None  # pattern that address, title or summary must match before an article is asked for

    readers: Readers
    frontier: Frontier

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "source" in cls.__dict__ and isinstance(getattr(cls, "name", None), str):
            cls.source = replace(cls.source, id=cls.name)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site_of(self.source.home, self.hosts)
        self._met: set[str] = set()

    # -- for cards to override ------------------------------------------------------------------------------------------

    def reshape(self, url: str) -> str:
        """The address to ask in place of the one a seed names; the same, unless a site needs otherwise."""
        return url

    def key_of(self, url: str) -> str:
        """What tells two articles apart within a night; the address, unless a site gives one article several."""
        return url

    # -- seeds ----------------------------------------------------------------------------------------------------------

    @classmethod
    def addresses(cls) -> dict[str, tuple[str, ...]]:
        """The card's seeds by shape: feeds, sitemaps, listing."""
        return {}

    def seeds(self) -> Iterator[Request]:
        """The requests a visit begins with."""
        yield from ()

    async def start(self) -> AsyncIterator[Any]:
        """Ask every seed; none waits for another."""
        for request in self.seeds():
            yield request

    def ask_seed(self, seed: Seed, callback: Any, *, size: int | None = None, again: bool = False) -> Request:
        """A conditional request for a seed of at most `size` bytes (None: as any page); with `again`, one without conditions."""
        meta: dict[str, Any] = {ROLE: "seed", ASKED: seed.url, VIA: seed.via, SEED: seed, AGAIN: again, "handle_httpstatus_list": ANSWERS}
        if size is not None:
            meta[SIZE] = size
        return Request(
            seed.url,
            callback=callback,
            errback=self.seed_failed,
            headers={} if again else self.frontier.validators(seed.url),
            meta=meta,
            priority=SEEDS_FIRST - seed.level,
            dont_filter=True,
        )

    def seed_body(self, response: Response) -> bytes | None:
        """The body to parse: the answer's, or after 304 the one kept earlier. None is noted, or worth asking `once_more`."""
        if response.status == 304:
            return self.frontier.archived_body(response.meta[ASKED])
        if 200 <= response.status < 300:
            return response.body
        self.frontier.note(f"seed failed: {response.status} {response.meta[ASKED]}")
        return None

    def once_more(self, response: Response) -> Iterator[Request]:
        """A seed that says "not modified" of a body we no longer hold is asked again without conditions, once."""
        if response.status != 304:
            return
        if response.meta[AGAIN]:
            self.frontier.note(f"seed failed: 304 without a copy {response.meta[ASKED]}")
            return
        assert response.request is not None
        yield self.ask_seed(response.meta[SEED], response.request.callback, size=response.meta.get(SIZE), again=True)

    def seed_failed(self, failure: Failure) -> None:
        """Name a seed that gave no answer; the others go on."""
        error, request = failure.value, failure.request  # type: ignore[attr-defined]
        reason = str(error) if isinstance(error, IgnoreRequest) and str(error) else type(error).__name__
        self.frontier.note(f"seed failed: {reason} {request.meta.get(ASKED, request.url)}")

    async def read(self, seed: Seed, reading: Awaitable[Found]) -> Found:
        """What the readers found; every problem, and all that was left out, is noted."""
        try:
            found = await reading
        except BadInput as error:
            found = Found(problem=error.what)
        if found.problem:
            self.frontier.note(f"{found.problem} {seed.url}")
        if found.foreign:
            self.frontier.note(f"left out: {found.foreign} addresses of other sites {seed.url}")
        if found.unlike and not found.entries:
            self.frontier.note(f"none of {found.unlike} addresses looks like an article {seed.url}")
        return found

    def bounds(self, size: int, entries: int | None = None) -> Bounds:
        """Tonight's limits, as the readers take them."""
        limits = self.frontier.limits
        return Bounds(size=size, entries=entries or limits.sitemap_urls, url_length=limits.url_length)

    # -- articles -------------------------------------------------------------------------------------------------------

    def articles(self, found: Found, seed: Seed, basis: Basis) -> Iterator[Request]:
        """Requests for what is new, newest first."""
        newest_first = sorted(found.entries, key=lambda entry: moment_of(entry.published or entry.modified), reverse=True)
        for rank, entry in enumerate(filter(self.in_question, newest_first)):
            url = self.reshape(entry.url)
            key = self.key_of(url)
            if key in self._met:
                continue
            self._met.add(key)
            if self.frontier.wants(url):
                yield self.ask_article(url, entry, seed, basis, rank)

    def in_question(self, entry: Entry) -> bool:
        """Whether an entry lies in the days asked for and passes the card's sieve, as far as the seed says."""
        since, until = self.frontier.since, self.frontier.until
        day = day_of(entry.published)
        latest = day or day_of(entry.modified)
        if (since and latest and latest < since) or (until and day and day > until):
            return False
        said = "\n".join(filter(None, (entry.url, entry.title, entry.summary)))
        return self.sieve is None or re.search(self.sieve, said) is not None

    def ask_article(self, url: str, entry: Entry, seed: Seed, basis: Basis, rank: int) -> Request:
        """The request for one article, with what the seed said of it."""
        hints = Hints(
            title=entry.title,
            published=entry.published,
            published_from=basis if entry.published else None,
            language=seed.language or entry.language,
            author=entry.author,
            summary=entry.summary,
            content=entry.content,
        )
        meta = {ROLE: "article", ASKED: url, VIA: seed.url, HINTS: hints}
        return Request(url, callback=self.parse_article, errback=self.article_failed, meta=meta, priority=-rank)

    def parse_article(self, response: Response) -> Iterator[Page]:
        """The page, for a 2xx answer. Every other answer is kept by the crawler, next to the wire."""
        if not 200 <= response.status < 300:
            return
        meta = response.meta
        yield Page(
            source=self.source,
            url=response.url,
            asked=meta[ASKED],
            exchange=meta[EXCHANGES][-1],
            hops=tuple(meta.get("redirect_urls", ())),
            via=meta[VIA],
            hints=meta[HINTS],
            selectors=self.selectors,
        )

    def article_failed(self, failure: Failure) -> None:
        """Nothing to hand on: the crawler has counted and kept what there was."""
        self.logger.debug("no page: %s %s", type(failure.value).__name__, failure.request.url)  # type: ignore[attr-defined]


def seeds_in(addresses: Addresses) -> list[Seed]:
    """Seeds that can be asked as they stand: an address with a place to fill in, `{...}`, is a template and no seed."""
    languages = addresses if isinstance(addresses, Mapping) else {}
    return [Seed(url=url, language=languages.get(url)) for url in addresses if "{" not in url]


def content_type_of(response: Response) -> str | None:
    """The Content-Type header, None where there is none."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1") or None
