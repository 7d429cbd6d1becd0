"""The seed half of a spider: asking feeds, sitemaps and listings under conditions, and naming whatever is wrong with their answers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.errors import BadInput
from archive.visit import CHALLENGE
from spiders.discover import Bounds, Found
from spiders.places import COUNTED, numbered, periods, places
from spiders.services import AGAIN, ASKED, ENDING, ROLE, ROOT, SIZE, VIA, Shape
from spiders.shapes.articles import ArticleSpider
from spiders.shapes.seed import Addresses, Seed

SEEDS_FIRST = 1_000_000  # above every article
ANSWERS = [304, *range(400, 600)]  # shown to seeds beside 2xx; redirects stay with Scrapy's middleware
SEED = "stet_seed"
AT_ONCE = 31  # days of one dated address: articles of the newest are asked for before those of years ago are looked for
NEW_PERIOD = timedelta(days=2)  # so long after the end of a month the file of the month before is asked, too


class BaseSpider(ArticleSpider):
    """Shapes add their seeds by overriding `seeds` and calling `super().seeds()`."""

    @classmethod
    def addresses(cls) -> dict[str, tuple[str, ...]]:
        """The card's seeds by shape: feeds, sitemaps, listing; places are not filled."""
        return {}

    def seeds(self) -> Iterator[Request]:
        """The requests a visit begins with."""
        yield from ()

    async def start(self) -> AsyncIterator[Any]:
        """Ask every seed; none waits for another."""
        for request in self.seeds():
            yield request

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before: list[Iterator[Request]] = []  # for each address, what was not asked at once: days before those that were

    def card_seeds(self, addresses: Addresses, shape: Shape, ask: Callable[[Seed], Request]) -> Iterator[Request]:
        """Requests for those of the card's seeds that are not at rest; of a dated address, for the newest of the days in question."""
        languages = addresses if isinstance(addresses, Mapping) else {}
        for address in addresses:
            self.frontier.seed(address, shape)
            if self.frontier.rests(address):
                continue
            requests = map(ask, self._filled(address, shape, languages.get(address)))
            yield from islice(requests, AT_ONCE)
            self._before.append(requests)

    def _filled(self, address: str, shape: Shape, language: str | None) -> Iterator[Seed]:
        """An address with its places filled: for the days in question, newest first, and for the first page."""
        last = min(self.frontier.until or self.frontier.today, self.frontier.today)
        dated = bool(set(places(address)) - set(COUNTED))
        for rank, filled in enumerate(periods(address, self.frontier.since or last - min(NEW_PERIOD, last - date.min), last)):
            template = filled if set(places(filled)) & set(COUNTED) else None
            url = numbered(filled, 1) if template else filled
            yield Seed(url=url, shape=shape, root=address, language=language, template=template, begins=dated and not rank)

    def further(self) -> Iterator[Request]:
        """Articles that wait; where none does, the seeds of the days before, for as long as tonight has room for what they name."""
        articles = list(self.next_articles())
        yield from articles
        for requests in () if articles or self.frontier.full else self._before:
            yield from islice(requests, AT_ONCE)

    def ask_seed(self, seed: Seed, callback: Any, *, size: int | None = None, again: bool = False) -> Request:
        """A conditional request for a seed of at most `size` bytes (None: as any page); with `again`, one without conditions."""
        self.wait_for(seed.url)
        meta: dict[str, Any] = {ROLE: "seed", ASKED: seed.url, VIA: seed.via, SEED: seed, ROOT: seed.root, AGAIN: again}
        meta |= {"handle_httpstatus_list": ANSWERS, ENDING: seed.may_end}
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

    def page_after(self, seed: Seed, named: str | None = None) -> Seed | None:
        """The page behind a seed, unless a night not long ago found that there is none."""
        page = seed.after(named)
        return None if page is None or self.frontier.missing(page.url) else page

    def seed_body(self, response: Response) -> bytes | None:
        """The body to parse: the answer's, or after 304 the one kept earlier. None is noted, or worth asking `once_more`."""
        if response.status == 304:
            return self.frontier.archived_body(response.meta[ASKED])
        if 200 <= response.status < 300:
            return response.body
        self._waited_for.discard(response.meta[ASKED])
        if not (response.meta[ENDING] and response.status in (404, 410)):
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
        self._waited_for.discard(request.meta.get(ASKED, ""))
        reason = str(error) if isinstance(error, IgnoreRequest) and str(error) else type(error).__name__
        self.frontier.note(f"seed failed: {reason} {request.meta.get(ASKED, request.url)}")

    async def read(self, seed: Seed, reading: Awaitable[Found], body: bytes) -> Found:
        """What the readers found; every problem, and all that was left out, is noted."""
        try:
            found = await reading
        except BadInput as error:
            found = Found(problem=error.what)
        if not found.entries and not found.children and (found.problem or seed.shape == "listing"):
            found = await self.doubted(found, seed, body)
        if found.problem:
            self.frontier.note(f"{found.problem} {seed.url}")
        if found.foreign:
            self.frontier.note(f"left out: {found.foreign} addresses of other sites {seed.url}")
        if found.unlike and not found.entries:
            self.frontier.note(f"none of {found.unlike} addresses looks like an article {seed.url}")
        return found

    async def doubted(self, found: Found, seed: Seed, body: bytes) -> Found:
        """The same, with the name of what answered in the seed's place: a bot wall, or a web page that is no feed."""
        try:
            instead = await self.frontier.instead(body)
        except BadInput:
            return found
        if instead is not None and instead.startswith(CHALLENGE):
            return replace(found, problem=instead)
        if instead is None or seed.shape == "listing":
            return found
        return replace(found, problem=f"{seed.shape} refused: this is {instead}")

    def bounds(self, size: int, entries: int | None = None) -> Bounds:
        """Tonight's limits, as the readers take them."""
        limits = self.frontier.limits
        return Bounds(size=size, entries=entries or limits.sitemap_urls, url_length=limits.url_length)


def content_type_of(response: Response) -> str | None:
    """The Content-Type header, None where there is none."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1") or None
