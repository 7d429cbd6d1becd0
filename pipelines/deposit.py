"""The one Scrapy item pipeline: read the page in a process that can be killed, then keep it or count why not."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive.errors import BadHeader, BadInput, StetError
from archive.facts import JSON, capture_facts
from archive.model import WHOLE, Article, Capture, Exchange, Hints, Page, Visit
from archive.recurring import Recurring
from archive.surt import url_key
from archive.visit import CHALLENGE, article_facts, cut_short, hint_facts, visit_facts
from pipelines.fate import (
    Fate,
    agrees_by_headline_alone,
    fate_of,
    is_told_by_its_slug,
    kept_as,
    needs_a_second_reading,
    own_canonical,
    reread,
    shares_most,
)
from pipelines.staircase import Reading, read_and_label


class Tally(Protocol):
    """Where the deposit counts."""

    dropped: Counter[str]
    failed: Counter[str]
    revisits: int
    unchanged: int

    def keep(self, article: Article | None, missing: str | None = None) -> None:
        """Count one kept page, and why it has no text."""


class Writer(Protocol):
    """Where the deposit writes."""

    def write_page(
        self,
        exchange: Exchange,
        facts: Mapping[str, JSON],
        *,
        text: str | None = None,
        language: str | None = None,
        refers_to: Capture | None = None,
    ) -> Capture:
        """Write the records of a kept page."""

    def write_facts(self, facts: Mapping[str, JSON], *, url: str, exchange: Exchange | None = None) -> None:
        """Write a metadata record alone."""


class Known(Protocol):
    """What the archive knows of addresses."""

    def get(self, url: str) -> Visit | None:
        """The last visit, if any."""


class Watch(Protocol):
    """The part of a source's watch that the deposit needs; `crawler.shift.Watch` is the real one."""

    night: str
    writer: Writer
    tally: Tally
    known: Known
    readers: Any
    decoded_limit: int
    recurring: Callable[[str], Recurring]  # lines of an address's host that are known to recur
    held: Callable[[Capture], bytes]  # the HTTP answer that a capture holds, as it came over the wire
    stop: Callable[[StetError], None]
    progress: Callable[[Any], None]
    cite: Callable[[str, Sequence[str], Sequence[str]], None]


class OffTopic(DropItem):
    """A page that reports no act against a platform, on a source that keeps only those that do. Scrapy counts it by this name."""


class NotKept(DropItem):
    """A page that could not be written; the reason is in the report."""


