"""Waits when a host asks for it: 429 and 503, with Retry-After or without, and the Crawl-delay of robots.txt, each up to a stated cap.

RFC 9110 section 10.2.3 (Retry-After: seconds or a date). A host that asks for more than a night has to give is left alone until the next.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.shift import Watch, watch_of
from spiders.services import WISHES_TO_WAIT

ASKS_TO_WAIT = (429, 503)
FIRST_WAIT = 30.0  # seconds, where a host does not say how long; doubled each time
LONGEST_WAIT = 60.0  # seconds that requests of a host are held back; asked for more, the host is left alone tonight
CRAWL_DELAY_CAP = 60.0  # seconds
LEAST_DELAY = 0.001  # seconds; without any, Scrapy looks neither at when a host was last asked nor at how many requests are out


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, not below 0; None where it is missing or says nothing readable.

    >>> retry_after("120", datetime(2026, 3, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Sun, 01 Mar 2026 00:01:00 GMT", datetime(2026, 3, 1, tzinfo=UTC))
    60.0
    >>> retry_after("soon", datetime(2026, 3, 1, tzinfo=UTC))
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds())


class Manners:
    """Downloader middleware that holds a host's requests back for as long as it asked."""

    def __init__(self, crawler: Crawler, cap: float) -> None:
        self.crawler = crawler
        self.cap = cap  # seconds
        self._refusals: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        manners = cls(crawler, crawler.settings["STET_RULES"].polite.retry_after_cap)
        # at this signal the downloader has not yet looked at the queue for the host's next request; a response middleware comes too late
        crawler.signals.connect(manners.answered, signal=signals.response_downloaded)
        return manners

    async def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a host that is left alone until the next night."""
        host = urlparse_cached(request).hostname or ""
        watch = watch_of(self.crawler)
        if host in watch.heard.closed:
            self._count(watch, 1)
            raise IgnoreRequest(f"{host} {WISHES_TO_WAIT}")

    def answered(self, response: Response, request: Request) -> None:
        """Do as the host asks: a short while by holding its queue, a long one by leaving it alone tonight.

        Without a word of its own, the pause begins with its answer: counted from the request, as Scrapy does, a host that is slow to
        take a connection would find the next request close behind the first.
        """
        hold(self.crawler, urlparse_cached(request).hostname or "", 0)
        if response.status not in ASKS_TO_WAIT:
            return
        host = urlparse_cached(request).hostname or ""
        watch = watch_of(self.crawler)
        said = retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"), watch.clock())
        times = self._refusals[host] = self._refusals.get(host, 0) + 1
        wanted = said if said is not None else FIRST_WAIT * 2 ** (times - 1)
        seconds = min(wanted, self.cap)
        watch.frontier.note(f"{host} answered {response.status}: waiting {seconds:.0f} s" + (" (capped)" if seconds < wanted else ""))
        if seconds > LONGEST_WAIT:
            watch.heard.closed.add(host)
            self._count(watch, turn_away(self.crawler, f"{host} {WISHES_TO_WAIT}", host))
        else:
            hold(self.crawler, host, seconds)

    def _count(self, watch: Watch, many: int) -> None:
        watch.tally.dropped[WISHES_TO_WAIT] += many
        if watch.closing is not None and many:
            watch.closing.left[WISHES_TO_WAIT] += many


def hold(crawler: Crawler, host: str, seconds: float) -> None:
    """Send nothing to a host for so many seconds: what waits in its queue waits on."""
    slot = crawler.engine.downloader.slots.get(host)
    if slot is not None:
        slot.lastseen = max(slot.lastseen, monotonic() + seconds)


def turn_away(crawler: Crawler, why: str, host: str | None = None) -> int:
    """End the requests that still wait in a host's queue, or in all queues, with IgnoreRequest. How many there were."""
    count = 0
    for name, slot in list(crawler.engine.downloader.slots.items()):
        if host is not None and name != host:
            continue
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(IgnoreRequest(why))
            count += 1
    return count


def send_home(crawler: Crawler, why: str) -> None:
    """End a visit: what waits in the frontier is left for another night, what waits in the queues ends with IgnoreRequest."""
    watch = getattr(crawler, "stet_watch", None)
    if watch is not None:
        watch.frontier.closed = True
    turn_away(crawler, why)


def slow_down(crawler: Crawler, host: str, seconds: float) -> float:
    """Keep at least so many seconds between requests to a host, up to the cap, from the next request on; how many it will be."""
    downloader = crawler.engine.downloader
    seconds = min(seconds, CRAWL_DELAY_CAP)
    slot = downloader.slots.get(host)
    if slot is not None:
        slot.delay = max(slot.delay, seconds)
        slot.concurrency = 1
    kept = downloader.per_slot_settings.setdefault(host, {})
    kept["delay"] = max(float(kept.get("delay", downloader.settings.getfloat("DOWNLOAD_DELAY"))), seconds)
    kept["concurrency"] = 1
    return float(kept["delay"])
