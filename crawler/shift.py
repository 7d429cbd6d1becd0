"""What one night shares (Shift) and what one source has of it (Watch); Scrapy's parts find their Watch on the crawler."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from archive.citing import Citing
from archive.clock import to14, utc_now
from archive.errors import BadHeader, StetError
from archive.known import Known
from archive.ledger import LEDGER, Ledger
from archive.model import Capture, Source
from archive.replay import open_copy
from archive.visit import visit_facts
from archive.writer import WarcWriter, installation_token
from crawler.closing import Closing, Plan, plan
from crawler.connect_to import inside
from crawler.frontier import Frontier
from crawler.history import Past, pasts
from crawler.neighbours import Heard
from crawler.readers import Readers
from crawler.rules import Rules
from crawler.sieve import sift
from crawler.tally import Tally
from pipelines.challenge import answers_instead
from spiders.cited import CitedSpider, Errand

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Watch:
    """One source in one night: its file, its frontier, its counts, and the readers it shares with the others."""

    source: Source
    night: str
    writer: WarcWriter
    frontier: Frontier
    tally: Tally
    readers: Readers
    known: Known
    decoded_limit: int
    held: Callable[[Capture], bytes]  # the HTTP answer that a capture holds
    clock: Callable[[], datetime]
    stop: Callable[[StetError], None]  # ends the whole night after the record in hand: a full disk, a broken archive
    progress: Callable[[Tally], None]
    cite: Callable[[str, Sequence[str], Sequence[str]], None]  # a kept article, what it cites, what it is shown with
    heard: Heard = field(default_factory=Heard)  # what the hosts said, shared by all sources of the night
    closing: Closing | None = None  # the counts of the closing round; None in the watch of a source
    sponsors: dict[str, str] = field(default_factory=dict)  # in the closing round: host to the source for which it is asked


@dataclass(slots=True, kw_only=True)
class Shift:
    """What all sources of one night share. Use as a context manager: it starts and ends the readers."""

    rules: Rules
    night: str
    clock: Callable[[], datetime] = utc_now
    since: date | None = None
    until: date | None = None
    max_pages: int | None = None
    resting: bool = False  # whether quiet seeds may be left alone; a visit that a person asks for asks them all
    config_digest: str = ""
    progress: Callable[[Tally], None] = lambda tally: None
    known: Known = field(init=False)
    ledger: Ledger = field(init=False)
    readers: Readers = field(init=False)
    pasts: Mapping[str, Past] = field(init=False)
    token: str = field(init=False)
    broken: StetError | None = None  # the error that ended the night early
    tallies: dict[str, Tally] = field(default_factory=dict)
    heard: Heard = field(default_factory=Heard)
    citing: list[Citing] = field(default_factory=list)  # tonight's articles that cite something
    closing: Closing | None = None  # what the closing round gave; None where there was nothing to ask
    bytes_written: int = 0  # of WARC, by the sources that are done

    def __enter__(self) -> Self:
        data = self.rules.data
        self.token = installation_token(data)
        self.ledger = Ledger(data / LEDGER, clock=self.clock, fsync=self.rules.storage.fsync)
        self.known = Known.load(data)
        self.pasts = pasts(data)
        self.readers = Readers(self.rules.read)
        self.readers.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        self.readers.__exit__(*exc)

    def writer(self, source: str) -> WarcWriter:
        """A WARC file of this night for one source."""
        storage = self.rules.storage
        return WarcWriter(
            self.rules.data,
            source=source,
            night=self.night,
            ledger=self.ledger,
            token=self.token,
            info={
                "robots": self.rules.polite.robots,
                "http-header-user-agent": user_agent(self.rules.contact),
                "configuration": self.config_digest,
            },
            clock=self.clock,
            max_bytes=storage.warc_max,
            free_floor=storage.free_floor,
            fsync=storage.fsync,
        )

    def tally(self, source: Source) -> Tally:
        """The counts of one source, with what earlier nights say of it. A run for given days is not held against its habits."""
        past = Past() if self.since or self.until or self.max_pages else self.pasts.get(source.id, Past())
        return Tally(source=source, past=past, at=self.clock(), quiet=timedelta(days=self.rules.quiet_nights))

    def last_visit(self, source: str) -> str:
        """The night in which a source last answered, as 14 digits; empty if it never did."""
        nights = self.pasts[source].nights if source in self.pasts else ()
        return to14(nights[-1][0]) if nights else ""

    def watch(self, source: Source, stop: Callable[[StetError], None]) -> Watch:
        """Begin watching one source."""
        tally = self.tallies[source.id] = self.tally(source)
        return self._watch(source, tally, stop, None)

    def closing_watch(self, stop: Callable[[StetError], None]) -> Watch:
        """Begin watching the closing round. Its tally is nobody's: it makes no source and no night ill."""
        source, closing = CitedSpider.source, self.closing or Closing()
        return self._watch(source, Tally(source=source, notes=closing.notes), stop, closing)

    def last_errands(self, sources: Iterable[str]) -> Plan:
        """What the closing round is to ask for these sources; nothing where nothing is new."""
        self.closing = Closing()
        errands = plan(
            self.rules,
            self.closing,
            tonight=self.citing,
            sources=sources,
            night=self.night,
            known=self.known,
            now=self.clock(),
            may_ask=self._may_ask,
        )
        if not errands and not self.closing.left:
            self.closing = None
        return errands

    def _may_ask(self, url: str) -> bool:
        """Whether a site that no card names may be asked: not without a word of who asks, nor without a wait between requests."""
        polite = self.rules.polite.delay > 0 and bool(self.rules.contact)
        return polite or inside(url, self.rules.network)

    def _watch(self, source: Source, tally: Tally, stop: Callable[[StetError], None], closing: Closing | None) -> Watch:
        frontier = Frontier(
            self.rules.data,
            known=self.known,
            tally=tally,
            limits=self.rules.limits,
            now=self.clock(),
            since=self.since,
            until=self.until,
            most=self.max_pages,
            resting=self.resting,
        )
        watch = Watch(
            source=source,
            night=self.night,
            writer=self.writer(source.id),
            frontier=frontier,
            tally=tally,
            readers=self.readers,
            known=self.known,
            decoded_limit=self.rules.limits.decoded,
            held=lambda capture: open_copy(self.rules.data, capture).record.block,
            clock=self.clock,
            stop=stop,
            progress=self.progress if closing is None else lambda _: None,
            cite=lambda url, cites, requisites: self._cite(source, url, cites, requisites),
            heard=self.heard,
            closing=closing,
        )
        frontier.sifter = partial(sift, watch)
        frontier.doubter = lambda body: self.readers.run(answers_instead, body)
        return watch

    def _cite(self, source: Source, url: str, cites: Sequence[str], requisites: Sequence[str]) -> None:
        if cites or requisites:
            self.citing.append(Citing(url=url, source=source.id, cites=tuple(cites), requisites=tuple(requisites)))