class Deposit:
    """Reads, labels, writes. One metadata record stays of every page that is left out, so that no later night asks for it again."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._tonight: dict[str, Visit] = {}  # pages kept since the spider began, by url_key, for those that call themselves the same
        self._texts: dict[str, str] = {}  # what they say, by their own url_key

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_item(self, page: Page) -> Capture:
        """The capture that holds the page, today's or the one it repeats. Raises OffTopic or NotKept where there is none."""
        watch: Watch = self.crawler.stet_watch  # type: ignore[attr-defined]
        reading = await self._read(watch, page)
        try:
            earlier = await self._earlier(watch, page, reading)
            namesake = await self._namesake(watch, page, reading)
            capture = self._deposit(watch, page, reading, earlier, namesake)
        except BadHeader as error:
            watch.tally.dropped["bad address"] += 1
            raise NotKept(error.what) from error
        except StetError as error:
            watch.stop(error)
            raise NotKept(error.what) from error
        finally:
            watch.progress(watch.tally)
        if capture is None:
            raise OffTopic(page.url)
        return capture

    async def _read(self, watch: Watch, page: Page) -> Reading:
        """Article and labels, or the reason why there is no text."""
        if page.exchange.end not in WHOLE:
            return Reading(article=None, labels=None, missing=cut_short(page.exchange.end))
        return await self._reading(watch, page, page.exchange.response, page.hints)

    async def _reading(self, watch: Watch, page: Page, response: bytes, hints: Hints) -> Reading:
        read: Callable[..., Awaitable[Reading]] = watch.readers.run
        at, selectors, recurring = page.exchange.started_at, dict(page.selectors), watch.recurring(page.url)
        try:
            cited = page.source.keeps_cited
            limit = watch.decoded_limit
            return await read(read_and_label, response, page.url, hints, selectors, at, limit, cited=cited, recurring=recurring)
        except BadInput as error:
            return Reading(article=None, labels=None, missing=error.what, recurring=recurring.name)

    async def _earlier(self, watch: Watch, page: Page, reading: Reading) -> Visit | None:
        """The last visit to the page, its copy read again where other rules read it."""
        earlier = watch.known.get(page.url)
        if earlier is None or earlier.capture is None or not needs_a_second_reading(page, reading, earlier):
            return earlier
        try:
            again = await self._text_of(watch, page, earlier.capture)
        except StetError:
            return earlier  # the copy cannot be opened: `verify` says so, and a version too many does no harm
        return reread(earlier, again or None)

    async def _namesake(self, watch: Watch, page: Page, reading: Reading) -> Visit | None:
        """The article that is known by the address which the page calls its own; None where they share no more than a headline."""
        canonical = own_canonical(page, reading)
        found = (self._tonight.get(url_key(canonical)) or watch.known.get(canonical)) if canonical else None
        if found is None or url_key(found.url) == url_key(page.url):
            return None
        if not agrees_by_headline_alone(reading, found) or found.capture is None or reading.article is None:
            return found
        try:
            words = self._texts.get(found.url_key) or await self._text_of(watch, page, found.capture)
        except StetError:
            words = ""  # the copy cannot be opened: `verify` says so, and an edition too many does no harm
        return found if shares_most(reading.article.text, words) else None

    async def _text_of(self, watch: Watch, page: Page, capture: Capture) -> str:
        again = await self._reading(watch, page, watch.held(capture), page.hints)
        return again.article.text if again.article else ""

    def _deposit(self, watch: Watch, page: Page, reading: Reading, earlier: Visit | None, namesake: Visit | None) -> Capture | None:
        """Write what becomes of one page. None: left out, with a metadata record that says so."""
        canonical = own_canonical(page, reading)
        fate = fate_of(page, reading, earlier=earlier, namesake=namesake)
        facts = _facts(watch, page, reading, fate, namesake)
        names = list(dict.fromkeys(filter(None, (canonical, page.plain))))
        facts["also"] = [name for name in names if name == page.plain or is_told_by_its_slug(page, name)]
        match fate:
            case "off-topic" | "variant":
                watch.writer.write_facts(facts, url=page.url, exchange=page.exchange)
                watch.tally.dropped[fate] += 1
                return None
            case "unchanged" if earlier is not None and earlier.capture is not None:
                facts["same_as"] = capture_facts(earlier.capture)
                watch.writer.write_facts(facts, url=page.url, exchange=page.exchange)
                watch.tally.unchanged += 1
                return earlier.capture
        capture = self._write(watch, page, reading, facts, earlier)
        if fate == "kept" and page.exchange.end in WHOLE:
            watch.cite(page.url, reading.cites, reading.requisites)
            self._texts[url_key(page.url)] = reading.article.text if reading.article else ""
            for address in (page.url, *names):
                self._tonight.setdefault(url_key(address), kept_as(page, reading, capture))
        return capture

    def _write(self, watch: Watch, page: Page, reading: Reading, facts: dict[str, JSON], earlier: Visit | None) -> Capture:
        """The records of a page, and its place in the counts."""
        article = reading.article
        capture = watch.writer.write_page(
            page.exchange,
            facts,
            text=article.text if article else None,
            language=article.language if article else None,
            refers_to=earlier.capture if earlier and earlier.outcome == "kept" else None,
        )
        if page.exchange.end not in WHOLE:
            watch.tally.failed[cut_short(page.exchange.end)] += 1  # kept as what it is, and asked for again
        elif reading.challenge is not None:
            watch.tally.failed[f"{CHALLENGE}{reading.challenge}"] += 1
        elif capture.record_type == "revisit":
            watch.tally.revisits += 1
        else:
            watch.tally.keep(article, reading.missing)
        return capture


def _facts(watch: Watch, page: Page, reading: Reading, fate: Fate, namesake: Visit | None) -> dict[str, JSON]:
    """The metadata record of one page that was read."""
    reasons = {
        "off-topic": f"off-topic: {reading.labels.reason}" if reading.labels else "off-topic",
        "variant": f"variant of {namesake.url}" if namesake else "variant",
    }
    kinds = {"off-topic": "dropped", "variant": "dropped", "unchanged": "unchanged"}
    facts = visit_facts(
        kinds.get(fate, "page"),
        role="article",
        source=page.source.id,
        night=watch.night,
        url=page.url,
        asked=page.asked,
        hops=page.hops,
        via=page.via,
        reason=reasons.get(fate),
    )
    facts["hints"] = hint_facts(page.hints)
    facts["relevant"] = reading.labels.relevant if reading.labels else None
    facts["text_missing"] = reading.missing
    facts["challenge"] = reading.challenge
    facts["rules"] = reading.rules
    if kinds.get(fate) != "dropped":
        facts["article"] = article_facts(reading.article) if reading.article else None
    if fate == "kept":
        facts |= {name: list(found) for name, found in (("cites", reading.cites), ("requisites", reading.requisites)) if found}
    return facts
