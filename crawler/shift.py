"""What one night shares (Shift) and what one source has of it (Watch); Scrapy's parts find their Watch on the crawler."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Self

from scrapy.crawler import Crawler

from archive.citing import Citing
from archive.clock import to14, utc_now
from archive.errors import BadHeader, StetError
from archive.facts import JSON
from archive.known import Known
from archive.ledger import LEDGER, Ledger
from archive.model import Capture, Exchange, Source
from archive.recurring import Recurring, by_address
from archive.replay import open_copy
from archive.writer import WarcWriter, installation_token
from crawler.closing import Closing, Round, round_of
from crawler.connect_to import inside
from crawler.frontier import Frontier
from crawler.history import Past, pasts
from crawler.neighbours import Heard
from crawler.readers import Readers
from crawler.rules import Rules
from crawler.tally import Tally
from spiders.cited import CitedSpider


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
    recurring: Callable[[str], Recurring]  # lines of an address's host that are known to recur
    held: Callable[[Capture], bytes]  # the HTTP answer that a capture holds
    clock: Callable[[], datetime]
    stop: Callable[[StetError], None]  # ends the whole night after the record in hand: a full disk, a broken archive
    progress: Callable[[Tally], None]
    cite: Callable[[str, Sequence[str], Sequence[str]], None]  # a kept article, what it cites, what it is shown with
    heard: Heard = field(default_factory=Heard)  # what the hosts said, shared by all sources of the night
    closing: Closing | None = None  # the counts of the closing round; None in the watch of a source
    sponsors: dict[str, str] = field(default_factory=dict)  # in the closing round: host to the source for which it is asked

    def write_facts(self, facts: Mapping[str, JSON], *, url: str, exchange: Exchange | None = None) -> None:
        """Write a metadata record alone. An address that no record can hold is noted; a disk that is full ends the night."""
        self.written(lambda: self.writer.write_facts(facts, url=url, exchange=exchange))

    def written(self, write: Callable[[], None]) -> None:
        """The same for any way of writing."""
        try:
            write()
        except BadHeader as error:
            self.frontier.note(f"not written: {error.what}")
        except StetError as error:
            self.stop(error)


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
    recurring: Callable[[str], Recurring] = field(init=False)
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
        self.recurring = by_address(data)
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

    def closing_round(self, sources: Iterable[str]) -> Round:
        """What the closing round is to ask for these sources; nothing where nothing is new."""
        self.closing = Closing()
        asks = round_of(
            self.rules,
            self.closing,
            tonight=self.citing,
            sources=sources,
            night=self.night,
            known=self.known,
            now=self.clock(),
            may_ask=self._may_ask,
        )
        if not asks and not self.closing.left:
            self.closing = None
        return asks

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
        return Watch(
            source=source,
            night=self.night,
            writer=self.writer(source.id),
            frontier=frontier,
            tally=tally,
            readers=self.readers,
            known=self.known,
            decoded_limit=self.rules.limits.decoded,
            recurring=self.recurring,
            held=lambda capture: open_copy(self.rules.data, capture).record.block,
            clock=self.clock,
            stop=stop,
            progress=self.progress if closing is None else lambda _: None,
            cite=lambda url, cites, requisites: self._cite(source, url, cites, requisites),
            heard=self.heard,
            closing=closing,
        )

    def _cite(self, source: Source, url: str, cites: Sequence[str], requisites: Sequence[str]) -> None:
        if cites or requisites:
            self.citing.append(Citing(url=url, source=source.id, cites=tuple(cites), requisites=tuple(requisites)))


def user_agent(contact: str) -> str:
    """Who we are and how to reach us."""
    return f"stet/0.1 (+{contact})" if contact else "stet/0.1"


def watch_of(crawler: Crawler) -> Watch:
    """The Watch that Attendance opened for this crawler."""
    watch = getattr(crawler, "stet_watch", None)
    if not isinstance(watch, Watch):
        raise StetError("a part of the crawl ran before its spider was opened", mend="this is a bug of ours: please report it")
    return watch
