"""The book of a source's seeds for one night: which may rest, which have been ill for long, and what each one gave."""

from datetime import datetime, timedelta

from crawler.history import USABLE
from crawler.tally import SeedTally, Tally
from spiders.services import Shape

ILL_AFTER = timedelta(days=7)  # without a usable answer, before the site itself is asked for other seeds
REST_SHARE = 10  # a seed rests for a tenth of the time in which it named nothing new
SHORTEST_REST = timedelta(days=1.5)  # below that it is asked every night
LONGEST_REST = timedelta(days=7)
EARLY = timedelta(hours=6)  # nights do not begin at the same minute


class SeedBook:
    """Adaptive polling within bounds: a feed quiet for a month is asked every third night, none less than once a week."""

    def __init__(self, tally: Tally, now: datetime, *, resting: bool) -> None:
        self.tally = tally
        self.now = now
        self.resting = resting

    def open(self, url: str, shape: Shape, found_on: str | None = None) -> None:
        """Begin the count of a seed."""
        self.tally.seeds.setdefault(url, SeedTally(url=url, shape=shape, found_on=found_on))

    def rests(self, url: str) -> bool:
        """Whether a seed is left alone tonight; then its count says so. One that failed last time is ill, not quiet, and is asked."""
        past = self.tally.past.seeds.get(url)
        if not self.resting or past is None or past.outcome not in USABLE:
            return False
        if self.tally.seeds[url].shape == "sitemap":  # a news sitemap names two days: who rests for longer misses what it named
            return False
        pause = min((self.now - (past.new_at or past.first_at)) / REST_SHARE, LONGEST_REST)
        if pause < SHORTEST_REST or self.now - past.asked_at >= pause - EARLY:
            return False
        seed = self.tally.seeds[url]
        seed.outcome, seed.why = "resting", f"until {past.asked_at + pause - EARLY:%Y-%m-%d}"
        return True

    def ails(self, url: str) -> bool:
        """Whether a seed has given no usable answer for a week."""
        past = self.tally.past.seeds.get(url)
        return past is not None and past.failing_for(self.now) >= ILL_AFTER

    def was_refused(self, url: str) -> bool:
        """Whether what answered in a seed's place the last time was something else."""
        past = self.tally.past.seeds.get(url)
        return past is not None and past.outcome == "refused"

    def gave(self, url: str, *, entries: int, new: int, newest: str | None, why: str | None) -> None:
        """Add what one answer of a seed, or of a page or child of it, named."""
        seed = self.tally.seeds.get(url)
        if seed is None:
            return
        seed.entries += entries
        seed.new += new
        seed.newest = max(filter(None, (seed.newest, newest)), default=None)
        if why:
            seed.why = why
            if not entries and not seed.entries:
                seed.outcome = "refused"