def user_agent(contact: str) -> str:
    """Who we are and how to reach us."""
    return f"stet/0.1 (+{contact})" if contact else "stet/0.1"


class Attendance:
    """Scrapy extension: opens the Watch of a spider, hands it its services, and closes it when the spider is done."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.own: Shift | None = None  # a shift of our own when started by `scrapy crawl`, outside any night
        crawler.signals.connect(self.opened, signal=signals.spider_opened)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def opened(self, spider: Spider) -> None:
        """Begin: the spider gets its readers and its frontier."""
        shift: Shift | None = getattr(self.crawler, "stet_shift", None)
        if shift is None:
            rules: Rules = self.crawler.settings["STET_RULES"]
            shift = self.own = Shift(rules=rules, night=to14(utc_now())).__enter__()
        night = shift

        def stop(error: StetError) -> None:
            self._stop(night, error)

        closes = isinstance(spider, CitedSpider)
        watch = shift.closing_watch(stop) if closes else shift.watch(spider.source, stop)  # type: ignore[attr-defined]
        watch.tally.selectors = frozenset(getattr(spider, "selectors", ()))
        self.crawler.stet_watch = watch  # type: ignore[attr-defined]
        spider.readers = watch.readers  # type: ignore[attr-defined]
        spider.frontier = watch.frontier  # type: ignore[attr-defined]
        if isinstance(spider, CitedSpider):
            spider.forgo = lambda errand, reason: forgo(watch, errand, reason)

    def _stop(self, shift: Shift, error: StetError) -> None:
        if shift.broken is None:
            shift.broken = error
            log.error("%s. %s", error.what, error.mend)
        watch_of(self.crawler).frontier.closed = True
        if self.crawler.crawling:
            from scrapy.utils.defer import _schedule_coro

            _schedule_coro(self.crawler.stop_async())

    def closed(self, spider: Spider) -> None:
        """End: the file is sealed; what the source gave stands in its tally."""
        watch: Watch = watch_of(self.crawler)
        try:
            watch.writer.seal()
        except StetError as error:
            watch.stop(error)
        shift: Shift | None = getattr(self.crawler, "stet_shift", self.own)
        if shift is not None:
            shift.bytes_written += watch.writer.bytes_written
        if self.own is not None:
            self.own.__exit__()


def forgo(watch: Watch, errand: Errand, reason: str) -> None:
    """One metadata record of an address that a rule lets go, so that no later night asks for it."""
    facts = visit_facts(
        "dropped", role=errand.role, source=errand.source, night=watch.night, url=errand.url, via=errand.cited_by[0], reason=reason
    )
    try:
        watch.writer.write_facts({**facts, "cited_by": list(errand.cited_by)}, url=errand.url)
    except BadHeader as error:
        watch.frontier.note(f"not written: {error.what}")
    except StetError as error:
        watch.stop(error)
    if watch.closing:
        watch.closing.left[reason] += 1


def watch_of(crawler: Crawler) -> Watch:
    """The Watch that Attendance opened for this crawler."""
    watch = getattr(crawler, "stet_watch", None)
    if not isinstance(watch, Watch):
        raise StetError("a part of the crawl ran before its spider was opened", mend="this is a bug of ours: please report it")
    return watch
