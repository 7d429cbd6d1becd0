"""What is asked next and what need not be: addresses already known are skipped, seeds are asked with their validators."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from archive.clock import iso
from archive.errors import StetError
from archive.known import Known
from archive.message import body_of
from archive.model import Visit
from archive.replay import open_copy
from archive.surt import url_key
from crawler.rules import Limits
from crawler.seedbook import SeedBook
from crawler.tally import Tally
from crawler.waiting import Waiting
from spiders.discover.variants import plain_address
from spiders.services import Candidate, Shape

GONE_AGAIN_AFTER = timedelta(days=7)  # an address that a seed still lists though it answered 404 is asked once a week, not nightly
CHANGED_AGAIN_AFTER = timedelta(days=1)  # a page whose seed states a later change is asked again; doubled each time nothing had changed
LONGEST_AGAIN = timedelta(days=64)

PATIENCE = 20.0  # seconds
PATIENT_SHARE = 20  # of the time a source may take, at most this part
MOST_NOTES = 200  # different ones of a source in a night
MORE_NOTES = "limit: notes"
PAGES = "limit: pages per source"

Sift = Callable[[Sequence[Candidate]], Awaitable[Sequence[Candidate]]]


class Frontier:
    """One source's view of the addresses: known ones from the WARC side, those that wait, and those already asked tonight."""

    def __init__(
        self,
        data: Path,
        *,
        known: Known,
        tally: Tally,
        limits: Limits,
        now: datetime,
        since: date | None = None,
        until: date | None = None,
        most: int | None = None,
        resting: bool = False,
    ) -> None:
        self.data = data
        self.known = known
        self.tally = tally
        self.limits = limits
        self.now = now
        self.since = since
        self.until = until
        self.today = now.astimezone(UTC).date()
        self.closed = False  # nothing more is asked tonight
        tally.room = min(most, limits.pages_per_source) if most is not None else limits.pages_per_source
        self.waiting = Waiting(tally.room)
        self.doubter: Callable[[bytes], Awaitable[str | None]] | None = None
        self.sifter: Sift | None = None  # set where a card asks for it to be used
        self._book = SeedBook(tally, now, resting=resting)
        self._asked: set[str] = set()
        self.robots: dict[str, bytes] = {}  # robots.txt of each host (with its port, if any) that was read tonight

    # -- articles -------------------------------------------------------------------------------------------------------

    def settled(self, url: str, modified: str | None) -> bool:
        """Whether the archive holds this article, or left it out, and the seed states no change after the last visit.

        Days of different zones are compared: west of Greenwich it may be a later hour of the day before, which `offer` looks at closely.
        """
        visited = self.known.settled(url_key(url))
        return visited is not None and (modified is None or (modified[:10] < visited[:10] and "-" not in modified[19:]))

    async def sift(self, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """Those that the words of their seed do not show to be off topic; all of them where nobody sifts."""
        return candidates if self.sifter is None else await self.sifter(candidates)

    def offer(self, candidate: Candidate) -> bool:
        """Let an article wait for its turn, if it is to be asked. True: nothing knew of it before."""
        if len(candidate.url) > self.limits.url_length:
            self.note("limit: url length")
            return False
        key = _folded(candidate.key)
        if key in self._asked:
            return False
        if key in self.waiting:
            self.waiting.join(key, candidate)
            return False
        visit = self.known.get(candidate.url) or self.known.get(plain_address(candidate.url))
        if self._settled(visit):
            again = self._again(visit, candidate)
            if again is not None:
                self._wait(key, again)
            return False
        fresh = not self.waiting.had(key)
        self._wait(key, candidate)
        return fresh

    def _wait(self, key: str, candidate: Candidate) -> None:
        self.waiting.push(key, candidate)
        self.tally.waiting = self.waiting.in_all

    def take(self) -> Candidate | None:
        """The newest article that waits; a yes is given once per address and night, and within the night's bound."""
        if self.closed:
            return None
        if self.tally.room <= 0:
            if self.waiting.most and self.waiting.in_all:
                self.tally.notes[PAGES] = self.waiting.in_all
            return None
        taken = self.waiting.pop()
        if taken is None:
            return None
        self._asked.add(taken[0])
        self.tally.room -= 1
        self.tally.taken += 1
        self.tally.waiting = self.waiting.in_all
        return taken[1]

    def done(self) -> None:
        """One of the articles that were taken is done with."""
        self.tally.done += 1

    def met_tonight(self, candidate: Candidate) -> bool:
        """Whether tonight has dealt with this article already: it waits, was asked for, or was left out."""
        key = _folded(candidate.key)
        return key in self._asked or key in self.waiting

    def leave(self, candidate: Candidate) -> None:
        """Do not ask for this article tonight, whatever names it."""
        self._asked.add(_folded(candidate.key))

    def recall(self, candidate: Candidate) -> None:
        """Take that back."""
        self._asked.discard(_folded(candidate.key))

    @property
    def full(self) -> bool:
        """Whether as many articles wait as tonight can still ask."""
        return self.closed or len(self.waiting) >= self.tally.room

    def _settled(self, visit: Visit | None, hops: int = 0) -> bool:
        """Whether the last visit leaves nothing to ask: kept, dropped, or gone a short while ago.

        A redirect is known by the page it led to. One that still stands for itself led to none that was written: the night was cut off
        between the two, the page failed, or another redirect led there first and the page is asked once a night. If the site says that
        it is for good, what is known of that page answers; a passing one (a front page while the site is mended) is followed again.
        """
        if visit is None:
            return False
        if visit.role == "hop":
            follows = visit.leads_to is not None and hops < self.limits.redirects
            return follows and self._settled(self.known.get(str(visit.leads_to)), hops + 1)
        if visit.outcome != "failed":
            return True
        return self._gone(visit)

    def _gone(self, visit: Visit) -> bool:
        return visit.status in (404, 410) and self.now - visit.timestamp < GONE_AGAIN_AFTER

    def _again(self, visit: Visit | None, candidate: Candidate) -> Candidate | None:
        """A kept page of which the seed states a later change, with the conditions it is asked under; None where it may rest.

        A seed that states a change every night and never has one is believed less each time.
        """
        if visit is None or visit.outcome != "kept" or visit.role != "article" or not candidate.modified or self.since:
            return None
        wait = min(CHANGED_AGAIN_AFTER * 2 ** min(visit.same, 8), LONGEST_AGAIN) if visit.same else timedelta()
        if self.now - visit.timestamp < wait or not _later(candidate.modified, visit.timestamp):
            return None
        headers = {**_conditions(visit)} or {"If-Modified-Since": f"{visit.timestamp.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT"}
        return Candidate(
            url=visit.url,
            key=candidate.key,
            hints=candidate.hints,
            via=candidate.via,
            moment=candidate.moment,
            modified=candidate.modified,
            conditions=tuple(headers.items()),
        )

    # -- seeds ----------------------------------------------------------------------------------------------------------

    def validators(self, url: str) -> dict[str, str]:
        """Headers that let the server say "not modified since your last good answer"; empty for a new seed.

        And for one whose last answer was something else (a page that says the site is being mended): it may be younger than the feed.
        """
        if self._book.was_refused(url):
            return {}
        visit = self.known.get(url)
        return _conditions(visit) if visit is not None and visit.outcome == "kept" and visit.capture is not None else {}

    def archived_body(self, url: str) -> bytes | None:
        """The decoded body that a 304 stands for, from the archive: what an unfinished night left in it is still found."""
        visit = self.known.get(url)
        if visit is None or visit.capture is None:
            return None
        try:
            return body_of(open_copy(self.data, visit.capture).record.block, self.limits.decoded)
        except StetError as error:
            self.note(f"seed copy unreadable: {error.what}")
            return None

    def met(self, url: str) -> bool:
        """Whether a seed has answered in an earlier night."""
        visit = self.known.get(url)
        return visit is not None and visit.outcome == "kept"

    def missing(self, url: str) -> bool:
        """Whether a further page was asked for a short while ago and was not there; a crawl that reaches back looks again."""
        visit = self.known.get(url)
        return self.since is None and visit is not None and visit.outcome == "failed" and self._gone(visit)

    def rests(self, url: str) -> bool:
        """Whether a seed that has been quiet for long is left alone tonight."""
        return self.since is None and self._book.rests(url)

    def ails(self, url: str) -> bool:
        """Whether a seed has given no usable answer for a week."""
        return self._book.ails(url)

    @property
    def patience(self) -> float:
        """Seconds of silence after which articles wait no longer for seeds that have not answered."""
        return min(PATIENCE, self.limits.source_seconds / PATIENT_SHARE)

    def seed(self, url: str, shape: Shape, found_on: str | None = None) -> None:
        """Open the count of a seed before it is asked."""
        self._book.open(url, shape, found_on)

    def gave(self, url: str, *, entries: int, new: int, newest: str | None, why: str | None = None) -> None:
        """Count what a seed named; `why`: what was refused or cut short."""
        self._book.gave(url, entries=entries, new=new, newest=newest, why=why)

    async def instead(self, body: bytes) -> str | None:
        """What stands in place of a seed that could not be read; None where nobody can tell."""
        return None if self.doubter is None else await self.doubter(body)

    def robots_of(self, host: str) -> bytes:
        """The robots.txt of a host (with its port, if any); empty where none was read tonight."""
        return self.robots.get(host, b"")

    def note(self, what: str) -> None:
        """Name something for the night report. A site that would fill it with ever new words gets one line for all the rest."""
        notes = self.tally.notes
        notes[what if what in notes or len(notes) < MOST_NOTES else MORE_NOTES] += 1


def _folded(key: str) -> str:
    """One key for all variants of an address."""
    return url_key(plain_address(key))


def _conditions(visit: Visit) -> dict[str, str]:
    headers = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
    return {name: value for name, value in headers.items() if value}


def _later(modified: str, visited: datetime) -> bool:
    """Whether a stated change lies after a visit. A bare day does when it is a later day than the visit's, in UTC."""
    if len(modified) <= len("2026-01-01"):
        return modified > iso(visited)[:10]
    moment = datetime.fromisoformat(modified)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) > visited
