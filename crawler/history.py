"""What earlier nights say of a source and its seeds: how much is usual, and since when nothing new has come. Read once a night."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from archive.clock import from14
from archive.ledger import LEDGER, Ledger
from crawler.nightlines import NIGHTS, NightLines, night_lines

VISITED = frozenset({"well", "thin", "flood", "silent"})  # verdicts of nights in which the source answered
USABLE = frozenset({"answered", "unchanged"})  # outcomes of a seed that said what it should
READ_BACK = 30  # nights whose pages tell how well a source used to be read
HABIT = 3  # gaps between news, from which on there is a usual one


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedPast:
    """What earlier nights say of one seed: instants in UTC, None where it never happened."""

    first_at: datetime  # first asked
    asked_at: datetime  # last asked
    answered_at: datetime | None = None  # last usable answer, 304 too
    new_at: datetime | None = None  # last answer that named something new
    yields: tuple[int, ...] = ()  # new articles of each answer, oldest first
    gap: timedelta = timedelta()  # usual time between two answers with something new; zero while there are too few to tell
    entries: int = 0  # articles it named when it last named any
    empty: bool = False  # whether its last full answer named none
    shape: str = ""
    found_on: str | None = None  # page or robots.txt that names it; None: the card does
    outcome: str = ""  # of the last time it was asked
    why: str = ""
    newest: str | None = None  # latest day or instant that it stated, ISO

    @property
    def usual(self) -> float:
        """New articles of a usual answer that brought any."""
        return median([new for new in self.yields if new] or [0])

    def failing_for(self, now: datetime) -> timedelta:
        """For how long no usable answer has come; zero when the last one was."""
        return timedelta() if self.outcome in USABLE else now - (self.answered_at or self.first_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How the pages of earlier nights were read: counts over all; `missed`: by field, those on which the card's selectors failed."""

    kept: int = 0
    without_text: int = 0
    without_date: int = 0
    without_author: int = 0
    missed: Mapping[str, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Pages with a text."""
        return self.kept - self.without_text


@dataclass(frozen=True, slots=True)
class Past:
    """Earlier nights in which a source answered, oldest first: when, and how many pages were new."""

    nights: tuple[tuple[datetime, int], ...] = ()
    seeds: Mapping[str, SeedPast] = field(default_factory=dict)  # by address
    pages: Pages = field(default_factory=Pages)
    robots: Mapping[str, tuple[datetime, str]] = field(default_factory=dict)  # by host: when it last answered, digest of its words

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
        return _usual_gap([at for at, kept in self.nights if kept])


def pasts(data: Path, *, cache: bool = True) -> Mapping[str, Past]:
    """The past of each source that the ledger or the last nights' sealed lines name. Runs for given days or few pages make no habit.

    `cache`: whether what is read may be written to data/index; readers write nothing.
    """
    lines = list(night_lines(data, cache=cache))
    narrow = {told.night for told in lines if not told.whole}
    oldest = min((told.night for told in lines), default="")  # of a night before it nobody knows any more whether it was whole
    nights: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    ledger = data / LEDGER
    if ledger.exists():
        for line in Ledger.lines(ledger, having='"kind":"source"'):
            if line.get("kind") == "source" and line.get("verdict") in VISITED and line["night"] not in narrow and line["night"] >= oldest:
                nights[line["source"]].append((from14(line["night"]), int(line["kept"])))
    whole = [told for told in lines if told.whole]
    names = nights.keys() | {source for told in whole for source in told.sources}
    return {name: _past(name, nights.get(name, []), whole) for name in names}


def _past(source: str, nights: list[tuple[datetime, int]], lines: list[NightLines]) -> Past:
    told = [(line.at, line.sources[source]) for line in lines if source in line.sources]
    return Past(
        tuple(sorted(nights)[-NIGHTS:]),
        seeds=_seeds(told),
        pages=_pages(facts for _, facts in told[-READ_BACK:]),
        robots={host: (at, str(digest)) for at, facts in told for host, digest in (facts.get("robots") or {}).items()},
    )


def _seeds(told: list[tuple[datetime, Mapping[str, Any]]]) -> dict[str, SeedPast]:
    asked: dict[str, list[tuple[datetime, Mapping[str, Any]]]] = defaultdict(list)
    for at, facts in told:
        for seed in facts.get("seeds") or ():
            if seed.get("outcome") not in (None, "resting", "asked"):
                asked[str(seed.get("url"))].append((at, seed))
    return {url: _seed(rows) for url, rows in asked.items()}


def _seed(rows: list[tuple[datetime, Mapping[str, Any]]]) -> SeedPast:
    answers = [(at, seed) for at, seed in rows if seed["outcome"] in USABLE]
    news = [at for at, seed in answers if _count(seed, "new")]
    last = rows[-1][1]
    return SeedPast(
        first_at=rows[0][0],
        asked_at=rows[-1][0],
        answered_at=answers[-1][0] if answers else None,
        new_at=news[-1] if news else None,
        yields=tuple(_count(seed, "new") for _, seed in answers),
        gap=_usual_gap(news),
        entries=next((found for _, seed in reversed(answers) if (found := _count(seed, "entries"))), 0),
        empty=next((not _count(seed, "entries") for _, seed in reversed(answers) if seed["outcome"] == "answered"), False),
        shape=str(last.get("shape") or ""),
        found_on=last.get("found_on"),
        outcome=str(last["outcome"]),
        why=str(last.get("why") or ""),
        newest=max((str(seed["newest"]) for _, seed in answers if seed.get("newest")), default=None),
    )


def _pages(told: Iterable[Mapping[str, Any]]) -> Pages:
    counts: dict[str, int] = defaultdict(int)
    missed: dict[str, int] = defaultdict(int)
    for facts in told:
        for name in ("kept", "without_text", "without_date", "without_author"):
            counts[name] += _count(facts, name)
        for selector, number in (facts.get("selectors_missed") or {}).items():
            missed[selector] += int(number)
    return Pages(**counts, missed=missed)


def _count(facts: Mapping[str, Any], name: str) -> int:
    return int(facts.get(name) or 0)


def _usual_gap(brought: list[datetime]) -> timedelta:
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(brought)]
    return timedelta(seconds=median(gaps)) if len(gaps) >= HABIT else timedelta()
