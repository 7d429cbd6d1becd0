"""What is asked next and what need not be: addresses already known are skipped, seeds are asked with their validators."""

from datetime import date, datetime, timedelta
from pathlib import Path

from archive.errors import StetError
from archive.known import Known
from archive.message import body_of
from archive.model import Visit
from archive.replay import open_copy
from archive.surt import url_key
from crawler.rules import Limits
from crawler.tally import Tally

GONE_AGAIN_AFTER = timedelta(days=7)  # an address that a seed still lists though it answered 404 is asked once a week, not nightly

MOST_NOTES = 200  # different ones of a source in a night
MORE_NOTES = "limit: notes"


class Frontier:
    """One source's view of the addresses: known ones from the WARC side, and those already asked tonight."""

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
    ) -> None:
        self.data = data
        self.known = known
        self.tally = tally
        self.limits = limits
        self.now = now
        self.since = since
        self.until = until
        self.left = min(most, limits.pages_per_source) if most is not None else limits.pages_per_source
        self._asked: set[str] = set()

    def wants(self, url: str) -> bool:
        """Whether this article is to be asked for now; a yes is given once per address and night."""
        if len(url) > self.limits.url_length:
            self.note("limit: url length")
            return False
        key = url_key(url)
        if key in self._asked or self._settled(self.known.get(url)):
            return False
        if self.left <= 0:
            self.note("limit: pages per source")
            return False
        self.left -= 1
        self._asked.add(key)
        return True

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
        return visit.status in (404, 410) and self.now - visit.timestamp < GONE_AGAIN_AFTER

    def validators(self, url: str) -> dict[str, str]:
        """Headers that let the server say "not modified since your last good answer"; empty for a new seed."""
        visit = self.known.get(url)
        if visit is None or visit.outcome != "kept" or visit.capture is None:
            return {}
        headers = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
        return {name: value for name, value in headers.items() if value}

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

    def note(self, what: str) -> None:
        """Name something for the night report. A site that would fill it with ever new words gets one line for all the rest."""
        notes = self.tally.notes
        notes[what if what in notes or len(notes) < MOST_NOTES else MORE_NOTES] += 1
