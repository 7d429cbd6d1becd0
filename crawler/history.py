"""What earlier nights say of a source: how much is usual, and since when nothing new has come. Read from the ledger, once a night."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from archive.clock import from14
from archive.ledger import Ledger

VISITED = frozenset({"well", "thin", "flood", "silent"})  # verdicts of nights in which the source answered
NIGHTS = 90  # so far back


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedPast:
    """What earlier nights say of one seed: instants in UTC, None where it never happened."""

    first_at: datetime  # first asked
    asked_at: datetime  # last asked
    answered_at: datetime | None = None  # last usable answer, 304 too
    new_at: datetime | None = None  # last answer that named something new
    yields: tuple[int, ...] = ()  # new articles of each answer, oldest first


@dataclass(frozen=True, slots=True)
class Past:
    """Earlier nights in which a source answered, oldest first: when, and how many pages were new."""

    nights: tuple[tuple[datetime, int], ...] = ()
    seeds: Mapping[str, SeedPast] = field(default_factory=dict)  # by address

    @property
    def usual(self) -> float:
        """New pages of a usual night: the median of those that brought any; 0 without one."""
        return median([kept for _, kept in self.nights if kept] or [0])

    def since_new(self, now: datetime) -> timedelta | None:
        """How long ago the last new page came; None if none ever did."""
        newest = max((at for at, kept in self.nights if kept), default=None)
        return None if newest is None else now - newest

    def usual_gap(self) -> timedelta:
        """The usual time between two nights with something new; zero when there are too few to tell."""
        brought = [at for at, kept in self.nights if kept]
        gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(brought)]
        return timedelta(seconds=median(gaps)) if len(gaps) >= 3 else timedelta()


def pasts(ledger: Path) -> Mapping[str, Past]:
    """The past of each source that the ledger names."""
    nights: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    if ledger.exists():
        for line in Ledger.lines(ledger, having='"kind":"source"'):
            if line.get("kind") == "source" and line.get("verdict") in VISITED:
                nights[line["source"]].append((from14(line["night"]), int(line["kept"])))
    return {source: Past(tuple(sorted(told)[-NIGHTS:])) for source, told in nights.items()}
