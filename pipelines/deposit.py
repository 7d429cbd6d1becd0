"""The one Scrapy item pipeline: read the page in a process that can be killed, then keep it or count why not."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive.errors import BadHeader, BadInput, StetError
from archive.facts import JSON
from archive.model import Article, Capture, Exchange, Page, Visit
from archive.visit import article_facts, cut_short, hint_facts, visit_facts
from pipelines.staircase import Reading, read_and_label


class Tally(Protocol):
    """Where the deposit counts."""

    dropped: Counter[str]
    failed: Counter[str]
    revisits: int

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
    stop: Callable[[StetError], None]
    progress: Callable[[Any], None]


class OffTopic(DropItem):
    """A page that reports no act against a platform, on a source that keeps only those that do. Scrapy counts it by this name."""


class NotKept(DropItem):
    """A page that could not be written; the reason is in the report."""


class Deposit:
    """Reads, labels, writes. One metadata record stays of every page that is left out, so that no later night asks for it again."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_item(self, page: Page) -> Capture:
        """The capture that was written. Raises OffTopic for a page left out, NotKept for one that could not be written."""
        watch: Watch = self.crawler.stet_watch  # type: ignore[attr-defined]
        reading = await self._read(watch, page)
        try:
            capture = deposit(watch, page, reading)
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
        if page.exchange.end not in ("complete", "close"):
            return Reading(article=None, labels=None, missing=cut_short(page.exchange.end))
        read: Callable[..., Awaitable[Reading]] = watch.readers.run
        try:
            return await read(
                read_and_label,
                page.exchange.response,
                page.url,
                page.hints,
                dict(page.selectors),
                page.exchange.started_at,
                watch.decoded_limit,
            )
        except BadInput as error:
            return Reading(article=None, labels=None, missing=error.what)


def deposit(watch: Watch, page: Page, reading: Reading) -> Capture | None:
    """Write one page that was read. None: left out as off topic, with a metadata record that says so."""
    relevant = reading.labels.relevant if reading.labels else None
    off_topic = page.source.keep == "relevant" and relevant is False
    facts = visit_facts(
        "dropped" if off_topic else "page",
        role="article",
        source=page.source.id,
        night=watch.night,
        url=page.url,
        asked=page.asked,
        hops=page.hops,
        via=page.via,
        reason=f"off-topic: {reading.labels.reason}" if off_topic and reading.labels else None,
    )
    facts["hints"] = hint_facts(page.hints)
    facts["relevant"] = relevant
    facts["text_missing"] = reading.missing
    facts["rules"] = {"extract": reading.extract_version, "lexicon": reading.lexicon_version}
    if off_topic:
        watch.writer.write_facts(facts, url=page.url, exchange=page.exchange)
        watch.tally.dropped["off-topic"] += 1
        return None
    article = reading.article
    facts["article"] = article_facts(article) if article else None
    earlier = watch.known.get(page.url)
    capture = watch.writer.write_page(
        page.exchange,
        facts,
        text=article.text if article else None,
        language=article.language if article else None,
        refers_to=earlier.capture if earlier and earlier.outcome == "kept" else None,
    )
    if page.exchange.end not in ("complete", "close"):
        watch.tally.failed[cut_short(page.exchange.end)] += 1  # kept as what it is, and asked for again
    elif capture.record_type == "revisit":
        watch.tally.revisits += 1
    else:
        watch.tally.keep(article, reading.missing)
    return capture
